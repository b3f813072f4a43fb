"""Listens for wake words in one stream of sound. Blocking: use it in a thread."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pymicro_wakeword import MicroWakeWord, MicroWakeWordFeatures

from ...audio import Samples
from .catalogue import WakeModelFile

_STEP_SAMPLES = 160
"""The features come every 10 ms."""


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A wake word that was said."""

    name: str
    seconds: float
    """Place in the stream where it was certain."""
    probability: float


class Detector:
    """Follows one stream with one or several models."""

    def __init__(
        self,
        models: Sequence[WakeModelFile],
        *,
        threshold: float | None,
        refractory_seconds: float,
    ) -> None:
        self._features = MicroWakeWordFeatures()
        self._ears = [
            _Ear(model, model.threshold if threshold is None else threshold)
            for model in models
        ]
        self._refractory = refractory_seconds
        self._seconds = 0.0
        # A cancelled request's thread may still listen when another one closes.
        self._lock = threading.Lock()

    def feed(self, samples: Samples) -> list[Heard]:
        """Take float32 samples at 16 kHz; return the words that were completed by them."""
        pcm = np.clip(samples * 32768.0, -32768, 32767).astype("<i2").tobytes()
        with self._lock:
            return self._feed(pcm)

    def close(self) -> None:
        """Give the models' memory back."""
        with self._lock:
            for ear in self._ears:
                ear.close()

    def _feed(self, pcm: bytes) -> list[Heard]:
        found: list[Heard] = []
        # One step at a time: a step gives one row of features or, at the very start of
        # a stream, none, and the place in the stream counts those as well.
        for at in range(0, len(pcm), 2 * _STEP_SAMPLES):
            piece = pcm[at : at + 2 * _STEP_SAMPLES]
            self._seconds += len(piece) / (2 * 16_000)
            for row in self._features.process_streaming(piece):
                for ear in self._ears:
                    probability = ear.hear(row)
                    if probability > ear.threshold and self._seconds >= ear.deaf_until:
                        ear.deaf_until = self._seconds + self._refractory
                        found.append(
                            Heard(
                                name=ear.name,
                                seconds=self._seconds,
                                probability=probability,
                            )
                        )
        return found


class _Ear:
    """One model with its place in time."""

    def __init__(self, model: WakeModelFile, threshold: float) -> None:
        self.name = model.name
        self.threshold = threshold
        self.deaf_until = 0.0
        self._model = MicroWakeWord.from_config(model.file)

    def hear(self, row: np.ndarray) -> float:
        """Return the mean probability of the model's window, 0 while it fills."""
        return self._model.process_streaming_prob(row) or 0.0

    def close(self) -> None:
        self._model.close()
