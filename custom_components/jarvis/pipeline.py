"""Makes the Assist pipeline "Jarvis" out of its own three entities, and watches it."""

import logging
from collections.abc import Iterable

from homeassistant.components import assist_pipeline
from homeassistant.components.tts.helper import get_engine_instance
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.collection import CollectionChange
from homeassistant.util import language as language_util

from .const import CONF_LANGUAGE, DOMAIN
from .ha_internals import pipeline_store
from .runtime import JarvisConfigEntry

_LOGGER = logging.getLogger(__name__)


async def async_create_pipeline(
    hass: HomeAssistant, entry: JarvisConfigEntry
) -> str | None:
    """Create the pipeline and prefer it, unless one with Jarvis as its agent exists.

    Returns the id of what was made.
    """
    if (store := pipeline_store(hass)) is None:
        _LOGGER.warning("no Assist pipeline was made: assist_pipeline is not set up")
        return None
    registry = er.async_get(hass)
    agent = registry.async_get_entity_id(Platform.CONVERSATION, DOMAIN, entry.entry_id)
    if any(
        pipeline.conversation_engine == agent
        for pipeline in assist_pipeline.async_get_pipelines(hass)
    ):
        return None
    language = entry.data.get(CONF_LANGUAGE, hass.config.language)
    pipeline = await store.async_create_item(
        {
            "name": entry.title,
            "language": language,
            "conversation_engine": agent,
            "conversation_language": language,
            **_voice(hass, entry, language),
            "wake_word_entity": None,
            "wake_word_id": None,
            # Jarvis asks Home Assistant's sentences itself, and says what came of it.
            "prefer_local_intents": False,
        }
    )
    store.async_set_preferred_item(pipeline.id)
    return str(pipeline.id)


async def async_give_voice(
    hass: HomeAssistant, entry: JarvisConfigEntry, pipeline_id: str
) -> bool:
    """Let a pipeline that was made without voice servers hear and speak.

    Returns whether nothing is left to do: it has a voice, or is gone.
    """
    if (store := pipeline_store(hass)) is None:
        return False
    pipeline = store.data.get(pipeline_id)
    if pipeline is None or pipeline.stt_engine or pipeline.tts_engine:
        return True
    voice = _voice(hass, entry, pipeline.language)
    if voice["stt_engine"] is None:
        return False
    data = pipeline.to_json() | voice
    del data["id"]
    await store.async_update_item(pipeline_id, data)
    return True


def _voice(
    hass: HomeAssistant, entry: JarvisConfigEntry, language: str
) -> dict[str, str | None]:
    """Return a pipeline's settings for Jarvis's stt and tts; None without servers."""
    registry = er.async_get(hass)
    stt_id, tts_id = (
        registry.async_get_entity_id(platform, DOMAIN, entry.entry_id)
        for platform in (Platform.STT, Platform.TTS)
    )
    spoken, voice = language, None
    if tts_id and (engine := get_engine_instance(hass, tts_id)):
        country = hass.config.country
        if tags := language_util.matches(language, engine.supported_languages, country):
            spoken = tags[0]
        voices = engine.async_get_supported_voices(spoken)
        voice = voices[0].voice_id if voices else None
    return {
        "stt_engine": stt_id,
        "stt_language": language if stt_id else None,
        "tts_engine": tts_id,
        "tts_language": spoken if tts_id else None,
        "tts_voice": voice,
    }


@callback
def async_watch_pipelines(hass: HomeAssistant, entry: JarvisConfigEntry) -> None:
    """Warn of pipelines with Jarvis as their agent that act before it is asked.

    Such a pipeline opens a door without a question: confirmations, the code and the
    rules of access are Jarvis's.
    """
    if (store := pipeline_store(hass)) is None:
        return
    agent = er.async_get(hass).async_get_entity_id(
        Platform.CONVERSATION, DOMAIN, entry.entry_id
    )

    @callback
    def check() -> None:
        pipelines = {
            f"prefer_local_{pipeline.id}": pipeline
            for pipeline in assist_pipeline.async_get_pipelines(hass)
            if pipeline.conversation_engine == agent and pipeline.prefer_local_intents
        }
        known = [
            issue for domain, issue in ir.async_get(hass).issues if domain == DOMAIN
        ]
        for issue_id in known:
            if issue_id.startswith("prefer_local_") and issue_id not in pipelines:
                ir.async_delete_issue(hass, DOMAIN, issue_id)
        for issue_id, pipeline in pipelines.items():
            ir.async_create_issue(
                hass,
                DOMAIN,
                issue_id,
                is_fixable=True,
                severity=ir.IssueSeverity.WARNING,
                translation_key="prefer_local",
                translation_placeholders={"pipeline": pipeline.name},
                data={"pipeline_id": pipeline.id},
            )

    async def changed(change_set: Iterable[CollectionChange]) -> None:
        check()

    entry.async_on_unload(store.async_add_change_set_listener(changed))
    check()
