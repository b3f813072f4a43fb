"""What an utterance is: a reply, something for later, a question or orders."""

from functools import partial

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import TemplateError
from homeassistant.helpers import intent

from ...engines.language import (
    LANGUAGES,
    Question,
    calls_off,
    detect,
    hushes,
    read_control,
    read_excepting,
    read_listing,
    read_orders,
    read_question,
)
from ...skills.base import Answer
from ..home import Found, async_look_ahead, look_around, thing_name
from ..sentences import say
from ..telling import async_answer_trigger
from ..turn import Turn
from .acting import steps_for
from .asking import Asker
from .choices import chosen
from .controlling import BEFORE_CORE, async_control
from .doing import async_do, async_tell
from .gazetteer import LANGUAGE as GAZETTEER
from .gazetteer import Gazetteer
from .handling import async_handle, async_run_items
from .joining import async_plan_joined
from .lists import list_steps
from .memory import Memory
from .planning import Planner
from .plans import Plan
from .postponing import Postponer
from .recognised import question_of
from .relative import async_change
from .sparing import spare


class Understanding:
    """Two routes: the reply to a question of Jarvis's, and everything else."""

    def __init__(self) -> None:
        self.memory = Memory()
        self._gazetteer = Gazetteer()
        self._planner = Planner(self.memory)
        self._postponer = Postponer(
            self.memory, self._planner, partial(self._async_understand, whole=False)
        )

    async def async_prepare(self, hass: HomeAssistant, language: str) -> None:
        """Have ready what the first utterance in a language needs."""
        await async_look_ahead(hass, [language])
        if language == GAZETTEER:
            await self._gazetteer.async_prepare(hass)

    async def async_answer_reply(self, turn: Turn) -> Answer | None:
        """Take a turn for the reply to what Jarvis asked in the turn before.

        Or for the request to hear no more: the satellite fell silent when it was spoken
        to, and an empty answer keeps it so.
        """
        asked = self.memory.take_question(turn.conversation_id)
        if hushes(turn.text):
            # An automation may wait for just this word.
            return await async_answer_trigger(turn) or Answer(speech="")
        if calls_off(turn.text) and (answer := self._postponer.call_off(turn)):
            return answer
        if asked is None:
            return None
        names = {
            entity_id: thing_name(turn.hass, state, asked.language)
            for entity_id in asked.options
            if (state := turn.hass.states.get(entity_id))
        }
        choice = chosen(turn.text, names, asked.language)
        if choice is None:
            return None
        # A name alone tells no language: the question's is meant.
        turn.heard_language = asked.language
        if not choice:
            return Answer(speech=say(turn.language, "ask.dropped"))
        found = Found(entity_ids=(choice,))
        plan = Plan(steps=steps_for(asked.order, found))
        return await async_do(turn, [plan], self.memory)

    async def async_answer_question(self, turn: Turn) -> Answer | None:
        """Answer a question about the home, before Home Assistant does.

        Its sentences take covers for windows, "does not answer" for "no", and "louder"
        for the sound of the room, whatever was spoken of.
        """
        for language in _languages(turn):
            if request := read_control(turn.text, language):
                answer = await async_change(turn, request, self.memory)
                if answer is None and request.control in BEFORE_CORE:
                    turn.heard_language = _heard_as(turn, language)
                    home = look_around(turn.hass, language, turn.area_id, turn.reader)
                    answer = await async_control(turn, request, home, self.memory)
                if answer is not None:
                    return answer
        believed = turn.heard_language
        for language in _languages(turn):
            question = read_question(turn.text, language)
            if question is None or question.plain:
                continue
            turn.heard_language = _heard_as(turn, language)
            answer = await self._async_reply(turn, question, language)
            if answer is not None:
                return answer
            turn.heard_language = believed
        return None

    async def async_answer(self, turn: Turn) -> Answer | None:
        """Answer what is an order from its first to its last word."""
        answer = await self._async_control(turn) or await self._async_recognised(turn)
        if answer is not None:
            return answer
        native = turn.tag.partition("-")[0]
        heard = detect(turn.text)
        if heard is not None and heard != native:
            turn.heard_language = heard
            response = await async_handle(turn, turn.heard_input)
            if response is not None:
                return await async_tell(turn, self.memory, response)
            if (answer := await self._async_recognised(turn)) is not None:
                return answer
        first = heard or native
        for language in (first, *(other for other in LANGUAGES if other != first)):
            if language not in LANGUAGES:
                continue
            await async_look_ahead(turn.hass, [language])
            # "turn on the guirlande" is English, whatever most of its words are.
            believed = turn.heard_language
            if language != first:
                turn.heard_language = language
            answer = await self._postponer.async_answer(turn, language)
            if answer is None:
                answer = await self._async_read_all(turn, language)
            if answer is not None:
                return await self._async_agreed(turn, language) or answer
            turn.heard_language = believed
        return await self._async_read_tags(turn) if first == GAZETTEER else None

    async def _async_agreed(self, turn: Turn, language: str) -> Answer | None:
        """Do what was about to be asked, where the gazetteer reads the very same."""
        asked = self.memory.take_question(turn.conversation_id)
        if asked is None:
            return None
        if language == GAZETTEER and len(asked.options) == 1:
            steps = await self._gazetteer.async_read(turn)
            names = [step.slots.get("name", {}).get("value") for step in steps]
            if names == list(asked.options):
                return await async_do(turn, [Plan(steps=steps)], self.memory)
        self.memory.ask(turn.conversation_id, asked)
        return None

    async def _async_special(self, turn: Turn, language: str) -> Answer | None:
        """Do an order about a list, or one to all but some of what it names."""
        home = look_around(turn.hass, language, turn.area_id, turn.reader)
        if request := read_listing(turn.text, language):
            steps = list_steps(request, home)
            if not steps:
                return None
            response = await async_run_items(turn, steps)
            return await async_tell(turn, self.memory, response)
        if (excepting := read_excepting(turn.text, language)) is None:
            return None
        plans = spare(turn, excepting, home)
        return await async_do(turn, plans, self.memory) if plans else None

    async def _async_read_tags(self, turn: Turn) -> Answer | None:
        """Do what Home Assistant's gazetteer reads, where nothing is left over."""
        steps = await self._gazetteer.async_read(turn)
        if not steps:
            return None
        plans = [Plan(steps=[step]) for step in steps]
        return await async_do(turn, plans, self.memory)

    async def _async_control(self, turn: Turn) -> Answer | None:
        """Answer what is asked of what plays, cleans or moves."""
        for language in _languages(turn):
            if request := read_control(turn.text, language):
                home = look_around(turn.hass, language, turn.area_id, turn.reader)
                answer = await async_control(turn, request, home, self.memory)
                if answer is not None:
                    return answer
        return None

    async def _async_understand(
        self, turn: Turn, text: str, language: str, *, whole: bool = True
    ) -> Answer | None:
        """Answer a text; what is not the whole utterance must not end in a question."""
        if whole and (answer := await self._async_special(turn, language)):
            return answer
        question = read_question(text, language) if whole else None
        if question is not None:
            return await self._async_reply(turn, question, language)
        orders = read_orders(text, language)
        if orders is None:
            return None
        home = look_around(turn.hass, language, turn.area_id, turn.reader)
        plans: list[Plan] = []
        for order in home.shared(orders):
            alone = whole and len(orders) == 1
            plan = await self._planner.async_plan(turn, order, home, alone=alone)
            if isinstance(plan, Answer):
                if not alone:
                    self.memory.take_question(turn.conversation_id)
                return plan if alone else None
            if plan is None:
                return None
            if not (plans and plan == plans[-1] and order.lasting):
                plans.append(plan)
        return await async_do(turn, plans, self.memory)

    async def _async_read_all(self, turn: Turn, language: str) -> Answer | None:
        """Answer an utterance as one, or else each of the parts that it joins."""
        answer = await self._async_understand(turn, turn.text, language)
        if answer is not None:
            return answer
        plans = await async_plan_joined(turn, language, self._planner, self.memory)
        return await async_do(turn, plans, self.memory)

    async def _async_recognised(self, turn: Turn) -> Answer | None:
        """Answer a question about states that Home Assistant's sentences have read."""
        if turn.asked is None:
            return None
        result, turn.asked = turn.asked, None
        if (question := question_of(result, turn.language)) is None:
            return None
        return await self._async_reply(turn, question, turn.language)

    async def _async_reply(
        self, turn: Turn, question: Question, language: str
    ) -> Answer | None:
        home = look_around(turn.hass, language, turn.area_id, turn.reader)
        spoken_of = self.memory.entities(turn.conversation_id)
        asker = Asker(turn=turn, home=home, spoken_of=spoken_of)
        try:
            answer = await asker.async_answer(question)
        except intent.IntentError, TemplateError:
            # Core has sentences for integrations that are not loaded, and words for
            # the weather that fail where a value is missing.
            return None
        if answer is not None and answer.response is not None:
            self.memory.note(turn.conversation_id, answer.response)
        return answer


def _languages(turn: Turn) -> list[str]:
    """Return the languages to read in, the likeliest first."""
    native = turn.tag.partition("-")[0]
    order = (detect(turn.text) or native, native, *LANGUAGES)
    return [language for language in dict.fromkeys(order) if language in LANGUAGES]


def _heard_as(turn: Turn, language: str) -> str:
    """Return the language to note for a text that was read in one, "" if it is ours."""
    return "" if language == turn.tag.partition("-")[0] else language
