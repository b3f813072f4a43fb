"""Wake words through the gateway: follows a stream that may last for days."""

from collections import deque
from dataclasses import dataclass
from typing import override

from wyoming.event import Event
from wyoming.wake import NotDetected

from .. import protocol
from ..errors import ProtocolError
from ..protocol import OrderContext
from ..supervisor.link import Link
from ..wire import fields
from ..wire.audio import check_chunk
from ..wire.pcm import AudioFormat
from .meters import Meters
from .relay import Relay, Send
from .station import Station

_KEPT_SECONDS = 3.0
"""Sound kept for a fresh worker: longer than any wake word."""


@dataclass(frozen=True, kw_only=True)
class _Chunk:
    event: Event
    seconds: float


class Waking(Relay):
    """One stream in which wake words are looked for.

    Only the latest sound is kept: a fresh worker needs no more to hear the word that
    was being said when the last one died.
    """

    kind = "wake"

    def __init__(
        self,
        station: Station,
        send: Send,
        meters: Meters,
        request: str,
        order: Event,
        source: AudioFormat,
    ) -> None:
        super().__init__(station, send, meters, request)
        self.format = source
        self._order = order
        self._chunks: deque[_Chunk] = deque()
        self._first = 0
        """Number of the oldest kept chunk, counted from the start of the stream."""
        self._kept_seconds = 0.0
        self._heard_seconds = 0.0
        self._complete = False
        self._detections = 0

    @property
    @override
    def complete(self) -> bool:
        return self._complete

    def add(self, event: Event) -> None:
        """Take more sound; raise UnsupportedAudioError, ProtocolError."""
        check_chunk(event, self.format)
        time = event.data.get("timestamp")
        if time is None:
            time = round(self._heard_seconds * 1000)
        elif not isinstance(time, int):
            raise ProtocolError('The audio-chunk event needs "timestamp" as a number.')
        pcm = event.payload or b""
        seconds = self.format.seconds(len(pcm))
        shape = {
            "rate": self.format.rate,
            "width": self.format.width,
            "channels": self.format.channels,
            "timestamp": time,
        }
        chunk = _Chunk(event=Event("audio-chunk", shape, pcm), seconds=seconds)
        self._chunks.append(chunk)
        self._heard_seconds += seconds
        self._kept_seconds += seconds
        while self._kept_seconds > _KEPT_SECONDS and len(self._chunks) > 1:
            self._drop_oldest()
        self.meters.audio.labels(self.kind).inc(seconds)
        self.given.set()

    def finish(self) -> None:
        """Take the end of the stream."""
        self._complete = True
        self.given.set()

    @override
    def begin_attempt(self) -> None:
        """Nothing of an attempt is kept here: detections go straight to the client."""

    @override
    async def feed(self, link: Link) -> None:
        await self.take_place()
        names = fields.texts(self._order, "names")
        context = OrderContext(request_id=self.request_id, marks=True)
        await link.send(context.over(Event("detect", {"names": names})))
        shape = {
            "rate": self.format.rate,
            "width": self.format.width,
            "channels": self.format.channels,
        }
        await link.send(Event("audio-start", shape))
        at = self._first
        while True:
            self.given.clear()
            # Chunks may be dropped and come in while one is being sent.
            while (at := max(at, self._first)) < self._first + len(self._chunks):
                await link.send(self._chunks[at - self._first].event)
                at += 1
            if self._complete:
                break
            await self.given.wait()
        self.progress()
        await link.send(Event("audio-stop"))

    @override
    async def receive(self, event: Event) -> bool:
        match event.type:
            case "detection":
                self._detections += 1
                # A fresh worker must not hear the same word again.
                while self._chunks:
                    self._drop_oldest()
                await self.send(event)
            case protocol.DETECT_STOPPED:
                if not self._detections:
                    await self.send(NotDetected().event())
                return True
        return False

    def _drop_oldest(self) -> None:
        self._kept_seconds -= self._chunks.popleft().seconds
        self._first += 1
