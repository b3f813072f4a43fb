"""Speech in and out as plain samples: 16 kHz, 16 bits, one channel."""

import asyncio
import random
import sys
import wave
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .errors import DemoError
from .rooms import Language

RATE: Final = 16_000
_VOICES: Final = {Language.FRENCH: "fr", Language.ENGLISH: "en-us"}
# A sample is sound above 1 % of full scale, -40 dB: louder than any dither or room.
_AUDIBLE: Final = 328


@dataclass(frozen=True, slots=True)
class Speech:
    """Samples of speech."""

    samples: array[int]

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.samples) / RATE

    @property
    def end(self) -> int:
        """Number of samples up to the last one that can be heard; 0 for silence."""
        last = len(self.samples)
        while last and abs(self.samples[last - 1]) < _AUDIBLE:
            last -= 1
        return last

    @property
    def silent(self) -> bool:
        """Whether less than a twentieth of a second can be heard."""
        return sum(abs(sample) >= _AUDIBLE for sample in self.samples) < RATE / 20

    def in_a_room(self, before: float, after: float) -> Speech:
        """Return the speech with the faint noise of a quiet room around it."""
        return Speech(_room(before) + self.samples + _room(after))

    def save(self, path: Path) -> None:
        """Write a WAV file."""
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(self.samples.tobytes())


async def synthesise(text: str, language: Language) -> Speech:
    """Say `text` with espeak-ng's plain voice."""
    voice = _VOICES[language]
    return await decode(
        await _output_of(
            "espeak-ng", "-v", voice, "--stdin", "--stdout", given=text.encode()
        )
    )


async def load(path: Path) -> Speech:
    """Read a recording in any format that ffmpeg knows."""
    try:
        data = await asyncio.to_thread(path.read_bytes)
    except OSError as err:
        raise DemoError(
            f"The recording {path} cannot be read: {err.strerror}."
        ) from err
    speech = await decode(data)
    if not speech.end:
        raise DemoError(f"The recording {path} is silent.")
    return speech


async def decode(data: bytes) -> Speech:
    """Turn the bytes of an audio file into samples."""
    raw = await _output_of(
        *("ffmpeg", "-v", "error", "-i", "pipe:0"),
        *("-f", "s16le", "-ar", str(RATE), "-ac", "1", "pipe:1"),
        given=data,
    )
    samples = array("h", raw)
    if sys.byteorder == "big":
        samples.byteswap()
    return Speech(samples)


def _room(seconds: float) -> array[int]:
    # The same room each time, so that two runs differ in nothing but time.
    noise = random.Random(1)
    return array("h", (noise.randint(-6, 6) for _ in range(int(seconds * RATE))))


async def _output_of(*command: str, given: bytes) -> bytes:
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
    except FileNotFoundError as err:
        raise DemoError(f"{command[0]} is missing; scripts/setup installs it.") from err
    output, complaint = await process.communicate(given)
    if process.returncode:
        raise DemoError(f"{command[0]} failed: {complaint.decode(errors='replace')}")
    return output
