"""Said means done, for every kind of device."""

from typing import Any

import pytest
from homeassistant.components.lock import LockState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.jarvis.assistant.telling import confirmation
from tests.fakes.home import (
    Device,
    DoorLock,
    Lamp,
    Player,
    Plug,
    Shutter,
    Thermostat,
    Ventilator,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)


@pytest.mark.parametrize(
    ("device", "text", "answer"),
    [
        (Plug("Prise"), "allume la prise", "C'est fait, la prise est allumée."),
        (
            Ventilator("Ventilateur"),
            "éteins le ventilateur",
            "Le ventilateur est déjà éteint.",
        ),
        (
            Player("Télévision"),
            "allume la télévision",
            "C'est fait, la télévision est allumée.",
        ),
        (
            Player("Télévision"),
            "éteins la télévision",
            "La télévision est déjà éteinte.",
        ),
        (
            Thermostat("Radiateurs"),
            "peux-tu éteindre les radiateurs",
            "C'est fait, les radiateurs sont éteints.",
        ),
        (
            Shutter("Volets"),
            "mets les volets à 40 %",
            "C'est fait, les volets sont à 40 %.",
        ),
        (Shutter("Volets"), "ouvre les volets", "C'est fait, les volets sont ouverts."),
        (Shutter("Volets"), "ferme les volets", "Les volets sont déjà fermés."),
        (
            Lamp("Appliques"),
            "règle la luminosité des appliques à 10 %",
            "C'est fait, les appliques sont à 10 %.",
        ),
    ],
)
async def test_each_kind_agrees(
    hass: HomeAssistant, device: Device, text: str, answer: str
) -> None:
    await async_furnish(hass, {"": [device]}, "fr")
    await async_install_jarvis(hass)
    assert speech(await async_ask(hass, text)) == answer


async def test_an_unlocked_door_agrees_once_it_is_confirmed(
    hass: HomeAssistant,
) -> None:
    await async_furnish(hass, {"": [DoorLock("Serrure", locked=True)]}, "fr")
    await async_install_jarvis(hass)
    asked = await async_ask(hass, "déverrouille la serrure")
    assert speech(asked) == "Tu es sûr de vouloir déverrouiller la serrure ?"
    assert asked.continue_conversation
    done = await async_ask(hass, "oui", conversation_id=asked.conversation_id)
    assert speech(done) == "C'est fait, la serrure est déverrouillée."


class Unplugged(Lamp):
    """A lamp that is gone when it is asked for something."""

    async def async_turn_on(self, **kwargs: Any) -> None:
        self._attr_available = False
        self.async_write_ha_state()


class Jammed(DoorLock):
    """A lock that sticks."""

    async def async_lock(self, **kwargs: Any) -> None:
        self._attr_is_jammed = True
        self.async_write_ha_state()


@pytest.mark.parametrize(
    ("device", "language", "text", "answer"),
    [
        (
            Unplugged("Lampe"),
            "fr",
            "allume la lampe",
            "J'ai demandé, mais la lampe ne répond pas.",
        ),
        (
            Unplugged("Lamp"),
            "en",
            "turn on the lamp",
            "I asked, but the lamp does not respond.",
        ),
        (
            Jammed("Serrure"),
            "fr",
            "verrouille la serrure",
            "J'ai demandé, mais la serrure est bloquée.",
        ),
        (Jammed("Lock"), "en", "lock the lock", "I asked, but the lock is jammed."),
        (
            Shutter("Volets"),
            "fr",
            "mets les volets à 40 %",
            "J'ai demandé, mais les volets n'ont pas encore changé.",
        ),
    ],
)
async def test_each_failure_is_told(
    hass: HomeAssistant,
    monkeypatch: pytest.MonkeyPatch,
    device: Device,
    language: str,
    text: str,
    answer: str,
) -> None:
    monkeypatch.setattr(confirmation, "TIMEOUT", 0.1)
    if isinstance(device, Shutter):
        device._stuck = True
    await async_furnish(hass, {"": [device]}, language)
    await async_install_jarvis(hass)
    assert speech(await async_ask(hass, text, language)) == answer
    assert hass.states.get(device.entity_id).state != LockState.LOCKED


async def test_things_of_several_kinds_are_counted(hass: HomeAssistant) -> None:
    lamps = [Lamp(f"Lampe {name}") for name in ("rouge", "verte", "bleue", "jaune")]
    await async_furnish(hass, {"": lamps}, "fr")
    await async_install_jarvis(hass)
    result = await async_ask(hass, "allume toutes les lumières")
    assert speech(result) == "C'est fait, les 4 lumières sont allumées."


async def test_some_things_are_named(hass: HomeAssistant) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe"), Lamp("Guirlande")]}, "fr")
    await async_install_jarvis(hass)
    result = await async_ask(hass, "allume toutes les lumières")
    assert speech(result) in {
        "C'est fait, la lampe et la guirlande sont allumées.",
        "C'est fait, la guirlande et la lampe sont allumées.",
    }


async def test_satellite_knows_its_room(hass: HomeAssistant) -> None:
    """By the satellite entity's own area, or by that of its device."""
    await async_furnish(
        hass, {"Salon": [Lamp("Lampadaire")], "Cuisine": [Lamp("Plafonnier")]}, "fr"
    )
    await async_install_jarvis(hass)
    entry = MockConfigEntry(domain="satellites")
    entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={("satellites", "1")}
    )
    areas = {area.name: area.id for area in ar.async_get(hass).async_list_areas()}
    dr.async_get(hass).async_update_device(device.id, area_id=areas["Salon"])
    registry = er.async_get(hass)
    satellite = registry.async_get_or_create(
        "assist_satellite", "satellites", "1", device_id=device.id, original_name="Ear"
    )
    heard = await async_ask(
        hass, "tu peux éteindre la lumière", satellite_id=satellite.entity_id
    )
    assert speech(heard) == "La lumière du salon est déjà éteinte."
    example = await async_ask(hass, "zorglub", satellite_id=satellite.entity_id)
    assert speech(example).endswith("par exemple : allume le lampadaire.")
    registry.async_update_entity(satellite.entity_id, area_id=areas["Cuisine"])
    heard = await async_ask(
        hass, "tu peux éteindre la lumière", satellite_id=satellite.entity_id
    )
    assert speech(heard) == "La lumière de la cuisine est déjà éteinte."
