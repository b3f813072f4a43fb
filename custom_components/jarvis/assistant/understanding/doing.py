"""Does what was planned, and tells of it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from homeassistant.helpers import intent

from ...core.errors import JarvisError
from ...skills.base import Answer
from ..intents import async_run
from ..safety import GuardedError
from ..sentences import say
from ..telling import async_answer_from
from ..turn import Turn
from .everything import async_run_together
from .handling import async_handle
from .memory import Memory
from .plans import Plan


async def async_do(turn: Turn, plans: Sequence[Plan], memory: Memory) -> Answer | None:
    """Do all in order; what was done before a failure is told."""
    responses: list[intent.IntentResponse] = []
    failed = False
    for place, plan in enumerate(plans):
        try:
            responses += await _async_do_one(turn, plan)
        except JarvisError as err:
            # What comes before the critical thing is done, what follows waits.
            if isinstance(err, GuardedError):
                err.resume = partial(async_do, plans=plans[place:], memory=memory)
            if responses:
                turn.done = (await async_tell(turn, memory, *responses)).speech
            raise
        except intent.IntentError:
            failed = True
            break
    if not responses:
        return None
    answer = await async_tell(turn, memory, *responses)
    if not answer.speech:
        answer = replace(answer, speech=say(turn.language, "guard.done"))
    if failed:
        rest = say(turn.language, "confirmations.rest_failed")
        return replace(answer, speech=f"{answer.speech} {rest}")
    return answer


async def async_tell(
    turn: Turn, memory: Memory, *responses: intent.IntentResponse
) -> Answer:
    """Answer with what was done, and remember what it was done to."""
    memory.note(turn.conversation_id, *responses)
    return await async_answer_from(turn, *responses)


async def _async_do_one(turn: Turn, plan: Plan) -> list[intent.IntentResponse]:
    if plan.sentence:
        response = await async_handle(
            turn, replace(turn.heard_input, text=plan.sentence)
        )
        if response is not None and response.error_code is None:
            return [response]
        # Understood, but nothing there that fits: nothing was done yet.
        if response is not None or not plan.steps:
            raise intent.IntentHandleError(plan.sentence)
    if plan.together and plan.steps:
        return [await async_run_together(turn, plan.steps)]
    return [await async_run(turn, step) for step in plan.steps]
