"""Makes the Assist pipeline "Jarvis" out of Jarvis's own three entities."""

import logging

from homeassistant.components import assist_pipeline
from homeassistant.components.assist_pipeline.pipeline import KEY_ASSIST_PIPELINE
from homeassistant.components.tts.helper import get_engine_instance
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import language as language_util

from .const import CONF_LANGUAGE, DOMAIN
from .runtime import JarvisConfigEntry

_LOGGER = logging.getLogger(__name__)


async def async_create_pipeline(hass: HomeAssistant, entry: JarvisConfigEntry) -> None:
    """Create the pipeline and prefer it, unless one with Jarvis as its agent exists."""
    if KEY_ASSIST_PIPELINE not in hass.data:
        _LOGGER.warning("no Assist pipeline was made: assist_pipeline is not set up")
        return
    registry = er.async_get(hass)
    agent, ear, mouth = (
        registry.async_get_entity_id(platform, DOMAIN, entry.entry_id)
        for platform in (Platform.CONVERSATION, Platform.STT, Platform.TTS)
    )
    if any(
        pipeline.conversation_engine == agent
        for pipeline in assist_pipeline.async_get_pipelines(hass)
    ):
        return
    language = entry.data.get(CONF_LANGUAGE, hass.config.language)
    spoken = language
    voice = None
    if mouth and (engine := get_engine_instance(hass, mouth)):
        country = hass.config.country
        if tags := language_util.matches(language, engine.supported_languages, country):
            spoken = tags[0]
        voices = engine.async_get_supported_voices(spoken)
        voice = voices[0].voice_id if voices else None
    store = hass.data[KEY_ASSIST_PIPELINE].pipeline_store
    pipeline = await store.async_create_item(
        {
            "name": entry.title,
            "language": language,
            "conversation_engine": agent,
            "conversation_language": language,
            "stt_engine": ear,
            "stt_language": language,
            "tts_engine": mouth,
            "tts_language": spoken,
            "tts_voice": voice,
            "wake_word_entity": None,
            "wake_word_id": None,
            # Jarvis asks Home Assistant's sentences itself, and says what came of it.
            "prefer_local_intents": False,
        }
    )
    store.async_set_preferred_item(pipeline.id)
