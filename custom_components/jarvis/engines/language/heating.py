"""Reads temperatures as they are said: "sur 21", "19 degrés et demi", "nineteen point 5"."""

import re
from collections.abc import Sequence

from .grammar import joined, last_match
from .numbers import read_number
from .orders import Unit
from .text import Word

_BARE = ((7.0, 30.0), (45.0, 90.0))
"""What a number without a unit may be, in °C and in °F: "sur 3" is a valve's position."""
_POINT = re.compile(r" (?:virgule|point|comma) ")


def read_degrees(
    rest: Sequence[Word],
    pattern: re.Pattern[str],
    heating: frozenset[str],
    language: str,
) -> tuple[Sequence[Word], float | None, Unit | None]:
    """Return the words before a temperature, and the temperature.

    Without a unit, only of what heats, and only what is a temperature in a room.
    """
    nothing = rest, None, None
    match = last_match(pattern, joined(rest))
    if match is None:
        return nothing
    front = rest[: len(rest) - len(match[0].split())]
    value = _read(match["number"], language)
    if value is None:
        return nothing
    value += 0.5 if match["half"] else 0.0
    if not match["unit"] and not (
        heating & {word.fold for word in front}
        and any(low <= value <= high for low, high in _BARE)
    ):
        return nothing
    return front, value, Unit.DEGREES


def read_plain(
    rest: Sequence[Word], pattern: re.Pattern[str], language: str
) -> tuple[Sequence[Word], float | None]:
    """Return the words before a number without a unit, and the number, 1 to 100.

    What it counts is for the thing to tell: percent of a lamp, degrees of a heater.
    """
    match = last_match(pattern, joined(rest))
    value = _read(match["number"], language) if match else None
    if match is None or value is None or not 1 <= value <= 100:
        return rest, None
    return rest[: len(rest) - len(match[0].split())], value


def _read(said: str, language: str) -> float | None:
    whole, *rest = _POINT.split(said)
    number = read_number(tuple(whole.split()), language)
    if not rest or number is None:
        return number
    tenths = read_number(tuple(rest[0].split()), language)
    if tenths is None or not 0 <= tenths <= 9:
        return None
    return number + tenths / 10
