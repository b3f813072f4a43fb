"""Makes sound out of pieces of text; the next is made while the last one is sent."""

import asyncio
import time
from collections.abc import AsyncGenerator
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from .options import TtsOptions
from .orders import Wish
from .pace import Pace
from .sound import Sound
from .voices import Voice

_AHEAD = 2
"""Chunks made before the client has taken the one before."""


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """A chunk of sound."""

    index: int
    """Number of its piece."""
    samples: int
    """Length of the whole piece."""
    pcm: bytes
    """16-bit mono; empty when the client heard all of the piece before."""
    first: bool
    last: bool


async def speak(
    voice: Voice,
    wish: Wish,
    pieces: asyncio.Queue[str | None],
    options: TtsOptions,
    pool: Executor,
) -> AsyncGenerator[Chunk]:
    """Yield the sound of all pieces up to None; raise what went wrong in the voice."""
    made: asyncio.Queue[Chunk | Exception | None] = asyncio.Queue(_AHEAD)
    making = asyncio.create_task(_make(voice, wish, pieces, options, pool, made))
    try:
        while (chunk := await made.get()) is not None:
            if isinstance(chunk, Exception):
                raise chunk
            yield chunk
    finally:
        making.cancel()


async def _make(
    voice: Voice,
    wish: Wish,
    pieces: asyncio.Queue[str | None],
    options: TtsOptions,
    pool: Executor,
    made: asyncio.Queue[Chunk | Exception | None],
) -> None:
    loop = asyncio.get_running_loop()
    pace = Pace()

    def begin(text: str, index: int) -> tuple[Sound, int, bytes]:
        lead = options.lead_silence if index == 0 else 0.0
        sound = voice.sound(text, wish.speaker, lead=lead)
        samples = sound.samples
        if index == wish.skip:
            sound.skip(round(samples * wish.part))
        return sound, samples, read(sound)

    def read(sound: Sound) -> bytes:
        began = time.monotonic()
        pcm = sound.read(round(pace.seconds * voice.rate))
        pace.made(len(pcm) / 2 / voice.rate, time.monotonic() - began)
        return pcm

    try:
        index = 0
        while (piece := await pieces.get()) is not None:
            if index >= wish.skip:
                sound, samples, pcm = await loop.run_in_executor(
                    pool, begin, piece, index
                )
                chunk = Chunk(
                    index=index,
                    samples=samples,
                    pcm=pcm,
                    first=True,
                    last=not sound.samples,
                )
                await made.put(chunk)
                # Let the sound leave before the next work takes the interpreter's lock.
                await asyncio.sleep(0)
                while not chunk.last:
                    pcm = await loop.run_in_executor(pool, read, sound)
                    chunk = replace(chunk, pcm=pcm, first=False, last=not sound.samples)
                    await made.put(chunk)
                    await asyncio.sleep(0)
            index += 1
        await made.put(None)
    except Exception as err:  # noqa: BLE001 - it is raised where it is read
        await made.put(err)
