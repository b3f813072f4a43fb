"""The assistant: takes a turn, finds who answers it, and never raises."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from homeassistant.components import conversation
from homeassistant.core import HomeAssistant
from homeassistant.helpers import llm
from homeassistant.helpers.intent import (
    IntentResponse,
    IntentResponseErrorCode,
)

from ..const import (
    CONF_CONFIRMATIONS,
    CONF_RATE_LIMIT,
    CONFIRMATIONS,
    DEFAULT_RATE_LIMIT,
)
from ..core.errors import (
    JarvisError,
    ModelServerSilentError,
    NoSpeechError,
    TurnTooLongError,
)
from ..core.pool import Pool
from ..engines.language import calls_off, hushes, reads_no, speech_language
from ..engines.llm import ChatModel
from ..ha_internals import default_agent
from ..skills.base import Answer, Dialogues, Skills
from .agent import ModelAgent, Preload
from .dialogue import (
    NOT_CONFIRMED,
    OpenQuestions,
    Route,
    Router,
    SkillRoutes,
    async_foreign_turn,
    async_greet,
    async_guide,
    async_help,
)
from .home import async_look_ahead, look_around
from .safety import (
    AccessRule,
    Attempts,
    Consent,
    Guard,
    GuardedError,
    Limits,
    Ownership,
)
from .sentences import say_error
from .telling import (
    CANCELLED,
    EXPLAIN,
    Explaining,
    Interim,
    Traces,
    async_answer_trigger,
    spoken_form,
    trace_of,
)
from .turn import LONGEST_ORDER, Turn, check_text
from .understanding import (
    Understanding,
    async_answer_intent,
    async_answer_scheduled,
    async_answer_timer,
)
from .verification import async_account

_LOGGER = logging.getLogger(__name__)


class Assistant:
    """Answers utterances, with Home Assistant's sentences first and a model after."""

    def __init__(
        self,
        hass: HomeAssistant,
        *,
        models: Pool[ChatModel],
        skills: Skills,
        options: Mapping[str, Any] | None = None,
        rules: Sequence[AccessRule] = (),
    ) -> None:
        options = options or {}
        self._attempts = Attempts(hass)
        self._guard = Guard(hass, options, rules, self._attempts)
        self._consent = Consent(hass, options, self._guard, self._attempts)
        self._limits = Limits(int(options.get(CONF_RATE_LIMIT, DEFAULT_RATE_LIMIT)))
        self._confirmations = str(options.get(CONF_CONFIRMATIONS) or CONFIRMATIONS[0])
        self._open_questions = OpenQuestions()
        self._ownership = Ownership(hass)
        self.traces = Traces()
        self._hass = hass
        self._models = models
        self._preload = Preload(hass, models)
        self._understanding = Understanding()
        self._skills = skills
        self._skill_routes = SkillRoutes(skills, Dialogues(hass))
        model_agent = ModelAgent(
            hass,
            models,
            self._understanding.memory.entities,
            self._preload.asked,
            lambda: skills.replaced,
        )
        # What reads an utterance word by word.
        reading = [
            Route(name="trigger", answer=async_answer_trigger, passes="no_trigger"),
            *self._skill_routes.routes,
            Route(name="help", answer=self._async_help),
            Route(name="timers", answer=async_answer_timer),
            Route(name="scheduled", answer=async_answer_scheduled),
            Route(
                name="question",
                answer=self._understanding.async_answer_question,
                passes="no_question",
            ),
            Route(name="intent", answer=async_answer_intent, passes="no_sentence"),
            Route(
                name="understanding",
                answer=self._understanding.async_answer,
                passes="not_understood",
            ),
            Route(name="courtesy", answer=async_greet),
        ]
        self._router = Router(
            [
                # First, so that a question that is open stays open.
                Route(name=EXPLAIN, answer=Explaining(self.traces).async_answer),
                Route(name="guard", answer=self._consent.async_answer),
                Route(
                    name="skill_dialogue",
                    answer=self._skill_routes.async_answer_dialogue,
                ),
                Route(name="dialogue", answer=self._understanding.async_answer_reply),
                *(replace(route, longest=LONGEST_ORDER) for route in reading),
                Route(name="model", answer=model_agent.async_answer, passes="no_model"),
                Route(name="guidance", answer=async_guide),
            ]
        )

    async def _async_help(self, turn: Turn) -> Answer | None:
        return async_help(turn, self._skills, thinks=bool(self._models))

    async def async_answer(
        self,
        user_input: conversation.ConversationInput,
        chat_log: conversation.ChatLog,
        *,
        failure: JarvisError | None = None,
        heard: bool = False,
    ) -> conversation.ConversationResult:
        """Answer one utterance; every error becomes a sentence.

        `failure` is what went wrong before there was a text to answer: it is said and
        nothing else is done. `heard` is whether the text was spoken and the answer
        will be.
        """
        self._ownership.note(chat_log.conversation_id, user_input)
        turn = Turn(
            hass=self._hass,
            user_input=user_input,
            chat_log=chat_log,
            guard=self._guard,
            heard=heard,
            unheard=failure is not None,
        )
        with Interim(turn) as interim:
            answer = await self._async_attempt(turn, failure)
            # "it" in the next turn is what this one was about, whoever answered it.
            if answer.response is not None and turn.route not in {
                "understanding",
                "question",
            }:
                self._understanding.memory.note(
                    turn.conversation_id, *answer.before, answer.response
                )
            spoken = spoken_form(turn, answer, self._confirmations)
            interim.finish(answer.speech)
        result = _deliver(turn, answer, spoken)
        self._trace(turn, answer, result)
        return result

    def _trace(
        self, turn: Turn, answer: Answer, result: conversation.ConversationResult
    ) -> None:
        """Leave what happened in Home Assistant's trace and in Jarvis's own."""
        trace = trace_of(turn, answer, result.response)
        self.traces.add(trace)
        conversation.async_conversation_trace_append(
            conversation.ConversationTraceEventType.AGENT_DETAIL,
            trace.as_dict(texts=False),
        )

    async def _async_attempt(self, turn: Turn, failure: JarvisError | None) -> Answer:
        """Return the answer, or what went wrong."""
        try:
            if failure is None:
                check_text(turn.text)
                if not _ends_something(turn.text):
                    self._limits.take(turn.speaker)
                async with asyncio.timeout(turn.remaining):
                    answer = await self._async_route(turn)
                self._open_questions.note(turn, answer or Answer(speech=""))
            else:
                answer = self._answer_failure(turn, failure)
        except NoSpeechError as err:
            answer = self._answer_failure(turn, err)
        except JarvisError as err:
            _LOGGER.info("Turn %s failed: %r", turn.request_id, err)
            answer = _error_answer(turn, err)
            if isinstance(err, ModelServerSilentError):
                # A server stops loading a model when nobody waits for it any more, so
                # a slow one would never get it loaded by turns alone.
                self._hass.async_create_background_task(
                    self._preload.async_warm(), "jarvis warm model"
                )
        except TimeoutError:
            _LOGGER.warning("Turn %s took too long: %s", turn.request_id, turn.stages)
            turn.done = await async_account(turn)
            answer = _error_answer(turn, TurnTooLongError())
        except asyncio.CancelledError:
            # Who spoke gave up, or said something new: "why?" may come all the same.
            turn.failure = CANCELLED
            silence = IntentResponse(language=turn.tag)
            self.traces.add(trace_of(turn, Answer(speech=""), silence))
            raise
        except Exception:
            _LOGGER.exception("Turn %s failed", turn.request_id)
            answer = _error_answer(turn, JarvisError())
        assert answer is not None
        return answer

    def _answer_failure(self, turn: Turn, failure: JarvisError) -> Answer:
        """Say what kept Jarvis from hearing; silence may also be the reply to it."""
        if not isinstance(failure, NoSpeechError):
            return _error_answer(turn, failure)
        answer = self._open_questions.answer_silence(turn)
        if answer is None:
            return _error_answer(turn, failure)
        turn.route = "silence"
        if not answer.asks:
            self._consent.drop(turn.conversation_id)
            self._understanding.memory.take_question(turn.conversation_id)
            self._skill_routes.drop(turn.conversation_id)
        return answer

    async def async_refusal(
        self, tool: llm.Tool, arguments: dict[str, Any], llm_context: llm.LLMContext
    ) -> str:
        """Return why another agent may not call a tool now, "" where it may.

        Nobody can be asked: what has to be confirmed is refused.
        """
        turn = await async_foreign_turn(self._hass, self._guard, llm_context)
        try:
            self._guard.check_tool(turn, tool, arguments)
        except GuardedError:
            return NOT_CONFIRMED
        except JarvisError as err:
            return f"Not done: {say_error(turn.language, err)[0]}"
        return ""

    def shield(
        self, user_input: conversation.ConversationInput
    ) -> conversation.ConversationInput:
        """Take out of a request what must not be written down, and what is another's.

        That is a code, and a conversation that somebody else has begun.
        """
        own = self._ownership.own_id(user_input)
        return self._consent.shield(
            replace(user_input, conversation_id=own),
            question_open=self._open_questions.is_open(own),
        )

    def conceal(self, text: str) -> str:
        """Return what may be written down of a text that was just heard."""
        return self._consent.conceal(text)

    async def _async_route(self, turn: Turn) -> Answer | None:
        if turn.user_id is not None:
            turn.user = await self._hass.auth.async_get_user(turn.user_id)
        await self._attempts.async_load()
        await async_look_ahead(self._hass, [turn.language])
        if len(turn.text) <= LONGEST_ORDER:
            home = look_around(self._hass, turn.language, None)
            turn.respell(home.spellings.as_written(turn.text))
        async with self._limits.one_at_a_time(turn.chat_log):
            try:
                return await self._router.async_answer(turn)
            except GuardedError as err:
                turn.route = "guard"
                streamed = turn.held is not None
                answer = await self._consent.async_ask(turn, err)
                if streamed:
                    await _async_stream(turn, answer.speech)
                return answer
            except JarvisError as err:
                if err is turn.held:
                    await _async_stream(
                        turn, _told(turn, say_error(turn.language, err)[0])
                    )
                raise

    async def async_prepare(self, language: str) -> None:
        """Get ready while the user is still speaking: sentences and model."""
        await self.async_prepare_reading(language)
        await self._preload.async_warm()

    async def async_prepare_reading(self, language: str) -> None:
        """Get ready to read utterances, in small steps as far as they are Jarvis's."""
        await self._understanding.async_prepare(self._hass, speech_language(language))
        agent = default_agent(self._hass)
        if agent is not None:
            await agent.async_prepare(language)


