"""The frame: which acts, kinds and spans there are, as FORMAT.md explains them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

HERE = Path(__file__).parent
LANGUAGES = ("fr", "en")
ORDER = "order"
"""The kind of an utterance in which at least one clause asks for an act."""

SPANS = (
    "thing", "place", "floor", "value", "colour", "mode", "item", "source",
    "duration", "delay", "time", "except", "quantifier", "direction", "pronoun",
    "addressee", "retracted", "quoted",
)  # fmt: skip

THINGS = (
    "light", "plug", "cover", "awning", "gate", "lock", "heater", "fan", "tv",
    "speaker", "alarm", "vacuum", "mower", "valve", "humidifier", "boiler",
    "appliance", "select", "number", "scene", "script", "button", "list",
)  # fmt: skip
"""Kinds of devices that a home names."""

SLOTS: dict[str, str | None] = {
    **dict.fromkeys(THINGS, "thing"),
    "player": "thing",
    "room": "place",
    "where": "place",
    "floor": "floor",
    "where_floor": "floor",
    "item": "item",
    "person": None,
    "source": "source",
    "colour": "colour",
    "white": "colour",
    "percent": "value",
    "degrees": "value",
    "number_value": "value",
    "duration": "duration",
    "delay": "delay",
    "time": "time",
}
"""What a pattern can leave to the home or to chance, and the span it is by itself."""

FROM_HOME = (
    *THINGS,
    "room",
    "where",
    "floor",
    "where_floor",
    "item",
    "person",
    "source",
)
PLAYERS = ("tv", "speaker")
BY_CHANCE = frozenset(SLOTS) - frozenset(FROM_HOME) - {"player"}
"""Slots that need no home."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a class of clauses means, with neutral examples a language."""

    means: str
    fr: list[str]
    en: list[str]


def _read(name: str) -> dict[str, Meaning]:
    data = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return {key: Meaning(**value) for key, value in data.items()}


@cache
def acts() -> dict[str, Meaning]:
    """Return what a clause can ask, in the order of the model's classes."""
    return _read("acts.yaml")


@cache
def kinds() -> dict[str, Meaning]:
    """Return what a clause can be that must not act."""
    return _read("kinds.yaml")


def classes() -> list[str]:
    """Return the classes of a clause: acts, then kinds."""
    return [*acts(), *kinds()]


def utterance_kinds() -> list[str]:
    """Return the kinds of a whole utterance, `order` first."""
    return [ORDER, *kinds()]
