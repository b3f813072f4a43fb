"""What is critical in a home: what opens, what disarms, and what the user marks."""

from collections.abc import Iterable, Mapping
from typing import Any

from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import intent

from ...engines.language import names_opening, names_way_in
from ..home import READING, slot_text, thing_names
from .routines import does_critical

_DOMAINS = frozenset({"alarm_control_panel", "cover", "lock", "valve"})
_SWITCHES = frozenset({"switch", "input_boolean", "button", "input_button"})
"""What may drive the motor of a gate or the strike of a door."""
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

    def candidates(self) -> list[State]:
        """Return all that an order may be critical for: few, where a home has many."""
        marked = self._marked_ids()
        return [
            state
            for state in self._hass.states.async_all()
            if state.domain in _DOMAINS
            or state.entity_id in marked
            or self._switches(state)
            or state.domain == "script"
            or ATTR_ENTITY_ID in state.attributes
        ]

    def __contains__(self, entity_id: str) -> bool:
        """Return whether something that is done to an entity may be critical."""
        return self._is_itself(entity_id) or self._leads_to(entity_id)

    def _leads_to(self, entity_id: str) -> bool:
        return does_critical(self._hass, entity_id, self._is_itself)

    def _is_itself(self, entity_id: str) -> bool:
        match entity_id.partition(".")[0]:
            case "lock" | "alarm_control_panel":
                return True
            case "cover" if state := self._hass.states.get(entity_id):
                if self._lets_in(state):
                    return True
            case domain if domain in _SWITCHES:
                state = self._hass.states.get(entity_id)
                if state and self._switches(state):
                    return True
        return entity_id in self._marked_ids()

    def verb(self, kind: str, slots: Mapping[str, Any], state: State) -> str | None:
        """Return what would be done that is critical, None for what is not.

        `kind` is an intent or, where it is not known what is done, "": that may be
        anything.
        """
        if kind in READING:
            return None
        marked = state.entity_id in self._marked_ids()
        if not marked and (opens := self._switches(state)):
            return _switching(kind, opens)
        match state.domain:
            case "lock" | "alarm_control_panel" as domain:
                if kind == intent.INTENT_TURN_ON:
                    return None
                verb = "unlock" if domain == "lock" else "disarm"
                return verb if kind in _SWITCHING_OFF else "use"
            case "cover" | "valve":
                if not (marked or self._lets_in(state)) or _closes(kind, slots):
                    return None
                return "open" if kind in _OPENING else "use"
            case "script" | "automation" if kind != intent.INTENT_TURN_OFF and (
                marked or self._leads_to(state.entity_id)
            ):
                return "run"
            case "scene" if marked or self._leads_to(state.entity_id):
                return "activate"
        return "use" if marked else None

    def _marked_ids(self) -> set[str | None]:
        registry = er.async_get(self._hass)
        return {er.async_resolve_entity_id(registry, stored) for stored in self._marked}

    def _switches(self, state: State) -> str:
        """Return what a switch or a button opens by its names, "" for nothing.

        An outlet is none, whatever its name: that is what "Show as" is for.
        """
        if (
            state.domain not in _SWITCHES
            or state.attributes.get("device_class") == "outlet"
        ):
            return ""
        return names_opening(thing_names(self._hass, state))

    def _lets_in(self, state: State) -> bool:
        """Return whether something is a way in: by its class or, without, its names."""
        if state.domain != "cover":
            return False
        device_class = state.attributes.get("device_class")
        if device_class:
            return device_class in _OPENINGS
        return names_way_in(thing_names(self._hass, state))


def _closes(kind: str, slots: Mapping[str, Any]) -> bool:
    return kind in _CLOSING or (
        kind == intent.INTENT_SET_POSITION
        and slot_text(slots.get("position")) in {"0", "0.0"}
    )


def _switching(kind: str, opens: str) -> str | None:
    """Return what is critical of switching what opens a way in or a lock.

    Which way a lock's switch works is not known; a gate's that is off moves nothing.
    """
    if not opens or (opens == "way_in" and kind == intent.INTENT_TURN_OFF):
        return None
    if opens == "way_in":
        return "open" if kind in _OPENING else "use"
    return {intent.INTENT_TURN_ON: "turn_on", intent.INTENT_TURN_OFF: "turn_off"}.get(
        kind, "use"
    )
