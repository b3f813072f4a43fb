"""Holds what was recognised against what was said, before anything is done.

Home Assistant's sentences know words, not this home: they take "ferme" for "éteins", a
lamp called "Garage" for the garage, any cover for a blind. What they read is done only
where kind, direction and room agree with the words; else Jarvis reads for itself.
"""

from collections.abc import Iterable
from typing import Any

from hassil.recognize import RecognizeResult
from homeassistant.components import conversation
from homeassistant.helpers import intent

from ...engines.language import (
    Action,
    Order,
    folded,
    read_orders,
    speaks_of_all,
    speaks_of_sound,
)
from ..home import (
    KINDS,
    OPENINGS,
    Fit,
    Home,
    Kind,
    Thing,
    best_of,
    key_words,
    look_around,
)
from ..intents import Slots
from ..turn import Turn

_SWITCHING = frozenset({intent.INTENT_TURN_ON, intent.INTENT_TURN_OFF})
JUDGED = _SWITCHING | {
    intent.INTENT_SET_POSITION,
    "HassClimateSetTemperature",
    "HassFanSetSpeed",
    "HassLightSet",
    "HassMediaNext",
    "HassMediaPause",
    "HassMediaPlayerMute",
    "HassMediaPlayerUnmute",
    "HassMediaPrevious",
    "HassMediaUnpause",
    "HassSetVolume",
    "HassSetVolumeRelative",
}
"""Intents that move what they name."""
_OPENABLE = frozenset({"cover", "lock", "valve"})
_MOVES = frozenset({Action.OPEN, Action.CLOSE})
_BRIGHT = frozenset(
    """
    % percent cent pourcent pourcents brightness bright brighter dim dimmer luminosite
    intensite maximum minimum max min half moitie
    """.split()  # noqa: SIM905
)
"""Words that tell a brightness."""
_NAMED_SLOTS = ("name", "area", "floor")


def agrees(turn: Turn, text: str, language: str, kind: str, slots: Slots) -> bool:
    """Return whether an intent with these slots is what a text says."""
    if kind not in JUDGED:
        return True
    result = match(turn, kind, slots)
    if result is None:
        return True
    if not result.is_match:
        # Core says well what is missing, but not that one of two things can do it.
        return result.no_match_reason is not intent.MatchFailedReason.DUPLICATE_NAME
    states = result.states
    orders = read_orders(text, language) or ()
    home = look_around(turn.hass, language, turn.area_id)
    things = [
        thing for state in states if (thing := home.index.by_id.get(state.entity_id))
    ]
    return all(
        (
            len(things) == len(states),
            _sounds_right(text, language, kind, slots),
            _opens_right(orders, kind, slots, things, home),
            _lights_right(text, kind, slots, home),
            _of_right_kind(text, kind, slots, things, home),
            _as_wide(text, slots, things, language),
            _in_right_room(slots, things, home),
        )
    )


def slots_of(result: RecognizeResult) -> Slots:
    """Return the slots of a result as intents take them."""
    return {
        entity.name: {"value": entity.value, "text": entity.text or entity.value}
        for entity in result.entities_list
    }


def match(turn: Turn, kind: str, slots: Slots) -> intent.MatchTargetsResult | None:
    """Return what the intent would move; None where it tells no targets."""
    handler = turn.hass.data.get(intent.DATA_KEY, {}).get(kind)
    if not isinstance(handler, intent.DynamicServiceIntentHandler):
        return None
    given = {name: slot["value"] for name, slot in slots.items()}
    name = given.get("name")
    constraints = intent.MatchTargetsConstraints(
        name=None if name == "all" else name,
        area_name=given.get("area"),
        floor_name=given.get("floor"),
        domains=_listed(given.get("domain")) or handler.required_domains,
        device_classes=_listed(given.get("device_class")),
        assistant=conversation.DOMAIN,
        features=handler.required_features,
        states=handler.required_states,
    )
    if not constraints.has_constraints:
        return None
    preferences = intent.MatchTargetsPreferences(area_id=turn.area_id)
    return intent.async_match_targets(turn.hass, constraints, preferences)


