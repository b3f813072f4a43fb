"""A satellite: sends speech through an Assist pipeline and hears the answer.

It does what a voice satellite does with Home Assistant: microphone chunks at the pace
of real time until Home Assistant has heard enough, and the reply from the address that
the pipeline names, fetched as soon as it may be.
"""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp

from .errors import DemoError
from .speech import RATE, Speech, decode
from .websocket import Message, WebSocket

CHUNK_SECONDS: Final = 0.03
_CHUNK: Final = int(RATE * CHUNK_SECONDS)
_LEAD_IN: Final = 0.3
_WAV_HEADER: Final = 44
_TIMEOUT: Final = 60.0
_FAILED: Final = "⚠"
"""What Jarvis's speech-to-text puts before a failure, which the agent then says aloud."""
_HEARD: Final = ("stt-vad-end", "stt-end", "error", "run-end")


@dataclass(slots=True)
class Hearing:
    """Everything that happened in one turn; times are `time.monotonic()` seconds."""

    events: dict[str, Message] = field(default_factory=dict)
    """The last event of each type."""
    times: dict[str, float] = field(default_factory=dict)
    """When the last event of each type came."""
    speech_ended: float = 0.0
    """When the last sample that can be heard was sent."""
    first_audio: float | None = None
    """When the first byte of the reply's sound came."""
    last_audio: float | None = None
    """When the whole reply was there."""
    reply: Speech | None = None

    @property
    def transcript(self) -> str | None:
        """What was heard; None also where Jarvis hands on why it heard nothing."""
        text = self._text("stt-end", "stt_output", "text")
        return None if text is None or text.startswith(_FAILED) else text

    @property
    def answer(self) -> str | None:
        """What is answered, as text."""
        return self._text(
            "intent-end", "intent_output", "response", "speech", "plain", "speech"
        )

    @property
    def conversation_id(self) -> str | None:
        """The conversation, for a turn that goes on with it."""
        return self._text("intent-end", "intent_output", "conversation_id")

    @property
    def listens(self) -> bool:
        """Whether Jarvis waits for a reply."""
        output = self.events.get("intent-end", {"data": {}})["data"]
        return bool(output.get("intent_output", {}).get("continue_conversation"))

    @property
    def error(self) -> str | None:
        """Why the pipeline gave up."""
        if error := self.events.get("error"):
            return f"{error['data']['message']} ({error['data']['code']})"
        return None

    def _text(self, event: str, *path: str) -> str | None:
        value: Any = self.events.get(event, {}).get("data")
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return None if value is None else str(value)


class Satellite:
    """Speaks to the pipelines of one Home Assistant."""

    def __init__(
        self, session: aiohttp.ClientSession, url: str, socket: WebSocket
    ) -> None:
        self._session = session
        self._url = url
        self._socket = socket

    async def turn(
        self,
        speech: Speech,
        pipeline: str,
        *,
        conversation_id: str | None = None,
        while_speaking: Callable[[], Awaitable[None]] | None = None,
    ) -> Hearing:
        """Say `speech` and hear the answer out; `conversation_id` is of a turn before.

        `while_speaking` is awaited, without holding up the audio, when half of the
        speech is sent: for tests that break something then.
        """
        turn = _Turn(self._session, self._url, self._socket)
        try:
            async with asyncio.timeout(speech.seconds + _TIMEOUT):
                return await turn.run(speech, pipeline, conversation_id, while_speaking)
        except TimeoutError as err:
            raise DemoError(
                f"No end of the turn within {_TIMEOUT:.0f} s after the speech; "
                f"the last event was {[*turn.hearing.events][-1:]}."
            ) from err


class _Turn:
    def __init__(
        self, session: aiohttp.ClientSession, url: str, socket: WebSocket
    ) -> None:
        self.hearing = Hearing()
        self._session = session
        self._url = url
        self._socket = socket
        self._heard = asyncio.Event()
        self._started = asyncio.Event()
        self._ended = asyncio.Event()
        self._fetch: asyncio.Task[None] | None = None

    async def run(
        self,
        speech: Speech,
        pipeline: str,
        conversation_id: str | None,
        while_speaking: Callable[[], Awaitable[None]] | None,
    ) -> Hearing:
        run = await self._socket.subscribe(
            "assist_pipeline/run",
            self._on_event,
            start_stage="stt",
            end_stage="tts",
            input={"sample_rate": RATE},
            pipeline=pipeline,
            conversation_id=conversation_id,
        )
        tasks = [asyncio.create_task(self._microphone(speech))]
        if while_speaking:
            tasks.append(
                asyncio.create_task(_after(speech.seconds / 2, while_speaking))
            )
        try:
            await self._ended.wait()
            if self._fetch:
                await self._fetch
            await asyncio.gather(*tasks)
        finally:
            for task in (*tasks, *filter(None, [self._fetch])):
                task.cancel()
            self._socket.forget(run)
        return self.hearing

    def _on_event(self, event: Message) -> None:
        kind = event["type"]
        self.hearing.events[kind] = event
        self.hearing.times[kind] = time.monotonic()
        if kind == "run-start":
            self._started.set()
        if kind in _HEARD:
            self._heard.set()
        if kind == "intent-progress" and event["data"].get("tts_start_streaming"):
            self._begin_fetch(self.hearing.events["run-start"])
        elif kind == "tts-end":
            self._begin_fetch(event)
        elif kind == "run-end":
            self._ended.set()

    async def _microphone(self, speech: Speech) -> None:
        """Send the speech, then the room's silence until Home Assistant has heard it."""
        await self._started.wait()
        runner = self.hearing.events["run-start"]["data"]["runner_data"]
        handler: int = runner["stt_binary_handler_id"]
        sound = speech.in_a_room(before=_LEAD_IN, after=_TIMEOUT / 2).samples
        end = speech.end + int(_LEAD_IN * RATE)
        start = time.monotonic()
        for number in itertools.count():
            chunk = sound[number * _CHUNK : (number + 1) * _CHUNK]
            if not chunk or self._heard.is_set():
                break
            # A microphone has a chunk only when its last sample has sounded.
            await asyncio.sleep(start + (number + 1) * CHUNK_SECONDS - time.monotonic())
            await self._socket.send_binary(handler, chunk.tobytes())
            if number * _CHUNK < end:
                self.hearing.speech_ended = time.monotonic()
        if "run-end" not in self.hearing.events:
            await self._socket.send_binary(handler, b"")

    def _begin_fetch(self, event: Message) -> None:
        if self._fetch is None:
            output = event["data"]["tts_output"]
            self._fetch = asyncio.create_task(self._listen(output["url"]))

    async def _listen(self, path: str) -> None:
        """Fetch the reply; the container's header is not sound yet."""
        content = bytearray()
        async with self._session.get(f"{self._url}{path}") as answer:
            answer.raise_for_status()
            async for data in answer.content.iter_any():
                content += data
                header = _WAV_HEADER if content.startswith(b"RIFF") else 0
                if self.hearing.first_audio is None and len(content) > header:
                    self.hearing.first_audio = time.monotonic()
        self.hearing.last_audio = time.monotonic()
        self.hearing.reply = await decode(bytes(content))


async def _after(seconds: float, what: Callable[[], Awaitable[None]]) -> None:
    await asyncio.sleep(_LEAD_IN + seconds)
    await what()
