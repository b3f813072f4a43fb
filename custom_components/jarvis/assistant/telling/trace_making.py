"""Makes the trace of a turn that is over, without its secrets."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from homeassistant.components import conversation
from homeassistant.helpers import llm
from homeassistant.helpers.intent import (
    IntentResponse,
    IntentResponseErrorCode,
    IntentResponseTarget,
    IntentResponseTargetType,
    IntentResponseType,
)
from homeassistant.util import dt as dt_util

from ...skills.base import Answer, effect_of
from ..safety import HELD, HIDDEN
from ..turn import Tried, Turn
from .traces import CANCELLED, MOST_ITEMS, MOST_TEXT, Target, Trace, Used

_SECRET = re.compile(
    r"(?:^|_)(?:code|pin|token|secret|pass|api_?key)(?:_|$)|password", re.IGNORECASE
)


def trace_of(turn: Turn, answer: Answer, response: IntentResponse) -> Trace:
    """Return what is to be kept of a turn that is over."""
    failed = response.response_type is IntentResponseType.ERROR
    code = response.error_code.value if response.error_code else ""
    first = turn.asked_first
    return Trace(
        request_id=turn.request_id,
        time=dt_util.utcnow(),
        conversation_id=turn.conversation_id,
        user_id=turn.user_id,
        device_id=turn.device_id,
        satellite_id=turn.satellite_id,
        area_id=turn.area_id,
        language=turn.heard_language or turn.tag,
        text="" if turn.unheard else _text(turn, turn.text),
        speech=_text(turn, answer.speech),
        written=_text(turn, answer.written),
        route=turn.route,
        outcome=_outcome(turn, answer, failed=failed),
        error=(turn.failure or code) if failed else "",
        asked_first=tuple(_target(turn, i) for i in first.entity_ids) if first else (),
        verb=first.verb if first else "",
        tried=tuple(_tried(turn)),
        stages_ms={name: round(ms, 2) for name, ms in turn.stages.items()},
        seconds=round(turn.elapsed, 3),
        entities=turn.entities[:MOST_ITEMS],
        tools=tuple(_tools(turn)),
        servers=tuple(turn.servers[:MOST_ITEMS]),
        corrected=turn.corrected,
        because=_text(turn, answer.because),
    )


def _outcome(turn: Turn, answer: Answer, *, failed: bool) -> str:
    if turn.failure == CANCELLED:
        return CANCELLED
    return "failed" if failed else "asked" if answer.asks else "answered"


def _tools(turn: Turn) -> list[Used]:
    """Return what was called since the user spoke, as the chat log has it."""
    calls: dict[str, llm.ToolInput] = {}
    used: list[Used] = []
    for content in _since_user(turn.chat_log.content):
        match content:
            case conversation.AssistantContent(tool_calls=list() as asked):
                calls |= {call.id: call for call in asked}
            case conversation.ToolResultContent() if len(used) < MOST_ITEMS:
                used.append(_used(turn, content, calls.get(content.tool_call_id)))
    # What is done after it was confirmed is not in the chat log.
    told = {target.entity_id for entry in used for target in entry.targets}
    for response in turn.responses:
        kind = response.intent.intent_type if response.intent else ""
        done = _done(turn, kind, response)
        if not told.issuperset(target.entity_id for target in done.targets):
            used.append(done)
    return used[:MOST_ITEMS]


def _tried(turn: Turn) -> Iterator[Tried]:
    for tried in turn.tried[:MOST_ITEMS]:
        missing = tried.why == "no_sentence" and _target_missing(turn)
        yield replace(tried, why="no_target") if missing else tried


def _original(content: conversation.ToolResultContent) -> IntentResponse | None:
    data = content.result.data
    return data.original if isinstance(data, llm.IntentResponseDict) else None


def _since_user(log: Sequence[conversation.Content]) -> Sequence[conversation.Content]:
    spoke = max((i for i, item in enumerate(log) if item.role == "user"), default=0)
    return log[spoke:]


def _used(
    turn: Turn,
    content: conversation.ToolResultContent,
    call: llm.ToolInput | None,
) -> Used:
    name = content.tool_name.partition("__")[2] or content.tool_name
    arguments = _clean(turn, call.tool_args) if call else {}
    if (response := _original(content)) is not None:
        return replace(_done(turn, name, response), arguments=arguments)
    data = content.result.data
    error = ""
    if content.result.error:
        words = data.get("error_text") or data.get("error") or data
        error = _text(turn, str(words))
    tool = _tool(turn, content.tool_name)
    return Used(
        name=name,
        title=(tool.title or "") if tool and effect_of(tool) else "",
        arguments=arguments,
        failed=bool(error),
        held=error == HELD,
        reads=tool is not None and tool.annotations.read_only,
        error=error,
    )


def _done(turn: Turn, name: str, response: IntentResponse) -> Used:
    return Used(
        name=name,
        failed=response.error_code is not None,
        reads=response.response_type is IntentResponseType.QUERY_ANSWER,
        error=response.error_code.value if response.error_code else "",
        targets=_targets(turn, response.success_results),
        missed=_targets(turn, response.failed_results),
    )


def _tool(turn: Turn, name: str) -> llm.Tool | None:
    api = turn.chat_log.llm_api
    return next((t for t in (api.tools if api else ()) if t.name == name), None)


def _targets(turn: Turn, results: Sequence[IntentResponseTarget]) -> tuple[Target, ...]:
    return tuple(
        _target(turn, result.id, result.name)
        for result in results[:MOST_ITEMS]
        if result.type is IntentResponseTargetType.ENTITY and result.id
    )


def _target(turn: Turn, entity_id: str, name: str = "") -> Target:
    state = turn.hass.states.get(entity_id)
    return Target(
        entity_id=entity_id,
        name=_cut(name or (state.name if state else entity_id)),
        state=_cut(state.state) if state else "",
    )


def _target_missing(turn: Turn) -> bool:
    """Return whether a sentence was understood, but nothing there that fits."""
    responses = (
        _original(content)
        for content in _since_user(turn.chat_log.content)
        if isinstance(content, conversation.ToolResultContent)
    )
    missing = IntentResponseErrorCode.NO_VALID_TARGETS
    return any(response and response.error_code is missing for response in responses)


def _clean(turn: Turn, value: Any, key: str = "", depth: int = 0) -> Any:
    """Return arguments without secrets, none of them longer than need be."""
    match value:
        case _ if _SECRET.search(key):
            return HIDDEN
        case Mapping() if depth < 3:
            items = list(value.items())[:MOST_ITEMS]
            return {str(k): _clean(turn, v, str(k), depth + 1) for k, v in items}
        case list() | tuple() if depth < 3:
            return [_clean(turn, v, key, depth + 1) for v in value[:MOST_ITEMS]]
        case None | bool():
            return value
        case int() | float() if not turn.guard.is_secret(str(value)):
            return value
    return _text(turn, str(value))


def _text(turn: Turn, text: str) -> str:
    return HIDDEN if turn.guard.is_secret(text) else _cut(text)


def _cut(text: str) -> str:
    return text if len(text) <= MOST_TEXT else f"{text[: MOST_TEXT - 1]}…"
