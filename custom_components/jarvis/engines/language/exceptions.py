"""Reads what an order leaves out: "éteins tout sauf la lampe", "all the lights but the hall"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from . import grammar_en, grammar_fr
from .grammar import joined, original
from .reading import split_clauses, strip_ends
from .text import LONGEST_PHRASE, Word, words

_GRAMMARS: Final = {"fr": grammar_fr, "en": grammar_en}
_BUT: Final = {
    "fr": re.compile(
        r"(?:^| )(?P<mark>sauf|excepte(?:e?s?)|hormis|a l' exception (?:de|du|des|d')"
        r"|a l' exclusion (?:de|du|des|d')|(?:mis )?a part|en dehors (?:de|du|des|d')"
        r"|mais (?:surtout )?pas|et (?:surtout )?pas|(?:mais |et |en )?(?:laisse[rz]?|laissant|garde[rz]?)"
        r"(?: juste| seulement| bien)?)(?= )"
    ),
    "en": re.compile(
        r"(?:^| )(?P<mark>(?:except(?: for)?|apart from|other than|excluding"
        r"|aside from|but not|but for|just not|but (?:leave|keep)|(?:and )?(?:only |just )?(?:leave|keep)"
        r"|save for)|but|bar)(?= )"
    ),
}
_ALL: Final = {
    "fr": frozenset("tout tous toute toutes chaque".split()),  # noqa: SIM905
    "en": frozenset("all every each everything both".split()),  # noqa: SIM905
}
_ONLY_AFTER_ALL: Final = frozenset({"but", "bar"})
"""Words that leave something out only behind "all": else a bar is one."""
_LEFT: Final = re.compile(
    r"(?: (?:allume|eteint|ouvert|ferme)e?s?| tranquilles?| comme (?:ca|il est|elle est)"
    r"| on| off| open| closed| shut| alone| going| running| as (?:it|they) (?:is|are))$"
)
_POINTING: Final = frozenset(
    "celui celle ceux celles la lui the that those one ones a juste just only please".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Excepting:
    """An order, and what it leaves out."""

    command: str
    kept: tuple[tuple[str, ...], ...]
    """For each thing that is left out, the folded words that name it."""


def read_excepting(text: str, language: str) -> Excepting | None:
    """Return an order without its exceptions, None where it has none."""
    said = words(text)
    if len(said) > 2 * LONGEST_PHRASE:
        return None
    grammar = _GRAMMARS[language]
    folds = joined(said)
    for match in _BUT[language].finditer(folds):
        start = folds[: match.start("mark")].count(" ")
        end = folds[: match.end("mark")].count(" ") + 1
        before: Sequence[Word] = said[:start]
        after: Sequence[Word] = said[end:]
        if match["mark"] in _ONLY_AFTER_ALL and _ALL[language].isdisjoint(
            word.fold for word in before
        ):
            continue
        after = strip_ends(after, grammar)
        before = _without_end(text, before, grammar.CONJUNCTIONS | {"mais", "but"})
        if not before or not after:
            continue
        kept = tuple(
            _named(part) for part in split_clauses(text, after, grammar) if part
        )
        if kept and all(kept):
            return Excepting(command=original(text, before), kept=kept)
    return None


def _without_end(
    text: str, said: Sequence[Word], conjunctions: frozenset[str]
) -> Sequence[Word]:
    """Return an order without "and", and without "everything" that sums it up."""
    while said and said[-1].fold in conjunctions:
        said = said[:-1]
    if (
        len(said) > 1
        and said[-1].fold in {"everything", "tout"}
        and "," in text[said[-2].end : said[-1].start]
    ):
        return said[:-1]
    return said


def _named(part: Sequence[Word]) -> tuple[str, ...]:
    left = _LEFT.sub("", joined(part)).split()
    return tuple(word for word in left if word not in _POINTING)
