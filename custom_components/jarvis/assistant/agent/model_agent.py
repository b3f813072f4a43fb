"""The route through a language model: streamed, with the tools of Home Assistant."""

import logging
import re
from collections.abc import AsyncGenerator, Callable, Collection, Sequence
from contextlib import aclosing

from homeassistant.components import conversation
from homeassistant.core import HomeAssistant
from homeassistant.helpers import llm
from homeassistant.helpers.intent import IntentResponse

from ...const import DOMAIN
from ...core.errors import (
    JarvisError,
    ModelNotFoundError,
    ModelServerError,
    ModelStuckError,
)
from ...core.pool import Pool
from ...engines.language import asks_or_tells
from ...engines.llm import (
    Bounds,
    ChatEvent,
    ChatLimits,
    ChatModel,
    ChatRequest,
    ToolSpec,
    chat_over,
    without_leaks,
)
from ...skills.base import Answer
from ..home import retrieve
from ..sentences import say
from ..telling import async_answer_from
from ..turn import (
    HAND_OVER_SHARE,
    LONG_MODEL_TIMEOUT,
    LONGEST_HEARD,
    LONGEST_SHOWN,
    MAX_MODEL_ROUNDS,
    MODEL_TIMEOUT,
    Turn,
)
from ..verification import async_account
from .assist_api import HomeAPI
from .deltas import deltas_of
from .history import Earlier, History
from .prompt import (
    INSTRUCTIONS,
    build_messages,
    correction,
    describe_home,
    describe_situation,
    in_language,
)
from .summary import Summary
from .tool_specs import ToolSpecs

_LOGGER = logging.getLogger(__name__)

_DATA_WANTED = re.compile(
    r"(?i)\b(json|ya?ml|xml|html|css|code|script|python|javascript|jinja|markdown|regex|"
    r"template|balises?|tags?|programme)\b"
)
"""Words of who wants to read JSON or markup."""


class ModelAgent:
    """Answers with a language model."""

    def __init__(
        self,
        hass: HomeAssistant,
        models: Pool[ChatModel],
        spoken_of: Callable[[str], Collection[str]],
        asked: Callable[[ChatRequest], None],
        replaced: Callable[[], Collection[str]],
    ) -> None:
        """Get what the room knows.

        `spoken_of` tells which entities a conversation was about before, `asked` is told
        of each request, `replaced` tells the intents that skills have tools for.
        """
        self._hass = hass
        self._models = models
        self._spoken_of = spoken_of
        self._asked = asked
        self._told_missing = False
        self._replaced = replaced
        self._tools = ToolSpecs()
        self._history = History()
        self._summary = Summary(hass, models, self._history)

    async def async_answer(self, turn: Turn) -> Answer | None:
        """Let the model answer; None when there is no model server.

        None, too, where the model is not installed and it was no question: what was not
        understood is then said in plain words, and of the model once.
        Raises `ModelServerError` when no server gave a first word.
        """
        if not len(self._models):
            return None
        self._summary.stop()
        log = turn.chat_log
        await self._async_provide(turn)
        start = len(log.content)
        failure: ModelServerError | None = None
        try:
            await self._async_converse(turn)
        except ModelServerError as err:
            failure = err
        else:
            self._told_missing = False
        responses = _responses(log, start)
        last = log.content[-1]
        if (
            failure is None
            and isinstance(last, conversation.AssistantContent)
            and last.content
        ):
            return Answer(
                speech=last.content,
                response=responses[-1] if responses else None,
                before=tuple(responses[:-1]),
                asks=log.continue_conversation,
            )
        # What the tools did is done, whether or not the model can tell of it.
        if account := await async_account(turn):
            return Answer(
                speech=account,
                response=responses[-1] if responses else None,
                before=tuple(responses[:-1]),
            )
        if isinstance(failure, ModelNotFoundError) and not asks_or_tells(
            turn.text, turn.language
        ):
            turn.unserved = None if self._told_missing else failure
            self._told_missing = True
            return None
        raise failure or ModelServerError("the model said nothing")

    async def _async_provide(self, turn: Turn) -> None:
        """Give the chat log the prompt and the tools of the Assist API."""
        apis = {api.id for api in llm.async_get_apis(self._hass)}
        # Of the smallest: the prompt stays the same whoever answers.
        token_budget = min(model.token_budget for model in self._models)
        try:
            await turn.chat_log.async_provide_llm_data(
                turn.user_input.as_llm_context(DOMAIN),
                HomeAPI(
                    hass=self._hass,
                    turn=turn,
                    token_budget=token_budget,
                    spoken=self._spoken_of(turn.conversation_id),
                    replaced=self._replaced(),
                )
                if llm.LLM_API_ASSIST in apis
                else None,
                INSTRUCTIONS,
                turn.user_input.extra_system_prompt,
            )
        except conversation.ConverseError as err:
            raise JarvisError(str(err)) from err

    async def _async_converse(self, turn: Turn) -> None:
        log = turn.chat_log
        tools = await self._tools.async_of(log.llm_api)
        names = [tool.name for tool in tools]
        situation = self._situation(turn)
        count = self._counting(turn, tools, situation)
        earlier = self._history.shorten(log, self._model.token_budget, count)
        silent = False
        bounds = _bounds(turn, names)
        for _ in range(MAX_MODEL_ROUNDS):
            messages = build_messages(turn, situation, earlier)
            if turn.claimed:
                messages.append(correction(turn.claimed))
                turn.corrected = True
            if turn.foreign:
                messages.append(in_language(turn))
            corrected = turn.claimed
            request = ChatRequest(messages=messages, tools=tools)
            self._asked(request)
            before = len(log.content)
            async with (
                aclosing(chat_over(self._models, request, _limits(turn))) as answer,
                aclosing(_cleaned(turn, answer, names)) as events,
                aclosing(bounds.keep(events)) as kept,
                aclosing(deltas_of(turn, kept)) as deltas,
                aclosing(
                    log.async_add_delta_content_stream(turn.user_input.agent_id, deltas)
                ) as contents,
            ):
                async for _content in contents:
                    pass
            if turn.held is not None:
                await self._async_stop(turn, turn.held)
            if bounds.exhausted or _failed_again(log, log.llm_input_provided_index):
                raise ModelStuckError("the model repeats what it calls")
            answered = _answered(log.content[before:])
            # Small models now and then end before they begin: once more is enough.
            if (turn.claimed and not corrected) or not (answered or silent):
                silent = not answered
                continue
            if not (answered and log.unresponded_tool_results):
                if until := self._history.due(log, self._model.token_budget, count):
                    self._summary.start(log, request, until)
                return
        raise ModelStuckError(f"tools were called {MAX_MODEL_ROUNDS} times in a row")

    @property
    def _model(self) -> ChatModel:
        """The model that will be asked first."""
        return self._models.ranked()[0]

    def _counting(
        self, turn: Turn, tools: Sequence[ToolSpec], situation: str
    ) -> Callable[[Earlier], int]:
        """Return what tells the tokens of a prompt by what stands for its beginning."""

        def count(earlier: Earlier) -> int:
            messages = build_messages(turn, situation, earlier)
            return self._model.count(ChatRequest(messages=messages, tools=tools))

        return count

    async def _async_stop(self, turn: Turn, held: JarvisError) -> None:
        """Leave it to the guard what is said, after what was done before."""
        responses = _responses(turn.chat_log, turn.chat_log.llm_input_provided_index)
        if responses:
            turn.done = (await async_answer_from(turn, *responses)).speech
        raise held

    def _situation(self, turn: Turn) -> str:
        """Return what the end of the prompt says: the entities, and the clock last."""
        things = []
        if turn.chat_log.llm_api is not None:
            with turn.stage("retrieval"):
                things = retrieve(
                    self._hass,
                    turn.text,
                    turn.language,
                    area_id=turn.area_id,
                    reader=turn.reader,
                    spoken=self._spoken_of(turn.conversation_id),
                )
        turn.entities = tuple(thing.entity_id for thing in things)
        return f"{describe_home(turn, things)}({describe_situation(turn)})"


