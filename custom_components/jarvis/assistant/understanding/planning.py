"""Finds out how an order can be done, before anything of it is."""

from collections.abc import Sequence
from dataclasses import replace

from ...engines.language import Action, Order, enumerate_choices, folded, named
from ...skills.base import Answer
from ..home import KINDS, OPENINGS, STEPPED, Found, Home, key_words, thing_name
from ..intents import Step
from ..sentences import say
from ..turn import Turn
from .acting import steps_for
from .covering import closing
from .dimming import dim
from .everything import all_off
from .handling import async_recognize
from .memory import Memory, asked_now
from .plans import Plan
from .shifting import Whole, plan_shift
from .whites import whiten

ACTS_ALONE = frozenset(
    {"HassBroadcast", "HassListAddItem", "HassMediaSearchAndPlay", "HassNevermind",
     "HassRespond", "HassShoppingListAddItem"}
)  # fmt: skip
"""Intents that take any words for their slot: in half a sentence they mislead."""

MANY_THINGS = 300
"""From here on names are compared outside the event loop: it takes milliseconds."""


class Planner:
    """Plans one order after the other, by what a conversation has spoken of."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def async_plan(
        self, turn: Turn, order: Order, home: Home, *, alone: bool
    ) -> Plan | Answer | None:
        """Return how to do an order, or the question that must be asked first."""
        known = await _async_knows(turn, order.sentence, alone=alone)
        steps: Sequence[Step] = ()
        order = _switched(order, home)
        if not known and not order.plain_only and _all_at_once(order):
            return await self._async_plan_all(turn, order, home, alone=alone)
        if not order.plain_only:
            if order.refers or order.repeats:
                order, found = self.recall(turn, order, home)
            else:
                found = await _async_find(turn, order, home)
                if not (known or found or found.doubtful):
                    order, found = await _async_find_way_in(turn, order, home)
            if order.value is not None and order.verb in {Action.CLOSE, Action.DIM}:
                order = closing(turn.hass, order, found)
                if order.action is None and alone:
                    return Answer(speech=say(turn.language, "ask.closed_further"))
            steps = steps_for(order, found)
            if not (known or steps or found.doubtful) and alone:
                return _nothing_to_move(turn, order, home)
            if not known and not found and found.doubtful and order.action is not None:
                return self._ask(turn, order, found, home)
        if not known and not steps:
            return None
        return Plan(
            sentence=order.sentence if known else "",
            steps=steps,
            together=len(steps) > 1,
        )

    async def _async_plan_all(
        self, turn: Turn, order: Order, home: Home, *, alone: bool
    ) -> Plan | Answer | None:
        """Plan "turn everything off" and "dim the lights": what that is, states tell."""
        if order.shift is not None:
            return await self._async_plan_shift(turn, order, home, alone=alone)
        if order.everything:
            steps = all_off(turn, order, home)
        else:
            if order.refers:
                found = self.recall(turn, order, home)[1]
            else:
                found = await _async_find(turn, order, home)
            if order.white is not None and found.doubtful:
                return None
            lights = tuple(t.entity_id for t in home.of(found) if t.domain == "light")
            if order.white is not None:
                steps = whiten(turn, lights, order.white) or None
            else:
                steps = dim(turn, lights, up=order.action is Action.BRIGHTEN)
        if steps is None:
            return None
        if not steps and alone:
            return Answer(speech=say(turn.language, "answers.none.on"))
        return Plan(steps=steps, together=order.everything)

    async def _async_plan_shift(
        self, turn: Turn, order: Order, home: Home, *, alone: bool
    ) -> Plan | Answer | None:
        """Plan "un peu plus chaud": more or less of what there is."""
        assert order.shift is not None
        if order.refers:
            found = self.recall(turn, order, home)[1]
        elif order.target:
            found = await _async_find(turn, order, home)
        else:
            found = Found()
        if not found and found.doubtful:
            return self._ask(turn, order, found, home) if alone else None
        planned = plan_shift(turn, order, found, home, self._memory)
        if isinstance(planned, Whole):
            # What can only be opened or closed: nothing is done before it is agreed.
            if not alone:
                return None
            self._memory.ask(
                turn.conversation_id,
                asked_now(planned.order, planned.entity_ids, home.language),
            )
            return Answer(speech=planned.question, asks=True)
        if isinstance(planned, Answer) and not alone:
            return None
        if planned is None and alone:
            return _nothing_to_move(turn, order, home)
        return planned

    def recall(self, turn: Turn, order: Order, home: Home) -> tuple[Order, Found]:
        """Find what a pronoun stands for, or repeat the last action elsewhere."""
        spoken = self._memory.spoken_of(turn.conversation_id)
        if spoken is None:
            return order, Found()
        domains = {entity_id.partition(".")[0] for entity_id in spoken.entity_ids}
        if order.refers:
            if order.shift is not None:
                fits = domains <= STEPPED[order.shift.of]
                ids = spoken.entity_ids if fits else ()
                return order, Found(entity_ids=ids)
            if order.action in {Action.DIM, Action.BRIGHTEN} and domains != {"light"}:
                return order, Found()
            if order.action in {Action.OPEN, Action.CLOSE} and domains != {"cover"}:
                return order, Found()
            if order.action in {Action.ON, Action.OFF} and domains & {"cover", "lock"}:
                return order, Found()
            if order.action in {Action.LOCK, Action.UNLOCK} and domains != {"lock"}:
                return order, Found()
            return order, Found(entity_ids=spoken.entity_ids)
        if spoken.action is None:
            return order, Found()
        order = replace(order, action=spoken.action)
        area_id = home.area_of(key_words(order.target, home.language))
        if area_id is not None:
            things = home.in_area(area_id, domains)
            ids = tuple(thing.entity_id for thing in things)
            domain = next(iter(domains)) if len(domains) == 1 and len(ids) > 1 else ""
            return order, Found(entity_ids=ids, area_id=area_id, domain=domain)
        return order, home.find(order)

    def _ask(self, turn: Turn, order: Order, found: Found, home: Home) -> Answer | None:
        names = [
            named(thing_name(turn.hass, state, turn.language), turn.language).text
            for entity_id in found.doubtful
            if (state := turn.hass.states.get(entity_id))
        ]
        if not names or len(set(names)) < len(names):
            return None
        self._memory.ask(
            turn.conversation_id, asked_now(order, found.doubtful, home.language)
        )
        choices = enumerate_choices(names, turn.language)
        return Answer(
            speech=say(turn.language, "ask.which", choices=choices), asks=True
        )


def _switched(order: Order, home: Home) -> Order:
    """Return "ferme la lumière" as an order to switch it off; other orders as they are."""
    action = {Action.OPEN: Action.ON, Action.CLOSE: Action.OFF}.get(
        order.action or Action.SET
    )
    kinds = KINDS[home.language]
    words = key_words(order.target, home.language) & kinds.keys()
    if home.language != "fr" or action is None:
        return order
    if not any(kinds[word].domain == "light" for word in words):
        return order
    return replace(order, action=action)


def _nothing_to_move(turn: Turn, order: Order, home: Home) -> Answer | None:
    """Say that a room or a gate is named and nothing there opens or closes."""
    if order.action not in {Action.OPEN, Action.CLOSE}:
        return None
    words = key_words(order.target, home.language)
    if home.area_of(words) is None and not (words and words <= OPENINGS.keys()):
        return None
    return Answer(speech=say(turn.language, f"ask.nothing_to_{order.action}"))


async def _async_find(turn: Turn, order: Order, home: Home) -> Found:
    if len(home.things) < MANY_THINGS:
        return home.find(order)
    return await turn.hass.async_add_executor_job(home.find, order)


async def _async_find_way_in(
    turn: Turn, order: Order, home: Home
) -> tuple[Order, Found]:
    """Find the lock that is to be opened, or the garage door that is to be unlocked.

    Of what is a way in, either verb means the same: it is asked for by the right one.
    """
    ways = {Action.OPEN: Action.UNLOCK, Action.UNLOCK: Action.OPEN}
    if order.value is not None or order.action not in ways:
        return order, Found()
    other = replace(order, action=ways[order.action], verb=None)
    found = await _async_find(turn, other, home)
    meant = {*found.entity_ids, *found.doubtful}
    things = [thing for thing in home.things if thing.entity_id in meant]
    if not things or found.domain or not all(thing.guarded for thing in things):
        return order, Found()
    return other, found


async def _async_knows(turn: Turn, sentence: str, *, alone: bool) -> bool:
    """Return whether Home Assistant understands a plain command."""
    # What was said word for word it has refused already.
    if not sentence or folded(sentence) == folded(turn.text):
        return False
    result = await async_recognize(turn, sentence)
    return result is not None and (alone or result.intent.name not in ACTS_ALONE)


def _all_at_once(order: Order) -> bool:
    stepwise = order.shift or order.action in {Action.DIM, Action.BRIGHTEN}
    return bool(order.everything or stepwise or order.white)
