"""Understands, without a model, what Home Assistant's own sentences do not.

Polite and indirect forms, several orders in one sentence, "it" and "and in the
kitchen?", names that were misheard, and the other language. It comes after Home
Assistant's sentences and before the model, and does nothing unless all of an utterance
is understood: half a sentence may well mean the opposite.
"""

from .handling import async_answer_intent
from .scheduled import async_answer_scheduled
from .timers import async_answer_timer
from .understanding import Understanding

__all__ = [
    "Understanding",
    "async_answer_intent",
    "async_answer_scheduled",
    "async_answer_timer",
]
