"""Makes things more or less than they are: a bit warmer, two steps louder, less open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from homeassistant.components.climate.const import HVACMode
from homeassistant.components.cover import CoverEntityFeature
from homeassistant.components.fan.const import ATTR_PERCENTAGE, ATTR_PERCENTAGE_STEP
from homeassistant.const import (
    ATTR_SUPPORTED_FEATURES,
    ATTR_TEMPERATURE,
    STATE_OFF,
    STATE_ON,
    STATE_UNAVAILABLE,
)
from homeassistant.core import State
from homeassistant.helpers import intent

from ...core.errors import ThingOffError
from ...engines.language import (
    Action,
    Amount,
    Change,
    Control,
    ControlRequest,
    Order,
    Shift,
    Unit,
    White,
    named,
)
from ...skills.base import Answer
from ..home import STEPPED, Found, Home, key_words, number, thing_name
from ..intents import Slots, Step
from ..sentences import say, say_state
from ..turn import Turn
from .acting import steps_for
from .controlling import plan_control, volume_slot
from .dimming import dim
from .memory import Memory
from .plans import Plan
from .steps import degrees, step_size
from .whites import whiten

_KIND_WORD: Final = {
    Change.HEAT: "temperature",
    Change.LIGHT: "lumiere",
    Change.SPEED: "ventilateur",
}
_AJAR: Final = (5.0, 95.0)
"""Percent open within which a small step stays: it neither opens nor closes fully."""
_COOLS: Final = frozenset({HVACMode.COOL, HVACMode.DRY, HVACMode.FAN_ONLY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What can only be opened or closed as a whole, and how that is asked."""

    order: Order
    entity_ids: tuple[str, ...]
    question: str


def plan_shift(
    turn: Turn, order: Order, found: Found, home: Home, memory: Memory
) -> Plan | Answer | Whole | None:
    """Return how to do an order for more or less; None where nothing is meant by it."""
    shift = order.shift
    assert shift is not None
    if not found:
        found = _else_found(turn, order, home, memory)
    things = home.of(found)
    domains = {thing.domain for thing in things}
    if shift.of is Change.SOUND or (not things and shift.of is Change.LEVEL):
        return _sounding(turn, order, home, memory)
    if shift.of is Change.HEAT and not things and order.target:
        return _tinted(turn, order, home)
    if len(domains) != 1:
        return None
    place = home.place_of(key_words(order.target, home.language))
    if shift.of is Change.LEVEL and place is not None and domains != {"cover"}:
        return None  # "turn the kitchen up": what of it?
    (domain,) = domains
    if domain in {"cover", "valve"} and shift.amount is None:
        action = Action.OPEN if shift.up else Action.CLOSE
        steps = steps_for(replace(order, action=action), found)
        return Plan(steps=steps, together=len(steps) > 1)
    states = [s for t in things if (s := turn.hass.states.get(t.entity_id))]
    return _planned(turn, order, states, domain, memory)


def _planned(
    turn: Turn, order: Order, states: Sequence[State], domain: str, memory: Memory
) -> Plan | Answer | Whole | None:
    shift = order.shift
    assert shift is not None
    if domain == "climate":
        running = [state for state in states if state.state != STATE_OFF]
        states = running or states
        if shift.of is Change.LEVEL and not running and _cools(states[0]):
            phrase = named(
                thing_name(turn.hass, states[0], turn.language), turn.language
            )
            what = say_state(turn.language, phrase, "off")
            raise ThingOffError(what=what[:1].upper() + what[1:])
        if _unclear(shift, states):
            ids = tuple(state.entity_id for state in states)
            memory.speak_of(turn.conversation_id, ids)
            return Answer(
                speech=say(turn.language, "shift.warmer_or_cooler"), asks=True
            )
    if domain in {"cover", "valve"}:
        whole = [state for state in states if not _has_position(state)]
        if whole:
            return _asked_whole(turn, order, whole)
    if domain == "light":
        lights = [state.entity_id for state in states]
        by = round(step_size("light", _percent(shift.amount)))
        steps = dim(turn, lights, up=shift.up, by=by)
        if steps == []:
            return Answer(speech=say(turn.language, "answers.none.on"))
    else:
        live = [state for state in states if state.state != STATE_UNAVAILABLE]
        made = [_STEPS[domain](turn, state, shift) for state in live or states]
        steps = [step for step in made if step is not None] if all(made) else None
    if not steps:
        return Answer(speech=say(turn.language, "controls.no_step"))
    if all(_unchanged(turn, step) for step in steps):
        ways = ("open", "close") if domain in {"cover", "valve"} else ("more", "less")
        way = ways[0] if shift.up else ways[1]
        return Answer(speech=say(turn.language, f"shift.no_{way}"))
    return Plan(steps=steps, together=len(steps) > 1)


