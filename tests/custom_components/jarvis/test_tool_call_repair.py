"""Calls of tools that are not quite right, from a model to the home and back."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from homeassistant.core import HomeAssistant

from tests.fakes.home import (
    Blind,
    DoorLock,
    Lamp,
    Thermostat,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import Call, FakeOllama, Say

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "assistant" / "tool_call_repair.yaml").read_text("utf-8")
)
ORDER = "occupe-toi de tout cela"


@pytest.fixture
async def home(hass: HomeAssistant, ollama: FakeOllama) -> None:
    await async_furnish(
        hass,
        {
            "Salon": [
                Lamp("Guirlande"),
                Lamp("Lampe 1"),
                Lamp("Lampe 2"),
                Thermostat("Chauffage"),
            ],
            "Cuisine": [Lamp("Lumière de la cuisine")],
            "Chambre": [Blind("Volet")],
            "Entrée": [DoorLock("Serrure")],
        },
        "fr",
    )
    await async_install_jarvis(hass, ollama)


def round_of(ollama: FakeOllama) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the call that was made in the last turn, and what the tool answered."""
    messages = ollama.chats[-1].json["messages"]
    place = max(i for i, m in enumerate(messages) if m["role"] == "tool")
    call: dict[str, Any] = messages[place - 1]["tool_calls"][0]["function"]
    return call, json.loads(messages[place]["content"])


@pytest.mark.usefixtures("home")
async def test_calls_are_mended_or_explained(
    hass: HomeAssistant, ollama: FakeOllama
) -> None:
    wrong: dict[str, Any] = {}
    for case in CASES:
        ollama.queue(Call(case["call"], **case["given"]))
        ollama.queue(Say("Bien."))
        await async_ask(hass, ORDER)
        call, result = round_of(ollama)
        if "as" in case:
            right = call["arguments"] == case["as"] and not result["error"]
        else:
            told = json.dumps(result["data"], ensure_ascii=False)
            right = result["error"] and all(part in told for part in case["told"])
        if not right:
            wrong[case["why"]] = (call, result)
    assert wrong == {}
    assert hass.states.get("lock.serrure").state == "unlocked"


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "leak",
    [
        '{"name": "HassTurnOn", "arguments": {"name": "Guirlande"}}',
        '<tool_call>\n{"name": "HassTurnOn", "arguments": {"name": "girlande"}}\n</tool_call>',
        'D\'accord.\n```json\n{"name": "turn_on", "parameters": {"name": "Guirlande"}}\n```',
    ],
)
async def test_leaked_call_is_made_and_not_spoken(
    hass: HomeAssistant, ollama: FakeOllama, leak: str
) -> None:
    ollama.queue(Say(leak))
    ollama.queue(Say("C'est fait."))
    result = await async_ask(hass, ORDER)
    assert hass.states.get("light.guirlande").state == "on"
    assert speech(result) == "C'est fait, la guirlande est allumée."


@pytest.mark.usefixtures("home")
async def test_json_is_never_spoken(hass: HomeAssistant, ollama: FakeOllama) -> None:
    ollama.queue(Say('{"state": "on"}'))
    ollama.queue(Say('Toc toc. {"confidence": 0.9}'))
    assert speech(await async_ask(hass, "raconte-moi une blague")) == "Toc toc. "


@pytest.mark.usefixtures("home")
async def test_what_stands_beside_an_answer_is_not_spoken(
    hass: HomeAssistant, ollama: FakeOllama
) -> None:
    for language, order, told in (
        (
            "fr",
            "raconte-moi une blague",
            "(thinking: une blague)\nAssistant : Toc toc.",
        ),
        ("en", "tell me a joke", "**Reasoning:** A joke.\n\nAnswer: \\boxed{Toc toc.}"),
    ):
        ollama.queue(Say(told))
        assert speech(await async_ask(hass, order, language)) == "Toc toc."


@pytest.mark.usefixtures("home")
async def test_model_that_is_told_the_names_finds_the_right_one(
    hass: HomeAssistant, ollama: FakeOllama
) -> None:
    ollama.queue(Call("HassTurnOn", name="Lampe 3"))
    ollama.queue(Call("HassTurnOn", name="Lampe 2"))
    ollama.queue(Say("La lampe 2 est allumée."))
    result = await async_ask(hass, ORDER)
    assert hass.states.get("light.lampe_2").state == "on"
    assert speech(result) == "C'est fait, la lampe 2 est allumée."
