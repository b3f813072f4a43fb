"""Speaking: text goes to a node sentence by sentence, audio comes back as a stream.

One request a sentence, rather than one streamed synthesis, makes the sentence the unit
of failover: what was spoken stays spoken, the rest goes to the next node. It costs a
local round trip a sentence and works with every Wyoming server.
"""

from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import audioop
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.tts import Synthesize, SynthesizeVoice

from ...core.errors import JarvisError, NodeFailedError, PoolEmptyError
from ...core.pool import Pool
from .connection import REQUEST_ERRORS, connected
from .node import VoiceNode
from .sentences import split_sentences

FIRST_AUDIO_WITHIN = 8.0
"""Seconds for the first audio of a sentence, all nodes together."""

GAP_WITHIN = 8.0
"""Seconds between two chunks of one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioFormat:
    """PCM of `rate` Hz, `width` bytes a sample."""

    rate: int
    width: int
    channels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakingRequest:
    """What to say, in which language and, if chosen, with which voice."""

    text: str
    language: str
    voice: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """Speech that has begun: its format is known, `audio` yields the PCM."""

    format: AudioFormat
    audio: AsyncGenerator[bytes]


async def speak(
    pool: Pool[VoiceNode], requests: AsyncIterable[SpeakingRequest]
) -> Speech | None:
    """Begin to speak and return once the first audio is there, None for no text.

    A request is a sentence or two; it ends where its text ends.

    Raises VoiceError or PoolEmptyError when no node could begin. An error later, when
    no node can go on, is raised out of `Speech.audio`.
    """
    stream = _spoken(pool, _sentences(requests))
    try:
        first = await anext(stream)
    except StopAsyncIteration:
        return None
    assert isinstance(first, AudioFormat)

    async def audio() -> AsyncGenerator[bytes]:
        try:
            async for item in stream:
                assert isinstance(item, bytes)
                yield item
        finally:
            await stream.aclose()

    return Speech(format=first, audio=audio())


async def _sentences(
    requests: AsyncIterable[SpeakingRequest],
) -> AsyncIterator[SpeakingRequest]:
    """Cut what is too long for one breath."""

    async def alone(text: str) -> AsyncIterator[str]:
        yield text

    async for request in requests:
        async for sentence in split_sentences(alone(request.text)):
            yield replace(request, text=sentence)


async def _spoken(
    pool: Pool[VoiceNode], requests: AsyncIterator[SpeakingRequest]
) -> AsyncGenerator[AudioFormat | bytes]:
    """Yield the format of the first audio, then PCM of that format."""
    common: AudioFormat | None = None
    async for request in requests:
        sent = 0  # bytes of this sentence that the listener has
        error: JarvisError | None = None
        nodes = _able(pool.ranked(), request.language)
        for left, node in zip(range(len(nodes), 0, -1), nodes, strict=True):
            skip = sent
            first_timeout = FIRST_AUDIO_WITHIN / left
            try:
                async for item in _sentence(node, request, first_timeout, common):
                    if isinstance(item, AudioFormat):
                        if common is None:
                            common = item
                            yield item
                        continue
                    # A node that takes over in mid-sentence repeats its beginning.
                    fresh = item[skip:]
                    skip = max(0, skip - len(item))
                    if fresh:
                        sent += len(fresh)
                        yield fresh
            except REQUEST_ERRORS:
                raise
            except JarvisError as err:
                pool.failed(node, err)
                error = error or err
                continue
            pool.succeeded(node)
            break
        else:
            raise error or PoolEmptyError


async def _sentence(
    node: VoiceNode,
    request: SpeakingRequest,
    first_timeout: float,
    wanted: AudioFormat | None,
) -> AsyncIterator[AudioFormat | bytes]:
    """Let one node speak one sentence, in the format `wanted` if there is one.

    Raises NodeFailedError when all that comes is silence: nothing of it is yielded, so
    that the next node can say the sentence.
    """
    async with connected(node) as connection:
        voice = SynthesizeVoice(
            name=_voice_name(node, request),
            language=request.language,
            speaker=request.speaker,
        )
        await connection.write(Synthesize(text=request.text, voice=voice).event())
        convert: _Converter | None = None
        silence = b""
        audible = False
        timeout = first_timeout
        while True:
            event = await connection.read(timeout)
            if AudioStart.is_type(event.type):
                start = AudioStart.from_event(event)
                own = AudioFormat(
                    rate=start.rate, width=start.width, channels=start.channels
                )
                convert = _Converter(own, wanted or own)
            elif AudioChunk.is_type(event.type) and convert:
                pcm = silence + convert(AudioChunk.from_event(event).audio)
                if audible or pcm.strip(b"\0"):
                    if not audible:
                        yield convert.target
                    audible, silence = True, b""
                    yield pcm
                else:
                    silence = pcm
                timeout = GAP_WITHIN
            elif AudioStop.is_type(event.type):
                if not audible:
                    detail = f"{node.name} answered with silence"
                    raise NodeFailedError(detail, node=node.name)
                return


def _able(nodes: Sequence[VoiceNode], language: str) -> Sequence[VoiceNode]:
    """Return the nodes with a voice for a language; all where none is known to be."""
    return [node for node in nodes if node.info and node.info.speaks(language)] or nodes


def _voice_name(node: VoiceNode, request: SpeakingRequest) -> str | None:
    """Return the chosen voice if this node has it: a stand-in may have another."""
    voices = node.info.voices if node.info else ()
    names = {voice.name for voice in voices}
    return request.voice if request.voice in names or not names else None


class _Converter:
    """Turns PCM of one format into another, keeping the resampler's state."""

    def __init__(self, source: AudioFormat, target: AudioFormat) -> None:
        self._source = source
        self.target = target
        self._state: Any = None

    def __call__(self, audio: bytes) -> bytes:
        source, target = self._source, self.target
        if source == target:
            return audio
        if source.channels == 2:
            audio = audioop.tomono(audio, source.width, 0.5, 0.5)
        if source.width != target.width:
            audio = audioop.lin2lin(audio, source.width, target.width)
        if source.rate != target.rate:
            audio, self._state = audioop.ratecv(
                audio, target.width, 1, source.rate, target.rate, self._state
            )
        if target.channels == 2:
            audio = audioop.tostereo(audio, target.width, 1, 1)
        return audio
