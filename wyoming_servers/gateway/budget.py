"""How much sound is kept for replay, all clients together."""

from ..errors import BusyError


class AudioBudget:
    """Counts the bytes of sound that are held."""

    def __init__(self, most: int) -> None:
        self.held = 0
        self._most = most

    def take(self, size: int) -> None:
        """Account for more sound; raise BusyError when it is too much."""
        if self.held + size > self._most:
            raise BusyError(
                "Too many utterances are being heard at once; try again soon."
            )
        self.held += size

    def give_back(self, size: int) -> None:
        """Account for sound that is let go."""
        self.held -= size
