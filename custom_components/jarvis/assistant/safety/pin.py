"""Reads a code that was spoken: "un deux trois quatre", "twelve thirty-four", "1234"."""

import hmac
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...engines.language import folded

SHORTEST = 4
LONGEST = 8
"""Digits of a code."""
MOST_WORDS = 16
"""Words of a number that are read: one digit each, and what joins them."""

_UNITS = {
    "zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
    "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "oh": 0, "nought": 0, "naught": 0, "nil": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7,
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
_MILLIONS = frozenset({"million", "millions"})
REPEATS = {
    "double": 2, "twice": 2, "triple": 3, "thrice": 3, "quadruple": 4, "quintuple": 5,
}  # fmt: skip
TIMES = frozenset({"fois", "times", "x"})
"""Between a count and a digit: "deux fois un"."""
PLURALS = {
    "zeros": 0, "zeroes": 0, "uns": 1, "ones": 1, "twos": 2, "threes": 3, "fours": 4,
    "fives": 5, "sixes": 6, "sevens": 7, "eights": 8, "nines": 9,
}  # fmt: skip
"""Behind a count: "two ones"."""
JOINS = frozenset({"et", "and"})
NUMBER_WORDS = (
    _UNITS.keys() | _TEENS.keys() | _TENS.keys() | _POWERS.keys() | _MILLIONS
    | {"vingts"}
)  # fmt: skip


def is_code(text: str, code: str) -> bool:
    """Return whether a text speaks a code, in either language and any grouping."""
    return matches(digits_of(folded(text)[:MOST_WORDS]), code)


def matches(readings: Iterable[str], code: str) -> bool:
    """Return whether one of some readings is the code."""
    # All of them are compared, so that the time tells nothing of the code.
    found = [hmac.compare_digest(r.encode(), code.encode()) for r in readings]
    return any(found)


def is_right(readings: Sequence[str], code: str) -> bool:
    """Return whether the likeliest reading of the code's length is the code.

    One utterance tries one code, in however many ways it may be read.
    """
    return matches([r for r in readings if len(r) == len(code)][:1], code)


def is_number(word: str) -> bool:
    """Return whether a folded word is a number, or part of one."""
    return word in NUMBER_WORDS or word[0].isdigit()


def digit_of(word: str) -> int | None:
    """Return the one digit that a folded word is, None for any other."""
    if len(word) == 1 and word.isdigit():
        return unicodedata.digit(word)
    return _UNITS.get(word)


def long_enough(readings: Mapping[str, int]) -> tuple[str, ...]:
    """Return those readings that have the length of a code, the likeliest first.

    That is the one of the fewest numbers: "vingt deux trente" is 2230 before 20230.
    """
    fitting = (r for r in readings if SHORTEST <= len(r) <= LONGEST)
    return tuple(sorted(fitting, key=lambda r: (readings[r], r)))


def digits_of(said: Sequence[str]) -> dict[str, int]:
    """Return the digits that folded words may mean, with how many numbers they are.

    Whatever stands between them is left out.
    """
    return _readings([word for word in said if word not in JOINS])


def _readings(said: Sequence[str]) -> dict[str, int]:
    """Return the digits that words may mean: "vingt deux" is 22 and 202.

    Words around the digits are no part of a code: "le code est".
    """
    ends: list[dict[str, int]] = [{} for _ in said] + [{"": 0}]
    for place in reversed(range(len(said))):
        found: dict[str, int] = {}
        for length, digits in numbers(said[place : place + MOST_WORDS]):
            for rest, count in ends[place + length].items():
                reading = digits + rest
                if len(reading) <= LONGEST + 1:
                    found[reading] = min(found.get(reading, count + 1), count + 1)
        ends[place] = found or ends[place + 1]
    return {reading: count for reading, count in ends[0].items() if reading}


def numbers(said: Sequence[str]) -> list[tuple[int, str]]:
    """Return how many words a number at the start takes, and its digits."""
    first = said[0]
    if repeated := _repeated(said):
        return [repeated]
    if first[0].isdigit():
        figures = [str(unicodedata.digit(c)) for c in first if c.isdigit()]
        return [(1, "".join(figures))]
    return [(length, str(value)) for length, value in _large(said)]


def _repeated(said: Sequence[str]) -> tuple[int, str] | None:
    """Return a digit that is said to come several times: "double sept", "two ones"."""
    count, length = REPEATS.get(said[0]), 2
    if count is None:
        count = digit_of(said[0])
        if said[1:2] and said[1] in TIMES:
            length = 3
        elif not (said[1:2] and said[1] in PLURALS):
            return None
    if len(said) < length or not count or count > LONGEST:
        return None
    word = said[length - 1]
    digit = PLURALS[word] if word in PLURALS else digit_of(word)
    return None if digit is None else (length, str(digit) * count)


def _large(said: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the numbers that begin a row of words, as large as a code may be.

    A million alone is an amount, and no code.
    """
    yield from _cardinals(said)
    for length, value in _below_hundred(said):
        rest = said[length + 1 :]
        if rest and said[length] in _MILLIONS:
            for taken, below in _cardinals(rest, most=1_000_000):
                yield length + 1 + taken, value * 1_000_000 + below


def _cardinals(said: Sequence[str], *, most: int = 10_000) -> Iterator[tuple[int, int]]:
    """Yield the numbers below `most` that begin a row of words."""
    small = list(_below_hundred(said))
    yield from small
    if most > 10_000:
        small += [found for found in _hundreds(said) if found[1] >= 100]
    for length, value in [*small, (0, 1)]:
        power = _POWERS.get(said[length]) if length < len(said) else None
        if power is None or value * power >= most:
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


def _hundreds(said: Sequence[str]) -> Iterator[tuple[int, int]]:
    return (found for found in _cardinals(said) if found[1] < 1000)


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
