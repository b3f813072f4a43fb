"""One client of the speaking worker: text in, sound out."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, override

from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.tts import SynthesizeStopped

from ...errors import ProtocolError, TextTooLongError
from ...logs import request_id
from ...wire import fields
from ..base import WorkerSession
from .orders import Wish, choose, read_wish
from .sentences import Cutter
from .voices import Voice

if TYPE_CHECKING:
    from .worker import TtsWorker

_LOGGER = logging.getLogger(__name__)
_CHUNK_BYTES = 16 * 1024
_AHEAD = 2
"""Pieces synthesised before the client has taken the one before."""


class TtsSession(WorkerSession):
    """Reads `synthesize` or a stream of `synthesize-*`; answers with audio."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        worker: "TtsWorker",
    ) -> None:
        super().__init__(reader, writer, worker)
        self._worker = worker
        self._cutter: Cutter | None = None
        self._pieces: asyncio.Queue[str | None] = asyncio.Queue()
        self._chars = 0

    @property
    @override
    def complete(self) -> bool:
        return super().complete and self._cutter is None

    @override
    async def on_event(self, event: Event) -> None:
        match event.type:
            case "synthesize":
                if self._cutter is not None:
                    return  # sent beside the stream for servers that know no streams
                await self.request_done()
                text = fields.text(event, "text")
                self._open(read_wish(event), streamed=False)
                self._add(text)
                self._finish()
            case "synthesize-start":
                await self.request_done()
                self._open(read_wish(event), streamed=True)
            case "synthesize-chunk":
                self._add(fields.text(event, "text"))
            case "synthesize-stop":
                self._finish()
            case _:
                await super().on_event(event)

    def _open(self, wish: Wish, *, streamed: bool) -> None:
        self._cutter = Cutter(self._worker.options.max_clause_chars)
        self._pieces = asyncio.Queue()
        self._chars = 0
        self.begin(self._speak(wish, self._pieces, streamed=streamed))

    def _add(self, text: str) -> None:
        if self._cutter is None:
            raise ProtocolError("A synthesize-chunk came without a synthesize-start.")
        self._chars += len(text)
        limit = self._worker.options.text_chars
        if self._chars > limit:
            raise TextTooLongError(
                f"The text is longer than {limit} characters; send it in parts.",
                limit=limit,
            )
        for piece in self._cutter.add(text):
            self._pieces.put_nowait(piece)

    def _finish(self) -> None:
        if self._cutter is None:
            raise ProtocolError("A synthesize-stop came without a synthesize-start.")
        for piece in self._cutter.finish():
            self._pieces.put_nowait(piece)
        self._pieces.put_nowait(None)
        self._cutter = None

    async def _speak(
        self, wish: Wish, pieces: asyncio.Queue[str | None], *, streamed: bool
    ) -> None:
        request_id.set(wish.request_id or self.new_request_id())
        began = time.perf_counter()
        self._worker.used = self._worker.used or not wish.probe
        await self._worker.ready()
        name = choose(wish, self._worker.known())
        loop = asyncio.get_running_loop()
        voices = self._worker.voices
        voice = voices.ready(name)
        if voice is None:
            voice = await loop.run_in_executor(self._worker.pool, voices.get, name)
        start = AudioStart(rate=voice.rate, width=2, channels=1)
        await self.send(start.event())
        sent = 0
        async with contextlib.aclosing(self._synthesised(voice, wish, pieces)) as parts:
            async for index, pcm in parts:
                await self._send_pcm(voice, pcm)
                sent += len(pcm)
                if wish.marks:
                    await self.send(Event("synthesized", {"index": index}))
        await self.send(AudioStop().event())
        if streamed:
            await self.send(SynthesizeStopped().event())
        seconds = time.perf_counter() - began
        _LOGGER.log(
            logging.DEBUG if wish.probe else logging.INFO,
            "Spoke %.1f s of sound with %s",
            sent / 2 / voice.rate,
            name,
            extra={"seconds": round(seconds, 3)},
        )

    async def _synthesised(
        self, voice: Voice, wish: Wish, pieces: asyncio.Queue[str | None]
    ) -> AsyncGenerator[tuple[int, bytes]]:
        """Yield sound piece by piece; the next is made while the last one is sent."""
        loop = asyncio.get_running_loop()
        made: asyncio.Queue[tuple[int, bytes] | Exception | None] = asyncio.Queue(
            _AHEAD
        )
        options = self._worker.options

        def make(text: str, index: int) -> bytes:
            lead = voice.silence(options.lead_silence) if index == 0 else b""
            sound = voice.speak(text, wish.speaker)
            return lead + sound + voice.silence(options.sentence_silence)

        async def produce() -> None:
            index = 0
            try:
                while (piece := await pieces.get()) is not None:
                    if index >= wish.skip:
                        pcm = await loop.run_in_executor(
                            self._worker.pool, make, piece, index
                        )
                        await made.put((index, pcm))
                    index += 1
                await made.put(None)
            except Exception as err:  # noqa: BLE001 - it is raised where it is read
                await made.put(err)

        producer = asyncio.create_task(produce())
        try:
            while (item := await made.get()) is not None:
                if isinstance(item, Exception):
                    raise item
                yield item
        finally:
            producer.cancel()

    async def _send_pcm(self, voice: Voice, pcm: bytes) -> None:
        for at in range(0, len(pcm), _CHUNK_BYTES):
            chunk = AudioChunk(
                rate=voice.rate, width=2, channels=1, audio=pcm[at : at + _CHUNK_BYTES]
            )
            await self.send(chunk.event())
