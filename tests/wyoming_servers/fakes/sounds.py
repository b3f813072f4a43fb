"""Sounds to hear: speech of the test voices, and everything that is no speech."""

from functools import cache
from pathlib import Path

import numpy as np

_MODELS = Path(__file__).parents[2] / "models"
EAR = _MODELS / "ear"
VOICES = _MODELS / "voice"
RATE = 16_000
KINDS = ("silence", "white", "pink", "room", "hum", "clicks", "tone")


@cache
def _voice(language: str):
    from piper import PiperVoice

    return PiperVoice.load(VOICES / f"{language}.onnx")


@cache
def spoken(text: str, language: str = "fr") -> np.ndarray:
    """Return float speech at 16 kHz with half a second of silence on both sides."""
    parts = [c.audio_float_array for c in _voice(language).synthesize(text)]
    assert _voice(language).config.sample_rate == RATE
    return np.pad(np.concatenate(parts), (RATE // 2, RATE // 2))


def pcm(values: np.ndarray) -> bytes:
    """Encode as 16-bit PCM."""
    return (np.clip(values, -1, 1) * 32767).astype("<i2").tobytes()


def pink(random: np.random.Generator, count: int) -> np.ndarray:
    """Return noise with equal power in each octave, peak 1."""
    spectrum = np.fft.rfft(random.normal(size=count))
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 1))
    noise = np.fft.irfft(spectrum, count)
    return noise / np.abs(noise).max()


def no_speech(number: int) -> tuple[str, np.ndarray]:
    """Return the kind and the samples of one of many clips in which nobody speaks."""
    random = np.random.default_rng(number)
    kind = KINDS[number % len(KINDS)]
    count = int(RATE * random.uniform(0.4, 4.0))
    time = np.arange(count) / RATE
    match kind:
        case "silence":
            wave = np.zeros(count)
        case "white":
            wave = random.normal(size=count) / 4
        case "pink":
            wave = pink(random, count)
        case "room":
            low = np.convolve(random.normal(size=count), np.ones(32) / 32, "same")
            wave = low * (1 + 0.5 * np.sin(2 * np.pi * 0.3 * time))
            wave /= np.abs(wave).max()
        case "hum":
            base = random.choice([50, 60, 100, 120])
            wave = sum(np.sin(2 * np.pi * base * h * time) / h for h in range(1, 8)) / 2
        case "clicks":
            wave = np.zeros(count)
            for at in random.integers(0, count - 200, size=random.integers(1, 12)):
                wave[at : at + 200] += np.exp(-np.arange(200) / random.uniform(5, 60))
        case _:
            wave = np.sin(2 * np.pi * random.uniform(200, 3000) * time)
    return kind, (wave * 10 ** (random.uniform(-60, -6) / 20)).astype(np.float32)


def with_noise(speech: np.ndarray, decibels: float, number: int) -> np.ndarray:
    """Return speech in white or pink noise at this signal-to-noise ratio."""
    random = np.random.default_rng(number)
    count = len(speech)
    noise = random.normal(size=count) if number % 2 else pink(random, count)
    power = np.mean(speech[np.abs(speech) > 1e-3] ** 2)
    noise *= np.sqrt(power / np.mean(noise**2) / 10 ** (decibels / 10))
    mixed = speech + noise
    return (0.7 * mixed / np.abs(mixed).max()).astype(np.float32)
