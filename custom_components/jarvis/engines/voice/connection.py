"""One connection to a Wyoming server: bounded waits, errors of our own tree."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from wyoming.client import AsyncTcpClient
from wyoming.error import Error
from wyoming.event import Event

from ...core.errors import (
    NodeBusyError,
    NodeFailedError,
    NodeSilentError,
    NodeUnreachableError,
    NoSpeechError,
    TextTooLongError,
    UnsupportedAudioError,
    UnsupportedLanguageError,
    UtteranceTooLongError,
    VoiceError,
    VoiceModelMissingError,
)

CONNECT_TIMEOUT = 2.0
"""Seconds; a server on the home's network accepts within milliseconds."""

REQUEST_ERRORS = (
    NoSpeechError,
    TextTooLongError,
    UnsupportedAudioError,
    UnsupportedLanguageError,
    UtteranceTooLongError,
)
"""Errors that lie in the request: another node would say the same."""

# The codes of `error` events that wyoming_servers sends; other servers send others,
# or none, and are then reported as failed.
_ERROR_OF_CODE: dict[str, type[VoiceError] | type[TextTooLongError]] = {
    "busy": NodeBusyError,
    "too-many-clients": NodeBusyError,
    "shutting-down": NodeUnreachableError,
    "model-missing": VoiceModelMissingError,
    "unsupported-audio": UnsupportedAudioError,
    "unsupported-language": UnsupportedLanguageError,
    "unsupported-voice": VoiceModelMissingError,
    "utterance-too-long": UtteranceTooLongError,
    "text-too-long": TextTooLongError,
    "deadline": NodeSilentError,
}


class Address(Protocol):
    """Where to connect to, and how to name it to the user."""

    name: str
    host: str
    port: int


class Connection:
    """A connected client; `read` and `write` raise `VoiceError`, never hang."""

    def __init__(self, node: Address, client: AsyncTcpClient) -> None:
        self._node = node
        self._client = client

    async def write(self, event: Event) -> None:
        """Send one event.

        Raises NodeUnreachableError when the connection is gone.
        """
        try:
            await self._client.write_event(event)
        except OSError as err:
            raise NodeUnreachableError(str(err), node=self._node.name) from err

    def silent(self) -> NodeSilentError:
        """Return the error for an answer that did not come in time."""
        name = self._node.name
        return NodeSilentError(f"{name} did not answer in time", node=name)

    async def read(self, timeout: float | None) -> Event:
        """Wait `timeout` seconds for the next event; an `error` event is raised.

        Raises NodeSilentError after the time-out, NodeUnreachableError at the end of
        the stream, NodeFailedError when what came is not Wyoming.
        """
        name = self._node.name
        try:
            async with asyncio.timeout(timeout):
                event = await self._client.read_event()
        except TimeoutError as err:
            raise self.silent() from err
        except OSError as err:
            raise NodeUnreachableError(str(err), node=name) from err
        except (ValueError, KeyError, EOFError) as err:
            raise NodeFailedError(f"not a Wyoming event: {err}", node=name) from err
        if event is None:
            raise NodeUnreachableError(f"{name} closed the connection", node=name)
        if Error.is_type(event.type):
            error = Error.from_event(event)
            kind = _ERROR_OF_CODE.get(error.code or "", NodeFailedError)
            raise kind(f"{error.code}: {error.text}", node=name)
        return event


@asynccontextmanager
async def connected(node: Address) -> AsyncIterator[Connection]:
    """Connect to a node for the length of the block.

    Raises NodeUnreachableError when it does not accept within `CONNECT_TIMEOUT`.
    """
    client = AsyncTcpClient(node.host, node.port)
    try:
        async with asyncio.timeout(CONNECT_TIMEOUT):
            await client.connect()
    except (OSError, TimeoutError) as err:
        raise NodeUnreachableError(
            f"{node.host}:{node.port}: {err or 'no answer'}", node=node.name
        ) from err
    try:
        yield Connection(node, client)
    finally:
        # A peer that is gone must not hide the error that is on its way out, and a
        # peer that does not read must not delay it.
        try:
            async with asyncio.timeout(1):
                await client.disconnect()
        except OSError, TimeoutError:
            pass
