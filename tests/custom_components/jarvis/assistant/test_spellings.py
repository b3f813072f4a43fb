"""A name is found however its numbers and signs are said."""

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import floor_registry as fr

from tests.custom_components.jarvis.common import automate
from tests.fakes.home import (
    Lamp,
    Plug,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)

ON = {"fr": "allume {}", "en": "turn on {}"}
SAID = [
    ("fr", "Prise 2", ["la prise deux", "la prise numéro 2", "la deuxième prise"]),
    ("fr", "Prise deux", ["la prise 2", "prise n° 2"]),
    ("fr", "Prise 1", ["la prise un", "la prise une", "la première prise"]),
    ("fr", "Lampe n°21", ["la lampe vingt et un", "la lampe 21", "lampe numéro 21"]),
    ("fr", "Lampe 204", ["la lampe deux cent quatre"]),
    ("fr", "Prise 71", ["la prise septante et un", "la prise soixante et onze"]),
    ("fr", "Lampe Louis XIV", ["la lampe Louis quatorze", "la lampe Louis 14"]),
    ("fr", "Tom & Inge", ["Tom et Inge", "tom and inge"]),
    ("fr", "Lampe2", ["la lampe deux", "lampe 2"]),
    ("fr", "Canal+", ["canal plus"]),
    ("fr", "Zone 2,5", ["la zone deux virgule cinq", "la zone 2.5"]),
    ("en", "Hue Spot 1", ["hue spot one", "the Hue Spot 1", "hue spot number one"]),
    ("en", "Spot Three", ["spot 3", "the third spot"]),
    ("en", "Tom & Inge", ["Tom and Inge"]),
    ("en", "Socket 22", ["socket twenty two", "socket twenty-two"]),
    ("en", "Louis XIV lamp", ["the Louis the fourteenth lamp", "the Louis 14 lamp"]),
    ("en", "Tom@Home", ["tom at home"]),
    ("en", "Zone 1.5", ["zone one point five"]),
    ("en", "TV2", ["TV two", "tv 2"]),
]


@pytest.mark.parametrize(("language", "name", "ways"), SAID)
async def test_name_is_found(
    hass: HomeAssistant, language: str, name: str, ways: list[str]
) -> None:
    await async_furnish(hass, {"": [plug := Plug(name), Lamp("Autre")]}, language)
    await async_install_jarvis(hass)
    for way in ways:
        plug._attr_is_on = False
        plug.async_write_ha_state()
        await async_ask(hass, ON[language].format(way), language)
        assert plug.is_on, way
    assert hass.states.get("light.autre").state == "off"


async def test_one_is_not_the_other(hass: HomeAssistant) -> None:
    plugs = [Plug("Prise 1"), Plug("Prise 2"), Plug("Prise 12"), Plug("Prise deux")]
    await async_furnish(hass, {"": plugs}, "fr")
    await async_install_jarvis(hass)
    for text, on in (
        ("allume la prise douze", ["Prise 12"]),
        ("éteins la prise douze", []),
        # Two are called so: which one is meant is for Home Assistant to tell.
        ("allume la prise 2", ["Prise 2"]),
        ("éteins la prise 2", []),
        ("allume la prise un dans deux heures", []),
        ("allume la prise trois", []),
    ):
        await async_ask(hass, text)
        assert [plug.name for plug in plugs if plug.is_on] == on, text


@pytest.mark.parametrize(
    ("language", "floor", "text"),
    [
        ("fr", "1er étage", "allume les lumières du premier étage"),
        ("en", "1st floor", "turn on the lights on the first floor"),
    ],
)
async def test_floor_is_found(
    hass: HomeAssistant, language: str, floor: str, text: str
) -> None:
    lamps = [Lamp("Lampe"), Lamp("Spot")]
    await async_furnish(hass, {"Salon": lamps}, language)
    await async_install_jarvis(hass)
    floors, areas = fr.async_get(hass), ar.async_get(hass)
    (area,) = areas.async_list_areas()
    areas.async_update(area.id, floor_id=floors.async_create(floor).floor_id)
    await async_ask(hass, text, language)
    assert [lamp.is_on for lamp in lamps] == [True, True]


async def test_automation_waits_for_the_words_themselves(hass: HomeAssistant) -> None:
    await async_furnish(hass, {"": [Plug("Prise 2")]}, "fr")
    await async_install_jarvis(hass)
    await automate(hass, "allume la prise deux", "C'est moi qui allume.")
    result = await async_ask(hass, "allume la prise deux")
    assert speech(result) == "C'est moi qui allume."
