"""A real HTTP server that speaks Ollama's wire protocol and says what a test tells it.

    async with FakeOllama() as server:
        server.queue(Say("Il est midi."))            # one answer per call of /api/chat
        server.queue(Call("HassTurnOn", name="Lampe"))
        server.queue(Say("Il é"), Cut())             # breaks off after the first token
        server.handler = lambda body: [Say(...)]     # or a function of the request

Requests are kept byte for byte in `requests`, with whether the client gave up on them.
"""

import asyncio
import hashlib
import json
import ssl
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

from aiohttp import encode_basic_auth, web
from aiohttp.typedefs import Handler

CREATED = "2026-10-01T12:00:00.000000000Z"
EMBEDDING_SIZE = 16


@dataclass(frozen=True)
class Say:
    """Answer with a text, streamed in pieces like a tokenizer's."""

    text: str


@dataclass(frozen=True)
class Think:
    """Stream a text into the `thinking` field."""

    text: str


@dataclass(frozen=True, init=False)
class Call:
    """Ask for a tool."""

    name: str
    arguments: dict[str, Any]

    def __init__(self, name: str, /, **arguments: Any) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "arguments", arguments)


@dataclass(frozen=True)
class Wait:
    """Say nothing for some seconds."""

    seconds: float


@dataclass(frozen=True)
class Hold:
    """Say nothing until the test lets it go on."""

    until: asyncio.Event


@dataclass(frozen=True)
class Stall:
    """Say nothing until the client gives up."""


@dataclass(frozen=True)
class Cut:
    """Break the connection."""


@dataclass(frozen=True)
class Refuse:
    """Answer with an HTTP status and an error instead of a stream."""

    status: int
    error: str = "the server said no"


@dataclass(frozen=True)
class Break:
    """Send an error inside the stream, as Ollama does when a model dies."""

    error: str


@dataclass(frozen=True)
class Raw:
    """Send bytes as they are."""

    data: bytes


type Step = Say | Think | Call | Wait | Hold | Stall | Cut | Refuse | Break | Raw


