"""What an intent or a tool would act on, found as Home Assistant finds it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import probatio
from homeassistant.components import conversation
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant, State, valid_entity_id
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import floor_registry as fr
from homeassistant.helpers import intent

from .slot_values import slot_text

READING = frozenset(
    {
        "HassClimateGetTemperature",
        "HassGetState",
        "HassGetWeather",
        "HassShoppingListLastItems",
    }
)
"""Intents that change nothing."""

TIMERS = frozenset(
    {
        intent.INTENT_CANCEL_ALL_TIMERS,
        intent.INTENT_CANCEL_TIMER,
        intent.INTENT_DECREASE_TIMER,
        intent.INTENT_INCREASE_TIMER,
        intent.INTENT_PAUSE_TIMER,
        intent.INTENT_START_TIMER,
        intent.INTENT_UNPAUSE_TIMER,
    }
)
"""Intents that start, stop or change timers."""
NO_ENTITIES = TIMERS | {
    intent.INTENT_GET_CURRENT_DATE,
    intent.INTENT_GET_CURRENT_TIME,
    intent.INTENT_NEVERMIND,
    intent.INTENT_RESPOND,
    intent.INTENT_TIMER_STATUS,
}
"""Intents whose slots name timers or hold words, not entities."""

_CLEANED = "HassVacuumCleanArea"
"""Its area is what is cleaned, not where the vacuum cleaner is."""

LISTS = frozenset(
    {
        "HassListAddItem",
        "HassListCompleteItem",
        "HassListRemoveItem",
        "HassShoppingListAddItem",
        "HassShoppingListCompleteItem",
    }
)
"""Intents that keep lists."""

_BY_SLOTS = frozenset(
    {
        "HassClimateGetTemperature",
        "HassClimateSetFanMode",
        "HassClimateSetTemperature",
        "HassGetState",
        "HassGetWeather",
        "HassHumidifierMode",
        "HassHumidifierSetpoint",
        "HassListAddItem",
        "HassListCompleteItem",
        "HassListRemoveItem",
        "HassMediaSearchAndPlay",
        "HassSetVolumeRelative",
        _CLEANED,
    }
)
"""Intents with a handler of their own that finds its targets among the entities of its
platforms by those of the slots name, area, floor, domain and device_class that are in
its schema, as the handlers of services do."""

_WHOLE_DOMAIN = {
    intent.INTENT_BROADCAST: "assist_satellite",
    "HassShoppingListAddItem": "todo",
    "HassShoppingListCompleteItem": "todo",
    "HassShoppingListLastItems": "todo",
}
"""Intents that name no entity and act on those of a domain."""
_SHOPPING = "shopping_list"

_PREFERENCES = frozenset({"preferred_area_id", "preferred_floor_id"})
_UNFOLDED = frozenset({"automation", "scene", "script"})
"""Domains whose entities list others that they do not simply pass an order on to."""

_OWN_INTENTS = "homeassistant.components.intent_script"


def used_slots(
    hass: HomeAssistant, kind: str, slots: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the slots of an intent that its handler knows, without blank ones.

    Home Assistant passes all others on as well: some handlers use them without having
    looked at them, others leave out of account what was thought to narrow the targets.
    """
    handler = hass.data.get(intent.DATA_KEY, {}).get(kind)
    known = set(names_in(handler.slot_schema or {})) if handler else set()
    return {
        name: value
        for name, value in slots.items()
        if name in known - _PREFERENCES and not intent.is_blank_slot_value(value)
    }


def can_move(hass: HomeAssistant, state: State) -> bool:
    """Return whether anything can be done to an entity: a sensor only tells."""
    return bool(hass.services.async_services_for_domain(state.domain))


def is_known(hass: HomeAssistant, kind: str) -> bool:
    """Return whether it is known how the handler of an intent finds its targets."""
    handler = hass.data.get(intent.DATA_KEY, {}).get(kind)
    if handler is None:
        return True
    module = type(handler).__module__
    if module == _OWN_INTENTS:
        return True
    # Another integration may put a handler of its own in the place of any of them.
    return module.startswith("homeassistant.") and (
        kind in READING | NO_ENTITIES | _BY_SLOTS
        or kind in _WHOLE_DOMAIN
        or isinstance(handler, intent.DynamicServiceIntentHandler)
    )


def moves_entities(hass: HomeAssistant, kind: str) -> bool:
    """Return whether an intent can do nothing without an entity to act on."""
    handler = hass.data.get(intent.DATA_KEY, {}).get(kind)
    return not (
        handler is None
        or kind in READING | NO_ENTITIES
        or kind in _WHOLE_DOMAIN
        or type(handler).__module__ == _OWN_INTENTS
    )


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
    if type(handler).__module__ == _OWN_INTENTS:
        return []
    if not is_known(hass, kind):
        return list(with_members(hass, meant_by(hass, slots)))
    if kind in NO_ENTITIES:
        return []
    if domain := _WHOLE_DOMAIN.get(kind):
        return _of_domain(hass, domain)
    constraints = _constraints(hass, kind, used_slots(hass, kind, slots))
    if not constraints.has_constraints:
        return []
    states = intent.async_match_targets(hass, constraints, states=among).states
    return list(with_members(hass, states))


