"""Reads a code that was spoken: "un deux trois quatre", "twelve thirty-four", "1234"."""

import hmac
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from ..engines.language import folded

SHORTEST = 4
LONGEST = 8
"""Digits of a code."""
MOST_WORDS = 16
"""Words of a number that are read: one digit each, and what joins them."""

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
_POWERS = {
    "cent": 100, "cents": 100, "hundred": 100, "mille": 1000, "thousand": 1000,
}  # fmt: skip
REPEATS = {"double": 2, "twice": 2, "triple": 3}
JOINS = frozenset({"et", "and"})
_NUMBERS = (
    _UNITS.keys() | _TEENS.keys() | _TENS.keys() | _POWERS.keys() | {"vingts"}
)  # fmt: skip


def is_code(text: str, code: str) -> bool:
    """Return whether a text speaks a code, in either language and any grouping."""
    return matches(digits_of(folded(text)[:MOST_WORDS]), code)


def matches(readings: Iterable[str], code: str) -> bool:
    """Return whether one of some readings is the code."""
    # All of them are compared, so that the time tells nothing of the code.
    found = [hmac.compare_digest(r.encode(), code.encode()) for r in readings]
    return any(found)


def is_number(word: str) -> bool:
    """Return whether a folded word is a number, or part of one."""
    return word in _NUMBERS or word[0].isdigit()


def long_enough(readings: Iterable[str]) -> frozenset[str]:
    """Return those readings that have the length of a code."""
    return frozenset(r for r in readings if SHORTEST <= len(r) <= LONGEST)


def digits_of(said: Sequence[str]) -> set[str]:
    """Return the digits that folded words may mean, whatever stands between them."""
    return _readings([word for word in said if word not in JOINS])


def _readings(said: Sequence[str]) -> set[str]:
    """Return the digits that words may mean: "vingt deux" is 22 and 202.

    Words around the digits are no part of a code: "le code est".
    """
    ends: list[set[str]] = [set() for _ in said] + [{""}]
    for place in reversed(range(len(said))):
        found = {
            digits + rest
            for length, digits in numbers(said[place : place + LONGEST])
            for rest in ends[place + length]
        }
        ends[place] = {f for f in found if len(f) <= LONGEST + 1} or ends[place + 1]
    return {reading for reading in ends[0] if reading}


def numbers(said: Sequence[str]) -> list[tuple[int, str]]:
    """Return how many words a number at the start takes, and its digits."""
    first = said[0]
    if first[0].isdigit():
        figures = [str(unicodedata.digit(c)) for c in first if c.isdigit()]
        return [(1, "".join(figures))]
    if (times := REPEATS.get(first)) and said[1:2]:
        unit = _UNITS.get(said[1])
        digits = str(unit) if unit is not None else said[1]
        return [(2, digits * times)] if len(digits) == 1 and digits.isdigit() else []
    return [(length, str(value)) for length, value in _cardinals(said)]


def _cardinals(said: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the numbers below ten thousand that begin a row of words."""
    small = list(_below_hundred(said))
    yield from small
    for length, value in [*small, (0, 1)]:
        power = _POWERS.get(said[length]) if length < len(said) else None
        if power is None or value * power >= 10_000:
            continue
        yield length + 1, value * power
        rest = said[length + 1 :]
        if not rest:
            continue
        more = _below_hundred(rest) if power == 100 else _cardinals(rest)
        yield from (
            (length + 1 + taken, value * power + below)
            for taken, below in more
            if 0 < below < power
        )


def _below_hundred(said: Sequence[str]) -> Iterator[tuple[int, int]]:
    first = said[0]
    if (value := _UNITS.get(first, _TEENS.get(first))) is not None:
        yield 1, value
    if first == "dix" and said[1:2] and said[1] in {"sept", "huit", "neuf"}:
        yield 2, 10 + _UNITS[said[1]]
    taken, base = 1, _TENS.get(first)
    if first == "quatre" and said[1:2] and said[1] in {"vingt", "vingts"}:
        taken, base = 2, 80
    if base is None:
        return
    yield taken, base
    most = 19 if base in {60, 80} else 9
    for length, below in _below_hundred(said[taken:]) if said[taken:] else ():
        if 1 <= below <= most:
            yield taken + length, base + below
