"""Speech to text through the gateway: keeps the utterance, so that none is lost."""

from dataclasses import dataclass, field
from typing import override

from wyoming.event import Event

from ..errors import UtteranceTooLongError
from ..protocol import OrderContext, TranscriptContext
from ..supervisor.link import Link
from ..wire import Limits
from ..wire.pcm import AudioFormat
from ..wire.stages import REFERENCE
from .meters import Meters
from .relay import Relay, Send
from .station import Station

_CHUNK_BYTES = 32 * 1024


@dataclass(kw_only=True)
class Utterance:
    """What a client has said so far."""

    transcribe: Event
    format: AudioFormat
    limits: Limits
    pcm: bytearray = field(default_factory=bytearray)
    reference: bytearray | None = None
    """What the loudspeaker played meanwhile, byte for byte beside `pcm`, if announced."""
    complete: bool = False

    def add(self, pcm: bytes) -> None:
        """Keep more sound; raise UtteranceTooLongError."""
        self.pcm += pcm
        if self.seconds > self.limits.utterance_seconds:
            raise UtteranceTooLongError(
                f"An utterance may last {self.limits.utterance_seconds:g} seconds; "
                "speak in shorter pieces.",
                limit=self.limits.utterance_seconds,
            )

    def add_reference(self, pcm: bytes) -> None:
        """Keep what was played; raise UtteranceTooLongError as for the sound itself."""
        if self.reference is not None:
            self.reference += pcm
            if self.format.seconds(len(self.reference)) > self.limits.utterance_seconds:
                raise UtteranceTooLongError(
                    f"A reference may last {self.limits.utterance_seconds:g} seconds.",
                    limit=self.limits.utterance_seconds,
                )

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.format.seconds(len(self.pcm))


class Hearing(Relay):
    """One utterance on its way to a transcript."""

    kind = "stt"

    def __init__(
        self,
        station: Station,
        send: Send,
        meters: Meters,
        request: str,
        utterance: Utterance,
    ) -> None:
        super().__init__(station, send, meters, request)
        self.utterance = utterance
        self._shown = ""
        """Transcript text that the client has seen in chunks."""
        self._text = ""
        """Transcript text of this attempt."""
        self._started = False

    @property
    @override
    def complete(self) -> bool:
        return self.utterance.complete

    def add(self, pcm: bytes) -> None:
        """Take more sound from the client; what comes after the end is not used."""
        if not self.utterance.complete:
            self.utterance.add(pcm)
            self.given.set()

    def finish(self) -> None:
        """Take the end of speech."""
        self.utterance.complete = True
        self.given.set()

    @override
    def begin_attempt(self) -> None:
        self._text = ""

    @override
    async def feed(self, link: Link) -> None:
        utterance = self.utterance
        shape = {
            "rate": utterance.format.rate,
            "width": utterance.format.width,
            "channels": utterance.format.channels,
        }
        context = OrderContext(request_id=self.request_id, held=True)
        await link.send(context.over(utterance.transcribe))
        if utterance.reference is not None:
            await link.send(Event("user-event", {"name": REFERENCE}))
        await link.send(Event("audio-start", shape))
        at = 0
        while True:
            self.given.clear()
            while at < len(utterance.pcm):
                piece = bytes(utterance.pcm[at : at + _CHUNK_BYTES])
                if utterance.reference is not None:
                    played = bytes(utterance.reference[at : at + len(piece)])
                    # One that lags behind is silence: the two must stay side by side.
                    played = played.ljust(len(piece), b"\0")
                    await link.send(Event("user-event", {"name": REFERENCE}, played))
                await link.send(Event("audio-chunk", shape, piece))
                at += len(piece)
            if utterance.complete:
                break
            await self.given.wait()
        await self.take_place()
        await link.send(Event("audio-stop"))

    @override
    async def receive(self, event: Event) -> bool:
        match event.type:
            case "voice-started":
                await self.send(event)
            case "voice-stopped":
                if not self.utterance.complete:
                    self.utterance.complete = True
                    self.given.set()
                    await self.send(event)
            case "transcript-start":
                if not self._started:
                    self._started = True
                    await self.send(event)
            case "transcript-chunk":
                self._text += str(event.data.get("text", ""))
                await self._show()
            case "transcript-stop":
                await self.send(event)
            case "transcript":
                self._measure(event)
                await self.send(event)
                return True
        return False

    async def _show(self) -> None:
        """Send what the client has not seen; after a replay most of it has been."""
        if self._text.startswith(self._shown) and self._text != self._shown:
            new = self._text[len(self._shown) :]
            self._shown = self._text
            await self.send(Event("transcript-chunk", {"text": new}))

    def _measure(self, event: Event) -> None:
        stages = TranscriptContext.seconds_of(event)
        for stage, seconds in stages.items():
            self.meters.stage.labels(self.kind, stage).observe(seconds)
        total = sum(stages.values())
        length = self.utterance.seconds
        self.meters.audio.labels(self.kind).inc(length)
        if length and total:
            self.meters.real_time.labels(self.kind).observe(total / length)
