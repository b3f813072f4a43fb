"""Reads an utterance: clauses, each with its act and spans, and how sure that is."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .features import LONGEST, Names, Token, ids_of, marks_of, tokens
from .network import Network
from .weights import Floats, Labels, Weights, load_weights

BEFORE = 24
"""Words that are read of the turn before: its last ones."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text: what it is, its characters, the end excluded."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: an act, or what it is instead (`acts` is False)."""

    act: str
    acts: bool
    start: int
    end: int
    spans: tuple[Span, ...]
    confidence: float
    """How likely this is the class of the clause, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an utterance is as a whole, and its clauses."""

    kind: str
    wants: float
    """How likely the utterance asks for anything to be done, 0 to 1."""
    clauses: tuple[Clause, ...]

    @property
    def orders(self) -> tuple[Clause, ...]:
        """The clauses that ask for an act, none where the utterance as a whole does not."""
        if self.wants < 0.5:
            return ()
        return tuple(clause for clause in self.clauses if clause.acts)

    @property
    def confidence(self) -> float:
        """How sure it is that all of `orders` is wanted; 0 where there are none."""
        return min((one.confidence for one in self.orders), default=0.0) * self.wants


class Reader:
    """Reads with the weights of a file."""

    def __init__(self, weights: Weights) -> None:
        self._network = Network(weights)
        self._labels = weights.labels

    @classmethod
    def load(cls, path: Path) -> Reader:
        """Return a reader. Blocks on the disk. Raises WeightsError, and OSError."""
        return cls(load_weights(path))

    @property
    def labels(self) -> Labels:
        """What the reader can tell."""
        return self._labels

    def read(
        self, text: str, previous: str | None = None, names: Names | None = None
    ) -> Reading:
        """Return what a text asks, said after another and in a home of such names.

        A text without a word is read as unclear, with no clause.
        """
        said = tokens(text)
        if not said:
            return Reading("unclear", 0.0, ())
        words, before = joined(text, previous)
        names = names or Names()
        scores = self._network.scores(
            [ids_of(word, self._network.buckets) for word in words],
            [marks_of(word, names) for word in words],
            before,
        )
        labels = self._labels
        kinds = _probabilities(scores.kind / labels.kind_temperature)
        spans = _spans(said, scores.spans.argmax(axis=1), labels.spans)
        begins = [0, *(i for i in range(1, len(said)) if scores.begins[i] > 0)]
        clauses = []
        for begin, end in zip(begins, [*begins[1:], len(said)], strict=True):
            mean = scores.classes[begin:end].mean(axis=0)
            likely = _probabilities(mean / labels.class_temperature)
            best = int(likely.argmax())
            first, last = said[begin].start, said[end - 1].end
            inside = tuple(one for one in spans if first <= one.start < last)
            clauses.append(
                Clause(
                    labels.classes[best], best < labels.acts, first, last, inside,
                    float(likely[best]),
                )
            )  # fmt: skip
        kind = labels.kinds[int(kinds.argmax())]
        return Reading(kind, float(kinds[0]), tuple(clauses))


def joined(text: str, previous: str | None) -> tuple[list[str], int]:
    """Return the words of both turns that are read, and how many are of the one before."""
    before = [token.text for token in tokens(previous or "")][-BEFORE:]
    said = [token.text for token in tokens(text)]
    return before + said, len(before)


def _probabilities(logits: Floats) -> Floats:
    odds: Floats = np.exp(logits - logits.max())
    total: np.float32 = odds.sum()
    return odds / total


def _spans(said: list[Token], best: np.ndarray, names: tuple[str, ...]) -> list[Span]:
    """Return spans of words' labels: 0 none, then for each span "begins" and "goes on"."""
    found: list[Span] = []
    last = 0
    for token, label in zip(said, best.tolist(), strict=True):
        if label:
            kind = names[(label - 1) // 2]
            goes_on = label % 2 == 0 and last and (last - 1) // 2 == (label - 1) // 2
            if goes_on:
                found[-1] = Span(kind, found[-1].start, token.end)
            else:
                found.append(Span(kind, token.start, token.end))
        last = label
    return found


assert BEFORE < LONGEST
