"""Sound of a clip: espeak-ng speech, room and noise, and Whisper features of it.

Audio is float32 mono at 16 kHz. Needs the `espeak-ng` command.
"""

import io
import subprocess
import wave
from dataclasses import dataclass
from functools import cache
from math import gcd
from pathlib import Path

import numpy as np
from corpus import Item, Voice
from faster_whisper.feature_extractor import FeatureExtractor
from numpy.typing import NDArray
from scipy.signal import butter, fftconvolve, resample_poly, sosfilt

RATE = 16_000
MAX_SECONDS = 15.5
Audio = NDArray[np.float32]
_EXTRACTOR = FeatureExtractor()
_PIPER: dict[str, Path] = {}


@dataclass(frozen=True, kw_only=True)
class Clip:
    """A finished clip and where each of its texts is heard, in seconds."""

    audio: Audio
    spans: tuple[tuple[float, float], ...]


def use_piper(folder: Path) -> None:
    """Let the voice names `piper:fr` and `piper:en` mean `fr.onnx`, `en.onnx`."""
    for language in ("fr", "en"):
        _PIPER[language] = folder / f"{language}.onnx"


@cache
def _piper(language: str) -> object:
    from piper import PiperVoice

    return PiperVoice.load(_PIPER[language])


def _say_piper(text: str, voice: Voice) -> tuple[int, Audio]:
    from piper.config import SynthesisConfig

    loaded = _piper(voice.name.partition(":")[2])
    config = SynthesisConfig(length_scale=175 / voice.rate)
    chunks = list(loaded.synthesize(text, syn_config=config))  # type: ignore[attr-defined]
    audio = np.concatenate([chunk.audio_float_array for chunk in chunks])
    return chunks[0].sample_rate, audio.astype(np.float32)


def _say_espeak(text: str, voice: Voice) -> tuple[int, Audio]:
    command = ["espeak-ng", "--stdout", "-v", voice.name, "-s", str(voice.rate)]
    command += ["-p", str(voice.pitch), "-a", str(voice.amplitude)]
    if voice.monotone:
        command.append("-m")
        text = f'<speak><prosody range="0">{text}</prosody></speak>'
    data = subprocess.run(
        command, input=text.encode(), capture_output=True, check=True
    ).stdout
    with wave.open(io.BytesIO(data)) as file:
        rate = file.getframerate()
        frames = file.readframes(2**28)
    samples = np.frombuffer(frames, np.int16).astype(np.float32) / 32768
    return rate, samples


