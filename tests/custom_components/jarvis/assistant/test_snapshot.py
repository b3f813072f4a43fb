"""What may be spoken of is gathered once, and anew after every change of it."""

from collections.abc import Callable

import pytest
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.jarvis.assistant.home import snapshot
from custom_components.jarvis.assistant.home.home import Home
from custom_components.jarvis.assistant.home.snapshot import (
    async_look_ahead,
    look_around,
)

LAMP = "light.lamp"
PLAIN = "sensor.plain"


@pytest.fixture
async def home(hass: HomeAssistant) -> Home:
    """Furnish: a lamp on a device in the hall, and an entity that no registry knows."""
    assert await async_setup_component(hass, "homeassistant", {})
    entry = MockConfigEntry()
    entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={("test", "lamp")}, name="Lampe"
    )
    hall = ar.async_get(hass).async_create("Entrée")
    dr.async_get(hass).async_update_device(device.id, area_id=hall.id)
    er.async_get(hass).async_get_or_create(
        "light", "test", "lamp", suggested_object_id="lamp", device_id=device.id,
        original_name="Lampe haute",
    )  # fmt: skip
    hass.states.async_set(LAMP, "off", {"friendly_name": "Lampe"})
    hass.states.async_set(PLAIN, "1", {"friendly_name": "Poids"})
    for entity_id in (LAMP, PLAIN):
        async_expose_entity(hass, "conversation", entity_id, True)
    await hass.async_block_till_done()
    return look_around(hass, "fr", None)


def rename(hass: HomeAssistant) -> None:
    er.async_get(hass).async_update_entity(LAMP, name="Lustre")


def add_alias(hass: HomeAssistant) -> None:
    er.async_get(hass).async_update_entity(LAMP, aliases=["Lustre"])


def rename_plain(hass: HomeAssistant) -> None:
    hass.states.async_set(PLAIN, "1", {"friendly_name": "Masse"})


def classify(hass: HomeAssistant) -> None:
    attributes = {"friendly_name": "Poids", "device_class": "weight"}
    hass.states.async_set(PLAIN, "1", attributes)


def move_entity(hass: HomeAssistant) -> None:
    cellar = ar.async_get(hass).async_create("Cave")
    er.async_get(hass).async_update_entity(LAMP, area_id=cellar.id)


def move_device(hass: HomeAssistant) -> None:
    device = dr.async_get(hass).async_get_device(identifiers={("test", "lamp")})
    assert device is not None
    dr.async_get(hass).async_update_device(device.id, area_id=None)


def rename_device(hass: HomeAssistant) -> None:
    device = dr.async_get(hass).async_get_device(identifiers={("test", "lamp")})
    assert device is not None
    dr.async_get(hass).async_update_device(device.id, name_by_user="Torche")


def rename_area(hass: HomeAssistant) -> None:
    ar.async_get(hass).async_update("entree", aliases={"Hall"})


def hide(hass: HomeAssistant) -> None:
    async_expose_entity(hass, "conversation", LAMP, False)


def hide_plain(hass: HomeAssistant) -> None:
    async_expose_entity(hass, "conversation", PLAIN, False)


def add(hass: HomeAssistant) -> None:
    hass.states.async_set("light.new", "off")


def remove(hass: HomeAssistant) -> None:
    hass.states.async_remove(PLAIN)


@pytest.mark.parametrize(
    "change",
    [
        rename,
        add_alias,
        rename_plain,
        classify,
        move_entity,
        move_device,
        rename_device,
        rename_area,
        hide,
        hide_plain,
        add,
        remove,
    ],
)
async def test_change_is_seen_at_once(
    hass: HomeAssistant, home: Home, change: Callable[[HomeAssistant], None]
) -> None:
    for _ in range(2):
        before = look_around(hass, "fr", None)
        assert before == home
    change(hass)
    assert look_around(hass, "fr", None) != home


@pytest.mark.parametrize(
    "change",
    [rename, rename_plain, rename_device, move_entity, rename_area, hide, add, remove],
)
async def test_change_while_a_home_is_gathered_is_not_lost(
    hass: HomeAssistant,
    home: Home,
    change: Callable[[HomeAssistant], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Others get their turn after each entity.
    monkeypatch.setattr(snapshot, "SLICE", -1.0)
    rename(hass)
    add_alias(hass)
    gathering = hass.async_create_task(async_look_ahead(hass, ["fr"]), eager_start=True)
    assert not gathering.done()
    change(hass)
    await gathering
    ahead = look_around(hass, "fr", None)
    hass.data.pop(snapshot._SNAPSHOTS)
    assert ahead == look_around(hass, "fr", None)


async def test_home_that_is_gathered_ahead_is_the_same(
    hass: HomeAssistant, home: Home
) -> None:
    hass.data.pop(snapshot._SNAPSHOTS)
    await async_look_ahead(hass, ["fr", "en"])
    assert look_around(hass, "fr", None) == home


async def test_it_is_kept_while_only_values_change(
    hass: HomeAssistant, home: Home
) -> None:
    hass.states.async_set(LAMP, "on", {"friendly_name": "Lampe", "brightness": 9})
    assert look_around(hass, "fr", "entree").index is home.index


async def test_each_language_has_its_own_words(hass: HomeAssistant, home: Home) -> None:
    rename(hass)
    er.async_get(hass).async_update_entity(LAMP, aliases=["The lamp"])
    assert "the" in look_around(hass, "fr", None).index.by_word
    assert "the" not in look_around(hass, "en", None).index.by_word


async def test_nobody_listens_for_changes_of_what_is_not_kept(
    hass: HomeAssistant, home: Home
) -> None:
    kept = hass.bus.async_listeners()
    rename(hass)
    assert sum(hass.bus.async_listeners().values()) == sum(kept.values()) - 5
