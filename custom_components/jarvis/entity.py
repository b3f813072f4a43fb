"""What Jarvis's entities share: those of the assistant, and those of its servers."""

from typing import override

from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import CONF_MODEL, EntityCategory
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import DOMAIN
from .coordinator import ServerCoordinator, ServerHealth
from .runtime import JarvisConfigEntry, JarvisRuntime


def is_wanted(hass: HomeAssistant, entry: JarvisConfigEntry, platform: str) -> bool:
    """Return whether a speech entity has something to do.

    Without a voice server it is not made; one that was there before stays, since a
    pipeline may use it.
    """
    registry = er.async_get(hass)
    known = registry.async_get_entity_id(platform, DOMAIN, entry.entry_id)
    return bool(len(entry.runtime_data.voices) or known)


def add_for_each_server(
    entry: JarvisConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    kind: type[ServerEntity],
) -> None:
    """Add an entity for each server, to the device of its subentry."""
    coordinator = entry.runtime_data.coordinator
    for server in coordinator.servers:
        async_add_entities(
            [kind(coordinator, server.subentry)],
            config_subentry_id=server.subentry.subentry_id,
        )


class JarvisEntity(Entity):
    """An entity of the one device that is the assistant."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, entry: JarvisConfigEntry) -> None:
        """Bind to the entry and its runtime."""
        self.entry = entry
        self._attr_unique_id = entry.entry_id
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, entry.entry_id)},
            name=entry.title,
            manufacturer="Jarvis",
            entry_type=DeviceEntryType.SERVICE,
        )

    @property
    def runtime(self) -> JarvisRuntime:
        """Return the rooms of the house."""
        return self.entry.runtime_data

    @override
    async def async_added_to_hass(self) -> None:
        """Follow what the servers say and whether they are there."""
        await super().async_added_to_hass()
        coordinator = self.runtime.coordinator
        self.async_on_remove(coordinator.async_add_listener(self._servers_changed))

    @callback
    def _servers_changed(self) -> None:
        self.async_write_ha_state()


class ServerEntity(CoordinatorEntity[ServerCoordinator]):
    """An entity of the device that stands for one server."""

    _attr_has_entity_name = True
    _attr_entity_category = EntityCategory.DIAGNOSTIC
    # Names the entity in its id, too.
    _attr_translation_key: str

    def __init__(
        self, coordinator: ServerCoordinator, subentry: ConfigSubentry
    ) -> None:
        """Take the server's subentry."""
        super().__init__(coordinator)
        self._server = subentry.subentry_id
        self._attr_unique_id = f"{subentry.subentry_id}_{self._attr_translation_key}"
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, subentry.subentry_id)},
            name=subentry.title,
            manufacturer="Jarvis",
            model=subentry.data.get(CONF_MODEL, "Wyoming"),
            entry_type=DeviceEntryType.SERVICE,
        )

    @property
    def health(self) -> ServerHealth:
        """Return what is known of the server."""
        return self.coordinator.data[self._server]
