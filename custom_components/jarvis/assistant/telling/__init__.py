"""What is said of a turn: replies made from states, interim words, traces and "why?"."""

from .confirmation import Confirmation, async_confirm, plural_form
from .explanation import Explaining, explain
from .interim import Interim
from .replies import CORES_OWN, tell, tell_missing, whole_sentence
from .responses import async_answer_from, async_answer_trigger
from .spoken_form import spoken_form
from .trace_making import trace_of
from .traces import CANCELLED, EXPLAIN, Trace, Traces

__all__ = [
    "CANCELLED",
    "CORES_OWN",
    "EXPLAIN",
    "Confirmation",
    "Explaining",
    "Interim",
    "Trace",
    "Traces",
    "async_answer_from",
    "async_answer_trigger",
    "async_confirm",
    "explain",
    "plural_form",
    "spoken_form",
    "tell",
    "tell_missing",
    "trace_of",
    "whole_sentence",
]
