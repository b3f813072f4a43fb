"""The outline of the home that every prompt begins with."""

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar

from custom_components.jarvis.assistant.agent.home_outline import outline
from custom_components.jarvis.assistant.home.things import Thing


def rooms(hass: HomeAssistant, count: int) -> list[Thing]:
    """Make rooms with two lamps each, the first with three."""
    areas = [ar.async_get(hass).async_create(f"Pièce {i:03}") for i in range(count)]
    places = [*areas, *areas, areas[0]]
    return [
        Thing(entity_id=f"light.lamp_{i}", names=(), name_words=(), area_id=area.id)
        for i, area in enumerate(places)
    ]


async def test_areas_and_what_they_hold(hass: HomeAssistant) -> None:
    things = rooms(hass, 2)
    lost = Thing(entity_id="fan.lost", names=(), name_words=())
    assert outline(hass, [*things, lost], 7000) == (
        "Areas of the home and what they hold:\n"
        '"Pièce 000": 3 light\n"Pièce 001": 2 light\nno area: 1 fan'
    )


async def test_it_is_the_same_whatever_the_order(hass: HomeAssistant) -> None:
    things = rooms(hass, 9)
    assert outline(hass, things, 7000) == outline(hass, things[::-1], 7000)


async def test_too_long_it_loses_counts_then_areas_and_says_so(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    things = rooms(hass, 100)
    short = outline(hass, things, token_budget=4000)
    assert len(short) <= 2000
    assert "light" not in short
    assert short.count("Pièce") == 100
    shorter = outline(hass, things, token_budget=600)
    assert "Pièce 000" in shorter
    left = 100 - shorter.count("Pièce")
    assert f" and {left} more, which a search finds" in shorter
    outline(hass, things, token_budget=600)
    warnings = [r for r in caplog.records if "language model is told" in r.message]
    assert len(warnings) == 2


async def test_nothing_may_be_used(hass: HomeAssistant) -> None:
    assert "No device" in outline(hass, [], 7000)