def _cleaned(
    turn: Turn, answer: AsyncGenerator[ChatEvent], tools: Collection[str]
) -> AsyncGenerator[ChatEvent]:
    return without_leaks(
        answer,
        tools,
        data=bool(_DATA_WANTED.search(turn.text)),
        # Nobody reads or hears it before it is whole.
        patient=turn.chat_log.delta_listener is None,
    )


def _bounds(turn: Turn, tools: Collection[str]) -> Bounds:
    heard = turn.by_voice or turn.heard
    return Bounds(
        tools,
        longest=LONGEST_HEARD if heard else LONGEST_SHOWN,
        ending=say(turn.language, "too_long"),
    )


def _limits(turn: Turn) -> ChatLimits:
    timeout = LONG_MODEL_TIMEOUT if turn.accompanied else MODEL_TIMEOUT
    return ChatLimits(
        first_token=min(timeout, turn.remaining - 1.0),
        hand_over=MODEL_TIMEOUT * HAND_OVER_SHARE,
        between_tokens=MODEL_TIMEOUT,
        # The turn's own end comes first: it tells what was done until then.
        total=turn.remaining + 1.0,
    )


def _answered(contents: Sequence[conversation.Content]) -> bool:
    """Return whether a round of the model left words or calls."""
    return any(
        isinstance(content, conversation.AssistantContent)
        and (content.content or content.tool_calls)
        for content in contents
    )


def _failed_again(log: conversation.ChatLog, start: int) -> bool:
    """Return whether the same call has failed twice since `start`."""
    calls: dict[str, str] = {}
    failed: set[str] = set()
    for content in log.content[start:]:
        match content:
            case conversation.AssistantContent(tool_calls=list() as asked):
                calls |= {c.id: f"{c.tool_name} {c.tool_args}" for c in asked}
            case conversation.ToolResultContent() if content.result.error:
                call = calls.get(content.tool_call_id, "")
                if call in failed:
                    return True
                failed.add(call)
    return False


def _responses(log: conversation.ChatLog, start: int) -> list[IntentResponse]:
    """Return what the intents that tools ran since `start` have to report."""
    return [
        content.result.data.original
        for content in log.content[start:]
        if isinstance(content, conversation.ToolResultContent)
        and isinstance(content.result.data, llm.IntentResponseDict)
    ]
