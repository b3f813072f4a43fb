"""Keeps what was spoken from waiting for what is still to be written.

Home Assistant turns speech into the format of a speaker with ffmpeg, which puts out
nothing before it has read about two seconds. A first sentence that is shorter would be
heard only with the second one: so silence follows it when that one is late.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress

from .speaking import Speech

LATE_AFTER = 0.5
"""Seconds without audio after which the next sentence counts as late."""

READ_AHEAD = 2.4
"""Seconds of audio that ffmpeg reads first (measured: 1.6 for FLAC, 2.3 for MP3)."""


async def fluent(speech: Speech) -> AsyncGenerator[bytes]:
    """Yield the PCM of a speech, with silence in its first pause where that is long.

    Raises what `Speech.audio` raises.
    """
    heard: asyncio.Queue[bytes | None] = asyncio.Queue()
    frame = speech.format.width * speech.format.channels
    missing = int(speech.format.rate * READ_AHEAD) * frame

    async def listen() -> None:
        try:
            async with aclosing(speech.audio) as audio:
                async for pcm in audio:
                    heard.put_nowait(pcm)
        finally:
            heard.put_nowait(None)

    # A task of its own: to wait for audio with a time limit would end it.
    listening = asyncio.create_task(listen())
    try:
        while True:
            pcm: bytes | None
            try:
                async with asyncio.timeout(LATE_AFTER if missing > 0 else None):
                    pcm = await heard.get()
            except TimeoutError:
                pcm = bytes(missing - missing % frame)
                missing = 0
            if pcm is None:
                break
            missing -= len(pcm)
            yield pcm
        await listening
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await listening
