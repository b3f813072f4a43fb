"""Plans orders of different kinds that are joined: "turn it down and pause the radio"."""

from ...engines.language import read_clauses, read_control, read_orders
from ...skills.base import Answer
from ..home import Home, look_around
from ..turn import Turn
from .controlling import plan_control
from .handling import async_recognize
from .memory import Memory
from .planning import ACTS_ALONE, Planner
from .plans import Plan

_TELLS = "HassGet"
"""With what the names of intents begin that only tell."""


async def async_plan_joined(
    turn: Turn, language: str, planner: Planner, memory: Memory
) -> list[Plan]:
    """Return how to do all parts of an utterance; nothing where one is not understood."""
    home = look_around(turn.hass, language, turn.area_id, turn.reader)
    plans: list[Plan] = []
    for clause in read_clauses(turn.text, language):
        planned = await _async_plan(turn, clause, home, planner, memory)
        if not planned:
            return []
        plans += planned
    return plans


async def _async_plan(
    turn: Turn, clause: str, home: Home, planner: Planner, memory: Memory
) -> list[Plan]:
    if request := read_control(clause, home.language):
        planned = plan_control(turn, request, home, memory)
        if isinstance(planned, list):
            return planned
    plans: list[Plan] = []
    for order in read_orders(clause, home.language) or ():
        plan = await planner.async_plan(turn, order, home, alone=False)
        if isinstance(plan, Answer):
            # What would be asked is not asked in the middle of something else.
            memory.take_question(turn.conversation_id)
        if not isinstance(plan, Plan):
            plans = []
            break
        plans.append(plan)
    if plans:
        return plans
    result = await async_recognize(turn, clause)
    if result is None or result.intent.name in ACTS_ALONE:
        return []
    if result.intent.name.startswith(_TELLS):
        return []
    return [Plan(sentence=clause)]
