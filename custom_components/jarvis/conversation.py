"""The door through which Home Assistant talks with Jarvis."""

from dataclasses import replace
from typing import Literal, override

from homeassistant.components import assist_pipeline, conversation
from homeassistant.const import MATCH_ALL
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .assistant import HIDDEN
from .const import DOMAIN
from .core.errors import NoSpeechError
from .engines.language import without_leftovers, without_repeats
from .entity import JarvisEntity
from .ha_internals import pipeline_store
from .runtime import JarvisConfigEntry, heard_text

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: JarvisConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the conversation agent of an entry."""
    async_add_entities([JarvisConversationEntity(entry)])


class JarvisConversationEntity(JarvisEntity, conversation.ConversationEntity):
    """Jarvis as a conversation agent."""

    # The device's name: conversation.jarvis.
    _attr_name = None
    _attr_supports_streaming = True
    _attr_supported_features = conversation.ConversationEntityFeature.CONTROL

    @property
    @override
    def supported_languages(self) -> list[str] | Literal["*"]:
        """Home Assistant's sentences and the model know many; Jarvis's own two."""
        return MATCH_ALL

    @override
    async def async_prepare(self, language: str | None = None) -> None:
        """Get ready to answer while the user is still speaking."""
        await self.runtime.assistant.async_prepare(
            language or self.hass.config.language
        )

    @override
    async def async_process(
        self, user_input: conversation.ConversationInput
    ) -> conversation.ConversationResult:
        """Answer one utterance; a spoken code is kept out of the chat log."""
        shielded = self.runtime.assistant.shield(user_input)
        if user_input.text == heard_text.get():
            heard_text.set(shielded.text)
        return await super().async_process(self._tidied(shielded))

    def _tidied(
        self, user_input: conversation.ConversationInput
    ) -> conversation.ConversationInput:
        """Leave out what nobody said, and what was said twice in a row."""
        said = user_input.text
        failures = self.runtime.voice_failures
        if HIDDEN in said or said in failures:
            return user_input
        text, spoken = said, said == heard_text.get()
        if spoken or user_input.satellite_id or user_input.device_id:
            text = without_leftovers(said)
            if not text:
                failures.put(said, NoSpeechError())
                return user_input
        text = without_repeats(text)
        if spoken:
            heard_text.set(text)
        return replace(user_input, text=text)

    @override
    async def _async_handle_message(
        self,
        user_input: conversation.ConversationInput,
        chat_log: conversation.ChatLog,
    ) -> conversation.ConversationResult:
        """Answer one utterance."""
        runtime = self.runtime
        with runtime.usage.held():
            return await runtime.assistant.async_answer(
                user_input,
                chat_log,
                failure=runtime.voice_failures.pop(user_input.text),
                heard=self._is_heard(user_input),
            )

    def _is_heard(self, user_input: conversation.ConversationInput) -> bool:
        """Tell whether it was spoken and Jarvis's own tts will say the answer.

        An agent is not told which pipeline it serves, so all that use it have to have
        that tts: on another one, hints of how to speak would be lost.
        """
        if pipeline_store(self.hass) is None:
            return False
        if user_input.satellite_id is None and user_input.text != heard_text.get():
            return False
        tts_id = er.async_get(self.hass).async_get_entity_id(
            "tts", DOMAIN, self.entry.entry_id
        )
        return all(
            pipeline.tts_engine in (None, tts_id)
            for pipeline in assist_pipeline.async_get_pipelines(self.hass)
            if pipeline.conversation_engine == self.entity_id
        )
