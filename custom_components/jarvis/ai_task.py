"""The door through which automations give tasks to the language models."""

from pathlib import Path
from typing import override

from homeassistant.components import ai_task, conversation
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .assistant import async_generate
from .const import DOMAIN
from .core.errors import JarvisError
from .engines.llm import ChatModel
from .entity import JarvisEntity
from .runtime import JarvisConfigEntry

PARALLEL_UPDATES = 0

LARGEST_IMAGE = 20 * 1024 * 1024
"""Bytes; a model looks at far fewer points than any such picture has."""


async def async_setup_entry(
    hass: HomeAssistant,
    entry: JarvisConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Offer tasks as long as there is a model that could do them."""
    if len(entry.runtime_data.models):
        async_add_entities([JarvisTaskEntity(entry)])
        return
    registry = er.async_get(hass)
    if entity_id := registry.async_get_entity_id(
        ai_task.DOMAIN, DOMAIN, entry.entry_id
    ):
        registry.async_remove(entity_id)


class JarvisTaskEntity(JarvisEntity, ai_task.AITaskEntity):
    """The model servers, for tasks: text, data of a structure, what a picture shows."""

    _attr_translation_key = "tasks"
    _attr_supported_features = (
        ai_task.AITaskEntityFeature.GENERATE_DATA
        | ai_task.AITaskEntityFeature.SUPPORT_ATTACHMENTS
    )

    def __init__(self, entry: JarvisConfigEntry) -> None:
        """Suggest the id that automations know it by, whatever the language."""
        super().__init__(entry)
        self.entity_id = f"{ai_task.DOMAIN}.{DOMAIN}"

    @property
    @override
    def available(self) -> bool:
        """Return whether a model server may answer, as far as is known."""
        return self.runtime.coordinator.reachable(
            lambda model: isinstance(model, ChatModel)
        )

    @override
    async def _async_generate_data(
        self, task: ai_task.GenDataTask, chat_log: conversation.ChatLog
    ) -> ai_task.GenDataTaskResult:
        """Do a task; every failure is a `HomeAssistantError` in the user's language."""
        if task.llm_api is not None:
            raise _error("task_without_tools")
        runtime, hass = self.runtime, self.hass
        try:
            with runtime.usage.held():
                images = [
                    await _async_image(hass, item) for item in task.attachments or ()
                ]
                data = await async_generate(
                    runtime.models,
                    chat_log,
                    self.entity_id,
                    structure=task.structure,
                    images=images,
                )
        except JarvisError as err:
            raise _error(err.key, **err.placeholders) from err
        return ai_task.GenDataTaskResult(
            conversation_id=chat_log.conversation_id, data=data
        )


async def _async_image(
    hass: HomeAssistant, attachment: conversation.Attachment
) -> bytes:
    """Return a picture; models understand no other attachments."""
    name = attachment.media_content_id
    if not attachment.mime_type.startswith("image/"):
        raise _error("attachment_kind", name=name, kind=attachment.mime_type)
    try:
        image = await hass.async_add_executor_job(_read, attachment.path)
    except OSError as err:
        raise _error("attachment_unreadable", name=name) from err
    if len(image) > LARGEST_IMAGE:
        limit = f"{LARGEST_IMAGE // 1024 // 1024}"
        raise _error("attachment_too_large", name=name, limit=limit)
    return image


def _read(path: Path) -> bytes:
    """Read one byte more than is allowed at most."""
    with path.open("rb") as file:
        return file.read(LARGEST_IMAGE + 1)


def _error(key: str, **placeholders: str) -> HomeAssistantError:
    # Not every error knows which server and model it is about.
    known = {"server": "?", "model": "?"} | placeholders
    return HomeAssistantError(
        translation_domain=DOMAIN, translation_key=key, translation_placeholders=known
    )
