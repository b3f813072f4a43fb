"""Reads which white a lamp is to have: "to warm white", "dans un blanc plus froid"."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from .grammar import joined
from .orders import White
from .text import Word

_WHITES: Final[Mapping[str, White]] = {
    "chaud": White.WARM, "doux": White.WARM, "warm": White.WARM, "soft": White.WARM,
    "cosy": White.WARM, "cozy": White.WARM, "neutre": White.NEUTRAL,
    "neutral": White.NEUTRAL, "natural": White.NEUTRAL, "froid": White.COOL,
    "cool": White.COOL, "cold": White.COOL, "bright": White.COOL,
    "plus chaud": White.WARMER, "warmer": White.WARMER, "softer": White.WARMER,
    "plus froid": White.COOLER, "cooler": White.COOLER, "colder": White.COOLER,
}  # fmt: skip
_FORMS: Final = {
    "fr": re.compile(
        r"(?:^| )(?:en|sur|au|du|dans)(?: un| du)? blanc"
        r" (?P<white>(?:plus )?(?:chaud|froid)|doux|neutre)$"
    ),
    "en": re.compile(
        r"(?: (?:to|in|into))?(?: an?)? (?P<white>warmer|cooler|colder|softer|warm|soft"
        r"|cosy|cozy|neutral|natural|cool|cold|bright) white$"
    ),
}


def read_white(
    rest: Sequence[Word], language: str
) -> tuple[Sequence[Word], White | None]:
    """Return the words before a white, and the white; all words and None without one."""
    if (match := _FORMS[language].search(joined(rest))) is None:
        return rest, None
    return rest[: len(rest) - len(match[0].split())], _WHITES[match["white"]]
