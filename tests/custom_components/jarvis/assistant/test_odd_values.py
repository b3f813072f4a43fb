"""Values that a model writes and that are none: the turn goes on, and nothing moves."""

from typing import Any

import pytest
from homeassistant.core import HomeAssistant

from tests.custom_components.jarvis.common import JOKE, device_with_timers
from tests.fakes.home import (
    Lamp,
    Player,
    Shutter,
    Thermostat,
    Ventilator,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import Call, FakeOllama, Raw, Say

ODD = ["NaN", "-Infinity", "1e999", True, 1e12, float("nan"), [True]]
CALLS: list[tuple[dict[str, str], str, str, str]] = [
    (
        {
            "fr": "rends la cuisine bien claire",
            "en": "make the kitchen nice and bright",
        },
        "light__HassLightSet",
        "brightness",
        "Spot",
    ),
    (
        {"fr": "j'aimerais plus chaud", "en": "I'd like it warmer"},
        "climate__HassClimateSetTemperature",
        "temperature",
        "Thermostat",
    ),
    (
        {"fr": "la radio est trop forte", "en": "the radio is too loud"},
        "media_player__HassSetVolume",
        "volume_level",
        "Radio",
    ),
    (
        {"fr": "je veux que le ventilo souffle plus", "en": "crank the fan right up"},
        "fan__HassFanSetSpeed",
        "percentage",
        "Fan",
    ),
    (
        {
            "fr": "fais entrer le jour par le store",
            "en": "let some daylight in through the blind",
        },
        "intent__HassSetPosition",
        "position",
        "Blind",
    ),
    (
        {"fr": "fais cuire les œufs un moment", "en": "let the eggs boil for a while"},
        "intent__HassStartTimer",
        "minutes",
        "egg",
    ),
]
UNTOUCHED = {"fr": "Je n'ai rien changé", "en": "I have not changed anything"}


@pytest.fixture(params=["fr", "en"])
async def language(request: pytest.FixtureRequest, hass: HomeAssistant) -> str:
    tag: str = request.param
    things = [
        Lamp("Spot"),
        Thermostat("Thermostat"),
        Player("Radio"),
        Ventilator("Fan"),
        Shutter("Blind", device_class="blind"),
    ]
    await async_furnish(hass, {{"fr": "Cuisine", "en": "Kitchen"}[tag]: things}, tag)
    return tag


async def test_no_number_is_honestly_refused(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    device_id = device_with_timers(hass)
    before = {s.entity_id: s.as_dict() for s in hass.states.async_all("light")}
    wrong: list[str] = []
    for text, tool, slot, name in CALLS:
        for value in ODD:
            ollama.forget()
            ollama.handler = lambda body: [Say("Hm.")]
            arguments: dict[str, Any] = {"name": name, slot: value}
            ollama.queue(Call(tool, **arguments))
            answer = await async_ask(
                hass, text[language], language, device_id=device_id
            )
            if UNTOUCHED[language] not in speech(answer):
                wrong.append(f"{text[language]} {slot}={value!r}: {speech(answer)}")
    assert wrong == []
    assert {s.entity_id: s.as_dict() for s in hass.states.async_all("light")} == before


async def test_half_a_character_does_not_end_a_turn(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    said = {"fr": "Voici une blague.", "en": "Here is a joke."}[language]
    event = (
        '{"model": "qwen3:4b", "created_at": "2026-01-01T00:00:00Z", "message": '
        '{"role": "assistant", "content": "%s", "thinking": "\\\\udc00"}, "done": %s}\n'
    )
    text = event % (f"\\\\ud83d{said}", "false") + event % ("", "true")
    ollama.queue(Raw(text.replace("\\\\", "\\").encode()))
    answer = await async_ask(hass, JOKE[language], language)
    assert speech(answer) == said
