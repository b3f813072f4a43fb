"""What the grammars of both languages are built with."""

import re
from collections.abc import Iterable, Sequence

from .text import Word


class Polite:
    """Strips what is said for politeness from one end of a sentence."""

    def __init__(self, *patterns: str) -> None:
        self._front = [re.compile(rf"(?:{pattern})(?= |$)") for pattern in patterns]
        self._back = [re.compile(rf"(?:^| )(?:{pattern})$") for pattern in patterns]

    def front(
        self, said: Sequence[Word], until: re.Pattern[str] | None = None
    ) -> Sequence[Word]:
        """Return the words after all that is polite, or from `until` on."""
        while said:
            text = joined(said)
            if until is not None and until.match(text):
                break
            # The longest one: "would you mind" begins with "would you".
            found = [match[0] for p in self._front if (match := p.match(text))]
            if not found:
                break
            said = said[max(len(words.split()) for words in found) :]
        return said

    def back(self, said: Sequence[Word]) -> Sequence[Word]:
        """Return the words before all that is polite."""
        while said:
            text = joined(said)
            found = [match[0] for p in self._back if (match := p.search(text))]
            if not found:
                break
            said = said[: len(said) - max(len(words.split()) for words in found)]
        return said


def joined(said: Iterable[Word]) -> str:
    """Return folded words with single spaces."""
    return " ".join(word.fold for word in said)


def last_match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the shortest match that reaches the end of the text."""
    found = None
    match = pattern.search(text)
    while match is not None:
        found = match
        match = pattern.search(text, match.start() + 1)
    return found


def original(text: str, said: Sequence[Word]) -> str:
    """Return the part of the text that the words stand for."""
    return text[said[0].start : said[-1].end] if said else ""