def _ends_something(text: str) -> bool:
    """Return whether a text only stops something: that is never too much."""
    return hushes(text) or calls_off(text) or reads_no(text)


async def _async_stream(turn: Turn, text: str) -> None:
    """Say something after what a model has said: only what is streamed is heard."""

    async def deltas() -> AsyncGenerator[conversation.AssistantContentDeltaDict]:
        yield {"role": "assistant", "content": text}

    async for _content in turn.chat_log.async_add_delta_content_stream(
        turn.user_input.agent_id, deltas()
    ):
        pass


def _told(turn: Turn, text: str) -> str:
    """Say first what was done before."""
    return f"{turn.done} {text}".strip()


def _error_answer(turn: Turn, error: JarvisError) -> Answer:
    turn.note_language()
    spoken, written = (_told(turn, text) for text in say_error(turn.language, error))
    code = IntentResponseErrorCode.UNKNOWN
    if isinstance(error, NoSpeechError):
        code = IntentResponseErrorCode.NO_INTENT_MATCH
    response = IntentResponse(language=turn.tag)
    response.async_set_error(code, spoken)
    turn.route = turn.route or f"error:{error.key}"
    turn.failure = error.key
    return Answer(speech=spoken, written=written, response=response)


def _deliver(
    turn: Turn, answer: Answer, spoken: str
) -> conversation.ConversationResult:
    """Store the answer in the chat log and make the result."""
    response = answer.response or IntentResponse(language=turn.tag)
    written = answer.written or answer.speech
    response.async_set_speech(spoken)
    log = turn.chat_log
    last = log.content[-1]
    if not isinstance(last, conversation.AssistantContent) or last.content != written:
        log.async_add_assistant_content_without_tools(
            conversation.AssistantContent(
                agent_id=turn.user_input.agent_id, content=written
            )
        )
    return conversation.ConversationResult(
        response=response,
        conversation_id=log.conversation_id,
        continue_conversation=answer.asks,
    )
