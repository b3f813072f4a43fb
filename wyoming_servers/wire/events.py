"""Reads and writes Wyoming events with bounds that the library does not have.

Wire format: a JSON line {"type", "data"?, "data_length"?, "payload_length"?}, then
`data_length` bytes of JSON, then `payload_length` bytes of payload.
"""

import asyncio
import json
from typing import Any

from wyoming.event import Event
from wyoming.version import __version__ as protocol_version

from ..errors import (
    EventTooLargeError,
    IdleTimeoutError,
    ProtocolError,
    SlowClientError,
    VoiceError,
)
from .limits import Limits

_READ_SIZE = 64 * 1024


def encode(event: Event) -> bytes:
    """Return the event as one run of bytes, so that it leaves in one write."""
    header: dict[str, Any] = {"type": event.type, "version": protocol_version}
    data = b""
    if event.data:
        # A lone surrogate is legal JSON and not legal UTF-8: it must not kill the reply.
        text = json.dumps(event.data, ensure_ascii=False)
        data = text.encode("utf-8", "replace")
        header["data_length"] = len(data)
    if event.payload:
        header["payload_length"] = len(event.payload)
    line = json.dumps(header).encode()
    return b"".join((line, b"\n", data, event.payload or b""))


class EventReader:
    """Takes events off a stream; never holds more than one event and one read."""

    def __init__(self, stream: asyncio.StreamReader, limits: Limits) -> None:
        self._stream = stream
        self._limits = limits
        self._buffer = bytearray()
        self.events = 0

    async def read(
        self, patience: float | None, late: type[VoiceError] = IdleTimeoutError
    ) -> Event | None:
        """Return the next event, or None at the end of the stream.

        Waits `patience` seconds (None: for ever) for its first byte, else raises `late`;
        once it has begun the whole event must arrive within `slow_seconds`.
        Raises ProtocolError, EventTooLargeError, SlowClientError.
        """
        if not self._buffer:
            try:
                async with asyncio.timeout(patience):
                    if not await self._fill():
                        return None
            except TimeoutError:
                raise late(
                    f"Nothing was received for {patience:g} seconds; "
                    "connect again when there is something to send."
                ) from None
        try:
            async with asyncio.timeout(self._limits.slow_seconds):
                event = await self._event()
        except TimeoutError:
            raise SlowClientError(
                f"An event did not arrive within {self._limits.slow_seconds:g} seconds; "
                "check the network between client and server."
            ) from None
        self.events += 1
        return event

    async def discard(self, seconds: float) -> None:
        """Throw away what still arrives, until the end of the stream or the time-out."""
        self._buffer.clear()
        try:
            async with asyncio.timeout(seconds):
                while await self._stream.read(_READ_SIZE):
                    pass
        except (TimeoutError, OSError):
            return

    async def _fill(self) -> bool:
        data = await self._stream.read(_READ_SIZE)
        self._buffer += data
        return bool(data)

    async def _event(self) -> Event | None:
        header = _object(await self._line(), "header")
        kind = header.get("type")
        if not isinstance(kind, str):
            raise ProtocolError('The event has no "type" of kind string.')
        data = header.get("data")
        if data is None:
            data = {}
        if not isinstance(data, dict):
            raise ProtocolError('The event\'s "data" is not an object.')
        if size := self._length(header, "data_length", self._limits.data_bytes):
            data = {**data, **_object(await self._take(size), "data")}
        size = self._length(header, "payload_length", self._limits.payload_bytes)
        return Event(kind, data, await self._take(size) if size else None)

    async def _line(self) -> bytes:
        seen = 0
        while (end := self._buffer.find(b"\n", seen)) < 0:
            seen = len(self._buffer)
            if seen > self._limits.header_bytes:
                break
            if not await self._fill():
                raise ProtocolError("The connection ended in the middle of an event.")
        if end < 0 or end > self._limits.header_bytes:
            raise _too_large("header", self._limits.header_bytes)
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return line

    async def _take(self, size: int) -> bytes:
        while len(self._buffer) < size:
            if not await self._fill():
                raise ProtocolError("The connection ended in the middle of an event.")
        with memoryview(self._buffer) as view:
            taken = bytes(view[:size])
        del self._buffer[:size]
        return taken

    def _length(self, header: dict[str, Any], key: str, limit: int) -> int:
        value = header.get(key)
        if value is None:
            return 0
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise ProtocolError(f'The event\'s "{key}" is not a length in bytes.')
        if value > limit:
            raise _too_large(key.removesuffix("_length"), limit)
        return value


def _too_large(part: str, limit: int) -> EventTooLargeError:
    return EventTooLargeError(
        f"The event's {part} is larger than {limit} bytes; send it in smaller pieces.",
        part=part,
        limit=limit,
    )


def _object(raw: bytes, part: str) -> dict[str, Any]:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        raise ProtocolError(f"The event's {part} is not JSON in UTF-8.") from None
    if not isinstance(value, dict):
        raise ProtocolError(f"The event's {part} is not a JSON object.")
    return value
