"""How far one step goes, for each kind of thing."""

from typing import Final

from homeassistant.core import HomeAssistant, State

from ...engines.language import Amount, Size
from ..home import number

_SIZES: Final = {
    "light": {Size.SMALL: 20.0, Size.USUAL: 20.0, Size.LARGE: 40.0},
    "fan": {Size.SMALL: 10.0, Size.USUAL: 20.0, Size.LARGE: 40.0},
    "media_player": {Size.SMALL: 5.0, Size.USUAL: 10.0, Size.LARGE: 20.0},
    "cover": {Size.SMALL: 15.0, Size.USUAL: 25.0, Size.LARGE: 40.0},
    "valve": {Size.SMALL: 15.0, Size.USUAL: 25.0, Size.LARGE: 40.0},
    "humidifier": {Size.SMALL: 5.0, Size.USUAL: 10.0, Size.LARGE: 20.0},
    "climate": {Size.SMALL: 0.5, Size.USUAL: 1.0, Size.LARGE: 2.0},
}
"""Percent, and degrees Celsius."""
_FAHRENHEIT: Final = 2.0
"""Degrees Fahrenheit that are taken for one of Celsius: half a degree is none there."""


def step_size(domain: str, amount: Amount | None) -> float:
    """Return by how much a thing changes, in percent or degrees Celsius."""
    amount = amount or Amount()
    if amount.figure is not None:
        return amount.figure
    return _SIZES[domain][amount.size]


def degrees(hass: HomeAssistant, state: State, amount: Amount | None) -> float:
    """Return by how many degrees of the home a thermostat changes: at least its step."""
    amount = amount or Amount()
    if amount.figure is not None:
        return amount.figure
    by = step_size("climate", amount)
    if hass.config.units.temperature_unit == "°F":
        by *= _FAHRENHEIT
    return max(by, number(state.attributes.get("target_temp_step")) or 0.0)
