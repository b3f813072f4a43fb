"""Understands, without a model, what Home Assistant's own sentences do not.

Polite and indirect forms, several orders in one sentence, "it" and "and in the
kitchen?", names that were misheard, and the other language. It comes after Home
Assistant's sentences and before the model, and does nothing unless all of an utterance
is understood: half a sentence may well mean the opposite.
"""

from .handling import async_answer_intent
from .home import Home
from .kinds import KEPT_RUNNING, Kind, kinds_of
from .scheduled import async_answer_scheduled
from .snapshot import async_look_ahead, look_around
from .things import Index, Thing, key_words
from .timers import async_answer_timer
from .understanding import Understanding

__all__ = [
    "KEPT_RUNNING",
    "Home",
    "Index",
    "Kind",
    "Thing",
    "Understanding",
    "async_answer_intent",
    "async_answer_scheduled",
    "async_answer_timer",
    "async_look_ahead",
    "key_words",
    "kinds_of",
    "look_around",
]
