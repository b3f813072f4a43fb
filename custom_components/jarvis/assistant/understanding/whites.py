"""Makes the white of lights warmer or colder: "warm white", "un blanc plus froid"."""

from collections.abc import Sequence
from typing import Final

from homeassistant.components.light.const import (
    ATTR_COLOR_TEMP_KELVIN,
    ATTR_MAX_COLOR_TEMP_KELVIN,
    ATTR_MIN_COLOR_TEMP_KELVIN,
    ATTR_SUPPORTED_COLOR_MODES,
    ColorMode,
)
from homeassistant.core import State

from ...engines.language import White
from ..intents import Slots, Step
from ..turn import Turn

_KELVIN: Final = {White.WARM: 2700, White.NEUTRAL: 4000, White.COOL: 6000}
_STEP: Final = {White.WARMER: -700, White.COOLER: 700}
_USUAL: Final = 3500
"""What a step is reckoned from where a light shows a colour or is off."""


def whiten(turn: Turn, entity_ids: Sequence[str], white: White) -> list[Step]:
    """Return how to set the white of lights, within what each of them can do."""
    states = [turn.hass.states.get(entity_id) for entity_id in entity_ids]
    return [_step(state, white) for state in states if state and _tunable(state)]


def _step(state: State, white: White) -> Step:
    found = state.attributes
    kelvin = _KELVIN.get(white)
    if kelvin is None:
        kelvin = (found.get(ATTR_COLOR_TEMP_KELVIN) or _USUAL) + _STEP[white]
    lowest = found.get(ATTR_MIN_COLOR_TEMP_KELVIN) or kelvin
    highest = found.get(ATTR_MAX_COLOR_TEMP_KELVIN) or kelvin
    slots: Slots = {
        "name": {"value": state.entity_id},
        "temperature": {"value": min(max(kelvin, lowest), highest)},
    }
    return Step(intent_type="HassLightSet", slots=slots)


def _tunable(state: State) -> bool:
    modes = state.attributes.get(ATTR_SUPPORTED_COLOR_MODES) or ()
    return ColorMode.COLOR_TEMP in modes
