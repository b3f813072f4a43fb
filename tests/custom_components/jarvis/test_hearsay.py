"""What a recogniser makes of silence is silence, and one command is done once."""

import pytest
from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.jarvis.engines.spoken import read_hint
from tests.custom_components.jarvis.common import SetUp, answer, run, voice_node
from tests.fakes.home import (
    Lamp,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.wyoming_node import FakeNode

SATELLITE = "assist_satellite.salon"
SILENCE = {"fr": "Je n'ai rien entendu.", "en": "I didn't hear anything."}
NOTHING_SAID = [
    "Thank you for watching.", "Thanks for watching! Thanks for watching!",
    "[BLANK_AUDIO]", "(music)", "*sighs*", "♪", "♪ la la la ♪", "you", ".", "…",
    "Sous-titres réalisés par la communauté d'Amara.org", "Amara.org",
    "Merci d'avoir regardé cette vidéo !", "Sous-titrage ST' 501",
    "Sous-titrage Société Radio-Canada", "Subtitles by the Amara.org community",
    "Please subscribe to my channel.", "Abonnez-vous à la chaîne !",
    "See you in the next video!", "Transcription by CastingWords",
]  # fmt: skip


@pytest.fixture
def expected_lingering_tasks() -> bool:
    """Let the garbage collector close what a pipeline leaves open."""
    return True


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_leftovers_are_silence_where_they_were_heard(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp, language: str
) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe")]}, language)
    await set_up(voice_node(node), language=language, create_pipeline=True)
    node.transcript = "Sous-titres par Jean Dupont."
    events = await run(hass, satellite_id=SATELLITE)
    assert read_hint(answer(events))[1] == SILENCE[language]
    for text in NOTHING_SAID:
        result = await async_ask(hass, text, language, satellite_id=SATELLITE)
        assert speech(result) == SILENCE[language], text
        if any(letter.isalpha() for letter in text):
            typed = await async_ask(hass, text, language)
            assert speech(typed) != SILENCE[language], text


@pytest.mark.parametrize(
    ("language", "text", "thanks"),
    [("fr", "Merci.", "Avec plaisir."), ("en", "Thank you.", "You're welcome.")],
)
async def test_thanks_stay_thanks(
    hass: HomeAssistant, language: str, text: str, thanks: str
) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe")]}, language)
    await async_install_jarvis(hass)
    for satellite_id in (None, SATELLITE):
        result = await async_ask(hass, text, language, satellite_id=satellite_id)
        assert speech(result) == thanks


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Allume la lampe. Merci d'avoir regardé cette vidéo !"),
        ("fr", "Allume la lampe. Sous-titres réalisés par la communauté d'Amara.org"),
        ("fr", "[Musique] allume la lampe ♪"),
        ("en", "Turn on the lamp. Thank you for watching."),
        ("en", "Turn on the lamp thanks for watching"),
        ("en", "Turn on the lamp. (music)"),
    ],
)
async def test_order_before_leftovers_is_done(
    hass: HomeAssistant, language: str, text: str
) -> None:
    name = {"fr": "Lampe", "en": "Lamp"}[language]
    await async_furnish(hass, {"": [lamp := Lamp(name)]}, language)
    await async_install_jarvis(hass)
    await async_ask(hass, text, language, satellite_id=SATELLITE)
    assert lamp.is_on


@pytest.mark.parametrize(
    ("language", "text", "calls"),
    [
        ("fr", "Allume la lampe. Allume la lampe.", 1),
        ("fr", "allume la lampe, allume la lampe ! Allume la lampe", 1),
        ("fr", "allume la lampe allume la lampe allume la", 1),
        ("fr", "allume la lampe et allume la lampe", 1),
        ("fr", "plus lumineux, plus lumineux", 2),
        ("fr", ". ".join(["plus lumineux"] * 9), 3),
        ("en", "Turn on the lamp. Turn on the lamp.", 1),
        ("en", "turn on the lamp, turn on the lamp! Turn on the lamp", 1),
        ("en", "turn on the lamp and turn on the lamp", 1),
        ("en", "brighter, brighter", 2),
    ],
)
async def test_command_said_twice_is_done_once(
    hass: HomeAssistant, language: str, text: str, calls: int
) -> None:
    lamp = Lamp({"fr": "Lampe", "en": "Lamp"}[language])
    lamp._attr_is_on, lamp._attr_brightness = True, 50
    await async_furnish(hass, {"": [lamp]}, language)
    await async_install_jarvis(hass)
    done = async_capture_events(hass, EVENT_CALL_SERVICE)
    on = {"fr": "allume la lampe", "en": "turn on the lamp"}[language]
    first = await async_ask(hass, on, language)
    done.clear()
    await async_ask(hass, text, language, conversation_id=first.conversation_id)
    assert sum(call.data["domain"] == "light" for call in done) == calls
