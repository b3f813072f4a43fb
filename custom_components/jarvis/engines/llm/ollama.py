"""Ollama behind the `ChatModel` contract."""

import asyncio
import logging
import ssl
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing, suppress
from typing import Any, cast, override
from urllib.parse import urlsplit

import httpx
import ollama

from ...core.errors import (
    ModelNotFoundError,
    ModelServerAuthError,
    ModelServerBusyError,
    ModelServerError,
    ModelServerUnreachableError,
)
from ...core.scrubbing import scrub, secrets_of
from .base import (
    ChatDelta,
    ChatDone,
    ChatEvent,
    ChatLimits,
    ChatModel,
    ChatRequest,
    Message,
    ToolCall,
    ToolSpec,
)
from .catalogue import authorization, chat_models
from .fitting import fit, token_budget_in
from .tokens import TokenMeter
from .transport_errors import of_transport
from .wire import BoundedTransport

_LOGGER = logging.getLogger(__name__)

CONNECT_TIMEOUT = 3.0
LIST_TIMEOUT = 5.0
DRAIN_TIMEOUT = 0.5
WARM_TIMEOUT = 300.0
"""A big model on a slow disk takes minutes."""

DEFAULT_CONTEXT_LENGTH = 8192
DEFAULT_KEEP_ALIVE = 30 * 60
"""Seconds a model stays loaded after its last answer; -1 keeps it for ever."""


