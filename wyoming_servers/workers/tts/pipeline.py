"""Makes sound out of pieces of text; the next is made while the last one is sent."""

import asyncio
import time
from collections.abc import AsyncGenerator
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

from .options import TtsOptions
from .orders import SynthesizeOrder
from .pace import Pace
from .sound import Sound
from .voices import Voice

_AHEAD = 2
"""Chunks made before the client has taken the one before."""
_GRACE_SECONDS = 0.0005


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
    order: SynthesizeOrder,
    pieces: asyncio.Queue[str | None],
    options: TtsOptions,
    pool: Executor,
) -> AsyncGenerator[Chunk]:
    """Yield the sound of all pieces up to None; raise what went wrong in the voice."""
    made: asyncio.Queue[Chunk | Exception | None] = asyncio.Queue(_AHEAD)
    maker = _Maker(voice, order, options)
    making = asyncio.create_task(_make(maker, order.context.skip, pieces, pool, made))
    try:
        while (chunk := await made.get()) is not None:
            if isinstance(chunk, Exception):
                raise chunk
            yield chunk
    finally:
        making.cancel()


async def _make(
    maker: "_Maker",
    skip: int,
    pieces: asyncio.Queue[str | None],
    pool: Executor,
    made: asyncio.Queue[Chunk | Exception | None],
) -> None:
    run = partial(asyncio.get_running_loop().run_in_executor, pool)
    try:
        index = 0
        while (piece := await pieces.get()) is not None:
            if index >= skip:
                chunk = await run(maker.begin, piece, index)
                await made.put(chunk)
                while not chunk.last:
                    chunk = await run(maker.go_on, chunk)
                    await made.put(chunk)
            index += 1
        await made.put(None)
    except Exception as err:  # noqa: BLE001 - it is raised where it is read
        await made.put(err)


class _Maker:
    """Makes the chunks of one answer, one after the other. Blocking."""

    def __init__(
        self, voice: Voice, order: SynthesizeOrder, options: TtsOptions
    ) -> None:
        self._voice = voice
        self._order = order
        self._lead = options.lead_silence
        self._pace = Pace()
        self._sound = Sound([])
        self._chunks = 0

    def begin(self, text: str, index: int) -> Chunk:
        """Return the first chunk of a piece."""
        self._let_go()
        lead = self._lead if index == 0 else 0.0
        self._sound = self._voice.sound(text, self._order.speaker, lead=lead)
        samples = self._sound.samples
        if index == self._order.context.skip:
            self._sound.skip(round(samples * self._order.context.part))
        return self._read(index, samples, first=True)

    def go_on(self, chunk: Chunk) -> Chunk:
        """Return the chunk after this one, of the same piece."""
        self._let_go()
        return self._read(chunk.index, chunk.samples, first=False)

    def _read(self, index: int, samples: int, *, first: bool) -> Chunk:
        rate = self._voice.rate
        began = time.monotonic()
        pcm = self._sound.read(round(self._pace.seconds * rate))
        self._pace.made(len(pcm) / 2 / rate, time.monotonic() - began)
        self._chunks += 1
        last = not self._sound.samples
        return Chunk(index=index, samples=samples, pcm=pcm, first=first, last=last)

    def _let_go(self) -> None:
        """Leave the processors to those who bring the first sound to the listener."""
        if self._chunks == 1:
            time.sleep(_GRACE_SECONDS)
