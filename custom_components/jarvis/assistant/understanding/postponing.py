"""Understands orders for later, alone or after one for now.

Whether they can be done is found out at once; `Later` keeps them until their time.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from homeassistant.util import dt as dt_util

from ...engines.language import Delay, read_delay, read_later, read_orders
from ...skills.base import Answer
from ..home import look_around
from ..safety import GuardedError, Resume
from ..sentences import say
from ..turn import Turn
from .handling import async_recognize
from .later import Errand, Later, can_wait, named_command, possible
from .memory import Memory
from .planning import Planner
from .plans import Plan

type DoNow = Callable[[Turn, str, str], Awaitable[Answer | None]]
"""Has the part of an utterance that is for now done: its turn, text and language."""


class Postponer:
    """Puts off what is for later, and calls it off again."""

    def __init__(self, memory: Memory, planner: Planner, do_now: DoNow) -> None:
        self._memory = memory
        self._planner = planner
        self._do_now = do_now
        self._later = Later()

    def call_off(self, turn: Turn) -> Answer | None:
        """Call off what was put off in this conversation; None for nothing."""
        return self._later.call_off(turn)

    async def async_answer(self, turn: Turn, language: str) -> Answer | None:
        """Answer an utterance of which all, or the last part, is for later."""
        answer = await self._async_put_off(turn, language)
        if answer is None:
            answer = await self._async_now_and_later(turn, language)
        return answer

    async def _async_put_off(self, turn: Turn, language: str) -> Answer | None:
        """Answer an order for later; nothing of it is done now."""
        delay = read_delay(turn.text, language, dt_util.now())
        return await self._async_promise(turn, delay, language) if delay else None

    async def _async_now_and_later(self, turn: Turn, language: str) -> Answer | None:
        """Answer "turn it on, and in ten minutes turn it off"."""
        parts = read_later(turn.text, language, dt_util.now())
        if parts is None:
            return None
        text, delay = parts
        orders = read_orders(delay.command, language)
        if not orders:
            return None
        # What "it" is, is only known once the first part is done.
        if any(order.refers or order.repeats for order in orders):
            errand: Errand | None = Errand()
        else:
            errand = await self._async_errand(turn, delay.command, language)
        # Nothing is begun that will not be finished.
        if errand is None:
            return None
        if errand.guarded or not can_wait(delay):
            return await self._later.async_put_off(turn, delay, errand)
        try:
            done = await self._do_now(turn, text, language)
        except GuardedError as err:
            err.resume = partial(
                self._async_resume_both, err.resume, delay=delay, language=language
            )
            raise
        if done is None:
            return None
        return await self._async_then(turn, done, delay, language)

    async def _async_resume_both(
        self, resume: Resume | None, turn: Turn, *, delay: Delay, language: str
    ) -> Answer | None:
        done = await resume(turn) if resume else None
        return done and await self._async_then(turn, done, delay, language)

    async def _async_then(
        self, turn: Turn, done: Answer, delay: Delay, language: str
    ) -> Answer:
        """Put off the second part, and say what becomes of both."""
        later = await self._async_promise(turn, delay, language)
        speech = later.speech if later else say(turn.language, "claims.rest_not_done")
        return replace(done, speech=f"{done.speech} {speech}", confirms=False)

    async def _async_promise(
        self, turn: Turn, delay: Delay, language: str
    ) -> Answer | None:
        errand = await self._async_errand(turn, delay.command, language)
        return await self._later.async_put_off(turn, delay, errand) if errand else None

    async def _async_errand(
        self, turn: Turn, text: str, language: str
    ) -> Errand | None:
        """Find out whether an order could be done, as far as that is known now."""
        orders = read_orders(text, language)
        if orders is None:
            return None
        home = look_around(turn.hass, language, turn.area_id, turn.reader)
        said: list[str] = []
        for order in orders:
            plan = await self._planner.async_plan(
                turn, order, home, alone=len(orders) == 1
            )
            if isinstance(plan, Answer):
                self._memory.take_question(turn.conversation_id)
            if not isinstance(plan, Plan):
                return None
            result = plan.sentence and await async_recognize(turn, plan.sentence)
            try:
                if not possible(turn, plan.steps, result or None):
                    return None
            except GuardedError:
                return Errand(guarded=True)
            if order.refers or order.repeats:
                named_order = named_command(
                    turn, *self._planner.recall(turn, order, home)
                )
                if named_order is None:
                    return None
                said.append(named_order)
            else:
                said.append(order.sentence)
        if not any(order.refers or order.repeats for order in orders):
            return Errand(command=text)
        return Errand(command={"fr": " et ", "en": " and "}[language].join(said))