def _sounds_right(text: str, language: str, kind: str, slots: Slots) -> bool:
    """Return False where a device is switched though its sound was spoken of."""
    if kind not in _SWITCHING:
        return True
    return not speaks_of_sound(" ".join(_unnamed(text, slots)), language)


def _lights_right(text: str, kind: str, slots: Slots, home: Home) -> bool:
    """Return False where a number for a room is taken for the brightness of its lights.

    "Set Léo's room to 20" means degrees, or is to be asked.
    """
    if kind != "HassLightSet" or "name" in slots or "brightness" not in slots:
        return True
    if not _BRIGHT.isdisjoint(folded(text)):
        return True
    said = key_words(_unnamed(text, slots), home.language)
    return any(
        KINDS[home.language][word].domain == "light"
        for word in said & KINDS[home.language].keys()
    )


def _opens_right(
    orders: Iterable[Order],
    kind: str,
    slots: Slots,
    things: Iterable[Thing],
    home: Home,
) -> bool:
    """Return False where opening or closing would switch something, or turn round.

    "Ferme la lumière" names what it means; "ferme le garage" means no lamp.
    """
    if kind == intent.INTENT_SET_POSITION:
        # "Ferme à 80 %" is how far it is closed, "de 20 %" by how much: Jarvis reckons
        # that itself.
        return not any(
            order.verb in {Action.CLOSE, Action.DIM} or order.shift for order in orders
        )
    said = next((order for order in orders if order.verb in _MOVES), None)
    if said is None:
        return True
    words = key_words(said.target, home.language)
    for thing in things:
        if thing.domain in _OPENABLE:
            continue
        kinds = KINDS[home.language]
        if any(kinds[word].covers(thing) for word in words & kinds.keys()):
            continue
        place = words & OPENINGS.keys() or home.area_of(words) is not None
        if place or "name" not in slots:
            return False
    return True


def _of_right_kind(
    text: str, kind: str, slots: Slots, things: list[Thing], home: Home
) -> bool:
    """Return False where something is of another kind than was said, or must not stop."""
    if "name" in slots and slots["name"]["value"] != "all":
        return True
    if kind == intent.INTENT_TURN_OFF and any(t.keeps_running for t in things):
        return False
    said = key_words(_unnamed(text, slots), home.language)
    for word in said & KINDS[home.language].keys():
        meant: Kind = KINDS[home.language][word]
        if not any(thing.domain == meant.domain for thing in things):
            continue
        fit, best = best_of(meant, things)
        if fit is Fit.MAYBE or len(best) < len(things):
            return False
    return True


def _as_wide(text: str, slots: Slots, things: list[Thing], language: str) -> bool:
    """Return False where "all the lights" would be those of the speaker's room.

    All there are of a kind are those of the home, on or off, in both languages: only
    what is said without "all" is meant of the room.
    """
    said = folded(text)
    if "area" not in slots or not speaks_of_all(said, language):
        return True
    where = set(folded(str(slots["area"].get("text", ""))))
    return where <= set(said) or all(thing.guarded for thing in things)


def _in_right_room(slots: Slots, things: list[Thing], home: Home) -> bool:
    """Return False where "la lumière" is one of that name in another room.

    What the speaker's room has of the kind comes first.
    """
    if "name" not in slots or {"area", "floor"} & slots.keys() or home.here is None:
        return True
    kinds = KINDS[home.language]
    words = key_words(folded(str(slots["name"].get("text", ""))), home.language)
    if not words or not words <= kinds.keys():
        return True
    if any(thing.area_id == home.here for thing in things):
        return True
    here = home.index.by_area.get(home.here, ())
    return not any(
        kinds[word].fit(thing) > Fit.MAYBE for word in words for thing in here
    )


def _unnamed(text: str, slots: Slots) -> list[str]:
    """Return the folded words of a text that are in no name."""
    said = list(folded(text))
    for slot in _NAMED_SLOTS:
        name = folded(str(slots.get(slot, {}).get("text", "")))
        for place in range(len(said) - len(name) + 1):
            if name and tuple(said[place : place + len(name)]) == name:
                del said[place : place + len(name)]
                break
    return said


def _listed(value: Any) -> set[str] | None:
    if not value:
        return None
    return {value} if isinstance(value, str) else set(value)