def say(text: str, voice: Voice) -> Audio:
    """Speech of `text`, without the silence around it, at 16 kHz."""
    maker = _say_piper if voice.name.startswith("piper:") else _say_espeak
    rate, samples = maker(text, voice)
    if rate != RATE:
        divisor = gcd(rate, RATE)
        samples = resample_poly(samples, RATE // divisor, rate // divisor)
    loud = np.flatnonzero(np.abs(samples) > 0.003)
    if not len(loud):
        return np.zeros(RATE // 10, np.float32)
    return samples[loud[0] : loud[-1] + 1].astype(np.float32)


@cache
def _babble_pool() -> Audio:
    texts = {
        "fr": "bonjour à tous, nous allons parler du jardin et de la maison",
        "en": "hello everyone, today we are going to talk about the weather",
    }
    total = np.zeros(RATE * 12, np.float32)
    rng = np.random.default_rng(7)
    for number, variant in enumerate(["f2", "m3", "f5", "m1", "ed", "aunty"] * 3):
        language = ("fr", "en")[number % 2]
        speech = say(texts[language], Voice(name=f"{language}+{variant}"))
        speech = np.resize(speech, len(total))
        total += np.roll(speech, int(rng.integers(len(total))))
    return total


def noise(kind: str, length: int, rng: np.random.Generator) -> Audio:
    """`length` samples of noise with an RMS of 1."""
    if kind == "babble":
        start = int(rng.integers(RATE * 12))
        made = np.roll(_babble_pool(), start)
        made = np.resize(made, length)
    elif kind == "hum":
        time = np.arange(length) / RATE
        base = float(rng.choice([50.0, 60.0, 100.0, 120.0]))
        made = sum(
            rng.random() / n * np.sin(2 * np.pi * base * n * time + rng.random() * 6)
            for n in range(1, 9)
        )
        made = made + 0.05 * rng.standard_normal(length)
    elif kind == "clicks":
        made = np.zeros(length)
        for _ in range(int(rng.integers(1, 8))):
            at = int(rng.integers(max(1, length - 800)))
            burst = rng.standard_normal(800) * np.exp(-np.arange(800) / 120)
            made[at : at + 800] += burst[: length - at]
        made = made + 0.01 * rng.standard_normal(length)
    else:
        spectrum = np.fft.rfft(rng.standard_normal(length))
        slope = {"white": 0.0, "pink": 0.5, "brown": 1.0}[kind]
        spectrum /= np.maximum(np.arange(len(spectrum)), 10.0) ** slope
        made = np.fft.irfft(spectrum, length)
    made = np.asarray(made, np.float32)
    return made / (float(np.sqrt(np.mean(made**2))) + 1e-9)


NOISES = ("white", "pink", "pink", "brown", "hum", "babble", "babble")


def _colour(audio: Audio, rng: np.random.Generator) -> Audio:
    if rng.random() < 0.3:
        length = int(RATE * rng.uniform(0.05, 0.3))
        tail = rng.standard_normal(length) * np.exp(-np.linspace(0, 7, length))
        tail *= rng.uniform(0.1, 0.6) / (np.sqrt(np.sum(tail**2)) + 1e-9)
        tail[0] = 1.0
        audio = fftconvolve(audio, tail)[: len(audio)]
    if rng.random() < 0.3:
        high = rng.uniform(3200, 7500)
        audio = sosfilt(butter(4, high, "low", fs=RATE, output="sos"), audio)
    if rng.random() < 0.3:
        low = rng.uniform(60, 300)
        audio = sosfilt(butter(2, low, "high", fs=RATE, output="sos"), audio)
    return np.asarray(audio, np.float32)


def add_noise(
    audio: Audio, level: float, kind: str, snr: float, rng: np.random.Generator
) -> Audio:
    """`audio` with noise `snr` dB below `level`, the RMS of its speech."""
    return audio + noise(kind, len(audio), rng) * level * 10 ** (-snr / 20)


def _silent_clip(rng: np.random.Generator) -> Audio:
    length = int(RATE * rng.uniform(0.3, 8.0))
    if rng.random() < 0.15:
        return np.zeros(length, np.float32)
    kind = str(rng.choice(["white", "pink", "brown", "hum", "clicks"]))
    return noise(kind, length, rng) * np.float32(10 ** rng.uniform(-4.0, -0.9))


def clip(item: Item, snr: float | None = None, noise_kind: str = "pink") -> Clip:
    """Make the sound of `item`; a given `snr` (dB) replaces the random augmentation."""
    rng = np.random.default_rng(item.seed)
    if not item.texts:
        return Clip(audio=_silent_clip(rng), spans=())
    short = rng.random() < 0.3
    edge = 0.1 if short else 1.0
    parts = [np.zeros(int(RATE * rng.uniform(0, edge)), np.float32)]
    spans: list[tuple[float, float]] = []
    at = len(parts[0])
    for number, spoken in enumerate(item.spoken):
        speech = say(spoken, item.voice)
        if number and at + len(speech) > MAX_SECONDS * RATE - RATE:
            break
        if number:
            pause = int(RATE * rng.uniform(0.3, 1.0))
            parts.append(np.zeros(pause, np.float32))
            at += pause
        spans.append((at / RATE, (at + len(speech)) / RATE))
        parts.append(speech)
        at += len(speech)
    parts.append(np.zeros(int(RATE * rng.uniform(0.02, edge)), np.float32))
    audio = np.concatenate(parts)
    level = float(np.sqrt(np.mean(np.concatenate(parts[1:-1]) ** 2))) + 1e-6
    if snr is not None:
        if snr < 90:
            audio = add_noise(audio, level, noise_kind, snr, rng)
        return Clip(audio=audio.astype(np.float32), spans=tuple(spans))
    audio = _colour(audio, rng)
    if rng.random() > 0.35:
        kind = str(rng.choice(NOISES))
        audio = add_noise(audio, level, kind, rng.uniform(2, 40), rng)
    peak = float(np.max(np.abs(audio))) + 1e-9
    audio = audio / peak * 10 ** rng.uniform(-1.5, 0.0)
    if rng.random() < 0.1:
        audio = np.clip(audio * rng.uniform(1, 3), -1, 1)
    return Clip(audio=audio.astype(np.float32), spans=tuple(spans))


def features(audio: Audio) -> NDArray[np.float32]:
    """[frames, 80] log-mel features as faster-whisper computes them."""
    return np.asarray(_EXTRACTOR(audio)[:, :-1].T, np.float32)
