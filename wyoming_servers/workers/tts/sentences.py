"""Cuts a stream of text into pieces that are spoken one after the other."""

import re

from sentence_stream import SentenceBoundaryDetector

_FIRST_CHARS = 100
"""The first piece is short: its time is what the listener waits."""

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
        while len(self._detector.remaining_text) > 2 * self._max_chars:
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
            end = len(rest)
            if end > self._limit():
                end = _cut(rest, self._limit())
            piece, rest = rest[:end].strip(), rest[end:].strip()
            # Nothing but punctuation is silence; a voice may choke on it.
            if _SPOKEN.search(piece):
                pieces.append(piece)
                self._first = False
        return pieces


def _cut(text: str, limit: int) -> int:
    """Return where to cut: after the last clause, else a space, else at the limit."""
    for pattern in (_CLAUSE, _SPACE):
        ends = [found.end() for found in pattern.finditer(text, 1, limit + 1)]
        # A very short clause of its own sounds chopped.
        if ends and ends[-1] >= limit // 4:
            return ends[-1]
    return limit
