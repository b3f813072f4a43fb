"""What a tool would act on that is no intent of Home Assistant's own."""

from collections.abc import Iterable, Mapping
from typing import Any

from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import intent, llm, template

from ...skills.base import Effect, effect_of
from .targets import (
    LISTS,
    NO_ENTITIES,
    READING,
    TIMERS,
    meant_by,
    names_in,
    with_members,
)

_SCRIPT = "script"
_INTENT_SCRIPT = "intent_script"
_WHERE = ("name", "area", "floor")


def tool_targets(
    hass: HomeAssistant, tool: llm.Tool, arguments: Mapping[str, Any]
) -> list[State]:
    """Return the entities that a tool other than an intent may act on.

    A script is what it is called for, with all that it is given; so is an intent of
    `intent_script`, unless it does the same whatever it is given. Other tools name
    entities, devices and areas by id or by name, anywhere in their arguments; those
    that only say where, as "player_area", mean the entities of the tool's own domain.
    """
    if (effect := effect_of(tool)) is not None:
        return list(with_members(hass, _declared(hass, effect, arguments)))
    if _is_fixed(hass, tool):
        return []
    states = list(meant_by(hass, arguments, tool.integration or ""))
    if (entity_id := script_of(tool)) and (script := hass.states.get(entity_id)):
        states.insert(0, script)
    if not states and tool.integration and _takes_place(tool):
        states = hass.states.async_all(tool.integration)
    return list(with_members(hass, states))


def _declared(
    hass: HomeAssistant, effect: Effect, arguments: Mapping[str, Any]
) -> Iterable[State]:
    """Return what a skill's tool would move, as it declares."""
    if not effect.moves:
        return ()
    if effect.targets is None:
        return meant_by(hass, arguments)
    return filter(None, map(hass.states.get, effect.targets(hass, arguments)))


def is_made_by_user(tool: llm.Tool) -> bool:
    """Return whether a tool is a script or an `intent_script` of the user's."""
    return script_of(tool) is not None or (
        isinstance(tool, llm.IntentTool) and tool.integration == _INTENT_SCRIPT
    )


def _is_fixed(hass: HomeAssistant, tool: llm.Tool) -> bool:
    """Return whether a tool is an `intent_script` whose action takes no slots."""
    if not (isinstance(tool, llm.IntentTool) and is_made_by_user(tool)):
        return False
    handler = hass.data.get(intent.DATA_KEY, {}).get(tool.intent_type)
    action = getattr(handler, "config", {}).get("action")
    return action is None or not template.is_complex(action.sequence)


def _takes_place(tool: llm.Tool) -> bool:
    """Return whether a tool has parameters that say which entity is meant."""
    schema = tool.parameters.schema
    return isinstance(schema, Mapping) and any(
        name.rpartition("_")[2] in _WHERE for name in names_in(schema)
    )


def script_of(tool: llm.Tool) -> str | None:
    """Return the entity id of the script that a tool runs, None for other tools."""
    if isinstance(tool, llm.ActionTool) and tool.integration == _SCRIPT:
        return tool.name.replace("__", ".", 1)
    return None


def is_harmless(tool: llm.Tool) -> bool:
    """Return whether a tool only reads, or answers."""
    return tool.annotations.read_only or (
        isinstance(tool, llm.IntentTool)
        and tool.intent_type in READING | NO_ENTITIES - TIMERS
    )


def waits(tool: llm.Tool) -> bool:
    """Return whether a tool moves nothing now: it reads, counts down or keeps a list."""
    if (effect := effect_of(tool)) is not None:
        return effect.keeps
    if tool.annotations.read_only:
        return True
    if not isinstance(tool, llm.IntentTool):
        return False
    kind = tool.intent_type
    return kind in READING | NO_ENTITIES | LISTS