class OllamaModel(ChatModel):
    """One model of an Ollama server.

    `verify` is an SSL context made outside the event loop, or False for none;
    `transport` replaces the connection pool (Home Assistant's, or a test's).
    """

    def __init__(
        self,
        *,
        url: str,
        model: str = "",
        api_key: str | None = None,
        verify: ssl.SSLContext | bool = True,
        transport: httpx.AsyncBaseTransport | None = None,
        context_length: int = DEFAULT_CONTEXT_LENGTH,
        keep_alive: int = DEFAULT_KEEP_ALIVE,
        think: bool = False,
    ) -> None:
        address = urlsplit(url if "://" in url else f"//{url}")
        self._server = address.netloc.rpartition("@")[2]
        self._secrets = secrets_of({"url": url, "key": api_key}, {"key"})
        self._model = model
        self._options = {"num_ctx": context_length}
        self._context_length = context_length
        self._context_known = self._context_asked = False
        self._abilities: Sequence[str] = ()
        self._meter = TokenMeter()
        self._tools: tuple[Sequence[ToolSpec], list[ollama.Tool]] = ((), [])
        # The server reads -1 as "for ever" only when it is a number.
        self._keep_alive = keep_alive if keep_alive < 0 else f"{keep_alive}s"
        self._think = think
        self._tools_refused = False
        self._client = ollama.AsyncClient(
            host=url,
            headers=authorization(address, api_key),
            transport=BoundedTransport(
                transport or httpx.AsyncHTTPTransport(verify=verify)
            ),
            timeout=httpx.Timeout(None, connect=CONNECT_TIMEOUT, pool=CONNECT_TIMEOUT),
        )

    @property
    @override
    def server(self) -> str:
        """Host and port of the server."""
        return self._server

    @property
    @override
    def model(self) -> str:
        """Name and tag of the model."""
        return self._model

    @property
    @override
    def token_budget(self) -> int:
        """Tokens that a prompt may take."""
        return token_budget_in(self._context_length)

    @override
    def count(self, request: ChatRequest) -> int:
        """Return the tokens that a request is likely to be."""
        return self._meter.count(request)

    @override
    async def chat(
        self, request: ChatRequest, limits: ChatLimits
    ) -> AsyncGenerator[ChatEvent]:
        """Stream the answer; see `ChatModel.chat`."""
        request = fit(request, self._meter, self._context_length, self._server)
        while True:
            try:
                async with aclosing(self._stream(request, limits)) as events:
                    async for event in events:
                        yield event
            except ModelServerError as err:
                # Refused before the first token, so nothing was said yet.
                if not self._do_without(err, request):
                    raise
            else:
                return

    def _do_without(self, err: ModelServerError, request: ChatRequest) -> bool:
        """Note what the model cannot do; False when the error is about something else.

        A model without tools can still talk, and one that does not think can answer.
        """
        if "does not support tools" in err.detail and request.tools:
            refused, self._tools_refused = not self._tools_refused, True
            return refused
        if "does not support thinking" in err.detail:
            refused, self._think = self._think, False
            return refused
        return False

    async def _stream(
        self, request: ChatRequest, limits: ChatLimits
    ) -> AsyncGenerator[ChatEvent]:
        tools = [] if self._tools_refused else self._tools_of(request)
        loop = asyncio.get_running_loop()
        end = loop.time() + limits.total
        timeout = limits.first_token
        # With stream=True the client answers with an async generator, whatever it says.
        chunks = cast(
            "AsyncGenerator[ollama.ChatResponse]",
            await self._client.chat(
                model=self._model,
                messages=[_message(message) for message in request.messages],
                tools=tools or None,
                stream=True,
                think=self._think,
                format=cast("dict[str, Any] | None", request.schema),
                options=self._options,
                keep_alive=self._keep_alive,
            ),
        )
        async with aclosing(chunks):
            while True:
                try:
                    async with asyncio.timeout(min(timeout, end - loop.time())):
                        chunk = await anext(chunks)
                except StopAsyncIteration:
                    detail = "the answer ended before it was complete"
                    raise ModelServerUnreachableError(
                        detail, server=self._server
                    ) from None
                except Exception as err:
                    raise self._translate(err) from err
                if delta := _delta(chunk.message):
                    timeout = limits.between_tokens
                    try:
                        yield delta
                    except GeneratorExit:
                        # Nobody wants the rest.
                        await _drain(chunks, 0)
                        raise
                if chunk.done:
                    await _drain(chunks)
                    await self._learn(request, chunk)
                    yield ChatDone(
                        server=self._server,
                        model=self._model,
                        reason=chunk.done_reason or "",
                        prompt_tokens=chunk.prompt_eval_count or 0,
                        answer_tokens=chunk.eval_count or 0,
                    )
                    return

    def _tools_of(self, request: ChatRequest) -> list[ollama.Tool]:
        """Return the tools in the client's form; turns share one list of them."""
        if self._tools[0] is not request.tools:
            self._tools = request.tools, [_tool(tool) for tool in request.tools]
        return self._tools[1]

    async def _learn(self, request: ChatRequest, chunk: ollama.ChatResponse) -> None:
        """Take over how the server counts, and tell of an answer it had to cut."""
        # Once only: the answer does not end before, and warming up asks again.
        if not self._context_asked:
            with suppress(httpx.HTTPError, OSError, TimeoutError):
                async with asyncio.timeout(DRAIN_TIMEOUT):
                    await self._learn_context()
        prompt, answer = chunk.prompt_eval_count or 0, chunk.eval_count or 0
        self._meter.learn(request, prompt)
        if chunk.done_reason == "length":
            _LOGGER.warning(
                "%s cut its answer: prompt and answer took %s tokens of a context of %s",
                self,
                prompt + answer,
                self._context_length,
            )

    @override
    async def list_models(self) -> list[str]:
        """Return the names of the models on the server, as the server sorts them."""
        try:
            async with asyncio.timeout(LIST_TIMEOUT):
                answer = await self._client.list()
        except Exception as err:
            raise self._translate(err) from err
        return [model.model for model in answer.models if model.model]

    @override
    async def list_chat_models(self) -> list[str]:
        """Return the names of the models that can chat, those that call tools first."""
        return await chat_models(self._client, await self.list_models(), LIST_TIMEOUT)

    @override
    async def check(self) -> None:
        """Raise unless the server answers and has the model."""
        names = await self.list_models()
        if self._model and not {self._model, f"{self._model}:latest"} & set(names):
            raise ModelNotFoundError(server=self._server, model=self._model)

    @override
    async def try_key(self) -> None:
        """Raise unless the server takes the key: a proxy asks for it at any request."""
        await self.list_models()

    @override
    async def warm(self, beginning: ChatRequest | None = None) -> None:
        """Load the model: a chat without messages does that and nothing else."""
        messages = beginning.messages if beginning else ()
        tools = self._tools_of(beginning) if beginning else []
        try:
            async with asyncio.timeout(WARM_TIMEOUT):
                await self._client.chat(
                    model=self._model,
                    messages=[_message(message) for message in messages],
                    tools=(None if self._tools_refused else tools) or None,
                    think=self._think if messages else None,
                    # Another context length would make the server load it anew; one
                    # token is the least that a server can be asked for.
                    options={**self._options, "num_predict": 1}
                    if messages
                    else self._options,
                    keep_alive=self._keep_alive,
                )
            with suppress(TimeoutError):
                async with asyncio.timeout(LIST_TIMEOUT):
                    await self._learn_context()
        except Exception as err:
            raise self._translate(err) from err

    async def _learn_context(self) -> None:
        """Ask once how much the model was made for: the server gives no more."""
        self._context_asked = True
        if self._context_known:
            return
        with suppress(ollama.ResponseError, ValueError):
            shown = await self._client.show(self._model)
            longest = [
                value
                for name, value in (shown.modelinfo or {}).items()
                if name.endswith(".context_length") and isinstance(value, int)
            ]
            self._context_length = min([self._context_length, *longest])
            self._abilities = shown.capabilities or ()
            self._context_known = True

    @override
    async def sees(self) -> bool:
        """Return whether the model takes pictures; old servers do not say."""
        with suppress(httpx.HTTPError, OSError, TimeoutError):
            async with asyncio.timeout(LIST_TIMEOUT):
                await self._learn_context()
        return not self._abilities or "vision" in self._abilities

    @override
    async def close(self) -> None:
        """Close all connections."""
        await self._client.close()  # type: ignore[no-untyped-call]

    def _cleaned(self, err: Exception) -> str:
        """Take secrets out of an error, which a log may show too; return what it says.

        A proxy may repeat what it was sent, the key included.
        """
        text = err.error if isinstance(err, ollama.ResponseError) else err
        said = scrub(str(text), self._secrets)
        err.args = (said,)
        if isinstance(err, ollama.ResponseError):
            err.error = said
        return said

    def _translate(self, err: Exception) -> ModelServerError:
        """Find the error of our tree for whatever the client raised."""
        server = self._server
        said = self._cleaned(err)
        if found := of_transport(err, said, server):
            return found
        match err:
            case ollama.ResponseError(status_code=401 | 403):
                return ModelServerAuthError(said, server=server)
            case ollama.ResponseError(status_code=404) if "model" in err.error:
                return ModelNotFoundError(said, server=server, model=self._model)
            case ollama.ResponseError(status_code=429 | 503):
                return ModelServerBusyError(said, server=server)
            case ollama.ResponseError():
                return ModelServerError(said, server=server)
            case _:
                # Not Ollama's protocol: no JSON, half a line, fields of another kind.
                return ModelServerError(f"{type(err).__name__}: {said}", server=server)


