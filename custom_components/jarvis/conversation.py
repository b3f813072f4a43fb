"""The door through which Home Assistant talks with Jarvis."""

from typing import Literal, override

from homeassistant.components import conversation
from homeassistant.const import MATCH_ALL
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .assistant import HIDDEN
from .entity import JarvisEntity
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
        if user_input.text in {heard_text.get(), HIDDEN} and heard_text.get():
            heard_text.set(shielded.text)
        return await super().async_process(shielded)

    @override
    async def _async_handle_message(
        self,
        user_input: conversation.ConversationInput,
        chat_log: conversation.ChatLog,
    ) -> conversation.ConversationResult:
        """Answer one utterance."""
        return await self.runtime.assistant.async_answer(
            user_input,
            chat_log,
            failure=self.runtime.voice_failures.pop(user_input.text),
            heard=user_input.text == heard_text.get(),
        )
