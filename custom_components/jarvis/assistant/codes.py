"""Finds what may be a code in what was said, and the words that introduce it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..engines.language import Word, folded, words
from .pin import (
    JOINS,
    LONGEST,
    MOST_WORDS,
    REPEATS,
    digits_of,
    is_number,
    long_enough,
    numbers,
)

CODE_WORDS = frozenset({"code", "pin", "passcode", "password", "passe"})
_NOUNS = CODE_WORDS | frozenset(
    {"acces", "access", "mot", "number", "numero", "secret"}
)
_STARTING = _NOUNS | frozenset(
    "voici here's here avec with using use utilise et and it's c' entre enter as".split()  # noqa: SIM905
)
_WITH = frozenset({"avec", "with", "use", "using", "utilise"})
_INTRODUCING = _STARTING | frozenset("le la mon ma the my un a est is it de d'".split())  # noqa: SIM905
_POLITE = frozenset(
    "jarvis s' il te vous plait stp svp please merci thanks thank you ok okay oui yes "  # noqa: SIM905
    "euh heu um uh hum alors so ben bon oh donc hey".split()
)
# What follows is a value or a time, and no code: "at 1830", "à 2000".
_GOVERNING = frozenset(
    "a at to in on by for from since until till before after about around of than vers "  # noqa: SIM905
    "en dans pour depuis jusqu' avant apres de des sur par entre between year l' an "
    "annee".split()
)
_MEASURES = frozenset(
    "% ° degres degrees degre degree secondes seconds minutes minute heures hours heure "  # noqa: SIM905
    "h am pm o'clock euros dollars watts km m percent pourcent kelvin lux fois times "
    "ans years jours days".split()
)
_APART = re.compile(r"[\s,.;/_–—-]*")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number in a text that has the length of a code."""

    start: int
    end: int
    """Where it stands, with the words that introduce it as a code."""
    readings: frozenset[str]
    introduced: bool
    """True when the words around it call it a code."""
    governed: bool
    """True when the words around it make it a value or a time."""


def reads_code(text: str) -> frozenset[str]:
    """Return the digits that a text may mean that speaks a code and nothing else.

    Digits, politeness and "the code is" only, four to eight digits; else nothing.
    """
    said = folded(text)
    figures = [word for word in said if is_number(word)]
    others = {word for word in said if not is_number(word)}
    if not figures or not others <= _INTRODUCING | _POLITE | REPEATS.keys():
        return frozenset()
    if len(said) > MOST_WORDS + 8:
        return frozenset()
    return long_enough(digits_of(said))


def find_codes(text: str, code: str, names: Iterable[str] = ()) -> list[Spoken]:
    """Return the numbers in a text that a user may have meant as the code.

    The code itself is found within a longer row of numbers, too. What belongs to one of
    `names` ("prise 4711") is no code.
    """
    said = words(text)
    found: list[Spoken] = []
    named = _places_of_names(said, names)
    for start, end in _rows(text, said):
        if named & set(range(start, end)):
            continue
        place = _place_of(_folds(said[start:end]), code)
        first, last = (start + place[0], start + place[1]) if place else (start, end)
        if last - first > MOST_WORDS:
            continue
        readings = long_enough(digits_of(_folds(said[first:last])))
        if readings:
            found.append(_spoken(said, (first, last), readings))
    return found


def _place_of(row: Sequence[str], code: str) -> tuple[int, int] | None:
    """Return where in a row of numbers the code is said."""
    for start in range(len(row)):
        reached = [(start, 0)]
        while reached:
            place, matched = reached.pop()
            if matched == len(code):
                return start, place
            if place == len(row):
                continue
            if row[place] in JOINS and matched:
                reached.append((place + 1, matched))
            reached += [
                (place + length, matched + len(digits))
                for length, digits in numbers(row[place : place + LONGEST])
                if digits and code.startswith(digits, matched)
            ]
    return None


def _spoken(
    said: Sequence[Word], place: tuple[int, int], readings: frozenset[str]
) -> Spoken:
    start, end = place
    first, last = start, end
    while first and said[first - 1].fold in _INTRODUCING:
        first -= 1
    while last < len(said) and said[last].fold in _INTRODUCING:
        last += 1
    while first < start and not _begins(_folds(said[first : first + 2])):
        first += 1
    before, after = _folds(said[first:start]), _folds(said[end:last])
    introduced = bool(CODE_WORDS & {*before, *after})
    if not CODE_WORDS & set(after):
        last = end
    if not introduced and not _WITH & set(before):
        first = start
    earlier = said[start - 1].fold if start else ""
    later = said[end].fold if end < len(said) else ""
    return Spoken(
        start=said[first].start,
        end=said[last - 1].end,
        readings=readings,
        introduced=introduced,
        governed=not introduced and (earlier in _GOVERNING or later in _MEASURES),
    )


def _begins(said: Sequence[str]) -> bool:
    """Return whether words begin to introduce a code: "le code", not "le"."""
    return said[0] in _STARTING or said[1] in _NOUNS or said == ("it", "is")


def _rows(text: str, said: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield where rows of numbers begin and end: "18:30" is none, "47-11" is one."""
    start = 0
    while start < len(said):
        if not (is_number(said[start].fold) or said[start].fold in REPEATS):
            start += 1
            continue
        end = start + 1
        while end < len(said) and _APART.fullmatch(
            text[said[end - 1].end : said[end].start]
        ):
            joins = said[end].fold in JOINS | REPEATS.keys()
            more = end + 1 < len(said) and is_number(said[end + 1].fold)
            if not (is_number(said[end].fold) or (joins and more)):
                break
            end += 1
        yield start, end
        start = end
        # The minutes of a time are no row of their own.
        while (
            0 < start < len(said)
            and text[said[start - 1].end : said[start].start] == ":"
        ):
            start += 1


def _places_of_names(said: Sequence[Word], names: Iterable[str]) -> set[int]:
    folds = _folds(said)
    places: set[int] = set()
    for name in names:
        parts = folded(name)
        for start in range(len(folds) - len(parts) + 1 if parts else 0):
            if folds[start : start + len(parts)] == parts:
                places |= set(range(start, start + len(parts)))
    return places


def _folds(said: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.fold for word in said)
