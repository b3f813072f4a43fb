"""One utterance → one answer."""

from .access import AccessRule
from .assistant import Assistant
from .attempts import attempts_store
from .consent import forget_questions
from .explaining import explain
from .shield import HIDDEN
from .speech import say, spoken_error
from .tasks import async_generate
from .traces import Trace, Traces
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
]
