"""One connection from the gateway to a worker, over its private socket."""

import asyncio
from dataclasses import replace
from pathlib import Path

from wyoming.event import Event

from ..errors import IdleTimeoutError, VoiceError, WorkerLostError
from ..wire import EventReader, Limits, encode

_CONNECT_SECONDS = 5.0
_CLOSE_SECONDS = 0.5


class Link:
    """Sends events to a worker and receives its own; every break is WorkerLostError."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, limits: Limits
    ) -> None:
        self._events = EventReader(reader, replace(limits, slow_seconds=60.0))
        self._writer = writer
        self.settled = False
        """True when the last request on it was answered in full: it can take another."""

    @classmethod
    async def connect(cls, path: Path, limits: Limits) -> "Link":
        """Connect to the worker's socket; raise WorkerLostError when nobody listens."""
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                reader, writer = await asyncio.open_unix_connection(path)
        except (OSError, TimeoutError) as err:
            raise WorkerLostError(f"The worker does not listen: {err}") from err
        return cls(reader, writer, limits)

    async def __aenter__(self) -> "Link":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connection."""
        self._writer.close()
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._writer.wait_closed()
        except OSError:
            return
        finally:
            # A frozen worker does not take what is still to be sent.
            self._writer.transport.abort()

    async def send(self, *events: Event) -> None:
        """Write events at once."""
        try:
            self._writer.write(b"".join(map(encode, events)))
            await self._writer.drain()
        except OSError as err:
            raise WorkerLostError("The worker ended in mid-request.") from err

    async def receive(self, seconds: float | None = None) -> Event | None:
        """Return the next event, None when there was none within the time."""
        try:
            event = await self._events.read(seconds)
        except IdleTimeoutError:
            return None
        except (OSError, VoiceError) as err:
            raise WorkerLostError("The worker ended in mid-request.") from err
        if event is None:
            raise WorkerLostError("The worker ended in mid-request.")
        return event
