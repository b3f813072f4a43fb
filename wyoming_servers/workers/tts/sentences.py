"""Cuts a stream of text into pieces that are spoken one after the other."""

import re

from sentence_stream import SentenceBoundaryDetector

_FIRST_CHARS = 100
"""The first piece is never longer: its making is what the listener waits for."""

_FIRST_CLAUSE_FROM = 60
"""From this length on even a whole first sentence is cut after its first clause."""

_LEAST_CLAUSE = 20
"""A shorter piece of its own sounds chopped."""

_CLAUSE = re.compile(r"[,;:–—)\]»]\s+|\s[–—-]\s|\n|[،、，；：]")
_SPACE = re.compile(r"\s+")
_SPOKEN = re.compile(r"\w")


class Cutter:
    """Gives sentences as they are complete, and clauses when a sentence is too long."""

    def __init__(self, max_chars: int) -> None:
        self._detector = SentenceBoundaryDetector()
        self._max_chars = max_chars
        self._first = True

    def add(self, text: str) -> list[str]:
        """Return the pieces that are complete with this text."""
        pieces: list[str] = []
        for sentence in self._detector.add_chunk(text):
            pieces += self._clauses(sentence)
        # The detector waits for a full stop, for ever if there is none.
        while len(self._detector.remaining_text) > 2 * self._limit():
            rest = self._detector.remaining_text
            end = _cut(rest, self._limit())
            pieces += self._clauses(self._detector.current_sentence + rest[:end])
            self._detector.current_sentence = ""
            self._detector.remaining_text = rest[end:]
        return pieces

    def finish(self) -> list[str]:
        """Return what is left."""
        return self._clauses(self._detector.finish())

    def _limit(self) -> int:
        return min(_FIRST_CHARS, self._max_chars) if self._first else self._max_chars

    def _clauses(self, sentence: str) -> list[str]:
        pieces: list[str] = []
        rest = sentence.strip()
        while rest:
            end = self._end(rest)
            piece, rest = rest[:end].strip(), rest[end:].strip()
            # Nothing but punctuation is silence; a voice may choke on it.
            if _SPOKEN.search(piece):
                pieces.append(piece)
                self._first = False
        return pieces

    def _end(self, text: str) -> int:
        """Return where the next piece of the text ends."""
        limit = self._limit()
        if self._first and len(text) > _FIRST_CLAUSE_FROM:
            early = [found.end() for found in _CLAUSE.finditer(text, 1, limit + 1)]
            if end := next((e for e in early if e >= _LEAST_CLAUSE), None):
                return end
        return len(text) if len(text) <= limit else _cut(text, limit)


def _cut(text: str, limit: int) -> int:
    """Return where to cut: after the last clause, else a space, else at the limit."""
    for pattern in (_CLAUSE, _SPACE):
        ends = [found.end() for found in pattern.finditer(text, 1, limit + 1)]
        if ends and ends[-1] >= _LEAST_CLAUSE:
            return ends[-1]
    return limit
