"""Sentences to vectors through the gateway; a lost worker's batch is sent again."""

from collections.abc import Sequence
from typing import override

from wyoming.event import Event

from ..protocol import EMBEDDINGS, Embeddings, EmbedOrder, OrderContext
from ..supervisor.link import Link
from .meters import Meters
from .relay import Relay
from .station import Station

_BATCH_TEXTS = 32
_BATCH_CHARS = 32_768
"""Together at most: JSON takes up to four bytes a character, an event 256 KiB."""


class Embedding(Relay):
    """A list of texts on its way to their vectors."""

    kind = "embed"

    def __init__(
        self, station: Station, meters: Meters, request: str, texts: Sequence[str]
    ) -> None:
        super().__init__(station, _nobody_waits_for_events, meters, request)
        self._batches = _batches(texts)
        self._done: list[Embeddings] = []

    @property
    @override
    def complete(self) -> bool:
        return True

    @property
    def result(self) -> Embeddings:
        """The vectors in the order of the texts, once `run` has ended."""
        return Embeddings(
            vectors=[vector for part in self._done for vector in part.vectors],
            tokens=sum(part.tokens for part in self._done),
        )

    @override
    def begin_attempt(self) -> None:
        """Nothing is forgotten: batches that were answered stay so."""

    @override
    async def feed(self, link: Link) -> None:
        await self.take_place()
        context = OrderContext(request_id=self.request_id)
        # A worker does one after the other.
        for batch in self._batches[len(self._done) :]:
            await link.send(context.over(EmbedOrder(texts=batch).event()))

    @override
    async def receive(self, event: Event) -> bool:
        if event.type == EMBEDDINGS:
            self._done.append(Embeddings.from_event(event))
        return len(self._done) == len(self._batches)


async def _nobody_waits_for_events(*_: Event) -> None:
    """Send nothing: the answer is one value."""


def _batches(texts: Sequence[str]) -> list[list[str]]:
    batches: list[list[str]] = []
    chars = 0
    for text in texts:
        full = batches and len(batches[-1]) == _BATCH_TEXTS
        if not batches or full or chars + len(text) > _BATCH_CHARS:
            batches.append([])
            chars = 0
        batches[-1].append(text)
        chars += len(text)
    return batches