@dataclass
class Request:
    """One request as it came in."""

    path: str
    body: bytes
    cancelled: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the server has nothing more to do with the request."""

    @cached_property
    def json(self) -> Any:
        return json.loads(self.body)


def pieces(text: str) -> list[str]:
    """Cut a text as a tokenizer would: a word and the space before it."""
    words = text.split(" ")
    return [word if i == 0 else f" {word}" for i, word in enumerate(words)]


class FakeOllama:
    """The server; use it as an async context manager."""

    content_type = "application/x-ndjson"
    kind = "ollama"
    """What Jarvis keeps for such a server."""

    def __init__(self, models: Sequence[str] = ("qwen3:4b",)) -> None:
        self.models = list(models)
        self.requests: list[Request] = []
        self.handler: Callable[[Any], Sequence[Step]] | None = None
        self.loaded: list[str] = []
        self.abilities = ["completion", "tools", "thinking"]
        self.abilities_of: dict[str, list[str]] = {}  # of single models
        self.login: tuple[str, str] | None = None  # a proxy's, HTTP Basic
        self.api_key: str | None = None  # as a proxy in front of it may ask for
        self.public: set[str] = set()  # paths that are answered without a key
        self.broken: bool | int = False  # answers all with status 500, or with this
        self.mute = False  # never answers what it is asked about a model
        self.context_length = 40960  # what the models were made for
        self.tokens_per_byte = 0.0  # counts prompts; 0 counts each as 42 tokens
        self.tls: ssl.SSLContext | None = None
        self._queue: deque[Sequence[Step]] = deque()
        self._runner: web.AppRunner | None = None
        self._port = 0

    @property
    def url(self) -> str:
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self._port}"

    @property
    def server(self) -> str:
        """The address as Jarvis names it."""
        return f"127.0.0.1:{self._port}"

    @property
    def chats(self) -> list[Request]:
        """Requests for an answer, without those that only load the model."""
        return [
            r for r in self.requests if r.path == "/api/chat" and r.json["messages"]
        ]

    def queue(self, *steps: Step) -> None:
        """Set what the next unanswered call of /api/chat is answered with."""
        self._queue.append(steps)

    def forget(self) -> None:
        """Drop what is queued and was not asked for."""
        self._queue.clear()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen, on the same port as before when there was one."""
        app = web.Application(middlewares=[self._guard])
        app.add_routes(self._routes())
        # Without it aiohttp would not tell a handler that the client has gone.
        self._runner = web.AppRunner(
            app, handler_cancellation=True, shutdown_timeout=0.1
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, ssl_context=self.tls)
        await site.start()
        self._port = self._runner.addresses[0][1]

    def _routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/chat", self._chat),
            web.get("/api/tags", self._tags),
            web.post("/api/show", self._show),
            web.post("/api/embed", self._embed),
            web.get("/api/ps", self._ps),
            web.get("/api/version", self._version),
        ]

    async def stop(self) -> None:
        """Refuse connections from now on."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        if (
            self.api_key
            and request.path not in self.public
            and (request.headers.get("Authorization") != f"Bearer {self.api_key}")
        ):
            return web.json_response({"error": "unauthorized"}, status=401)
        if self.login:
            expected = encode_basic_auth(*self.login)
            if request.headers.get("Authorization") != expected:
                return web.json_response({"error": "unauthorized"}, status=401)
        if self.broken:
            status = 500 if self.broken is True else self.broken
            return web.json_response({"error": "out of order"}, status=status)
        return await handler(request)

    async def _note(self, request: web.Request) -> Request:
        noted = Request(request.path, await request.read())
        self.requests.append(noted)
        return noted

    def _missing(self, model: str) -> web.Response | None:
        if {model, f"{model}:latest"} & set(self.models):
            return None
        return web.json_response({"error": f"model '{model}' not found"}, status=404)

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        noted = await self._note(request)
        try:
            return await self._answer(request, noted.json)
        except asyncio.CancelledError, ConnectionResetError:
            noted.cancelled = True
            raise
        finally:
            noted.done.set()

    async def _answer(self, request: web.Request, body: Any) -> web.StreamResponse:
        if (refusal := self._missing(body["model"])) is not None:
            return refusal
        if not body["messages"]:
            self.loaded.append(body["model"])
            chunk = self._chunk(body["model"], {"content": ""}, done="load")
            return web.json_response(chunk)
        steps = self._steps(body)
        if steps and isinstance(steps[0], Refuse):
            refusal = steps[0]
            return web.json_response({"error": refusal.error}, status=refusal.status)
        if body.get("stream") is False:
            if Stall() in steps:
                await asyncio.Event().wait()
            text = "".join(step.text for step in steps if isinstance(step, Say))
            chunk = self._chunk(body["model"], {"content": text}, done="stop")
            return web.json_response(chunk)
        response = web.StreamResponse(headers={"Content-Type": self.content_type})
        await response.prepare(request)
        for step in steps:
            if isinstance(step, Stall):
                await asyncio.Event().wait()
            if isinstance(step, Cut):
                assert request.transport is not None
                request.transport.abort()
                return response
            await self._play(response, body["model"], step)
        await self._end(response, body)
        await response.write_eof()
        return response

    async def _end(self, response: web.StreamResponse, body: Any) -> None:
        last = self._chunk(body["model"], {}, done="stop")
        last["prompt_eval_count"] = self.tokens(body)
        await self._send(response, last)

    def tokens(self, body: Any) -> int:
        """Count the tokens of a prompt."""
        if not self.tokens_per_byte:
            return 42
        read = [body["messages"], body.get("tools") or []]
        written = sum(len(json.dumps(part, ensure_ascii=False)) for part in read)
        return round(written * self.tokens_per_byte)

    def _steps(self, body: Any) -> Sequence[Step]:
        if self._queue:
            return self._queue.popleft()
        if self.handler is not None:
            return self.handler(body)
        return [Refuse(500, "the test has not said what to answer")]

    async def _play(self, response: web.StreamResponse, model: str, step: Step) -> None:
        match step:
            case Say(text):
                for piece in pieces(text):
                    await self._send(response, self._chunk(model, {"content": piece}))
            case Think(text):
                for piece in pieces(text):
                    chunk = self._chunk(model, {"content": "", "thinking": piece})
                    await self._send(response, chunk)
            case Call(name, arguments):
                call = {"function": {"name": name, "arguments": arguments}}
                message = {"content": "", "tool_calls": [call]}
                await self._send(response, self._chunk(model, message))
            case Wait(seconds):
                await asyncio.sleep(seconds)
            case Hold(until):
                await until.wait()
            case Break(error):
                await self._send(response, {"error": error})
            case Raw(data):
                await response.write(data)
            case _:
                raise AssertionError(step)

    @staticmethod
    async def _send(response: web.StreamResponse, chunk: dict[str, Any]) -> None:
        await response.write(json.dumps(chunk, ensure_ascii=False).encode() + b"\n")

    @staticmethod
    def _chunk(
        model: str, message: dict[str, Any], *, done: str | None = None
    ) -> dict[str, Any]:
        chunk: dict[str, Any] = {
            "model": model,
            "created_at": CREATED,
            "message": {"role": "assistant", "content": "", **message},
            "done": done is not None,
        }
        if done is not None:
            chunk |= {
                "done_reason": done,
                "total_duration": 1_000_000,
                "load_duration": 10_000,
                "prompt_eval_count": 42,
                "prompt_eval_duration": 500_000,
                "eval_count": 7,
                "eval_duration": 400_000,
            }
        return chunk

    def _described(self, name: str) -> dict[str, Any]:
        return {
            "name": name,
            "model": name,
            "modified_at": CREATED,
            "size": 2_600_000_000,
            "digest": hashlib.sha256(name.encode()).hexdigest(),
            "details": {
                "format": "gguf",
                "family": "qwen3",
                "parameter_size": "4.0B",
                "quantization_level": "Q4_K_M",
            },
        }

    async def _tags(self, request: web.Request) -> web.Response:
        await self._note(request)
        return web.json_response({"models": [self._described(m) for m in self.models]})

    async def _ps(self, request: web.Request) -> web.Response:
        await self._note(request)
        loaded = [self._described(m) | {"expires_at": CREATED} for m in self.loaded]
        return web.json_response({"models": loaded})

    async def _show(self, request: web.Request) -> web.Response:
        noted = await self._note(request)
        if self.mute:
            await asyncio.Event().wait()
        model = noted.json.get("model") or noted.json.get("name")
        if (refusal := self._missing(model)) is not None:
            return refusal
        return web.json_response(
            {
                "details": self._described(model)["details"],
                "model_info": {"qwen3.context_length": self.context_length},
                "capabilities": self.abilities_of.get(model, list(self.abilities)),
            }
        )

    async def _embed(self, request: web.Request) -> web.Response:
        noted = await self._note(request)
        model = noted.json["model"]
        if (refusal := self._missing(model)) is not None:
            return refusal
        texts = noted.json["input"]
        texts = [texts] if isinstance(texts, str) else texts
        return web.json_response(
            {"model": model, "embeddings": [_embedding(text) for text in texts]}
        )

    async def _version(self, request: web.Request) -> web.Response:
        await self._note(request)
        return web.json_response({"version": "0.12.6"})


def _embedding(text: str) -> list[float]:
    """Return a unit vector that depends on the text and on nothing else."""
    digest = hashlib.sha256(text.encode()).digest()[:EMBEDDING_SIZE]
    vector = [byte / 255 - 0.5 for byte in digest]
    length = sum(x * x for x in vector) ** 0.5
    return [x / length for x in vector]
