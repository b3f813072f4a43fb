"""Asking Jarvis why: what the turn before did, in words, and what is kept of it."""

import re
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from homeassistant.components import conversation
from homeassistant.components.conversation.trace import async_get_traces
from homeassistant.core import Context, HomeAssistant
from homeassistant.setup import async_setup_component

from custom_components.jarvis.assistant import thinking, traces
from custom_components.jarvis.const import CONF_PIN
from tests.fakes.home import (
    AGENT,
    CORE_WARNING,
    DoorLock,
    Lamp,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import Call, Cut, FakeOllama, Refuse, Say, Stall

pytestmark = [
    pytest.mark.usefixtures("socket_enabled", "enable_custom_integrations"),
    pytest.mark.filterwarnings(CORE_WARNING),
]

LAMP = {"fr": "Lumière du salon", "en": "Kitchen light"}
ORDER = {"fr": "allume la lumière du salon", "en": "turn on the kitchen light"}
TALK = {"fr": "raconte-moi une blague", "en": "tell me a joke"}
WHY = {"fr": "Pourquoi ?", "en": "Why?"}
WHAT = {"fr": "Qu'est-ce que tu viens de faire ?", "en": "What did you just do?"}
SATELLITE = "assist_satellite.kitchen"


@pytest.fixture
async def ollama(socket_enabled: None) -> AsyncGenerator[FakeOllama]:
    async with FakeOllama() as server:
        yield server


@pytest.fixture
async def second(socket_enabled: None) -> AsyncGenerator[FakeOllama]:
    async with FakeOllama() as server:
        yield server


@pytest.fixture(params=["fr", "en"])
async def language(request: pytest.FixtureRequest, hass: HomeAssistant) -> str:
    tag: str = request.param
    await async_furnish(hass, {"": [Lamp(LAMP[tag])]}, tag)
    return tag


async def ask_twice(
    hass: HomeAssistant, text: str, why: str, language: str, **more: Any
) -> str:
    """Say something, ask why in the same conversation, and return the answer."""
    first = await async_ask(hass, text, language, **more)
    second = await async_ask(
        hass, why, language, conversation_id=first.conversation_id, **more
    )
    return speech(second)


def without_time(text: str) -> str:
    """Drop the last sentence: how long it took."""
    return re.sub(r" (?:Cela a pris|It took) .*$", "", text)


@pytest.mark.parametrize("question", [WHY, WHAT])
async def test_what_home_assistant_understood(
    hass: HomeAssistant, language: str, question: dict[str, str]
) -> None:
    await async_install_jarvis(hass)
    heard = await ask_twice(hass, ORDER[language], question[language], language)
    assert (
        without_time(heard)
        == {
            "fr": (
                "J'ai compris : « allume la lumière du salon ». "
                "Home Assistant connaît cette phrase. "
                "J'ai donné l'ordre d'allumer la lumière du salon."
            ),
            "en": (
                "I understood: “turn on the kitchen light”. "
                "Home Assistant knows this sentence. "
                "I gave the order to turn on the kitchen light."
            ),
        }[language]
    )


async def test_a_server_that_took_over(
    hass: HomeAssistant, ollama: FakeOllama, second: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama, second)
    ollama.queue(Refuse(503))
    second.queue(Say("Toc toc."))
    heard = await ask_twice(hass, TALK[language], WHY[language], language)
    assert without_time(heard) == {
        "fr": (
            "J'ai compris : « raconte-moi une blague ». Je ne connais pas cette "
            f"phrase, alors j'ai demandé au modèle qwen3:4b sur {second.server}. "
            f"Le serveur {ollama.server} était occupé, "
            f"alors {second.server} a pris le relais."
        ),
        "en": (
            "I understood: “tell me a joke”. I don't know this "
            f"sentence, so I asked the model qwen3:4b on {second.server}. "
            f"The server {ollama.server} was busy, so {second.server} took over."
        ),
    }[language]
