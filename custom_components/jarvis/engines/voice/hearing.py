"""Hearing: an utterance goes to a node while it is spoken, and is kept for the next."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, AsyncIterable
from contextlib import aclosing
from dataclasses import dataclass

from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop

from ...core.errors import NoSpeechError
from ...core.pool import Pool
from .connection import REQUEST_ERRORS, Connection, connected
from .node import VoiceNode

_LOGGER = logging.getLogger(__name__)

ANSWER_WITHIN = 8.5
"""Seconds from the end of speech to the transcript, all nodes together; what is left of
ten is for saying that it failed."""

LEAST_TIMEOUT = 2.5
"""Seconds that every node gets at the least."""

SPEECH_GAP = 5.0
"""Seconds without a chunk after which a client counts as gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingRequest:
    """What goes with an utterance: PCM of `rate` Hz, `width` bytes a sample."""

    language: str | None
    rate: int = 16_000
    width: int = 2
    channels: int = 1
    names: tuple[str, ...] = ()
    """Names that are likely to be said, the likeliest first."""


class Recording:
    """An utterance that can be played from its start any number of times.

    Filled once by `record`; each `play` yields all chunks, then waits for more until
    the speaker is done.
    """

    def __init__(self) -> None:
        self._chunks: list[bytes] = []
        self._more = asyncio.Event()
        self.done_at: float | None = None
        """`time.monotonic()` at the end of speech, None while it lasts."""

    @property
    def empty(self) -> bool:
        """True when not one sample was recorded."""
        return not any(self._chunks)

    async def record(self, stream: AsyncIterable[bytes]) -> None:
        """Keep the stream's chunks until it ends or goes quiet for `SPEECH_GAP`."""
        iterator = aiter(stream)
        try:
            while True:
                async with asyncio.timeout(SPEECH_GAP):
                    chunk = await anext(iterator)
                self._chunks.append(chunk)
                self._wake()
        except StopAsyncIteration:
            pass
        except TimeoutError:
            _LOGGER.warning(
                "the audio stopped in the middle: going on with what is there"
            )
        finally:
            self.done_at = time.monotonic()
            self._wake()
            if isinstance(iterator, AsyncGenerator):
                await iterator.aclose()

    async def play(self) -> AsyncGenerator[bytes]:
        """Yield every chunk from the start, live at the end."""
        position = 0
        while True:
            while position < len(self._chunks):
                yield self._chunks[position]
                position += 1
            if self.done_at is not None:
                return
            await self._more.wait()

    async def finished(self) -> None:
        """Wait for the end of speech."""
        while self.done_at is None:
            await self._more.wait()

    def _wake(self) -> None:
        self._more.set()
        self._more = asyncio.Event() if self.done_at is None else self._more


async def hear(
    pool: Pool[VoiceNode], stream: AsyncIterable[bytes], request: HearingRequest
) -> str:
    """Return what was said, by the first node of the pool that answers.

    The stream is read once and sent on as it comes; when a node fails or stays silent
    the whole utterance goes to the next one. Raises VoiceError or PoolEmptyError;
    NoSpeechError when the audio was empty or nothing was understood.
    """
    recording = Recording()
    recorder = asyncio.create_task(recording.record(stream))
    tried = 0

    async def attempt(node: VoiceNode) -> str:
        nonlocal tried
        left = max(1, len(pool) - tried)
        tried += 1
        return await _hear_on(node, recording, request, share=1 / left)

    try:
        text = await pool.run(attempt, fatal=REQUEST_ERRORS)
    finally:
        recorder.cancel()
        await asyncio.gather(recorder, return_exceptions=True)
    if not text.strip():
        raise NoSpeechError
    return text.strip()


async def _hear_on(
    node: VoiceNode, recording: Recording, request: HearingRequest, *, share: float
) -> str:
    """Play the recording to one node and wait for its transcript."""
    async with connected(node) as connection:
        await connection.write(
            Transcribe(
                language=request.language,
                transcript_names=list(request.names) or None,
            ).event()
        )
        upload = asyncio.create_task(_upload(connection, recording, request))
        answer = asyncio.create_task(_transcript(connection, recording, share))
        try:
            done, _ = await asyncio.wait(
                (upload, answer), return_when=asyncio.FIRST_COMPLETED
            )
            if answer not in done and not upload.exception():
                await asyncio.wait((answer,))
            # A server that refuses closes at once: its reason tells more than the
            # broken pipe of the upload.
            if not answer.done():
                await asyncio.wait((answer,), timeout=0.5)
            if answer.done():
                return answer.result()
            upload.result()
            raise AssertionError("an upload that worked waits for its answer")
        finally:
            for task in (upload, answer):
                task.cancel()
            await asyncio.gather(upload, answer, return_exceptions=True)


async def _upload(
    connection: Connection, recording: Recording, request: HearingRequest
) -> None:
    audio = {
        "rate": request.rate,
        "width": request.width,
        "channels": request.channels,
    }
    await connection.write(AudioStart(**audio).event())
    async with aclosing(recording.play()) as chunks:
        async for chunk in chunks:
            if chunk:
                await connection.write(AudioChunk(audio=chunk, **audio).event())
    if recording.empty:
        raise NoSpeechError("not one sample")
    await connection.write(AudioStop().event())


async def _transcript(
    connection: Connection, recording: Recording, share: float
) -> str:
    """Wait for the transcript; the clock starts at the end of speech."""
    loop = asyncio.get_running_loop()

    async def start_clock(clock: asyncio.Timeout) -> None:
        await recording.finished()
        assert recording.done_at is not None
        left = recording.done_at + ANSWER_WITHIN - time.monotonic()
        clock.reschedule(loop.time() + max(left * share, LEAST_TIMEOUT))

    try:
        async with asyncio.timeout(None) as clock:
            starter = asyncio.create_task(start_clock(clock))
            try:
                while not Transcript.is_type(
                    (event := await connection.read(None)).type
                ):
                    pass
            finally:
                starter.cancel()
                await asyncio.gather(starter, return_exceptions=True)
    except TimeoutError as err:
        raise connection.silent() from err
    return Transcript.from_event(event).text
