"""Finds what may be a code in what was said, and the words that introduce it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ...engines.language import Word, folded, words
from .digits import BETWEEN, LISTING, Token, is_talk, rows, tokens_of
from .pin import (
    LONGEST,
    MOST_WORDS,
    SHORTEST,
    digits_of,
    long_enough,
    numbers,
)

CODE_WORDS = frozenset(
    {"code", "code's", "pin", "pin's", "passcode", "password", "password's", "passe"}
)
_NOUNS = CODE_WORDS | frozenset(
    {"acces", "access", "mot", "number", "numero", "secret"}
)
_STARTING = _NOUNS | frozenset(
    "voici here's here avec with using use utilise et and it's c' entre enter as".split()  # noqa: SIM905
)
_WITH = frozenset({"avec", "with", "use", "using", "utilise"})
_INTRODUCING = _STARTING | frozenset(
    "le la mon ma the my un a est is it de d' that that's".split()  # noqa: SIM905
)
_POLITE = frozenset(
    "jarvis s' il te vous plait stp svp please merci thanks thank you ok okay oui yes "  # noqa: SIM905
    "euh heu um uh hum alors so ben bon oh donc hey well right sure just again encore "
    "voila tiens i said say told tell you try j' ai dit je t' te dis repete repeat "
    "essaie essaye".split()
)
_URGENT = frozenset(
    "go now quick quickly hurry up maintenant vite vas y allez".split()  # noqa: SIM905
)
# What follows is a value or a time, and no code: "at 1830", "à 2000".
_GOVERNING = frozenset(
    "a at to in on by for from since until till before after about around of than vers "  # noqa: SIM905
    "en dans pour depuis jusqu' avant apres de des sur par entre between year l' an "
    "annee".split()
)
AROUND = _INTRODUCING | _POLITE | BETWEEN
"""Words that may stand beside the digits of a code."""
_MEASURES = frozenset(
    "% ° degres degrees degre degree secondes seconds minutes minute heures hours heure "  # noqa: SIM905
    "h am pm o'clock euros euro dollars pounds francs watts kw wh kwh volts km m metres "
    "meters metre kilometres kilometers miles feet percent pourcent kelvin kelvins lux "
    "lumens fois times ans years jours days semaines weeks mois months g kg grammes grams "
    "kilos ml cl l litres liters calories kcal pas steps mots words pages personnes people "
    "habitants inhabitants million millions milliards billion".split()
)
_RANGING = frozenset({"between", "entre", "from", "de"})
_SUMMING = re.compile(
    r"(?:what is|what's|what are|how much (?:is|are)|calculate|compute|add|combien fon?t"
    r"|combien ca fait|ca fait combien|calcule|additionne|fais la somme)\b"
)
"""How a sum begins."""
_ENDINGS = frozenset({"st", "nd", "rd", "th", "e", "er", "ere", "eme"})
"""What makes an ordinal of a figure."""
_NO_CODE_WORDS = frozenset({"passé"})
_HOURS = frozenset({"h", "heure", "heures"})
_TIME = re.compile(r"([01]?\d|2[0-3])[0-5]\d")
_YEAR = re.compile(r"1[0-9]\d\d|20\d\d")
_INVISIBLE = re.compile(r"[\u20e3\ufe0e\ufe0f]")
TOO_MANY = ("",)
"""The readings of more digits than a code has: they are nobody's code."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number in a text that may be meant as a code."""

    start: int
    end: int
    """Where it stands, with the words that introduce it as a code."""
    readings: tuple[str, ...]
    """The digits that it may mean, the likeliest first; `TOO_MANY` for a longer row."""
    introduced: bool
    """True when the words around it call it a code."""
    clock: bool
    """True when it is written as a time: "18:30", "18 heures 30"."""
    timed: bool
    """True when the word before it makes it a time or a year: "at 1830"."""
    measured: bool
    """True when a unit follows."""
    listed: bool
    """True for several small numbers that are no code: "20 or 30 guests", a sum."""


def plain(text: str) -> str:
    """Return a text with its figures as they are typed, nothing invisible in it."""
    if text.isascii():
        return text
    shown = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", shown))


