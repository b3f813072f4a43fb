"""The route through a language model: streamed, with the tools of Home Assistant."""

import logging
from collections.abc import AsyncGenerator, Callable, Collection, Sequence
from contextlib import aclosing
from dataclasses import replace

from homeassistant.components import conversation
from homeassistant.core import HomeAssistant
from homeassistant.helpers import llm
from homeassistant.helpers.intent import IntentResponse

from ..const import DOMAIN
from ..core.errors import JarvisError, ModelServerError
from ..core.pool import Pool
from ..engines.llm import (
    ChatDelta,
    ChatDone,
    ChatFailed,
    ChatLimits,
    ChatModel,
    ChatRequest,
    ToolSpec,
    chat_over,
)
from ..skills.base import Answer
from .claims import ClaimGate, asks
from .history import Earlier, History
from .home_api import HomeAPI
from .local import async_answer_from
from .policy import (
    HAND_OVER_SHARE,
    LONG_PATIENCE,
    MAX_MODEL_ROUNDS,
    MODEL_PATIENCE,
)
from .prompt import (
    INSTRUCTIONS,
    build_messages,
    build_tools,
    correction,
    describe_home,
    describe_situation,
)
from .retrieval import retrieve
from .speech import say
from .summary import Summary
from .traces import Asked
from .turn import Turn

_LOGGER = logging.getLogger(__name__)


