"""What tools have done, or tried to do, since the user spoke."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from homeassistant.components import conversation
from homeassistant.helpers import llm
from homeassistant.helpers.intent import IntentResponse

from ...skills.base import effect_of, told_of
from ..turn import Turn
from .claims import worlds_of

DEVICES: Final = frozenset({"device", "media", "scene"})
"""Worlds whose things have states that can be read."""

_WORLDS: Final = {
    "assist_satellite": frozenset({"message"}),
    "calendar": frozenset({"calendar", "noting"}),
    "intent": DEVICES,
    "intent_script": frozenset({"scene"}),
    "media_player": frozenset({"media", "device"}),
    "notify": frozenset({"message"}),
    "script": frozenset({"scene"}),
    "shopping_list": frozenset({"list", "noting"}),
    "todo": frozenset({"list", "noting"}),
}
"""Worlds by the integration of a tool that declares none; of the others it is devices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A tool that changes something, and what came of it."""

    call: str
    worlds: frozenset[str]
    failed: bool = False
    response: IntentResponse | None = None
    kind: str = ""
    """Type of the intent, "" for other tools."""
    title: str = ""
    told: str = ""
    """What the tool itself has Jarvis say of it."""
    arguments: dict[str, Any]


def deeds(turn: Turn) -> list[Deed]:
    """Return what tools have changed, or tried to, since the user spoke."""
    log = turn.chat_log
    if not log.llm_input_provided_index:
        return []  # no model was asked
    tools = {tool.name: tool for tool in (log.llm_api.tools if log.llm_api else ())}
    asked: dict[str, llm.ToolInput] = {}
    found: list[Deed] = []
    for content in log.content[log.llm_input_provided_index :]:
        match content:
            case conversation.AssistantContent(tool_calls=list() as calls):
                asked |= {call.id: call for call in calls}
            case conversation.ToolResultContent():
                tool = tools.get(content.tool_name)
                if tool is not None and tool.annotations.read_only:
                    continue
                call = asked.get(content.tool_call_id)
                found.append(_deed(content, tool, call.tool_args if call else {}))
    return found


def _deed(
    content: conversation.ToolResultContent,
    tool: llm.Tool | None,
    arguments: dict[str, Any],
) -> Deed:
    data = content.result.data
    response = data.original if isinstance(data, llm.IntentResponseDict) else None
    kind = tool.intent_type if isinstance(tool, llm.IntentTool) else ""
    return Deed(
        call=f"{content.tool_name} {arguments}",
        worlds=worlds_of_tool(tool) if tool else frozenset({"device"}),
        failed=content.result.error
        or (response is not None and response.error_code is not None),
        response=response,
        kind=kind,
        title=(tool.title or "") if tool else "",
        told=told_of(tool, content.result),
        arguments=arguments,
    )


def worlds_of_tool(tool: llm.Tool) -> frozenset[str]:
    """Return the worlds in which a tool does something."""
    if (effect := effect_of(tool)) is not None:
        return effect.worlds
    if isinstance(tool, llm.IntentTool):
        if "Timer" in tool.intent_type:
            return frozenset({"timer"})
        return frozenset(_WORLDS.get(tool.integration or "", {"device"}))
    return frozenset(_WORLDS.get(tool.integration or "", {"device"})) | worlds_of(
        f"{tool.name.replace('_', ' ')} {tool.title or ''} {tool.description or ''}"
    )


def worlds_done(done: Sequence[Deed]) -> frozenset[str]:
    """Return the worlds in which something was done."""
    return frozenset[str]().union(*(deed.worlds for deed in done))


def good_of(done: Sequence[Deed]) -> list[Deed]:
    """Return what succeeded."""
    return [deed for deed in done if not deed.failed]


def failures_of(done: Sequence[Deed]) -> list[Deed]:
    """Return what failed and was not done by another call for the same after it."""
    return [
        deed
        for place, deed in enumerate(done)
        if deed.failed
        and not any(
            not later.failed and later.kind == deed.kind and later.call != deed.call
            for later in done[place + 1 :]
        )
    ]
