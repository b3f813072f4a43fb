"""Pitch marks of monotone speech, and re-spacing to an exact period.

espeak-ng adds sines that all start a period in the same phase, so the phase of
the fundamental alone tells where each period begins, whatever the vowel. Marks
set at one phase let any two units meet in the middle of a period.
"""

import numpy as np
from scipy.signal import resample_poly
from speech import RATE

PERIOD = 128
"""Samples between two marks of the stored units (125 Hz at 16 kHz)."""

_FINE = 4
_FLOOR = 0.004


def pitch_marks(samples: np.ndarray, *, phase: float) -> np.ndarray:
    """Sample positions (float) of marks about `PERIOD` apart over all `samples`.

    Where the fundamental sounds, the marks sit at `phase` radians of it; in
    silence and noise they are spread evenly between the voiced neighbours.
    """
    length = len(samples)
    time = np.arange(length)
    carrier = np.exp(-2j * np.pi * time / PERIOD)
    window = np.hanning(3 * PERIOD)
    tone = np.convolve(samples * carrier, window / window.sum(), mode="same")
    voiced = np.abs(tone) > _FLOOR
    turns = (np.unwrap(np.angle(tone)) - phase) / (2 * np.pi) + time / PERIOD

    marks: list[float] = [0.0]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], voiced, [0]])))
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        part = np.maximum.accumulate(turns[first:last])
        whole = np.arange(np.ceil(part[0]), np.floor(part[-1]) + 1)
        if len(whole) < 2:
            continue
        found = np.interp(whole, part, time[first:last])
        _fill(marks, found[0])
        marks.extend(found[1:])
    _fill(marks, float(length - 1))
    return np.array(marks)


def _fill(marks: list[float], until: float) -> None:
    """Append evenly spread marks so that the last one is `until`."""
    count = round((until - marks[-1]) / PERIOD)
    if count < 1:
        marks[-1] = until
        return
    marks.extend(np.linspace(marks[-1], until, count + 1)[1:])


def respaced(samples: np.ndarray, marks: np.ndarray) -> np.ndarray:
    """Move the marks to multiples of `PERIOD`, by overlap-add."""
    fine = np.concatenate([np.zeros(_FINE * PERIOD), resample_poly(samples, _FINE, 1)])
    fine = np.concatenate([fine, np.zeros(2 * _FINE * PERIOD)])
    window = np.hanning(2 * PERIOD + 1)[:-1]
    output = np.zeros((len(marks) + 1) * PERIOD)
    for index, mark in enumerate(marks):
        start = round(mark * _FINE)
        grain = fine[start : start + 2 * PERIOD * _FINE : _FINE]
        output[index * PERIOD : (index + 2) * PERIOD] += grain * window
    return output[PERIOD:]


def fundamental(samples: np.ndarray) -> float:
    """Measure the pitch in Hz of a steady stretch of speech."""
    spectrum = np.fft.rfft(samples, 2 * len(samples))
    lags = np.fft.irfft(np.abs(spectrum) ** 2)
    lag = 60 + int(np.argmax(lags[60:300]))
    left, middle, right = lags[lag - 1 : lag + 2]
    return float(RATE / (lag + (left - right) / (2 * (left - 2 * middle + right))))