class Thinking:
    """Answers with a language model."""

    def __init__(
        self,
        hass: HomeAssistant,
        models: Pool[ChatModel],
        spoken_of: Callable[[str], Collection[str]],
    ) -> None:
        """`spoken_of` tells which entities a conversation was about before."""
        self._hass = hass
        self._models = models
        self._spoken_of = spoken_of
        self._history = History()
        self._summary = Summary(hass, models, self._history)

    async def async_answer(self, turn: Turn) -> Answer | None:
        """Let the model answer; None when there is no model server.

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
                asks=log.continue_conversation,
            )
        # What the tools did is done, whether or not the model can tell of it.
        if responses:
            answer = await async_answer_from(turn, *responses)
            if answer.speech:
                return answer
        raise failure or ModelServerError("the model said nothing")

    async def _async_provide(self, turn: Turn) -> None:
        """Give the chat log the prompt and the tools of the Assist API."""
        apis = {api.id for api in llm.async_get_apis(self._hass)}
        try:
            await turn.chat_log.async_provide_llm_data(
                turn.user_input.as_llm_context(DOMAIN),
                HomeAPI(hass=self._hass, turn=turn)
                if llm.LLM_API_ASSIST in apis
                else None,
                INSTRUCTIONS,
                turn.user_input.extra_system_prompt,
            )
        except conversation.ConverseError as err:
            raise JarvisError(str(err)) from err

    async def _async_converse(self, turn: Turn) -> None:
        log = turn.chat_log
        tools = build_tools(log.llm_api)
        situation = self._situation(turn)
        count = self._counting(turn, tools, situation)
        earlier = self._history.shorten(log, self._model.room, count)
        for _ in range(MAX_MODEL_ROUNDS):
            messages = build_messages(turn, situation, earlier)
            if turn.claimed:
                messages.append(correction(turn.claimed))
            corrected = turn.claimed
            request = ChatRequest(messages=messages, tools=tools)
            limits = ChatLimits(
                first_token=min(
                    LONG_PATIENCE if turn.accompanied else MODEL_PATIENCE,
                    turn.remaining - 1.0,
                ),
                hand_over=MODEL_PATIENCE * HAND_OVER_SHARE,
                between_tokens=MODEL_PATIENCE,
                total=turn.remaining,
            )
            async with (
                aclosing(self._deltas(turn, request, limits)) as deltas,
                aclosing(
                    log.async_add_delta_content_stream(turn.user_input.agent_id, deltas)
                ) as contents,
            ):
                async for _content in contents:
                    pass
            if turn.held is not None:
                await self._async_stop(turn, turn.held)
            if _failed_again(log, log.llm_input_provided_index):
                raise ModelServerError("the model repeated a call that had failed")
            if turn.claimed and not corrected:
                continue
            if not log.unresponded_tool_results:
                if until := self._history.due(log, self._model.room, count):
                    self._summary.start(log, request, until)
                return
        _LOGGER.warning("The model called tools %s times in a row", MAX_MODEL_ROUNDS)

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

    async def _deltas(
        self, turn: Turn, request: ChatRequest, limits: ChatLimits
    ) -> AsyncGenerator[conversation.AssistantContentDeltaDict]:
        """Turn the model's events into what the chat log takes.

        A server that fails in mid-sentence is told of within the answer: what was
        spoken cannot be taken back. The first delta opens the message, so nothing is
        sent before the model has said something.
        """
        gate = ClaimGate(asked=asks(turn.text))
        opened = False
        spoken = False
        called = False
        try:
            async with aclosing(chat_over(self._models, request, limits)) as events:
                async for event in events:
                    if not isinstance(event, ChatDelta):
                        _note(turn, event)
                        continue
                    text = gate.feed(event.text) if event.text else ""
                    delta = _delta(replace(event, text=text), turn.chat_log.llm_api)
                    called = called or "tool_calls" in delta
                    if not delta:
                        continue
                    if not opened:
                        delta["role"] = "assistant"
                    opened = True
                    spoken = spoken or bool(text.strip())
                    yield delta
        except ModelServerError as err:
            if not spoken:
                raise
            _LOGGER.warning("The model broke off in mid-sentence: %s", err)
            rest = f"{gate.end()} … {say(turn.language, 'interrupted')}"
            yield {"content": rest}
            return
        rest = gate.end()
        # What is claimed before its tool has answered is left out: the next round
        # tells how it ended.
        if gate.claimed and not called:
            rest = await self._async_correct(turn, gate.claimed)
        if rest:
            delta = {"content": rest}
            if not opened:
                delta["role"] = "assistant"
            yield delta

    async def _async_correct(self, turn: Turn, claimed: str) -> str:
        """Return what may be said in the place of a claim, "" to ask the model again."""
        log = turn.chat_log
        start = log.llm_input_provided_index
        if responses := _responses(log, start):
            turn.claimed = ""
            done = [r for r in responses if r.error_code is None]
            if done and (speech := (await async_answer_from(turn, *done)).speech):
                return speech
        if _acted(log, start):
            turn.claimed = ""
            return claimed
        again = bool(turn.claimed)
        turn.claimed = claimed
        return say(turn.language, "claims.nothing_done") if again else ""


def _delta(
    event: ChatDelta, api: llm.APIInstance | None
) -> conversation.AssistantContentDeltaDict:
    delta: conversation.AssistantContentDeltaDict = {}
    if event.text:
        delta["content"] = event.text
    if event.thinking:
        delta["thinking_content"] = event.thinking
    # Without an API there is nothing to call: a tool that is asked for all the same
    # was invented, and the model is not asked again for its sake.
    if event.tool_calls and api is not None:
        names = [tool.name for tool in api.tools]
        delta["tool_calls"] = [
            llm.ToolInput(
                tool_name=_tool_name(call.name, names), tool_args=dict(call.arguments)
            )
            for call in event.tool_calls
        ]
    return delta


def _note(turn: Turn, event: ChatDone | ChatFailed) -> None:
    """Keep for the traces which server was asked, and what it cost."""
    asked = Asked(server=event.server, model=event.model)
    if isinstance(event, ChatFailed):
        turn.servers.append(replace(asked, error=event.error.key))
        return
    turn.servers.append(
        replace(
            asked,
            prompt_tokens=event.prompt_tokens,
            answer_tokens=event.answer_tokens,
        )
    )
    turn.chat_log.async_trace(
        {
            "server": event.server,
            "model": event.model,
            "stats": {
                "input_tokens": event.prompt_tokens,
                "output_tokens": event.answer_tokens,
            },
        }
    )


def _acted(log: conversation.ChatLog, start: int) -> bool:
    """Return whether a tool that changes something has succeeded since `start`."""
    reading = {
        tool.name
        for tool in (log.llm_api.tools if log.llm_api else ())
        if tool.annotations.read_only
    }
    return any(
        isinstance(content, conversation.ToolResultContent)
        and not content.result.error
        and content.tool_name not in reading
        for content in log.content[start:]
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


def _tool_name(name: str, names: Sequence[str]) -> str:
    """Return the tool that is meant: models drop the "intent__" of its name."""
    if name in names:
        return name
    meant = [candidate for candidate in names if candidate.endswith(f"__{name}")]
    return meant[0] if len(meant) == 1 else name


def _responses(log: conversation.ChatLog, start: int) -> list[IntentResponse]:
    """Return what the intents that tools ran since `start` have to report."""
    return [
        content.result.data.original
        for content in log.content[start:]
        if isinstance(content, conversation.ToolResultContent)
        and isinstance(content.result.data, llm.IntentResponseDict)
    ]
