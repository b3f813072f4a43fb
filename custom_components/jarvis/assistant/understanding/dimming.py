"""Makes lights brighter or darker by a step, from what they are at."""

from collections.abc import Sequence

from homeassistant.components.light.const import (
    ATTR_BRIGHTNESS,
    ATTR_SUPPORTED_COLOR_MODES,
    COLOR_MODES_BRIGHTNESS,
)
from homeassistant.const import STATE_OFF, STATE_ON
from homeassistant.core import State

from ..intents import Slots, Step
from ..turn import Turn

STEP = 20
"""Percent of the full brightness."""


def dim(
    turn: Turn, entity_ids: Sequence[str], *, up: bool, by: int = STEP
) -> list[Step] | None:
    """Return how to change lights by a step; None where none can be dimmed.

    No step at all where all are off: the dark is not made darker, and what is off is
    only turned on where nothing is on.
    """
    lights = [
        state
        for entity_id in entity_ids
        if (state := turn.hass.states.get(entity_id))
        and state.state in {STATE_ON, STATE_OFF}
        and _dimmable(state)
    ]
    if not lights:
        return None
    shining = [state for state in lights if state.state == STATE_ON]
    if up:
        shining = shining or lights
    change = by if up else -by
    steps = []
    for state in shining:
        now = round((state.attributes.get(ATTR_BRIGHTNESS) or 0) / 2.55)
        slots: Slots = {
            "name": {"value": state.entity_id},
            "brightness": {"value": min(max(now + change, 1), 100)},
        }
        steps.append(Step(intent_type="HassLightSet", slots=slots))
    return steps


def _dimmable(state: State) -> bool:
    modes = state.attributes.get(ATTR_SUPPORTED_COLOR_MODES) or ()
    return not COLOR_MODES_BRIGHTNESS.isdisjoint(modes)
