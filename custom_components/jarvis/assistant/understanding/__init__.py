"""Understands, without a model, what Home Assistant's own sentences do not.

Polite and indirect forms, several orders in one sentence, "it" and "and in the
kitchen?", names that were misheard, and the other language. It comes after Home
Assistant's sentences and before the model, and does nothing unless all of an utterance
is understood: half a sentence may well mean the opposite.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from hassil.recognize import RecognizeResult
from homeassistant.components.conversation.agent_manager import get_agent_manager
from homeassistant.helpers import intent
from homeassistant.util import dt as dt_util

from ...core.errors import JarvisError
from ...engines.language import (
    LANGUAGES,
    Action,
    Delay,
    Order,
    Question,
    calls_off,
    detect,
    enumerate_choices,
    folded,
    hushes,
    named,
    read_delay,
    read_later,
    read_orders,
    read_question,
)
from ...skills.base import Answer
from ..guard import GuardedError, Resume
from ..local import async_answer_from, async_answer_trigger, async_handle
from ..names import thing_name
from ..speech import say
from ..turn import Turn
from .acting import Step, async_run, steps_for
from .asking import Asker
from .dimming import dim
from .everything import all_off, async_run_together
from .home import Found, Home
from .kinds import Kind, kinds_of
from .later import Errand, Later, can_wait, named_command, possible
from .memory import Memory, asked_now
from .replies import chosen
from .snapshot import look_around
from .things import Index, Thing, key_words

__all__ = [
    "Home",
    "Index",
    "Kind",
    "Thing",
    "Understanding",
    "key_words",
    "kinds_of",
    "look_around",
]

_NOT_AMONG_OTHERS = frozenset(
    {"HassBroadcast", "HassListAddItem", "HassMediaSearchAndPlay", "HassNevermind",
     "HassRespond", "HassShoppingListAddItem"}
)  # fmt: skip
"""Intents that take any words for their slot: in half a sentence they mislead."""


MANY_THINGS = 300
"""From here on names are compared outside the event loop: it takes milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How an order will be done."""

    sentence: str = ""
    """A command that Home Assistant understands."""
    steps: Sequence[Step] = ()
    together: bool = False
    """True for steps that are told of as one."""


class Understanding:
    """Two routes: the reply to a question of Jarvis's, and everything else."""

    def __init__(self) -> None:
        self.memory = Memory()
        self._later = Later()

    async def async_answer_reply(self, turn: Turn) -> Answer | None:
        """Take a turn for the reply to what Jarvis asked in the turn before.

        Or for the wish to hear no more: the satellite fell silent when it was spoken
        to, and an empty answer keeps it so.
        """
        asked = self.memory.take_question(turn.conversation_id)
        if hushes(turn.text):
            # An automation may wait for just this word.
            return await async_answer_trigger(turn) or Answer(speech="")
        if calls_off(turn.text) and (answer := self._later.call_off(turn)):
            return answer
        if asked is None:
            return None
        names = {
            entity_id: thing_name(turn.hass, state, asked.language)
            for entity_id in asked.options
            if (state := turn.hass.states.get(entity_id))
        }
        choice = chosen(folded(turn.text), names, asked.language)
        if choice is None:
            return None
        # A name alone tells no language: the question's is meant.
        turn.heard_language = asked.language
        if not choice:
            return Answer(speech=say(turn.language, "ask.dropped"))
        found = Found(entity_ids=(choice,))
        return await self._async_do(turn, [Plan(steps=steps_for(asked.order, found))])

    async def async_answer(self, turn: Turn) -> Answer | None:
        """Answer what is an order from its first to its last word."""
        native = turn.tag.partition("-")[0]
        heard = detect(turn.text)
        if heard is not None and heard != native:
            turn.heard_language = heard
            response = await async_handle(turn, turn.heard_input)
            if response is not None:
                return await self._async_tell(turn, response)
        first = heard or native
        for language in (first, *(other for other in LANGUAGES if other != first)):
            if language not in LANGUAGES:
                continue
            # "turn on the guirlande" is English, whatever most of its words are.
            believed = turn.heard_language
            if language != first:
                turn.heard_language = language
            answer = await self._async_put_off(turn, language)
            if answer is None:
                answer = await self._async_now_and_later(turn, language)
            if answer is None:
                answer = await self._async_understand(turn, turn.text, language)
            if answer is not None:
                return answer
            turn.heard_language = believed
        return None

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
            done = await self._async_understand(turn, text, language, whole=False)
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
            plan = await self._async_plan(turn, order, home, alone=len(orders) == 1)
            if isinstance(plan, Answer):
                self.memory.take_question(turn.conversation_id)
            if not isinstance(plan, Plan):
                return None
            result = plan.sentence and await self._async_result(turn, plan.sentence)
            try:
                if not possible(turn, plan.steps, result or None):
                    return None
            except GuardedError:
                return Errand(guarded=True)
            if order.refers or order.repeats:
                named_order = named_command(turn, *self._recall(turn, order, home))
                if named_order is None:
                    return None
                said.append(named_order)
            else:
                said.append(order.sentence)
        if not any(order.refers or order.repeats for order in orders):
            return Errand(command=text)
        return Errand(command={"fr": " et ", "en": " and "}[language].join(said))

    async def _async_understand(
        self, turn: Turn, text: str, language: str, *, whole: bool = True
    ) -> Answer | None:
        """Answer a text; what is not the whole utterance must not end in a question."""
        question = read_question(text, language) if whole else None
        if question is not None:
            home = look_around(turn.hass, language, turn.area_id, turn.reader)
            return await self._async_reply(turn, Asker(turn=turn, home=home), question)
        orders = read_orders(text, language)
        if orders is None:
            return None
        home = look_around(turn.hass, language, turn.area_id, turn.reader)
        plans: list[Plan] = []
        for order in orders:
            alone = whole and len(orders) == 1
            plan = await self._async_plan(turn, order, home, alone=alone)
            if isinstance(plan, Answer):
                if not alone:
                    self.memory.take_question(turn.conversation_id)
                return plan if alone else None
            if plan is None:
                return None
            plans.append(plan)
        return await self._async_do(turn, plans)

    async def _async_reply(
        self, turn: Turn, asker: Asker, question: Question
    ) -> Answer | None:
        try:
            answer = await asker.async_answer(question)
        except intent.IntentError:
            return None
        if answer is not None and answer.response is not None:
            self.memory.note(turn.conversation_id, answer.response)
        return answer

    async def _async_plan(
        self, turn: Turn, order: Order, home: Home, *, alone: bool
    ) -> Plan | Answer | None:
        """Return how to do an order, or the question that must be asked first."""
        known = await self._async_knows(turn, order.sentence, alone=alone)
        steps: Sequence[Step] = ()
        if not known and not order.plain_only and _all_at_once(order):
            return await self._async_plan_all(turn, order, home, alone=alone)
        if not order.plain_only:
            if order.refers or order.repeats:
                order, found = self._recall(turn, order, home)
            else:
                found = await self._async_find(turn, order, home)
            steps = steps_for(order, found)
            if not known and not found and found.doubtful and order.action is not None:
                return self._ask(turn, order, found, home)
        if not known and not steps:
            return None
        return Plan(sentence=order.sentence if known else "", steps=steps)

    async def _async_plan_all(
        self, turn: Turn, order: Order, home: Home, *, alone: bool
    ) -> Plan | Answer | None:
        """Plan "turn everything off" and "dim the lights": what that is, states tell."""
        if order.everything:
            steps = all_off(turn, order, home)
        else:
            if order.refers:
                found = self._recall(turn, order, home)[1]
            else:
                found = await self._async_find(turn, order, home)
            lights = found.entity_ids
            if found.domain and not lights:
                lights = tuple(t.entity_id for t in home.things if t.domain == "light")
            steps = dim(turn, lights, up=order.action is Action.BRIGHTEN)
        if steps is None:
            return None
        if not steps and alone:
            return Answer(speech=say(turn.language, "answers.none.on"))
        return Plan(steps=steps, together=order.everything)

    async def _async_find(self, turn: Turn, order: Order, home: Home) -> Found:
        if len(home.things) < MANY_THINGS:
            return home.find(order)
        return await turn.hass.async_add_executor_job(home.find, order)

    async def _async_knows(self, turn: Turn, sentence: str, *, alone: bool) -> bool:
        """Return whether Home Assistant understands a plain command."""
        # What was said word for word it has refused already.
        if not sentence or folded(sentence) == folded(turn.text):
            return False
        result = await self._async_result(turn, sentence)
        return result is not None and (
            alone or result.intent.name not in _NOT_AMONG_OTHERS
        )

    async def _async_result(self, turn: Turn, sentence: str) -> RecognizeResult | None:
        agent = get_agent_manager(turn.hass).default_agent
        if agent is None:
            return None
        return await agent.async_recognize_intent(
            replace(turn.heard_input, text=sentence), strict_intents_only=True
        )

    def _recall(self, turn: Turn, order: Order, home: Home) -> tuple[Order, Found]:
        """Find what a pronoun stands for, or repeat the last action elsewhere."""
        spoken = self.memory.spoken_of(turn.conversation_id)
        if spoken is None:
            return order, Found()
        domains = {entity_id.partition(".")[0] for entity_id in spoken.entity_ids}
        if order.refers:
            if order.action in {Action.DIM, Action.BRIGHTEN} and domains != {"light"}:
                return order, Found()
            if order.action in {Action.OPEN, Action.CLOSE} and domains != {"cover"}:
                return order, Found()
            if order.action in {Action.ON, Action.OFF} and domains & {"cover", "lock"}:
                return order, Found()
            if order.action in {Action.LOCK, Action.UNLOCK} and domains != {"lock"}:
                return order, Found()
            return order, Found(entity_ids=spoken.entity_ids)
        if spoken.action is None:
            return order, Found()
        order = replace(order, action=spoken.action)
        area_id = home.area_of(key_words(order.target, home.language))
        if area_id is not None:
            things = home.in_area(area_id, domains)
            ids = tuple(thing.entity_id for thing in things)
            domain = next(iter(domains)) if len(domains) == 1 and len(ids) > 1 else ""
            return order, Found(entity_ids=ids, area_id=area_id, domain=domain)
        return order, home.find(order)

    def _ask(self, turn: Turn, order: Order, found: Found, home: Home) -> Answer | None:
        names = [
            named(thing_name(turn.hass, state, turn.language), turn.language).text
            for entity_id in found.doubtful
            if (state := turn.hass.states.get(entity_id))
        ]
        if not names or len(set(names)) < len(names):
            return None
        self.memory.ask(
            turn.conversation_id, asked_now(order, found.doubtful, home.language)
        )
        choices = enumerate_choices(names, turn.language)
        return Answer(
            speech=say(turn.language, "ask.which", choices=choices), asks=True
        )

    async def _async_do(self, turn: Turn, plans: Sequence[Plan]) -> Answer | None:
        """Do all in order; what was done before a failure is told."""
        responses: list[intent.IntentResponse] = []
        failed = False
        for place, plan in enumerate(plans):
            try:
                responses += await self._async_do_one(turn, plan)
            except JarvisError as err:
                # What comes before the critical thing is done, what follows waits.
                if isinstance(err, GuardedError):
                    err.resume = partial(self._async_do, plans=plans[place:])
                if responses:
                    turn.done = (await self._async_tell(turn, *responses)).speech
                raise
            except intent.IntentError:
                failed = True
                break
        if not responses:
            return None
        answer = await self._async_tell(turn, *responses)
        if not answer.speech:
            answer = replace(answer, speech=say(turn.language, "guard.done"))
        if failed:
            rest = say(turn.language, "confirmations.rest_failed")
            return replace(answer, speech=f"{answer.speech} {rest}")
        return answer

    async def _async_do_one(
        self, turn: Turn, plan: Plan
    ) -> list[intent.IntentResponse]:
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

    async def _async_tell(
        self, turn: Turn, *responses: intent.IntentResponse
    ) -> Answer:
        self.memory.note(turn.conversation_id, *responses)
        return await async_answer_from(turn, *responses)


def _all_at_once(order: Order) -> bool:
    return order.everything or order.action in {Action.DIM, Action.BRIGHTEN}
