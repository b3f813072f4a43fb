"""What is decided by code and never left to a model."""

from ...const import MAX_SILENCE, MAX_TEXT
from ...core.errors import NoSpeechError, TextTooLongError

__all__ = [
    "HAND_OVER_SHARE",
    "LONGEST_HEARD",
    "LONGEST_ORDER",
    "LONGEST_SHOWN",
    "LONG_MODEL_TIMEOUT",
    "MAX_MODEL_ROUNDS",
    "MODEL_TIMEOUT",
    "TURN_SECONDS",
    "check_text",
]

MODEL_TIMEOUT = MAX_SILENCE - 1.0
"""Seconds a model may be silent: what it leaves is for saying that it was."""

LONG_MODEL_TIMEOUT = 28.0
"""Seconds a model may be silent while interim words keep the user company."""

HAND_OVER_SHARE = 2 / 3
"""Part of `MODEL_TIMEOUT` after which another server is asked, if there is one."""

TURN_SECONDS = 30.0
"""Seconds after which a turn is ended, whatever it is doing."""

LONGEST_ORDER = 600
"""Characters of an utterance that is read word by word; more is for a model."""

LONGEST_HEARD = 3000
"""Characters after which an answer that is heard ends with its sentence: three minutes."""

LONGEST_SHOWN = 16_000
"""The same for one that is read."""

MAX_MODEL_ROUNDS = 10
"""Times the model is asked within one turn: each call of tools asks it again."""


def check_text(text: str) -> None:
    """Raise unless the text can be worked on."""
    if len(text) > MAX_TEXT:
        raise TextTooLongError(limit=str(MAX_TEXT))
    if not any(character.isalnum() for character in text):
        raise NoSpeechError
