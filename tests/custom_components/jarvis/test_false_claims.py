"""What a model claims and did not do is never heard."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from homeassistant.core import HomeAssistant

from custom_components.jarvis.assistant.verification.claims import Request, claim_of
from custom_components.jarvis.assistant.verification.purpose import Purpose
from tests.fakes.home import (
    Lamp,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import Call, FakeOllama, Say

CLAIMS: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "assistant" / "false_claims.yaml").read_text("utf-8")
)
ORDER = {"fr": "occupe-toi de la guirlande", "en": "see to the fairy lights"}
ORDERED = Request(purpose=Purpose.ORDER)
NOTHING = {
    "fr": "Je n'ai rien changé, je n'ai pas réussi.",
    "en": "I have not changed anything, I could not do it.",
}


@pytest.mark.parametrize("tool", ["none", "failing"])
@pytest.mark.parametrize("language", ["fr", "en"])
async def test_no_false_claim_is_heard(
    hass: HomeAssistant, ollama: FakeOllama, language: str, tool: str
) -> None:
    # One is on and one is off, so that nothing that is said of both is true.
    lit = Lamp("Phare")
    lit._attr_is_on = True
    await async_furnish(hass, {"": [Lamp("Guirlande"), lit]}, language)
    entry = await async_install_jarvis(hass, ollama)
    hass.config_entries.async_update_entry(entry, options={"rate_limit": 1000})
    await hass.async_block_till_done()
    heard: dict[str, str] = {}
    for claim in CLAIMS[language]:
        if tool == "failing":
            ollama.queue(Call("intent__HassTurnOn", name="Fantôme"))
        ollama.queue(Say(claim))
        ollama.queue(Say(claim))
        heard[claim] = speech(await async_ask(hass, ORDER[language], language))
    assert len(heard) == 50
    end = NOTHING[language][1:]
    wrong = {c: h for c, h in heard.items() if not h.endswith(end)}
    assert wrong == {}
    # Nothing of the claim may come before the correction either, but polite words.
    leaked = {c: h for c, h in heard.items() if h != NOTHING[language]}
    before = [h.removesuffix(end)[:-1] for h in leaked.values()]
    assert not [text for text in before if claim_of(text, ORDERED) or len(text) > 30]


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_corrected_model_does_it_and_the_truth_is_heard(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_furnish(hass, {"": [Lamp("Guirlande")]}, language)
    await async_install_jarvis(hass, ollama)
    claim = CLAIMS[language][1]
    ollama.queue(Say(claim))
    ollama.queue(Call("intent__HassTurnOn", name="Guirlande"))
    ollama.queue(Say(claim))
    result = await async_ask(hass, ORDER[language], language)
    assert hass.states.async_all("light")[0].state == "on"
    assert (
        speech(result)
        == {
            "fr": "C'est fait, la guirlande est allumée.",
            "en": "Done, the guirlande is on.",
        }[language]
    )
    told: list[dict[str, Any]] = ollama.chats[1].json["messages"]
    assert claim in told[-1]["content"]


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_stuck_device_is_not_said_to_have_obeyed(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_furnish(hass, {"": [Lamp("Guirlande", stuck=True)]}, language)
    await async_install_jarvis(hass, ollama)
    ollama.queue(Call("intent__HassTurnOn", name="Guirlande"))
    ollama.queue(Say(CLAIMS[language][1]))
    heard = speech(await async_ask(hass, ORDER[language], language))
    assert {"fr": "toujours éteinte", "en": "still off"}[language] in heard


@pytest.mark.parametrize(
    ("language", "question", "answer"),
    [
        ("fr", "dis, quel est l'état de la guirlande ?", "La guirlande est allumée."),
        ("en", "say, what are the fairy lights doing?", "The fairy lights are on."),
    ],
)
async def test_an_answer_is_no_claim(
    hass: HomeAssistant, ollama: FakeOllama, language: str, question: str, answer: str
) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe")]}, language)
    await async_install_jarvis(hass, ollama)
    ollama.queue(Say(answer))
    assert speech(await async_ask(hass, question, language)) == answer


async def test_same_failing_call_twice_is_enough(
    hass: HomeAssistant, ollama: FakeOllama
) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe")]}, "fr")
    await async_install_jarvis(hass, ollama)
    ollama.handler = lambda body: [Call("intent__HassTurnOn", name="Fantôme")]
    result = await async_ask(hass, ORDER["fr"])
    assert len(ollama.chats) == 2
    assert speech(result) == "Désolé, je n'y arrive pas."
