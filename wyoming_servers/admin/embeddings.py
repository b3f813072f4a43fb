"""POST /v1/embeddings in OpenAI's shape, answered by the embedding worker."""

import asyncio
import base64
import logging
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from aiohttp import web
from wyoming.event import Event

from ..errors import (
    BusyError,
    DeadlineError,
    ModelMissingError,
    VoiceError,
    WorkerFailedError,
    WorkerLostError,
)
from ..gateway import Gateway, Station
from ..supervisor.link import Link
from ..workers.embed.names import model_name
from .openai import ApiError, Ask, read_ask

_LOGGER = logging.getLogger(__name__)
_BATCH_TEXTS = 32
_BATCH_CHARS = 32_768
"""Together at most: JSON takes up to four bytes a character, an event 256 KiB."""


@dataclass(kw_only=True)
class _Answer:
    vectors: list[bytes] = field(default_factory=list)
    """Little-endian float32."""
    tokens: int = 0


class Embeddings:
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
        station = self._gateway.embedding_station()
        names = [] if station is None else [model_name(station.worker.program.model)]
        data = [{"id": name, "object": "model", "owned_by": "jarvis"} for name in names]
        return web.json_response({"object": "list", "data": data})

    def _station(self, model: str) -> Station:
        station = self._gateway.embedding_station()
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

    async def _embed(self, station: Station, texts: Sequence[str]) -> _Answer:
        answer = _Answer()
        async with station.queue.place() as waited:
            self._gateway.meters.wait.labels(station.worker.name).observe(waited)
            for batch in _batches(texts):
                await self._batch(station, batch, answer)
        station.worker.did_work()
        self._gateway.meters.requests.labels("embed", station.worker.name, "ok").inc()
        return answer

    async def _batch(
        self, station: Station, texts: Sequence[str], answer: _Answer
    ) -> None:
        worker = station.worker
        lost: WorkerLostError | None = None
        for _ in range(station.attempts):
            try:
                async with worker.link() as link, asyncio.timeout(station.deadline):
                    event = await _ask(link, texts)
            except WorkerLostError as err:
                lost = err
                self._gateway.meters.replays.labels(worker.name).inc()
                _LOGGER.warning("Worker %s was lost in a batch: %s", worker.name, err)
                continue
            except TimeoutError:
                worker.kill("an inference passed its deadline")
                raise DeadlineError(
                    f"The texts were not embedded within {station.deadline:g} seconds."
                ) from None
            size = 4 * int(event.data["dimensions"])
            payload = event.payload or b""
            answer.vectors += [
                payload[at : at + size] for at in range(0, len(payload), size)
            ]
            answer.tokens += int(event.data["tokens"])
            return
        raise WorkerFailedError(
            f"The embed worker failed {station.attempts} times on these texts; "
            "its log says why.",
            worker=worker.name,
        ) from lost


async def _ask(link: Link, texts: Sequence[str]) -> Event:
    await link.send(Event("embed", {"texts": list(texts)}))
    while True:
        event = await link.receive()
        if event is not None and event.type == "error":
            raise VoiceError.from_event(event)
        if event is not None and event.type == "embeddings":
            return event


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    chars = 0
    for text in texts:
        if batch and (len(batch) == _BATCH_TEXTS or chars + len(text) > _BATCH_CHARS):
            yield batch
            batch, chars = [], 0
        batch.append(text)
        chars += len(text)
    if batch:
        yield batch


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