def _tinted(turn: Turn, order: Order, home: Home) -> Plan | None:
    """Plan "make the lights warmer": of lights it is their white."""
    assert order.shift is not None
    asked = replace(order, shift=replace(order.shift, of=Change.LIGHT))
    lights = [thing.entity_id for thing in home.of(home.find(asked))]
    white = White.WARMER if order.shift.up else White.COOLER
    steps = whiten(turn, lights, white)
    return Plan(steps=steps) if steps else None


def _else_found(turn: Turn, order: Order, home: Home, memory: Memory) -> Found:
    """Find what is meant where nothing is named: the room's, or what was spoken of."""
    assert order.shift is not None
    of = order.shift.of
    if of not in _KIND_WORD:
        return Found()
    word = _KIND_WORD[of]
    if home.language == "en":
        word = {"lumiere": "light", "ventilateur": "fan"}.get(word, word)
    if order.target:
        return home.find(replace(order, target=(*order.target, word)))
    spoken = memory.entities(turn.conversation_id)
    if spoken and {each.partition(".")[0] for each in spoken} <= STEPPED[of]:
        return Found(entity_ids=spoken)
    return home.find(replace(order, target=(word,)))


def _sounding(
    turn: Turn, order: Order, home: Home, memory: Memory
) -> Plan | Answer | None:
    assert order.shift is not None
    if order.shift.of is Change.LEVEL:
        place = home.place_of(key_words(order.target, home.language))
        if not order.target or place is not None:
            return None
    control = Control.LOUDER if order.shift.up else Control.QUIETER
    request = ControlRequest(
        control=control, target=order.target, amount=order.shift.amount
    )
    planned = plan_control(turn, request, home, memory)
    if planned is None or isinstance(planned, Answer):
        return planned
    return Plan(steps=[step for plan in planned for step in plan.steps])


def _unclear(shift: Shift, states: Sequence[State]) -> bool:
    """Return whether "more" of something that cools may be warmer or colder."""
    counted = shift.amount is not None and shift.amount.unit is Unit.DEGREES
    cooling = any(state.state in _COOLS for state in states)
    return shift.of is Change.LEVEL and cooling and not counted


def _cools(state: State) -> bool:
    """Return whether something can cool: what more of it is, only its mode tells."""
    return not _COOLS.isdisjoint(state.attributes.get("hvac_modes") or ())


def _asked_whole(turn: Turn, order: Order, states: Sequence[State]) -> Whole | Answer:
    assert order.shift is not None
    if len(states) > 1:
        return Answer(speech=say(turn.language, "shift.only_whole"))
    action = Action.OPEN if order.shift.up else Action.CLOSE
    name = named(thing_name(turn.hass, states[0], turn.language), turn.language).text
    question = say(turn.language, f"shift.whole.{action}", what=name)
    return Whole(
        order=replace(order, action=action, shift=None),
        entity_ids=(states[0].entity_id,),
        question=question[:1].upper() + question[1:],
    )


def _percent(amount: Amount | None) -> Amount | None:
    return None if amount is not None and amount.unit is Unit.DEGREES else amount


