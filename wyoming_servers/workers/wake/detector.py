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
class WakeDetection:
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
        self._models = [
            _WordModel(model, model.threshold if threshold is None else threshold)
            for model in models
        ]
        self._refractory = refractory_seconds
        self._seconds = 0.0
        # A cancelled request's thread may still listen when another one closes.
        self._lock = threading.Lock()

    def feed(self, samples: Samples) -> list[WakeDetection]:
        """Take float32 samples at 16 kHz; return the words that were completed by them."""
        pcm = np.clip(samples * 32768.0, -32768, 32767).astype("<i2").tobytes()
        with self._lock:
            return self._feed(pcm)

    def close(self) -> None:
        """Give the models' memory back."""
        with self._lock:
            for model in self._models:
                model.close()

    def _feed(self, pcm: bytes) -> list[WakeDetection]:
        found: list[WakeDetection] = []
        # One step at a time: a step gives one row of features or, at the very start of
        # a stream, none, and the place in the stream counts those as well.
        for at in range(0, len(pcm), 2 * _STEP_SAMPLES):
            piece = pcm[at : at + 2 * _STEP_SAMPLES]
            self._seconds += len(piece) / (2 * 16_000)
            for row in self._features.process_streaming(piece):
                for model in self._models:
                    probability = model.hear(row)
                    if (
                        probability > model.threshold
                        and self._seconds >= model.silent_until
                    ):
                        model.silent_until = self._seconds + self._refractory
                        found.append(
                            WakeDetection(
                                name=model.name,
                                seconds=self._seconds,
                                probability=probability,
                            )
                        )
        return found


class _WordModel:
    """One model with its place in time."""

    def __init__(self, model: WakeModelFile, threshold: float) -> None:
        self.name = model.name
        self.threshold = threshold
        self.silent_until = 0.0
        self._model = MicroWakeWord.from_config(model.file)

    def hear(self, row: np.ndarray) -> float:
        """Return the mean probability of the model's window, 0 while it fills."""
        return self._model.process_streaming_prob(row) or 0.0

    def close(self) -> None:
        self._model.close()
