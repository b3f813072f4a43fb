"""A timer that a model starts, changes or stops is the one the user spoke of."""

from typing import Any

import pytest
from homeassistant.components.intent.const import TIMER_DATA
from homeassistant.core import HomeAssistant

from tests.custom_components.jarvis.common import device_with_timers
from tests.fakes.home import (
    Lamp,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import Call, FakeOllama, Say

TEA = {
    "fr": "laisse infuser mon thé quatre minutes",
    "en": "let my tea steep for four minutes",
}
PASTA = {
    "fr": "les pâtes cuisent huit minutes, préviens-moi",
    "en": "the pasta takes eight minutes, let me know",
}
TWO = {
    "fr": "fais cuire les œufs trois et cinq minutes",
    "en": "boil the eggs for three and five minutes",
}
WHILE = {
    "fr": "laisse infuser mon thé un moment",
    "en": "let my tea steep for a while",
}
LATER = {"fr": "allume la lampe", "en": "turn on the lamp"}
START, CANCEL = "intent__HassStartTimer", "intent__HassCancelTimer"
ROWS: list[tuple[dict[str, str], str, dict[str, Any], bool]] = [
    (TEA, START, {"minutes": 4}, True),
    (TEA, START, {"seconds": 240}, True),
    (TEA, START, {"minutes": 40}, False),
    (TEA, START, {"hours": 4}, False),
    (TEA, START, {"minutes": 4, "conversation_command": "LATER"}, False),
    (TEA, CANCEL, {}, False),
    (PASTA, START, {"minutes": 8, "name": "pasta"}, True),
    (PASTA, START, {"minutes": 80}, False),
    (PASTA, START, {"minutes": 8, "conversation_command": "LATER"}, False),
    (TWO, START, {"minutes": 3}, True),
    (TWO, START, {"minutes": 5}, True),
    (TWO, START, {"minutes": 2}, False),
    (WHILE, START, {"minutes": 5}, False),
]


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_timer_runs_as_long_as_was_said(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_furnish(hass, {"Salon": [Lamp("Lamp")]}, language)
    await async_install_jarvis(hass, ollama)
    device_id = device_with_timers(hass)
    timers = hass.data[TIMER_DATA]
    wrong: list[str] = []
    for text, tool, given, wanted in ROWS:
        ollama.forget()
        ollama.handler = lambda body: [Say("Hm.")]
        later = given.get("conversation_command") and LATER[language]
        ollama.queue(
            Call(tool, **given | ({"conversation_command": later} if later else {}))
        )
        answer = await async_ask(hass, text[language], language, device_id=device_id)
        started = len(timers.timers)
        for timer_id in list(timers.timers):
            timers.cancel_timer(timer_id)
        if not ollama.chats or started != wanted:
            wrong.append(f"{text[language]} {given}: {started} {speech(answer)}")
        elif answer.continue_conversation is wanted:
            wrong.append(f"{text[language]} {given}: asked {not wanted}")
    assert wrong == []
