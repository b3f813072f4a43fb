"""Home Assistant's websocket API: commands, subscriptions and binary frames."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Self

import aiohttp

from .errors import DemoError

type Message = dict[str, Any]
type Listener = Callable[[Message], None]


class CommandError(DemoError):
    """Home Assistant refused a command."""

    def __init__(self, command: str, code: str, message: str) -> None:
        super().__init__(f"Home Assistant refused {command}: {message} ({code})")
        self.code = code


class WebSocket:
    """One authenticated connection; any number of commands may be under way."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._ids = itertools.count(1)
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._listeners: dict[int, Listener] = {}
        self._reader: asyncio.Task[None] | None = None

    @classmethod
    @asynccontextmanager
    async def connect(
        cls, session: aiohttp.ClientSession, url: str, token: str
    ) -> AsyncIterator[Self]:
        """Open a connection to the Home Assistant at `url` for the time of a block."""
        async with session.ws_connect(f"{url}/api/websocket", max_msg_size=0) as socket:
            await socket.receive_json()
            await socket.send_json({"type": "auth", "access_token": token})
            if (answer := await socket.receive_json())["type"] != "auth_ok":
                raise DemoError(f"Home Assistant refused the login: {answer}")
            connection = cls(socket)
            connection._reader = asyncio.create_task(connection._read())
            try:
                yield connection
            finally:
                connection._reader.cancel()

    async def command(self, kind: str, **data: Any) -> Any:
        """Send a command and return its result."""
        return await self._send(next(self._ids), kind, data)

    async def subscribe(self, kind: str, listener: Listener, **data: Any) -> int:
        """Send a command whose events go to `listener`; return the subscription's id."""
        number = next(self._ids)
        self._listeners[number] = listener
        try:
            await self._send(number, kind, data)
        except CommandError:
            del self._listeners[number]
            raise
        return number

    async def unsubscribe(self, number: int) -> None:
        """End a subscription to events."""
        await self.command("unsubscribe_events", subscription=number)
        self.forget(number)

    def forget(self, number: int) -> None:
        """Stop listening to a subscription that has ended by itself."""
        self._listeners.pop(number, None)

    async def send_binary(self, handler: int, data: bytes) -> None:
        """Send `data` to the binary handler of a running command."""
        await self._socket.send_bytes(bytes([handler]) + data)

    async def _send(self, number: int, kind: str, data: Message) -> Any:
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        try:
            await self._socket.send_json({"id": number, "type": kind, **data})
            message = await answer
        except aiohttp.ClientError as err:
            raise DemoError(f"The connection to Home Assistant broke: {err}") from err
        finally:
            del self._answers[number]
        if not message["success"]:
            error = message["error"]
            raise CommandError(kind, error["code"], error["message"])
        return message["result"]

    async def _read(self) -> None:
        async for frame in self._socket:
            if frame.type is not aiohttp.WSMsgType.TEXT:
                continue
            # Home Assistant may put several messages into one frame.
            content = frame.json()
            for message in content if isinstance(content, list) else [content]:
                self._dispatch(message)
        lost = DemoError("Home Assistant closed the connection.")
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(lost)

    def _dispatch(self, message: Message) -> None:
        number = message.get("id", 0)
        if message["type"] == "event":
            if listener := self._listeners.get(number):
                listener(message["event"])
        elif (answer := self._answers.get(number)) and not answer.done():
            answer.set_result(message)
