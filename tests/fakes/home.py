"""A small home of devices that obey, dawdle or refuse, in a real Home Assistant."""

import asyncio
from collections.abc import Sequence
from typing import Any, override

from homeassistant.components import conversation
from homeassistant.components.climate import (
    ClimateEntity,
    ClimateEntityFeature,
    HVACMode,
)
from homeassistant.components.cover import (
    ATTR_POSITION,
    CoverDeviceClass,
    CoverEntity,
    CoverEntityFeature,
)
from homeassistant.components.fan import FanEntity, FanEntityFeature
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.components.light import ATTR_BRIGHTNESS, ColorMode, LightEntity
from homeassistant.components.lock import LockEntity
from homeassistant.components.media_player import (
    MediaPlayerEntity,
    MediaPlayerEntityFeature,
    MediaPlayerState,
)
from homeassistant.components.switch import SwitchEntity
from homeassistant.components.vacuum import (
    StateVacuumEntity,
    VacuumActivity,
    VacuumEntityFeature,
)
from homeassistant.const import ATTR_TEMPERATURE, UnitOfTemperature
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity import Entity
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    setup_test_component_platform,
)

from custom_components.jarvis.const import (
    CONF_RATE_LIMIT,
    DOMAIN,
    SUBENTRY_MODEL_SERVER,
)
from tests.fakes.ollama import FakeOllama

AGENT = "conversation.jarvis"

MANY_TURNS = 100_000
"""More than the tests and measurements take, so that none of them is turned away."""


class Device(Entity):
    """What all devices of the home share."""

    _attr_should_poll = False

    def __init__(self, name: str, *, delay: float = 0.0, stuck: bool = False) -> None:
        self._attr_name = name
        self._attr_unique_id = f"device {name}"
        self._delay = delay
        self._stuck = stuck

    async def obey(self, **attributes: Any) -> None:
        """Change, at once or in a while, unless stuck."""
        if self._stuck:
            return
        if self._delay:
            self.hass.async_create_task(self._later(attributes))
            return
        self._change(attributes)

    async def _later(self, attributes: dict[str, Any]) -> None:
        await asyncio.sleep(self._delay)
        self._change(attributes)

    def _change(self, attributes: dict[str, Any]) -> None:
        for name, value in attributes.items():
            setattr(self, f"_attr_{name}", value)
        self.async_write_ha_state()


class Lamp(Device, LightEntity):
    """A dimmable light."""

    _attr_supported_color_modes = frozenset({ColorMode.BRIGHTNESS})
    _attr_color_mode = ColorMode.BRIGHTNESS
    _attr_is_on = False
    _attr_brightness = None

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        await self.obey(is_on=True, brightness=kwargs.get(ATTR_BRIGHTNESS, 255))

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        await self.obey(is_on=False, brightness=None)


class Blind(Device, CoverEntity):
    """A cover that says it moves, and arrives when the test lets it."""

    _attr_supported_features = CoverEntityFeature.OPEN | CoverEntityFeature.CLOSE
    _attr_is_closed = True

    @override
    async def async_open_cover(self, **kwargs: Any) -> None:
        await self.obey(is_opening=True, is_closing=False, is_closed=False)

    @override
    async def async_close_cover(self, **kwargs: Any) -> None:
        await self.obey(is_opening=False, is_closing=True, is_closed=False)


class Shutter(Blind):
    """A cover that knows where it is and is there at once."""

    _attr_supported_features = (
        CoverEntityFeature.OPEN
        | CoverEntityFeature.CLOSE
        | CoverEntityFeature.SET_POSITION
    )
    _attr_current_cover_position = 0

    def __init__(self, name: str, *, device_class: str | None = None) -> None:
        super().__init__(name)
        self._attr_device_class = (
            CoverDeviceClass(device_class) if device_class else None
        )

    @override
    async def async_open_cover(self, **kwargs: Any) -> None:
        await self.obey(is_closed=False, current_cover_position=100)

    @override
    async def async_close_cover(self, **kwargs: Any) -> None:
        await self.obey(is_closed=True, current_cover_position=0)

    @override
    async def async_set_cover_position(self, **kwargs: Any) -> None:
        position = kwargs[ATTR_POSITION]
        await self.obey(is_closed=position == 0, current_cover_position=position)


