"""Puts orders off: "dans dix minutes", "at 7 pm".

Home Assistant's timers do it, which know nothing after a restart. So what they cannot
be trusted with is refused aloud rather than done at once, or never.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hassil.recognize import RecognizeResult
from homeassistant.helpers import intent
from homeassistant.util import dt as dt_util

from ...engines.language import Action, Delay, Order, named
from ...ha_internals import timer_manager
from ...skills.base import Answer
from ..home import READING, Found, intent_targets, thing_name
from ..intents import Slots, Step, async_run
from ..safety import GuardedError
from ..sentences import say
from ..turn import Turn

_KEPT = 64
LONGEST = 24 * 3600.0
"""Seconds that an order may be put off."""

_COMMANDS = {
    Action.ON: "turn_on",
    Action.OFF: "turn_off",
    Action.OPEN: "open",
    Action.CLOSE: "close",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """An order that was understood and may be done, or why it may not."""

    command: str = ""
    """How it will be said again when its time has come."""
    guarded: bool = False


def possible(turn: Turn, steps: Sequence[Step], result: RecognizeResult | None) -> bool:
    """Return whether an order has something to act on, as far as that is known now.

    Raises what `Guard.check` raises.
    """
    try:
        for step in steps:
            values = {name: slot["value"] for name, slot in step.slots.items()}
            turn.guard.check(turn, step.intent_type, values)
        if result is None:
            return bool(steps)
        kind = result.intent.name
        slots = {entity.name: entity.value for entity in result.entities_list}
        turn.guard.check(turn, kind, slots)
    except intent.MatchFailedError:
        return False
    acts = kind not in READING and bool(intent_targets(turn.hass, kind, slots))
    return acts or bool(steps)


def can_wait(delay: Delay) -> bool:
    """Return whether an order can be put off by so much."""
    return delay.seconds is not None and delay.seconds <= LONGEST


def named_command(turn: Turn, order: Order, found: Found) -> str | None:
    """Return an order with names in the place of "it", which will mean nothing then."""
    key = _COMMANDS.get(order.action) if order.action else None
    if key is None or not found.entity_ids:
        return None
    states = [turn.hass.states.get(entity_id) for entity_id in found.entity_ids]
    conjunction = {"fr": " et ", "en": " and "}[turn.language]
    return conjunction.join(
        say(
            turn.language,
            f"commands.{key}",
            what=named(thing_name(turn.hass, state, turn.language), turn.language).text,
        )
        for state in states
        if state
    )


class Later:
    """What waits for its time, by the conversation in which it was said."""

    def __init__(self) -> None:
        self._timers: OrderedDict[str, set[str]] = OrderedDict()

    async def async_put_off(self, turn: Turn, delay: Delay, errand: Errand) -> Answer:
        """Have an order done at its time, or say that it will not be."""
        manager = timer_manager(turn.hass)
        assert manager is not None
        before = set(manager.timers)
        answer = await _async_put_off(turn, delay, errand)
        if added := set(manager.timers) - before:
            self._timers.setdefault(turn.conversation_id, set()).update(added)
            while len(self._timers) > _KEPT:
                self._timers.popitem(last=False)
        return answer

    def call_off(self, turn: Turn) -> Answer | None:
        """Call off what was put off in this conversation; None for nothing."""
        manager = timer_manager(turn.hass)
        timers = self._timers.pop(turn.conversation_id, set())
        if manager is None or not (waiting := timers & set(manager.timers)):
            return None
        for timer_id in waiting:
            manager.cancel_timer(timer_id)
        return Answer(speech=say(turn.language, "later.called_off"))


async def _async_put_off(turn: Turn, delay: Delay, errand: Errand) -> Answer:
    if errand.guarded:
        return Answer(speech=say(turn.language, "later.critical"))
    if not can_wait(delay) or delay.seconds is None:
        return Answer(speech=say(turn.language, "later.cannot", when=_told(delay)))
    hours, rest = divmod(max(1.0, round(delay.seconds)), 3600.0)
    minutes, seconds = divmod(rest, 60.0)
    parts = {"hours": hours, "minutes": minutes, "seconds": seconds}
    slots: Slots = {name: {"value": value} for name, value in parts.items() if value}
    slots["conversation_command"] = {"value": errand.command}
    try:
        step = Step(intent_type=intent.INTENT_START_TIMER, slots=slots)
        response = await async_run(turn, step)
    except GuardedError:
        return Answer(speech=say(turn.language, "later.critical"))
    when = say_clock(turn.language, delay.clock) if delay.clock else _told(delay)
    return Answer(
        speech=say(turn.language, "later.agreed", when=when), response=response
    )


def _told(delay: Delay) -> str:
    return delay.when[:1].lower() + delay.when[1:]


def say_clock(language: str, moment: datetime) -> str:
    """Return the moment that was understood: the user may have meant another."""
    day = (
        "" if moment.date() == dt_util.now().date() else say(language, "later.tomorrow")
    )
    if (hour := moment.hour) in {0, 12} and not moment.minute:
        return (
            day + say(language, "later.noon")
            if hour
            else say(language, "later.midnight")
        )
    key = "later.clock" if moment.minute else "later.hour"
    half_day = "am" if hour < 12 else "pm"
    return day + say(
        language,
        key,
        hour=str(hour if language == "fr" else hour % 12 or 12),
        minute=f"{moment.minute:02}",
        half_day=half_day,
    )
