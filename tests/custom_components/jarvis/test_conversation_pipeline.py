"""Turns that come through a real Assist pipeline, as those of satellites do."""

from typing import Any

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from tests.custom_components.jarvis.common import make_pipeline, words
from tests.fakes.home import (
    Lamp,
    async_furnish,
    async_install_jarvis,
)
from tests.fakes.ollama import FakeOllama, Say


async def converse(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, text: str, language: str
) -> list[dict[str, Any]]:
    """Run a pipeline with Jarvis as its agent; return the events."""
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(
        {
            "type": "assist_pipeline/run",
            "start_stage": "intent",
            "end_stage": "intent",
            "pipeline": await make_pipeline(hass, language),
            "input": {"text": text},
        }
    )
    answer = await client.receive_json()
    assert answer["success"], answer
    events: list[dict[str, Any]] = []
    while not events or events[-1]["type"] not in {"run-end", "error"}:
        events.append((await client.receive_json())["event"])
    return events


def said(events: list[dict[str, Any]]) -> str:
    end = next(event for event in events if event["type"] == "intent-end")
    return words(end["data"]["intent_output"])


@pytest.fixture
async def home(hass: HomeAssistant, socket_enabled: None) -> None:
    await async_furnish(hass, {"Salon": [Lamp("Lumière du salon")]}, "fr")
    assert await async_setup_component(hass, "assist_pipeline", {})


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "text", ["allume la lumière du salon", "peux-tu allumer la lumière du salon"]
)
async def test_command_is_done_and_confirmed(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, text: str
) -> None:
    await async_install_jarvis(hass)
    events = await converse(hass, hass_ws_client, text, "fr")
    assert hass.states.get("light.lumiere_du_salon").state == "on"
    assert said(events) == "C'est fait, la lumière du salon est allumée."


@pytest.mark.usefixtures("home")
async def test_words_of_the_model_are_passed_on(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, ollama: FakeOllama
) -> None:
    await async_install_jarvis(hass, ollama)
    ollama.queue(Say("Il était une fois un petit roi très bavard."))
    events = await converse(hass, hass_ws_client, "raconte-moi une histoire", "fr")
    pieces = [
        event["data"]["chat_log_delta"].get("content", "")
        for event in events
        if event["type"] == "intent-progress"
    ]
    # "Il" waits for the next word: "il faut que" would begin thoughts.
    assert len([piece for piece in pieces if piece]) == 8
    assert "".join(pieces) == said(events)
    assert said(events) == "Il était une fois un petit roi très bavard."


@pytest.mark.usefixtures("home")
async def test_question_is_not_taken_from_the_model_by_the_pipeline(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> None:
    await async_install_jarvis(hass)
    question = "est-ce que la lumière du salon est allumée"
    answer = said(await converse(hass, hass_ws_client, question, "fr"))
    assert answer == "Non, la lumière du salon est éteinte."
