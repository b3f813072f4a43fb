"""What a model says is held against what was called, and what the home then was."""

from pathlib import Path
from typing import Any, override

import pytest
import yaml
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.components.todo import (
    TodoItem,
    TodoListEntity,
    TodoListEntityFeature,
)
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (
    setup_test_component_platform,
)

from custom_components.jarvis.assistant.telling import confirmation
from custom_components.jarvis.assistant.turn import turn as turn_module
from tests.custom_components.jarvis.common import device_with_timers
from tests.fakes.home import (
    Blind,
    DoorLock,
    Lamp,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import Call, FakeOllama, Say, Stall, Think

CASES: dict[str, dict[str, list[dict[str, str]]]] = yaml.safe_load(
    (Path(__file__).parent / "assistant" / "wider_claims.yaml").read_text("utf-8")
)
ORDER = {
    "fr": "occupe-toi de tout cela, du lait pour la liste, du réveil et du minuteur de cinq minutes",
    "en": "see to all of this, see to the réveil doux, put milk on the list and start the five minute timer",
}
REST = {"fr": "Le reste n'est pas fait.", "en": "The rest is not done."}
MILK = {"fr": "lait", "en": "milk"}
NAMES = {
    "fr": ("Lampe", "Volet", "Porte", "Courses"),
    "en": ("Lamp", "Blind", "Door", "Shopping"),
}


class Groceries(TodoListEntity):
    """A list of things to buy."""

    _attr_supported_features = TodoListEntityFeature.CREATE_TODO_ITEM
    _attr_todo_items: list[TodoItem] | None

    def __init__(self, name: str) -> None:
        self._attr_name = name
        self._attr_unique_id = name
        self._attr_todo_items = []

    @override
    async def async_create_todo_item(self, item: TodoItem) -> None:
        assert self._attr_todo_items is not None
        self._attr_todo_items.append(item)


class Broken(Lamp):
    """A lamp whose bridge is gone."""

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        raise TimeoutError("no answer from the bridge")


@pytest.fixture(params=["fr", "en"])
async def language(
    request: pytest.FixtureRequest, hass: HomeAssistant, ollama: FakeOllama
) -> str:
    tag: str = request.param
    lamp, blind, door, groceries = NAMES[tag]
    await async_furnish(hass, {"": [Lamp(lamp), Blind(blind), DoorLock(door)]}, tag)
    setup_test_component_platform(hass, "todo", [Groceries(groceries)])
    assert await async_setup_component(hass, "todo", {"todo": {"platform": "test"}})
    script = {"wake": {"alias": "Réveil doux", "sequence": []}}
    assert await async_setup_component(hass, "script", {"script": script})
    await hass.async_block_till_done()
    for entity_id in ("script.wake", hass.states.async_all("todo")[0].entity_id):
        async_expose_entity(hass, "conversation", entity_id, True)
    await async_install_jarvis(hass, ollama)
    return tag


@pytest.fixture
def satellite(hass: HomeAssistant) -> str:
    """Return the id of a device that has timers."""
    return device_with_timers(hass)


def call_of(kind: str, language: str) -> Call:
    match kind:
        case "list":
            name = NAMES[language][3]
            return Call("todo__HassListAddItem", item=MILK[language], name=name)
        case "script":
            return Call("script__wake")
    return Call("intent__HassStartTimer", minutes=5)


async def test_claim_that_no_tool_bears_out_is_not_heard(
    hass: HomeAssistant, ollama: FakeOllama, language: str, satellite: str
) -> None:
    wrong: dict[str, str] = {}
    cases = CASES["untrue"][language]
    for case in cases:
        ollama.queue(call_of(case["after"], language))
        ollama.queue(Say(case["say"]))
        ollama.queue(Say(case["say"]))
        result = await async_ask(hass, ORDER[language], language, device_id=satellite)
        heard = speech(result)
        if case["say"] in heard or not heard.endswith(REST[language]):
            wrong[f"{case['after']}: {case['say']}"] = heard
    assert wrong == {}
    assert len(cases) >= 24


async def test_true_words_pass_as_they_are(
    hass: HomeAssistant, ollama: FakeOllama, language: str, satellite: str
) -> None:
    wrong: dict[str, str] = {}
    cases = CASES["truthful"][language]
    for case in cases:
        asked = len(ollama.chats)
        if "after" in case:
            ollama.queue(call_of(case["after"], language))
        ollama.queue(Say(case["say"]))
        text = case.get("ask", ORDER[language])
        result = await async_ask(hass, text, language, device_id=satellite)
        rounds = len(ollama.chats) - asked
        ollama.forget()
        if speech(result) != case["say"] or rounds != (2 if "after" in case else 1):
            wrong[f"{case.get('after') or text}: {case['say']}"] = speech(result)
    assert wrong == {}
    assert len(cases) >= 25


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("kind", "fr", "en"),
    [
        ("slow", "C'est fait, la lampe est allumée.", "Done, the lamp is on."),
        (
            "stuck",
            "J'ai demandé, mais la lampe est toujours éteinte.",
            "I asked, but the lamp is still off.",
        ),
    ],
)
@pytest.mark.parametrize("claim", [True, False], ids=["claimed", "polite"])
async def test_state_is_read_before_it_is_told(
    hass: HomeAssistant,
    ollama: FakeOllama,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    kind: str,
    fr: str,
    en: str,
    claim: bool,
) -> None:
    """A slow lamp obeys after a while, a stuck one never does."""
    monkeypatch.setattr(confirmation, "TIMEOUT", 1.0)
    name = NAMES[language][0]
    lamp = Lamp(name, delay=0.4) if kind == "slow" else Lamp(name, stuck=True)
    await async_furnish(hass, {"": [lamp]}, language)
    await async_install_jarvis(hass, ollama)
    polite = {"fr": "Avec plaisir.", "en": "With pleasure."}[language]
    claimed = {"fr": "J'ai allumé la lampe.", "en": "I turned on the lamp."}[language]
    ollama.queue(Call("HassTurnOn", name=name))
    ollama.queue(Say(claimed if claim else polite))
    heard = speech(await async_ask(hass, ORDER[language], language))
    truth = {"fr": fr, "en": en}[language]
    if claim:
        assert heard == truth
    else:
        assert heard == (polite if kind == "slow" else f"{polite} {truth}")


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_part_that_is_missing_is_named(
    hass: HomeAssistant,
    ollama: FakeOllama,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    monkeypatch.setattr(confirmation, "TIMEOUT", 0.2)
    area = {"fr": "Salon", "en": "Living room"}[language]
    lamps = [Lamp("Alpha"), Lamp("Beta"), Lamp("Gamma", stuck=True)]
    await async_furnish(hass, {area: lamps}, language)
    await async_install_jarvis(hass, ollama)
    ollama.queue(Call("HassTurnOn", area=area, domain="light"))
    ollama.queue(Say({"fr": "Tout est allumé.", "en": "Everything is on."}[language]))
    heard = speech(await async_ask(hass, ORDER[language], language))
    assert "gamma" in heard.casefold()
    assert {"fr": "toujours éteint", "en": "still off"}[language] in heard
    assert "alpha" in heard.casefold()


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_device_that_fails_is_not_said_to_have_obeyed(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    name = NAMES[language][0]
    await async_furnish(hass, {"": [Broken(name)]}, language)
    await async_install_jarvis(hass, ollama)
    claimed = {"fr": "J'ai allumé la lampe.", "en": "I turned on the lamp."}[language]
    ollama.queue(Call("HassTurnOn", name=name))
    ollama.queue(Say(claimed))
    ollama.queue(Say(claimed))
    heard = speech(await async_ask(hass, ORDER[language], language))
    assert (
        heard
        == {
            "fr": "Je n'ai rien changé, je n'ai pas réussi.",
            "en": "I have not changed anything, I could not do it.",
        }[language]
    )


async def test_both_deeds_of_one_sentence_are_told(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    lamp = NAMES[language][0]
    ollama.queue(Call("HassTurnOn", name=lamp), call_of("list", language))
    ollama.queue(
        Say(
            {
                "fr": "J'ai allumé la lampe et ajouté le lait à la liste. Bonne soirée !",
                "en": "I turned on the lamp and added milk to the list. Good night!",
            }[language]
        )
    )
    heard = speech(await async_ask(hass, ORDER[language], language))
    assert (
        heard
        == {
            "fr": "C'est fait, la lampe est allumée. J'ai ajouté « lait » à la liste « Courses ». Bonne soirée !",
            "en": "Done, the lamp is on. I added “milk” to the list “Shopping”. Good night!",
        }[language]
    )


async def test_what_is_said_of_a_list_names_but_what_was_put_on_it(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    """The model is asked for the rest once; then what was done is told."""
    wrong: dict[str, str] = {}
    for case in CASES["items"][language]:
        item, name = case["item"], NAMES[language][3]
        ollama.queue(Call("todo__HassListAddItem", item=item, name=name))
        for _ in range(2):
            ollama.queue(Say(case["say"]))
        heard = speech(await async_ask(hass, case["ask"], language))
        ollama.forget()
        told = {
            "fr": f"J'ai ajouté « {item} » à la liste « {name} ».",
            "en": f"I added “{item}” to the list “{name}”.",
        }[language]
        if heard not in (told, f"{told} {REST[language]}"):
            wrong[case["say"]] = heard
        if (REST[language] in heard) != ("rest" in case):
            wrong[case["say"]] = heard
    assert wrong == {}


async def test_what_was_done_is_told_when_the_model_goes_in_circles(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    ollama.queue(call_of("list", language))
    ollama.handler = lambda body: [Call("HassTurnOn", name="Fantôme")]
    heard = speech(await async_ask(hass, ORDER[language], language))
    assert (
        heard
        == {
            "fr": "J'ai ajouté « lait » à la liste « Courses ». Le reste n'a pas marché.",
            "en": "I added “milk” to the list “Shopping”. The rest did not work.",
        }[language]
    )


async def test_what_was_done_is_told_when_the_turn_takes_too_long(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turn_module, "TURN_SECONDS", 6.0)
    ollama.queue(call_of("list", language))
    ollama.queue(Think("hm"), Stall())
    heard = speech(await async_ask(hass, ORDER[language], language))
    assert (
        heard
        == {
            "fr": "J'ai ajouté « lait » à la liste « Courses ». Désolé, cela m'a pris trop de temps, j'ai abandonné.",
            "en": "I added “milk” to the list “Shopping”. Sorry, that took me too long, so I gave up.",
        }[language]
    )
