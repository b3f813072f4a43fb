"""Sentences to vectors: the order and its answer."""

from dataclasses import dataclass
from typing import Self

from wyoming.event import Event

from ..errors import ProtocolError
from ..wire import fields

EMBED, EMBEDDINGS = "embed", "embeddings"


@dataclass(frozen=True, kw_only=True)
class EmbedOrder:
    """The texts to embed."""

    texts: list[str]

    def event(self) -> Event:
        """Return the event that asks for it."""
        return Event(EMBED, {"texts": self.texts})

    @classmethod
    def from_event(cls, event: Event) -> Self:
        """Read an `embed` event; raise ProtocolError where it has no texts."""
        texts = fields.texts(event, "texts")
        if not texts:
            raise ProtocolError('The embed event needs "texts".')
        return cls(texts=texts)


@dataclass(frozen=True, kw_only=True)
class Embeddings:
    """The vectors of some texts, in their order."""

    vectors: list[bytes]
    """Each `dimensions` little-endian float32."""
    tokens: int

    @classmethod
    def from_event(cls, event: Event) -> Self:
        """Read an `embeddings` event; raise ProtocolError."""
        size = 4 * fields.integer(event, "dimensions")
        count, payload = fields.integer(event, "count"), event.payload or b""
        if size <= 0 or len(payload) != count * size:
            raise ProtocolError("The embeddings event has not the size that it tells.")
        return cls(
            vectors=[payload[at : at + size] for at in range(0, len(payload), size)],
            tokens=fields.integer(event, "tokens"),
        )

    def event(self) -> Event:
        """Return the event that answers with it."""
        dimensions = len(self.vectors[0]) // 4 if self.vectors else 0
        shape = {
            "count": len(self.vectors),
            "dimensions": dimensions,
            "tokens": self.tokens,
        }
        return Event(EMBEDDINGS, shape, b"".join(self.vectors))
