"""Brings sound that comes in chunks to full scale, as Piper does with whole sentences.

Piper divides each sentence by its peak, which is not known while the sentence is still
being decoded. So a voice's usual peak is remembered for each speaker, and a sentence
that comes in chunks is divided by that. When a chunk is louder, the gain falls
smoothly to what fits, before the loud place, and stays there to the sentence's end: no
sample is clipped, and within a sentence the gain never rises. The usual peak rises fast
and falls slowly, so that few sentences need this. A sentence that is decoded in one go,
such as the first one of a speaker, is scaled exactly as Piper does it.
"""

import json
import logging
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

type Samples = NDArray[np.float32]

_LOGGER = logging.getLogger(__name__)
_SILENT = 1e-8
_RISE, _FALL = 0.5, 0.1
_WORTH_WRITING = 0.1


class Levels:
    """The usual peaks of one voice's speakers, kept in a file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._written = _read(file)
        self._usual = dict(self._written)

    def usual(self, speaker: int) -> float | None:
        """Return the usual peak of the raw sound; None when it was never heard."""
        return self._usual.get(str(speaker))

    def learn(self, speaker: int, peak: float) -> None:
        """Take the peak of a sentence into account that is long enough to be typical."""
        if peak < _SILENT:
            return
        key = str(speaker)
        usual = self._usual.get(key, peak)
        usual += (peak - usual) * (_RISE if peak > usual else _FALL)
        self._usual[key] = usual
        written = self._written.get(key, 0.0)
        if abs(usual - written) > _WORTH_WRITING * usual:
            self._written[key] = usual
            try:
                self._file.write_text(json.dumps(dict(self._written)))
            except OSError as err:
                _LOGGER.debug("The level is not kept: %s", err)


class Gain:
    """The gain over one sentence."""

    def __init__(self, usual: float) -> None:
        self._fits = usual
        self._began = False
        self.peak = 0.0
        """Peak of the raw sound so far."""

    def scale(self, sound: Samples) -> Samples:
        """Bring the sentence's next stretch within [-1, 1]."""
        loud = np.abs(sound)
        peak = float(loud.max(initial=0.0))
        self.peak = max(self.peak, peak)
        before, self._fits = self._fits, max(self._fits, peak)
        began, self._began = self._began, True
        if self._fits < _SILENT:
            return np.zeros_like(sound)
        if self._fits == before or not began:
            return sound / np.float32(self._fits)
        place = int(np.argmax(loud > before))
        gain = np.full(len(sound), 1 / self._fits, np.float32)
        gain[:place] = np.linspace(1 / before, 1 / self._fits, place, endpoint=False)
        return np.clip(sound * gain, -1.0, 1.0)


def _read(file: Path) -> dict[str, float]:
    try:
        found = json.loads(file.read_bytes())
        return {str(key): float(value) for key, value in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
