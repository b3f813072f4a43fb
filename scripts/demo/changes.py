"""Which exposed things change while a turn runs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from .things import THINGS
from .websocket import Message, WebSocket

_EXPOSED: Final = frozenset(thing.entity_id for thing in THINGS)
_TELLING: Final = {
    # the attribute that tells two states of one name apart
    "light": ("brightness", "color_temp_kelvin", "hs_color"),
    "cover": ("current_position",),
    "climate": ("temperature",),
    "fan": ("percentage",),
    "media_player": ("volume_level",),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not what it was."""

    entity_id: str
    before: str
    after: str


class Changes:
    """Collects the changes of exposed things."""

    def __init__(self) -> None:
        self._first: dict[str, Message] = {}
        self._last: dict[str, Message] = {}

    def __call__(self, event: Message) -> None:
        """Take one state_changed event."""
        data = event["data"]
        entity_id = data["entity_id"]
        if entity_id not in _EXPOSED or not data["old_state"] or not data["new_state"]:
            return
        self._first.setdefault(entity_id, data["old_state"])
        self._last[entity_id] = data["new_state"]

    def found(self) -> list[Change]:
        """Return what has really changed, in the order in which it happened."""
        changes = (
            Change(entity_id, *_words(entity_id, first, self._last[entity_id]))
            for entity_id, first in self._first.items()
        )
        return [change for change in changes if change.before != change.after]


@asynccontextmanager
async def watch(socket: WebSocket) -> AsyncIterator[Changes]:
    """Collect changes for the time of a block."""
    changes = Changes()
    subscription = await socket.subscribe(
        "subscribe_events", changes, event_type="state_changed"
    )
    try:
        yield changes
    finally:
        await socket.unsubscribe(subscription)


def _words(entity_id: str, first: Message, last: Message) -> tuple[str, str]:
    """Return both states, with an attribute where the states alone are equal."""
    before, after = str(first["state"]), str(last["state"])
    if before == after:
        for name in _TELLING.get(entity_id.partition(".")[0], ()):
            old: Any = first["attributes"].get(name)
            new: Any = last["attributes"].get(name)
            if old != new:
                return f"{before} ({name} {old})", f"{after} ({name} {new})"
    return before, after
