"""The `context` of an order: who asks, and how it is to be answered."""

from dataclasses import asdict, dataclass

from wyoming.event import Event

from ..wire import fields


@dataclass(frozen=True, kw_only=True)
class OrderContext:
    """What the gateway or the supervisor tells a worker with an order."""

    request_id: str = ""
    """For the log lines of one request, in all processes; empty: the worker makes one."""
    probe: bool = False
    """A check of the supervisor's, no request of a client."""
    held: bool = False
    """Of `transcribe`: the gateway says when to begin, so wait for its `audio-stop` also
    after an end of speech."""
    marks: bool = False
    """Of `synthesize-start`: mark the pieces. Of `detect`: end with `detect-stopped`."""
    skip: int = 0
    """Of `synthesize-start`: pieces that the client has heard, before a worker was lost."""
    part: float = 0.0
    """Share of the next piece that the client has heard, 0 to 1."""

    def over(self, order: Event) -> Event:
        """Return the order with this context; what a client put there is replaced."""
        context = {**fields.table(order, "context"), **asdict(self)}
        return Event(order.type, {**order.data, "context": context})

    @classmethod
    def read(cls, order: Event) -> "OrderContext":
        """Read an order's context; what is not understood counts as not said.

        Raises ProtocolError where `context` is no table.
        """
        context = fields.table(order, "context")
        request, skip = context.get("request_id"), context.get("skip")
        part = context.get("part")
        return cls(
            request_id=request if isinstance(request, str) else "",
            probe=context.get("probe") is True,
            held=context.get("held") is True,
            marks=context.get("marks") is True,
            skip=skip if isinstance(skip, int) and skip > 0 else 0,
            part=part if isinstance(part, int | float) and 0 <= part <= 1 else 0.0,
        )
