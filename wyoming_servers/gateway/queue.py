"""The one queue in front of a model: N at work, M waiting, and no more."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

from ..errors import BusyError


class Queue:
    """Lets `at_once` requests work; refuses at once when `waiting` others wait."""

    def __init__(self, *, at_once: int, waiting: int, wait_seconds: float) -> None:
        self._slots = asyncio.Semaphore(at_once)
        self._most = waiting
        self._wait_seconds = wait_seconds
        self.waiting = 0
        self.working = 0
        self.last_wait = 0.0
        """Seconds that the last admitted request waited."""

    @contextlib.asynccontextmanager
    async def place(self) -> AsyncIterator[float]:
        """Hold a place at work, yielding the seconds waited; raise BusyError."""
        waited = await self._enter()
        try:
            yield waited
        finally:
            self.working -= 1
            self._slots.release()

    async def _enter(self) -> float:
        began = time.monotonic()
        if self._slots.locked() and self.waiting >= self._most:
            raise BusyError(
                f"{self.working} requests are at work and {self.waiting} wait; "
                "try again soon or use another server.",
                working=self.working,
                waiting=self.waiting,
            )
        self.waiting += 1
        try:
            async with asyncio.timeout(self._wait_seconds):
                await self._slots.acquire()
        except TimeoutError:
            raise BusyError(
                f"No turn came within {self._wait_seconds:g} seconds; "
                "try again soon or use another server."
            ) from None
        finally:
            self.waiting -= 1
        self.working += 1
        self.last_wait = time.monotonic() - began
        return self.last_wait
