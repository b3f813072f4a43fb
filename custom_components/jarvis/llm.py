"""Home Assistant's llm platform: hands the skills' tools to every Assist agent."""

from typing import Any, Self, override

from homeassistant.components.llm import LLMTools
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import llm

from .const import DOMAIN
from .engines.language import speech_language
from .runtime import JarvisConfigEntry, JarvisRuntime
from .skills.base import JarvisTool


@callback
def async_get_tools(
    hass: HomeAssistant, llm_context: llm.LLMContext, api_id: str
) -> LLMTools | None:
    """Return the tools of all skills; None where Jarvis is not set up.

    Jarvis's own agent judges each call itself. Other agents get tools that ask the same
    guard, and that are refused where a user would have to be asked.
    """
    entries: list[JarvisConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    if api_id != llm.LLM_API_ASSIST or not entries:
        return None
    runtime = entries[0].runtime_data
    language = speech_language(llm_context.language or hass.config.language)
    tools: list[llm.Tool] = list(runtime.skills.tools(language))
    if llm_context.platform != DOMAIN:
        tools = [_GuardedTool(tool, runtime) for tool in runtime.skills.tools(language)]
    return LLMTools(tools=tools) if tools else None


class _GuardedTool(llm.Tool):
    """A tool for an agent that cannot ask the user anything on Jarvis's behalf."""

    integration = DOMAIN

    def __init__(self, tool: JarvisTool, runtime: JarvisRuntime) -> None:
        self.name = tool.name
        self.title = tool.title
        self.description = tool.description
        self.parameters = tool.parameters
        self.annotations = tool.annotations
        self._tool = tool
        self._runtime = runtime

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Return itself: Home Assistant's traces copy the tools of a turn."""
        return self

    @override
    async def async_call(
        self,
        hass: HomeAssistant,
        tool_input: llm.ToolInput,
        llm_context: llm.LLMContext,
    ) -> llm.ToolResult:
        """Call the tool, or tell the agent why not."""
        refused = await self._runtime.assistant.async_refusal(
            self._tool, tool_input.tool_args, llm_context
        )
        if refused:
            return llm.ToolResult(data={"error": refused}, error=True)
        with self._runtime.usage.held():
            return await self._tool.async_call(hass, tool_input, llm_context)
