"""More or less of what the conversation was just about: "plus doucement", "louder".

A relative word that names nothing means what was spoken of, where that can be more or
less; only else what plays.
"""

from ...engines.language import Amount, Change, Control, ControlRequest, Order, Shift
from ...skills.base import Answer
from ..home import STEPPED, Found, look_around
from ..sentences import say
from ..turn import Turn
from .doing import async_do
from .memory import Memory
from .plans import Plan
from .shifting import plan_shift


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
        if entity_id.partition(".")[0] in STEPPED[Change.LEVEL]
    ]
    if not spoken:
        return None
    shift = Shift(up=up, of=Change.LEVEL, amount=request.amount or Amount())
    found = Found(entity_ids=tuple(spoken))
    home = look_around(turn.hass, turn.language, turn.area_id, turn.reader)
    planned = plan_shift(turn, Order(shift=shift), found, home, memory)
    if isinstance(planned, Plan):
        return await async_do(turn, [planned], memory)
    if isinstance(planned, Answer):
        return planned
    return Answer(speech=say(turn.language, "controls.no_step"))
