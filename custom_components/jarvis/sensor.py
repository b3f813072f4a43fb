"""Tells how quickly each server answers."""

from typing import override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorStateClass,
)
from homeassistant.const import Platform, UnitOfTime
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
    add_for_each_server(entry, async_add_entities, ServerLatency)
    async_add_entities(entry.runtime_data.skills.entities(Platform.SENSOR))


class ServerLatency(ServerEntity, SensorEntity):
    """How long the last check took; off unless wanted, since it changes with each."""

    _attr_translation_key = "latency"
    _attr_device_class = SensorDeviceClass.DURATION
    _attr_native_unit_of_measurement = UnitOfTime.MILLISECONDS
    _attr_state_class = SensorStateClass.MEASUREMENT
    _attr_suggested_display_precision = 0
    _attr_entity_registry_enabled_default = False

    @property
    @override
    def available(self) -> bool:
        """Return False while the server does not answer."""
        return self.health.latency is not None

    @property
    @override
    def native_value(self) -> float | None:
        """Return milliseconds."""
        latency = self.health.latency
        return None if latency is None else round(latency * 1000, 1)
