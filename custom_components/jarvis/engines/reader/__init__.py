"""The learned reader: what a sentence asks, as clauses with acts and spans."""

from .features import LONGEST, Names, Token, ids_of, known_words, marks_of, tokens
from .network import Network, Scores
from .reading import Clause, Reader, Reading, Span
from .weights import Labels, Weights, WeightsError, load_weights, save_weights

__all__ = [
    "LONGEST",
    "Clause",
    "Labels",
    "Names",
    "Network",
    "Reader",
    "Reading",
    "Scores",
    "Span",
    "Token",
    "Weights",
    "WeightsError",
    "ids_of",
    "known_words",
    "load_weights",
    "marks_of",
    "save_weights",
    "tokens",
]
