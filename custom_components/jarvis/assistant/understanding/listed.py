"""What is on a list already is not put on it a second time, and that is said."""

from collections.abc import Sequence

from homeassistant.components import conversation
from homeassistant.components.todo.const import DOMAIN as TODO
from homeassistant.components.todo.const import TodoItemStatus, TodoServices
from homeassistant.core import State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.intent import Intent, IntentResponse, IntentResponseTarget
from homeassistant.helpers.intent import IntentResponseTargetType as TargetType

from ...engines.language import folded
from ..home import intent_targets
from ..intents import Step
from ..turn import Turn
from .lists import ADDING, items_of


async def async_split_listed(
    turn: Turn, steps: Sequence[Step]
) -> tuple[list[Step], list[Step]]:
    """Return the steps to be done, and those that add what is on their list, still open."""
    new: list[Step] = []
    listed: list[Step] = []
    for step in steps:
        key = _key(str(step.slots.get("item", {}).get("value", "")))
        adds = step.intent_type in ADDING and bool(key)
        known = adds and key in await _async_open_items(turn, step)
        (listed if known else new).append(step)
    return new, listed


def nothing_new(turn: Turn, listed: Sequence[Step]) -> IntentResponse:
    """Return the response where all that was to be added is on the list."""
    step = listed[-1]
    asked = Intent(
        turn.hass,
        conversation.DOMAIN,
        step.intent_type,
        {"item": {"value": "", "text": ""}},
        turn.text,
        turn.context,
        turn.heard_input.language,
    )
    response = IntentResponse(language=turn.tag, intent=asked)
    response.async_set_speech_slots({"listed": items_of(list(listed), turn.language)})
    response.async_set_results(
        [
            IntentResponseTarget(
                type=TargetType.ENTITY, name=state.name, id=state.entity_id
            )
            for state in _lists_of(turn, step)[:1]
        ]
    )
    return response


async def _async_open_items(turn: Turn, step: Step) -> set[str]:
    """Return the items of the list that a step adds to; none where it is not certain."""
    lists = _lists_of(turn, step)
    if len(lists) != 1:
        return set()
    entity_id = lists[0].entity_id
    try:
        found = await turn.hass.services.async_call(
            TODO,
            TodoServices.GET_ITEMS,
            {"entity_id": entity_id, "status": [TodoItemStatus.NEEDS_ACTION]},
            blocking=True,
            context=turn.context,
            return_response=True,
        )
    except HomeAssistantError:
        return set()
    kept = found.get(entity_id) if found else None
    items = kept.get("items") if isinstance(kept, dict) else None
    return {
        _key(str(item.get("summary", "")))
        for item in (items if isinstance(items, list) else [])
        if isinstance(item, dict)
    }


def _lists_of(turn: Turn, step: Step) -> list[State]:
    slots = {name: slot["value"] for name, slot in step.slots.items()}
    states = intent_targets(turn.hass, step.intent_type, slots)
    return [state for state in states if state.domain == TODO]


def _key(item: str) -> str:
    """Return an item as it is compared: "Eggs" and "egg" are one."""
    return " ".join(word.removesuffix("s") for word in folded(item))
