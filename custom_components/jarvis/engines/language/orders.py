"""What can be asked for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Action(StrEnum):
    """What can be asked of a thing."""

    ON = "on"
    OFF = "off"
    MUTE = "mute"
    UNMUTE = "unmute"
    OPEN = "open"
    CLOSE = "close"
    LOCK = "lock"
    UNLOCK = "unlock"
    SET = "set"
    DIM = "dim"
    """Less of what a thing has: light, heat, sound."""
    BRIGHTEN = "brighten"


WAYS: Mapping[Action | None, Action] = {
    Action.OPEN: Action.BRIGHTEN,
    Action.CLOSE: Action.DIM,
}
"""Of verbs that say up or down, "monte" and "lower", what they say with a value."""

_SOUND = {
    # "son" is also "his".
    "fr": re.compile(r"\b(?:(?:le|du|ce) son|volume)\b"),
    "en": re.compile(r"\b(?:sound|audio|volume)\b"),
}
SOUND_WORDS = frozenset({"son", "volume", "sound", "audio"})
"""Folded words for what is muted rather than switched off."""


def speaks_of_sound(said: str, language: str) -> bool:
    """Return whether folded words speak of the sound of something."""
    return _SOUND[language].search(said) is not None


class White(StrEnum):
    """Which white, or which way from the one there is."""

    WARM = "warm"
    NEUTRAL = "neutral"
    COOL = "cool"
    WARMER = "warmer"
    COOLER = "cooler"


class Unit(StrEnum):
    """What a value counts."""

    PERCENT = "percent"
    DEGREES = "degrees"


class Size(StrEnum):
    """How large a change is that has no figure."""

    SMALL = "small"
    USUAL = "usual"
    LARGE = "large"


class Change(StrEnum):
    """What becomes more or less."""

    LEVEL = "level"
    """Whatever a thing has: the target of a heater, the volume of a radio."""
    OPENING = "opening"
    HEAT = "heat"
    SOUND = "sound"
    LIGHT = "light"
    SPEED = "speed"
    DAMP = "damp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """By how much: "a bit", "by two degrees"."""

    size: Size = Size.USUAL
    figure: float | None = None
    unit: Unit | None = None
    """None for a figure whose unit the thing tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A change from what is: "a bit warmer", "ouvre un peu"."""

    up: bool
    of: Change
    amount: Amount | None = None
    """None where none is said: a blind that is lowered is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One thing that is asked for."""

    action: Action | None = None
    """None where only the sentence tells, or where the order before does."""
    verb: Action | None = None
    """What the verb says, also where a value makes it `SET`: a blind that is closed to
    80 % is never opened for it."""
    target: tuple[str, ...] = ()
    """Folded words that name it, without articles."""
    plural: bool = False
    """True for "les lumières" and "all the lights"."""
    whole: bool = False
    """True for "toutes les lumières", "every light": of the home, not of the room."""
    refers: bool = False
    """True where a pronoun stands for what was spoken of before."""
    repeats: bool = False
    """True for "et dans la cuisine ?": the action is the one before."""
    everything: bool = False
    """True for "éteins tout": `target` is the place, or nothing."""
    everywhere: bool = False
    """With `everything`: in the whole home, wherever the speaker is."""
    here: bool = False
    """With `everything`: in the speaker's room, and only there."""
    value: float | None = None
    unit: Unit | None = None
    white: White | None = None
    """Of lights: "warm white"; then there is no value."""
    shift: Shift | None = None
    """For more or less of something, from what is."""
    sentence: str = ""
    """The same order as a plain command, for whoever knows plain commands."""
    plain_only: bool = False
    """True where words are left that only the plain command may make sense of."""
    exact: bool = False
    """True for forms so short that a target must be named without a slip."""
    kinds: frozenset[str] = field(default_factory=frozenset)
    """Domains that the verb is about: blinds are lowered, lights are not."""

    @property
    def lasting(self) -> bool:
        """True where to do it again changes nothing: no step, no toggle."""
        stepwise = self.shift is not None and self.shift.amount is not None
        return not stepwise and self.action not in {None, Action.DIM, Action.BRIGHTEN}
