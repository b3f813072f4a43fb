"""Sees to it that what an intent does bears the context of who asked for it.

Some of Home Assistant's handlers call services without the context of the intent, others
move entities without any service; then neither the logbook nor an automation could tell
who did it.
"""

from collections.abc import Mapping
from typing import Any, cast, override

from homeassistant.core import Context, HomeAssistant, ServiceRegistry, ServiceResponse
from homeassistant.helpers import intent, llm

from ...ha_internals import entity_of
from ..home import intent_targets

_WITHOUT_SERVICE = frozenset(
    {
        "HassListAddItem",
        "HassListCompleteItem",
        "HassListRemoveItem",
        "HassSetVolumeRelative",
    }
)
"""Intents whose handlers move the entities themselves."""
_SHOPPING = frozenset({"HassShoppingListAddItem", "HassShoppingListCompleteItem"})


class _Services:
    """The services of Home Assistant, called with a context where none is given."""

    def __init__(self, services: ServiceRegistry, context: Context) -> None:
        self._services = services
        self._context = context

    def __getattr__(self, name: str) -> Any:
        return getattr(self._services, name)

    async def async_call(
        self,
        domain: str,
        service: str,
        service_data: dict[str, Any] | None = None,
        blocking: bool = False,
        context: Context | None = None,
        **options: Any,
    ) -> ServiceResponse:
        """Call a service."""
        return await self._services.async_call(
            domain,
            service,
            service_data,
            blocking,
            context or self._context,
            **options,
        )


class _Bearer:
    """Home Assistant as a handler sees it: all it does bears a context."""

    def __init__(self, hass: HomeAssistant, context: Context) -> None:
        self._hass = hass
        self.services = _Services(hass.services, context)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._hass, name)


def bearing(
    hass: HomeAssistant, context: Context, kind: str, slots: Mapping[str, Any]
) -> HomeAssistant:
    """Return Home Assistant for the handler of an intent, so that the act bears `context`.

    `slots` are values by name.
    """
    if kind in _WITHOUT_SERVICE | _SHOPPING:
        for state in intent_targets(hass, kind, slots):
            if (entity := entity_of(hass, state.entity_id)) is not None:
                entity.async_set_context(context)
    return cast("HomeAssistant", _Bearer(hass, context))


class BearingTool(llm.IntentTool):
    """An intent as a tool, whose act bears the context of the turn."""

    def __init__(self, hass: HomeAssistant, tool: llm.IntentTool) -> None:
        super().__init__(
            tool.name,
            hass.data[intent.DATA_KEY][tool.intent_type],
            title=tool.title,
            integration=tool.integration,
            annotations=tool.annotations,
        )

    @override
    async def async_call(
        self,
        hass: HomeAssistant,
        tool_input: llm.ToolInput,
        llm_context: llm.LLMContext,
    ) -> llm.ToolResult:
        """Handle the intent."""
        if (context := llm_context.context) is not None:
            hass = bearing(hass, context, self.intent_type, tool_input.tool_args)
        return await super().async_call(hass, tool_input, llm_context)
