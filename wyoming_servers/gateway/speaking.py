"""Text to speech through the gateway: keeps the text, passes sound on as it comes."""

import asyncio
import time
from typing import override

from wyoming.event import Event

from .. import protocol
from ..errors import SlowClientError, TextTooLongError
from ..protocol import OrderContext, samples_of
from ..supervisor.link import Link
from ..wire import Limits
from .meters import Meters
from .relay import Relay, Send
from .station import Station

_PAUSE_SECONDS = 0.5
"""A writer who is silent for so long is heard up to the last full stop."""


class Speaking(Relay):
    """One text on its way to sound.

    The worker marks each piece (a sentence or clause) with its length. After a lost
    worker the next one goes on where the client's sound ends: after so many pieces and
    that share of the next. A share, because no voice says a sentence twice in exactly
    the same time.
    """

    kind = "tts"
    settles = True

    def __init__(
        self,
        station: Station,
        send: Send,
        meters: Meters,
        request: str,
        order: Event,
        limits: Limits,
    ) -> None:
        super().__init__(station, send, meters, request)
        self.streamed = order.type == "synthesize-start"
        self._order = order
        self._limits = limits
        self._texts: list[str] = []
        self._chars = 0
        self._complete = False
        self._start: Event | None = None
        """The opening `audio-start` until it is sent, with the first sound."""
        self._started = False
        self._pieces = 0
        """Pieces that the client has in full."""
        self._part = 0.0
        """Share of the next piece that the client has."""
        self._samples = 0
        """Length of that piece."""
        self._began = time.monotonic()
        self._fed = 0
        self._spoken = 0.0
        """Seconds of sound at the client."""

    @property
    @override
    def complete(self) -> bool:
        return self._complete

    def add(self, text: str) -> None:
        """Take more text from the client; raise TextTooLongError, SlowClientError."""
        if time.monotonic() - self._began > self._limits.stream_seconds:
            raise SlowClientError(
                f"The text did not end within {self._limits.stream_seconds:g} seconds; "
                "send it in one piece."
            )
        self._chars += len(text)
        if self._chars > self._limits.text_chars:
            raise TextTooLongError(
                f"The text is longer than {self._limits.text_chars} characters; "
                "send it in parts.",
                limit=self._limits.text_chars,
            )
        if text:
            self._texts.append(text)
            self.given.set()

    def finish(self) -> None:
        """Take the end of the text."""
        self._complete = True
        self.given.set()

    @override
    def begin_attempt(self) -> None:
        self._fed = 0

    @override
    async def feed(self, link: Link) -> None:
        context = OrderContext(
            request_id=self.request_id, marks=True, skip=self._pieces, part=self._part
        )
        start = {k: v for k, v in self._order.data.items() if k != "text"}
        # Whoever has nothing to say yet keeps nobody else from speaking.
        while not any(self._texts) and not self._complete:
            self.given.clear()
            await self.given.wait()
        await self.take_place()
        events = [context.over(Event("synthesize-start", start))]
        while True:
            self.given.clear()
            texts, self._fed = self._texts[self._fed :], len(self._texts)
            events += [Event("synthesize-chunk", {"text": text}) for text in texts]
            if self._complete:
                break
            await link.send(*events)
            events = []
            try:
                async with asyncio.timeout(_PAUSE_SECONDS if texts != [""] else None):
                    await self.given.wait()
            except TimeoutError:
                # Kept like the text: a worker that takes over cuts at the same places.
                self._texts.append("")
        self.progress()
        await link.send(*events, Event("synthesize-stop"))

    @override
    async def receive(self, event: Event) -> bool:
        match event.type:
            case "audio-start":
                if not self._started:
                    self._started, self._start = True, event
            case protocol.PIECE_STARTED:
                self._samples = samples_of(event)
            case "audio-chunk":
                await self._pass_on(event)
            case protocol.PIECE_ENDED:
                self._pieces, self._part = self._pieces + 1, 0.0
            case "synthesize-stopped":
                if self._spoken and not self.streamed:
                    # A streamed text comes at the pace of who writes it.
                    taken = time.monotonic() - self._began
                    self.meters.real_time.labels(self.kind).observe(
                        taken / self._spoken
                    )
                end = [Event("audio-stop")]
                if self.streamed:
                    end.append(Event("synthesize-stopped"))
                await self._send(*end)
                return True
        return False

    async def _pass_on(self, event: Event) -> None:
        await self._send(event)
        if not self._spoken:
            waited = time.monotonic() - self._began
            self.meters.stage.labels(self.kind, "first-audio").observe(waited)
        rate, width = event.data.get("rate"), event.data.get("width")
        if isinstance(rate, int) and isinstance(width, int) and rate and width:
            samples = len(event.payload or b"") / width
            if self._samples:
                self._part = min(1.0, self._part + samples / self._samples)
            self._spoken += samples / rate
            self.meters.audio.labels(self.kind).inc(samples / rate)

    async def _send(self, *events: Event) -> None:
        start, self._start = self._start, None
        await self.send(*((start,) if start is not None else ()), *events)
