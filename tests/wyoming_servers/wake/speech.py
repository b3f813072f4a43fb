"""Sounds for the wake worker, from Debian's espeak-ng."""

import functools
import io
import subprocess
import wave

import numpy as np

from wyoming_servers.audio import Converter, Samples
from wyoming_servers.wire.pcm import AudioFormat

WAKING_VOICE = "en-us+f4"
"""espeak-ng's formants are not what the models were trained on; this voice is heard."""
WAKING_SPEED, WAKING_PITCH = 170, 70


@functools.cache
def say(text: str, voice: str = WAKING_VOICE) -> Samples:
    """Return speech as float32 at 16 kHz, with a second of silence on both sides."""
    speed, pitch = str(WAKING_SPEED), str(WAKING_PITCH)
    command = ["espeak-ng", "-v", voice, "-s", speed, "-p", pitch, "--stdout", text]
    spoken = subprocess.run(command, capture_output=True, check=True).stdout
    with wave.open(io.BytesIO(spoken)) as file:
        source = AudioFormat(rate=file.getframerate(), width=2, channels=1)
        # espeak-ng writes to a pipe and cannot fill in the length.
        pcm = spoken[44:]
    converter = Converter(source)
    sound = np.concatenate((converter.feed(pcm), converter.finish()))
    return np.pad(sound, 16_000)


def pcm16(sound: Samples) -> bytes:
    """Return 16-bit little-endian PCM."""
    return np.clip(sound * 32768.0, -32768, 32767).astype("<i2").tobytes()
