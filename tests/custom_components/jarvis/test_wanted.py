"""A model moves what the user has asked for; for all else it needs the user's yes."""

import re
from pathlib import Path
from typing import Any, override

import pytest
import yaml
from homeassistant.components import todo
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Event, HomeAssistant, State, callback
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import slugify
from pytest_homeassistant_custom_component.common import setup_test_component_platform

from custom_components.jarvis.engines.language import defers
from tests.custom_components.jarvis.common import JOKE, YES, device_with_timers
from tests.fakes.home import (
    DoorLock,
    Lamp,
    Player,
    Plug,
    Robot,
    Shutter,
    Thermostat,
    Ventilator,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import Call, FakeOllama, Say

TABLE: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (Path(__file__).parent / "assistant" / "wanted.yaml").read_text("utf-8")
)
MOST_NEEDLESS = 0.05
"""Share of ordinary orders that may be asked about."""

TOOLS = {
    "on": "intent__HassTurnOn",
    "off": "intent__HassTurnOff",
    "open": "intent__HassTurnOn",
    "position": "intent__HassSetPosition",
    "light": "light__HassLightSet",
    "temperature": "climate__HassClimateSetTemperature",
    "speed": "fan__HassFanSetSpeed",
    "volume": "media_player__HassSetVolume",
    "clean": "vacuum__HassVacuumStart",
    "mute": "media_player__HassMediaPlayerMute",
    "resume": "media_player__HassMediaUnpause",
    "additem": "todo__HassListAddItem",
    "timer": "intent__HassStartTimer",
    "longer": "intent__HassIncreaseTimer",
    "step": "media_player__HassSetVolumeRelative",
    "removeitem": "todo__HassListRemoveItem",
}
ROOMS: dict[str, dict[str, list[Any]]] = {
    "en": {
        "Kitchen": [Lamp("Spots"), Plug("Kettle"), Plug("Coffee machine")],
        "Bedroom": [Lamp("Reading lamp"), Ventilator("Fan"), Shutter("Roller blind")],
        "Living room": [
            Player("Television"),
            Player("Radio"),
            Thermostat("Thermostat"),
        ],
        "Hall": [DoorLock("Back door"), Robot("Vacuum")],
    },
    "fr": {
        "Cuisine": [Lamp("Spots"), Plug("Bouilloire"), Plug("Cafetière")],
        "Chambre": [
            Lamp("Liseuse"),
            Ventilator("Ventilateur"),
            Shutter("Volet roulant"),
        ],
        "Salon": [Player("Télévision"), Player("Radio"), Thermostat("Thermostat")],
        "Entrée": [DoorLock("Porte de derrière"), Robot("Aspirateur")],
    },
}
LIST = {"fr": "Courses", "en": "Groceries"}


class _List(todo.TodoListEntity):
    _attr_should_poll = False
    _attr_supported_features = (
        todo.TodoListEntityFeature.CREATE_TODO_ITEM
        | todo.TodoListEntityFeature.DELETE_TODO_ITEM
    )

    def __init__(self, name: str, item: str) -> None:
        self._attr_name = name
        self._attr_unique_id = name
        self._attr_todo_items = [todo.TodoItem(summary=item, uid=item)]

    async def async_create_todo_item(self, item: todo.TodoItem) -> None:
        self._attr_todo_items = [*(self._attr_todo_items or ()), item]
        self.async_write_ha_state()

    @override
    async def async_delete_todo_items(self, uids: list[str]) -> None:
        kept = [item for item in self._attr_todo_items or () if item.uid not in uids]
        self._attr_todo_items = kept
        self.async_write_ha_state()


@pytest.fixture(params=["fr", "en"])
async def language(request: pytest.FixtureRequest, hass: HomeAssistant) -> str:
    tag: str = request.param
    # Devices keep what was done to them: each test gets new ones.
    rooms = {
        area: [type(device)(device.name) for device in devices]
        for area, devices in ROOMS[tag].items()
    }
    await async_furnish(hass, rooms, tag)
    shopping = _List(LIST[tag], {"fr": "lait", "en": "milk"}[tag])
    setup_test_component_platform(hass, "todo", [shopping])
    assert await async_setup_component(hass, "todo", {"todo": [{"platform": "test"}]})
    await hass.async_block_till_done()
    async_expose_entity(hass, "conversation", shopping.entity_id, True)
    return tag


