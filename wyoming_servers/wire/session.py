"""One client's connection: reads events, answers the common ones, ends in order."""

import asyncio
import contextlib
import itertools
import logging
import secrets
import time
from abc import ABC, abstractmethod
from collections.abc import Coroutine

from wyoming.event import Event
from wyoming.info import Info

from ..errors import (
    IdleTimeoutError,
    InternalError,
    ProtocolError,
    ShuttingDownError,
    SlowClientError,
    VoiceError,
)
from ..logs import request_id
from . import fields
from .events import EventReader, encode
from .limits import Limits

_LOGGER = logging.getLogger(__name__)
_LINGER_SECONDS = 2.0
_STOP_SECONDS = 0.3
_numbers = itertools.count(1)
_PREFIX = secrets.token_hex(3)


class Session(ABC):
    """Base of the gateway's and the workers' connections.

    One request at a time runs in a task of its own, so that `describe` and `ping` are
    answered meanwhile. Every failure becomes one `error` event followed by close.
    """

    def __init__(
        self, stream: asyncio.StreamReader, writer: asyncio.StreamWriter, limits: Limits
    ) -> None:
        self.limits = limits
        self.events = EventReader(stream, limits)
        self.active_at = time.monotonic()
        self.draining = False
        self.request_id = ""
        self.program: str | None = None
        self._writer = writer
        self._reading: asyncio.Task[None] | None = None
        self._request: asyncio.Task[None] | None = None
        self._failure: VoiceError | None = None
        self._aborted = False

    @abstractmethod
    async def info(self) -> Info:
        """Return what this server offers now."""

    @abstractmethod
    async def on_event(self, event: Event) -> None:
        """Handle an event that is not common to all servers; ignore unknown ones."""

    def timeout(self) -> tuple[float | None, type[VoiceError]]:
        """Seconds to wait for the next event and the error when none comes."""
        return self.limits.idle_seconds, IdleTimeoutError

    def order_id(self, event: Event) -> str:
        """Return the id that an order brings along, empty when it brings none."""
        return ""

    def failed(self, error: VoiceError) -> None:  # noqa: B027 - may stay as it is
        """Be told of the error that ends this connection (for counters)."""

    @property
    def complete(self) -> bool:
        """True when the running request has all its input: it outlives the client's EOF."""
        return True

    @property
    def working(self) -> bool:
        """True while a request runs."""
        return self._request is not None and not self._request.done()

    async def run(self) -> None:
        """Serve the client until it leaves, fails or is aborted."""
        self._reading = asyncio.create_task(self._read())
        try:
            await asyncio.wait({self._reading})
            if not self._reading.cancelled():
                self._note(self._reading.exception())
            if not self._aborted and self._request is not None and self.complete:
                # The client closed its sending side only: it still gets its answer.
                await asyncio.wait({self._request})
            if self._failure is not None:
                # Nothing may come after the error; what is slow to end is silent by now.
                await _stop(self._request, _STOP_SECONDS)
                await self._say_why(self._failure)
        finally:
            await self._close()

    def abort(self, error: VoiceError | None) -> None:
        """End the connection, with an `error` event when there is a reason."""
        if self._aborted:
            return
        self._aborted = True
        self._failure = error
        if self._reading is not None:
            self._reading.cancel()

    def drain(self) -> None:
        """Take no new work; leave at once when there is none at hand."""
        self.draining = True
        if not self.working:
            self.abort(ShuttingDownError("The server is stopping; try again soon."))

    async def send(self, *events: Event) -> None:
        """Write events at once; raise SlowClientError when the client does not read."""
        self._writer.write(b"".join(map(encode, events)))
        transport = self._writer.transport
        if transport.is_closing():
            raise ConnectionResetError
        if transport.get_write_buffer_size() == 0:
            return
        try:
            async with asyncio.timeout(self.limits.slow_seconds):
                await self._writer.drain()
        except TimeoutError:
            transport.abort()
            raise SlowClientError("The client does not read its answer.") from None

    def begin(self, work: Coroutine[object, object, None]) -> None:
        """Start the request's task; the one before must have ended."""
        if self.draining:
            work.close()
            raise ShuttingDownError("The server is stopping; try again soon.")
        self._request = asyncio.create_task(self._guarded(work))

    def new_request_id(self) -> str:
        """Give the coming request its own id, which also marks its log lines."""
        self.request_id = f"{_PREFIX}-{next(_numbers)}"
        request_id.set(self.request_id)
        return self.request_id

    async def request_done(self) -> None:
        """Wait for the running request; a connection does one thing after the other.

        Raises ProtocolError when that request still waits for the client itself.
        """
        if self.working and not self.complete:
            raise ProtocolError(
                "A request began in the middle of another one; end that one first."
            )
        if self._request is not None:
            await asyncio.wait({self._request})

    async def _read(self) -> None:
        while (event := await self._next()) is not None:
            self.active_at = time.monotonic()
            self.request_id = self.order_id(event) or self.request_id
            match event.type:
                case "describe":
                    await self.send((await self.info()).event())
                case "ping":
                    await self.send(Event("pong", {"text": event.data.get("text")}))
                case "select-program":
                    self.program = fields.text(event, "name")
                case _:
                    await self.on_event(event)

    async def _next(self) -> Event | None:
        """Return the next event; who waits for an answer is not silent."""
        seconds, late = self.timeout()
        while True:
            try:
                return await self.events.read(seconds, late)
            except IdleTimeoutError:
                idle = self.limits.idle_seconds
                left = self.active_at + idle - time.monotonic()
                if self.working and self.complete:
                    seconds = idle
                elif left > 0:
                    seconds = left
                else:
                    raise IdleTimeoutError(
                        f"Nothing was received for {idle:g} seconds; "
                        "connect again when there is something to send."
                    ) from None

    async def _guarded(self, work: Coroutine[object, object, None]) -> None:
        try:
            await work
        except VoiceError as error:
            self.abort(error)
        except OSError:
            self.abort(None)
        except Exception:
            _LOGGER.exception("A request failed in a way that nobody foresaw")
            self.abort(_internal())
        else:
            self.active_at = time.monotonic()
            self.request_id = ""
            if self.draining:
                self.abort(None)

    def _note(self, error: BaseException | None) -> None:
        match error:
            case None:
                return
            case VoiceError():
                self._aborted, self._failure = True, error
            case OSError():
                self._aborted = True
            case _:
                _LOGGER.error("A session failed", exc_info=error)
                self._aborted, self._failure = True, _internal()

    async def _say_why(self, error: VoiceError) -> None:
        self.failed(error)
        current = self.request_id or self.new_request_id()
        _LOGGER.info(
            "Ended a connection: %s: %s",
            error.code,
            error.text,
            extra={"code": error.code, "request_id": current},
        )
        with contextlib.suppress(OSError, SlowClientError, RuntimeError):
            await self.send(error.event(current))
            # Closing with unread input would reset the connection and may destroy the
            # error on its way: end the sending side and let the client finish first.
            if self._writer.can_write_eof():
                self._writer.write_eof()
            await self.events.discard(_LINGER_SECONDS)

    async def _close(self) -> None:
        await _stop(self._reading)
        await _stop(self._request)
        self._writer.close()
        with contextlib.suppress(OSError, TimeoutError):
            async with asyncio.timeout(_LINGER_SECONDS):
                await self._writer.wait_closed()


async def _stop(task: asyncio.Task[None] | None, within: float | None = None) -> None:
    if task is not None and not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=within)


def _internal() -> InternalError:
    return InternalError("The server made a mistake; its log has the details.")
