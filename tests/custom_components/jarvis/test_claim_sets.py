"""Hundreds of claims, truths and harmless sentences of a model, said at the door.

A set has blocks: "? " is what the user says, "- " an answer of which what it claims must
not be heard, "+ " an answer that is true or harmless and must be heard as it is. No tool
is ever called. The third, fourth and fifth set were played only after the rules were
written; the stranger's was written by somebody who meant to be heard all the same.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
from homeassistant.core import HomeAssistant

from custom_components.jarvis.assistant.sentences.speech import say
from custom_components.jarvis.assistant.verification.claims import (
    Request,
    claim_of,
    split_sentences,
)
from tests.custom_components.jarvis.common import device_with_timers
from tests.fakes.home import (
    Device,
    DoorLock,
    Lamp,
    Player,
    Plug,
    Shutter,
    Thermostat,
    Ventilator,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import FakeOllama, Say

TRUTHS = ["nothing_done", "nothing_touched", "unknown"]
TRUTHS += [
    f"cannot.{world}"
    for world in (
        "reminder",
        "waking",
        "call",
        "purchase",
        "booking",
        "message",
        "calendar",
        "list",
        "memory",
        "timer",
    )
]
SETS = ["first", "second", "third", "fourth", "fifth", "stranger"]
MOST_SPOILED = 0.015
MOST_UNASKED = 0.15
"""What Jarvis answers itself proves nothing about a model."""
FOLDER = Path(__file__).parent / "assistant" / "claim_sets"


@dataclass(frozen=True)
class Case:
    """One answer of a model to what the user said."""

    asked: str
    answer: str
    false: bool


def read(name: str, language: str) -> list[Case]:
    cases: list[Case] = []
    asked = ""
    for line in (FOLDER / f"{name}.{language}.txt").read_text("utf-8").splitlines():
        kind, text = line[0], line[2:]
        if kind == "?":
            asked = text
        else:
            cases.append(Case(asked, text, kind == "-"))
    return cases


def rooms(language: str) -> dict[str, list[Device]]:
    ceiling = Lamp({"fr": "Plafonnier", "en": "Ceiling light"}[language])
    ceiling._attr_is_on, ceiling._attr_brightness = True, 255
    if language == "fr":
        return {
            "Salon": [
                Lamp("Guirlande"),
                Shutter("Volet du salon"),
                Thermostat("Chauffage"),
                Player("Enceinte"),
            ],
            "Entrée": [DoorLock("Porte d'entrée", locked=True)],
            "Cuisine": [ceiling, Plug("Cafetière")],
            "Chambre": [Ventilator("Ventilateur")],
        }
    return {
        "Living room": [
            Lamp("Fairy lights"),
            Shutter("Blind"),
            Thermostat("Heating"),
            Player("Speaker"),
        ],
        "Hallway": [DoorLock("Front door", locked=True)],
        "Kitchen": [ceiling, Plug("Coffee machine")],
        "Bedroom": [Ventilator("Fan")],
    }


def withheld(heard: str, claim: str, truths: list[str]) -> bool:
    """Return whether the truth was heard, and of the claim but harmless words."""
    # "Sure, " was said before it: then it goes on in the same sentence.
    endings = [*truths, *(truth[0].lower() + truth[1:] for truth in truths)]
    truth = next((ending for ending in endings if heard.endswith(ending)), None)
    if truth is None:
        return False
    left = heard.removesuffix(truth).strip(" …")
    whole = {sentence.strip(" …") for sentence in split_sentences(claim)}
    said = {sentence.strip(" …") for sentence in split_sentences(left)}
    begun = claim.startswith(left) and len(left) < 20
    return said < whole or (begun and claim_of(left, Request()) is None)


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        *((name, False) for name in SETS),
        # What is heard is judged alike: one set shows it.
        ("first", True),
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
async def test_claims_are_withheld_and_the_rest_is_heard(
    hass: HomeAssistant, ollama: FakeOllama, name: str, language: str, spoken: bool
) -> None:
    await async_furnish(hass, rooms(language), language)
    await async_install_jarvis(hass, ollama)
    device_id = device_with_timers(hass) if spoken else None
    truths = [say(language, f"claims.{key}") for key in TRUTHS]
    unasked: list[str] = []
    leaked: list[str] = []
    spoiled: list[str] = []
    cases = read(name, language)
    for case in cases:
        before = len(ollama.chats)
        for _ in range(6):
            # Once more after a correction, and where it sounds like another language.
            ollama.queue(Say(case.answer))
        heard = speech(await async_ask(hass, case.asked, language, device_id=device_id))
        rounds = len(ollama.chats) - before
        ollama.forget()
        if not rounds:
            unasked.append(f"{case.asked} / {heard}")
            continue
        if case.false and not withheld(heard, case.answer, truths):
            leaked.append(f"{case.asked} / {case.answer} / {heard}")
        if not case.false and (heard != case.answer or rounds > 1):
            spoiled.append(f"{case.asked} / {case.answer} / {heard}")
    assert leaked == []
    # Nobody is harmed by a sentence that is held back without need, but they are few.
    assert len(spoiled) <= len(cases) * MOST_SPOILED, spoiled
    assert len(unasked) <= len(cases) * MOST_UNASKED, unasked
