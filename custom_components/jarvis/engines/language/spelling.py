"""One spelling for what is said and what is written: "prise deux" is "Prise 2".

Names stand as their owner wrote them; a recogniser writes what it hears its own way.
Both are brought to the same words: numbers in digits, signs for their names.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import regex

from .numbers import number_at
from .text import Word, fold, words

_SIGNS: Final = regex.compile(r"[&+@#]")
_ROMAN: Final = regex.compile(
    r"(?=[IVXL]{2})(?P<l>L?X{0,3}|X[LC])(?P<i>IX|IV|V?I{0,3})"
)
_CAPITALS: Final = regex.compile(r"\b[IVXL]{2,}\b")
_ROMAN_DIGITS: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

_SIGN_WORDS: Final = {
    "&": "&", "et": "&", "and": "&", "+": "+", "plus": "+", "@": "@", "at": "@",
    "arobase": "@", "%": "%", "pourcent": "%", "pourcents": "%", "percent": "%",
}  # fmt: skip
_TWO_WORD_SIGNS: Final = {("pour", "cent"): "%", ("per", "cent"): "%"}
_NUMBER_SIGNS: Final = frozenset({"#", "numero", "number", "num", "no", "nr", "nº"})
_DECIMAL: Final = frozenset({"virgule", "point", "comma"})
_ORDINAL_ENDINGS: Final = frozenset(
    {"er", "ere", "re", "e", "eme", "ieme", "nd", "nde", "st", "rd", "th"}
)
# "Une lampe" is any lamp, "prise une" is a number: by what follows.
_ARTICLES: Final = frozenset({"un", "une"})
_AFTER_NAME: Final = frozenset(
    """
    a au aux dans de du des d' en et sur pour s' & and please jarvis merci stp svp
    """.split()  # noqa: SIM905
)
_UNITS: Final = frozenset(
    """
    % degre degres degree degrees pour per percent pourcent fois times heure heures h
    hour hours minute minutes min seconde secondes second seconds jour jours day days
    """.split()  # noqa: SIM905
)


def spelt_alike(text: str, *, romans: bool = True) -> list[Word]:
    """Return the words of a text in the one spelling, with their place in it.

    `romans`: whether capitals such as "XIV" are numbers.
    """
    signs = [Word(m[0], m.start(), m.end()) for m in _SIGNS.finditer(text)]
    found = sorted([*words(text), *signs], key=lambda word: word.start)
    if romans:
        found = [_arabic(text, word) for word in found]
    return [
        Word(_SIGN_WORDS.get(word.fold, word.fold), word.start, word.end)
        for word in _numbers(found)
    ]


def digits_for_numbers(said: Iterable[str]) -> list[str]:
    """Return folded words with the numbers among them in digits."""
    return [word.fold for word in _numbers([Word(word, 0, 0) for word in said])]


def _arabic(text: str, word: Word) -> Word:
    match = _ROMAN.fullmatch(text[word.start : word.end])
    if match is None:
        return word
    values = [_ROMAN_DIGITS[digit] for digit in match[0]]
    following = [*values[1:], 0]
    total = sum(-a if a < b else a for a, b in zip(values, following, strict=True))
    return Word(str(total), word.start, word.end)


def _numbers(said: Sequence[Word]) -> list[Word]:
    folds = [word.fold for word in said]
    found: list[Word] = []
    place = 0
    while place < len(said):
        fold_, length = _at(said, folds, place)
        if fold_:
            found.append(Word(fold_, said[place].start, said[place + length - 1].end))
        place += length
    return found


def _at(said: Sequence[Word], folds: Sequence[str], place: int) -> tuple[str, int]:
    """Return the word at a place in its one spelling, and how many it stands for."""
    pair = tuple(folds[place : place + 2])
    if pair in _TWO_WORD_SIGNS:
        return _TWO_WORD_SIGNS[pair], 2
    if pair == ("n", "°"):
        return "", 2
    following = folds[place + 1] if place + 1 < len(folds) else ""
    if folds[place] in _NUMBER_SIGNS and _whole(folds, place + 1):
        return "", 1
    whole = _whole(folds, place)
    if whole is None:
        # "Louis the fourteenth": the article counts nothing.
        said_only = folds[place] == "the" and _whole(folds, place + 1)
        return "" if said_only else folds[place], 1
    number, length = whole
    after = place + length
    if length == 1 and folds[place] in _ARTICLES and following not in _AFTER_NAME:
        return (folds[place], 1) if following else (number, 1)
    if after + 1 < len(folds) and folds[after] in _DECIMAL:
        tenths = _whole(folds, after + 1)
        if tenths and "." not in number + tenths[0]:
            return f"{number}.{tenths[0]}", length + 1 + tenths[1]
    if (
        after < len(folds)
        and folds[place][0].isdigit()
        and folds[after] in _ORDINAL_ENDINGS
        and said[after - 1].end == said[after].start
    ):
        length += 1
    return number, length


def _whole(folds: Sequence[str], place: int) -> tuple[str, int] | None:
    if place >= len(folds):
        return None
    if folds[place][0].isdecimal():
        number = folds[place].replace(",", ".")
        return (number if "." in number else str(int(number))), 1
    found = number_at(folds, place)
    return found and (str(found[0]), found[1])


@lru_cache(maxsize=16_384)
def spellings_of(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of a name in one spelling, where it may be written otherwise."""
    styles = (False, True) if _CAPITALS.search(name) else (False,)
    keys = (
        tuple(word.fold for word in spelt_alike(name, romans=romans))
        for romans in styles
    )
    return tuple(key for key in keys if _may_differ(name, key))


class Spellings:
    """Names that can be written in more than one way, to be found in a text."""

    def __init__(self, names: Iterable[str]) -> None:
        """Note the names that need it; a name of digits alone is none."""
        self._by_first: dict[str, dict[tuple[str, ...], set[str]]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Note one more name."""
        for key in spellings_of(name):
            forms = self._by_first.setdefault(key[0], {})
            forms.setdefault(key, set()).add(name)

    def as_written(self, text: str) -> str:
        """Return a text with these names in it as they are written."""
        if not self._by_first:
            return text
        said = spelt_alike(text)
        folds = tuple(word.fold for word in said)
        parts: list[str] = []
        end = place = 0
        while place < len(said):
            length, name = self._find(text, said, folds, place)
            if name:
                start = said[place].start
                parts += [text[end:start], name]
                end = said[place + length - 1].end
            place += length
        return "".join([*parts, text[end:]])

    def _find(
        self, text: str, said: Sequence[Word], folds: tuple[str, ...], place: int
    ) -> tuple[int, str]:
        """Return how many words to go on by, and the name that they become."""
        forms = self._by_first.get(folds[place], {})
        for key in sorted(forms, key=len, reverse=True):
            after = place + len(key)
            if folds[place:after] != key or (
                key[-1][0].isdecimal() and after < len(folds) and folds[after] in _UNITS
            ):
                continue
            span = fold(text[said[place].start : said[after - 1].end])
            written = any(fold(name) == span for name in forms[key])
            # Two names that sound the same: which one is meant nobody can tell.
            one = len(forms[key]) == 1 and not written
            return len(key), next(iter(forms[key])) if one else ""
        return 1, ""


def _may_differ(name: str, key: tuple[str, ...]) -> bool:
    if not any(word[:1].isalpha() for word in key):
        return False
    if any(not word[0].isalpha() for word in key):
        return True
    return " ".join(fold(name).replace("'", "' ").split()) != " ".join(key)
