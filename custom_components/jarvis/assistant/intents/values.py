"""What an order's values mean for a thing: 0 % is off, and what is off has no sound."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.const import STATE_OFF
from homeassistant.core import HomeAssistant
from homeassistant.helpers import intent

from ...core.errors import OutOfRangeError, ThingOffError
from ...engines.language import named
from ..home import intent_targets, number, thing_name
from ..sentences import say_state

_OFF_AT_ZERO: Final = {
    "HassFanSetSpeed": ("percentage", "fan"),
    "HassLightSet": ("brightness", "light"),
}
"""Slot and domain of the intents that turn a thing on, at 0 % as well."""

_RANGES: Final = {
    "HassClimateSetTemperature": ("temperature", "min_temp", "max_temp"),
    "HassHumidifierSetpoint": ("humidity", "min_humidity", "max_humidity"),
}
"""Slot, and the attributes that tell the least and the most it may be."""


_SOUND: Final = frozenset(
    {
        "HassSetVolume",
        "HassSetVolumeRelative",
        "HassMediaPlayerMute",
        "HassMediaPlayerUnmute",
    }
)
"""What a player does not do while it is off."""


def off_at_zero(kind: str, slots: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the slots of the intent to turn off, where 0 % is asked; else None.

    `slots` are values by name. The domain is given: what else bears the name stays.
    """
    if kind not in _OFF_AT_ZERO:
        return None
    slot, domain = _OFF_AT_ZERO[kind]
    if (value := number(slots.get(slot))) is None or int(value) != 0:
        return None
    places = ("name", "area", "floor", "preferred_area_id", "preferred_floor_id")
    kept = {name: slots[name] for name in places if name in slots}
    return kept | {"domain": [domain]}


def check_range(hass: HomeAssistant, kind: str, slots: Mapping[str, Any]) -> None:
    """Raise `OutOfRangeError` for a value that nothing which is meant can have."""
    if kind not in _RANGES:
        return
    slot, least, most = _RANGES[kind]
    if (value := number(slots.get(slot))) is None:
        return
    try:
        states = intent_targets(hass, kind, slots)
    except intent.IntentError:
        return
    ranges = [
        (low, high)
        for state in states
        if (low := number(state.attributes.get(least))) is not None
        and (high := number(state.attributes.get(most))) is not None
    ]
    if ranges and not any(low <= value <= high for low, high in ranges):
        low, high = ranges[0]
        raise OutOfRangeError(value=f"{value:g}", least=f"{low:g}", most=f"{high:g}")


def check_playing(
    hass: HomeAssistant, kind: str, slots: Mapping[str, Any], language: str
) -> None:
    """Raise `ThingOffError` for the sound of players that are all off."""
    if kind not in _SOUND:
        return
    try:
        states = intent_targets(hass, kind, slots)
    except intent.IntentError:
        return
    if states and all(state.state == STATE_OFF for state in states):
        phrase = named(thing_name(hass, states[0], language), language)
        what = say_state(language, phrase, "off")
        raise ThingOffError(what=what[:1].upper() + what[1:])
