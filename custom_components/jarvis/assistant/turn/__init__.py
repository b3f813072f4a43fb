"""One utterance on its way to one answer, and what it notes on that way."""

from .held_action import HeldAction
from .notes import Asked, Tried
from .policy import (
    HAND_OVER_SHARE,
    LONG_PATIENCE,
    LONGEST_HEARD,
    LONGEST_ORDER,
    LONGEST_SHOWN,
    MAX_MODEL_ROUNDS,
    MODEL_PATIENCE,
    check_text,
)
from .turn import Turn, speaker_of

__all__ = [
    "HAND_OVER_SHARE",
    "LONGEST_HEARD",
    "LONGEST_ORDER",
    "LONGEST_SHOWN",
    "LONG_PATIENCE",
    "MAX_MODEL_ROUNDS",
    "MODEL_PATIENCE",
    "Asked",
    "HeldAction",
    "Tried",
    "Turn",
    "check_text",
    "speaker_of",
]
