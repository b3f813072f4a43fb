"""Asks whether the user wants what a model would do unasked."""

from collections.abc import Mapping, Sequence
from typing import Any

from homeassistant.core import State
from homeassistant.helpers import intent, llm

from ..home import TIMERS
from ..safety import GuardedError
from ..sentences import say
from ..turn import HeldAction, Turn

MOST_NAMED = 4
"""Things that a question names one by one."""

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
    said = " ".join(
        str(arguments[slot])
        for slot in ("item", "message", "conversation_command")
        if kind in _VERBS and arguments.get(slot)
    )
    what = f"« {said} »" if said and turn.language == "fr" else said and f"“{said}”"
    if not what and len(targets) > MOST_NAMED:
        what = say(turn.language, "offer.all_of_it")
    if not what and not targets and verb != "start_timer":
        what = tool.title or tool.name.rpartition("__")[2].replace("_", " ")
    ids = tuple(state.entity_id for state in targets)
    return GuardedError(
        HeldAction(entity_ids=ids, verb=verb or "use", what=what, critical=False)
    )
