"""What all of Jarvis's entities share."""

from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import Entity

from .const import DOMAIN
from .runtime import JarvisConfigEntry, JarvisRuntime


class JarvisEntity(Entity):
    """An entity of the one device that is the assistant."""

    _attr_has_entity_name = True
    # The device's name: conversation.jarvis, stt.jarvis, tts.jarvis.
    _attr_name: str | None = None
    _attr_should_poll = False

    def __init__(self, entry: JarvisConfigEntry) -> None:
        """Bind to the entry and its runtime."""
        self.entry = entry
        self._attr_unique_id = entry.entry_id
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, entry.entry_id)},
            name=entry.title,
            manufacturer="Jarvis",
            model="Voice assistant",
            entry_type=DeviceEntryType.SERVICE,
        )

    @property
    def runtime(self) -> JarvisRuntime:
        """Return the rooms of the house."""
        return self.entry.runtime_data