def reads_code(text: str, *, expected: bool = False) -> tuple[str, ...]:
    """Return the digits that a text may mean that speaks a code and nothing else.

    Digits, politeness and "the code is" only, four to eight digits; else nothing. Where
    a code is `expected`, whatever sounds like a digit is one. The likeliest come first.
    """
    said = heard_words(text, words(text))
    if len(said) > MOST_WORDS + 8:
        return ()
    eager = expected or not CODE_WORDS.isdisjoint(said)
    tokens = tokens_of(said, eager=eager)
    others = {token.text for token in tokens if not token.figure}
    figures = [token for token in tokens if token.figure]
    if not others <= AROUND | _URGENT:
        return ()
    if all(token.small for token in figures):
        return ()
    if is_talk(figures) and not eager:
        return ()
    return long_enough(_meant(figures))


def reads_amount(text: str) -> bool:
    """Return whether a text is a number of four digits or more and its unit, no more."""
    said = folded(text)
    tokens = tokens_of(said[:MOST_WORDS], eager=False)
    units = [token for token in tokens if not token.figure]
    return (
        len(said) <= MOST_WORDS
        and len(units) == 1
        and units[0].text in _MEASURES
        and tokens[-1] == units[0]
        and bool(long_enough(_meant(tokens[:-1])))
    )


def is_year(readings: Iterable[str]) -> bool:
    """Return whether a number may be a year: 1000 to 2099."""
    return any(_YEAR.fullmatch(reading) for reading in readings)


def is_time(readings: Iterable[str]) -> bool:
    """Return whether a number may be a time: "1830"."""
    return any(_TIME.fullmatch(reading) for reading in readings)


def find_codes(
    text: str, names: Iterable[str] = (), *, expected: bool = False
) -> list[Spoken]:
    """Return the numbers in a text that a user may have meant as a code.

    Which of them is the code is not looked at: a right and a wrong one are found alike.
    What belongs to one of `names` ("prise 4711") is no code. Where one is `expected`, or
    the text speaks of a code, words that sound like a digit are taken for it.
    """
    said = words(text)
    folds = heard_words(text, said)
    said = [
        replace(word, fold=fold) if fold in _NO_CODE_WORDS else word
        for word, fold in zip(said, folds, strict=True)
    ]
    named = _places_of_names(said, names)
    found: list[Spoken] = []
    sums = bool(_SUMMING.match(" ".join(folds[:6])))
    for row in rows(folds, eager=expected or not CODE_WORDS.isdisjoint(folds)):
        figures, core = _core(_without_amount(row, folds))
        start, end = core[0].place, core[-1].place + 1
        if named & set(range(start, end)):
            continue
        if readings := _readings_of(figures):
            found.append(_spoken(text, said, core, readings, sums=sums))
    return found


def _core(row: Sequence[Token]) -> tuple[list[Token], Sequence[Token]]:
    """Return the figures of a row, and the row without what need not belong to it.

    A doubtful word at its edge ("for 4711") stays, where the rest is long enough.
    """
    figures = [token for token in row if token.figure]
    typed = [token for token in figures if token.text.isdigit() and not token.doubtful]
    if len(typed) == 1 and SHORTEST <= len(typed[0].text) <= LONGEST:
        # Words beside it are no more digits: "4711, une fois".
        return typed, typed
    first, last = row[0].doubtful, row[-1].doubtful
    for cut_first, cut_last in ((True, True), (True, False), (False, True)):
        if (cut_first and not first) or (cut_last and not last):
            continue
        kept = figures[cut_first : len(figures) - cut_last]
        if len(kept) <= MOST_WORDS and long_enough(digits_of(_texts(kept))):
            begins, ends = row.index(kept[0]), row.index(kept[-1])
            return figures, row[begins : ends + 1]
    return figures, row


