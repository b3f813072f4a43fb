"""Transcribes an utterance at its pauses, before anybody says that it is over.

Whoever listens for the end of speech waits for 0.7 s of silence or more. What the model
makes of the sound in that time is the transcript, unless the speech goes on after all.
Whether it does is known for sure in the end, because the voice detector never looks
ahead: it finds the same stretch of speech again, or another one.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future

from ...audio import MODEL_RATE, Samples
from .activity import Speech, locate

LOOK_EVERY = MODEL_RATE // 5
"""Samples of new sound that make another look worth while."""
_LONGEST = 30 * MODEL_RATE
"""Longer speech is told piece by piece, which cannot be done before its time."""


class Ahead[Result]:
    """What was made of one utterance at its latest pause. Safe to use from threads."""

    def __init__(self, start: Callable[[Samples], Future[Result] | None]) -> None:
        """Take what starts the work on a stretch of speech, or refuses to."""
        self._start = start
        self._lock = threading.Lock()
        self._speech: Speech | None = None
        self._work: Future[Result] | None = None
        self._seen = 0
        self._looking = False
        self._over = False

    def due(self, samples: int) -> bool:
        """Return True when an utterance of so many samples is worth another look."""
        if self._over or self._looking or samples > _LONGEST:
            return False
        if samples < self._seen + LOOK_EVERY:
            return False
        self._seen = samples
        # Sound that comes faster than it is looked at must not pile up looks.
        self._looking = True
        return True

    def look(self, audio: Samples) -> None:
        """Start the work if the sound so far ends with a pause. Blocking."""
        self._looking = False
        if self._over:
            return
        speech = locate(audio)
        # Some silence is kept behind the speech: there is more of it in a pause.
        if speech is None or speech.end >= len(audio):
            return
        with self._lock:
            if self._over or speech == self._speech:
                return
            work = self._start(speech.cut(audio))
            if work is not None:
                self._speech, self._work = speech, work

    def take(self, speech: Speech) -> Future[Result] | None:
        """Return the work on just this stretch of the whole utterance, if there is any."""
        with self._lock:
            self._over = True
            return self._work if speech == self._speech else None

    def end(self) -> None:
        """Start nothing any more."""
        self._over = True
