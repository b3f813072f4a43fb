"""Any PCM to 16 kHz mono float32, piece by piece."""

import math
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from ..wire.pcm import AudioFormat

MODEL_RATE = 16_000
"""Samples a second that Whisper and the voice detector take."""

_ZERO_CROSSINGS = 24
_ROLL_OFF = 0.945
_KAISER_BETA = 8.6
_MOST_PHASES = 1024
"""All that usual rates need (11 025 Hz: 640). An odd rate is rounded to these places:
1/2048 of a sample, 56 dB below the sound, where exact filters would take 10 MB each."""
_BLOCK = 8192
"""Samples that are converted at a time; each takes a hundred times its own memory."""

type Samples = npt.NDArray[np.float32]


class Converter:
    """Turns PCM bytes, cut anywhere, into float32 in [-1, 1] at 16 kHz mono."""

    def __init__(self, source: AudioFormat) -> None:
        self.source = source
        self._left = b""
        self._resampler = (
            None if source.rate == MODEL_RATE else Resampler(source.rate, MODEL_RATE)
        )

    def feed(self, pcm: bytes) -> Samples:
        """Return the samples that are certain so far; keeps half frames for later."""
        pcm = self._left + pcm
        whole = len(pcm) - len(pcm) % self.source.frame_bytes
        self._left = pcm[whole:]
        mono = to_mono(pcm[:whole], self.source)
        return mono if self._resampler is None else self._resampler.feed(mono)

    def finish(self) -> Samples:
        """Return the last samples; a half frame at the very end is dropped."""
        if self._resampler is None:
            return np.zeros(0, np.float32)
        return self._resampler.finish()


def to_mono(pcm: bytes, source: AudioFormat) -> Samples:
    """Decode 8, 16, 24 or 32 bit little-endian PCM and average the channels."""
    match source.width:
        case 1:
            values = np.frombuffer(pcm, np.uint8).astype(np.float32) - 128.0
        case 2:
            values = np.frombuffer(pcm, "<i2").astype(np.float32)
        case 3:
            packed = np.zeros((len(pcm) // 3, 4), np.uint8)
            packed[:, 1:] = np.frombuffer(pcm, np.uint8).reshape(-1, 3)
            values = packed.view("<i4")[:, 0].astype(np.float32) / 256.0
        case 4:
            values = np.frombuffer(pcm, "<i4").astype(np.float32)
        case _:
            raise ValueError(f"{source.width} bytes a sample")
    values /= np.float32(2.0 ** (8 * source.width - 1))
    if source.channels > 1:
        values = values.reshape(-1, source.channels).mean(axis=1, dtype=np.float32)
    return values


class Resampler:
    """Band-limited polyphase resampling by a windowed sinc.

    Output sample m is the sum over k of x[k] * h(m * source / target - k), with h a
    sinc cut at 0.945 of the lower Nyquist frequency under a Kaiser window (beta 8.6)
    of 24 zero crossings each side: https://ccrma.stanford.edu/~jos/resample/.
    """

    def __init__(self, source: int, target: int) -> None:
        divisor = math.gcd(source, target)
        self._up, self._down = target // divisor, source // divisor
        self._phases, self._half = _phases(self._up, self._down)
        self._held = np.zeros(self._half, np.float32)
        self._start = -self._half
        """Input sample that _held begins with; the zeros before the first count."""
        self._read = 0
        """Input samples seen."""
        self._written = 0
        """Output samples given."""

    def feed(self, samples: Samples) -> Samples:
        """Return the output samples whose whole neighbourhood has been seen."""
        blocks = range(0, len(samples), _BLOCK)
        done = [self._feed(samples[at : at + _BLOCK]) for at in blocks]
        return np.concatenate((np.zeros(0, np.float32), *done))

    def _feed(self, samples: Samples) -> Samples:
        self._held = np.concatenate((self._held, samples))
        self._read += len(samples)
        return self._produce((self._read - self._half) * self._up // self._down)

    def finish(self) -> Samples:
        """Return the rest: input samples times target / source in all, rounded up."""
        total = -(-self._read * self._up // self._down)
        self._held = np.concatenate((self._held, np.zeros(self._half + 1, np.float32)))
        return self._produce(total)

    def _produce(self, end: int) -> Samples:
        if end <= self._written:
            return np.zeros(0, np.float32)
        position = np.arange(self._written, end) * self._down
        first = position // self._up - self._half - self._start
        taps = 2 * self._half + 1
        windows = np.lib.stride_tricks.sliding_window_view(self._held, taps)
        filters = self._phases[position % self._up * len(self._phases) // self._up]
        out: Samples = np.einsum("ij,ij->i", windows[first], filters)
        self._written = end
        # The next output's neighbourhood may begin at any sample from here on.
        done = max(0, end * self._down // self._up - self._half - self._start)
        self._held = self._held[done:]
        self._start += done
        return out.astype(np.float32, copy=False)


@lru_cache(maxsize=8)
def _phases(up: int, down: int) -> tuple[Samples, int]:
    """Return the filter of each output phase, shape (phases, taps), and its half length.

    A client chooses the rate: what is kept must be bounded.
    """
    count = min(up, _MOST_PHASES)
    cut = _ROLL_OFF * min(1.0, up / down)
    half = math.ceil(_ZERO_CROSSINGS / cut)
    offset = np.arange(count)[:, None] / count - np.arange(-half, half + 1)[None, :]
    inside = np.sqrt(np.clip(1.0 - (offset / (half + 1)) ** 2, 0.0, None))
    window = np.i0(_KAISER_BETA * inside) / np.i0(_KAISER_BETA)
    filters = cut * np.sinc(cut * offset) * window
    filters /= filters.sum(axis=1, keepdims=True)
    return filters.astype(np.float32), half
