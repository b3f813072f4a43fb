"""A model that does at once what was asked for later, or on a condition."""

import pytest
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.components.intent.const import TIMER_DATA
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import setup_test_component_platform

from custom_components.jarvis.engines.language import defers
from tests.custom_components.jarvis.test_said_means_done import Groceries
from tests.fakes.home import (
    Lamp,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import Call, FakeOllama, Say

pytestmark = pytest.mark.usefixtures("socket_enabled")

REFUSED = {
    "fr": "Cela, je ne sais pas encore le faire plus tard ou à une condition",
    "en": "I can't do that later or on a condition yet",
}
NAMES = {"fr": ("Lampe", "Ampoule"), "en": ("Lamp", "Bulb")}
AT_ONCE = [
    ("fr", "quand je rentre, éteins la lampe"),
    ("fr", "éteins la lampe dès que le film est fini"),
    ("fr", "s'il n'y a plus personne, éteins la lampe"),
    ("fr", "dans dix minutes éteins ça"),
    ("fr", "fais le noir dans dix minutes"),
    ("fr", "rappelle-moi d'éteindre la lampe dans dix minutes"),
    ("en", "turn off the lamp when I leave"),
    ("en", "if nobody is at home turn off the lamp"),
    ("en", "in ten minutes turn that off"),
    ("en", "make it dark in ten minutes"),
    ("en", "once everyone is asleep, turn off the lamp"),
]


async def furnish(hass: HomeAssistant, ollama: FakeOllama, language: str) -> None:
    lamp, bulb = (Lamp(name) for name in NAMES[language])
    lamp._attr_is_on = True
    await async_furnish(hass, {"Salon": [lamp], "Cuisine": [bulb]}, language)
    await async_install_jarvis(hass, ollama)


def state(hass: HomeAssistant, language: str, place: int = 0) -> str:
    found = hass.states.get(f"light.{NAMES[language][place].lower()}")
    assert found is not None
    return found.state


@pytest.mark.parametrize(("language", "text"), AT_ONCE)
async def test_nothing_is_done_at_once(
    hass: HomeAssistant, ollama: FakeOllama, language: str, text: str
) -> None:
    await furnish(hass, ollama, language)
    ollama.queue(Call("HassTurnOff", name=NAMES[language][0]))
    ollama.queue(Say("C'est fait."))

    result = await async_ask(hass, text, language)

    assert len(ollama.chats) == 1
    assert state(hass, language) == "on"
    assert speech(result).startswith(REFUSED[language])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "fais le noir et raconte une histoire"),
        ("fr", "fais le noir et dis-moi quel temps il fera demain"),
        ("fr", "fais le noir s'il te plaît, si tu veux bien"),
        ("en", "make it dark and tell me a story"),
        ("en", "make it dark and tell me what the weather will be tomorrow"),
        ("en", "make it dark please, when you get a chance"),
    ],
)
async def test_what_is_for_now_is_done(
    hass: HomeAssistant, ollama: FakeOllama, language: str, text: str
) -> None:
    await furnish(hass, ollama, language)
    ollama.queue(Call("HassTurnOff", name=NAMES[language][0]))
    ollama.queue(Say({"fr": "Il était une fois.", "en": "Once upon a time."}[language]))

    result = await async_ask(hass, text, language)

    assert state(hass, language) == "off"
    assert REFUSED[language] not in speech(result)


@pytest.mark.parametrize(
    ("language", "text", "item"),
    [
        ("fr", "demain matin, il faudra du pain sur la liste", "Pain"),
        ("en", "tomorrow morning, we need bread on the list", "Bread"),
    ],
)
async def test_lists_are_kept_for_later(
    hass: HomeAssistant, ollama: FakeOllama, language: str, text: str, item: str
) -> None:
    await furnish(hass, ollama, language)
    assert defers(text)
    groceries = Groceries("Courses")
    setup_test_component_platform(hass, "todo", [groceries])
    assert await async_setup_component(hass, "todo", {"todo": {"platform": "test"}})
    await hass.async_block_till_done()
    async_expose_entity(hass, "conversation", groceries.entity_id, True)
    ollama.queue(Call("todo__HassListAddItem", item=item, name="Courses"))
    ollama.queue(Say("Voilà."))

    result = await async_ask(hass, text, language)

    assert [kept.summary for kept in groceries.todo_items or ()] == [item]
    assert REFUSED[language] not in speech(result)


@pytest.mark.parametrize(
    ("language", "text", "done", "promised"),
    [
        ("fr", "allume l'ampoule et dans dix minutes éteins-la",
         "C'est fait, l'ampoule est allumée.", "D'accord, je le ferai dans dix minutes."),
        ("en", "turn on the bulb and in ten minutes turn it off",
         "Done, the bulb is on.", "All right, I'll do that in ten minutes."),
    ],
)  # fmt: skip
async def test_now_and_later_without_a_model(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    text: str,
    done: str,
    promised: str,
) -> None:
    await furnish(hass, ollama, language)

    result = await async_ask(hass, text, language)

    assert speech(result) == f"{done} {promised}"
    assert state(hass, language, 1) == "on"
    assert not ollama.chats
    [timer] = hass.data[TIMER_DATA].timers.values()
    assert timer.created_seconds == 600
    hass.data[TIMER_DATA].cancel_timer(timer.id)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "allume l'ampoule et dans dix minutes fais le noir"),
        ("en", "turn on the bulb and in ten minutes make it dark"),
    ],
)
async def test_half_understood_is_not_begun(
    hass: HomeAssistant, ollama: FakeOllama, language: str, text: str
) -> None:
    await furnish(hass, ollama, language)
    ollama.queue(Call("HassTurnOn", name=NAMES[language][1]))

    result = await async_ask(hass, text, language)

    assert state(hass, language, 1) == "off"
    assert speech(result).startswith(REFUSED[language])