def _read(line: str) -> tuple[str, list[Call]]:
    text, _, calls = line.partition(" => ")
    return text, [_call(call) for call in calls.split("; ")]


def _call(text: str) -> Call:
    short, _, rest = text.partition(" ")
    slots: dict[str, Any] = {}
    key = ""
    for word in rest.split(" "):
        name, is_slot, value = word.partition("=")
        key = name if is_slot else key
        slots[key] = value if is_slot else f"{slots[key]} {word}"
    numbers = {k: int(v) if v.isdigit() else v for k, v in slots.items()}
    return Call(TOOLS[short], **numbers)


async def _say(
    hass: HomeAssistant, ollama: FakeOllama, line: str, language: str
) -> str:
    """Say a line to a model that obeys whatever it reads; return the answer."""
    text, calls = _read(line)
    ollama.forget()
    ollama.handler = lambda body: [Say("Hm.")]
    ollama.queue(*calls)
    return speech(await async_ask(hass, text, language))


async def test_ordinary_orders_are_carried_out_without_a_question(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    lines = TABLE[language]["orders"]
    offer = {"fr": "Veux-tu que", "en": "Do you want me to"}[language]
    asked: list[str] = []
    by_model = 0
    for line in lines:
        answer = await _say(hass, ollama, line, language)
        # Some of them Jarvis does itself, and does not ask the model.
        by_model += bool(ollama.chats)
        if offer in answer:
            asked.append(f"{line} ({answer})")
    assert len(lines) >= 60
    assert by_model >= 30
    assert len(asked) <= MOST_NEEDLESS * len(lines), asked


@pytest.mark.parametrize("kind", ["words", "injections", "remarks", "astray"])
async def test_nothing_is_done_that_nobody_asked_for(
    hass: HomeAssistant, ollama: FakeOllama, language: str, kind: str
) -> None:
    await async_install_jarvis(hass, ollama)
    moved: list[str] = []

    @callback
    def listen(event: Event) -> None:
        old: State | None = event.data["old_state"]
        new: State | None = event.data["new_state"]
        if event.data["entity_id"].partition(".")[0] in {"conversation", "ai_task"}:
            return
        if old is not None and new is not None:
            moved.append(event.data["entity_id"])

    hass.bus.async_listen("state_changed", listen)
    done: list[str] = []
    odd: list[str] = []
    offer = {"fr": "Veux-tu que", "en": "Do you want me to"}[language]
    for line in TABLE[language][kind]:
        moved.clear()
        text, calls = _read(line)
        chats = len(ollama.chats)
        answer = await _say(hass, ollama, line, language)
        await hass.async_block_till_done()
        # What was asked for may be done; the last call is the one that was not.
        last = str(calls[-1].arguments.get("name"))
        unwanted = [
            entity_id
            for entity_id in moved
            if last == "all" or hass.states.get(entity_id).name == last
        ]
        # What Jarvis has understood itself is no act of the model's.
        by_model = len(ollama.chats) > chats
        if unwanted and by_model:
            done.append(f"{line} ({answer})")
        if by_model and not moved and not defers(text) and offer not in answer:
            odd.append(f"{line} ({answer})")
    assert done == []
    # What is not done is asked about: the question is heard, not an error.
    assert odd == []
    assert sum(len(TABLE[tag]["injections"]) for tag in TABLE) >= 60


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            {
                "fr": "il était bon, le thé de la bouilloire",
                "en": "that tea from the kettle was lovely",
            },
            {
                "fr": "Veux-tu que j'allume la bouilloire ?",
                "en": "Do you want me to turn on the kettle?",
            },
        )
    ],
)
async def test_a_yes_is_enough_even_where_a_code_is_set(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    text: dict[str, str],
    question: dict[str, str],
) -> None:
    entry = await async_install_jarvis(hass, ollama)
    hass.config_entries.async_update_entry(
        entry, options={**entry.options, "pin": "4711"}
    )
    await hass.async_block_till_done()
    kettle = {"fr": "Bouilloire", "en": "Kettle"}[language]
    ollama.queue(Call("intent__HassTurnOn", name=kettle))
    first = await async_ask(hass, text[language], language)
    assert speech(first) == question[language]
    assert first.continue_conversation
    assert hass.states.get(f"switch.{kettle.lower()}").state == "off"
    await async_ask(
        hass, YES[language], language, conversation_id=first.conversation_id
    )
    assert hass.states.get(f"switch.{kettle.lower()}").state == "on"


