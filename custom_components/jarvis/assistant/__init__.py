"""One utterance → one answer."""

from .agent import async_generate
from .assistant import Assistant
from .home import spoken_names
from .safety import HIDDEN, AccessRule, attempts_store, forget_questions
from .sentences import say, spoken_error
from .telling import Trace, Traces, explain
from .turn import Turn

__all__ = [
    "HIDDEN",
    "AccessRule",
    "Assistant",
    "Trace",
    "Traces",
    "Turn",
    "async_generate",
    "attempts_store",
    "explain",
    "forget_questions",
    "say",
    "spoken_error",
    "spoken_names",
]
