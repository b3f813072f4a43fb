"""Sound that is made while it is read. Blocking."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, override

import numpy as np
from numpy.typing import NDArray

from .level import Gain, Levels, Samples

type Values = NDArray[Any]

_FULL_SCALE = 32767.0


class Part(ABC):
    """A run of samples."""

    @property
    @abstractmethod
    def samples(self) -> int:
        """What is left of them."""

    @abstractmethod
    def skip(self, samples: int) -> None:
        """Leave out so many, at most all."""

    @abstractmethod
    def read(self, samples: int) -> bytes:
        """Return 16-bit PCM of about so many samples, more if they are at hand."""


class Sound:
    """One piece of speech, from its start to its end."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts

    @property
    def samples(self) -> int:
        """What is left of it."""
        return sum(part.samples for part in self._parts)

    def skip(self, samples: int) -> None:
        """Leave out the next samples."""
        for part in self._parts:
            skipped = min(samples, part.samples)
            part.skip(skipped)
            samples -= skipped

    def read(self, samples: int) -> bytes:
        """Return 16-bit PCM of about so many samples; empty at the end."""
        left = next((part for part in self._parts if part.samples), None)
        return b"" if left is None else left.read(samples)


class Ready(Part):
    """Sound that is there already."""

    def __init__(self, pcm: bytes) -> None:
        self._pcm = memoryview(pcm)

    @property
    @override
    def samples(self) -> int:
        return len(self._pcm) // 2

    @override
    def skip(self, samples: int) -> None:
        self._pcm = self._pcm[2 * samples :]

    @override
    def read(self, samples: int) -> bytes:
        pcm, self._pcm = bytes(self._pcm), self._pcm[:0]
        return pcm


class Sentence(Part):
    """A sentence whose latent frames are turned into sound as they are asked for."""

    def __init__(self, decoder: "Decoder", outputs: list[Any], speaker: int) -> None:
        self._decoder = decoder
        self._features = _Features(decoder.upper, outputs)
        self._speaker = speaker
        self._usual = decoder.levels.usual(speaker)
        self._gain = Gain(self._usual or 0.0)
        self._at = 0
        self._cut = 0
        """Samples of the next frame that are left out."""

    @property
    @override
    def samples(self) -> int:
        return (self._features.frames - self._at) * self._decoder.hop - self._cut

    @override
    def skip(self, samples: int) -> None:
        frames, self._cut = divmod(self._cut + samples, self._decoder.hop)
        self._at += frames

    @override
    def read(self, samples: int) -> bytes:
        frames = self._features.frames
        start, end = self._at, self._at - (-samples // self._decoder.hop)
        if self._usual is None or end > frames:
            end = frames
        if start == 0 and end == frames:
            self._gain = Gain(0.0)
        sound = self._decoder.decode(self._features, start, end)
        scaled = self._gain.scale(sound)[self._cut :]
        self._at, self._cut = end, 0
        if end == frames and frames * self._decoder.hop >= self._decoder.rate:
            self._decoder.levels.learn(self._speaker, self._gain.peak)
        return pcm(scaled, self._decoder.volume)


class Model:
    """One step of the decoder: each value of its input becomes `hop` of its output."""

    def __init__(self, session: Any, hop: int, margin: int) -> None:
        self._session = session
        self._inputs = [value.name for value in session.get_inputs()]
        self.hop = hop
        self.margin = margin

    def run(self, values: Values, *more: Values) -> Values:
        """Return what comes of some values; wrong in the margins, but for true ends."""
        given = dict(zip(self._inputs, (values, *more), strict=True))
        output: Values = self._session.run(None, given)[0]
        return output


class _Features:
    """What the decoder's upper half makes of a sentence, no more than is asked for."""

    def __init__(self, upper: Model, outputs: list[Values]) -> None:
        self._upper = upper
        self._latent, *self._condition = outputs
        self.frames = int(self._latent.shape[-1])
        self.length = self.frames * upper.hop
        self._made: list[Values] = []
        self._from = self._to = 0
        """Frames that are made and still kept."""

    def get(self, first: int, last: int) -> Values:
        """Return features; what lies before them is not kept for later."""
        hop, margin = self._upper.hop, self._upper.margin
        if first // hop >= self._to:
            self._made, self._from, self._to = [], first // hop, first // hop
        if (end := -(-last // hop)) > self._to:
            start = max(0, self._to - margin)
            made = self._upper.run(
                self._latent[..., start : end + margin], *self._condition
            )
            self._made.append(made[..., (self._to - start) * hop : (end - start) * hop])
            self._to = end
        joined = np.concatenate(self._made, axis=-1)
        joined = joined[..., (first // hop - self._from) * hop :]
        self._made, self._from = [joined], first // hop
        offset = first - self._from * hop
        return joined[..., offset : offset + last - first]


class Decoder:
    """The models that make sound out of latent frames."""

    def __init__(
        self, upper: Model, lower: Model, levels: Levels, *, rate: int, volume: float
    ) -> None:
        self.upper = upper
        self._lower = lower
        self.volume = volume
        self.hop = upper.hop * lower.hop
        """Samples of one frame."""
        self.rate = rate
        """Samples a second; a shorter sentence says little about the voice's level."""
        self.levels = levels

    def decode(self, features: _Features, start: int, end: int) -> Samples:
        """Return the raw sound of some frames, the same as in a decoding of all."""
        start, end = start * self.upper.hop, end * self.upper.hop
        first = max(0, start - self._lower.margin)
        last = min(features.length, end + self._lower.margin)
        sound = self._lower.run(features.get(first, last)).reshape(-1)
        begin = (start - first) * self._lower.hop
        samples: Samples = sound.astype(np.float32, copy=False)
        return samples[begin : begin + (end - start) * self._lower.hop]


def pcm(sound: Samples, volume: float) -> bytes:
    """Return 16-bit PCM of sound within [-1, 1], at a volume (1.0: as it is)."""
    loud = sound * np.float32(_FULL_SCALE * volume)
    if volume > 1.0:
        np.clip(loud, -_FULL_SCALE, _FULL_SCALE, out=loud)
    return loud.astype("<i2").tobytes()