class Plug(Device, SwitchEntity):
    """A switched socket."""

    _attr_is_on = False

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        await self.obey(is_on=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        await self.obey(is_on=False)


class Ventilator(Device, FanEntity):
    """A fan with a speed."""

    _attr_supported_features = (
        FanEntityFeature.TURN_ON
        | FanEntityFeature.TURN_OFF
        | FanEntityFeature.SET_SPEED
    )
    _attr_percentage = 0

    @override
    async def async_turn_on(
        self,
        percentage: int | None = None,
        preset_mode: str | None = None,
        **kwargs: Any,
    ) -> None:
        await self.obey(percentage=percentage or 50)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        await self.obey(percentage=0)

    @override
    async def async_set_percentage(self, percentage: int) -> None:
        await self.obey(percentage=percentage)


class Thermostat(Device, ClimateEntity):
    """A heater with a thermostat."""

    _attr_temperature_unit = UnitOfTemperature.CELSIUS
    _attr_hvac_modes = [HVACMode.HEAT, HVACMode.OFF]  # noqa: RUF012
    _attr_hvac_mode = HVACMode.HEAT
    _attr_target_temperature = 19.0
    _attr_current_temperature = 18.0
    _attr_supported_features = (
        ClimateEntityFeature.TARGET_TEMPERATURE
        | ClimateEntityFeature.TURN_ON
        | ClimateEntityFeature.TURN_OFF
    )

    @override
    async def async_set_temperature(self, **kwargs: Any) -> None:
        await self.obey(target_temperature=kwargs[ATTR_TEMPERATURE])

    @override
    async def async_set_hvac_mode(self, hvac_mode: HVACMode) -> None:
        await self.obey(hvac_mode=hvac_mode)

    @override
    async def async_turn_on(self) -> None:
        await self.obey(hvac_mode=HVACMode.HEAT)

    @override
    async def async_turn_off(self) -> None:
        await self.obey(hvac_mode=HVACMode.OFF)


class Player(Device, MediaPlayerEntity):
    """Something that plays."""

    _attr_state = MediaPlayerState.OFF
    _attr_volume_level = 0.5
    _attr_supported_features = (
        MediaPlayerEntityFeature.TURN_ON
        | MediaPlayerEntityFeature.TURN_OFF
        | MediaPlayerEntityFeature.VOLUME_SET
    )

    @override
    async def async_turn_on(self) -> None:
        await self.obey(state=MediaPlayerState.IDLE)

    @override
    async def async_turn_off(self) -> None:
        await self.obey(state=MediaPlayerState.OFF)

    @override
    async def async_set_volume_level(self, volume: float) -> None:
        await self.obey(volume_level=volume)

    @override
    async def async_mute_volume(self, mute: bool) -> None:
        await self.obey(is_volume_muted=mute)

    @override
    async def async_media_pause(self) -> None:
        await self.obey(state=MediaPlayerState.PAUSED)


class DoorLock(Device, LockEntity):
    """A lock."""

    def __init__(self, name: str, *, locked: bool = False) -> None:
        super().__init__(name)
        self._attr_is_locked = locked

    @override
    async def async_lock(self, **kwargs: Any) -> None:
        await self.obey(is_locked=True)

    @override
    async def async_unlock(self, **kwargs: Any) -> None:
        await self.obey(is_locked=False)


class Robot(Device, StateVacuumEntity):
    """A vacuum cleaner that drives."""

    _attr_activity = VacuumActivity.DOCKED
    _attr_supported_features = (
        VacuumEntityFeature.START
        | VacuumEntityFeature.STATE
        | VacuumEntityFeature.PAUSE
        | VacuumEntityFeature.RETURN_HOME
    )

    @override
    async def async_start(self) -> None:
        await self.obey(activity=VacuumActivity.CLEANING)

    @override
    async def async_pause(self) -> None:
        await self.obey(activity=VacuumActivity.PAUSED)

    @override
    async def async_return_to_base(self, **kwargs: Any) -> None:
        await self.obey(activity=VacuumActivity.RETURNING)


KINDS: dict[str, type[Device]] = {
    "climate": Thermostat,
    "cover": Blind,
    "fan": Ventilator,
    "light": Lamp,
    "lock": DoorLock,
    "media_player": Player,
    "switch": Plug,
    "vacuum": Robot,
}


async def async_furnish(
    hass: HomeAssistant, devices: dict[str, Sequence[Device]], language: str
) -> None:
    """Set Home Assistant up with devices by area; "" is no area."""
    hass.config.language = language
    for component in ("homeassistant", "conversation", "intent", "llm"):
        assert await async_setup_component(hass, component, {})
    everything = [device for group in devices.values() for device in group]
    for domain, kind in KINDS.items():
        entities = [device for device in everything if isinstance(device, kind)]
        if not entities:
            continue
        setup_test_component_platform(hass, domain, entities)
        assert await async_setup_component(
            hass, domain, {domain: [{"platform": "test"}]}
        )
    await hass.async_block_till_done()
    for device in everything:
        # Locks are not exposed unless the user says so.
        async_expose_entity(hass, "conversation", device.entity_id, True)
    registry = er.async_get(hass)
    for area, group in devices.items():
        for device in group:
            if area:
                area_id = ar.async_get(hass).async_get_or_create(area).id
                registry.async_update_entity(device.entity_id, area_id=area_id)
    await hass.async_block_till_done()


async def async_install_jarvis(
    hass: HomeAssistant,
    *servers: FakeOllama | str,
    model: str = "qwen3:4b",
    turns: int = MANY_TURNS,
    **settings: Any,
) -> MockConfigEntry:
    """Set Jarvis up with these model servers and no voice node.

    `turns` is how many one speaker may take in a minute; `settings` are the servers'.
    """
    kinds = [
        {"url": server}
        if isinstance(server, str)
        else {"kind": server.kind, "url": server.url}
        for server in servers
    ]
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Jarvis",
        options={CONF_RATE_LIMIT: turns},
        subentries_data=[
            {
                "subentry_type": SUBENTRY_MODEL_SERVER,
                "title": f"Ollama {kind['url']}",
                "unique_id": None,
                "data": {**kind, "model": model, **settings},
            }
            for kind in kinds
        ],
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


async def async_ask(
    hass: HomeAssistant,
    text: str,
    language: str = "fr",
    *,
    agent: str = AGENT,
    conversation_id: str | None = None,
    device_id: str | None = None,
    satellite_id: str | None = None,
    user_id: str | None = None,
) -> conversation.ConversationResult:
    """Say something to an agent; only an app knows which user does."""
    return await conversation.async_converse(
        hass,
        text,
        conversation_id,
        Context(user_id=user_id),
        language=language,
        agent_id=agent,
        device_id=device_id,
        satellite_id=satellite_id,
    )


def speech(result: conversation.ConversationResult) -> str:
    """Return what the user hears."""
    words: str = result.response.speech["plain"]["speech"]
    return words
