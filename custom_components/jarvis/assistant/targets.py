"""What an intent or a tool would act on, found as Home Assistant finds it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from homeassistant.components import conversation
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant, State, valid_entity_id
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import intent, llm

from ..const import DOMAIN

READING = frozenset(
    {
        "HassClimateGetTemperature",
        "HassGetState",
        "HassGetWeather",
        "HassShoppingListLastItems",
    }
)
"""Intents that change nothing."""

_NO_ENTITIES = frozenset(
    {
        intent.INTENT_BROADCAST,
        intent.INTENT_CANCEL_ALL_TIMERS,
        intent.INTENT_CANCEL_TIMER,
        intent.INTENT_DECREASE_TIMER,
        intent.INTENT_INCREASE_TIMER,
        intent.INTENT_NEVERMIND,
        intent.INTENT_PAUSE_TIMER,
        intent.INTENT_RESPOND,
        intent.INTENT_START_TIMER,
        intent.INTENT_TIMER_STATUS,
        intent.INTENT_UNPAUSE_TIMER,
    }
)
"""Intents whose slots name timers or hold words, not entities."""

_MOVES_NOTHING = frozenset({DOMAIN, "calendar", "llm", "shopping_list", "todo"})
"""Integrations whose tools move nothing in the home."""

_SCRIPT = "script"
_OWN_INTENTS = "homeassistant.components.intent_script"
_CLEANED = "HassVacuumCleanArea"
"""Its area is what is cleaned, not where the vacuum cleaner is."""


def intent_targets(
    hass: HomeAssistant,
    kind: str,
    slots: Mapping[str, Any],
    among: list[State] | None = None,
) -> list[State]:
    """Return the exposed entities that an intent may act on, and those of groups.

    Where names are alike these may be more than it will act on, never fewer. What the
    user has made out of `intent_script` acts on what the user says, whatever its slots.
    `among` is where to look, everywhere when it is None.
    """
    if among == []:
        return []
    handler = hass.data.get(intent.DATA_KEY, {}).get(kind)
    if kind in _NO_ENTITIES or type(handler).__module__ == _OWN_INTENTS:
        return []
    name = text(slots.get("name"))
    in_place = kind != _CLEANED
    constraints = intent.MatchTargetsConstraints(
        name=None if name == "all" else name,
        area_name=text(slots.get("area")) if in_place else None,
        floor_name=text(slots.get("floor")) if in_place else None,
        domains=_listed(slots.get("domain")) or _own_domains(handler),
        device_classes=_listed(slots.get("device_class")),
        assistant=conversation.DOMAIN,
        allow_duplicate_names=True,
    )
    if isinstance(handler, intent.DynamicServiceIntentHandler):
        constraints.features = handler.required_features
        constraints.states = handler.required_states
    if not constraints.has_constraints:
        return []
    states = intent.async_match_targets(hass, constraints, states=among).states
    return list(_with_members(hass, states))


def tool_targets(
    hass: HomeAssistant, tool: llm.Tool, arguments: Mapping[str, Any]
) -> list[State]:
    """Return the entities that a tool other than an intent may act on.

    A script is what it is called for, whatever it is given. Other tools name entities
    by id or, as "name" or "player_name", among those of the tool's own domain.
    """
    if entity_id := script_of(tool):
        script = hass.states.get(entity_id)
        return [script] if script else []
    states = list(filter(None, map(hass.states.get, _ids_in(arguments))))
    if not states and tool.integration:
        named = {
            slot: value
            for key, value in arguments.items()
            if (slot := key.rpartition("_")[2]) in {"name", "area", "floor"}
        }
        return intent_targets(hass, "", named | {"domain": tool.integration})
    return list(_with_members(hass, states))


def script_of(tool: llm.Tool) -> str | None:
    """Return the entity id of the script that a tool runs, None for other tools."""
    if isinstance(tool, llm.ActionTool) and tool.integration == _SCRIPT:
        return tool.name.replace("__", ".", 1)
    return None


def waits(tool: llm.Tool) -> bool:
    """Return whether a tool moves nothing now: it reads, counts down or keeps a list."""
    if tool.annotations.read_only or tool.integration in _MOVES_NOTHING:
        return True
    if not isinstance(tool, llm.IntentTool):
        return False
    kind = tool.intent_type
    return kind in READING or (kind in _NO_ENTITIES and kind != intent.INTENT_BROADCAST)


def text(value: Any) -> str | None:
    """Return a slot's value as text, None for an empty one."""
    return None if value in (None, "") else str(value)


def _own_domains(handler: intent.IntentHandler | None) -> set[str] | None:
    """Return the domains that an intent is made for."""
    if handler is None or handler.intent_type in READING:
        return None
    if isinstance(handler, intent.DynamicServiceIntentHandler):
        return handler.required_domains or handler.platforms
    return handler.platforms


def _with_members(hass: HomeAssistant, states: Iterable[State]) -> Iterator[State]:
    """Yield entities and all that a group of them moves, each once."""
    registry = er.async_get(hass)
    waiting = list(states)
    seen: set[str] = set()
    while waiting:
        state = waiting.pop()
        if state.entity_id in seen:
            continue
        seen.add(state.entity_id)
        yield state
        entry = registry.async_get(state.entity_id)
        if state.domain != "group" and (entry is None or entry.platform != "group"):
            continue
        members = state.attributes.get(ATTR_ENTITY_ID) or ()
        waiting += filter(None, map(hass.states.get, members))


def _ids_in(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield from filter(valid_entity_id, value.replace(",", " ").split())
        case Mapping():
            for inner in value.values():
                yield from _ids_in(inner)
        case list() | tuple():
            for inner in value:
                yield from _ids_in(inner)


def _listed(value: Any) -> list[str] | None:
    if not value:
        return None
    return [value] if isinstance(value, str) else [str(entry) for entry in value]
