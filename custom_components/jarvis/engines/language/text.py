"""Words of an utterance, folded for comparison, with their place in the original."""

import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)*['’]?|[%°]")

LONGEST_PHRASE = 24
"""Words of a greeting, a wish for silence and the like, with all politeness."""

# French words that lose their vowel before another: "l'entrée" is two words, while
# "don't" and "aujourd'hui" are one.
_ELIDED = frozenset({"c", "d", "j", "jusqu", "l", "m", "n", "qu", "s", "t"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word: folded, and where it stands in the text."""

    fold: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return a text without case and accents."""
    if text.isascii():
        return text.casefold()
    text = text.casefold().replace("’", "'").replace("œ", "oe").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[Word]:
    """Return the words of a text: "l'entrée" gives "l'" and "entree"."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        raw = match[0].replace("’", "'")
        while (cut := raw.find("'")) > 0 and fold(raw[:cut]) in _ELIDED:
            found.append(Word(fold(raw[: cut + 1]), start, start + cut + 1))
            raw, start = raw[cut + 1 :], start + cut + 1
        if raw:
            found.append(Word(fold(raw), start, end))
    return found


def singular(word: str) -> str:
    """Return a word without its plural ending; the same for every word of a name."""
    if len(word) > 3 and word.endswith(("s", "x")) and not word.endswith("ss"):
        return word[:-1]
    return word


def set_phrase(text: str) -> str:
    """Return folded words with single spaces, "" for more than a set phrase has.

    Patterns for a whole utterance repeat their parts, and may try them in many ways.
    """
    said = folded(text)
    return " ".join(said) if len(said) <= LONGEST_PHRASE else ""


def folded(text: str) -> tuple[str, ...]:
    """Return the folded words of a text."""
    return tuple(word.fold for word in words(text))
