"""A Wyoming client that says exactly what a test tells it to."""

import asyncio
from collections.abc import Iterable
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from wyoming.event import Event, async_read_event

from wyoming_servers.wire import encode

ENDS = {"transcript", "error", "synthesize-stopped"}
FORMAT = {"rate": 16_000, "width": 2, "channels": 1}


class Talk:
    """One open connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
        self.reader = reader
        self.writer = writer

    async def send(self, kind: str, payload: bytes | None = None, **data: Any) -> None:
        await self.send_raw(encode(Event(kind, data, payload)))

    async def send_raw(self, raw: bytes) -> None:
        # A server that refuses early may have closed: what it said is still to be read.
        with suppress(OSError):
            self.writer.write(raw)
            await self.writer.drain()

    async def receive(self, seconds: float = 30.0) -> Event | None:
        """Return the next event, None at the end of the stream."""
        async with asyncio.timeout(seconds):
            try:
                return await async_read_event(self.reader)
            except ConnectionError:
                return None

    async def peek(self, seconds: float) -> Event | None:
        """Return an event if one comes within the time."""
        try:
            return await self.receive(seconds)
        except TimeoutError:
            return None

    async def ping(self) -> None:
        """Check that the server answers."""
        await self.send("ping", text="there?")
        pong = await self.receive()
        assert pong is not None
        assert pong.type == "pong"

    async def until(self, *kinds: str) -> list[Event]:
        """Return the events up to one of these kinds, or to the end of the stream."""
        found: list[Event] = []
        while (event := await self.receive()) is not None:
            found.append(event)
            if event.type in kinds:
                break
        return found

    async def rest(self) -> list[Event]:
        """Return all events up to the end of the stream."""
        return await self.until()

    async def start(self, **transcribe: Any) -> None:
        """Begin an utterance of 16 kHz 16-bit mono."""
        await self.send("transcribe", **transcribe)
        await self.send("audio-start", **FORMAT)

    async def chunks(self, pcm: bytes, *, step: int = 2048, **shape: int) -> None:
        """Send sound."""
        for at in range(0, len(pcm), step):
            await self.send("audio-chunk", pcm[at : at + step], **(shape or FORMAT))

    async def say(self, pcm: bytes, **transcribe: Any) -> None:
        """Send one whole utterance of 16 kHz 16-bit mono."""
        await self.start(**transcribe)
        await self.chunks(pcm)
        await self.send("audio-stop")


class Client:
    """Opens connections to one server."""

    def __init__(self, uri: str) -> None:
        self.uri = uri

    @asynccontextmanager
    async def talk(self):
        parts = urlsplit(self.uri)
        if parts.scheme == "unix":
            reader, writer = await asyncio.open_unix_connection(parts.path)
        else:
            reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        try:
            yield Talk(reader, writer)
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def hear(self, pcm: bytes, **transcribe: Any) -> list[Event]:
        """Say one utterance; return what came back up to the answer."""
        async with self.talk() as talk:
            await talk.say(pcm, **transcribe)
            return await talk.until("transcript", "error")

    async def speak(self, text: str, **data: Any) -> list[Event]:
        """Ask for one text without streaming."""
        async with self.talk() as talk:
            await talk.send("synthesize", text=text, **data)
            return await talk.until("audio-stop", "error")

    async def stream(self, texts: Iterable[str], **data: Any) -> list[Event]:
        """Ask for a streamed text, as Home Assistant does."""
        texts = list(texts)
        async with self.talk() as talk:
            await talk.send("synthesize-start", **data)
            for text in texts:
                await talk.send("synthesize-chunk", text=text)
            await talk.send("synthesize", text="".join(texts), **data)
            await talk.send("synthesize-stop")
            return await talk.until("synthesize-stopped", "error")


def kinds(events: list[Event]) -> list[str]:
    """Return the events' types, runs of audio-chunk as one."""
    found: list[str] = []
    for event in events:
        if not (event.type == "audio-chunk" and found[-1:] == ["audio-chunk"]):
            found.append(event.type)
    return found


def sound(events: list[Event]) -> bytes:
    """Return all audio of the events."""
    return b"".join(e.payload or b"" for e in events if e.type == "audio-chunk")


def only_error(events: list[Event]) -> Event:
    """Return the last event, which must be the stream's only error."""
    errors = [event for event in events if event.type == "error"]
    assert errors == events[-1:], events
    return errors[0]
