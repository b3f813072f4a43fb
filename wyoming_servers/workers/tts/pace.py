"""How much sound to make next: little at first, more once the listener has some."""

import time

_FIRST_SECONDS, _MOST_SECONDS = 0.25, 1.5
_CAREFUL = 0.5
"""Share of the listener's time that the next chunk may take to make."""


class Pace:
    """The lengths of one answer's chunks.

    Small chunks cost more, for the frames on both sides that are decoded along; long
    ones more again, for they outgrow the processor's caches. A chunk is twice as long
    as the last, or longer when the last one's speed says that it will be there in time.
    """

    def __init__(self) -> None:
        self._made = 0.0
        self._first_at = 0.0
        self.seconds = _FIRST_SECONDS
        """Length of the next chunk."""

    def made(self, seconds: float, took: float) -> None:
        """Note a chunk of some seconds of sound, and how long it took to make."""
        now = time.monotonic()
        self._first_at = self._first_at or now
        self._made += seconds
        ahead = self._made - (now - self._first_at)
        speed = seconds / took if took else 0.0
        wanted = max(2 * self.seconds, _CAREFUL * ahead * speed)
        self.seconds = min(_MOST_SECONDS, wanted)
