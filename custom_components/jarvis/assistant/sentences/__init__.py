"""Jarvis's own sentences, in French and in English."""

from .durations import say_duration
from .speech import say, say_error, say_state, spoken_error

__all__ = [
    "say",
    "say_duration",
    "say_error",
    "say_state",
    "spoken_error",
]
