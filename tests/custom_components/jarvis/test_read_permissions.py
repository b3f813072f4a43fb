"""A user who may not read an entity learns of it nowhere."""

import json

import pytest
from homeassistant.auth.models import Group, User
from homeassistant.auth.permissions.const import CAT_ENTITIES, POLICY_READ
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

from tests.custom_components.jarvis.common import NOT_ALLOWED, TIDY
from tests.fakes.home import (
    Lamp,
    Plug,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import Call, FakeOllama

pytestmark = pytest.mark.usefixtures("small_talk")

SECRET = "Zanzibar"
ROOM = {"fr": "Bureau", "en": "Office"}
OPEN = {"fr": "Lampe", "en": "Lamp"}


@pytest.fixture(params=["fr", "en"])
async def language(request: pytest.FixtureRequest, hass: HomeAssistant) -> str:
    tag: str = request.param
    lamp, secret = Lamp(OPEN[tag]), Lamp(SECRET)
    lamp._attr_is_on = secret._attr_is_on = True
    await async_furnish(hass, {ROOM[tag]: [lamp, secret], "Attic": [Plug("Pump")]}, tag)
    script = {"zanzibar_show": {"alias": f"{SECRET} show", "sequence": []}}
    assert await async_setup_component(hass, "script", {"script": script})
    async_expose_entity(hass, "conversation", "script.zanzibar_show", True)
    await hass.async_block_till_done()
    return tag


@pytest.fixture
async def guest(hass: HomeAssistant, language: str) -> User:
    """Make a user who may use the lamp and read nothing but it and the pump."""
    await hass.auth.async_create_user("Owner")  # the first one may do anything
    user = await hass.auth.async_create_user("Guest")
    lamp = f"light.{OPEN[language].lower()}"
    entities = {
        "entity_ids": {lamp: True, "switch.pump": {POLICY_READ: True}},
    }
    user.groups = [
        Group(name="Guests", policy={CAT_ENTITIES: entities}, id="guests")  # type: ignore[dict-item]
    ]
    user.invalidate_cache()
    return user


@pytest.mark.parametrize("by", ["retrieval", "search"])
async def test_model_is_not_told(
    hass: HomeAssistant, ollama: FakeOllama, language: str, guest: User, by: str
) -> None:
    await async_install_jarvis(hass, ollama)
    text = {"fr": f"parle-moi de {SECRET}", "en": f"tell me about {SECRET}"}[language]
    if by == "search":
        text = TIDY[language]
        ollama.queue(
            Call("homeassistant__GetLiveContext"),
            Call("homeassistant__GetLiveContext", name=SECRET),
            Call("homeassistant__GetLiveContext", area=ROOM[language], domain="light"),
        )
    await async_ask(hass, text, language, user_id=guest.id)
    told = [
        json.dumps(chat.json["messages"][:1] + chat.json["tools"])
        for chat in ollama.chats
    ]
    said = [
        json.dumps([m for m in chat.json["messages"] if m["role"] == "tool"])
        for chat in ollama.chats
    ]
    about = [chat.json["messages"][-1]["content"] for chat in ollama.chats]
    assert told
    for words in (*told, *said, *(text.partition("\n\n")[2] for text in about)):
        assert "anzibar" not in words
    if by == "search":
        assert OPEN[language] in said[-1]
    # Others are told, or the test shows nothing.
    ollama.forget()
    ollama.queue(Call("homeassistant__GetLiveContext"))
    await async_ask(hass, text, language)
    assert "anzibar" in json.dumps(ollama.chats[-1].json)


async def test_prefix_is_the_same_from_turn_to_turn(
    hass: HomeAssistant, ollama: FakeOllama, language: str, guest: User
) -> None:
    await async_install_jarvis(hass, ollama)
    for _ in range(2):
        await async_ask(hass, TIDY[language], language, user_id=guest.id)
    first, *others = (
        (chat.json["messages"][0], chat.json["tools"]) for chat in ollama.chats
    )
    assert others
    assert all(other == first for other in others)


@pytest.mark.parametrize(
    "question",
    [
        {"fr": "quelles lumières sont allumées", "en": "which lights are on"},
        {
            "fr": "quelles lumières sont allumées dans le bureau",
            "en": "which lights are on in the office",
        },
        {
            "fr": "est-ce que toutes les lumières sont allumées",
            "en": "are all the lights on",
        },
        {
            "fr": "combien de lumières sont allumées",
            "en": "how many lights are on",
        },
    ],
)
async def test_local_answers_leave_it_out(
    hass: HomeAssistant, language: str, guest: User, question: dict[str, str]
) -> None:
    await async_install_jarvis(hass)
    told = speech(await async_ask(hass, question[language], language, user_id=guest.id))
    assert SECRET.lower() not in told.lower()
    assert "2" not in told
    assert {"fr": "deux", "en": "two"}[language] not in told


async def test_which_lights_are_on_names_what_may_be_read(
    hass: HomeAssistant, language: str, guest: User
) -> None:
    await async_install_jarvis(hass)
    question = {"fr": "quelles lumières sont allumées", "en": "which lights are on"}
    told = speech(await async_ask(hass, question[language], language, user_id=guest.id))
    assert OPEN[language].lower() in told.lower()


@pytest.mark.parametrize("verb", ["asks", "turns off"])
async def test_named_entity_is_refused(
    hass: HomeAssistant, language: str, guest: User, verb: str
) -> None:
    await async_install_jarvis(hass)
    text = {
        "asks": {"fr": f"est-ce que {SECRET} est allumée", "en": f"is {SECRET} on"},
        "turns off": {"fr": f"éteins {SECRET}", "en": f"turn off {SECRET}"},
    }[verb]
    result = await async_ask(hass, text[language], language, user_id=guest.id)
    assert speech(result) == NOT_ALLOWED[language]
    assert hass.states.get(f"light.{SECRET.lower()}").state == "on"


async def test_what_may_be_read_only_is_not_moved(
    hass: HomeAssistant, ollama: FakeOllama, language: str, guest: User
) -> None:
    await async_install_jarvis(hass, ollama)
    ollama.queue(Call("HassTurnOn", name="Pump"))
    result = await async_ask(hass, TIDY[language], language, user_id=guest.id)
    assert hass.states.get("switch.pump").state == "off"
    assert speech(result) == NOT_ALLOWED[language]


async def test_script_without_the_right_is_not_run(
    hass: HomeAssistant, ollama: FakeOllama, language: str, guest: User
) -> None:
    await async_install_jarvis(hass, ollama)
    ollama.queue(Call("script__zanzibar_show"))
    await async_ask(hass, TIDY[language], language, user_id=guest.id)
    state = hass.states.get("script.zanzibar_show")
    assert state is not None
    assert state.attributes["last_triggered"] is None


async def test_help_proposes_what_may_be_done(
    hass: HomeAssistant, language: str, guest: User
) -> None:
    await async_install_jarvis(hass)
    guest.groups = []
    guest.invalidate_cache()
    result = await async_ask(hass, "xyzzy plugh", language, user_id=guest.id)
    for name in (SECRET, OPEN[language], "Pump"):
        assert name.lower() not in speech(result).lower()


async def test_order_for_later_needs_an_unrestricted_user(
    hass: HomeAssistant, language: str, guest: User
) -> None:
    await async_install_jarvis(hass)
    text = {
        "fr": f"éteins {SECRET} dans 1 seconde",
        "en": f"turn off {SECRET} in 1 second",
    }[language]
    result = await async_ask(hass, text, language, user_id=guest.id)
    assert speech(result) == NOT_ALLOWED[language]
