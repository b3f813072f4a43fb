"""Makes sound out of pieces of text; the next is made while the last one is sent."""

import asyncio
from collections.abc import AsyncGenerator
from concurrent.futures import Executor
from dataclasses import dataclass

from .options import TtsOptions
from .orders import Wish
from .sound import Sound
from .voices import Voice

_AHEAD = 2
"""Chunks made before the client has taken the one before."""

_FIRST_SECONDS, _MOST_SECONDS = 0.25, 1.0
"""Each chunk is twice as long as the last: the first one comes soon, and while it is
played there is time for the next. Longer than the most is no faster; see the bench."""


@dataclass(frozen=True, kw_only=True)
class Step:
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
) -> AsyncGenerator[Step]:
    """Yield the sound of all pieces up to None; raise what went wrong in the voice."""
    made: asyncio.Queue[Step | Exception | None] = asyncio.Queue(_AHEAD)
    making = asyncio.create_task(_make(voice, wish, pieces, options, pool, made))
    try:
        while (step := await made.get()) is not None:
            if isinstance(step, Exception):
                raise step
            yield step
    finally:
        making.cancel()


async def _make(
    voice: Voice,
    wish: Wish,
    pieces: asyncio.Queue[str | None],
    options: TtsOptions,
    pool: Executor,
    made: asyncio.Queue[Step | Exception | None],
) -> None:
    loop = asyncio.get_running_loop()
    seconds = _FIRST_SECONDS

    def begin(text: str, index: int) -> tuple[Sound, int, bytes]:
        lead = options.lead_silence if index == 0 else 0.0
        sound = voice.sound(text, wish.speaker, lead=lead)
        samples = sound.samples
        if index == wish.skip:
            sound.skip(round(samples * wish.part))
        return sound, samples, sound.read(round(seconds * voice.rate))

    try:
        index = 0
        while (piece := await pieces.get()) is not None:
            if index < wish.skip:
                index += 1
                continue
            sound, samples, pcm = await loop.run_in_executor(pool, begin, piece, index)
            first = True
            while True:
                seconds = min(_MOST_SECONDS, 2 * seconds)
                last = not sound.samples
                await made.put(
                    Step(index=index, samples=samples, pcm=pcm, first=first, last=last)
                )
                if last:
                    break
                first = False
                pcm = await loop.run_in_executor(
                    pool, sound.read, round(seconds * voice.rate)
                )
            index += 1
        await made.put(None)
    except Exception as err:  # noqa: BLE001 - it is raised where it is read
        await made.put(err)
