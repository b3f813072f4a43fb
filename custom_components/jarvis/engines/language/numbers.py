"""Number words, as they are said: "vingt et une", "septante", "one hundred and two"."""

from collections.abc import Iterator, Sequence
from typing import Final

from unicode_rbnf import RbnfEngine

from .text import folded

type _Table = dict[tuple[str, ...], int]

_ENGINES: Final = {"fr": ("fr", "fr_BE", "fr_CH"), "en": ("en",)}
_CARDINALS: Final = {"fr": "spellout-cardinal-masculine", "en": "spellout-cardinal"}
_ORDINALS: Final = {
    "fr": ("spellout-ordinal-masculine", "spellout-ordinal-feminine"),
    "en": ("spellout-ordinal",),
}
_MORE_CARDINALS: Final[dict[str, _Table]] = {
    "fr": {("octante",): 80},
    "en": {("hundred",): 100, ("a", "hundred"): 100},
}
_MORE_ORDINALS: Final[dict[str, _Table]] = {
    "fr": {("second",): 2, ("seconde",): 2},
    "en": {},
}
_AND: Final = {"fr": "et", "en": "and"}
# One form of what is written in several.
_PLAIN: Final = {"une": "un", "vingts": "vingt", "cents": "cent"}
_MOST: Final = 1000
_MOST_ORDINAL: Final = 100


def _spelt(language: str) -> Iterator[tuple[str, int, bool]]:
    """Yield number words, their value and whether they are an ordinal."""
    for region in _ENGINES[language]:
        engine = RbnfEngine.for_language(region)
        # Beyond the whole hundred nothing is said differently from region to region.
        most = _MOST if region == language else _MOST_ORDINAL
        for number in range(most):
            said = engine.format_number(number, ruleset_names=[_CARDINALS[language]])
            yield said.text, number, False
    engine = RbnfEngine.for_language(language)
    for number in range(1, _MOST_ORDINAL):
        for rules in _ORDINALS[language]:
            text = engine.format_number(number, ruleset_names=[rules]).text
            yield text, number, True


def _plain(words: Sequence[str], language: str) -> tuple[str, ...]:
    """Return number words in their one form, without the "and" between them."""
    return tuple(_PLAIN.get(word, word) for word in words if word != _AND[language])


def _tables(language: str) -> tuple[_Table, _Table]:
    cardinals: _Table = dict(_MORE_CARDINALS[language])
    ordinals: _Table = dict(_MORE_ORDINALS[language])
    for text, number, ordinal in _spelt(language):
        table = ordinals if ordinal else cardinals
        table[_plain(folded(text), language)] = number
    return cardinals, ordinals


# Made while the module is imported, which Home Assistant does outside the event loop.
_TABLES: Final = {language: _tables(language) for language in _ENGINES}
_LONGEST: Final = 6
"""Words that a number has at most: "neuf cent quatre vingt dix sept"."""


def read_number(words: Sequence[str], language: str) -> float | None:
    """Return the number that folded words say, None when they are no number.

    Reads digits ("21,5") and words below a thousand ("quatre vingt dix sept").
    """
    if len(words) == 1 and words[0][:1].isdigit():
        return float(words[0].replace(",", "."))
    if not words or _AND[language] in (words[0], words[-1]):
        return None
    number = _TABLES[language][0].get(_plain(words, language))
    return None if number is None else float(number)


def number_at(words: Sequence[str], place: int) -> tuple[int, int] | None:
    """Return the number whose words, of either language, begin at a place.

    Cardinal or ordinal, and how many words it takes; None for none.
    """
    if words[place] not in _BEGINNINGS:
        return None
    for length in range(min(_LONGEST + 1, len(words) - place), 0, -1):
        part = words[place : place + length]
        for language, tables in _TABLES.items():
            if _AND[language] in (part[0], part[-1]):
                continue
            key = _plain(part, language)
            for table in tables:
                if key in table:
                    return table[key], length
    return None


_BEGINNINGS: Final = frozenset(
    key[0] for tables in _TABLES.values() for table in tables for key in table
).union(_PLAIN)
_SAID: Final = {
    language: frozenset(
        word for key, number in tables[0].items() if number <= 100 for word in key
    )
    | {"fr": {"une", "vingts"}, "en": set[str]()}[language]
    for language, tables in _TABLES.items()
}


def number_pattern(language: str) -> str:
    """Return a regular expression of folded numbers, "21" or "vingt et un"."""
    said = _SAID[language] - {"a", _AND[language]}
    one = "|".join(sorted(said, key=len, reverse=True))
    return rf"(?:\d+|(?:{one})(?:(?: {_AND[language]})? (?:{one}))*)\b"
