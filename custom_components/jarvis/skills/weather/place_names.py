"""Finds the place that an utterance names: "à Lyon", "in the Alps", "weather Berlin"."""

import re
from collections.abc import Sequence
from typing import Final

from ...engines.language import Word, words
from .vocabulary import Vocabulary

_LONGEST: Final = 4
"""Words of a name."""
_LINKS: Final = frozenset({"de", "du", "des", "sur", "la", "le", "les", "l'", "d'", "of", "upon"})  # fmt: skip
"""What stands within a name."""
_SPACE: Final = re.compile(r"\s+")


def find_place(text: str, timeless: str, vocabulary: Vocabulary) -> str:
    """Return the folded words of a place, "" for none.

    It stands behind "in", "at" …, and is written with a capital or has no article.
    `timeless` are the folded words of the text without its times, which are no places.
    """
    said = words(text)
    kept = set(timeless.split())
    for place in range(len(said)):
        ahead = _before(said, place, vocabulary)
        if not ahead:
            continue
        first = place + ahead
        article = vocabulary.places["articles"].match(_joined(said[first:]))
        start = first + len((article[0] if article else "").split())
        if start >= len(said):
            continue
        name = _joined(said[start:])
        if region := re.match(rf"{vocabulary.places['regions'].pattern}(?!\S)", name):
            return region[0]
        if said[start].fold not in kept or _is_common(said[start].fold, vocabulary):
            if not (start == first and name in vocabulary.here):
                continue
            return name
        bare = vocabulary.places["bare"].fullmatch(_joined(said[place:first])) and not (
            article and article[0]
        )
        capital = text[said[start].start].isupper() and not text.isupper()
        if capital or (bare and vocabulary.without_known(name.split()[0])):
            return _name(text, said[start:], vocabulary, capital=capital)
    return ""


def _before(said: Sequence[Word], place: int, vocabulary: Vocabulary) -> int:
    """Return how many words before a name begin at a place, 0 for none."""
    for count in (3, 2, 1):
        part = said[place : place + count]
        if len(part) == count and vocabulary.places["before"].fullmatch(_joined(part)):
            return count
    return 0


def _name(
    text: str, said: Sequence[Word], vocabulary: Vocabulary, *, capital: bool
) -> str:
    """Return a name from its first word on."""
    found = [said[0].fold]
    for place, word in enumerate(said[1:_LONGEST], start=1):
        between = text[said[place - 1].end : word.start]
        upper = text[word.start].isupper()
        later = said[place + 1 : place + 2]
        link = word.fold in _LINKS and later and text[later[0].start].isupper()
        if "-" not in between and _SPACE.sub("", between):
            break
        if "-" not in between and not (upper or link) and (
            capital
            or vocabulary.places["before"].fullmatch(word.fold)
            or _is_common(word.fold, vocabulary)
            or not vocabulary.without_known(word.fold)
        ):  # fmt: skip
            break
        found.append(word.fold)
    return " ".join(found)


def _is_common(word: str, vocabulary: Vocabulary) -> bool:
    return bool(vocabulary.places["common"].fullmatch(word))


def _joined(said: Sequence[Word]) -> str:
    return " ".join(word.fold for word in said)
