"""How often one speaker may ask, and one turn at a time in a conversation."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from homeassistant.components.conversation import ChatLog

from ...const import DEFAULT_RATE_LIMIT
from ...core.errors import TooManyTurnsError

WINDOW = 60.0
"""Seconds over which turns are counted."""


class Limits:
    """Counts turns; holds nothing of them."""

    def __init__(self, turns: int = DEFAULT_RATE_LIMIT) -> None:
        self._most = turns
        self._taken: dict[str, deque[float]] = {}
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._logs: WeakValueDictionary[str, ChatLog] = WeakValueDictionary()

    def take(self, speaker: str) -> None:
        """Count a turn; raises `TooManyTurnsError` when there were too many."""
        now = time.monotonic()
        for other in [
            k for k, times in self._taken.items() if times[-1] < now - WINDOW
        ]:
            del self._taken[other]
        times = self._taken.setdefault(speaker, deque())
        while times and times[0] < now - WINDOW:
            times.popleft()
        if len(times) >= self._most:
            raise TooManyTurnsError
        times.append(now)

    @asynccontextmanager
    async def one_at_a_time(self, log: ChatLog) -> AsyncGenerator[None]:
        """Wait for the turn of this conversation that is being answered, if any."""
        key = log.conversation_id
        lock = self._locks.get(key)
        if lock is None:
            lock = self._locks[key] = asyncio.Lock()
        waited = lock.locked()
        async with lock:
            if waited and (before := self._logs.get(key)):
                _catch_up(log, before)
            self._logs[key] = log
            yield


def _catch_up(log: ChatLog, before: ChatLog) -> None:
    """Put what was said while a turn waited before what it says itself.

    Each turn works on a copy of the log that is made when the turn arrives.
    """
    copied = len(log.content) - 1
    log.content[copied:copied] = before.content[copied:]
