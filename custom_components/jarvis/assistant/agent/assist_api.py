"""The Assist API as Jarvis's own agent uses it: the same tools, a shorter prompt.

Home Assistant's version lists every exposed entity in the prompt. This one asks the same
platforms for their tools and leaves out only that list.
"""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeIs, override

import probatio
from homeassistant.core import State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import intent, llm

from ...core.errors import JarvisError, NotPutOffError
from ...engines.language import defers
from ...ha_internals import async_llm_platforms
from ...skills.base import Answer, Risk, effect_of, told_of
from ..home import (
    intent_targets,
    is_harmless,
    is_known,
    is_made_by_user,
    look_around,
    match_failure,
    moves_entities,
    tool_targets,
    used_slots,
    waits,
)
from ..intents import check_playing, check_range, off_at_zero
from ..safety import HELD, REFUSED, GuardedError, clauses_for, contradict
from ..sentences import say
from ..telling import async_answer_from
from ..turn import Clause, Turn
from ..verification import is_tool_wanted, is_wanted, user_request_of
from .assist_tools import FindTool, fitted
from .home_outline import outline
from .offer import held_too, offer, tool_title
from .tool_call_repair import explain_failure

_LOGGER = logging.getLogger(__name__)

_LISTING = "homeassistant"
"""The platform whose prompt is the list of all entities; its one tool reads them."""
CONTRARY = "Not done: the opposite was done, as the user wanted."
"""What a model is told of a call against what it has just done."""
_DEVICES = "intent"
"""The platform whose prompt says how to use the tools, and where the user is: Jarvis
says the first in its rules and the second at the end."""


@dataclass(slots=True, kw_only=True)
class HomeAPI(llm.API):
    """The tools of all platforms."""

    id: str = llm.LLM_API_ASSIST
    name: str = "Assist"
    turn: Turn
    token_budget: int
    """Tokens that a prompt may take; the outline of the home gets its part of them."""
    spoken: Collection[str] = ()
    """Entity ids that the conversation was about before."""
    replaced: Collection[str] = ()
    """Intents that a skill has a tool for."""

    @override
    async def async_get_api_instance(
        self, llm_context: llm.LLMContext
    ) -> llm.APIInstance:
        """Gather tools and prompts."""
        platforms = await async_llm_platforms(self.hass)
        reader = self.turn.reader
        tools: list[llm.Tool] = [FindTool(reader)]
        home = look_around(self.hass, self.turn.language, self.turn.area_id, reader)
        prompts = [outline(self.hass, home.things, self.token_budget)]
        for domain, platform in sorted(platforms.items()):
            if domain == _LISTING:
                continue
            try:
                found = platform.async_get_tools(self.hass, llm_context, self.id)
            except Exception:
                # As core does: a platform that fails must not cost the others' tools.
                _LOGGER.exception("No tools from %s", domain)
                continue
            if found is None:
                continue
            tools += fitted(
                self.hass,
                (tool for tool in found.tools if not self._is_replaced(tool)),
                reader,
                self.turn.user_input.agent_id,
            )
            if found.prompt and domain != _DEVICES:
                prompts.append(found.prompt)
        return GuardedInstance(
            turn=self.turn,
            spoken=self.spoken,
            api=self,
            api_prompt="\n".join(prompts),
            llm_context=llm_context,
            tools=tools,
            custom_serializer=llm.selector_serializer,
        )

    def _is_replaced(self, tool: llm.Tool) -> bool:
        return isinstance(tool, llm.IntentTool) and tool.intent_type in self.replaced


