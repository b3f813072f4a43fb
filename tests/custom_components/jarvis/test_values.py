"""Values that mean more than a number: 0 % is off, and a thing has its range."""

from typing import Any

import pytest
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import async_capture_events

from tests.fakes.home import (
    Lamp,
    Player,
    Thermostat,
    Ventilator,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import Call, FakeOllama, Say


@pytest.mark.parametrize(
    ("language", "text", "call", "services", "heard"),
    [
        ("en", "set fan speed to 0%", None, ["fan.turn_off"], "off"),
        ("en", "set the fan to 0%", None, ["fan.turn_off"], "off"),
        ("fr", "mets le ventilateur à 0 %", None, ["fan.turn_off"], "arrêté|éteint"),
        ("en", "set the lamp to 0%", None, ["light.turn_off"], "off"),
        (
            "en",
            "please would you have the fan at zero for me",
            Call("intent__HassFanSetSpeed", name="fan", percentage=0),
            ["fan.turn_off"],
            "",
        ),
        (
            "en",
            "please would you have the lamp dimmed a good deal for me",
            Call("intent__HassLightSet", name="lamp", brightness=0.3),
            ["light.turn_on 30"],
            "",
        ),
        ("en", "set the heater to 73 degrees", None, [], "from 7 to 35"),
        ("fr", "mets le chauffage à 73 degrés", None, [], "de 7 à 35"),
        (
            "en",
            "please would you have the heater at 73 degrees for me",
            Call("intent__HassClimateSetTemperature", name="heater", temperature=73),
            [],
            "from 7 to 35",
        ),
        ("fr", "monte le son de la télé", None, [], "La télé est éteinte."),
        ("fr", "mets le volume de la télé à 30 %", None, [], "La télé est éteinte."),
        ("en", "turn up the tv", None, [], "The tv is off."),
        ("en", "set the tv volume to 30%", None, [], "The tv is off."),
    ],
)
async def test_a_value_does_what_it_means(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    text: str,
    call: Call | None,
    services: list[str],
    heard: str,
) -> None:
    names = {
        "en": ("fan", "lamp", "heater", "tv"),
        "fr": ("ventilateur", "lampe", "chauffage", "télé"),
    }[language]
    fan = Ventilator(names[0])
    fan._attr_percentage = 50
    lamp = Lamp(names[1])
    lamp._attr_is_on, lamp._attr_brightness = True, 200
    others = [Thermostat(names[2]), Player(names[3])]
    await async_furnish(hass, {"": [fan, lamp, *others]}, language)
    await async_install_jarvis(hass, ollama)
    if call is not None:
        ollama.queue(call)
        ollama.queue(Say("Hm."))
    called = async_capture_events(hass, "call_service")
    said = speech(await async_ask(hass, text, language))
    told = [_told(event.data) for event in called]
    # Home Assistant hands what is to be turned off to the right domain.
    assert [each for each in told if each != "homeassistant.turn_off"] == services
    assert any(part in said for part in heard.split("|")), said


def _told(data: dict[str, Any]) -> str:
    percent = data["service_data"].get("brightness_pct")
    return f"{data['domain']}.{data['service']} {percent or ''}".strip()
