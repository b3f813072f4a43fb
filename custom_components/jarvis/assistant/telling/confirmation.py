"""Said means done: what is said of an action is read from the states after it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import (
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers import intent
from homeassistant.helpers.event import async_track_state_change_event

from ...engines.language import NounPhrase, counted, enumerate_phrases, named
from ..home import (
    area_name,
    common_kind,
    intent_targets,
    silent,
    thing_name,
    without_groups,
)
from ..sentences import say, say_state
from .goals import Goal, goal_of, told_word

TIMEOUT = 2.0
"""Seconds a device may take to report what it was asked for."""

NAMED_AT_MOST = 3
"""Things that are listed by name; more are counted."""

_OPPOSITE = {
    "on": "off",
    "off": "on",
    "open": "closed",
    "closed": "open",
    "locked": "unlocked",
    "unlocked": "locked",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What became of an action."""

    speech: str
    complete: bool = False
    """True when all of it is done."""


async def async_confirm(
    hass: HomeAssistant,
    responses: Sequence[intent.IntentResponse],
    language: str,
    since: float | None = None,
) -> Confirmation | None:
    """Return what to say about intents; None where one of them has no state to tell.

    Waits up to `TIMEOUT` seconds for entities that have not changed yet. `since` is
    when the act began, a timestamp: what has not changed since then was so already.
    """
    goals = [goals_of(hass, response) for response in responses]
    if not goals or not all(goals):
        return None
    await _async_wait(hass, {key: goal for part in goals for key, goal in part.items()})
    done: list[str] = []
    missing: list[str] = []
    already = since is not None and all(
        _was_so(hass, entity_id, goal, since)
        for part in goals
        for entity_id, goal in part.items()
    )
    for response, part in zip(responses, goals, strict=True):
        reached, failed = _clauses(hass, response, part, language, already=already)
        done += reached
        missing += failed
    # The same, asked for twice, is told once.
    done, missing = list(dict.fromkeys(done)), list(dict.fromkeys(missing))
    if done and missing:
        text = say(
            language,
            "confirmations.partly",
            done=enumerate_phrases(done, language),
            missing=enumerate_phrases(missing, language),
        )
        return Confirmation(speech=text[:1].upper() + text[1:])
    if not (done or missing):
        return None
    key = "already" if already else "done" if done else "not_yet"
    text = say(
        language,
        f"confirmations.{key}",
        what=enumerate_phrases(done or missing, language),
    )
    return Confirmation(speech=text[:1].upper() + text[1:], complete=bool(done))


def _was_so(hass: HomeAssistant, entity_id: str, goal: Goal, since: float) -> bool:
    """Return whether an entity was what was wanted before it was asked for it."""
    state = hass.states.get(entity_id)
    if state is None or goal.changes or silent(state) or not goal.test(state):
        return False
    changed = state.last_changed if goal.whole else state.last_updated
    return changed.timestamp() < since


def _clauses(
    hass: HomeAssistant,
    response: intent.IntentResponse,
    goals: dict[str, Goal],
    language: str,
    *,
    already: bool,
) -> tuple[list[str], list[str]]:
    """Return a clause for each thing that an intent reached, and that it did not."""
    reached: dict[tuple[str, str], list[State]] = {}
    failed: dict[tuple[str, str], list[State]] = {}
    for entity_id, goal in goals.items():
        state = hass.states.get(entity_id)
        if state is None:
            continue
        if goal.reached(state):
            key = told_word(goal, state), goal.value(state)
            reached.setdefault(key, []).append(state)
        else:
            failed.setdefault(_shortfall(goal, state), []).append(state)
    alone = not (reached and failed)
    # One list for each of the two: how they are told apart is said by the caller.
    reached_clauses, failed_clauses = (
        [
            say_state(
                language,
                _subject(hass, response, without_groups(states), language, alone=alone),
                word,
                still="still" if group is failed else "already" if already else "",
                value=value,
            )
            for (word, value), states in group.items()
        ]
        for group in (reached, failed)
    )
    return reached_clauses, failed_clauses


