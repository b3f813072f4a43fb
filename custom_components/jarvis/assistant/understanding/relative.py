"""More or less of what the conversation was just about: "plus doucement", "louder".

A relative word that names nothing means what was spoken of, where that can be more or
less; only else what plays.
"""

from collections.abc import Sequence
from typing import Final

from homeassistant.components.fan.const import ATTR_PERCENTAGE
from homeassistant.const import STATE_ON

from ...engines.language import Control, ControlRequest
from ...skills.base import Answer
from ..intents import Step
from ..sentences import say
from ..turn import Turn
from .dimming import STEP, dim
from .doing import async_do
from .memory import Memory
from .planning import Plan

_DEGREES: Final = frozenset(
    "climate cover fan humidifier light media_player valve water_heater".split()  # noqa: SIM905
)
"""Domains of what can be more or less; a switch or a lock cannot."""


async def async_change(
    turn: Turn, request: ControlRequest, memory: Memory
) -> Answer | None:
    """Change what was spoken of by a step; None where nothing was that can be changed."""
    if not request.relative:
        return None
    up = request.control is Control.LOUDER
    spoken = [
        entity_id
        for entity_id in memory.entities(turn.conversation_id)
        if entity_id.partition(".")[0] in _DEGREES
    ]
    if not spoken:
        return None
    steps = _steps(turn, spoken, up=up)
    if not steps:
        return Answer(speech=say(turn.language, "controls.no_step"))
    return await async_do(turn, [Plan(steps=steps)], memory)


def _steps(turn: Turn, entity_ids: Sequence[str], *, up: bool) -> Sequence[Step] | None:
    domains = {entity_id.partition(".")[0] for entity_id in entity_ids}
    if domains == {"light"}:
        return dim(turn, entity_ids, up=up)
    if domains == {"media_player"}:
        way = {"volume_step": {"value": "up" if up else "down"}}
        return [
            Step(
                intent_type="HassSetVolumeRelative",
                slots={"name": {"value": entity_id}} | way,
            )
            for entity_id in entity_ids
        ]
    return _blow(turn, entity_ids, up=up) if domains == {"fan"} else None


def _blow(turn: Turn, entity_ids: Sequence[str], *, up: bool) -> list[Step]:
    """Return how to make fans that run faster or slower; slower is never off."""
    steps = []
    for entity_id in entity_ids:
        state = turn.hass.states.get(entity_id)
        now = state.attributes.get(ATTR_PERCENTAGE) if state else None
        if state is None or state.state != STATE_ON or now is None:
            continue
        speed = min(max(now + (STEP if up else -STEP), 1), 100)
        steps.append(
            Step(
                intent_type="HassFanSetSpeed",
                slots={
                    "name": {"value": entity_id},
                    "percentage": {"value": int(speed)},
                },
            )
        )
    return steps
