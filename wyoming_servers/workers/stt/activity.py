"""Where in an utterance somebody speaks (whole utterances). Blocking.

The voice detector is Silero's, in the batched form that faster-whisper carries: 30 ms
of work for 15 s of sound, where the frame-by-frame form takes 600.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...audio import MODEL_RATE, Samples

FRAME = 512
"""Samples of one decision of the detector, 32 ms."""

_CERTAIN = 0.5
"""Probability that makes a frame speech."""
_LIKELY = 0.35
"""Probability that keeps speech going."""
_STEADY_DECIBELS = 0.7
"""Spread of the loudness under which what sounds like speech is a hum or a tone.

The detector alone takes some hums for vowels. Measured in what it takes for speech:
hums and tones at most 0.3, words at 5 dB above noise at least 1.3, most above 4.
"""
_EDGE_DECIBELS = 20.0
"""Frames that are quieter than the loudest by more say nothing about its steadiness."""
_LEAST_FRAMES = 4
"""Fewer certain frames (128 ms) are a click, not a word."""
_PAUSE_FRAMES = 62
"""A longer pause (2 s) is left out: Whisper takes it for the end, or invents words."""
_PAD_SECONDS = 0.3
"""Kept on both sides of the speech: soft consonants are missed by every detector."""


@dataclass(frozen=True, kw_only=True)
class Speech:
    """Where the speech of an utterance is, without its long pauses."""

    parts: tuple[tuple[int, int], ...]
    """First and last sample (exclusive) of each part, at least one."""

    @property
    def start(self) -> int:
        """First sample of the first part."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """Last sample of the last part, exclusive."""
        return self.parts[-1][1]

    def cut(self, audio: Samples) -> Samples:
        """Return the parts, joined."""
        return np.concatenate([audio[start:end] for start, end in self.parts])


def probabilities(audio: Samples) -> Sequence[float]:
    """Return the probability of speech for each frame of the audio."""
    from faster_whisper.vad import get_vad_model  # noqa: PLC0415

    padded = np.pad(audio, (0, -len(audio) % FRAME))
    found: Sequence[float] = get_vad_model()(padded).tolist()
    return found


def locate(audio: Samples) -> Speech | None:
    """Return where speech is in float32 samples at 16 kHz, None when nobody speaks."""
    probability = probabilities(audio)
    runs = [
        run
        for run in find_runs(probability)
        if not is_steady(audio[run.start * FRAME : run.stop * FRAME])
    ]
    certain = sum(probability[index] >= _CERTAIN for run in runs for index in run)
    if certain < _LEAST_FRAMES:
        return None
    pad = int(_PAD_SECONDS * MODEL_RATE)
    parts = (
        (max(0, run.start * FRAME - pad), min(len(audio), run.stop * FRAME + pad))
        for run in runs
    )
    return Speech(parts=tuple(parts))


def is_steady(audio: Samples) -> bool:
    """Return True for sound whose loudness does not change, as no speech can be."""
    frames = audio[: len(audio) // FRAME * FRAME].reshape(-1, FRAME)
    if len(frames) < 3:
        return False
    # The variance and not the power: an offset of a cheap microphone is no loudness.
    loudness = 10.0 * np.log10(frames.var(axis=1) + 1e-12)
    # The detector is late by some frames: a hum has silence on its edges.
    loud = loudness[loudness > loudness.max() - _EDGE_DECIBELS]
    smooth = np.convolve(loud, np.full(3, 1 / 3), "valid" if len(loud) > 2 else "same")
    # One word in long noise is a small share of all frames: the loudest one tells.
    # NumPy's percentile would load its masked arrays: 8 MB.
    quiet = np.interp(0.1 * (len(smooth) - 1), range(len(smooth)), np.sort(smooth))
    return float(smooth.max() - quiet) < _STEADY_DECIBELS


def find_runs(probability: Sequence[float]) -> list[range]:
    """Return the frames of speech as runs with long pauses between them."""
    runs: list[range] = []
    for index, value in enumerate(probability):
        if value < _CERTAIN or (runs and index < runs[-1].stop):
            continue
        run = _around(index, probability)
        if runs and run.start - runs[-1].stop <= _PAUSE_FRAMES:
            run = range(runs.pop().start, run.stop)
        runs.append(run)
    return runs


def _around(index: int, probability: Sequence[float]) -> range:
    first, last = index, index + 1
    while first > 0 and probability[first - 1] >= _LIKELY:
        first -= 1
    while last < len(probability) and probability[last] >= _LIKELY:
        last += 1
    return range(first, last)
