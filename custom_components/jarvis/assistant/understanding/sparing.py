"""Does an order to all but some: "éteins tout sauf la lampe", only where both are certain.

What is left out has to be found, else nothing is done: an exception that was not
understood must not be lost.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ...engines.language import Action, Excepting, Order, read_orders
from ..home import KINDS, Found, Home, Thing, best_of, key_words
from ..intents import Step
from ..turn import Turn
from .acting import steps_for
from .everything import all_off
from .plans import Plan

_ACTIONS = frozenset({Action.ON, Action.OFF, Action.OPEN, Action.CLOSE, Action.SET})


def spare(turn: Turn, excepting: Excepting, home: Home) -> list[Plan] | None:
    """Return how to do an order to all but what it leaves out; None if not certain."""
    orders = read_orders(excepting.command, home.language)
    if not orders or any(_unclear(order) for order in orders):
        return None
    orders = home.shared(orders)
    found: list[list[Thing] | None] = [
        None if order.everything else home.of(home.find(order)) for order in orders
    ]
    meant = {thing.entity_id for things in found for thing in things or ()}
    kept: set[str] = set()
    for named in excepting.kept:
        left_out = _kept(named, home, meant)
        if not left_out:
            return None
        kept |= {thing.entity_id for thing in left_out}
    kept |= _together(turn, kept)
    plans: list[Plan] = []
    steps: Sequence[Step]
    for order, things in zip(orders, found, strict=True):
        if things is None:
            on = all_off(turn, order, home) or ()
            steps = [step for step in on if step.slots["name"]["value"] not in kept]
        else:
            ids = tuple(t.entity_id for t in things if t.entity_id not in kept)
            steps = _steps(order, ids)
        if not steps:
            return None
        plans.append(Plan(steps=steps, together=True))
    return plans


def _unclear(order: Order) -> bool:
    return (
        order.action not in _ACTIONS
        or order.refers
        or order.repeats
        or order.plain_only
        or (order.verb is Action.CLOSE and order.value is not None)
    )


def _steps(order: Order, ids: Iterable[str]) -> list[Step]:
    """Return an intent for each thing: what they are of may differ."""
    return [
        step
        for entity_id in ids
        for step in steps_for(replace(order, target=()), Found(entity_ids=(entity_id,)))
    ]


def _kept(named: Sequence[str], home: Home, meant: set[str]) -> list[Thing]:
    """Return what an exception names: of what is meant, or else of the home."""
    words = key_words(named, home.language)
    if not words:
        return []
    candidates = [thing for thing in home.things if thing.entity_id in meant]
    for things in (candidates, home.things):
        if found := _named(words, home, things):
            return found
    return []


def _named(words: frozenset[str], home: Home, things: Sequence[Thing]) -> list[Thing]:
    if exact := [thing for thing in things if words in thing.name_words]:
        return exact
    kinds = KINDS[home.language]
    said = words & kinds.keys()
    place = home.place_of(words - said)
    if place:
        there = [thing for thing in things if thing.area_id in place]
        for word in said:
            there = best_of(kinds[word], there)[1]
        return there
    rooms: dict[str | None, list[frozenset[str]]] = {}
    for names, area_id in home.area_words:
        rooms.setdefault(area_id, []).append(names)
    return [
        thing
        for thing in things
        if any(
            words <= name | room
            for name in thing.name_words
            for room in (frozenset[str](), *rooms.get(thing.area_id, ()))
        )
    ]


def _together(turn: Turn, entity_ids: Iterable[str]) -> set[str]:
    """Return the members of groups, and the groups that things are members of."""
    wanted = set(entity_ids)
    found: set[str] = set()
    for state in turn.hass.states.async_all():
        members = state.attributes.get("entity_id")
        if not isinstance(members, list | tuple | set):
            continue
        if state.entity_id in wanted:
            found.update(members)
        elif not wanted.isdisjoint(members):
            found.add(state.entity_id)
    return found