def match_failure(
    hass: HomeAssistant, kind: str, slots: Mapping[str, Any]
) -> intent.MatchFailedError:
    """Return the error of an intent that has nothing to act on."""
    constraints = _constraints(hass, kind, used_slots(hass, kind, slots))
    result = intent.MatchTargetsResult(False, intent.MatchFailedReason.NAME)
    if constraints.has_constraints:
        found = intent.async_match_targets(hass, constraints)
        result = result if found.is_match else found
    return intent.MatchFailedError(result=result, constraints=constraints)


def _constraints(
    hass: HomeAssistant, kind: str, slots: Mapping[str, Any]
) -> intent.MatchTargetsConstraints:
    handler = hass.data.get(intent.DATA_KEY, {}).get(kind)
    in_place = kind != _CLEANED
    name = slot_text(slots.get("name"))
    constraints = intent.MatchTargetsConstraints(
        name=name,
        area_name=slot_text(slots.get("area")) if in_place else None,
        floor_name=slot_text(slots.get("floor")) if in_place else None,
        domains=_listed(slots.get("domain")) or _own_domains(handler),
        device_classes=_listed(slots.get("device_class")),
        assistant=conversation.DOMAIN,
        allow_duplicate_names=True,
    )
    if isinstance(handler, intent.DynamicServiceIntentHandler):
        constraints.name = None if name == "all" else name
        constraints.features = handler.required_features
        constraints.states = handler.required_states
    return constraints


def _own_domains(handler: intent.IntentHandler | None) -> set[str] | None:
    """Return the domains that an intent is made for."""
    if handler is None or handler.intent_type in READING:
        return None
    if isinstance(handler, intent.DynamicServiceIntentHandler):
        return handler.required_domains or handler.platforms
    return handler.platforms


def with_members(hass: HomeAssistant, states: Iterable[State]) -> Iterator[State]:
    """Yield entities and all that a group of them moves, each once."""
    waiting = list(states)
    seen: set[str] = set()
    while waiting:
        state = waiting.pop()
        if state.entity_id in seen:
            continue
        seen.add(state.entity_id)
        yield state
        if state.domain in _UNFOLDED:
            continue
        # Not only groups of Home Assistant's own list what they pass an order on to.
        members = _listed(state.attributes.get(ATTR_ENTITY_ID)) or ()
        waiting += filter(None, map(hass.states.get, members))


def _of_domain(hass: HomeAssistant, domain: str) -> list[State]:
    registry = er.async_get(hass)
    return [
        state
        for state in hass.states.async_all(domain)
        if domain != "todo"
        or (
            ((entry := registry.async_get(state.entity_id)) is not None)
            and entry.platform == _SHOPPING
        )
    ]


def meant_by(hass: HomeAssistant, arguments: Any, domain: str = "") -> Iterator[State]:
    """Yield what any of the arguments may mean: entities, or those of a place.

    Of a place these are the entities of `domain`, all where none is given.
    """
    said = {_plain(part) for value in _texts_in(arguments) for part in _parts(value)}
    if not said:
        return
    registry = er.async_get(hass)
    areas = ar.async_get(hass)
    places = {
        area.id
        for area in areas.async_list_areas()
        if not said.isdisjoint(map(_plain, _area_names(hass, area)))
    }
    devices = dr.async_get(hass)
    for state in hass.states.async_all():
        entry = registry.async_get(state.entity_id)
        names = [
            state.entity_id,
            *intent.async_get_entity_aliases(hass, entry, state=state),
        ]
        if entry is not None:
            names += filter(None, (entry.id, entry.device_id, *entry.labels))
        if not said.isdisjoint(map(_plain, names)):
            yield state
        elif places and entry is not None and domain in {"", state.domain}:
            area_id = entry.area_id
            if area_id is None and (device := devices.async_get(entry.device_id or "")):
                area_id = dr.async_get_effective_area_id(hass, device)
            if area_id in places:
                yield state


def _area_names(hass: HomeAssistant, area: ar.AreaEntry) -> Iterator[str]:
    """Yield what may name an area, its floor included."""
    yield from (area.id, area.name, *area.aliases, *area.labels)
    floor = fr.async_get(hass).async_get_floor(area.floor_id or "")
    if floor is not None:
        yield from (floor.floor_id, floor.name, *floor.aliases)


def _texts_in(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for inner in value.values():
                yield from _texts_in(inner)
        case list() | tuple():
            for inner in value:
                yield from _texts_in(inner)


def _parts(value: str) -> Iterator[str]:
    """Yield a text and, where it lists some, the ids in it."""
    yield value
    yield from filter(valid_entity_id, value.replace(",", " ").split())


def _plain(name: str) -> str:
    return name.strip().casefold()


def names_in(schema: Mapping[Any, Any]) -> Iterator[str]:
    """Yield the keys of a schema, those that stand for one another included."""
    for key in schema:
        yield from _key_names(key)


def _key_names(key: Any) -> Iterator[str]:
    match key:
        case str():
            yield key
        case probatio.Marker():
            yield from _key_names(key.schema)
        case probatio.Any():
            for name in key.validators:
                yield from _key_names(name)


def _listed(value: Any) -> list[str] | None:
    if not value:
        return None
    return [value] if isinstance(value, str) else [str(entry) for entry in value]
