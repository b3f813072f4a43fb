"""Servers that speak OpenAI's chat completions, behind the `ChatModel` contract.

llama.cpp, vLLM, LM Studio, LocalAI, LiteLLM and others, in the house or far away. The
client library takes a second and 50 MB: only who has such a server imports this module.
"""

import asyncio
import logging
import ssl
from collections.abc import AsyncGenerator, Awaitable, Mapping
from contextlib import aclosing, suppress
from typing import Any, Final, cast, override
from urllib.parse import urlsplit

import httpx
import openai
from openai.types.chat import ChatCompletionChunk

from ...core.errors import (
    ModelNotFoundError,
    ModelServerAuthError,
    ModelServerBusyError,
    ModelServerError,
    ModelServerSilentError,
    ModelServerUnreachableError,
    PromptTooLongError,
)
from ...core.scrubbing import scrub, secrets_of
from .base import ChatDelta, ChatDone, ChatEvent, ChatLimits, ChatModel, ChatRequest
from .catalogue import authorization, is_chat_name
from .fitting import fit, room_in
from .openai_messages import CallsInPieces, format_of, messages_of, tools_of
from .tokens import TokenMeter
from .transport_errors import of_transport
from .wire import BoundedTransport

_LOGGER = logging.getLogger(__name__)

CONNECT_TIMEOUT: Final = 3.0
LIST_TIMEOUT: Final = 5.0
DRAIN_TIMEOUT: Final = 0.5
WARM_TIMEOUT: Final = 300.0
"""A big model on a slow disk takes minutes."""
DEFAULT_CONTEXT_LENGTH: Final = 8192
"""Where the server does not tell how much its model is given."""
NO_KEY: Final = "none"
"""The client insists on a key; a server that wants none does not look at it."""
_THINKING: Final = frozenset({"llamacpp", "vllm", "sglang"})
"""Servers, by the owner that they name for their models, whose chat template is told
whether to think; others refuse what they do not know."""
_TOO_LONG: Final = ("context_length_exceeded", "exceed_context_size_error")


