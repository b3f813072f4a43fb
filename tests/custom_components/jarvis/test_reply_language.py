"""An answer in the wrong language is asked for again before any of it is heard."""

import pytest
from homeassistant.core import HomeAssistant

from tests.fakes.home import (
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import FakeOllama, Say

RIGHT = {
    "fr": "La lune est un satellite de la Terre. Elle brille la nuit.",
    "en": "The moon is a satellite of the Earth. It shines at night.",
}
WRONG = {
    "fr": [RIGHT["en"], "月亮是地球的卫星。", "Луна — это спутник Земли."],
    "en": [RIGHT["fr"], "月亮是地球的卫星。", "Луна — это спутник Земли."],
}
QUESTION = {"fr": "parle-moi de la lune", "en": "tell me about the moon"}


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_wrong_language_is_not_heard(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_furnish(hass, {}, language)
    await async_install_jarvis(hass, ollama)
    for wrong in WRONG[language]:
        ollama.queue(Say(wrong))
        ollama.queue(Say(RIGHT[language]))
        result = await async_ask(
            hass, QUESTION[language], language, device_id="a satellite's device"
        )
        assert speech(result) == RIGHT[language]
        told = ollama.chats[-1].json["messages"][-1]["content"]
        assert {"fr": "French", "en": "English"}[language] in told


@pytest.mark.parametrize(
    ("language", "question", "answer"),
    [
        ("fr", "comment dit-on la lune en anglais ?", "It is the moon, of the night."),
        ("en", "translate the moon is here to French", "La lune est dans la nuit."),
        ("fr", "chante quelque chose", "La la la."),
    ],
)
async def test_language_that_is_wanted_is_heard(
    hass: HomeAssistant, ollama: FakeOllama, language: str, question: str, answer: str
) -> None:
    await async_furnish(hass, {}, language)
    await async_install_jarvis(hass, ollama)
    ollama.queue(Say(answer))
    result = await async_ask(hass, question, language, device_id="a device")
    assert speech(result) == answer
    assert len(ollama.chats) == 1


async def test_stubborn_model_is_heard_all_the_same(
    hass: HomeAssistant, ollama: FakeOllama
) -> None:
    await async_furnish(hass, {}, "fr")
    await async_install_jarvis(hass, ollama)
    ollama.handler = lambda body: [Say(RIGHT["en"])]
    result = await async_ask(hass, QUESTION["fr"], "fr", device_id="a device")
    assert speech(result) == RIGHT["en"]
    assert len(ollama.chats) == 2
