"""Finds what may be a code in what was said, and the words that introduce it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..engines.language import Word, folded, words
from .pin import LONGEST, MOST_WORDS, REPEATS, digits_of, is_number, long_enough

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
_BETWEEN = frozenset(
    "a an and et um uh euh heu hum er oh then puis ensuite next plus number numero digit "  # noqa: SIM905
    "chiffre by followed de suivi last h heure heures fois or ou th st nd rd e eme".split()
)
"""Words that may stand between the digits of a code."""
_MOST_BETWEEN = 2
_SOUNDS_LIKE = {"won": "one", "ate": "eight", "fore": "four", "too": "two", "tu": "2"}
"""What digits are taken for when they are heard."""
_HOURS = frozenset({"h", "heure", "heures"})
_TIME = re.compile(r"([01]?\d|2[0-3])[0-5]\d")
_YEAR = re.compile(r"1[0-9]\d\d|20\d\d")
_INVISIBLE = re.compile(r"[\u20e3\ufe0e\ufe0f]")
TOO_MANY = frozenset({""})
"""The readings of more digits than a code has: they are nobody's code."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number in a text that may be meant as a code."""

    start: int
    end: int
    """Where it stands, with the words that introduce it as a code."""
    readings: frozenset[str]
    """The digits that it may mean; `TOO_MANY` for a longer row."""
    introduced: bool
    """True when the words around it call it a code."""
    clock: bool
    """True when it is written as a time: "18:30", "18 heures 30"."""
    timed: bool
    """True when the word before it makes it a time or a year: "at 1830"."""
    measured: bool
    """True when a unit follows."""


def plain(text: str) -> str:
    """Return a text with its figures as they are typed, nothing invisible in it."""
    if text.isascii():
        return text
    shown = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", shown))


def reads_code(text: str) -> frozenset[str]:
    """Return the digits that a text may mean that speaks a code and nothing else.

    Digits, politeness and "the code is" only, four to eight digits; else nothing.
    """
    said = _heard(folded(text))
    figures = [word for word in said if is_number(word)]
    others = {word for word in said if not is_number(word)}
    if not figures or not others <= _INTRODUCING | _POLITE | _BETWEEN | REPEATS.keys():
        return frozenset()
    if len(said) > MOST_WORDS + 8:
        return frozenset()
    return long_enough(digits_of(_figures(said)))


def is_year(readings: Iterable[str]) -> bool:
    """Return whether a number may be a year: 1000 to 2099."""
    return any(_YEAR.fullmatch(reading) for reading in readings)


def is_time(readings: Iterable[str]) -> bool:
    """Return whether a number may be a time: "1830"."""
    return any(_TIME.fullmatch(reading) for reading in readings)


def find_codes(text: str, names: Iterable[str] = ()) -> list[Spoken]:
    """Return the numbers in a text that a user may have meant as a code.

    Which of them is the code is not looked at: a right and a wrong one are found alike.
    What belongs to one of `names` ("prise 4711") is no code.
    """
    said = words(text)
    folds = _heard([word.fold for word in said])
    named = _places_of_names(said, names)
    found: list[Spoken] = []
    for start, end in _rows(folds):
        if named & set(range(start, end)):
            continue
        readings = _readings_of(folds[start:end])
        if readings:
            source = text[said[start].start : said[end - 1].end]
            # "18:30" is a time whatever stands before it.
            clock = ":" in source or not _HOURS.isdisjoint(folds[start:end])
            found.append(_spoken(said, (start, end), readings, clock=clock))
    return found


def _readings_of(row: Sequence[str]) -> frozenset[str]:
    """Return what a row of numbers may mean as a code; empty for too few digits."""
    figures = _figures(row)
    typed = sum(len(word) for word in figures if word.isdigit())
    if len(figures) > MOST_WORDS or typed > LONGEST:
        return TOO_MANY
    readings = digits_of(figures)
    if fitting := long_enough(readings):
        return fitting
    return TOO_MANY if any(len(r) > LONGEST for r in readings) else frozenset()


def _spoken(
    said: Sequence[Word],
    place: tuple[int, int],
    readings: frozenset[str],
    *,
    clock: bool,
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
    moment = is_time(readings) or is_year(readings)
    return Spoken(
        start=said[first].start,
        end=said[last - 1].end,
        readings=readings,
        introduced=introduced,
        clock=clock and is_time(readings),
        timed=earlier in _GOVERNING and moment,
        measured=later in _MEASURES,
    )


def _begins(said: Sequence[str]) -> bool:
    """Return whether words begin to introduce a code: "le code", not "le"."""
    return said[0] in _STARTING or said[1] in _NOUNS or said == ("it", "is")


def _heard(said: Sequence[str]) -> list[str]:
    """Return words with the digits that they sound like beside other numbers."""
    heard = list(said)
    for place, word in enumerate(heard):
        beside = heard[max(place - 1, 0) : place] + heard[place + 1 : place + 2]
        if word in _SOUNDS_LIKE and any(map(is_number, beside)):
            heard[place] = _SOUNDS_LIKE[word]
    return heard


def _figures(said: Sequence[str]) -> list[str]:
    return [word for word in said if is_number(word) or word in REPEATS]


def _rows(said: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where rows of numbers begin and end, whatever stands between the digits."""
    start = 0
    while start < len(said):
        if not (is_number(said[start]) or said[start] in REPEATS):
            start += 1
            continue
        end = start + 1
        while True:
            more = end
            while (
                more < len(said)
                and more - end < _MOST_BETWEEN
                and said[more] in _BETWEEN
            ):
                more += 1
            if more == len(said) or not (
                is_number(said[more]) or said[more] in REPEATS
            ):
                break
            end = more + 1
        yield start, end
        start = end


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
