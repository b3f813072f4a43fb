"""Holds back what a model says it did, until it is known whether it did.

Words are passed on as they come. From the first word on that may begin a claim, the
rest of its sentence waits for its end; a sentence that does claim something waits, with
all that follows, for the end of the answer.
"""

import re
from pathlib import Path
from typing import Any, Final

import yaml

from ..engines.language import folded

# Read while the module is imported, which Home Assistant does outside the event loop.
_DATA: Final[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("claims.yaml").read_text("utf-8")
)
_WORDS: Final = {name: _DATA[name] for name in ("done_fr", "done_en", "state_en")}


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(line.format(**_WORDS) for line in _DATA[name]))


_ALWAYS: Final = _pattern("always")
_UNLESS_ASKED: Final = _pattern("unless_asked")
_ASKING: Final = re.compile(_DATA["asking"])
_TRIGGERS: Final = frozenset(_DATA["triggers"])
_OPENERS: Final = frozenset(_DATA["openers"])
_END: Final = re.compile(r"[.!?…]+[\s\"»)]+|\n+")


def claims(sentence: str, *, asked: bool) -> bool:
    """Return whether a sentence says that something was done.

    `asked` is whether the user asked something: "the light is on" is then an answer.
    """
    text = " ".join(folded(sentence))
    return bool(_ALWAYS.search(text) or (not asked and _UNLESS_ASKED.search(text)))


def asks(text: str) -> bool:
    """Return whether the user asked something, rather than for something."""
    return text.rstrip().endswith("?") or bool(_ASKING.match(" ".join(folded(text))))


class ClaimGate:
    """Lets the words of one answer pass, but for claims."""

    def __init__(self, *, asked: bool) -> None:
        self._asked = asked
        self._sentence = ""
        self._passed = 0
        self.claimed = ""
        """What was held back for good, "" for nothing."""

    def feed(self, text: str) -> str:
        """Take a piece of the answer; return what may be said now."""
        if self.claimed:
            self.claimed += text
            return ""
        self._sentence += text
        out = ""
        while match := _END.search(self._sentence):
            sentence, rest = (
                self._sentence[: match.end()],
                self._sentence[match.end() :],
            )
            if claims(sentence, asked=self._asked):
                self.claimed = self._sentence
                return out
            out += sentence[self._passed :]
            self._sentence, self._passed = rest, 0
        if not self._doubtful():
            out += self._sentence[self._passed :]
            self._passed = len(self._sentence)
        return out

    def end(self) -> str:
        """Return what may still be said when the answer is over."""
        if self.claimed:
            return ""
        if claims(self._sentence, asked=self._asked):
            self.claimed = self._sentence
            return ""
        rest = self._sentence[self._passed :]
        self._sentence, self._passed = "", 0
        return rest

    def _doubtful(self) -> bool:
        words = folded(self._sentence)
        if not words:
            return False
        if words[0] in _OPENERS or not _TRIGGERS.isdisjoint(words):
            return True
        # "J" may become "j'ai": a word that is not over yet is not let go either.
        begun = words[-1] if not self._sentence[-1:].isspace() else ""
        return bool(begun) and any(word.startswith(begun) for word in _TRIGGERS)
