"""Reads what is to be more or less than it is: "monte le chauffage", "a bit louder".

The words for the amount are taken out before; see amounts.py.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Protocol

from . import shifts_en, shifts_fr
from .grammar import joined
from .orders import SOUND_WORDS, Action, Amount, Change, Order, Shift, Size, Unit
from .text import Word


class Forms(Protocol):
    """What the module of a language offers; all match folded words."""

    VERBS: Sequence[tuple[str, bool, Size | None, re.Pattern[str]]]
    """What changes, whether it grows, by how much as a rule, and the whole order, with
    the groups `what` and `where`."""
    COUNTED: Sequence[tuple[bool, re.Pattern[str]]]
    """Whether degrees are added, and what is said around them, with `what`."""
    QUALITIES: re.Pattern[str]
    """The same with `quality`, the verb `head`, and `less` where it is to be less of it."""
    WAYS: dict[str, tuple[str, bool]]
    """What each quality is of, and whether more of it is up."""
    NOUNS: frozenset[str]
    """Qualities that are nouns: more of them is asked for with a verb or an amount."""
    PRONOUNS: frozenset[str]
    FILLERS: frozenset[str]
    """Words between the verb and the thing that say nothing."""
    ARTICLES: frozenset[str]
    PLURALS: frozenset[str]


_LANGUAGES: Final[dict[str, Forms]] = {"fr": shifts_fr, "en": shifts_en}
_MUSIC: Final = SOUND_WORDS | {"music", "musique"}


def read_shift(
    said: Sequence[Word], amount: Amount | None, language: str
) -> Order | None:
    """Return an order to change something; None for anything else.

    `said` are the words without those for the amount.
    """
    forms = _LANGUAGES[language]
    text = joined(said)
    for of, up, size, pattern in forms.VERBS:
        if match := pattern.fullmatch(text):
            meant = amount or (Amount(size=size) if size else None)
            return _order(forms, match, Shift(up=up, of=Change(of), amount=meant))
    if amount is not None and amount.unit is Unit.DEGREES:
        for up, pattern in forms.COUNTED:
            if match := pattern.fullmatch(text):
                return _order(forms, match, Shift(up=up, of=Change.HEAT, amount=amount))
    if match := forms.QUALITIES.fullmatch(text):
        of, up = forms.WAYS[match["quality"]]
        if match["quality"] in forms.NOUNS and amount is None and not match["head"]:
            return None  # "more light in the kitchen" may be no order at all
        up ^= bool(match["less"])
        meant = amount or Amount()
        return _order(forms, match, Shift(up=up, of=Change(of), amount=meant))
    return None


def _order(forms: Forms, match: re.Match[str], shift: Shift) -> Order | None:
    found = match.groupdict()
    what = (found.get("what") or found.get("too") or "").split()
    where = (found.get("where") or "").split()
    while what and what[0] in forms.FILLERS:
        what = what[1:]
    while what and shift.amount and what[-1] in forms.FILLERS:
        what = what[:-1]
    if shift.of is Change.OPENING and shift.amount is None:
        return None
    if shift.of is Change.LEVEL and shift.amount and shift.amount.unit is Unit.DEGREES:
        shift = replace(shift, of=Change.HEAT)
    refers = " ".join(what) in forms.PRONOUNS
    said = where if refers else [*what, *where]
    target = tuple(word for word in said if word not in forms.ARTICLES)
    if shift.of is Change.LEVEL and _MUSIC & set(target):
        shift = replace(shift, of=Change.SOUND)
    if shift.of is Change.SOUND:
        target = tuple(word for word in target if word not in _MUSIC)
    if shift.of is Change.OPENING:
        action = Action.OPEN if shift.up else Action.CLOSE
    else:
        action = Action.BRIGHTEN if shift.up else Action.DIM
    return Order(
        action=action,
        target=target,
        plural=not forms.PLURALS.isdisjoint(said[:2]),
        refers=refers and not target,
        shift=shift,
    )
