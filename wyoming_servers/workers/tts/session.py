"""One client of the speaking worker: text in, sound out."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Iterator
from typing import override

from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.tts import SynthesizeStopped

from ...errors import ProtocolError, TextTooLongError
from ...logs import request_id
from ...protocol import piece_ended, piece_started
from ...wire import fields
from ..base import WorkerSession
from .orders import SynthesizeOrder, choose, read_order
from .pipeline import speak
from .sentences import Cutter
from .worker import TtsWorker

_LOGGER = logging.getLogger(__name__)
_CHUNK_BYTES = 64 * 1024
_FIRST_BYTES = 16 * 1024
"""Less, for it starts the client's loudspeaker while the rest is on its way."""


class TtsSession(WorkerSession):
    """Reads `synthesize` or a stream of `synthesize-*`; answers with audio."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        worker: TtsWorker,
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
                self._open(read_order(event), streamed=False)
                self._add(text)
                self._finish()
            case "synthesize-start":
                await self.request_done()
                self._open(read_order(event), streamed=True)
            case "synthesize-chunk":
                self._add(fields.text(event, "text"))
            case "synthesize-stop":
                self._finish()
            case _:
                await super().on_event(event)

    def _open(self, order: SynthesizeOrder, *, streamed: bool) -> None:
        self._cutter = Cutter(self._worker.options.max_clause_chars)
        self._pieces = asyncio.Queue()
        self._chars = 0
        self.begin(self._speak(order, self._pieces, streamed=streamed))

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
        # The gateway says with an empty text that the writer pauses.
        for piece in self._cutter.add(text) if text else self._cutter.pause():
            self._pieces.put_nowait(piece)

    def _finish(self) -> None:
        if self._cutter is None:
            raise ProtocolError("A synthesize-stop came without a synthesize-start.")
        for piece in self._cutter.finish():
            self._pieces.put_nowait(piece)
        self._pieces.put_nowait(None)
        self._cutter = None

    async def _speak(
        self,
        order: SynthesizeOrder,
        pieces: asyncio.Queue[str | None],
        *,
        streamed: bool,
    ) -> None:
        request_id.set(order.context.request_id or self.new_request_id())
        began = time.perf_counter()
        self._worker.used = self._worker.used or not order.context.probe
        await self._worker.ready()
        name = choose(order, self._worker.known())
        voice = self._worker.voices.ready(name)
        if voice is None:
            loop = asyncio.get_running_loop()
            voice = await loop.run_in_executor(
                self._worker.pool, self._worker.voices.get, name
            )
        shape = {"rate": voice.rate, "width": 2, "channels": 1}
        events = [AudioStart(**shape).event()]
        """What can be told together with the next sound."""
        sent = 0
        chunks = speak(voice, order, pieces, self._worker.options, self._worker.pool)
        async with contextlib.aclosing(chunks):
            async for chunk in chunks:
                if order.context.marks and chunk.first:
                    events.append(piece_started(chunk.index, chunk.samples))
                for pcm in _cut(chunk.pcm, first=not sent):
                    await self.send(*events, AudioChunk(**shape, audio=pcm).event())
                    events = []
                sent += len(chunk.pcm)
                if order.context.marks and chunk.last:
                    events.append(piece_ended(chunk.index))
        events.append(AudioStop().event())
        if streamed:
            events.append(SynthesizeStopped().event())
        await self.send(*events)
        seconds = time.perf_counter() - began
        _LOGGER.log(
            logging.DEBUG if order.context.probe else logging.INFO,
            "Spoke %.1f s of sound with %s",
            sent / 2 / voice.rate,
            name,
            extra={"seconds": round(seconds, 3)},
        )


def _cut(pcm: bytes, *, first: bool) -> Iterator[bytes]:
    """Yield the payloads of the events that carry the sound."""
    start = min(_FIRST_BYTES, len(pcm)) if first else 0
    if start:
        yield pcm[:start]
    for at in range(start, len(pcm), _CHUNK_BYTES):
        yield pcm[at : at + _CHUNK_BYTES]
