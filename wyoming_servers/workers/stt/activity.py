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
_PAD_SECONDS = 0.3
"""Kept on both sides of the speech: soft consonants are missed by every detector."""


@dataclass(frozen=True, kw_only=True)
class Speech:
    """The stretch of an utterance that holds all its speech, in samples."""

    start: int
    end: int

    def cut(self, audio: Samples) -> Samples:
        """Return the stretch."""
        return audio[self.start : self.end]


def probabilities(audio: Samples) -> Sequence[float]:
    """Return the probability of speech for each frame of the audio."""
    from faster_whisper.vad import get_vad_model  # noqa: PLC0415

    padded = np.pad(audio, (0, -len(audio) % FRAME))
    found: Sequence[float] = get_vad_model()(padded).tolist()
    return found


def locate(audio: Samples) -> Speech | None:
    """Return where speech is in float32 samples at 16 kHz, None when nobody speaks."""
    found = find_frames(probabilities(audio))
    if found is None or is_steady(audio[found.start * FRAME : found.stop * FRAME]):
        return None
    pad = int(_PAD_SECONDS * MODEL_RATE)
    return Speech(
        start=max(0, found.start * FRAME - pad),
        end=min(len(audio), found.stop * FRAME + pad),
    )


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


def find_frames(probability: Sequence[float]) -> range | None:
    """Return the frames of speech, None when there is none worth the name."""
    certain = [index for index, value in enumerate(probability) if value >= _CERTAIN]
    if len(certain) < _LEAST_FRAMES:
        return None
    first, last = certain[0], certain[-1]
    while first > 0 and probability[first - 1] >= _LIKELY:
        first -= 1
    while last + 1 < len(probability) and probability[last + 1] >= _LIKELY:
        last += 1
    return range(first, last + 1)
