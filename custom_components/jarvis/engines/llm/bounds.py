"""Bounds what one turn takes from a model: words, thoughts, calls and their arguments."""

import asyncio
import json
import re
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterable, Collection, Mapping
from dataclasses import replace
from typing import Any, Final

from .base import ChatDelta, ChatEvent, ToolCall
from .repair import nearest_tool

MOST_CALLS: Final = 16
"""Calls of one answer; what is missing the model can call when these are done."""
MOST_CALLS_OF_TURN: Final = 48
MOST_ALIKE: Final = 3
"""Times that one turn makes the same call; within one answer it is made once."""
LONGEST_NAME: Final = 128
LONGEST_VALUE: Final = 1000
"""Characters of one text among the arguments."""
MOST_VALUES: Final = 100
"""Keys and values of all arguments of a call."""
DEEPEST: Final = 6
LONGEST_THOUGHT: Final = 8000
STRETCH: Final = 1.25
"""How much longer than `longest` an answer may get until its sentence ends."""
SLICE: Final = 0.01
"""Seconds after which other tasks get their turn, however fast a server sends."""

_SENTENCE_END: Final = re.compile(r"[.!?…][\"»)*]{0,3}(?=\s)|\n")


class Bounds:
    """What one turn has taken so far.

    An answer ends with the sentence in which it reaches `longest` characters, and then
    with the words `ending`. `tools` are the names that may be called.
    """

    def __init__(self, tools: Collection[str], *, longest: int, ending: str) -> None:
        self._tools = list(tools)
        self._longest = longest
        self._ending = ending
        self._made: Counter[str] = Counter()
        self.exhausted = False
        """True once a turn has made more calls than it may."""

    async def keep(self, events: AsyncIterable[ChatEvent]) -> AsyncGenerator[ChatEvent]:
        """Pass on the events of one answer, and end where it gets too long."""
        loop = asyncio.get_running_loop()
        rested = loop.time()
        said = thought = 0
        calls: set[str] = set()
        async for event in events:
            if loop.time() - rested > SLICE:
                await asyncio.sleep(0)
                rested = loop.time()
            if not isinstance(event, ChatDelta):
                yield event
                continue
            text, over = self._cut(event.text, said)
            said += len(text)
            thinking = event.thinking[: max(0, LONGEST_THOUGHT - thought)]
            thought += len(thinking)
            admitted = self._admit(event.tool_calls, calls)
            if over:
                text = f"{text.rstrip()} {self._ending}"
            delta = replace(event, text=text, thinking=thinking, tool_calls=admitted)
            if delta != ChatDelta():
                yield delta
            if over:
                return

    def _cut(self, text: str, said: int) -> tuple[str, bool]:
        """Return what may be said of a piece, and whether it is the last one."""
        if said + len(text) <= self._longest:
            return text, False
        end = _SENTENCE_END.search(text, max(0, self._longest - said))
        hard = round(self._longest * STRETCH) - said
        if end is not None and end.end() <= hard:
            return text[: end.end()], True
        if len(text) <= hard:
            return text, False
        words = text[:hard].rpartition(" ")[0] or text[:hard]
        return f"{words}…", True

    def _admit(
        self, wanted: Collection[ToolCall], calls: set[str]
    ) -> tuple[ToolCall, ...]:
        admitted: list[ToolCall] = []
        for call in wanted:
            if len(calls) >= MOST_CALLS or not is_bounded(call):
                continue
            key = self._key(call)
            if key in calls:
                continue
            if (
                self._made[key] >= MOST_ALIKE
                or self._made.total() >= MOST_CALLS_OF_TURN
            ):
                self.exhausted = True
                continue
            calls.add(key)
            self._made[key] += 1
            admitted.append(call)
        return tuple(admitted)

    def _key(self, call: ToolCall) -> str:
        arguments = json.dumps(call.arguments, sort_keys=True, default=str).casefold()
        return f"{nearest_tool(call.name, self._tools)} {arguments}"


def is_bounded(call: ToolCall) -> bool:
    """Return whether a call is of a size that a tool may be asked with."""
    if len(call.name) > LONGEST_NAME:
        return False
    level: list[Any] = [call.arguments]
    seen = 0
    for _ in range(DEEPEST):
        below: list[Any] = []
        for value in level:
            if isinstance(value, Mapping):
                below += [*value, *value.values()]
            elif isinstance(value, list | tuple):
                below += value
            elif len(str(value)) > LONGEST_VALUE:
                return False
            if seen + len(below) > MOST_VALUES:
                return False
        seen += len(below)
        level = below
    return not level
