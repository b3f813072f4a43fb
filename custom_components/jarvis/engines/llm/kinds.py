"""The kinds of model servers, and a client for each."""

import ssl
from enum import StrEnum

from .base import ChatModel
from .ollama import DEFAULT_CONTEXT_LENGTH, DEFAULT_KEEP_ALIVE, OllamaModel


class ServerKind(StrEnum):
    """The protocol that a server speaks."""

    OLLAMA = "ollama"
    OPENAI = "openai"
    """OpenAI's chat completions: llama.cpp, vLLM, LM Studio, LocalAI, LiteLLM…"""


def load_client(kind: ServerKind) -> None:
    """Import what a kind of server needs.

    That of OpenAI takes a second and 30 MB: it is done outside the event loop, and only
    where there is such a server.
    """
    if kind is ServerKind.OPENAI:
        from .openai_compatible import prepare  # noqa: PLC0415 - see above

        prepare()


def open_model(
    kind: ServerKind,
    *,
    url: str,
    model: str = "",
    api_key: str | None = None,
    verify: ssl.SSLContext | bool = True,
    context_length: int | None = None,
    keep_alive: int = DEFAULT_KEEP_ALIVE,
    think: bool = False,
    local: bool = True,
) -> ChatModel:
    """Return a client of one model; `load_client` was called before.

    Without a `context_length` it is what the server tells, or what suits most homes.
    `keep_alive`, in seconds, is Ollama's alone; `local` is whether the server stands in
    the house.
    """
    if kind is ServerKind.OLLAMA:
        return OllamaModel(
            url=url,
            model=model,
            api_key=api_key,
            verify=verify,
            context_length=context_length or DEFAULT_CONTEXT_LENGTH,
            keep_alive=keep_alive,
            think=think,
        )
    from .openai_compatible import OpenAICompatibleModel  # noqa: PLC0415 - is loaded

    return OpenAICompatibleModel(
        url=url,
        model=model,
        api_key=api_key,
        verify=verify,
        context_length=context_length,
        think=think,
        local=local,
    )
