"""What is critical in a home: what opens, what disarms, and what the user marks."""

from collections.abc import Iterable, Mapping
from typing import Any

from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import intent

from .targets import READING, text

_OPENINGS = frozenset({"door", "garage", "gate"})
_SWITCHING_OFF = frozenset({intent.INTENT_TOGGLE, intent.INTENT_TURN_OFF})
_OPENING = frozenset(
    {
        "HassOpenCover",
        intent.INTENT_SET_POSITION,
        intent.INTENT_TOGGLE,
        intent.INTENT_TURN_ON,
    }
)
_CLOSING = frozenset(
    {"HassCloseCover", intent.INTENT_STOP_MOVING, intent.INTENT_TURN_OFF}
)


class Critical:
    """Tells what must not happen on one sentence alone."""

    def __init__(self, hass: HomeAssistant, marked: Iterable[str]) -> None:
        """Take what the user marks: entity ids, or ids in the registry."""
        self._hass = hass
        self._marked = frozenset(marked)

    def __contains__(self, entity_id: str) -> bool:
        """Return whether something that is done to an entity may be critical."""
        match entity_id.partition(".")[0]:
            case "lock" | "alarm_control_panel":
                return True
            case "cover" if (state := self._hass.states.get(entity_id)) and _opens(
                state
            ):
                return True
        return self._is_marked(entity_id)

    def verb(self, kind: str, slots: Mapping[str, Any], state: State) -> str | None:
        """Return what would be done that is critical, None for what is not.

        `kind` is an intent or, where it is not known what is done, "": that may be
        anything.
        """
        if kind in READING:
            return None
        marked = self._is_marked(state.entity_id)
        match state.domain:
            case "lock":
                if kind == intent.INTENT_TURN_ON:
                    return None
                return "unlock" if kind in _SWITCHING_OFF else "use"
            case "alarm_control_panel":
                if kind == intent.INTENT_TURN_ON:
                    return None
                return "disarm" if kind in _SWITCHING_OFF else "use"
            case "cover" | "valve":
                closes = kind in _CLOSING or (
                    kind == intent.INTENT_SET_POSITION
                    and text(slots.get("position")) in {"0", "0.0"}
                )
                if closes or not (marked or _opens(state)):
                    return None
                return "open" if kind in _OPENING else "use"
            case "script" | "automation" if marked and kind != intent.INTENT_TURN_OFF:
                return "run"
            case "scene" if marked:
                return "activate"
        return "use" if marked else None

    def _is_marked(self, entity_id: str) -> bool:
        if not self._marked:
            return False
        entry = er.async_get(self._hass).async_get(entity_id)
        return entity_id in self._marked or bool(entry and entry.id in self._marked)


def _opens(state: State) -> bool:
    return state.attributes.get("device_class") in _OPENINGS
