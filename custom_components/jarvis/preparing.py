"""Gets Jarvis ready after the start, so that the first utterance waits for nothing.

What changes afterwards is prepared anew when a pipeline starts, or by the turn itself.
"""

from datetime import datetime

from homeassistant.components import assist_pipeline
from homeassistant.const import MATCH_ALL, Platform
from homeassistant.core import HassJob, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.start import async_at_started

from .const import DOMAIN
from .ha_internals import pipeline_store
from .runtime import JarvisConfigEntry

CALM = 15.0
"""Seconds after the start of Home Assistant: until then entities still appear."""


@callback
def async_prepare_soon(hass: HomeAssistant, entry: JarvisConfigEntry) -> None:
    """Prepare reading utterances in the languages that are spoken with Jarvis."""

    async def prepare() -> None:
        for language in _languages(hass, entry):
            await entry.runtime_data.assistant.async_prepare_reading(language)

    @callback
    def begin(_now: datetime) -> None:
        entry.async_create_background_task(hass, prepare(), "jarvis prepare")

    @callback
    def wait(_hass: HomeAssistant) -> None:
        job = HassJob(begin, "jarvis prepare", cancel_on_shutdown=True)
        entry.async_on_unload(async_call_later(hass, CALM, job))

    entry.async_on_unload(async_at_started(hass, wait))


def _languages(hass: HomeAssistant, entry: JarvisConfigEntry) -> list[str]:
    """Return the languages of Jarvis's pipelines, else Home Assistant's."""
    agent = er.async_get(hass).async_get_entity_id(
        Platform.CONVERSATION, DOMAIN, entry.entry_id
    )
    spoken = [
        pipeline.language
        if pipeline.conversation_language == MATCH_ALL
        else pipeline.conversation_language
        for pipeline in (
            assist_pipeline.async_get_pipelines(hass)
            if pipeline_store(hass) is not None
            else ()
        )
        if pipeline.conversation_engine == agent
    ]
    return list(dict.fromkeys(spoken)) or [hass.config.language]
