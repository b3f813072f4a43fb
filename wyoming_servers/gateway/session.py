"""One client of the gateway: checks what it sends and starts the relays."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import override

from wyoming.event import Event
from wyoming.info import Info

from ..errors import (
    IdleTimeoutError,
    ProtocolError,
    ShuttingDownError,
    SlowClientError,
    VoiceError,
)
from ..wire import Limits, Session, fields
from ..wire.audio import read_format
from ..wire.stages import is_reference
from .budget import AudioBudget
from .hearing import Hearing, Utterance
from .intake import HearingIntake
from .meters import Meters
from .relay import Relay
from .speaking import Speaking
from .station import Station
from .stations import Stations
from .waking import Waking

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Services:
    """What all sessions of a gateway share."""

    stations: Stations
    meters: Meters
    audio: AudioBudget
    limits: Limits
    count_error: Callable[[VoiceError], None]


@dataclass(kw_only=True)
class _Announced:
    """What a client has said of the request to come."""

    order: Event
    """`transcribe` or `detect`."""
    reference: bytearray | None = None
    """Given where what the loudspeaker plays will come beside the sound."""


class GatewaySession(Session):
    """Reads requests for hearing and speaking and hands them to a relay."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        services: Services,
    ) -> None:
        super().__init__(reader, writer, services.limits)
        self._services = services
        self._announced = _Announced(order=Event("transcribe"))
        self._open: HearingIntake | Speaking | Waking | None = None
        """The request that takes what the client sends."""

    @property
    @override
    def complete(self) -> bool:
        return self._listening is None and not isinstance(self._open, Speaking | Waking)

    @property
    def _listening(self) -> HearingIntake | None:
        """The utterance that waits for its end from the client."""
        match self._open:
            case HearingIntake(over=False) as intake:
                return intake
        return None

    @override
    def timeout(self) -> tuple[float | None, type[VoiceError]]:
        if self._listening is not None:
            return self.limits.slow_seconds, SlowClientError
        if isinstance(self._open, Speaking | Waking):
            # The text may come from a language model that takes its time to think.
            return self.limits.idle_seconds, IdleTimeoutError
        return super().timeout()

    @override
    def drain(self) -> None:
        # Listening for wake words has no end of its own to wait for.
        if isinstance(self._open, Waking):
            self.abort(ShuttingDownError("The server is stopping; try again soon."))
        super().drain()

    @override
    async def info(self) -> Info:
        return self._services.stations.info()

    @override
    def failed(self, error: VoiceError) -> None:
        self._services.count_error(error)

    @override
    async def on_event(self, event: Event) -> None:
        if self._announced.order.type == "detect" and event.type.startswith("audio-"):
            await self._listen_for_wake_words(event)
            return
        match event.type:
            case "transcribe" | "detect":
                await self._announce(event)
            case "audio-start":
                await self._start_hearing(event)
            case "audio-chunk":
                await self._hear(event)
            case "user-event" if is_reference(event):
                self._hear_reference(event)
            case "audio-stop":
                self._stop_hearing()
            case _:
                await self._on_synthesis(event)

    async def _on_synthesis(self, event: Event) -> None:
        match event.type:
            case "synthesize":
                await self._speak_at_once(event)
            case "synthesize-start":
                await self._start_speaking(event)
            case "synthesize-chunk":
                self._stream().add(fields.text(event, "text"))
            case "synthesize-stop":
                self._stream().finish()
                self._open = None

    async def _announce(self, event: Event) -> None:
        self._check_free(event)
        self._stop_waking()
        await self.request_done()
        self._open = None
        self.new_request_id()
        if event.type == "detect":
            fields.texts(event, "names")
            self._announced = _Announced(order=event)
            return
        fields.table(event, "context")
        self._announced = _Announced(order=event)
        # A sleeping model wakes while the user still speaks.
        self._hearing_station(event).worker.wake()

    def _check_free(self, event: Event) -> None:
        if self._listening is not None:
            article = "An" if event.type.startswith("audio") else "A"
            raise ProtocolError(
                f"{article} {event.type} came in the middle of an utterance."
            )

    def _hearing_station(self, order: Event) -> Station:
        model = fields.optional_text(order, "name")
        return self._services.stations.hearing(model, self.program)

    async def _listen_for_wake_words(self, event: Event) -> None:
        if event.type != "audio-chunk":
            self._stop_waking()
        if event.type == "audio-stop":
            return
        if not isinstance(self._open, Waking):
            await self.request_done()
            self._open = Waking(
                self._services.stations.waking(self.program),
                self.send,
                self._services.meters,
                self.request_id or self.new_request_id(),
                self._announced.order,
                read_format(event),
            )
            self.begin(self._relay(self._open))
        if event.type == "audio-chunk":
            self._open.add(event)

    def _stop_waking(self) -> None:
        if isinstance(self._open, Waking):
            self._open.finish()
            self._open = None

    async def _start_hearing(self, event: Event) -> None:
        self._check_free(event)
        await self.request_done()
        announced = self._announced
        self._announced = _Announced(order=Event("transcribe"))
        hearing = Hearing(
            self._hearing_station(announced.order),
            self.send,
            self._services.meters,
            self.request_id or self.new_request_id(),
            Utterance(
                transcribe=announced.order,
                format=read_format(event),
                limits=self.limits,
                reference=announced.reference,
            ),
        )
        intake = HearingIntake(hearing, self._services.audio, self.limits)
        self._open = intake
        self.begin(self._relay(hearing, intake))

    async def _hear(self, event: Event) -> None:
        if not isinstance(self._open, HearingIntake):
            if self.working:
                return
            await self._start_hearing(event)
        if isinstance(self._open, HearingIntake):
            self._open.add(event)

    def _hear_reference(self, event: Event) -> None:
        if isinstance(self._open, HearingIntake):
            self._open.add_reference(event)
        else:
            self._announced.reference = bytearray()

    def _stop_hearing(self) -> None:
        if isinstance(self._open, HearingIntake):
            self._open.finish()
            self._open = None
        elif not self.working:
            raise ProtocolError("An audio-stop came without audio before it.")

    async def _speak_at_once(self, event: Event) -> None:
        if isinstance(self._open, Speaking):
            return  # sent beside the stream for servers that know no streams
        text = fields.text(event, "text")
        await self._start_speaking(event)
        stream = self._stream()
        self._open = None
        stream.add(text)
        stream.finish()

    async def _start_speaking(self, event: Event) -> None:
        if isinstance(self._open, Speaking):
            raise ProtocolError("A synthesize-start came in the middle of a stream.")
        self._check_free(event)
        await self.request_done()
        self.new_request_id()
        fields.table(event, "voice")
        fields.table(event, "context")
        self._open = Speaking(
            self._services.stations.speaking(self.program),
            self.send,
            self._services.meters,
            self.request_id,
            event,
            self.limits,
        )
        self.begin(self._relay(self._open))

    def _stream(self) -> Speaking:
        if not isinstance(self._open, Speaking):
            raise ProtocolError("Text to speak came without a synthesize-start.")
        return self._open

    async def _relay(self, relay: Relay, intake: HearingIntake | None = None) -> None:
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
                self._services.meters.requests.labels(
                    relay.kind, relay.station.worker.name, outcome
                ).inc()
            _LOGGER.info(
                "A request to %s ended: %s",
                relay.station.worker.name,
                outcome,
                extra={"seconds": round(time.monotonic() - began, 3)},
            )
            if intake is not None:
                intake.close()
            elif self._open is relay:
                self._open = None