def _message(message: Message) -> ollama.Message:
    return ollama.Message(
        role=message.role.value,
        content=message.content,
        tool_name=message.tool_name or None,
        images=[ollama.Image(value=image) for image in message.images] or None,
        tool_calls=[
            ollama.Message.ToolCall(
                function=ollama.Message.ToolCall.Function(
                    name=call.name, arguments=call.arguments
                )
            )
            for call in message.tool_calls
        ]
        or None,
    )


def _tool(tool: ToolSpec) -> ollama.Tool:
    function: Mapping[str, Any] = {
        "name": tool.name,
        "description": tool.description,
        "parameters": tool.parameters,
    }
    return ollama.Tool.model_validate({"type": "function", "function": function})


async def _drain(
    chunks: AsyncGenerator[ollama.ChatResponse], seconds: float = DRAIN_TIMEOUT
) -> None:
    """Read the end of the stream, or give it up, so that the HTTP client closes it in order.

    An iterator of its that is left in the middle is closed by the garbage collector,
    in a task that nobody waits for.
    """
    with suppress(
        TimeoutError,
        httpx.HTTPError,
        ollama.ResponseError,
        ValueError,
        ModelServerError,
    ):
        async with asyncio.timeout(seconds):
            async for _ in chunks:
                pass


def _delta(message: ollama.Message) -> ChatDelta | None:
    """Return what a chunk adds, or None for a chunk that adds nothing."""
    if not (message.content or message.thinking or message.tool_calls):
        return None
    return ChatDelta(
        text=message.content or "",
        thinking=message.thinking or "",
        tool_calls=tuple(
            ToolCall(name=call.function.name, arguments=call.function.arguments)
            for call in message.tool_calls or ()
        ),
    )
