"""What a tool declares that it does: judged by the guard, told by "why?".

Nobody is trusted for who offers a tool. What declares nothing counts as `UNDECLARED`,
which is the most critical there is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from homeassistant.core import HomeAssistant

type Targets = Callable[[HomeAssistant, Mapping[str, Any]], Iterable[str]]


class ActsOn(StrEnum):
    """What a tool changes."""

    ENTITIES = "entities"
    AREAS = "areas"
    """All that is in them."""
    THINGS = "things"
    """What Jarvis keeps: a note, a reminder, the score of a game. Nothing moves now."""
    PEOPLE = "people"
    """What others see or hear: a message, an announcement."""
    OUTSIDE = "outside"
    """The world beyond the home: an order, a booking, a request that tells something."""


class Risk(StrEnum):
    """How critical it is that a tool is called."""

    NONE = "none"
    """A model may do it unasked."""
    ORDINARY = "ordinary"
    """The user's words have to ask for it; a model that wants it unasked asks first."""
    CRITICAL = "critical"
    """It always waits for a yes, or for the code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What calling a tool does."""

    acts_on: frozenset[ActsOn] = frozenset()
    """Nothing: it only reads."""
    risk: Risk = Risk.ORDINARY
    targets: Targets | None = None
    """Returns the ids of the entities that a call would move. Without it they are those
    that the arguments name, by id, name, device or area."""
    proves: frozenset[str] = frozenset()
    """The claims that its success makes true, worlds of `assistant/verification/claims.yaml`:
    "noting", "memory", "reminder", "message" …"""
    undone_by: str = ""
    """The skill's tool that takes it back, "" where nothing does."""
    most_a_minute: int = 0
    """Calls a minute of one speaker, 0 for no limit but that of turns."""

    @property
    def reads(self) -> bool:
        """True when nothing is changed."""
        return not self.acts_on

    @property
    def moves(self) -> bool:
        """True when things of the home move: then there must be entities to judge."""
        return not self.acts_on.isdisjoint({ActsOn.ENTITIES, ActsOn.AREAS})

    @property
    def keeps(self) -> bool:
        """True when nothing but what Jarvis keeps is changed."""
        return self.acts_on <= {ActsOn.THINGS}

    @property
    def worlds(self) -> frozenset[str]:
        """What a model may claim after it."""
        return self.proves | (frozenset({"device"}) if self.moves else frozenset())


READS = Effect()
UNDECLARED = Effect(acts_on=frozenset(ActsOn), risk=Risk.CRITICAL)