def _without_amount(row: Sequence[Token], said: Sequence[str]) -> Sequence[Token]:
    """Return a row without the amount at its end: "4711 for 5 minutes" is 4711."""
    end = row[-1].place + 1
    if end == len(said) or said[end] not in _MEASURES:
        return row
    for start in range(1, len(row)):
        amount = row[start:]
        if not all(token.figure for token in amount) or not any(
            length == len(amount) for length, _ in numbers(_texts(amount))
        ):
            continue
        rest = list(row[:start])
        while rest and (not rest[-1].figure or rest[-1].small):
            rest.pop()
        grouped = all(re.fullmatch(r"\d{3}", token.text) for token in row[1:])
        fits = bool(long_enough(_meant([token for token in rest if token.figure])))
        return rest if fits and not grouped else row
    return row


def _meant(figures: Sequence[Token]) -> dict[str, int]:
    """Return the digits that a row may mean; doubtful words at its edges may be none.

    With each goes how many numbers it is.
    """
    if not figures:
        return {}
    readings: dict[str, int] = {}
    last = len(figures)
    for start in {0, int(figures[0].doubtful)}:
        for end in {last, last - int(figures[-1].doubtful)}:
            for reading, count in digits_of(_texts(figures[start:end])).items():
                readings[reading] = min(readings.get(reading, count), count)
    return readings


def _texts(tokens: Iterable[Token]) -> list[str]:
    return [token.text for token in tokens]


def _readings_of(figures: Sequence[Token]) -> tuple[str, ...]:
    """Return what a row of numbers may mean as a code; empty for too few digits."""
    certain = [token.text for token in figures if not token.doubtful]
    typed = sum(len(text) for text in certain if text.isdigit())
    if len(figures) > MOST_WORDS or typed > LONGEST:
        return TOO_MANY
    readings = _meant(figures)
    if fitting := long_enough(readings):
        return fitting
    return TOO_MANY if any(len(r) > LONGEST for r in readings) else ()


def _is_list(
    text: str, said: Sequence[Word], row: Sequence[Token], *, sums: bool
) -> bool:
    """Return whether a row is small numbers side by side, and no code."""
    parts: list[list[Token]] = [[]]
    for token in row:
        if token.figure:
            parts[-1].append(token)
        elif token.text in LISTING:
            parts.append([])
        else:
            return False
    if len(parts) == 1 or any(
        len(reading) >= SHORTEST for part in parts for reading in _meant(part)
    ):
        return False
    start, end = row[0].place, row[-1].place + 1
    if sums or (start and said[start - 1].fold in _RANGING):
        return True
    if all(token.one_digit for token in row if token.figure) and len(parts) >= SHORTEST:
        return False
    # What is counted follows.
    return end < len(said) and text[said[end - 1].end : said[end].start].isspace()


def heard_words(text: str, said: Sequence[Word]) -> tuple[str, ...]:
    """Return the folded words, but "à" as it is: it joins no digits, while "a" may.

    So is "passé", and "passe" that is no "mot de passe".
    """
    heard: list[str] = []
    for word in said:
        fold = word.fold
        if fold == "a" and text[word.start : word.end] in "àÀ":
            fold = "à"
        elif fold == "passe" and not (
            text[word.start : word.end].isascii() and heard[-1:] == ["de"]
        ):
            fold = "passé"
        heard.append(fold)
    return tuple(heard)


def _spoken(
    text: str,
    said: Sequence[Word],
    row: Sequence[Token],
    readings: tuple[str, ...],
    *,
    sums: bool,
) -> Spoken:
    start, end = row[0].place, row[-1].place + 1
    if (
        end < len(said)
        and said[end].fold in _ENDINGS
        and said[end].start == said[end - 1].end
    ):
        end += 1
    source = text[said[start].start : said[end - 1].end]
    # "18:30" is a time whatever stands before it.
    clock = ":" in source or any(token.text in _HOURS for token in row)
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
        listed=_is_list(text, said, row, sums=sums),
    )


def _begins(said: Sequence[str]) -> bool:
    """Return whether words begin to introduce a code: "le code", not "le"."""
    # "Unlock it, code 4711": a pronoun is none.
    noun = said[1] in _NOUNS and said[0] not in {"it", "la"}
    return said[0] in _STARTING or noun or said == ("it", "is")


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
