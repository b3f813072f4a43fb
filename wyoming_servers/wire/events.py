"""Reads and writes Wyoming events with bounds that the library does not have.

Wire format: a JSON line {"type", "data"?, "data_length"?, "payload_length"?}, then
`data_length` bytes of JSON, then `payload_length` bytes of payload.
"""

import asyncio
import json
from dataclasses import dataclass
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
        self._parser = _Parser(limits)
        self.events = 0

    async def read(
        self, timeout: float | None, late: type[VoiceError] = IdleTimeoutError
    ) -> Event | None:
        """Return the next event, or None at the end of the stream.

        Waits `timeout` seconds (None: for ever) for its first byte, else raises `late`;
        once it has begun no more than `slow_seconds` pass without a byte of it, and no
        more than `idle_seconds` until it is here.
        Raises ProtocolError, EventTooLargeError, SlowClientError.
        """
        if self._parser.empty:
            try:
                async with asyncio.timeout(timeout):
                    if not await self._fill():
                        return None
            except TimeoutError:
                raise late(
                    f"Nothing was received for {timeout:g} seconds; "
                    "connect again when there is something to send."
                ) from None
        event = self._parser.next() or await self._rest()
        self.events += 1
        return event

    async def discard(self, seconds: float) -> None:
        """Throw away what still arrives, until the end of the stream or the time-out."""
        self._parser = _Parser(self._limits)
        try:
            async with asyncio.timeout(seconds):
                while await self._stream.read(_READ_SIZE):
                    pass
        except (TimeoutError, OSError):
            return

    async def _fill(self) -> bool:
        data = await self._stream.read(_READ_SIZE)
        self._parser.feed(data)
        return bool(data)

    async def _rest(self) -> Event:
        """Return the event that has begun to arrive."""
        try:
            async with asyncio.timeout(self._limits.idle_seconds):
                while await self._fill_soon():
                    if (event := self._parser.next()) is not None:
                        return event
        except TimeoutError:
            raise SlowClientError(
                "An event did not arrive in time: nothing for "
                f"{self._limits.slow_seconds:g} seconds, or not all within "
                f"{self._limits.idle_seconds:g}; check the network between client and "
                "server."
            ) from None
        raise ProtocolError("The connection ended in the middle of an event.")

    async def _fill_soon(self) -> bool:
        async with asyncio.timeout(self._limits.slow_seconds):
            return await self._fill()


@dataclass(slots=True)
class _Head:
    """What an event's first line says."""

    kind: str
    data: dict[str, Any]
    data_size: int
    payload_size: int


class _Parser:
    """Cuts events out of the bytes that have arrived."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._buffer = bytearray()
        self._searched = 0
        """Bytes in which there is no end of line."""
        self._head: _Head | None = None

    @property
    def empty(self) -> bool:
        """True between two events."""
        return not self._buffer and self._head is None

    def feed(self, data: bytes) -> None:
        """Add bytes."""
        self._buffer += data

    def next(self) -> Event | None:
        """Return the next event if it is here in full.

        Raises ProtocolError, EventTooLargeError.
        """
        if self._head is None:
            line = self._line()
            if line is None:
                return None
            self._head = self._read_head(_object(line, "header"))
        head = self._head
        if len(self._buffer) < head.data_size + head.payload_size:
            return None
        self._head = None
        data = head.data
        if head.data_size:
            data = {**data, **_object(self._take(head.data_size), "data")}
        payload = self._take(head.payload_size) if head.payload_size else None
        return Event(head.kind, data, payload)

    def _line(self) -> bytes | None:
        end = self._buffer.find(b"\n", self._searched)
        length = len(self._buffer) if end < 0 else end
        if length > self._limits.header_bytes:
            raise _too_large("header", self._limits.header_bytes)
        if end < 0:
            self._searched = length
            return None
        self._searched = 0
        line = self._take(end)
        del self._buffer[:1]
        return line

    def _take(self, size: int) -> bytes:
        with memoryview(self._buffer) as view:
            taken = bytes(view[:size])
        del self._buffer[:size]
        return taken

    def _read_head(self, header: dict[str, Any]) -> _Head:
        kind = header.get("type")
        if not isinstance(kind, str):
            raise ProtocolError('The event has no "type" of kind string.')
        data = header.get("data")
        if data is None:
            data = {}
        if not isinstance(data, dict):
            raise ProtocolError('The event\'s "data" is not an object.')
        return _Head(
            kind=kind,
            data=data,
            data_size=self._length(header, "data_length", self._limits.data_bytes),
            payload_size=self._length(
                header, "payload_length", self._limits.payload_bytes
            ),
        )

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
