"""Bounds what a model server may send, before any of it is parsed.

The client reads an answer line by line, and each line as JSON in one go: a line, and an
answer, that are too long are refused here. Calls of tools whose shape the client would
refuse, and the whole answer with it, are put right.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from typing import Any, Final, override

import httpx
import ollama

from ...core.errors import ModelServerError
from .whole_text import whole_text

MOST_BYTES: Final = 4 * 1024 * 1024
"""Bytes of one streamed answer: thirty seconds of a fast model are a fifth of it."""
MOST_IN_ONE: Final = 256 * 1024
"""Bytes of one line of it, which is parsed in one go."""
MOST_TOLD: Final = 1024 * 1024
"""Bytes of an answer that is no stream: what a server tells of its models."""

_ESCAPED_HALF: Final = re.compile(rb"\\u[dD][89abAB]|\\u[dD][c-fC-F]")
NDJSON: Final = "application/x-ndjson"
"""Ollama's stream: each line a JSON object."""


class BoundedTransport(httpx.AsyncBaseTransport):
    """Hands requests to another transport and bounds what comes back.

    `streamed` is the content type of an answer that comes line by line. Raises
    `ModelServerError` where a server sends too much.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport, streamed: str = NDJSON) -> None:
        self._inner = inner
        self._streamed = streamed

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; its answer is bounded while it is read."""
        # What is small on the wire must not be large in memory.
        request.headers["Accept-Encoding"] = "identity"
        response = await self._inner.handle_async_request(request)
        coding = response.headers.get("Content-Encoding", "identity")
        if coding.strip().lower() not in {"", "identity"}:
            await response.aclose()
            raise ModelServerError("the answer is compressed though that was not asked")
        assert isinstance(response.stream, httpx.AsyncByteStream)
        streamed = response.headers.get("Content-Type", "").startswith(self._streamed)
        return httpx.Response(
            response.status_code,
            headers=response.headers,
            stream=self._lines(response.stream)
            if streamed
            else _Whole(response.stream),
            extensions=response.extensions,
        )

    def _lines(self, stream: httpx.AsyncByteStream) -> httpx.AsyncByteStream:
        return _Lines(stream, _mended if self._streamed == NDJSON else _without_end)

    @override
    async def aclose(self) -> None:
        """Close the other transport."""
        await self._inner.aclose()


class _Whole(httpx.AsyncByteStream):
    """An answer that is read as one."""

    def __init__(self, stream: httpx.AsyncByteStream) -> None:
        self._stream = stream

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        total = 0
        chunks = aiter(self._stream)
        async for chunk in chunks:
            total += len(chunk)
            try:
                _check(total, MOST_TOLD)
            except ModelServerError:
                await _leave(chunks)
                raise
            yield chunk

    @override
    async def aclose(self) -> None:
        await self._stream.aclose()


class _Lines(_Whole):
    """An answer that is read line by line, each put right by `mend`."""

    def __init__(
        self, stream: httpx.AsyncByteStream, mend: Callable[[bytes], bytes]
    ) -> None:
        super().__init__(stream)
        self._mend = mend

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        total = 0
        begun = bytearray()
        chunks = aiter(self._stream)
        try:
            async for chunk in chunks:
                total += len(chunk)
                _check(total, MOST_BYTES)
                *whole, rest = chunk.split(b"\n")
                for part in whole:
                    begun += part
                    _check(len(begun), MOST_IN_ONE)
                    yield self._mend(bytes(begun)) + b"\n"
                    begun.clear()
                begun += rest
                _check(len(begun), MOST_IN_ONE)
        except ModelServerError, ollama.ResponseError:
            await _leave(chunks)
            raise
        if begun:
            yield self._mend(bytes(begun))


async def _leave(chunks: AsyncIterator[bytes]) -> None:
    """Give up a stream in the middle, so that its readers end here and in order.

    The garbage collector would end them in a task that nobody waits for.
    """
    with suppress(TimeoutError, httpx.HTTPError):
        async with asyncio.timeout(0):
            async for _ in chunks:
                pass


def _check(size: int, most: int) -> None:
    if size > most:
        raise ModelServerError(f"the server sends more than {most} bytes at once")


def _mended(line: bytes) -> bytes:
    """Return a line whose calls of tools have the form that the client reads.

    What is no JSON, and what the server says has failed, is told from here: raised
    from outside, an error would leave the readers below open.
    """
    try:
        event = json.loads(line)
    except (ValueError, RecursionError) as err:
        raise ModelServerError(f"no JSON: {err}") from err
    if isinstance(event, Mapping) and (failed := event.get("error")):
        raise ollama.ResponseError(str(failed))
    if _ESCAPED_HALF.search(line):
        event = whole_text(event)
        line = json.dumps(event).encode()
    if b'"tool_calls"' not in line:
        return line
    with suppress(TypeError, KeyError):
        calls = event["message"]["tool_calls"]
        event["message"]["tool_calls"] = [
            read for call in calls or () if (read := _call(call)) is not None
        ]
        return json.dumps(event).encode()
    return line


def _without_end(line: bytes) -> bytes:
    """Leave out the mark at which the client stops to read, and what is no character.

    What it has not read to the end it leaves to the garbage collector, and the
    connection with it.
    """
    if line.strip() == b"data: [DONE]":
        return b""
    if _ESCAPED_HALF.search(line):
        with suppress(ValueError, RecursionError):
            event = whole_text(json.loads(line.removeprefix(b"data:")))
            return b"data: " + json.dumps(event).encode()
    return line


def _call(call: Any) -> dict[str, Any] | None:
    if not isinstance(call, Mapping):
        return None
    function = call.get("function")
    about = function if isinstance(function, Mapping) else call
    name = about.get("name") or (function if isinstance(function, str) else None)
    if not isinstance(name, str):
        return None
    given = about.get("arguments", about.get("parameters"))
    return {"function": {"name": name, "arguments": read_arguments(given)}}


def read_arguments(given: Any) -> dict[str, Any]:
    """Return the arguments of a call, which models also write as text, even twice.

    What cannot be read is kept under a key of its own, which every tool refuses: a call
    without arguments may well mean more than was meant.
    """
    for _ in range(3):
        if not isinstance(given, str) or not given.strip():
            break
        with suppress(ValueError, RecursionError):
            given = json.loads(given)
            continue
        break
    if isinstance(given, list) and len(given) == 1:
        given = given[0]
    if isinstance(given, Mapping):
        whole: dict[str, Any] = whole_text(given)
        return whole
    return {} if given in (None, "", []) else {"unreadable": str(given)[:200]}
