"""Spectral comparison of two renderings of one sentence."""

import numpy as np
from speech import RATE

_FRAME, _STEP, _BANDS, _CEPSTRA = 400, 160, 26, 13
_FLOOR = 1e-5
"""Power, relative to the loudest band, below which differences do not count."""


def cepstra(samples: np.ndarray) -> np.ndarray:
    """Compute mel-cepstra 1…13, one row each 10 ms."""
    count = max(1, 1 + (len(samples) - _FRAME) // _STEP)
    padded = np.pad(samples, (0, max(0, _FRAME - len(samples))))
    index = np.arange(_FRAME) + _STEP * np.arange(count)[:, None]
    power = np.abs(np.fft.rfft(padded[index] * np.hanning(_FRAME), 512)) ** 2
    mel = power @ _mel_bands().T
    logs = 0.5 * np.log(mel + _FLOOR * mel.max())
    bands = np.arange(_BANDS) + 0.5
    orders = np.arange(1, _CEPSTRA + 1)[:, None]
    basis = np.cos(np.pi * orders * bands / _BANDS) * np.sqrt(2 / _BANDS)
    return np.asarray(logs @ basis.T)


def _mel_bands() -> np.ndarray:
    def mel(hertz: float) -> float:
        return float(2595 * np.log10(1 + hertz / 700))

    edges = np.linspace(mel(60), mel(RATE / 2), _BANDS + 2)
    bins = (700 * (10 ** (edges / 2595) - 1)) * 512 / RATE
    frequency = np.arange(257)
    rise = (frequency - bins[:-2, None]) / (bins[1:-1] - bins[:-2])[:, None]
    fall = (bins[2:, None] - frequency) / (bins[2:] - bins[1:-1])[:, None]
    return np.clip(np.minimum(rise, fall), 0, None)


def distortion(one: np.ndarray, two: np.ndarray) -> float:
    """Measure mel-cepstral distortion in dB along the best time alignment.

    Formula: 10 / ln 10 · sqrt(2 · Σ (c - c')²) (Kubichek 1993), mean of the path.
    """
    first, second = cepstra(one), cepstra(two)
    distance = np.sqrt(((first[:, None] - second) ** 2).sum(axis=2))
    cost = np.full((len(first) + 1, len(second) + 1), np.inf)
    length = np.zeros(cost.shape)
    cost[0, 0] = 0
    for i in range(1, len(first) + 1):
        for j in range(1, len(second) + 1):
            options = ((i - 1, j - 1), (i - 1, j), (i, j - 1))
            best = min(options, key=lambda place: cost[place])
            cost[i, j] = cost[best] + distance[i - 1, j - 1]
            length[i, j] = length[best] + 1
    return float(10 / np.log(10) * np.sqrt(2) * cost[-1, -1] / length[-1, -1])


def sharpest_step(samples: np.ndarray) -> float:
    """Measure the largest step between samples, relative to the speech's level."""
    loud = samples[np.abs(samples) > 0.003]
    scale = float(np.sqrt((loud**2).mean())) if len(loud) else 1.0
    return float(np.abs(np.diff(samples)).max() / scale)


def level(samples: np.ndarray) -> float:
    """Measure the level in dBFS over the frames that are not silent."""
    count = len(samples) // _STEP
    power = (samples[: count * _STEP].reshape(count, _STEP) ** 2).mean(axis=1)
    power = power[power > 1e-6]
    return float(10 * np.log10(power.mean())) if len(power) else -120.0