@pytest.mark.parametrize("kind", ["offers", "chatter"])
async def test_a_yes_agrees_to_an_offer_to_act_and_to_no_other_question(
    hass: HomeAssistant, ollama: FakeOllama, language: str, kind: str
) -> None:
    await async_install_jarvis(hass, ollama)
    device_id = device_with_timers(hass)
    by_name = {"fr": "Veux-tu que", "en": "Do you want me to"}[language]
    wrong: list[str] = []
    for line in TABLE[language][kind]:
        question, calls = _read(line)
        ollama.forget()
        ollama.handler = lambda body: [Say("Hm.")]
        ollama.queue(Say(question))
        first = await async_ask(hass, JOKE[language], language, device_id=device_id)
        assert "?" in speech(first)
        ollama.queue(*calls)
        answer = await async_ask(
            hass,
            YES[language],
            language,
            device_id=device_id,
            conversation_id=first.conversation_id,
        )
        if (by_name in speech(answer)) is not (kind == "chatter"):
            wrong.append(f"{line} ({speech(answer)})")
    assert wrong == []


async def test_a_question_tells_all_that_a_yes_would_do(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    device_id = device_with_timers(hass)
    wrong: list[str] = []
    for line in TABLE[language]["asked"]:
        question, calls = _read(line)
        ollama.forget()
        ollama.handler = lambda body: [Say("Hm.")]
        ollama.queue(*calls)
        answer = speech(
            await async_ask(hass, JOKE[language], language, device_id=device_id)
        )
        # Calls are made at the same time: which is named first does not matter.
        alike = sorted(re.findall(r"\w+", answer)) == sorted(
            re.findall(r"\w+", question)
        )
        if not (alike and (answer == question or len(calls) > 1)):
            wrong.append(f"{question} ({answer})")
    assert not wrong, "\n".join(wrong)


async def test_calls_that_contradict_each_other_are_never_both_done(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    ollama.handler = lambda body: [Say("Hm.")]
    on, off = Call(TOOLS["on"], name="Spots"), Call(TOOLS["off"], name="Spots")
    ollama.queue(on, off)
    first = await async_ask(hass, JOKE[language], language)
    words = {"fr": {"allume", "éteigne", "ou"}, "en": {"on", "off", "or"}}[language]
    assert words <= set(re.findall(r"\w+", speech(first)))
    assert first.continue_conversation
    # A yes to "this or that?" is no answer.
    ollama.queue(on)
    await async_ask(
        hass, YES[language], language, conversation_id=first.conversation_id
    )
    assert hass.states.get("light.spots").state == "off"
    # Of what was ordered the opposite is not even asked about.
    order = {"fr": "que la lumière soit", "en": "let there be light"}[language]
    for calls in ((on, off), (off, on)):
        ollama.queue(*calls)
        answer = await async_ask(hass, order, language)
        assert hass.states.get("light.spots").state == "on", speech(answer)
        assert not answer.continue_conversation, speech(answer)


async def test_a_yes_does_all_that_was_asked_about_and_nothing_newer(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    line = TABLE[language]["asked"][0]
    calls = _read(line)[1]
    ids = ["light.spots", "switch.bouilloire", "switch.kettle"]
    ollama.queue(*calls)
    first = await async_ask(hass, JOKE[language], language)
    cid = first.conversation_id
    answer = await async_ask(hass, YES[language], language, conversation_id=cid)
    assert [s.state for i in ids if (s := hass.states.get(i))] == ["on", "on"], answer
    # A lamp that came since is not what the user agreed to.
    room = {"fr": "Chambre", "en": "Bedroom"}[language]
    lamp = {"fr": "light.liseuse", "en": "light.reading_lamp"}[language]
    ollama.queue(Call(TOOLS["on"], area=room, domain=["light"]))
    first = await async_ask(hass, JOKE[language], language)
    area = ar.async_get(hass).async_get_area_by_name(room)
    assert area is not None
    er.async_get(hass).async_update_entity("light.spots", area_id=area.id)
    cid = first.conversation_id
    second = await async_ask(hass, YES[language], language, conversation_id=cid)
    assert second.continue_conversation
    assert "spots" in speech(second)
    assert hass.states.get(lamp).state == "off"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("it", {"fr": "sois gentil, allume-la", "en": "be a dear and get it going"}),
        ("other", {"fr": "fais briller les spots", "en": "let the spots shine"}),
    ],
)
async def test_it_means_what_was_spoken_of_and_a_name_does_not(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    kind: str,
    text: dict[str, str],
) -> None:
    await async_install_jarvis(hass, ollama)
    kettle = {"fr": "Bouilloire", "en": "Kettle"}[language]
    about = {"fr": "à quoi sert la bouilloire ?", "en": "what is the kettle good for?"}
    ollama.queue(Say("Tea."))
    first = await async_ask(hass, about[language], language)
    ollama.queue(Call("intent__HassTurnOn", name=kettle))
    ollama.queue(Say("Hm."))
    await async_ask(
        hass, text[language], language, conversation_id=first.conversation_id
    )
    state = hass.states.get(f"switch.{kettle.lower()}").state
    assert state == ("on" if kind == "it" else "off")


async def test_what_goes_on_with_mere_talk_of_a_thing_moves_nothing(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    done: list[str] = []
    for line in TABLE[language]["follow_ups"]:
        texts, calls = _read(line)
        about, then = texts.split(" | ")
        name = str(calls[-1].arguments.get("name"))
        before = {s.name: (s.state, s.attributes) for s in hass.states.async_all()}
        ollama.forget()
        ollama.handler = lambda body: [Say("Hm.")]
        first = await async_ask(hass, about, language)
        ollama.queue(*calls)
        answer = await async_ask(
            hass, then, language, conversation_id=first.conversation_id
        )
        await hass.async_block_till_done()
        after = {s.name: (s.state, s.attributes) for s in hass.states.async_all()}
        if before[name] != after[name]:
            done.append(f"{line} ({speech(answer)})")
    assert done == []


async def test_what_goes_on_with_an_order_is_carried_out(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    order, more = {
        "fr": ("sois gentil, fais chauffer la bouilloire et la cafetière", "refais"),
        "en": ("be a dear, get the kettle and the coffee machine going", "do it again"),
    }[language]
    names = {
        "fr": ("Bouilloire", "Cafetière"),
        "en": ("Kettle", "Coffee machine"),
    }[language]
    things = [f"switch.{slugify(name)}" for name in names]
    calls = [Call("intent__HassTurnOn", name=name) for name in names]
    ollama.handler = lambda body: [Say("Hm.")]
    ollama.queue(*calls)
    first = await async_ask(hass, order, language)
    assert [hass.states.get(thing).state for thing in things] == ["on", "on"]
    for thing in things:
        hass.states.async_set(thing, "off")
    # Both were spoken of, not only the last.
    ollama.queue(*calls)
    await async_ask(hass, more, language, conversation_id=first.conversation_id)
    assert [hass.states.get(thing).state for thing in things] == ["on", "on"]


async def test_a_correction_moves_what_it_names_alone(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    text, kettle = {
        "fr": ("allume la bouilloire, pardon, la cafetière", "switch.bouilloire"),
        "en": ("turn on the kettle, sorry, the coffee machine", "switch.kettle"),
    }[language]
    ollama.handler = lambda body: [Say("Hm.")]
    await async_ask(hass, text, language)
    assert hass.states.get(kettle).state == "off"
