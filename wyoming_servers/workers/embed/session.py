"""One client of the embedding worker: texts in, vectors out."""

import asyncio
import logging
from typing import override

from wyoming.event import Event

from ...logs import request_id
from ...protocol import EMBED, Embeddings, EmbedOrder, OrderContext
from ..base import WorkerSession
from .worker import EmbedWorker

_LOGGER = logging.getLogger(__name__)


class EmbedSession(WorkerSession):
    """Reads `embed`; answers with the vectors."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        worker: EmbedWorker,
    ) -> None:
        super().__init__(reader, writer, worker)
        self._worker = worker

    @override
    async def on_event(self, event: Event) -> None:
        if event.type != EMBED:
            await super().on_event(event)
            return
        await self.request_done()
        order = EmbedOrder.from_event(event)
        self.begin(self._embed(order.texts, OrderContext.read(event)))

    async def _embed(self, texts: list[str], context: OrderContext) -> None:
        request_id.set(context.request_id or self.new_request_id())
        await self._worker.ready()
        done = await asyncio.get_running_loop().run_in_executor(
            self._worker.pool, self._worker.engine.embed, texts
        )
        vectors = [vector.tobytes() for vector in done.vectors.astype("<f4")]
        await self.send(Embeddings(vectors=vectors, tokens=done.tokens).event())
        _LOGGER.debug("Embedded %d texts of %d tokens", len(vectors), done.tokens)
