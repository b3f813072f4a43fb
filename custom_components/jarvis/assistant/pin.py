"""Reads a code that was spoken: "un deux trois quatre", "twelve thirty-four", "1234"."""

import hmac
import re
from collections.abc import Sequence

from ..engines.language import folded

MOST_WORDS = 16

_OFFER = re.compile(
    r"[\s,;:.]*\b(?:(?:avec|et|le|mon|voici|and|the|my|with)\s+)*"
    r"(?:code|pin|mot de passe|password)\b(?P<said>.*)$",
    re.IGNORECASE | re.DOTALL,
)

_UNITS = {
    "zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
    "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "oh": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7,
    "eight": 8, "nine": 9,
}  # fmt: skip
_TEENS = {
    "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15,
    "seize": 16,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "septante": 70, "huitante": 80, "octante": 80, "nonante": 90,
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip


def without_code(text: str, code: str) -> str:
    """Return a text without the code that its end speaks: "ouvre, le code est 1234"."""
    offered = _OFFER.search(text)
    if offered and is_code(offered["said"], code):
        return text[: offered.start()]
    return text


def speaks_digits(text: str) -> bool:
    """Return whether a text has figures or words for numbers in it."""
    words = folded(text)
    known = _UNITS.keys() | _TEENS.keys() | _TENS.keys()
    return any(word in known or word[0].isdigit() for word in words)


def is_code(text: str, code: str) -> bool:
    """Return whether a text speaks a code, in either language and any grouping."""
    words = [word for word in folded(text) if word not in {"et", "and"}]
    said = {reading for reading in _readings(words[:MOST_WORDS]) if reading}
    # All of them are compared, so that the time tells nothing of the code.
    matches = [hmac.compare_digest(r.encode(), code.encode()) for r in sorted(said)]
    return any(matches)


def _readings(words: Sequence[str]) -> set[str]:
    """Return the digits that words may mean: "vingt deux" is 22 and 202."""
    if not words:
        return {""}
    found: set[str] = set()
    for length, value in _numbers(words):
        found |= {value + rest for rest in _readings(words[length:])}
    # Words around the digits are no part of the code: "le code est".
    return found or _readings(words[1:])


def _numbers(words: Sequence[str]) -> list[tuple[int, str]]:
    """Return how many words a number at the start takes, and its digits."""
    if not words:
        return []
    first = words[0]
    if first[0].isdigit():
        return [(1, "".join(c for c in first if c.isdigit()))]
    found: list[tuple[int, str]] = []
    if (value := _UNITS.get(first, _TEENS.get(first))) is not None:
        found.append((1, str(value)))
    taken, base = 1, _TENS.get(first)
    if first == "quatre" and words[1:2] and words[1] in {"vingt", "vingts"}:
        taken, base = 2, 80
    if first == "dix" and words[1:2] and words[1] in {"sept", "huit", "neuf"}:
        found.append((2, str(10 + _UNITS[words[1]])))
    if base is None:
        return found
    found.append((taken, str(base)))
    for length, digits in _numbers(words[taken : taken + 2]):
        value = int(digits)
        most = 19 if base in {60, 80} else 9
        if 1 <= value <= most:
            found.append((taken + length, str(base + value)))
    return found
