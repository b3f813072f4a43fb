"""A wish for silence ends speech; nothing else does, and no device is touched."""

import pytest
from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.jarvis.engines.language import hushes
from tests.custom_components.jarvis.common import automate
from tests.fakes.home import (
    Lamp,
    Ventilator,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)


@pytest.mark.parametrize(
    "text",
    [
        "chut",
        "Chut !",
        "tais-toi",
        "Jarvis, tais-toi s'il te plaît",
        "stop",
        "arrête de parler",
        "ça suffit",
        "be quiet",
        "Be quiet, Jarvis!",
        "shh",
        "stop talking please",
        "that's enough",
    ],
)
async def test_silence_is_answered_with_silence(hass: HomeAssistant, text: str) -> None:
    await async_furnish(hass, {"Salon": [Lamp("Lampe"), Ventilator("Fan")]}, "fr")
    await async_install_jarvis(hass)
    first = await async_ask(hass, "allume la lampe")
    calls = async_capture_events(hass, EVENT_CALL_SERVICE)
    for language in ("fr", "en"):
        result = await async_ask(
            hass, text, language, conversation_id=first.conversation_id
        )
        assert speech(result) == ""
        assert result.response.error_code is None
        assert not result.continue_conversation
    assert not calls


@pytest.mark.parametrize(
    "text",
    [
        "stop the music",
        "arrête le ventilateur",
        "arrête la musique",
        "stop the fan",
        "stop it",
        "arrête-le",
        "be quick",
        "silence the alarm",
        "chut dit le chat",
        "ne t'arrête pas",
        "don't stop",
    ],
)
def test_other_wishes_are_not_mistaken(text: str) -> None:
    assert not hushes(text)


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("fr", "arrête le ventilateur", "C'est fait, le ventilateur est éteint."),
        ("en", "stop the fan", "Done, the fan is off."),
    ],
)
async def test_thing_is_stopped_all_the_same(
    hass: HomeAssistant, language: str, text: str, answer: str
) -> None:
    name = {"fr": "Ventilateur", "en": "Fan"}[language]
    await async_furnish(hass, {"": [Ventilator(name)]}, language)
    await async_install_jarvis(hass)
    start = {"fr": "allume le ventilateur", "en": "turn on the fan"}[language]
    await async_ask(hass, start, language)
    assert speech(await async_ask(hass, text, language)) == answer


async def test_automation_that_waits_for_the_word_gets_it(hass: HomeAssistant) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe")]}, "fr")
    await async_install_jarvis(hass)
    await automate(hass, "stop", "Tout est arrêté.")
    assert speech(await async_ask(hass, "stop")) == "Tout est arrêté."


async def test_open_question_is_dropped(hass: HomeAssistant) -> None:
    lamps = [Lamp("Lampe bleue"), Lamp("Lampe verte")]
    await async_furnish(hass, {"": lamps}, "fr")
    await async_install_jarvis(hass)
    first = await async_ask(hass, "tu peux allumer la lampe pleue verte")
    for text in ("chut", "la bleue"):
        await async_ask(hass, text, conversation_id=first.conversation_id)
    assert hass.states.get("light.lampe_bleue").state == "off"
