"""Who still uses something that is to be closed."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager


class Usage:
    """Counts users, and lets one wait until there is none."""

    def __init__(self) -> None:
        self._users = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def idle(self) -> bool:
        """True while nobody uses it."""
        return not self._users

    @contextmanager
    def held(self) -> Generator[None]:
        """Be a user for as long as the block runs."""
        self._users += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._users -= 1
            if not self._users:
                self._idle.set()

    async def wait(self, seconds: float) -> None:
        """Wait until nobody uses it, at most so long."""
        try:
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        except TimeoutError:
            return
