"""A ring of 10 ms frames: sound is written once and then worked on where it lies."""

import numpy as np
import numpy.typing as npt

from .convert import Samples

FRAME = 160
"""Samples of 10 ms at 16 kHz."""

type Pcm = npt.NDArray[np.int16]


class FrameRing:
    """Frames of int16 in one block of memory.

    `write` puts samples in; `take` hands out the next whole frame as a view, which the
    stages change in place and which stays valid until `frames` more have been taken.
    Frames never wrap around the end, because the block holds a whole number of them.
    """

    def __init__(self, frames: int = 256) -> None:
        self._memory: Pcm = np.zeros(frames * FRAME, np.int16)
        self._frames = self._memory.reshape(frames, FRAME)
        self._written = 0
        self._taken = 0

    def __len__(self) -> int:
        """Return how many samples have been written and not been taken."""
        return self._written - self._taken

    @property
    def room(self) -> int:
        """How many samples can be written now."""
        return len(self._memory) - len(self)

    def write(self, samples: Samples) -> None:
        """Put float32 in [-1, 1] in, as int16; raise ValueError when there is no room."""
        if len(samples) > self.room:
            raise ValueError(f"{len(samples)} samples, room for {self.room}")
        start = self._written % len(self._memory)
        first = samples[: len(self._memory) - start]
        _quantize(first, self._memory[start : start + len(first)])
        _quantize(samples[len(first) :], self._memory[: len(samples) - len(first)])
        self._written += len(samples)

    def take(self) -> Pcm | None:
        """Return the next frame as a view of shape (160,), None when it is not full."""
        if len(self) < FRAME:
            return None
        frame: Pcm = self._frames[self._taken // FRAME % len(self._frames)]
        self._taken += FRAME
        return frame

    def pad(self) -> int:
        """Fill the last frame with silence; return how many samples that took."""
        missing = -len(self) % FRAME
        self.write(np.zeros(missing, np.float32))
        return missing


def _quantize(samples: Samples, place: Pcm) -> None:
    scaled = np.rint(samples * np.float32(32768.0))
    np.clip(scaled, -32768, 32767, out=scaled)
    place[:] = scaled
