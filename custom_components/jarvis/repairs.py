"""Repairs: a pipeline that acts before Jarvis is asked."""

from typing import override

from homeassistant.components.assist_pipeline.pipeline import (
    async_get_pipeline,
    async_update_pipeline,
)
from homeassistant.components.repairs import (
    ConfirmRepairFlow,
    RepairsFlow,
    RepairsFlowResult,
)
from homeassistant.core import HomeAssistant


class AskJarvisFirst(ConfirmRepairFlow):
    """Turns off that a pipeline handles commands by itself."""

    def __init__(self, pipeline_id: str) -> None:
        """Take the pipeline that is repaired."""
        self._pipeline_id = pipeline_id

    @override
    async def async_step_confirm(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Ask, then do it."""
        if user_input is not None:
            await async_update_pipeline(
                self.hass,
                async_get_pipeline(self.hass, self._pipeline_id),
                prefer_local_intents=False,
            )
        return await super().async_step_confirm(user_input)


async def async_create_fix_flow(
    hass: HomeAssistant,
    issue_id: str,
    data: dict[str, str | int | float | None] | None,
) -> RepairsFlow:
    """Return the flow that mends an issue."""
    return AskJarvisFirst(str((data or {})["pipeline_id"]))
