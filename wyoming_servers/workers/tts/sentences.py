"""Cuts a stream of text into pieces that are spoken one after the other."""

import re
from unicodedata import east_asian_width, normalize

from sentence_stream import SentenceBoundaryDetector

_FIRST_CHARS = 100
"""The first piece is never longer: its making is what the listener waits for."""

_FIRST_CLAUSE_FROM = 60
"""From this length on even a whole first sentence is cut after its first clause."""

_LEAST_CLAUSE = 20
"""A shorter piece of its own sounds chopped."""

_CLAUSE = re.compile(r"[\n\r\x85\u2028\u2029]|[,;:–—)\]»]\s+|\s[–—-]\s|[،、，；：]")
_SPACE = re.compile(r"\s+")
_SPOKEN = re.compile(r"\w")

_UNSAID = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
"""A voice refuses some of these; none of them is part of a word."""
_JOINTS = re.compile(r"[\u200b\u2060\ufeff]")
"""Invisible, but a voice says the two halves of a word apart."""
_EMPHASIS = re.compile(r"(?<!\w)\*+(?=\w)|(?<=[^\s*])\*+(?!\w)")
_ENDLESS = re.compile(r"\d{30}(?=\d)|[^\W\d]{80}(?=[^\W\d])")
"""A voice says no more than this of one number or word, and drops the rest."""

_ENDED = re.compile(
    r"(?:[!?…؟。！？।॥]|(?:[^\W\d_]{4}|\b(?i:oui|non|yes))\.)[\s'\"’”»)\]]*$"
)
"""The end of a sentence beyond doubt: "M." and "3." may go on."""


class Cutter:
    """Gives sentences as they are complete, and clauses when a sentence is too long."""

    def __init__(self, max_chars: int) -> None:
        self._detector = SentenceBoundaryDetector()
        self._max_chars = max_chars
        self._first = True

    def add(self, text: str) -> list[str]:
        """Return the pieces that are complete with this text."""
        pieces: list[str] = []
        for sentence in self._detector.add_chunk(_UNSAID.sub(" ", text)):
            pieces += self._clauses(sentence)
        # The detector waits for the end of the sentence, for ever if there is none.
        held = self._detector.current_sentence.lstrip()
        waiting = (held + self._detector.remaining_text).lstrip()
        while end := self._overdue(waiting):
            pieces += self._clauses(waiting[:end])
            held, waiting = "", waiting[end:].lstrip()
        self._detector.current_sentence = held
        self._detector.remaining_text = waiting.removeprefix(held)
        return pieces

    def pause(self) -> list[str]:
        """Return what is left if it reads like a sentence: no more comes for a while."""
        waiting = self._detector.current_sentence + self._detector.remaining_text
        return self.finish() if _ENDED.search(waiting) else []

    def finish(self) -> list[str]:
        """Return what is left."""
        return self._clauses(self._detector.finish())

    def _clauses(self, sentence: str) -> list[str]:
        pieces: list[str] = []
        rest = normalize("NFC", _JOINTS.sub("", sentence))
        rest = _ENDLESS.sub(r"\g<0> ", _EMPHASIS.sub("", rest)).strip()
        while rest:
            end = self._first_clause(rest) or self._cut(rest)
            piece, rest = rest[:end].strip(), rest[end:].strip()
            # Nothing but punctuation is silence; a voice may choke on it.
            if _SPOKEN.search(piece):
                pieces.append(piece)
                self._first = False
        return pieces

    def _overdue(self, text: str) -> int:
        """Return where to cut a sentence that is still to be completed; 0: wait."""
        enough = _room(text, self._limit() + _LEAST_CLAUSE)
        if len(text) > enough:
            return self._cut(text)
        return self._first_clause(text.rstrip())

    def _first_clause(self, text: str) -> int:
        """Return where the first piece ends in a long sentence; 0: it has no clause."""
        if not self._first or len(text) <= _room(text, _FIRST_CLAUSE_FROM):
            return 0
        least, most = _room(text, _LEAST_CLAUSE), _room(text, self._limit())
        ends = (found.end() for found in _CLAUSE.finditer(text, 1, most + 1))
        return next((end for end in ends if end >= least), 0)

    def _cut(self, text: str) -> int:
        """Return where to cut: after the last clause, else a space, else at the limit."""
        least, most = _room(text, _LEAST_CLAUSE), _room(text, self._limit())
        if len(text) <= most:
            return len(text)
        for pattern in (_CLAUSE, _SPACE):
            ends = [found.end() for found in pattern.finditer(text, 1, most + 1)]
            if ends and ends[-1] >= least:
                return ends[-1]
        return most

    def _limit(self) -> int:
        return min(_FIRST_CHARS, self._max_chars) if self._first else self._max_chars


def _room(text: str, letters: int) -> int:
    """Return how many characters of the text take as long to say as so many letters."""
    if text.isascii():
        return letters
    said = 0
    for at, char in enumerate(text):
        # One of these is a syllable, a word, or an emoji with a name.
        said += 3 if east_asian_width(char) in "WF" else 1
        if said > letters:
            return max(1, at)
    return letters