def goals_of(hass: HomeAssistant, response: intent.IntentResponse) -> dict[str, Goal]:
    """Return the goal of each entity; none at all when one of them has no clear one."""
    if response.intent is None:
        return {}
    goals: dict[str, Goal] = {}
    targets = [
        target.id
        for target in (*response.success_results, *response.failed_results)
        if target.type is intent.IntentResponseTargetType.ENTITY and target.id
    ]
    if not targets:
        targets = _found(hass, response.intent)
    for entity_id in targets:
        goal = goal_of(response.intent, entity_id)
        if goal is None:
            return {}
        goals[entity_id] = goal
    return goals


def _found(hass: HomeAssistant, asked: intent.Intent) -> list[str]:
    """Return what an intent acted on whose handler does not tell."""
    slots = {name: slot.get("value") for name, slot in asked.slots.items()}
    try:
        states = intent_targets(hass, asked.intent_type, slots)
    except intent.IntentError:
        return []
    return [state.entity_id for state in states]


def _shortfall(goal: Goal, state: State) -> tuple[str, str]:
    """Return the word for what an entity is instead of what was wanted, and its value."""
    if state.state in {STATE_UNAVAILABLE, STATE_UNKNOWN}:
        return "unavailable", ""
    if goal.whole and state.state in {"jammed", "paused", "docked", "error"}:
        return state.state, ""
    if lacking := goal.lacking(state):
        return lacking, ""
    return _OPPOSITE.get(goal.word, "unchanged"), ""


async def _async_wait(hass: HomeAssistant, goals: dict[str, Goal]) -> None:
    """Wait until every goal is reached, `TIMEOUT` seconds at most."""
    pending = {
        entity_id
        for entity_id, goal in goals.items()
        if (state := hass.states.get(entity_id)) and not goal.reached(state)
    }
    if not pending:
        return
    all_reached = asyncio.Event()

    @callback
    def changed(event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        if state is not None and goals[state.entity_id].reached(state):
            pending.discard(state.entity_id)
            if not pending:
                all_reached.set()

    stop = async_track_state_change_event(hass, list(pending), changed)
    try:
        async with asyncio.timeout(TIMEOUT):
            await all_reached.wait()
    except TimeoutError:
        pass
    finally:
        stop()


def _subject(
    hass: HomeAssistant,
    response: intent.IntentResponse,
    states: Sequence[State],
    language: str,
    *,
    alone: bool,
) -> NounPhrase:
    """Name the entities: one by its name, some by a list, many by their number.

    `alone` is False when only a part of the targets is meant; these are then named,
    since "the kitchen lights" would say too much.
    """
    areas = [
        target
        for target in response.success_results
        if target.type is intent.IntentResponseTargetType.AREA
    ]
    slots = response.intent.slots if response.intent else {}
    area = None
    if len(areas) == 1:
        said = _said(slots, "area")
        area = area_name(hass, areas[0].id or "", language, said) or areas[0].name
    by_kind = "domain" in slots or "device_class" in slots
    if alone and area and by_kind and "name" not in slots:
        return counted(len(states), common_kind(states), area, language)
    if len(states) > NAMED_AT_MOST:
        return counted(len(states), common_kind(states), area, language)
    said = _said(slots, "name")
    phrases = [
        named(thing_name(hass, state, language, said), language) for state in states
    ]
    if len(phrases) == 1:
        return phrases[0]
    text = enumerate_phrases([phrase.text for phrase in phrases], language)
    return NounPhrase(text=text, form=plural_form(phrases))


def _said(slots: Mapping[str, Any], name: str) -> str:
    """Return the words that filled a slot."""
    said = slots.get(name, {}).get("text")
    return said if isinstance(said, str) else ""


def plural_form(phrases: Sequence[NounPhrase]) -> str:
    """Return the form of several things together."""
    genders = {phrase.form[:-1] for phrase in phrases}
    if genders == {""}:
        return "p"
    return "fp" if genders == {"f"} else "mp"
