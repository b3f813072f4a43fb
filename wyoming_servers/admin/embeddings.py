"""POST /v1/embeddings in OpenAI's shape, answered by the embedding worker."""

import base64
import itertools
import logging
import struct
from collections.abc import Sequence

from aiohttp import web

from ..errors import (
    BusyError,
    DeadlineError,
    ModelMissingError,
    VoiceError,
    WorkerFailedError,
)
from ..gateway import Embedding, Gateway, Station
from ..protocol import Embeddings
from ..workers.embed.names import model_name
from .openai import ApiError, Ask, read_ask

_LOGGER = logging.getLogger(__name__)
_numbers = itertools.count(1)


class EmbeddingsPage:
    """The page; it splits long lists and sends what a lost worker had again."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def routes(self) -> list[web.RouteDef]:
        """Return what the admin server shall offer."""
        return [
            web.post("/v1/embeddings", self._create),
            web.get("/v1/models", self._models),
        ]

    async def _create(self, request: web.Request) -> web.Response:
        try:
            ask = await read_ask(request)
            station = self._station(ask.model)
            answer = await self._embed(station, ask.texts)
            data = [
                {"object": "embedding", "index": index, "embedding": _show(ask, vector)}
                for index, vector in enumerate(answer.vectors)
            ]
        except ApiError as err:
            return err.response()
        except VoiceError as err:
            self._gateway.meters.errors.labels(err.code).inc()
            return _as_api_error(err).response()
        return web.json_response(
            {
                "object": "list",
                "model": model_name(station.worker.program.model),
                "data": data,
                "usage": {
                    "prompt_tokens": answer.tokens,
                    "total_tokens": answer.tokens,
                },
            }
        )

    async def _models(self, _: web.Request) -> web.Response:
        station = self._gateway.stations.embedding()
        names = [] if station is None else [model_name(station.worker.program.model)]
        data = [{"id": name, "object": "model", "owned_by": "jarvis"} for name in names]
        return web.json_response({"object": "list", "data": data})

    def _station(self, model: str) -> Station:
        station = self._gateway.stations.embedding()
        if station is None:
            raise ApiError(
                404,
                "This server does not embed; switch it on with `embed.enabled`.",
                code="model_not_found",
            )
        own = station.worker.program.model
        if model not in {own, model_name(own)}:
            raise ApiError(
                404,
                f"There is no model {model!r}; use {model_name(own)!r}.",
                param="model",
                code="model_not_found",
            )
        return station

    async def _embed(self, station: Station, texts: Sequence[str]) -> Embeddings:
        request = f"http-{next(_numbers)}"
        relay = Embedding(station, self._gateway.meters, request, texts)
        await relay.run()
        return relay.result


def _show(ask: Ask, vector: bytes) -> str | list[float]:
    if ask.as_base64:
        return base64.b64encode(vector).decode()
    return list(struct.unpack(f"<{len(vector) // 4}f", vector))


def _as_api_error(err: VoiceError) -> ApiError:
    match err:
        case BusyError():
            return ApiError(429, err.text, kind="rate_limit_error", code=err.code)
        case DeadlineError() | ModelMissingError() | WorkerFailedError():
            return ApiError(503, err.text, kind="server_error", code=err.code)
        case _:
            return ApiError(500, err.text, kind="server_error", code=err.code)
