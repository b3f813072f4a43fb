"""Sound that is made while it is read. Blocking."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, override

import numpy as np
from numpy.typing import NDArray

from .halves import Halves
from .level import Gain, Levels, Samples


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
        self._latent, *self._condition = outputs
        self._speaker = speaker
        self._usual = decoder.levels.usual(speaker)
        self._gain = Gain(self._usual or 0.0)
        self._at = 0
        self._cut = 0
        """Samples of the next frame that are left out."""

    @property
    @override
    def samples(self) -> int:
        return (self._frames - self._at) * self._decoder.hop - self._cut

    @property
    def _frames(self) -> int:
        return int(self._latent.shape[-1])

    @override
    def skip(self, samples: int) -> None:
        frames, self._cut = divmod(self._cut + samples, self._decoder.hop)
        self._at += frames

    @override
    def read(self, samples: int) -> bytes:
        start, end = self._at, self._at - (-samples // self._decoder.hop)
        if self._usual is None or end > self._frames:
            end = self._frames
        sound = self._decoder.decode(self._latent, self._condition, start, end)
        if start == 0 and end == self._frames:
            self._gain = Gain(0.0)
        scaled = self._gain.scale(sound)[self._cut :]
        self._at, self._cut = end, 0
        if end == self._frames:
            self._decoder.levels.learn(self._speaker, self._gain.peak)
        return self._decoder.pcm(scaled)


class Decoder:
    """The half of a voice that makes sound out of latent frames."""

    def __init__(
        self, session: Any, halves: Halves, levels: Levels, volume: float
    ) -> None:
        self._session = session
        self._inputs = [value.name for value in session.get_inputs()]
        self._margin = halves.margin
        self._volume = volume
        self.hop = halves.hop
        self.levels = levels

    def decode(
        self, latent: NDArray[Any], condition: list[Any], start: int, end: int
    ) -> Samples:
        """Return the raw sound of some frames, the same as in a decoding of all."""
        first, last = max(0, start - self._margin), end + self._margin
        given = [latent[..., first:last], *condition]
        sound = self._session.run(None, dict(zip(self._inputs, given, strict=True)))[0]
        samples: Samples = sound.reshape(-1).astype(np.float32, copy=False)
        return samples[(start - first) * self.hop : (end - first) * self.hop]

    def pcm(self, sound: Samples) -> bytes:
        """Return 16-bit PCM of sound within [-1, 1], at the chosen volume."""
        loud = np.clip(sound * np.float32(self._volume), -1.0, 1.0)
        return (loud * np.float32(32767.0)).astype("<i2").tobytes()
