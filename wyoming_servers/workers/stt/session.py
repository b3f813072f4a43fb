"""One client of the hearing worker: sound in, text out."""

import asyncio
import logging
from typing import TYPE_CHECKING, override

import numpy as np
from wyoming.asr import Transcript, TranscriptChunk, TranscriptStart, TranscriptStop
from wyoming.event import Event

from ...audio import MODEL_RATE, Converter, Samples
from ...errors import (
    EmptyAudioError,
    ProtocolError,
    SlowClientError,
    UtteranceTooLongError,
    VoiceError,
)
from ...logs import request_id
from ...wire.audio import check_chunk, read_format
from ..base import WorkerSession
from .engine import Heard
from .orders import Order, check_language, read_order

if TYPE_CHECKING:
    from .worker import SttWorker

_LOGGER = logging.getLogger(__name__)


class SttSession(WorkerSession):
    """Reads `transcribe`, `audio-start/chunk/stop`; answers with the transcript."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        worker: "SttWorker",
    ) -> None:
        super().__init__(reader, writer, worker)
        self._worker = worker
        self._order = Order()
        self._converter: Converter | None = None
        self._samples: list[Samples] = []
        self._count = 0

    @override
    def patience(self) -> tuple[float | None, type[VoiceError]]:
        if self._converter is not None and not self.working:
            return self.limits.slow_seconds, SlowClientError
        return super().patience()

    @override
    async def on_event(self, event: Event) -> None:
        match event.type:
            case "transcribe":
                await self.request_done()
                self._order = read_order(event)
                check_language(self._order.language, self._worker.languages())
            case "audio-start":
                await self.request_done()
                self._converter = Converter(read_format(event))
                self._samples, self._count = [], 0
            case "audio-chunk":
                self._add(event)
            case "audio-stop":
                if self._converter is None:
                    raise ProtocolError("An audio-stop came without audio before it.")
                self._keep(self._converter.finish())
                self._converter = None
                self.begin(self._answer())
            case _:
                await super().on_event(event)

    def _add(self, event: Event) -> None:
        if self._converter is None:
            if self.working:
                return  # what comes after the end of speech is not for this request
            self._converter = Converter(read_format(event))
            self._samples, self._count = [], 0
        check_chunk(event, self._converter.source)
        self._keep(self._converter.feed(event.payload or b""))

    def _keep(self, samples: Samples) -> None:
        self._count += len(samples)
        if self._count > self.limits.utterance_seconds * MODEL_RATE:
            raise UtteranceTooLongError(
                f"An utterance may last {self.limits.utterance_seconds:g} seconds; "
                "speak in shorter pieces.",
                limit=self.limits.utterance_seconds,
            )
        self._samples.append(samples)

    async def _answer(self) -> None:
        order, self._order = self._order, Order()
        request_id.set(order.request_id or self.new_request_id())
        await self._worker.ready()
        if not self._count:
            raise EmptyAudioError("No sound was received; check the microphone.")
        audio = np.concatenate(self._samples)
        self._samples = []
        heard = await self._hear(order, audio)
        await self.send(TranscriptStop().event())
        context = {"request_id": request_id.get(), "seconds": heard.seconds}
        transcript = Transcript(heard.text, language=heard.language, context=context)
        await self.send(transcript.event())
        _LOGGER.info(
            "Heard %.1f s of sound: %d characters in %s",
            len(audio) / MODEL_RATE,
            len(heard.text),
            heard.language,
            extra={"seconds": round(sum(heard.seconds.values()), 3)},
        )

    async def _hear(self, order: Order, audio: Samples) -> Heard:
        loop = asyncio.get_running_loop()
        texts: asyncio.Queue[tuple[str, str] | None] = asyncio.Queue()
        wanted = True

        def on_segment(text: str, language: str) -> bool:
            loop.call_soon_threadsafe(texts.put_nowait, (text, language))
            return wanted

        def work() -> Heard:
            try:
                return self._worker.engine.hear(
                    audio,
                    language=order.language or self._worker.options.language,
                    hints=order.names,
                    on_segment=on_segment,
                )
            finally:
                loop.call_soon_threadsafe(texts.put_nowait, None)

        hearing = loop.run_in_executor(self._worker.pool, work)
        try:
            started = False
            while (piece := await texts.get()) is not None:
                if not started:
                    await self.send(TranscriptStart(language=piece[1]).event())
                    started = True
                await self.send(TranscriptChunk(piece[0]).event())
            heard = await hearing
            if not started:
                await self.send(TranscriptStart(language=heard.language).event())
            return heard
        finally:
            wanted = False