@dataclass(kw_only=True)
class GuardedInstance(llm.APIInstance):
    """Tools that ask the guard before they act."""

    turn: Turn
    spoken: Collection[str] = ()
    agreed: frozenset[str] | None = None
    """Entity ids, when the user has agreed to just what is called on just these."""
    done: dict[str, tuple[int, llm.ToolResult]] = field(default_factory=dict)
    """What calls came to, and how many answers had broken off before them."""
    acted: list[Clause] = field(default_factory=list)
    """What was done to things."""

    @override
    async def async_call_tool(self, tool_input: llm.ToolInput) -> llm.ToolResult:
        """Call a tool, unless the guard minds: the model is told so, then the user."""
        tool = next((t for t in self.tools if t.name == tool_input.tool_name), None)
        tool_input = self._without_unused(tool, tool_input)
        call = f"{tool_input.tool_name} {tool_input.tool_args}"
        broken = sum(bool(asked.error) for asked in self.turn.servers)
        if call in self.done and self.done[call][0] < broken:
            # Who answers in the place of a server that broke off says it all again.
            return self.done[call][1]
        try:
            if _is_core_intent(tool):
                # What could not be done even with a yes is not asked about.
                tool.parameters(tool_input.tool_args)
            if tool is not None:
                self._check(tool, tool_input.tool_args)
        except (intent.MatchFailedError, probatio.Invalid) as err:
            told = explain_failure(self.turn, self, tool_input, err)
            raise HomeAssistantError(told) from err
        except GuardedError as err:
            if not err.action.critical and contradict(err.action.clauses, self.acted):
                return llm.ToolResult(data={"error": CONTRARY}, error=True)
            err.resume = partial(
                self._async_resume, tool_input, self._ids(tool, tool_input)
            )
            self.turn.held = held_too(self.turn.held, err)
            return llm.ToolResult(data={"error": HELD}, error=True)
        except JarvisError as err:
            self.turn.held = self.turn.held or err
            return llm.ToolResult(data={"error": REFUSED}, error=True)
        try:
            result = await super().async_call_tool(self._as_meant(tool, tool_input))
        except (HomeAssistantError, probatio.Invalid) as err:
            told = explain_failure(self.turn, self, tool_input, err)
            raise HomeAssistantError(told) from err
        if not result.error:
            self.done[call] = broken, result
            self._note(tool, tool_input)
        return result

    def _note(self, tool: llm.Tool | None, tool_input: llm.ToolInput) -> None:
        """Note what was done; nobody is asked for the opposite of it."""
        if not _is_core_intent(tool):
            return
        arguments = tool_input.tool_args
        targets = self._targets(tool, tool.intent_type, arguments)
        if not targets:
            return
        self.acted += self._clauses(tool, tool.intent_type, targets, arguments)
        held = self.turn.held
        if (
            isinstance(held, GuardedError)
            and not held.action.critical
            and contradict(held.action.clauses, self.acted)
        ):
            self.turn.held = None

    def _without_unused(
        self, tool: llm.Tool | None, tool_input: llm.ToolInput
    ) -> llm.ToolInput:
        """Leave out the slots that a handler does not know: it may use them unseen."""
        if not _is_core_intent(tool):
            return tool_input
        slots = used_slots(self.api.hass, tool.intent_type, tool_input.tool_args)
        return replace(tool_input, tool_args=slots)

    def _as_meant(
        self, tool: llm.Tool | None, tool_input: llm.ToolInput
    ) -> llm.ToolInput:
        """Return the call to turn off for one that asks for 0 %."""
        if not _is_core_intent(tool):
            return tool_input
        slots = off_at_zero(tool.intent_type, tool_input.tool_args)
        if slots is None:
            return tool_input
        for other in self.tools:
            if _is_core_intent(other) and other.intent_type == intent.INTENT_TURN_OFF:
                return replace(tool_input, tool_name=other.name, tool_args=slots)
        raise HomeAssistantError("0 % means off: there is no tool to turn it off")

    def _check(self, tool: llm.Tool, arguments: dict[str, Any]) -> None:
        """Raise unless a tool may be called now."""
        turn, hass = self.turn, self.api.hass
        if not waits(tool) and defers(turn.text):
            # Small models do now whatever they cannot do later.
            raise NotPutOffError
        kind = tool.intent_type if _is_core_intent(tool) else ""
        try:
            if kind:
                turn.guard.check(turn, kind, arguments)
            else:
                turn.guard.check_tool(turn, tool, arguments)
        except GuardedError as err:
            targets = self._targets(tool, kind, arguments)
            # A code is for what was named.
            asked_for = self._is_asked_for(tool, kind, targets, arguments, named=True)
            held = err.action
            # A verb and what is critical tell all of a call that does nothing else.
            plain = bool(held.what) or (
                held.verb != "use" and (asked_for or len(targets) == 1)
            )
            told = () if plain else self._clauses(tool, kind, targets, arguments)
            err.action = replace(held, asked_for=asked_for, clauses=told)
            raise
        targets = self._targets(tool, kind, arguments)
        if kind and not targets and is_known(hass, kind) and moves_entities(hass, kind):
            raise match_failure(hass, kind, arguments)
        if not self._is_asked_for(tool, kind, targets, arguments):
            raise offer(self.turn, tool, kind, targets, arguments)
        check_range(hass, kind, arguments)
        check_playing(hass, kind, arguments, turn.language)

    def _clauses(
        self,
        tool: llm.Tool,
        kind: str,
        targets: Sequence[State],
        arguments: Mapping[str, Any],
    ) -> tuple[Clause, ...]:
        hass, language = self.api.hass, self.turn.language
        return clauses_for(hass, language, kind, targets, arguments, tool_title(tool))

    def _ids(self, tool: llm.Tool | None, tool_input: llm.ToolInput) -> frozenset[str]:
        """Return the ids of what a call acts on now."""
        if tool is None:
            return frozenset()
        kind = tool.intent_type if _is_core_intent(tool) else ""
        targets = self._targets(tool, kind, tool_input.tool_args)
        return frozenset(state.entity_id for state in targets)

    def _targets(
        self, tool: llm.Tool, kind: str, arguments: dict[str, Any]
    ) -> list[State]:
        if kind:
            return intent_targets(self.api.hass, kind, arguments)
        return tool_targets(self.api.hass, tool, arguments)

    def _is_asked_for(
        self,
        tool: llm.Tool,
        kind: str,
        targets: Sequence[State],
        arguments: dict[str, Any],
        *,
        named: bool = False,
    ) -> bool:
        """Return whether the user has asked for what a tool would do, or agreed to it."""
        effect = effect_of(tool)
        if is_harmless(tool) or (effect and effect.risk is Risk.NONE):
            return True
        if self.agreed is not None:
            # A room or a group may have got more since the question.
            return self.agreed.issuperset(state.entity_id for state in targets)
        request = user_request_of(self.turn, self.spoken)
        if isinstance(tool, llm.IntentTool) and not kind and not targets:
            return is_tool_wanted(request, tool)
        return is_wanted(self.api.hass, request, kind, targets, arguments, named=named)

    async def _async_resume(
        self, tool_input: llm.ToolInput, agreed: frozenset[str], later: Turn
    ) -> Answer | None:
        """Call a tool for who has confirmed it, as the device was asked that heard it."""
        context = replace(self.llm_context, context=later.context)
        instance = replace(
            self, turn=later, llm_context=context, agreed=agreed, acted=[]
        )
        try:
            result = await instance.async_call_tool(tool_input)
        except (HomeAssistantError, probatio.Invalid) as err:
            raise JarvisError(str(err)) from err
        if later.held is not None:
            raise later.held
        if result.error:
            raise JarvisError(str(result.data))
        if not isinstance(result.data, llm.IntentResponseDict):
            tool = next((t for t in self.tools if t.name == tool_input.tool_name), None)
            told = told_of(tool, result) or say(later.language, "guard.done")
            return Answer(speech=told)
        return await async_answer_from(later, result.data.original)


def _is_core_intent(tool: llm.Tool | None) -> TypeIs[llm.IntentTool]:
    """Return whether a tool is an intent that the user has not made."""
    return isinstance(tool, llm.IntentTool) and not is_made_by_user(tool)
