"""The value that a call sets, and whether it is the one that was said."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from homeassistant.core import State

from ...engines.language import digits_for_numbers, folded
from ..home import number

_SLOTS: Final[Mapping[str, tuple[str, str, float]]] = {
    "HassLightSet": ("brightness", "brightness", 1 / 2.55),
    "HassClimateSetTemperature": ("temperature", "temperature", 1),
    "HassSetVolume": ("volume_level", "volume_level", 100),
    "HassSetPosition": ("position", "current_position", 1),
    "HassFanSetSpeed": ("percentage", "percentage", 1),
    "HassHumidifierSetpoint": ("humidity", "humidity", 1),
}
"""For intents that set a value: slot, attribute, and what makes percent of that."""
_COMFORT: Final = (15.0, 24.0)
"""Degrees Celsius that a model may choose by itself."""
_LOUD: Final = 80
_STEP: Final = 5
"""Degrees by which it may change what was set, beyond these."""
_SHARES: Final = {
    "half": 50, "halfway": 50, "moitie": 50, "mi": 50, "midway": 50,
    "quarter": 25, "quart": 25, "third": 33, "tiers": 33,
}  # fmt: skip
_TIME: Final = re.compile(
    r"^(?:minute|second|seconde|heure|hour|h|min|am|pm|o'clock|day|jour|week|semaine|s|mn)s?$"
)
_UNITS: Final = re.compile(r"^(?:%|°|degre|degree|pour|percent|per|pourcent)s?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A value that a call sets."""

    value: float
    attribute: str
    scale: float

    @property
    def percent(self) -> bool:
        """True for a share of all, not degrees."""
        return self.attribute != "temperature"

    def current(self, state: State) -> float | None:
        """Return what the value is now, in the same unit."""
        found = number(state.attributes.get(self.attribute))
        return None if found is None else found * self.scale


def setting_of(kind: str, arguments: Mapping[str, Any]) -> Setting | None:
    """Return what an intent sets, None where that is no number."""
    if kind not in _SLOTS:
        return None
    slot, attribute, scale = _SLOTS[kind]
    value = number(arguments.get(slot))
    return (
        None
        if value is None
        else Setting(value=value, attribute=attribute, scale=scale)
    )


def numbers_said(words: Sequence[str]) -> frozenset[float]:
    """Return the values that folded words speak of, but for times."""
    return frozenset(_numbers(words))


def _numbers(words: Sequence[str]) -> Iterator[float]:
    found = list(digits_for_numbers(words))
    for place, word in enumerate(found):
        after = found[place + 1] if place + 1 < len(found) else ""
        value = number(word.replace(",", "."))
        if value is None:
            if word in _SHARES:
                yield _SHARES[word]
        elif value == 1 and not _UNITS.match(after):
            continue
        elif not _TIME.match(after):
            yield value
            if {"demi", "half", "demie"} & set(found[place + 1 : place + 4]):
                yield value + 0.5


def is_as_said(setting: Setting, said: frozenset[float], state: State) -> bool:
    """Return whether a value is the one that was said, or near enough where none was."""
    said -= numbers_said(folded(state.name))
    now = setting.current(state)
    value = setting.value
    if not said:
        return _is_moderate(setting, now)
    nearly = {value, value * 100 if 0 < value <= 1 else value}
    if state.domain in {"cover", "valve"}:
        nearly.add(100 - value)
    if now is not None:
        nearly |= {abs(value - now), 100 * value / now if now else value}
    return any(abs(one - other) <= 1 for one in nearly for other in said)


def _is_moderate(setting: Setting, now: float | None) -> bool:
    if setting.attribute == "temperature":
        low, high = _COMFORT
        near = now is not None and abs(setting.value - now) <= _STEP
        return near or low <= setting.value <= high
    return setting.attribute != "volume_level" or setting.value <= _LOUD