def _has_position(state: State) -> bool:
    features = state.attributes.get(ATTR_SUPPORTED_FEATURES) or 0
    # A valve's feature has the same value.
    return bool(features & CoverEntityFeature.SET_POSITION)


def _slide(_turn: Turn, state: State, shift: Shift) -> Step | None:
    now = number(state.attributes.get("current_position"))
    if now is None:
        now = {"open": 100.0, "closed": 0.0}.get(state.state)
    if now is None:
        return None
    amount = _percent(shift.amount)
    to = now + (1 if shift.up else -1) * step_size(state.domain, amount)
    least, most = (0.0, 100.0) if amount and amount.figure is not None else _AJAR
    to = max(min(to, most), now) if shift.up else min(max(to, least), now)
    return _step(state, intent.INTENT_SET_POSITION, "position", round(to))


def _heat(turn: Turn, state: State, shift: Shift) -> Step | None:
    now = number(state.attributes.get(ATTR_TEMPERATURE))
    if now is None:
        return None
    to = now + (1 if shift.up else -1) * degrees(turn.hass, state, shift.amount)
    low, high = (
        number(state.attributes.get(name)) for name in ("min_temp", "max_temp")
    )
    if shift.amount is None or shift.amount.figure is None:
        to = min(max(to, to if low is None else low), to if high is None else high)
    return _step(state, "HassClimateSetTemperature", "temperature", round(to, 2))


def _blow(_turn: Turn, state: State, shift: Shift) -> Step | None:
    """Return how to run a fan faster or slower; slower is never off."""
    now = number(state.attributes.get(ATTR_PERCENTAGE))
    if state.state != STATE_ON:
        now = 0.0
    if now is None:
        return None
    one = number(state.attributes.get(ATTR_PERCENTAGE_STEP)) or 1.0
    by = max(step_size("fan", _percent(shift.amount)), one)
    to = min(max(now + (by if shift.up else -by), min(one, now)), 100)
    return _step(state, "HassFanSetSpeed", "percentage", round(to))


def _moisten(_turn: Turn, state: State, shift: Shift) -> Step | None:
    now = number(state.attributes.get("humidity"))
    if now is None:
        return None
    by = step_size("humidifier", _percent(shift.amount))
    low = number(state.attributes.get("min_humidity")) or 0
    high = number(state.attributes.get("max_humidity")) or 100
    to = min(max(now + (by if shift.up else -by), low), high)
    return _step(state, "HassHumidifierSetpoint", "humidity", round(to))


def _sound(_turn: Turn, state: State, shift: Shift) -> Step | None:
    slots = {"name": {"value": state.entity_id}}
    return Step(
        intent_type="HassSetVolumeRelative",
        slots=slots | volume_slot(state, shift.amount, up=shift.up),
    )


def _step(state: State, kind: str, slot: str, value: float) -> Step:
    slots: Slots = {"name": {"value": state.entity_id}, slot: {"value": value}}
    return Step(intent_type=kind, slots=slots)


_STEPS: Final[dict[str, Callable[[Turn, State, Shift], Step | None]]] = {
    "climate": _heat,
    "cover": _slide,
    "fan": _blow,
    "humidifier": _moisten,
    "media_player": _sound,
    "valve": _slide,
}
_VALUES: Final = {
    intent.INTENT_SET_POSITION: ("position", "current_position"),
    "HassClimateSetTemperature": ("temperature", ATTR_TEMPERATURE),
    "HassFanSetSpeed": ("percentage", ATTR_PERCENTAGE),
    "HassHumidifierSetpoint": ("humidity", "humidity"),
}


def _unchanged(turn: Turn, step: Step) -> bool:
    """Return whether a step leads to where the thing is: it is at its end."""
    if step.intent_type not in _VALUES:
        return False
    slot, attribute = _VALUES[step.intent_type]
    state = turn.hass.states.get(step.slots["name"]["value"])
    return (
        state is not None
        and state.attributes.get(attribute) == (step.slots[slot]["value"])
    )
