"""What the client of OpenAI-compatible servers raises, in the words of our own tree."""

import re
from collections.abc import Collection, Mapping
from typing import Final

import openai

from ...core.errors import (
    ModelNotServedError,
    ModelServerAuthError,
    ModelServerBusyError,
    ModelServerError,
    ModelServerSilentError,
    ModelServerUnreachableError,
    PromptTooLongError,
)
from ...core.scrubbing import scrub
from .transport_errors import of_transport

_TOO_LONG: Final = ("context_length_exceeded", "exceed_context_size_error")
_NO_TOOLS: Final = re.compile(
    r"--jinja|enable-auto-tool-choice"
    r"|(?:tool|function).*(?:support|recogni[sz]ed|permitted|allowed|unknown)"
    r"|(?:support|recogni[sz]ed|permitted|allowed|unknown).*(?:tool|function)",
    re.DOTALL,
)
"""How a server says that it, or the model, knows no tools at all."""


def knows_no_tools(said: str) -> bool:
    """Return whether a server says that it, or its model, knows no tools at all."""
    return bool(_NO_TOOLS.search(said.lower()))


def translate(
    err: Exception, secrets: Collection[str], *, server: str, model: str, limit: str
) -> ModelServerError:
    """Find our error for whatever the client raised, without secrets in either."""
    cause = err.__cause__ if isinstance(err, openai.APIConnectionError) else None
    said = scrub(_said(err, cause), secrets)
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
            return ModelNotServedError(said, server=server, model=model)
        case openai.APIStatusError(status_code=429 | 503):
            return ModelServerBusyError(said, server=server)
        case openai.APIError() if _is_too_long(err):
            return PromptTooLongError(said, server=server, limit=limit)
        case openai.APIError():
            return ModelServerError(said, server=server)
        case _:
            # Another protocol: no JSON, half a line, fields of another kind.
            return ModelServerError(f"{type(err).__name__}: {said}", server=server)


def _said(err: Exception, cause: BaseException | None) -> str:
    if isinstance(err, openai.APIStatusError) and isinstance(err.body, Mapping):
        return str(err.body.get("message") or err.message)
    if isinstance(err, openai.APIError):
        return str(cause or err.message)
    return str(err)


def _is_too_long(err: openai.APIError) -> bool:
    return any(word in {err.code, err.type} for word in _TOO_LONG)
