"""Requests and errors in the shape of OpenAI's embeddings API."""

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web

MAX_TEXTS = 2048
MAX_CHARS = 32_768
"""Characters of one text; a model reads far less of it anyway."""


class ApiError(Exception):
    """An answer with an `error` object instead of data."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        kind: str = "invalid_request_error",
        param: str | None = None,
        code: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self._error = {"message": message, "type": kind, "param": param, "code": code}

    def response(self) -> web.Response:
        """Return the HTTP answer."""
        return web.json_response({"error": self._error}, status=self.status)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One request as it was meant."""

    model: str
    texts: tuple[str, ...]
    as_base64: bool
    """Vectors as base64 of little-endian float32, which OpenAI's own client asks for."""


async def read_ask(request: web.Request) -> Ask:
    """Read a request; raise ApiError with the parameter that is wrong."""
    try:
        body: Any = json.loads(await request.read())
    except web.HTTPRequestEntityTooLarge as err:
        raise ApiError(413, "The request is too large; send fewer texts.") from err
    except ValueError as err:
        raise ApiError(400, f"The body is not JSON: {err}") from err
    if not isinstance(body, dict):
        raise ApiError(400, "The body is not a JSON object.")
    model = body.get("model")
    if not isinstance(model, str) or not model:
        raise ApiError(400, "You must give a model.", param="model")
    shape = body.get("encoding_format", "float")
    if shape not in {"float", "base64"}:
        raise ApiError(
            400, "encoding_format is float or base64.", param="encoding_format"
        )
    if body.get("dimensions") is not None:
        raise ApiError(
            400, "The model's dimensions cannot be changed.", param="dimensions"
        )
    return Ask(model=model, texts=_texts(body), as_base64=shape == "base64")


def _texts(body: dict[str, Any]) -> tuple[str, ...]:
    given = body.get("input")
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not texts:
        raise ApiError(400, "input is a string or a list of strings.", param="input")
    if len(texts) > MAX_TEXTS:
        raise ApiError(400, f"input has more than {MAX_TEXTS} texts.", param="input")
    for text in texts:
        if not isinstance(text, str):
            raise ApiError(
                400, "input holds something else than strings.", param="input"
            )
        if not text:
            raise ApiError(400, "input cannot be an empty string.", param="input")
        if len(text) > MAX_CHARS:
            raise ApiError(
                400,
                f"A text of input is longer than {MAX_CHARS} characters.",
                param="input",
                code="context_length_exceeded",
            )
    return tuple(texts)
