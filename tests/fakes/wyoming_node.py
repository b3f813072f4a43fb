"""A real Wyoming server whose answers a test scripts; it records what it was sent."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.event import Event, async_read_event, async_write_event
from wyoming.info import (
    AsrModel,
    AsrProgram,
    Attribution,
    Describe,
    Info,
    TtsProgram,
    TtsVoice,
)
from wyoming.ping import Ping, Pong
from wyoming.tts import Synthesize

_BY = Attribution(name="test", url="")
_COMMON: dict[str, Any] = {
    "attribution": _BY,
    "installed": True,
    "description": None,
    "version": "1",
}

HANG = object()
"""As a transcript or speech: say nothing, keep the connection."""

CLOSE = object()
"""As a transcript or speech: close the connection without a word."""

STOP = object()
"""As a speech: end it without having begun."""


def info(
    hears: tuple[str, ...] = ("fr", "en"),
    voices: tuple[tuple[str, str], ...] = (("claire", "fr_FR"), ("amy", "en_US")),
) -> Info:
    """Return what a node with one model and these voices says of itself."""
    asr = AsrProgram(
        name="ear",
        models=[AsrModel(name="tiny", languages=list(hears), **_COMMON)],
        requires_external_vad=True,
        **_COMMON,
    )
    tts = TtsProgram(
        name="mouth",
        voices=[TtsVoice(name=n, languages=[lang], **_COMMON) for n, lang in voices],
        **_COMMON,
    )
    return Info(asr=[asr] if hears else [], tts=[tts] if voices else [])


@dataclass(slots=True, kw_only=True)
class Heard:
    """One utterance as the node received it."""

    request: Transcribe
    start: AudioStart | None = None
    audio: bytes = b""


@dataclass(slots=True, kw_only=True)
class FakeNode:
    """Set the fields, then let the code under test talk to `host`:`port`."""

    host: str = "127.0.0.1"
    port: int = 0
    info: Info = field(default_factory=info)
    refusal: Error | None = None
    """Sent instead of what the node offers."""
    transcript: Any = "allume la lumière du salon"
    """A text, an `Error`, HANG or CLOSE."""
    fail_after_bytes: int | None = None
    """Close the connection in mid-utterance, once."""
    early_transcript_after: int | None = None
    """Send the transcript after so many bytes, as a server with its own VAD does."""
    speech: Any = None
    """Maps a text to PCM; or an `Error`, HANG, CLOSE or STOP.

    Default: one sample a letter."""
    rate: int = 16_000
    speech_cut_after: int | None = None
    """Close the connection after so many bytes of speech, once."""
    heard: list[Heard] = field(default_factory=list)
    spoken: list[Synthesize] = field(default_factory=list)
    connections: int = 0
    got_audio: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Answer one connection."""
        self.connections += 1
        try:
            while (event := await async_read_event(reader)) is not None:
                if not await self._answer(event, writer):
                    break
        except ConnectionError:
            pass
        finally:
            writer.close()

    async def _answer(self, event: Event, writer: asyncio.StreamWriter) -> bool:
        if Describe.is_type(event.type):
            await async_write_event((self.refusal or self.info).event(), writer)
        elif Ping.is_type(event.type):
            await async_write_event(
                Pong(text=Ping.from_event(event).text).event(), writer
            )
        elif Transcribe.is_type(event.type):
            self.heard.append(Heard(request=Transcribe.from_event(event)))
        elif AudioStart.is_type(event.type):
            self.heard[-1].start = AudioStart.from_event(event)
        elif AudioChunk.is_type(event.type):
            self.heard[-1].audio += event.payload or b""
            self.got_audio.set()
            size = len(self.heard[-1].audio)
            if self.fail_after_bytes is not None and size >= self.fail_after_bytes:
                self.fail_after_bytes = None
                return False
            early = self.early_transcript_after
            if early is not None and size >= early:
                return await self._say(self.transcript, writer, self._transcribe)
        elif AudioStop.is_type(event.type):
            return await self._say(self.transcript, writer, self._transcribe)
        elif Synthesize.is_type(event.type):
            self.spoken.append(Synthesize.from_event(event))
            return await self._say(self.speech, writer, self._speak)
        return True

    async def _say(
        self,
        answer: Any,
        writer: asyncio.StreamWriter,
        send: Callable[[Any, asyncio.StreamWriter], Any],
    ) -> bool:
        if answer is HANG:
            await asyncio.sleep(600)
        if answer is HANG or answer is CLOSE:
            return False
        if answer is STOP:
            await async_write_event(AudioStop().event(), writer)
            return True
        if isinstance(answer, Error):
            await async_write_event(answer.event(), writer)
            return False
        return bool(await send(answer, writer))

    async def _transcribe(self, text: str, writer: asyncio.StreamWriter) -> bool:
        await async_write_event(Transcript(text=text).event(), writer)
        return True

    async def _speak(self, speech: Any, writer: asyncio.StreamWriter) -> bool:
        text = self.spoken[-1].text
        pcm = speech(text) if speech else pcm_of(text)
        form = {"rate": self.rate, "width": 2, "channels": 1}
        await async_write_event(AudioStart(**form).event(), writer)
        for at in range(0, len(pcm), 16):
            piece = pcm[at : at + 16]
            if self.speech_cut_after is not None and at >= self.speech_cut_after:
                self.speech_cut_after = None
                return False
            await async_write_event(AudioChunk(audio=piece, **form).event(), writer)
        await async_write_event(AudioStop().event(), writer)
        return True


def pcm_of(text: str) -> bytes:
    """Return 16-bit PCM with one sample a letter, so that tests can read speech."""
    return text.encode("utf-16-le")


@asynccontextmanager
async def serving(**fields: Any) -> AsyncIterator[FakeNode]:
    """Run a fake node on a free port for the length of the block."""
    node = FakeNode(**fields)
    tasks: set[asyncio.Task[None]] = set()

    async def handle(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.current_task()
        assert task
        tasks.add(task)
        try:
            await node.serve(reader, writer)
        finally:
            tasks.discard(task)

    server = await asyncio.start_server(handle, node.host, node.port)
    node.port = server.sockets[0].getsockname()[1]
    try:
        yield node
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
