"""Reads which way an order goes: on or off, brighter or darker, warmer or cooler.

Words that say how things are ("too dark") ask for the opposite; so do words that are
denied or averted ("make sure it is not on", "keep it from heating").
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from . import directions_en, directions_fr


class Axis(StrEnum):
    """What an order changes; each has two ends."""

    POWER = "power"
    LEVEL = "level"
    LIGHT = "light"
    HEAT = "heat"
    SOUND = "sound"
    OPENING = "opening"
    LOCK = "lock"
    RUN = "run"
    """Of what cleans or mows: to work, or back to its base."""
    DAMP = "damp"
    TRACK = "track"
    LIST = "list"
    WISH = "wish"
    """What a thing is asked for with, whatever is to be done with it: "give me"."""


type Direction = tuple[Axis, bool]
"""An axis, and whether up it: on, more, brighter, warmer, louder, open, locked, added."""

_LANGUAGES = {"en": directions_en, "fr": directions_fr}
_VAGUE = frozenset({Axis.WISH, Axis.LIST, Axis.TRACK})
_STATES = frozenset({Axis.LEVEL, Axis.LIGHT, Axis.HEAT, Axis.SOUND, Axis.DAMP})
"""Of these, words may say how things are instead of how they are to be."""


@cache
def _patterns(language: str) -> tuple[tuple[Axis, bool, re.Pattern[str]], ...]:
    words: dict[str, tuple[str, str]] = _LANGUAGES[language].WORDS
    return tuple(
        (Axis(axis), up, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"))
        for axis, both in words.items()
        for up, pattern in zip((True, False), both, strict=True)
        if pattern
    )


def directions_of(said: str, language: str, *, need: bool = False) -> set[Direction]:
    """Return the directions of folded words with single spaces.

    `need` is whether they say how things are: "it is too dark in here".
    """
    found = set(_found(said, language, need=need))
    for axis, up, pattern in _fixed(language):
        if pattern.search(said):
            found -= {(axis, not up)}
            found.add((axis, up))
    return found


def is_slight(said: str, language: str) -> bool:
    """Return whether folded words ask for a small change: "a bit", "un chouïa"."""
    return bool(_LANGUAGES[language].SLIGHT.search(said))


def is_lessened(said: str, language: str) -> bool:
    """Return whether folded words ask for less of what is, not for none of it."""
    return bool(_LANGUAGES[language].LESSER.search(said))


@cache
def _fixed(language: str) -> tuple[tuple[Axis, bool, re.Pattern[str]], ...]:
    idioms: dict[str, tuple[str, str]] = _LANGUAGES[language].IDIOMS
    return tuple(
        (Axis(axis), up, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"))
        for axis, both in idioms.items()
        for up, pattern in zip((True, False), both, strict=True)
        if pattern
    )


def _found(said: str, language: str, *, need: bool) -> Iterator[Direction]:
    module = _LANGUAGES[language]
    described = module.DESCRIBED.search(said)
    if described and any(
        axis not in _VAGUE
        for axis, _ in directions_of(said[: described.start()], language)
    ):
        # "Put out what shines"
        said = said[: described.start()]
    denied = module.DENIED.search(said)
    for axis, up, pattern in _patterns(language):
        for match in pattern.finditer(said):
            before = said[: match.start()]
            turned = bool(
                denied and axis is not Axis.LIST and denied.end() <= match.start() + 1
            )
            if axis in _STATES:
                turned ^= need or bool(module.TOO.search(before))
            turned ^= bool(module.LESS.search(before))
            yield axis, up is not turned
