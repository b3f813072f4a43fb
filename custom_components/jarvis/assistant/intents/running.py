"""Handles intents as Home Assistant's own agent does, without its words for them.

Its templates are rendered after the act: one that fails makes an error of what was done.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from homeassistant.components import conversation
from homeassistant.helpers import intent, llm

from ..home import intent_targets
from ..safety import GuardedError, clauses_for
from ..telling import tell_missing
from ..turn import Turn
from .call_context import bearing
from .values import check_playing, check_range, off_at_zero

Slots = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One intent to be handled."""

    intent_type: str
    slots: Slots


async def async_run(turn: Turn, step: Step) -> intent.IntentResponse:
    """Handle one intent and note it in the chat log, as core does.

    Raises `intent.IntentError` when it fails.
    """
    # Looking for what is meant takes long in a large home, and was done just before.
    await asyncio.sleep(0)
    agent_id = turn.user_input.agent_id
    step = _as_meant(step)
    slots = step.slots
    values = {name: slot["value"] for name, slot in slots.items()}
    _check(turn, step.intent_type, values)
    check_range(turn.hass, step.intent_type, values)
    check_playing(turn.hass, step.intent_type, values, turn.language)
    if (area_id := turn.area_id) is not None:
        slots = slots | {"preferred_area_id": {"value": area_id}}
    call = llm.ToolInput(
        tool_name=step.intent_type,
        tool_args={name: slot["value"] for name, slot in step.slots.items()},
        external=True,
    )
    conversation.async_conversation_trace_append(
        conversation.ConversationTraceEventType.TOOL_CALL,
        {"intent_name": step.intent_type, "slots": call.tool_args},
    )
    turn.chat_log.async_add_assistant_content_without_tools(
        conversation.AssistantContent(agent_id=agent_id, tool_calls=[call])
    )
    result = llm.ToolResult(data={"error": "IntentUnexpectedError"}, error=True)
    try:
        response = await intent.async_handle(
            bearing(turn.hass, turn.context, step.intent_type, values),
            conversation.DOMAIN,
            step.intent_type,
            slots,
            turn.text,
            turn.context,
            turn.heard_input.language,
            assistant=conversation.DOMAIN,
            device_id=turn.device_id,
            satellite_id=turn.satellite_id,
            conversation_agent_id=agent_id,
        )
        if turn.reader is not None:
            _keep_readable(response, turn.reader)
        result = llm.ToolResult(data=llm.IntentResponseDict(response))
    except intent.MatchFailedError as err:
        nothing = intent.IntentResponse(language=turn.tag)
        nothing.async_set_error(
            intent.IntentResponseErrorCode.NO_VALID_TARGETS,
            tell_missing(turn.hass, err, turn.language),
        )
        result = llm.ToolResult(data=llm.IntentResponseDict(nothing), error=True)
        raise
    except intent.IntentError as err:
        result = llm.ToolResult(data={"error": type(err).__name__}, error=True)
        raise
    finally:
        turn.chat_log.async_add_assistant_content_without_tools(
            conversation.ToolResultContent(
                agent_id=agent_id,
                tool_call_id=call.id,
                tool_name=call.tool_name,
                result=result,
            )
        )
    return response


def _check(turn: Turn, kind: str, values: dict[str, Any]) -> None:
    """Raise unless the guard lets an intent pass; what no verb tells is spelled out."""
    try:
        turn.guard.check(turn, kind, values)
    except GuardedError as err:
        if err.action.verb == "use" and not err.action.what:
            targets = intent_targets(turn.hass, kind, values)
            told = clauses_for(turn.hass, turn.language, kind, targets, values)
            err.action = replace(err.action, clauses=told)
        raise


def _as_meant(step: Step) -> Step:
    """Return the step to turn off for one that asks for 0 %."""
    values = {name: slot["value"] for name, slot in step.slots.items()}
    if (off := off_at_zero(step.intent_type, values)) is None:
        return step
    slots = {
        name: step.slots.get(name, {"value": value}) for name, value in off.items()
    }
    return Step(intent_type=intent.INTENT_TURN_OFF, slots=slots)


def _keep_readable(
    response: intent.IntentResponse, reader: Callable[[str], bool]
) -> None:
    """Leave out of an answer what the speaker may not know of."""
    matched, unmatched = (
        [state for state in states if reader(state.entity_id)]
        for states in (response.matched_states, response.unmatched_states)
    )
    response.async_set_states(matched, unmatched)
    response.success_results = [
        target
        for target in response.success_results
        if target.type is not intent.IntentResponseTargetType.ENTITY
        or reader(target.id or "")
    ]
