"""Tools of Home Assistant that Jarvis's own agent hands out in a form of its own."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, override

from homeassistant.components import conversation
from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.components.homeassistant.llm import (
    GetLiveContextTool,
    async_get_exposed_entities,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import intent, llm
from homeassistant.util import yaml as yaml_util

from ..home import is_made_by_user, script_of
from ..intents import BearingTool

type Reader = Callable[[str], bool]
"""Tells of an entity id whether the speaker may know of it."""

MOST_FOUND = 4000
"""Characters of what a search of the home may answer."""

_LISTS = frozenset({"calendar__get_events", "todo__get_items"})
"""Tools that are made with the names of all that they can read."""


class FindTool(GetLiveContextTool):
    """Home Assistant's own search of the home: bounded, and of what may be read."""

    description = (
        "Finds devices and sensors that the message does not list, and reads their "
        "state. Filter by name, domain or area."
    )

    def __init__(self, reader: Reader | None) -> None:
        self._reader = reader

    @override
    async def async_call(
        self,
        hass: HomeAssistant,
        tool_input: llm.ToolInput,
        llm_context: llm.LLMContext,
    ) -> llm.ToolResult:
        """Search; a long answer is cut, and says so."""
        if self._reader is None:
            result = await super().async_call(hass, tool_input, llm_context)
        else:
            result = self._search(hass, tool_input.tool_args, self._reader)
        text = result.data.get("result")
        if not isinstance(text, str) or len(text) <= MOST_FOUND:
            return result
        cut = text[:MOST_FOUND].rpartition("\n- ")[0]
        left = text.count("\n- ") - cut.count("\n- ")
        note = f"{left} more are not shown: filter by name, domain or area."
        return llm.ToolResult(data={"result": f"{cut}\n{note}"})

    def _search(
        self, hass: HomeAssistant, arguments: dict[str, Any], reader: Reader
    ) -> llm.ToolResult:
        """Search among what may be read: the same filters, the same form of answer."""
        wanted = self.parameters(arguments)
        domains = wanted.get("domain") or []
        exposed = {
            entity_id: about
            for entity_id, about in async_get_exposed_entities(
                hass, conversation.DOMAIN
            ).items()
            if reader(entity_id)
        }
        constraints = intent.MatchTargetsConstraints(
            name=wanted.get("name"),
            area_name=wanted.get("area"),
            domains=[domains] if isinstance(domains, str) else domains or None,
            allow_duplicate_names=True,
        )
        states = list(filter(None, map(hass.states.get, exposed)))
        if states and constraints.has_constraints:
            states = intent.async_match_targets(hass, constraints, states=states).states
        if not states:
            return llm.ToolResult(data={"error": "Nothing was found"}, error=True)
        found = [exposed[state.entity_id] for state in states]
        return llm.ToolResult(data={"result": yaml_util.dump(found)})


class TimerTool(llm.IntentTool):
    """Starts a timer whose order, if it has one, comes back to Jarvis.

    With Home Assistant's own tool its own agent would carry the order out, and that
    one does not ask the guard.
    """

    def __init__(self, hass: HomeAssistant, tool: llm.IntentTool, agent: str) -> None:
        super().__init__(
            tool.name,
            hass.data[intent.DATA_KEY][tool.intent_type],
            title=tool.title,
            integration=tool.integration,
            annotations=tool.annotations,
        )
        self._agent = agent

    @override
    async def async_call(
        self,
        hass: HomeAssistant,
        tool_input: llm.ToolInput,
        llm_context: llm.LLMContext,
    ) -> llm.ToolResult:
        """Start the timer."""
        response = await intent.async_handle(
            hass,
            llm_context.platform,
            self.intent_type,
            {
                name: {"value": value}
                for name, value in tool_input.tool_args.items()
                if not intent.is_blank_slot_value(value)
            },
            context=llm_context.context,
            language=llm_context.language,
            assistant=llm_context.assistant,
            device_id=llm_context.device_id,
            conversation_agent_id=self._agent,
        )
        return llm.ToolResult(data=llm.IntentResponseDict(response))


def fitted(
    hass: HomeAssistant, tools: Iterable[llm.Tool], reader: Reader | None, agent: str
) -> Iterator[llm.Tool]:
    """Yield tools as they fit Jarvis and, where `reader` is given, the speaker."""
    for tool in tools:
        if (
            isinstance(tool, llm.IntentTool)
            and tool.intent_type == intent.INTENT_START_TIMER
        ):
            yield TimerTool(hass, tool, agent)
        elif isinstance(tool, llm.IntentTool) and not is_made_by_user(tool):
            yield BearingTool(hass, tool)
        elif reader is None:
            yield tool
        elif tool.name in _LISTS:
            names = _readable_names(hass, tool.integration or "", reader)
            if names:
                remade: llm.Tool = type(tool)(names)  # type: ignore[call-arg]
                yield remade
        elif (script := script_of(tool)) is None or reader(script):
            yield tool


def _readable_names(hass: HomeAssistant, domain: str, reader: Reader) -> list[str]:
    registry = er.async_get(hass)
    return [
        name
        for state in sorted(hass.states.async_all(domain), key=lambda s: s.name)
        if reader(state.entity_id)
        and async_should_expose(hass, conversation.DOMAIN, state.entity_id)
        for name in intent.async_get_entity_aliases(
            hass, registry.async_get(state.entity_id), state=state
        )
    ]
