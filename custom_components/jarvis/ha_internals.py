"""What Jarvis needs of Home Assistant that Home Assistant offers to nobody.

None of this is an API: any release may change it without a word, so it is used here and
nowhere else. `tests/custom_components/jarvis/test_ha_internals.py` holds a test for each
name, which says what depends on it and what to do when it is gone.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from hassil.recognize import RecognizeResult
from homeassistant.components.assist_pipeline.pipeline import (
    KEY_ASSIST_PIPELINE,
    PipelineStorageCollection,
)
from homeassistant.components.conversation import ChatLog, ConversationEntity, trace
from homeassistant.components.conversation.agent_manager import (
    async_get_agent,
    get_agent_manager,
)
from homeassistant.components.conversation.chat_log import current_chat_log
from homeassistant.components.conversation.const import METADATA_CUSTOM_SENTENCE
from homeassistant.components.conversation.default_agent import DefaultAgent
from homeassistant.components.conversation.models import AbstractConversationAgent
from homeassistant.components.intent.const import TIMER_DATA
from homeassistant.components.intent.timers import TimerManager
from homeassistant.components.llm import DATA_PLATFORMS
from homeassistant.components.tts.const import DATA_TTS_MANAGER
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_component import DATA_INSTANCES
from homeassistant.helpers.script import script_stack_cv


def pipeline_store(hass: HomeAssistant) -> PipelineStorageCollection | None:
    """Return the collection of Assist's pipelines, None where Assist is not set up."""
    data = hass.data.get(KEY_ASSIST_PIPELINE)
    return None if data is None else data.pipeline_store


def pipeline_run_events(hass: HomeAssistant) -> Iterator[dict[str, Any]]:
    """Yield what the debug page shows of each event of a pipeline's run, to be changed."""
    data = hass.data.get(KEY_ASSIST_PIPELINE)
    for runs in data.pipeline_debug.values() if data else ():
        for run in runs.values():
            yield from (event.data for event in run.events if event.data)


def conversation_trace_events() -> Iterator[dict[str, Any]]:
    """Yield what is noted of each event of the conversation that runs, to be changed."""
    current = trace._current_trace.get()
    for event in current._events if current else ():
        if event.data:
            yield event.data


def open_chat_log() -> ChatLog | None:
    """Return the chat log that whoever asked the agent has opened, None for nobody."""
    return current_chat_log.get()


def default_agent(hass: HomeAssistant) -> DefaultAgent | None:
    """Return Home Assistant's own agent, which reads its sentences."""
    return get_agent_manager(hass).default_agent


def agent_of(
    hass: HomeAssistant, agent_id: str
) -> AbstractConversationAgent | ConversationEntity | None:
    """Return a conversation agent by its id, None where it is gone."""
    return async_get_agent(hass, agent_id)


def is_custom_sentence(result: RecognizeResult) -> bool:
    """Return whether what was recognised is a sentence of the user's own."""
    return bool((result.intent_metadata or {}).get(METADATA_CUSTOM_SENTENCE))


def timer_manager(hass: HomeAssistant) -> TimerManager | None:
    """Return what keeps the timers, None where `intent` is not set up."""
    return hass.data.get(TIMER_DATA)


async def async_llm_platforms(hass: HomeAssistant) -> Mapping[str, Any]:
    """Return the platforms that offer tools to models, by integration."""
    return await hass.data[DATA_PLATFORMS].async_get_platforms()


def entity_of(hass: HomeAssistant, entity_id: str) -> Entity | None:
    """Return the object behind an entity, None where there is none."""
    component = hass.data.get(DATA_INSTANCES, {}).get(entity_id.partition(".")[0])
    return component.get_entity(entity_id) if component else None


def runs_in_script() -> bool:
    """Return whether a script or an automation does what is done now."""
    return bool(script_stack_cv.get())


def cached_speech(hass: HomeAssistant) -> tuple[Any, ...]:
    """Return the caches of spoken texts, mappings of key to audio or file name."""
    manager = hass.data[DATA_TTS_MANAGER]
    return manager.mem_cache, manager.file_cache


def speech_folder(hass: HomeAssistant) -> str:
    """Return the folder of the files in the cache of spoken texts."""
    return hass.data[DATA_TTS_MANAGER].cache_dir
