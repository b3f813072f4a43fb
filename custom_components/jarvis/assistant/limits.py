"""How often one speaker may ask, and one turn at a time in a conversation."""

import asyncio
import time
from collections import deque
from weakref import WeakValueDictionary

from ..const import DEFAULT_RATE_LIMIT
from ..core.errors import TooManyTurnsError

WINDOW = 60.0
"""Seconds over which turns are counted."""


class Limits:
    """Counts turns; holds nothing of them."""

    def __init__(self, turns: int = DEFAULT_RATE_LIMIT) -> None:
        self._most = turns
        self._taken: dict[str, deque[float]] = {}
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

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

    def one_at_a_time(self, conversation_id: str) -> asyncio.Lock:
        """Return the lock of a conversation."""
        lock = self._locks.get(conversation_id)
        if lock is None:
            lock = self._locks[conversation_id] = asyncio.Lock()
        return lock
