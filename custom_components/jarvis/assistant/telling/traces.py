"""What the last turns did and why: in memory, bounded, and never on disk."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..turn import ModelCall, Tried

KEPT = 50
"""Turns that are remembered."""
MOST_ITEMS = 30
"""Entries of any list within a trace."""
MOST_TEXT = 500
"""Characters of any text within a trace."""
CANCELLED = "cancelled"
"""The outcome of a turn that nobody waited for any more."""
EXPLAIN = "explain"
"""The route that explains a turn: its own turns are not explained."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An entity that was acted upon."""

    entity_id: str
    name: str
    state: str = ""
    """Its state when the turn was over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """A tool or intent that was called."""

    name: str
    title: str = ""
    """What it is called in words, "" where it has only its name."""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    failed: bool = False
    held: bool = False
    """True when it was not done because it has to be confirmed first."""
    reads: bool = False
    """True when it only asked for something."""
    error: str = ""
    targets: tuple[Target, ...] = ()
    missed: tuple[Target, ...] = ()
    """Entities on which it failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One turn that is over."""

    request_id: str
    time: datetime
    conversation_id: str
    user_id: str | None
    device_id: str | None
    satellite_id: str | None
    area_id: str | None
    language: str
    text: str
    speech: str
    written: str
    """What was shown instead, where that says more."""
    route: str
    outcome: str
    """`answered`, `asked` when Jarvis waits for a reply, `failed` or `cancelled`."""
    error: str
    """Key of the failure, "" for none."""
    asked_first: tuple[Target, ...]
    """What was not done because it has to be confirmed first."""
    verb: str
    """What would have been done with it, a key of the sentences `guard`."""
    tried: tuple[Tried, ...]
    stages_ms: Mapping[str, float]
    seconds: float
    entities: tuple[str, ...]
    """What the model was told of."""
    tools: tuple[Used, ...]
    servers: tuple[ModelCall, ...]
    corrected: bool = False
    """True when the model claimed what was not so, and was told."""
    because: str = ""
    """What a skill tells of its answer."""

    @property
    def answered_by(self) -> ModelCall | None:
        """The server whose words were the answer."""
        last = self.servers[-1] if self.servers else None
        return last if last is not None and not last.error else None

    @property
    def is_talk(self) -> bool:
        """True when a model talked, and nothing else happened that could be told."""
        return (
            self.route == "model"
            and self.outcome in {"answered", "asked"}
            and not self.tools
            and not self.corrected
            and not any(asked.error for asked in self.servers)
        )

    def as_dict(self, *, texts: bool = True) -> dict[str, Any]:
        """Return plain data; without `texts` nothing that was said or named."""
        data: dict[str, Any] = _plain(self)
        if not texts:
            del data["text"], data["speech"], data["written"], data["because"]
            for used in data["tools"]:
                del used["arguments"], used["error"], used["title"]
        return data


class Traces:
    """The last turns, the newest first."""

    def __init__(self) -> None:
        self._kept: deque[Trace] = deque(maxlen=KEPT)

    def __iter__(self) -> Iterator[Trace]:
        """Iterate from the newest to the oldest."""
        return iter(tuple(reversed(self._kept)))

    def __len__(self) -> int:
        return len(self._kept)

    def last(self, wanted: Callable[[Trace], bool]) -> Trace | None:
        """Return the newest turn that fits and that is no explanation of another."""
        return next((t for t in self if t.route != EXPLAIN and wanted(t)), None)

    def add(self, trace: Trace) -> None:
        """Keep a turn that is over; the oldest one goes."""
        self._kept.append(trace)


def _plain(value: Any) -> Any:
    """Return dataclasses and what they hold as what JSON knows."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if hasattr(value, "__dataclass_fields__"):
        return {
            name: _plain(getattr(value, name)) for name in value.__dataclass_fields__
        }
    return value
