"""One client of the wake worker: sound in, detections out."""

import asyncio
import logging
from typing import override

from wyoming.event import Event
from wyoming.wake import Detection, NotDetected

from ...audio import Converter, Samples
from ...errors import ProtocolError, ShuttingDownError, VoiceError
from ...logs import request_id
from ...protocol import DETECT_STOPPED, OrderContext
from ...wire import fields
from ...wire.audio import check_chunk, read_format
from ..base import WorkerSession
from .worker import WakeWorker

_LOGGER = logging.getLogger(__name__)
_AHEAD = 64
"""Chunks taken from a client before its sound has been looked at."""

type _Piece = tuple[Samples, int | None]


class WakeSession(WorkerSession):
    """Reads `detect` and audio; answers `detection`, and `not-detected` at the end."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        worker: WakeWorker,
    ) -> None:
        super().__init__(reader, writer, worker)
        self._worker = worker
        self._order = Event("detect")
        self._converter: Converter | None = None
        self._pieces: asyncio.Queue[_Piece | None] = asyncio.Queue(_AHEAD)

    @property
    @override
    def complete(self) -> bool:
        return super().complete and self._converter is None

    @override
    def timeout(self) -> tuple[float | None, type[VoiceError]]:
        seconds, late = super().timeout()
        if self._converter is not None:
            # A stream is open for hours, but its sound keeps coming.
            return self.limits.idle_seconds, late
        return seconds, late

    @override
    def drain(self) -> None:
        # Listening has no end of its own to wait for.
        if self._converter is not None:
            self.abort(ShuttingDownError("The server is stopping; try again soon."))
        super().drain()

    @override
    async def on_event(self, event: Event) -> None:
        match event.type:
            case "detect":
                fields.texts(event, "names")
                self._order = event
            case "audio-start":
                await self._finish()
                await self.request_done()
                self._open(event)
            case "audio-chunk":
                await self._add(event)
            case "audio-stop":
                if self._converter is None:
                    raise ProtocolError("An audio-stop came without audio before it.")
                await self._finish()
            case _:
                await super().on_event(event)

    def _open(self, event: Event) -> Converter:
        self._converter = Converter(read_format(event))
        self._pieces = asyncio.Queue(_AHEAD)
        self.begin(self._listen(self._order, self._pieces))
        return self._converter

    async def _add(self, event: Event) -> None:
        converter = self._converter
        if converter is None:
            await self.request_done()
            converter = self._open(event)
        check_chunk(event, converter.source)
        time = event.data.get("timestamp")
        await self._put(
            (converter.feed(event.payload or b""), time if type(time) is int else None)
        )

    async def _finish(self) -> None:
        converter, self._converter = self._converter, None
        if converter is not None:
            await self._put((converter.finish(), None))
            await self._put(None)

    async def _put(self, piece: _Piece | None) -> None:
        # Where the listening has failed nobody empties the queue any more.
        if self.working:
            await self._pieces.put(piece)

    async def _listen(self, order: Event, pieces: asyncio.Queue[_Piece | None]) -> None:
        names = fields.texts(order, "names")
        context = OrderContext.read(order)
        request_id.set(context.request_id or self.new_request_id())
        await self._worker.ready()
        self._worker.check(names)
        loop, pool = asyncio.get_running_loop(), self._worker.pool
        detector = await loop.run_in_executor(pool, self._worker.detector, names)
        detections = 0
        try:
            while (piece := await pieces.get()) is not None:
                samples, timestamp = piece
                for heard in await loop.run_in_executor(pool, detector.feed, samples):
                    detections += 1
                    at = round(heard.seconds * 1000) if timestamp is None else timestamp
                    await self.send(Detection(name=heard.name, timestamp=at).event())
                    _LOGGER.info(
                        "WakeDetection %s (probability %.3f)",
                        heard.name,
                        heard.probability,
                    )
            if context.marks:
                # The gateway counts over all the workers that a stream outlives.
                await self.send(Event(DETECT_STOPPED))
            elif not detections:
                await self.send(NotDetected().event())
        finally:
            await loop.run_in_executor(pool, detector.close)
