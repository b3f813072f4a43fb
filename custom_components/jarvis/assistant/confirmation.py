"""Said means done: what is said of an action is read from the states after it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from homeassistant.const import (
    STATE_OFF,
    STATE_ON,
    STATE_STANDBY,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import (
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers import intent
from homeassistant.helpers.event import async_track_state_change_event

from ..engines.language import NounPhrase, counted, enumerate_phrases, named
from .names import area_name, thing_name
from .speech import say, say_state

PATIENCE = 2.0
"""Seconds a device may take to report what it was asked for."""

NAMED_AT_MOST = 3
"""Things that are listed by name; more are counted."""

_SWITCHED = frozenset(
    {
        "fan",
        "group",
        "humidifier",
        "input_boolean",
        "light",
        "remote",
        "siren",
        "switch",
    }
)
_MOVING = frozenset({"opening", "closing", "locking", "unlocking"})
_OPPOSITE = {
    "on": "off",
    "off": "on",
    "open": "closed",
    "closed": "open",
    "locked": "unlocked",
    "unlocked": "locked",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What an action wants of one entity."""

    word: str
    """The entry of the sentences' `states` that says it."""
    states: frozenset[str] = frozenset()
    """States in which the goal is reached or being reached."""
    test: Callable[[State], bool] | None = None
    """Takes the place of `states` where an attribute decides."""
    value: str = ""

    def reached(self, state: State) -> bool:
        """Return whether the state is what was wanted."""
        if self.test is not None:
            return self.test(state)
        return state.state in self.states


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What became of an action."""

    speech: str
    complete: bool = False
    """True when all of it is done."""


async def async_confirm(
    hass: HomeAssistant, responses: Sequence[intent.IntentResponse], language: str
) -> Confirmation | None:
    """Return what to say about intents, None when core's own words serve better.

    Waits up to `PATIENCE` seconds for entities that have not changed yet.
    """
    goals = [_goals(response) for response in responses]
    if not goals or not all(goals):
        return None
    await _async_wait(hass, {key: goal for part in goals for key, goal in part.items()})
    done: list[str] = []
    missing: list[str] = []
    for response, part in zip(responses, goals, strict=True):
        reached, failed = _clauses(hass, response, part, language)
        done += reached
        missing += failed
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
    text = say(
        language,
        f"confirmations.{'done' if done else 'not_yet'}",
        what=enumerate_phrases(done or missing, language),
    )
    return Confirmation(speech=text, complete=bool(done))


def _clauses(
    hass: HomeAssistant,
    response: intent.IntentResponse,
    goals: dict[str, Goal],
    language: str,
) -> tuple[list[str], list[str]]:
    """Return a clause for each thing that an intent reached, and that it did not."""
    reached: dict[str, list[State]] = {}
    failed: dict[str, list[State]] = {}
    for entity_id, goal in goals.items():
        state = hass.states.get(entity_id)
        if state is None:
            continue
        if goal.reached(state):
            word = state.state if state.state in _MOVING else goal.word
            reached.setdefault(word, []).append(state)
        else:
            failed.setdefault(_shortfall(goal, state), []).append(state)
    value = next(iter(goals.values())).value
    alone = not (reached and failed)
    # One list for each of the two: how they are told apart is said by the caller.
    reached_clauses, failed_clauses = (
        [
            say_state(
                language,
                _subject(hass, response, states, language, alone=alone),
                word,
                still="still" if group is failed else "",
                value=value,
            )
            for word, states in group.items()
        ]
        for group in (reached, failed)
    )
    return reached_clauses, failed_clauses


def _goals(response: intent.IntentResponse) -> dict[str, Goal]:
    """Return the goal of each entity; none at all when one of them has no clear one."""
    if response.intent is None:
        return {}
    goals: dict[str, Goal] = {}
    for target in (*response.success_results, *response.failed_results):
        if target.type is not intent.IntentResponseTargetType.ENTITY or not target.id:
            continue
        goal = _goal(response.intent, target.id.partition(".")[0])
        if goal is None:
            return {}
        goals[target.id] = goal
    return goals


def _goal(asked: intent.Intent, domain: str) -> Goal | None:
    slots = asked.slots
    match asked.intent_type, domain:
        case (intent.INTENT_TURN_ON | intent.INTENT_TURN_OFF as kind, _):
            return _on_off_goal(domain, on=kind == intent.INTENT_TURN_ON)
        case "HassLightSet", "light":
            if "brightness" not in slots or {"color", "temperature"} & slots.keys():
                return None
            wanted = int(slots["brightness"]["value"])
            return Goal(
                word="brightness",
                test=lambda state: (
                    abs((state.attributes.get("brightness") or 0) / 2.55 - wanted) < 2
                ),
                value=str(wanted),
            )
        case "HassClimateSetTemperature", "climate":
            degrees = float(slots["temperature"]["value"])
            return Goal(
                word="temperature",
                test=lambda state: (
                    abs((state.attributes.get("temperature") or 0) - degrees) < 0.5
                ),
                value=f"{degrees:g}",
            )
        case intent.INTENT_SET_POSITION, "cover" | "valve":
            wanted = int(slots["position"]["value"])
            return Goal(
                word="position",
                test=lambda state: (
                    state.attributes.get("current_position") == wanted
                    or state.state in {"opening", "closing"}
                ),
                value=str(wanted),
            )
    return None


def _on_off_goal(domain: str, *, on: bool) -> Goal | None:
    match domain:
        case "cover" | "valve" if on:
            return Goal(word="open", states=frozenset({"open", "opening"}))
        case "cover" | "valve":
            return Goal(word="closed", states=frozenset({"closed", "closing"}))
        case "lock" if on:
            return Goal(word="locked", states=frozenset({"locked", "locking"}))
        case "lock":
            return Goal(word="unlocked", states=frozenset({"unlocked", "unlocking"}))
        case "media_player" | "climate" | "water_heater":
            off = {STATE_OFF, STATE_STANDBY}
            idle = off | {STATE_UNAVAILABLE, STATE_UNKNOWN}
            if on:
                return Goal(word="on", test=lambda state: state.state not in idle)
            return Goal(word="off", states=frozenset(off))
        case _ if domain in _SWITCHED:
            wanted = STATE_ON if on else STATE_OFF
            return Goal(word=wanted, states=frozenset({wanted}))
    return None


def _shortfall(goal: Goal, state: State) -> str:
    """Return the word for what an entity is instead of what was wanted."""
    if state.state in {STATE_UNAVAILABLE, STATE_UNKNOWN}:
        return "unavailable"
    if state.state == "jammed":
        return "jammed"
    return _OPPOSITE.get(goal.word, "unchanged")


async def _async_wait(hass: HomeAssistant, goals: dict[str, Goal]) -> None:
    """Wait until every goal is reached, `PATIENCE` seconds at most."""
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
        async with asyncio.timeout(PATIENCE):
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
        return counted(len(states), _kind(states), area, language)
    if len(states) > NAMED_AT_MOST:
        return counted(len(states), _kind(states), area, language)
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
    return str(slots.get(name, {}).get("text") or "")


def plural_form(phrases: Sequence[NounPhrase]) -> str:
    """Return the form of several things together."""
    genders = {phrase.form[:-1] for phrase in phrases}
    if genders == {""}:
        return "p"
    return "fp" if genders == {"f"} else "mp"


def _kind(states: Sequence[State]) -> str:
    """Return what the entities have in common: a device class, a domain or nothing."""
    classes = {state.attributes.get("device_class") for state in states}
    domains = {state.domain for state in states}
    if domains == {"cover"} and len(classes) == 1 and (kind := classes.pop()):
        return str(kind)
    return domains.pop() if len(domains) == 1 else ""
