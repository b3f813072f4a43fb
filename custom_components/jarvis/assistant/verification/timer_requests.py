"""Whether a timer is to be started, changed or stopped, for as long as the user said."""

import re
from collections.abc import Mapping
from typing import Any, Final

from homeassistant.helpers import intent

from ...engines.language import TimerDeed, folded, lengths_said, timer_deeds
from ..home import number
from .user_request import UserRequest

_UNITS: Final = {"hours": 3600, "minutes": 60, "seconds": 1}
_TIMED: Final = frozenset(
    {
        intent.INTENT_START_TIMER,
        intent.INTENT_INCREASE_TIMER,
        intent.INTENT_DECREASE_TIMER,
    }
)
"""Intents that are given a length of time."""
_DEEDS: Final = {
    intent.INTENT_CANCEL_TIMER: TimerDeed.CANCEL,
    intent.INTENT_CANCEL_ALL_TIMERS: TimerDeed.CANCEL,
    intent.INTENT_PAUSE_TIMER: TimerDeed.PAUSE,
    intent.INTENT_UNPAUSE_TIMER: TimerDeed.RESUME,
    intent.INTENT_INCREASE_TIMER: TimerDeed.ADD,
    intent.INTENT_DECREASE_TIMER: TimerDeed.REMOVE,
}
"""What has to be said for an intent that is not told by a length alone."""
_TELL_WHEN: Final = re.compile(
    r"(?<!\w)(?:tell (?:me|us) when|(?:let|give) (?:me|us) (?:know|a shout)|remind (?:me|us)|wake (?:me|us)|warn (?:me|us)|call (?:me|us)"
    r"|(?:dis|dites)(?: le)? (?:moi|nous) (?:quand|lorsque)|(?:previens|prevenez|avertis|avertissez|rappelle|rappelez|reveille|reveillez|appelle|appelez) (?:moi|nous)|fais (?:moi|nous) signe)(?!\w)"
)
"""How people ask for a timer without naming one."""


def is_timer_wanted(
    request: UserRequest, kind: str, arguments: Mapping[str, Any]
) -> bool:
    """Return whether the user has said what an intent does to a timer, and how long."""
    deed = _DEEDS.get(kind)
    if deed is not None and deed not in timer_deeds(request.text):
        return False
    return kind not in _TIMED or _is_length_said(request, arguments)


def tells_when(request: UserRequest, arguments: Mapping[str, Any]) -> bool:
    """Return whether the user wants to be told when a time that was said is over.

    "The pasta takes eight minutes, let me know" has no verb of acting.
    """
    return (
        not arguments.get("conversation_command")
        and _TELL_WHEN.search(" ".join(folded(request.text))) is not None
        and _is_length_said(request, arguments)
    )


def _is_length_said(request: UserRequest, arguments: Mapping[str, Any]) -> bool:
    seconds = sum(
        size * (number(arguments.get(unit)) or 0) for unit, size in _UNITS.items()
    )
    return seconds in lengths_said(request.text, request.language)
