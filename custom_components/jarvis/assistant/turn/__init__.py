"""One utterance on its way to one answer, and what it notes on that way."""

from .held_action import Clause, HeldAction
from .notes import ModelCall, Tried
from .policy import (
    HAND_OVER_SHARE,
    LONG_MODEL_TIMEOUT,
    LONGEST_HEARD,
    LONGEST_ORDER,
    LONGEST_SHOWN,
    MAX_MODEL_ROUNDS,
    MODEL_TIMEOUT,
    check_text,
)
from .turn import Turn, speaker_of

__all__ = [
    "HAND_OVER_SHARE",
    "LONGEST_HEARD",
    "LONGEST_ORDER",
    "LONGEST_SHOWN",
    "LONG_MODEL_TIMEOUT",
    "MAX_MODEL_ROUNDS",
    "MODEL_TIMEOUT",
    "Clause",
    "HeldAction",
    "ModelCall",
    "Tried",
    "Turn",
    "check_text",
    "speaker_of",
]
