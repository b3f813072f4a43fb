"""Does what orders ask for, through Home Assistant's own intents."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from homeassistant.components import conversation
from homeassistant.helpers import intent, llm

from ...engines.language import Action, Order
from ..turn import Turn
from .home import Found

Slots = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One intent to be handled."""

    intent_type: str
    slots: Slots


def steps_for(order: Order, found: Found) -> list[Step]:
    """Return the intents that do an order; none when it cannot be done so."""
    kind = _intent_type(order, found)
    if kind is None:
        return []
    value = _value_slot(kind, order)
    if found.domain:
        return [Step(intent_type=kind, slots=_wide_slots(found) | value)]
    return [
        Step(
            intent_type=kind,
            # The words are for the answer: it calls the thing what the user called it.
            slots={"name": {"value": entity_id, "text": " ".join(order.target)}}
            | value,
        )
        for entity_id in found.entity_ids
    ]


async def async_run(turn: Turn, step: Step) -> intent.IntentResponse:
    """Handle one intent and note it in the chat log, as core does.

    Raises `intent.IntentError` when it fails.
    """
    agent_id = turn.user_input.agent_id
    slots = step.slots
    turn.guard.check(
        turn, step.intent_type, {name: slot["value"] for name, slot in slots.items()}
    )
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
            turn.hass,
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


def _intent_type(order: Order, found: Found) -> str | None:
    match order.action:
        case Action.ON | Action.OPEN | Action.LOCK:
            return intent.INTENT_TURN_ON
        case Action.OFF | Action.CLOSE | Action.UNLOCK:
            return intent.INTENT_TURN_OFF
        case Action.SET:
            domains = {entity_id.partition(".")[0] for entity_id in found.entity_ids}
            domain = found.domain or (domains.pop() if len(domains) == 1 else "")
            return {
                "light": "HassLightSet",
                "cover": intent.INTENT_SET_POSITION,
                "valve": intent.INTENT_SET_POSITION,
                "climate": "HassClimateSetTemperature",
                "fan": "HassFanSetSpeed",
                "media_player": "HassSetVolume",
            }.get(domain)
    return None


def _value_slot(kind: str, order: Order) -> Slots:
    if order.value is None:
        return {}
    name = {
        "HassLightSet": "brightness",
        intent.INTENT_SET_POSITION: "position",
        "HassClimateSetTemperature": "temperature",
        "HassFanSetSpeed": "percentage",
        "HassSetVolume": "volume_level",
    }[kind]
    value = order.value if name == "temperature" else int(order.value)
    return {name: {"value": value}}


def _wide_slots(found: Found) -> Slots:
    slots: Slots = {"domain": {"value": [found.domain]}}
    if found.device_class:
        slots["device_class"] = {"value": [found.device_class]}
    if found.area_id is not None:
        slots["area"] = {"value": found.area_id}
    else:
        slots["name"] = {"value": "all"}
    return slots