class OpenAICompatibleModel(ChatModel):
    """One model of one server.

    `url` is the address with or without `/v1`. `verify` is an SSL context made outside
    the event loop, or False for none; `transport` replaces the connection pool.
    `local` is whether it stands in the house: elsewhere nothing is asked for but what a
    user waits for, since each request is paid for.
    """

    def __init__(
        self,
        *,
        url: str,
        model: str = "",
        api_key: str | None = None,
        verify: ssl.SSLContext | bool = True,
        transport: httpx.AsyncBaseTransport | None = None,
        context_length: int | None = None,
        think: bool = False,
        local: bool = True,
    ) -> None:
        address = urlsplit(url if "://" in url else f"//{url}")
        self._server = address.netloc.rpartition("@")[2]
        self._secrets = secrets_of({"url": url, "key": api_key}, {"key"})
        self._model = model
        self._context_length = context_length or DEFAULT_CONTEXT_LENGTH
        self._context_given = context_length is not None
        self._think = think
        self._local = local
        self._meter = TokenMeter()
        self._owner = ""
        self._sees: bool | None = None
        self._asked = False
        self._without: set[str] = set()
        """Fields of a request that the server has refused."""
        self._http = httpx.AsyncClient(
            transport=BoundedTransport(
                transport or httpx.AsyncHTTPTransport(verify=verify),
                streamed="text/event-stream",
            ),
            timeout=httpx.Timeout(None, connect=CONNECT_TIMEOUT, pool=CONNECT_TIMEOUT),
        )
        base = f"{address.scheme or 'http'}://{self._server}{address.path.rstrip('/')}"
        self._root = base.removesuffix("/v1")
        self._client = openai.AsyncOpenAI(
            base_url=f"{self._root}/v1",
            api_key=api_key or NO_KEY,
            default_headers=authorization(address, api_key),
            max_retries=0,
            # A client of the older library, which the rest of Home Assistant shares.
            http_client=cast("Any", self._http),
        )

    @property
    @override
    def server(self) -> str:
        """Host and port of the server."""
        return self._server

    @property
    @override
    def model(self) -> str:
        """Name of the model."""
        return self._model

    @property
    @override
    def room(self) -> int:
        """Tokens that a prompt may take."""
        return room_in(self._context_length)

    @override
    def count(self, request: ChatRequest) -> int:
        """Return the tokens that a request is likely to be."""
        return self._meter.count(request)

    @override
    async def chat(
        self, request: ChatRequest, limits: ChatLimits
    ) -> AsyncGenerator[ChatEvent]:
        """Stream the answer; see `ChatModel.chat`."""
        if not self._asked:
            with suppress(TimeoutError, httpx.HTTPError, OSError, openai.OpenAIError):
                await self._learn()
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
        """Note what a server does not know; False when the error is about other things."""
        said = err.detail.lower()
        refusable = {
            "tools": bool(request.tools) and ("tool" in said or "jinja" in said),
            "chat_template_kwargs": "chat_template_kwargs" in said,
            "stream_options": "stream_options" in said,
            "response_format": request.schema is not None and "response_format" in said,
        }
        found = {name for name, refused in refusable.items() if refused}
        if type(err) is not ModelServerError or found <= self._without:
            return False
        self._without |= found
        return True

    def _body(self, request: ChatRequest, **more: Any) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self._model,
            "messages": messages_of(request),
            "tools": tools_of(request.tools),
            "response_format": format_of(request.schema),
            **more,
        }
        if self._owner in _THINKING:
            kwargs = {"enable_thinking": self._think}
            body["extra_body"] = {"chat_template_kwargs": kwargs}
        if "chat_template_kwargs" in self._without:
            body.pop("extra_body", None)
        return {k: v for k, v in body.items() if v and k not in self._without}

    async def _stream(
        self, request: ChatRequest, limits: ChatLimits
    ) -> AsyncGenerator[ChatEvent]:
        loop = asyncio.get_running_loop()
        end = loop.time() + limits.total
        patience = limits.first_token
        body = self._body(request, stream=True, stream_options={"include_usage": True})
        chunks = await self._within(
            min(patience, end - loop.time()),
            self._client.chat.completions.create(**body),
        )
        answer = _Answer()
        async with chunks:
            while True:
                within = min(patience, end - loop.time())
                try:
                    chunk = await self._within(within, anext(chunks, None))
                except ModelServerSilentError:
                    # Complete, but for what was counted: that is not waited for long.
                    if not answer.reason:
                        raise
                    break
                if chunk is None:
                    break
                if delta := answer.add(chunk):
                    patience = limits.between_tokens
                    yield delta
                if answer.reason:
                    end = min(end, loop.time() + DRAIN_TIMEOUT)
        if not answer.reason:
            raise ModelServerUnreachableError(
                "the answer ended before it was complete", server=self._server
            )
        if calls := answer.calls.take():
            yield ChatDelta(tool_calls=calls)
        self._meter.learn(request, answer.prompt_tokens)
        if answer.reason == "length":
            _LOGGER.warning(
                "%s cut its answer: prompt and answer took %s tokens of a context of %s",
                self,
                answer.prompt_tokens + answer.answer_tokens,
                self._context_length,
            )
        yield ChatDone(
            server=self._server,
            model=self._model,
            reason=answer.reason,
            prompt_tokens=answer.prompt_tokens,
            answer_tokens=answer.answer_tokens,
            cached_tokens=answer.cached_tokens,
        )

    async def _within[T](self, seconds: float, work: Awaitable[T]) -> T:
        """Wait so long for what the client does; raise its errors as ours."""
        try:
            async with asyncio.timeout(seconds):
                return await work
        except Exception as err:
            raise self._translate(err) from err

    @override
    async def list_models(self) -> list[str]:
        """Return the names of the models on the server."""
        try:
            async with asyncio.timeout(LIST_TIMEOUT):
                return [model.id async for model in self._client.models.list()]
        except Exception as err:
            raise self._translate(err) from err

    @override
    async def list_chat_models(self) -> list[str]:
        """Return the names of the models that seem to chat, by their names alone."""
        return [name for name in await self.list_models() if is_chat_name(name)]

    @override
    async def check(self) -> None:
        """Raise unless the server answers and has the model."""
        names = await self.list_models()
        # llama.cpp serves one model, whatever it is called.
        if self._model and self._model not in names and len(names) != 1:
            raise ModelNotFoundError(server=self._server, model=self._model)

    @override
    async def warm(self, beginning: ChatRequest | None = None) -> None:
        """Have a server in the house read the beginning of the next request."""
        try:
            async with asyncio.timeout(WARM_TIMEOUT):
                await self._learn()
                if beginning is not None and beginning.messages and self._local:
                    await self._client.chat.completions.create(
                        **self._body(beginning, max_tokens=1)
                    )
        except Exception as err:
            raise self._translate(err) from err

    @override
    async def sees(self) -> bool:
        """Return whether the model takes pictures; most servers do not say."""
        if not self._asked:
            with suppress(TimeoutError, httpx.HTTPError, OSError, openai.OpenAIError):
                await self._learn()
        return self._sees is not False

    async def _learn(self) -> None:
        """Ask once whose server it is and how much context its model has."""
        self._asked = True
        async with asyncio.timeout(LIST_TIMEOUT):
            async for model in self._client.models.list():
                if model.id == self._model or not self._owner:
                    self._owner = model.owned_by or ""
                    self._take_context(model.model_extra or {}, "max_model_len")
            if self._owner == "llamacpp":
                answer = await self._http.get(f"{self._root}/props")
                told = answer.json() if answer.is_success else {}
                settings = told.get("default_generation_settings")
                self._take_context(settings, "n_ctx")
                modalities = told.get("modalities")
                if isinstance(modalities, Mapping):
                    self._sees = bool(modalities.get("vision"))

    def _take_context(self, told: object, key: str) -> None:
        longest = told.get(key) if isinstance(told, Mapping) else None
        if not isinstance(longest, int) or longest <= 0:
            return
        if not self._context_given or longest < self._context_length:
            self._context_length = longest

    @override
    async def close(self) -> None:
        """Close all connections."""
        await self._client.close()

    def _translate(self, err: Exception) -> ModelServerError:
        """Find the error of our tree for whatever the client raised."""
        server = self._server
        cause = err.__cause__ if isinstance(err, openai.APIConnectionError) else None
        said = scrub(_said(err, cause), self._secrets)
        err.args = (said,)
        if found := of_transport(cause or err, said, server):
            return found
        match err:
            case openai.APITimeoutError():
                return ModelServerSilentError(said, server=server)
            case openai.APIConnectionError():
                return ModelServerUnreachableError(said, server=server)
            case openai.APIStatusError(status_code=401 | 403):
                return ModelServerAuthError(said, server=server)
            case openai.APIStatusError(status_code=404) if "model" in said.lower():
                return ModelNotFoundError(said, server=server, model=self._model)
            case openai.APIStatusError(status_code=429 | 503):
                return ModelServerBusyError(said, server=server)
            case openai.APIError() if _is_too_long(err):
                limit = str(self._context_length)
                return PromptTooLongError(said, server=server, limit=limit)
            case openai.APIError():
                return ModelServerError(said, server=server)
            case _:
                # Another protocol: no JSON, half a line, fields of another kind.
                return ModelServerError(f"{type(err).__name__}: {said}", server=server)


