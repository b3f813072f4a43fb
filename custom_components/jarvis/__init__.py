"""Jarvis, the local voice assistant: Home Assistant's life cycle, nothing else."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import ConfigType

from .const import CONF_CREATE_PIPELINE, DOMAIN
from .handover import (
    async_call_off,
    async_hand_back,
    async_made_silent,
    async_remember,
    async_remember_made,
)
from .outages import async_watch_servers
from .pipeline import async_create_pipeline, async_give_voice, async_watch_pipelines
from .preparing import async_prepare_soon
from .runtime import JarvisConfigEntry, JarvisRuntime
from .services import async_setup_services
from .skill_list import SKILLS
from .skills.base import Skills
from .weak_codes import async_check_code

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)

PLATFORMS = [
    Platform.AI_TASK,
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.CONVERSATION,
    Platform.SENSOR,
    Platform.STT,
    Platform.TTS,
]


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Offer the actions, whether or not an entry is loaded."""
    async_setup_services(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: JarvisConfigEntry) -> bool:
    """Set up Jarvis.

    Waits seconds at most for voice nodes and never for a model server: with all of them
    down Jarvis still understands typed sentences and can say what is missing.
    """
    runtime = await JarvisRuntime.async_build(hass, entry)
    entry.runtime_data = runtime
    await runtime.coordinator.async_begin()
    await runtime.skills.async_set_up()
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    await async_remember(hass, entry)
    if entry.data.get(CONF_CREATE_PIPELINE):
        data = {k: v for k, v in entry.data.items() if k != CONF_CREATE_PIPELINE}
        hass.config_entries.async_update_entry(entry, data=data)
        if made := await async_create_pipeline(hass, entry):
            silent = not len(runtime.voices)
            await async_remember_made(hass, made, silent=silent)
    elif (made := await async_made_silent(hass)) and await async_give_voice(
        hass, entry, made
    ):
        await async_remember_made(hass, made, silent=False)
    async_watch_pipelines(hass, entry)
    async_watch_servers(hass, entry)
    async_check_code(hass, entry)
    async_prepare_soon(hass, entry)
    entry.async_on_unload(entry.add_update_listener(_async_reload))
    return True


async def async_unload_entry(hass: HomeAssistant, entry: JarvisConfigEntry) -> bool:
    """Close the rooms once no door leads to them any more."""
    if unloaded := await hass.config_entries.async_unload_platforms(entry, PLATFORMS):
        await entry.runtime_data.close(hass)
        if entry.disabled_by:
            # What would be due meanwhile finds no agent.
            async_call_off(hass, entry)
    return unloaded


async def async_remove_entry(hass: HomeAssistant, entry: JarvisConfigEntry) -> None:
    """Give back what Jarvis was given: pipelines, orders that wait, its files."""
    await async_hand_back(hass, entry)
    await Skills(hass, SKILLS).async_remove()


async def _async_reload(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Start anew after a change of nodes, servers or options."""
    hass.config_entries.async_schedule_reload(entry.entry_id)
