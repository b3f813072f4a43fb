"""Questions and games that a skill leaves open: plain data, which outlives a reload."""

import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util.hass_dict import HassKey

from ...const import DOMAIN

TIMEOUT = 60.0
"""Seconds in which a question may be answered."""
_KEPT = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """What a skill waits for, and all it needs to go on: no objects, only values."""

    step: str
    """What the reply is for, in the skill's own words."""
    data: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = TIMEOUT
    """How long a reply is one."""
    asked: bool = True
    """False where nothing was asked: what follows may go on with it, "and tomorrow?"."""
    stays: bool = False
    """True for a game: what is no reply is answered as what it is, and the game goes on.
    A mere question is dropped by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A dialogue, whose it is and until when."""

    skill: str
    dialogue: Dialogue
    language: str
    until: float


type _Kept = OrderedDict[str, Open]

# A reload of Jarvis ends no game and forgets no question.
_KEY: HassKey[_Kept] = HassKey(f"{DOMAIN}_dialogues")


class Dialogues:
    """The open dialogue of each conversation; a conversation has one owner."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._kept = hass.data.setdefault(_KEY, OrderedDict())

    def open(
        self, conversation_id: str, skill: str, language: str, dialogue: Dialogue
    ) -> None:
        """Wait for a reply, in the place of what was waited for before."""
        self._kept.pop(conversation_id, None)
        self._kept[conversation_id] = Open(
            skill=skill,
            dialogue=dialogue,
            language=language,
            until=time.monotonic() + dialogue.seconds,
        )
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def get(self, conversation_id: str) -> Open | None:
        """Return what is waited for, None for nothing or no longer."""
        kept = self._kept.get(conversation_id)
        if kept is not None and time.monotonic() > kept.until:
            self.drop(conversation_id)
            return None
        return kept

    def drop(self, conversation_id: str) -> None:
        """Wait no longer."""
        self._kept.pop(conversation_id, None)
