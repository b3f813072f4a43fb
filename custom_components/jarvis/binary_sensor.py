"""Tells of each server whether it answers."""

from collections.abc import Mapping
from typing import Any, override

from homeassistant.components.binary_sensor import BinarySensorEntity
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import ServerEntity, add_for_each_server
from .runtime import JarvisConfigEntry

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: JarvisConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add one sensor a server, to the device of its subentry."""
    add_for_each_server(entry, async_add_entities, ServerConnection)
    async_add_entities(entry.runtime_data.skills.entities(Platform.BINARY_SENSOR))


class ServerConnection(ServerEntity, BinarySensorEntity):
    """On while a server answers; it knows that, so it is always available."""

    _attr_translation_key = "connection"
    _attr_device_class = BinarySensorDeviceClass.CONNECTIVITY

    @property
    @override
    def is_on(self) -> bool | None:
        """Return None before the first check."""
        return self.health.reachable

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any]:
        """Return what the last check failed with, as a key, and since when it fails."""
        error = self.health.error
        return {"last_error": error.key if error else None, "since": self.health.since}
