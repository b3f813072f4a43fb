"""One client of the hearing worker: sound in, text out."""

import asyncio
import logging
from typing import override

from wyoming.asr import Transcript, TranscriptChunk, TranscriptStart, TranscriptStop
from wyoming.event import Event

from ...audio import MODEL_RATE, Samples
from ...errors import (
    ProtocolError,
    SlowClientError,
    VoiceError,
)
from ...logs import request_id
from ...protocol import TranscriptContext
from ...wire.audio import check_chunk, read_format
from ...wire.stages import is_reference
from ..base import WorkerSession
from .ahead import Ahead
from .endpoint import silence_seconds
from .engine import Transcription
from .intake import open_front_end
from .orders import TranscribeOrder, check_language, read_order
from .utterance import Utterance
from .worker import SttWorker

_LOGGER = logging.getLogger(__name__)


class SttSession(WorkerSession):
    """Reads `transcribe`, `audio-start/chunk/stop`; answers with the transcript."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        worker: SttWorker,
    ) -> None:
        super().__init__(reader, writer, worker)
        self._worker = worker
        self._order = TranscribeOrder()
        self._utterance: Utterance | None = None
        self._referenced = False
        """True when the client has announced what its loudspeaker plays."""
        self._ahead: Ahead[Transcription] | None = None
        """What is made of the utterance at its pauses."""
        self._late = False
        """The end of speech was found here; what the client still sends is late."""

    @override
    def timeout(self) -> tuple[float | None, type[VoiceError]]:
        if self._utterance is not None and not self.working:
            return self.limits.slow_seconds, SlowClientError
        return super().timeout()

    @override
    async def on_event(self, event: Event) -> None:
        match event.type:
            case "transcribe":
                await self.request_done()
                self._late = False
                self._order = read_order(event)
                check_language(self._order.language, self._worker.languages())
                self._referenced = False
            case "audio-start":
                await self.request_done()
                await self._open(event)
            case "audio-chunk":
                await self._add(event)
            case "audio-stop":
                self._finish()
            case "user-event" if is_reference(event):
                self._referenced = True
                if self._utterance is not None:
                    self._utterance.front_end.reference(event.payload or b"")
            case _:
                await super().on_event(event)

    async def _open(self, event: Event) -> "Utterance":
        self._late = False
        front_end = await open_front_end(
            read_format(event),
            self._order,
            self._worker.options,
            self._worker.endpointing,
            referenced=self._referenced,
        )
        wanted = self._worker.options.endpoint or self._order.vad_sensitivity
        self._utterance = Utterance(
            front_end,
            self.limits,
            silence_seconds(self._order.vad_sensitivity) if wanted else None,
        )
        self._ahead = self._worker.ahead(self._order)
        return self._utterance

    async def _add(self, event: Event) -> None:
        utterance = self._utterance
        if utterance is None:
            if self._late or self.working:
                return
            utterance = await self._open(event)
        check_chunk(event, utterance.format)
        utterance.add(event.payload or b"")
        if self._ahead is not None and self._ahead.due(utterance.samples):
            self._worker.endpointing.submit(self._ahead.look, utterance.so_far())
        for noticed in await utterance.notice(self._worker.endpointing):
            await self.send(noticed)
            if noticed.type == "voice-stopped" and not self._order.context.held:
                self._finish()
                self._late = True

    def _finish(self) -> None:
        utterance, self._utterance = self._utterance, None
        ahead, self._ahead = self._ahead, None
        if ahead is not None:
            ahead.end()
        if utterance is not None:
            sound, worked = utterance.finish(), utterance.front_end.worked
            self.begin(self._answer(sound, worked, ahead))
        elif not self._late and not self.working:
            raise ProtocolError("An audio-stop came without audio before it.")

    async def _answer(
        self, audio: Samples, worked: list[str], ahead: Ahead[Transcription] | None
    ) -> None:
        order, self._order = self._order, TranscribeOrder()
        request_id.set(order.context.request_id or self.new_request_id())
        self._worker.used = self._worker.used or not order.context.probe
        await self._worker.ready()
        heard = await self._hear(order, audio, ahead)
        context = TranscriptContext(
            request_id=request_id.get(),
            seconds=heard.seconds,
            window=heard.window,
            ahead=heard.ahead,
            front_end=worked,
        )
        transcript = Transcript(
            heard.text, language=heard.language, context=context.as_dict()
        )
        # In one write: a worker that is killed between the two would say the first twice.
        await self.send(TranscriptStop().event(), transcript.event())
        _LOGGER.log(
            logging.DEBUG if order.context.probe else logging.INFO,
            "Heard %.1f s of sound: %d characters in %s",
            len(audio) / MODEL_RATE,
            len(heard.text),
            heard.language,
            extra={"seconds": round(sum(heard.seconds.values()), 3)},
        )

    async def _hear(
        self, order: TranscribeOrder, audio: Samples, ahead: Ahead[Transcription] | None
    ) -> Transcription:
        loop = asyncio.get_running_loop()
        texts: asyncio.Queue[tuple[str, str] | None] = asyncio.Queue()
        wanted = True

        def on_segment(text: str, language: str) -> bool:
            loop.call_soon_threadsafe(texts.put_nowait, (text, language))
            return wanted

        def work() -> Transcription:
            try:
                return self._worker.engine.hear(
                    audio,
                    language=order.language or self._worker.options.language,
                    hints=order.names,
                    gate=not order.context.probe,
                    on_segment=on_segment,
                    ahead=ahead,
                )
            finally:
                loop.call_soon_threadsafe(texts.put_nowait, None)

        hearing = asyncio.wrap_future(self._worker.submit(work))
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
