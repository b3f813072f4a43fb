"""One client of the gateway: checks what it sends and starts the relays."""

import asyncio
import logging
import time
from typing import TYPE_CHECKING, override

from wyoming.event import Event
from wyoming.info import Info

from ..errors import (
    BusyError,
    IdleTimeoutError,
    ProtocolError,
    ShuttingDownError,
    SlowClientError,
    VoiceError,
)
from ..wire import Session, fields
from ..wire.audio import check_chunk, read_format
from ..wire.stages import is_reference
from .hearing import Hearing, Utterance
from .relay import Relay
from .speaking import Speaking
from .station import Station
from .waking import Waking

if TYPE_CHECKING:
    from .gateway import Gateway


_LOGGER = logging.getLogger(__name__)
_WALL_FACTOR = 2.0
"""An utterance may take this many times its longest sound to arrive."""


class GatewaySession(Session):
    """Reads requests for hearing and speaking and hands them to a relay."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        gateway: "Gateway",
    ) -> None:
        super().__init__(reader, writer, gateway.limits)
        self._gateway = gateway
        self._transcribe = Event("transcribe")
        self._hearing: Hearing | None = None
        self._reference: bytearray | None = None
        """Announced for the next utterance: what the loudspeaker plays."""
        self._speaking: Speaking | None = None
        self._detect: Event | None = None
        self._waking: Waking | None = None
        self._spoke_since = 0.0
        self._late = False
        """The server heard the end of speech; what the client still sends is late."""

    @property
    @override
    def complete(self) -> bool:
        relays = (self._hearing, self._speaking, self._waking)
        return all(relay is None for relay in relays)

    @override
    def patience(self) -> tuple[float | None, type[VoiceError]]:
        if self._hearing is not None and not self._hearing.complete:
            return self.limits.slow_seconds, SlowClientError
        if self._waking is not None:
            return self.limits.idle_seconds, IdleTimeoutError
        if self._speaking is not None:
            # The text may come from a language model that takes its time to think.
            return self.limits.idle_seconds, IdleTimeoutError
        return super().patience()

    @override
    def drain(self) -> None:
        # Listening for wake words has no end of its own to wait for.
        if self._waking is not None:
            self.abort(ShuttingDownError("The server is stopping; try again soon."))
        super().drain()

    @override
    async def info(self) -> Info:
        return self._gateway.info()

    @override
    def failed(self, error: VoiceError) -> None:
        self._gateway.count_error(error)

    @override
    async def on_event(self, event: Event) -> None:
        if self._detect is not None and event.type.startswith("audio-"):
            await self._listen_for_wake_words(self._detect, event)
            return
        match event.type:
            case "transcribe" | "detect":
                await self._new_order(event)
            case "audio-start":
                await self._start_hearing(event)
            case "audio-chunk" | "user-event":
                await self._hear(event)
            case "audio-stop":
                self._stop_hearing()
            case "synthesize":
                await self._speak_at_once(event)
            case "synthesize-start":
                await self._start_speaking(event)
            case "synthesize-chunk":
                self._stream().add(fields.text(event, "text"))
            case "synthesize-stop":
                self._stream().finish()
                self._speaking = None

    async def _new_order(self, event: Event) -> None:
        if self._listening():
            raise ProtocolError(f"A {event.type} came in the middle of an utterance.")
        self._stop_waking()
        await self.request_done()
        self._detect = None
        self.new_request_id()
        if event.type == "detect":
            fields.texts(event, "names")
            self._detect = event
            return
        self._transcribe = event
        fields.table(event, "context")
        # A sleeping model wakes while the user still speaks.
        self._station_for(event).worker.wake()

    def _station_for(self, event: Event) -> Station:
        return self._gateway.hearing_station(
            fields.optional_text(event, "name"), self.program
        )

    async def _listen_for_wake_words(self, order: Event, event: Event) -> None:
        if event.type != "audio-chunk":
            self._stop_waking()
        if event.type == "audio-stop":
            return
        if self._waking is None:
            await self.request_done()
            self._waking = Waking(
                self._gateway.waking_station(self.program),
                self.send,
                self._gateway.meters,
                self.request_id or self.new_request_id(),
                order,
                read_format(event),
            )
            self._run(self._waking)
        if event.type == "audio-chunk":
            self._waking.add(event)

    def _stop_waking(self) -> None:
        waking, self._waking = self._waking, None
        if waking is not None:
            waking.finish()

    async def _start_hearing(self, event: Event) -> None:
        if self._listening():
            raise ProtocolError("An audio-start came in the middle of an utterance.")
        await self.request_done()
        self._late = False
        order, self._transcribe = self._transcribe, Event("transcribe")
        utterance = Utterance(
            transcribe=order,
            format=read_format(event),
            limits=self.limits,
            reference=self._reference,
        )
        self._reference = None
        self._hearing = Hearing(
            self._station_for(order),
            self.send,
            self._gateway.meters,
            self.request_id or self.new_request_id(),
            utterance,
        )
        self._spoke_since = asyncio.get_running_loop().time()
        self._run(self._hearing)

    def _hear_reference(self, event: Event) -> None:
        """Keep what a client's loudspeaker plays beside what its microphone hears."""
        if self._hearing is None:
            self._reference = bytearray()
            return
        utterance, played = self._hearing.utterance, event.payload or b""
        if utterance.reference is not None and not utterance.complete:
            self._gateway.hold_audio(len(played))
            self._hearing.held += len(played)
            utterance.add_reference(played)

    async def _hear(self, event: Event) -> None:
        if event.type == "user-event":
            if is_reference(event):
                self._hear_reference(event)
            return
        if self._hearing is None:
            if self._late or self.working:
                return
            await self._start_hearing(event)
        hearing = self._hearing
        if hearing is None:
            return
        check_chunk(event, hearing.utterance.format)
        if hearing.complete:
            self._end_by_server()
            return
        pcm = event.payload or b""
        self._gateway.hold_audio(len(pcm))
        hearing.held += len(pcm)
        hearing.add(pcm)
        lasted = asyncio.get_running_loop().time() - self._spoke_since
        if lasted > self.limits.utterance_seconds * _WALL_FACTOR:
            raise SlowClientError(
                f"The utterance was not complete after {lasted:.0f} seconds; "
                "check the network between client and server."
            )

    def _stop_hearing(self) -> None:
        hearing, self._hearing = self._hearing, None
        if hearing is not None:
            if not hearing.complete:
                hearing.finish()
        elif not self._late and not self.working:
            raise ProtocolError("An audio-stop came without audio before it.")
        self._late = False

    def _listening(self) -> bool:
        """Tell whether an utterance waits for its end from the client."""
        if self._hearing is not None and self._hearing.complete:
            self._end_by_server()
        return self._hearing is not None

    def _end_by_server(self) -> None:
        self._hearing, self._late = None, True

    async def _speak_at_once(self, event: Event) -> None:
        if self._speaking is not None:
            return  # sent beside the stream for servers that know no streams
        text = fields.text(event, "text")
        await self._start_speaking(event)
        stream = self._stream()
        self._speaking = None
        stream.add(text)
        stream.finish()

    async def _start_speaking(self, event: Event) -> None:
        if self._speaking is not None:
            raise ProtocolError("A synthesize-start came in the middle of a stream.")
        await self.request_done()
        self.new_request_id()
        fields.table(event, "voice")
        fields.table(event, "context")
        self._speaking = Speaking(
            self._gateway.speaking_station(self.program),
            self.send,
            self._gateway.meters,
            self.request_id,
            event,
            self.limits,
        )
        self._run(self._speaking)

    def _stream(self) -> Speaking:
        if self._speaking is None:
            raise ProtocolError("Text to speak came without a synthesize-start.")
        return self._speaking

    def _run(self, relay: Relay) -> None:
        self.begin(self._relay(relay))

    async def _relay(self, relay: Relay) -> None:
        began = time.monotonic()
        outcome = ""
        try:
            await relay.run()
            outcome = "ok"
        except VoiceError as err:
            outcome = err.code
            raise
        finally:
            if not outcome:
                # Cut short from this side, or the client went away.
                outcome = self._failure.code if self._failure else "cancelled"
                self._gateway.meters.requests.labels(
                    relay.kind, relay.station.worker.name, outcome
                ).inc()
            _LOGGER.info(
                "A request to %s ended: %s",
                relay.station.worker.name,
                outcome,
                extra={"seconds": round(time.monotonic() - began, 3)},
            )
            if isinstance(relay, Hearing):
                self._gateway.hold_audio(-relay.held)
                if self._hearing is relay:
                    self._end_by_server()
            elif self._waking is relay:
                self._waking = None


def too_much_audio() -> BusyError:
    """Return the error for utterances that together are too much for the memory."""
    return BusyError("Too many utterances are being heard at once; try again soon.")
