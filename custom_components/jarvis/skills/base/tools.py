"""Tools of skills: defined once, for Jarvis's own model and for every Assist agent."""

import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self, override

import probatio
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import llm

from ...const import DOMAIN
from .effects import UNDECLARED, Effect, Risk

WINDOW = 60.0
"""Seconds over which calls are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolCall:
    """One call, its arguments valid."""

    hass: HomeAssistant
    arguments: Mapping[str, Any]
    language: str
    """Of what is told, "fr" or "en"."""
    context: Context
    device_id: str | None = None
    reader: Callable[[str], bool] | None = None
    """Tells of an entity id whether the speaker may know of it; None: of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillTool:
    """A tool as its skill defines it.

    `call` returns what the model is told, JSON. Under "told" it may hold the sentence
    that Jarvis says of it where a model's own words cannot be trusted. What it raises as
    `HomeAssistantError` the model is told as a failure.
    """

    name: str
    """Without the prefix, "remember"."""
    description: str
    """For models, in English."""
    call: Callable[[ToolCall], Awaitable[Mapping[str, Any]]]
    effect: Effect | None = None
    parameters: probatio.Schema = field(default_factory=lambda: probatio.Schema({}))
    title: Mapping[str, str] | None = None
    """What it is called when Jarvis asks whether to use it, by language."""


class JarvisTool(llm.Tool):
    """A skill's tool as Home Assistant knows tools; it asks nobody: see the guard."""

    integration = DOMAIN

    def __init__(self, tool: SkillTool, language: str, taken: deque[Any]) -> None:
        """Take a tool, and the calls of it that were made already."""
        self.name = f"{DOMAIN}__{tool.name}"
        self.title = (tool.title or {}).get(language) or tool.name.replace("_", " ")
        self.description = tool.description
        self.parameters = tool.parameters
        self.effect = tool.effect or UNDECLARED
        self.annotations = llm.ToolAnnotations(
            read_only=self.effect.reads,
            destructive=self.effect.risk is Risk.CRITICAL,
            idempotent=self.effect.reads,
            open_world=False,
        )
        self._call = tool.call
        self._language = language
        self._taken = taken

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
        """Call the skill; raises `probatio.Invalid` for arguments that do not fit."""
        context = llm_context.context or Context()
        self._count(context.user_id or llm_context.device_id or "")
        call = ToolCall(
            hass=hass,
            arguments=self.parameters(tool_input.tool_args),
            language=self._language,
            context=context,
            device_id=llm_context.device_id,
            reader=await _async_reader(hass, context),
        )
        return llm.ToolResult(data=dict(await self._call(call)))

    def _count(self, speaker: str) -> None:
        """Raise where a speaker has had this done too often within a minute."""
        if not self.effect.most_a_minute:
            return
        now = time.monotonic()
        while self._taken and self._taken[0][1] < now - WINDOW:
            self._taken.popleft()
        if sum(who == speaker for who, _ in self._taken) >= self.effect.most_a_minute:
            raise HomeAssistantError("Too often: try again in a minute")
        self._taken.append((speaker, now))


async def _async_reader(
    hass: HomeAssistant, context: Context
) -> Callable[[str], bool] | None:
    if context.user_id is None:
        return None
    user = await hass.auth.async_get_user(context.user_id)
    if user is None or user.permissions.access_all_entities(POLICY_READ):
        return None
    permissions = user.permissions
    return lambda entity_id: permissions.check_entity(entity_id, POLICY_READ)


def told_of(tool: llm.Tool | None, result: llm.ToolResult) -> str:
    """Return what a tool of a skill has Jarvis say of a call, "" for nothing."""
    if not isinstance(tool, JarvisTool) or result.error:
        return ""
    return str(result.data.get("told") or "")


def effect_of(tool: llm.Tool) -> Effect | None:
    """Return what a tool of a skill declares; None for the tools of others."""
    return tool.effect if isinstance(tool, JarvisTool) else None
