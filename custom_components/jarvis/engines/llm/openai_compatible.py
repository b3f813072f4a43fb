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
from openai.types import Model

from ...core.errors import (
    ModelNotServedError,
    ModelServerError,
    ModelServerSilentError,
    ModelServerUnreachableError,
)
from ...core.scrubbing import secrets_of
from .base import (
    ChatDelta,
    ChatDone,
    ChatEvent,
    ChatLimits,
    ChatModel,
    ChatRequest,
    Message,
    Role,
)
from .catalogue import authorization, is_chat_name
from .fitting import fit, token_budget_in
from .openai_errors import knows_no_tools, translate
from .openai_messages import format_of, messages_of, tools_of
from .openai_stream import StreamedAnswer
from .tokens import TokenMeter
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
LEARN_TIMEOUT: Final = 1.0
"""What a turn waits for what the server tells of itself, where no check has asked."""
FAR_CHECK: Final = 600.0
"""Seconds between checks of a server that is not in the house, while it answers."""
_THINKING: Final = frozenset({"llamacpp", "vllm", "sglang"})
"""Servers, by the owner that they name for their models, whose chat template is told
whether to think; others refuse what they do not know."""


def prepare() -> None:
    """Import what the client imports at its first use, and what it tells of itself."""
    client = openai.AsyncOpenAI(api_key=NO_KEY)
    client.platform_headers()
    for _ in (client.models, client.chat.completions):
        pass


class OpenAICompatibleModel(ChatModel):
    """One model of one server.

    `url` is where its interface begins; without a path that is `/v1`. `verify` is an SSL context made outside
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
        self._login = authorization(address, api_key)
        self._model = model
        self._context_length = context_length or DEFAULT_CONTEXT_LENGTH
        self._context_wanted = context_length
        self._think = think
        self._local = local
        self._meter = TokenMeter()
        self._owner = ""
        self._sees: bool | None = None
        self._told = False
        """Whether the server has told what it is."""
        self._checked: float | None = None
        """When the last check succeeded; None after one that did not."""
        self._without: set[str] = set()
        """Fields of a request that the server has refused."""
        self._http = httpx.AsyncClient(
            transport=BoundedTransport(
                transport or httpx.AsyncHTTPTransport(verify=verify),
                streamed="text/event-stream",
            ),
            timeout=httpx.Timeout(None, connect=CONNECT_TIMEOUT, pool=CONNECT_TIMEOUT),
        )
        path = address.path.rstrip("/") or "/v1"
        base = f"{address.scheme or 'http'}://{self._server}{path}"
        self._root = base.removesuffix("/v1")
        self._client = openai.AsyncOpenAI(
            base_url=base,
            api_key=api_key or NO_KEY,
            default_headers=self._login,
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
        if not self._told:
            with suppress(ModelServerError):
                await self._learn(min(LEARN_TIMEOUT, limits.first_token))
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
            "tools": bool(request.tools) and knows_no_tools(said),
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
        timeout = limits.first_token
        body = self._body(request, stream=True, stream_options={"include_usage": True})
        chunks = await self._within(
            min(timeout, end - loop.time()),
            self._client.chat.completions.create(**body),
        )
        answer = StreamedAnswer()
        async with chunks:
            while True:
                within = min(timeout, end - loop.time())
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
                    timeout = limits.between_tokens
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
        return await self._learn(LIST_TIMEOUT)

    @override
    async def list_chat_models(self) -> list[str]:
        """Return the names of the models that seem to chat, by their names alone."""
        return [name for name in await self.list_models() if is_chat_name(name)]

    @override
    async def check(self) -> None:
        """Raise unless the server answers and has the model.

        One that is not in the house is asked every ten minutes while it answers.
        """
        now = asyncio.get_running_loop().time()
        if not self._local and self._checked and now < self._checked + FAR_CHECK:
            return
        if self._checked is None:
            # It may have been started anew, and as something else.
            self._told = False
            self._without.clear()
        self._checked = None
        names = await self.list_models()
        # llama.cpp serves one model, whatever it is called.
        alone = len(names) == 1 and self._owner == "llamacpp"
        if self._model and self._model not in names and not alone:
            raise ModelNotServedError(server=self._server, model=self._model)
        self._checked = now

    @override
    async def try_key(self) -> None:
        """Raise unless the server takes the key.

        Some far away list their models to everybody: those are asked for one token.
        """
        await self.list_models()
        if self._local or not self._model:
            return
        hello = Message(role=Role.USER, content="Hi")
        body = self._body(ChatRequest(messages=[hello]), max_tokens=1)
        try:
            async with asyncio.timeout(LIST_TIMEOUT):
                await self._client.chat.completions.create(**body)
        except Exception as err:
            error = self._translate(err)
            # Who says what is wrong with the request has taken the key.
            if type(error) is not ModelServerError:
                raise error from err

    @override
    async def warm(self, beginning: ChatRequest | None = None) -> None:
        """Have a server in the house read the beginning of the next request."""
        await self._learn(LIST_TIMEOUT)
        if beginning is None or not beginning.messages or not self._local:
            return
        await self._within(
            WARM_TIMEOUT,
            self._client.chat.completions.create(**self._body(beginning, max_tokens=1)),
        )

    @override
    async def sees(self) -> bool:
        """Return whether the model takes pictures; most servers do not say."""
        if not self._told:
            with suppress(ModelServerError):
                await self._learn(LIST_TIMEOUT)
        return self._sees is not False

    async def _learn(self, seconds: float) -> list[str]:
        """Return the names of the server's models; note what it tells of itself."""
        try:
            async with asyncio.timeout(seconds):
                page = await self._client.models.list()
                models = _listed(page)
                for model in models:
                    if model.id == self._model or not self._owner:
                        self._owner = model.owned_by or ""
                        self._take_context(model.model_extra or {}, "max_model_len")
                if self._owner == "llamacpp" and not self._told:
                    await self._ask_llama_cpp()
                self._told = True
        except Exception as err:
            raise self._translate(err) from err
        return [model.id for model in models]

    async def _ask_llama_cpp(self) -> None:
        answer = await self._http.get(f"{self._root}/props", headers=self._login)
        told = answer.json() if answer.is_success else {}
        self._take_context(told.get("default_generation_settings"), "n_ctx")
        modalities = told.get("modalities")
        if isinstance(modalities, Mapping):
            self._sees = bool(modalities.get("vision"))

    def _take_context(self, told: object, key: str) -> None:
        longest = told.get(key) if isinstance(told, Mapping) else None
        if isinstance(longest, int) and longest > 0:
            self._context_length = min(self._context_wanted or longest, longest)

    @override
    async def close(self) -> None:
        """Close all connections."""
        await self._client.close()

    def _translate(self, err: Exception) -> ModelServerError:
        """Find the error of our tree for whatever the client raised."""
        return translate(
            err,
            self._secrets,
            server=self._server,
            model=self._model,
            limit=str(self._context_length),
        )


def _listed(page: object) -> list[Model]:
    """Return the models of an answer; what is no list of them is not an empty one."""
    models = getattr(page, "data", None)
    if not isinstance(models, list):
        raise ModelServerError("no list of models")
    return [model for model in models if isinstance(model, Model)]
