"""What people say in other words: slips, reasons, colloquial verbs, lists, "stop everything".

Each language plays in one home, put back before each sentence.
"""

from typing import Any

import pytest
from homeassistant.components.media_player import (
    MediaPlayerDeviceClass,
    MediaPlayerEntityFeature,
    MediaPlayerState,
)
from homeassistant.components.vacuum import VacuumActivity
from homeassistant.core import HomeAssistant

from tests.fakes.home import (
    Device,
    DoorLock,
    Lamp,
    Player,
    Robot,
    Shutter,
    Thermostat,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)

from .test_right_acts import lit, made, opened

NAMES = {
    "fr": ("Salon", "Liseuse", "Guirlande", "Volet", "Radiateur", "Porte", "Gaston"),
    "en": ("Lounge", "Reader", "Garland", "Shutter", "Radiator", "Door", "Gaston"),
}
SAID: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "fr": [
        ("etiens la liseuse", {"liseuse": "off"}),
        ("fermme le volte", {"volet": 0}),
        ("ferme le volet, il fait nuit", {"volet": 0}),
        ("il fait nuit, ferme le volet", {"volet": 0}),
        ("ferme le volet, si tu veux", {"volet": 0}),
        ("mon père disait, ferme le volet", {}),
        ("lance Gaston", {"gaston": "cleaning"}),
        ("mets la liseuse à 20", {"liseuse": 51}),
        ("mets le salon à 21", {"radiateur": 21}),
    ],
    "en": [
        ("trun off the raeder", {"reader": "off"}),
        ("knock the reader off", {"reader": "off"}),
        ("leave the reader on", {}),
        ("close the shutter, it's dark", {"shutter": 0}),
        ("close the shutter, it's not dark", {}),
        ("close the shutter, he said", {}),
        ("set the reader to 20", {"reader": 51}),
        ("set the lounge to 21", {"radiator": 21}),
    ],
}


def seen(hass: HomeAssistant) -> dict[str, Any]:
    """Return of each thing what the sentences change."""
    found: dict[str, Any] = {}
    for state in hass.states.async_all(
        ("climate", "cover", "light", "lock", "media_player", "vacuum")
    ):
        names = {"climate": "temperature", "cover": "current_position"}
        value = state.attributes.get(names.get(state.domain, "brightness"))
        found[state.entity_id.partition(".")[2]] = value or (
            0 if state.domain == "cover" else state.state
        )
    return found


def devices(language: str) -> tuple[str, list[Device]]:
    room, lamp, garland, shutter, heater, door, robot = NAMES[language]
    return room, [
        lit(lamp),
        lit(garland),
        opened(shutter, "shutter"),
        Thermostat(heater),
        DoorLock(door),
        Robot(robot),
    ]


@pytest.mark.parametrize(
    ("language", "text", "changed"),
    [(language, *row) for language, rows in SAID.items() for row in rows],
)
async def test_in_other_words(
    hass: HomeAssistant, language: str, text: str, changed: dict[str, Any]
) -> None:
    room, things = devices(language)
    await async_furnish(hass, {room: things}, language)
    await async_install_jarvis(hass)
    before = seen(hass)
    result = await async_ask(hass, text, language)
    await hass.async_block_till_done()
    after = seen(hass)
    assert {k: v for k, v in after.items() if before[k] != v} == changed, speech(result)


@pytest.mark.parametrize(
    ("language", "text", "nothing"),
    [
        ("fr", "arrête tout", "Rien ne joue, ne bouge ni ne tourne."),
        ("en", "stop everything", "Nothing is playing, moving or running."),
    ],
)
async def test_stop_everything_stops_what_runs(
    hass: HomeAssistant, language: str, text: str, nothing: str
) -> None:
    radio = made(
        Player("Radio"),
        state=MediaPlayerState.PLAYING,
        device_class=MediaPlayerDeviceClass.SPEAKER,
        supported_features=MediaPlayerEntityFeature.PAUSE,
    )
    robot = made(Robot("Gaston"), activity=VacuumActivity.CLEANING)
    await async_furnish(hass, {"": [radio, robot, lit("Lampe")]}, language)
    await async_install_jarvis(hass)
    told = await async_ask(hass, text, language)
    await hass.async_block_till_done()
    assert hass.states.get("media_player.radio").state == "paused"
    assert hass.states.get("vacuum.gaston").state == "returning"
    assert hass.states.get("light.lampe").state == "on"
    assert "radio" in speech(told)
    assert speech(await async_ask(hass, text, language)) == nothing


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("fr", "passe l'aspirateur dans la cuisine", "Pas pièce par pièce"),
        ("fr", "nettoie la cuisine", "Pas pièce par pièce"),
        ("en", "vacuum the kitchen", "Not room by room"),
    ],
)
async def test_a_robot_that_knows_no_rooms_says_so(
    hass: HomeAssistant, language: str, text: str, told: str
) -> None:
    room = {"fr": "Cuisine", "en": "Kitchen"}[language]
    things = {"": [Robot("Gaston")], room: [Lamp("Spot"), Shutter("Volet")]}
    await async_furnish(hass, things, language)
    await async_install_jarvis(hass)
    assert speech(await async_ask(hass, text, language)).startswith(told)
    assert hass.states.get("vacuum.gaston").state == "docked"
