"""Sounds and yardsticks for measurements of the audio front end.

Sound is float32 at 16 kHz, levels are dBFS of the root mean square.
"""

import io
import subprocess
import wave
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.linalg import solve_toeplitz
from scipy.signal import correlate, fftconvolve

from wyoming_servers.audio import Converter, FrontEnd
from wyoming_servers.wire.pcm import AudioFormat

RATE = 16_000
FRAME = 160
MONO = AudioFormat(rate=RATE, width=2, channels=1)
STEREO = AudioFormat(rate=RATE, width=2, channels=2)
ROOT = Path(__file__).parents[1]

type Sound = npt.NDArray[np.float32]

TEXTS = (
    "The quick brown fox jumps over the lazy dog while the kettle is boiling.",
    "Tomorrow morning it will be cloudy with some rain in the afternoon.",
    "Please remember to water the plants in the living room and the kitchen.",
    "The train to the coast leaves at half past seven from the second platform.",
)


@cache
def say(text: str, voice: str = "en-us", speed: int = 160, pitch: int = 50) -> Sound:
    """Return espeak-ng's speech."""
    command = ["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch)]
    command += ["--stdout", text]
    spoken = subprocess.run(command, capture_output=True, check=True).stdout
    with wave.open(io.BytesIO(spoken)) as file:
        source = AudioFormat(rate=file.getframerate(), width=2, channels=1)
    converter = Converter(source)
    # espeak-ng cannot fill in the length that it does not know yet.
    return np.concatenate((converter.feed(spoken[44:]), converter.finish()))


def speech(seconds: float, voice: str = "en-us", pause: float = 0.3) -> Sound:
    """Return so much speech, sentence after sentence."""
    parts: list[Sound] = []
    while sum(map(len, parts)) < seconds * RATE:
        sentence = say(TEXTS[len(parts) // 2 % len(TEXTS)], voice)
        parts += [sentence, np.zeros(int(pause * RATE), np.float32)]
    return np.concatenate(parts)[: int(seconds * RATE)]


def level(sound: Sound) -> float:
    """Return dBFS."""
    return float(10 * np.log10(np.mean(np.square(sound, dtype=np.float64)) + 1e-12))


def active_level(sound: Sound) -> float:
    """Return dBFS of the 20 ms pieces that are within 30 dB of the loudest."""
    pieces = sound[: len(sound) // 320 * 320].reshape(-1, 320).astype(np.float64)
    power = np.mean(pieces**2, axis=1)
    return float(10 * np.log10(power[power > power.max() / 1000].mean() + 1e-12))


def at_level(sound: Sound, dbfs: float, *, active: bool = False) -> Sound:
    """Return the sound at a level."""
    now = active_level(sound) if active else level(sound)
    return (sound * 10 ** ((dbfs - now) / 20)).astype(np.float32)


def noise(kind: str, length: int, seed: int = 1) -> Sound:
    """Return white or pink noise at -20 dBFS."""
    made = np.random.default_rng(seed).standard_normal(length)
    if kind == "pink":
        spectrum = np.fft.rfft(made)
        # A power that falls with the frequency is an amplitude that falls with its root.
        spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))
        made = np.fft.irfft(spectrum, length)
    return at_level(made.astype(np.float32), -20.0)


def room(delay: float = 0.040, reverberation: float = 0.150, seed: int = 3) -> Sound:
    """Return a room's impulse response: a delay, then noise that fades by 60 dB in time."""
    length = int(0.2 * RATE)
    time = np.arange(length) / RATE
    tail = np.random.default_rng(seed).standard_normal(length)
    tail *= 10 ** (-3 * time / reverberation)
    tail[0] = 4.0
    return np.concatenate((np.zeros(int(delay * RATE)), tail)).astype(np.float32)


def echo_of(played: Sound, *, saturated: bool = False) -> Sound:
    """Return what a microphone in the room hears of a loudspeaker, at -24 dBFS."""
    driven = played
    if saturated:
        # A small loudspeaker at its end: half of the peaks are cut off.
        limit = np.percentile(np.abs(played[np.abs(played) > 1e-3]), 90)
        driven = limit * np.tanh(2 * played / limit)
    heard = fftconvolve(driven, room())[: len(played)].astype(np.float32)
    return at_level(heard, -24.0)


def pcm16(*channels: Sound) -> bytes:
    """Return 16-bit PCM of one or several channels."""
    both = np.stack(channels, axis=1)
    return np.clip(np.rint(both * 32768), -32768, 32767).astype("<i2").tobytes()


def through(
    sound: Sound,
    *stages: str,
    engine: str = "auto",
    played: Sound | None = None,
) -> Sound:
    """Return the sound after the stages, in chunks as a client sends them."""
    source = MONO if played is None else STEREO
    front_end = FrontEnd(source, frozenset(stages), engine=engine)
    pcm = pcm16(sound) if played is None else pcm16(sound, played)
    step = 1024 * source.frame_bytes
    parts = [front_end.feed(pcm[at : at + step]) for at in range(0, len(pcm), step)]
    return np.concatenate((*parts, front_end.finish()))


def delay_of(given: Sound, out: Sound, longest: int = 800) -> int:
    """Return by how many samples the output is behind, by cross-correlation."""
    found = correlate(out.astype(np.float64), given.astype(np.float64), method="fft")
    middle = len(given) - 1
    return int(np.argmax(np.abs(found[middle : middle + longest])))


def distortion(clean: Sound, out: Sound, taps: int = 512) -> float:
    """Return the signal-to-distortion ratio in dB after the best filter of 512 taps.

    The part of the output that any linear filter of the clean speech explains counts as
    signal, so that phase and equalising are not punished.
    """
    wanted = np.concatenate((clean.astype(np.float64), np.zeros(taps)))
    late = np.concatenate((np.zeros(taps // 2), out.astype(np.float64)))
    size = min(len(wanted), len(late))
    x, y = wanted[:size], late[:size]
    own = fftconvolve(x, x[::-1])[size - 1 : size - 1 + taps]
    cross = fftconvolve(y, x[::-1])[size - 1 : size - 1 + taps]
    own[0] *= 1 + 1e-9
    best = solve_toeplitz(own, cross)
    explained = fftconvolve(x, best)[:size]
    rest = y - explained
    return float(10 * np.log10(np.sum(explained**2) / (np.sum(rest**2) + 1e-12)))
