"""How an order will be done."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..intents import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How an order will be done."""

    sentence: str = ""
    """A command that Home Assistant understands."""
    steps: Sequence[Step] = ()
    together: bool = False
    """True for steps that are told of as one."""
