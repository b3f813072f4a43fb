"""One client of the embedding worker.

`embed` {"texts": [string], "request_id"} is answered by `embeddings` {"count",
"dimensions", "tokens"} with count x dimensions little-endian float32 as payload.
"""

import asyncio
import logging
from typing import TYPE_CHECKING, override

from wyoming.event import Event

from ...errors import ProtocolError
from ...logs import request_id
from ...wire import fields
from ..base import WorkerSession

if TYPE_CHECKING:
    from .worker import EmbedWorker

_LOGGER = logging.getLogger(__name__)


class EmbedSession(WorkerSession):
    """Reads `embed`; answers with the vectors."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        worker: "EmbedWorker",
    ) -> None:
        super().__init__(reader, writer, worker)
        self._worker = worker

    @override
    async def on_event(self, event: Event) -> None:
        if event.type != "embed":
            await super().on_event(event)
            return
        await self.request_done()
        texts = fields.texts(event, "texts")
        if not texts:
            raise ProtocolError('The embed event needs "texts".')
        self.begin(self._embed(texts, fields.optional_text(event, "request_id")))

    async def _embed(self, texts: list[str], request: str | None) -> None:
        request_id.set(request or self.new_request_id())
        await self._worker.ready()
        done = await asyncio.get_running_loop().run_in_executor(
            self._worker.pool, self._worker.engine.embed, texts
        )
        count, dimensions = done.vectors.shape
        shape = {"count": count, "dimensions": dimensions, "tokens": done.tokens}
        await self.send(
            Event("embeddings", shape, done.vectors.astype("<f4").tobytes())
        )
        _LOGGER.debug("Embedded %d texts of %d tokens", count, done.tokens)
