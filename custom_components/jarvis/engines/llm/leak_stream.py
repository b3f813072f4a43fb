"""Passes on the events of an answer without its leaks."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, Collection
from dataclasses import replace
from typing import Final

from ...core.errors import ModelServerError
from .asides import AsideFilter
from .base import ChatDelta, ChatEvent, ChatFailed
from .leaks import LeakFilter

PIECE: Final = 512
"""Characters that are read in one go."""


async def without_leaks(
    events: AsyncIterable[ChatEvent],
    tools: Collection[str],
    *,
    data: bool = False,
    patient: bool = False,
) -> AsyncGenerator[ChatEvent]:
    """Pass on the events of an answer, with its leaks turned into what they were.

    `data` and `patient` are those of `LeakFilter`.
    """
    leaks = LeakFilter(tools, data=data, patient=patient)
    asides = None if data else AsideFilter()
    try:
        async for event in events:
            if isinstance(event, ChatDelta):
                # Bit by bit, so that a large piece does not keep others waiting.
                for at in range(0, max(1, len(event.text)), PIECE):
                    words, calls = leaks.feed(event.text[at : at + PIECE])
                    words = asides.feed(words) if asides else words
                    rest = event if not at else ChatDelta()
                    calls = [*rest.tool_calls, *calls]
                    delta = replace(rest, text=words, tool_calls=tuple(calls))
                    if delta != ChatDelta():
                        yield delta
                    if at:
                        await asyncio.sleep(0)
                continue
            if isinstance(event, ChatFailed):
                # The next server may go on with what was begun.
                yield event
                continue
            words, calls = leaks.end()
            words = asides.feed(words) + asides.end() if asides else words
            if words or calls:
                yield ChatDelta(text=words, tool_calls=tuple(calls))
            yield event
    except ModelServerError:
        words = leaks.broken_off()
        if words := asides.feed(words) + asides.end() if asides else words:
            yield ChatDelta(text=words)
        raise