class _Answer:
    """What a stream has brought so far."""

    def __init__(self) -> None:
        self.reason = ""
        """Why it ended; empty while it goes on."""
        self.calls = CallsInPieces()
        self.prompt_tokens = self.answer_tokens = self.cached_tokens = 0

    def add(self, chunk: ChatCompletionChunk) -> ChatDelta | None:
        """Take a chunk; return what it adds to be heard, calls wait for their end."""
        if (usage := chunk.usage) is not None:
            self.prompt_tokens = usage.prompt_tokens or 0
            self.answer_tokens = usage.completion_tokens or 0
            details = usage.prompt_tokens_details
            self.cached_tokens = (details.cached_tokens or 0) if details else 0
        if not chunk.choices:
            return None
        choice = chunk.choices[0]
        self.reason = choice.finish_reason or self.reason
        delta = choice.delta
        for call in delta.tool_calls or ():
            if (function := call.function) is not None:
                self.calls.add(call.index or 0, function.name, function.arguments)
        more: Mapping[str, Any] = delta.model_extra or {}
        thinking = more.get("reasoning_content") or more.get("reasoning")
        thinking = thinking if isinstance(thinking, str) else ""
        text = delta.content or ""
        return ChatDelta(text=text, thinking=thinking) if text or thinking else None


def _said(err: Exception, cause: BaseException | None) -> str:
    if isinstance(err, openai.APIStatusError) and isinstance(err.body, Mapping):
        return str(err.body.get("message") or err.message)
    if isinstance(err, openai.APIError):
        return str(cause or err.message)
    return str(err)


def _is_too_long(err: openai.APIError) -> bool:
    return any(word in {err.code, err.type} for word in _TOO_LONG)
