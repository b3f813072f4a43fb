"""Asks whether the user wants what a model would do unasked."""

from collections.abc import Mapping, Sequence
from typing import Any

from homeassistant.core import State
from homeassistant.helpers import intent, llm

from ...core.errors import JarvisError
from ...skills.base import Answer
from ..home import TIMERS
from ..safety import GuardedError, clauses_for, contradict, joined
from ..turn import HeldAction, Turn

_VERBS = {
    **dict.fromkeys(TIMERS, "change_timer"),
    intent.INTENT_TURN_ON: "turn_on",
    intent.INTENT_TURN_OFF: "turn_off",
    intent.INTENT_BROADCAST: "announce",
    intent.INTENT_START_TIMER: "start_timer",
    "HassOpenCover": "open",
    "HassCloseCover": "close",
    "HassListAddItem": "add",
    "HassShoppingListAddItem": "add",
    "HassListCompleteItem": "strike",
    "HassListRemoveItem": "strike",
    "HassShoppingListCompleteItem": "strike",
}
_BY_DOMAIN = {
    ("turn_on", "cover"): "open",
    ("turn_on", "valve"): "open",
    ("turn_on", "lock"): "lock",
    ("turn_on", "scene"): "activate",
    ("turn_on", "script"): "run",
    ("turn_off", "cover"): "close",
    ("turn_off", "valve"): "close",
    ("", "script"): "run",
}


def offer(
    turn: Turn,
    tool: llm.Tool,
    kind: str,
    targets: Sequence[State],
    arguments: Mapping[str, Any],
) -> GuardedError:
    """Return what asks for a yes to a call: `kind` is its intent, "" for none."""
    verb = _VERBS.get(kind, "set" if kind else "")
    domains = {state.domain for state in targets}
    if len(domains) == 1:
        verb = _BY_DOMAIN.get((verb, domains.pop()), verb)
    ids = tuple(state.entity_id for state in targets)
    return GuardedError(
        HeldAction(
            entity_ids=ids,
            verb=verb or "use",
            critical=False,
            clauses=clauses_for(
                turn.hass, turn.language, kind, targets, arguments, tool_title(tool)
            ),
        )
    )


def tool_title(tool: llm.Tool) -> str:
    """Return what to call a tool."""
    return tool.title or tool.name.rpartition("__")[2].replace("_", " ")


def held_too(first: JarvisError | None, second: GuardedError) -> JarvisError:
    """Return what asks about one call more; a call that asks for more goes alone."""
    if first is None:
        return second
    if (
        not isinstance(first, GuardedError)
        or first.action.critical
        or second.action.critical
    ):
        return first
    one, other = first.action, second.action
    if one.contrary or set(other.clauses) <= set(one.clauses):
        return first
    if (pair := _contrary(one, other)) is not None:
        return GuardedError(pair)
    both = GuardedError(
        HeldAction(
            entity_ids=tuple(dict.fromkeys((*one.entity_ids, *other.entity_ids))),
            verb=one.verb if one.verb == other.verb else "use",
            critical=False,
            asked_for=one.asked_for and other.asked_for,
            clauses=joined((*one.clauses, *other.clauses)),
        )
    )

    async def resume(turn: Turn) -> Answer | None:
        told: list[str] = []
        for error in (first, second):
            try:
                answer = await error.resume(turn) if error.resume else None
            except JarvisError:
                turn.done = " ".join(told)
                raise
            if answer is not None:
                told.append(answer.speech)
        return Answer(speech=" ".join(dict.fromkeys(told))) if told else None

    both.resume = resume
    return both


def _contrary(one: HeldAction, other: HeldAction) -> HeldAction | None:
    """Return the first two acts that contradict each other."""
    return next(
        (
            HeldAction(critical=False, contrary=True, clauses=(mine, its))
            for mine in one.clauses
            for its in other.clauses
            if contradict([mine], [its])
        ),
        None,
    )
