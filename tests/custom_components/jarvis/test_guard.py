"""Critical actions: asked for again or for a code, whichever way they come."""

import json
import logging
import re
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.const import GROUP_ID_READ_ONLY
from homeassistant.components import conversation
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.components.switch import SwitchDeviceClass
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.jarvis.assistant.safety.attempts import PAUSE
from custom_components.jarvis.assistant.safety.pin import is_code
from custom_components.jarvis.const import CONF_CRITICAL, CONF_PIN, CONF_RATE_LIMIT
from tests.custom_components.jarvis.common import NOT_ALLOWED, TIDY, TOO_FAST, YES, only
from tests.fakes.home import (
    DoorLock,
    Lamp,
    Plug,
    Shutter,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import Call, FakeOllama

pytestmark = pytest.mark.usefixtures("small_talk")

NAMES = {
    "fr": ("Serrure de l'entrée", "Porte du garage"),
    "en": ("Front door lock", "Garage door"),
}
UNLOCK = {
    "fr": "déverrouille la serrure de l'entrée",
    "en": "unlock the front door lock",
}
SURE = {
    "fr": "Tu es sûr de vouloir déverrouiller la serrure de l'entrée ?",
    "en": "Are you sure you want to unlock the front door lock?",
}
CODE = {
    "fr": "Pour déverrouiller la serrure de l'entrée, dis-moi le code.",
    "en": "To unlock the front door lock, tell me the code.",
}
WRONG = {
    "fr": "Ce n'est pas le bon code. Réessaie.",
    "en": "That is not the right code. Try again.",
}
PAUSED = {
    "fr": "Trop de codes faux. Réessaie dans cinq minutes.",
    "en": "Too many wrong codes. Try again in five minutes.",
}


@pytest.fixture(params=["fr", "en"])
async def language(request: pytest.FixtureRequest, hass: HomeAssistant) -> str:
    tag: str = request.param
    lock = DoorLock(NAMES[tag][0], locked=True)
    garage = Shutter(NAMES[tag][1], device_class="garage")
    lamp = Lamp({"fr": "Lampe", "en": "Lamp"}[tag])
    await async_furnish(hass, {"": [lock, garage, lamp, Plug("Pump")]}, tag)
    return tag


async def install(
    hass: HomeAssistant, *servers: FakeOllama, **options: Any
) -> MockConfigEntry:
    entry = await async_install_jarvis(hass, *servers)
    if options:
        hass.config_entries.async_update_entry(entry, options=options)
        await hass.async_block_till_done()
    return entry


async def test_unlocking_waits_for_a_yes(hass: HomeAssistant, language: str) -> None:
    await install(hass)
    first = await async_ask(hass, UNLOCK[language], language)
    assert speech(first) == SURE[language]
    assert first.continue_conversation
    assert only(hass, "lock") == "locked"
    yes = YES[language]
    second = await async_ask(hass, yes, language, conversation_id=first.conversation_id)
    assert only(hass, "lock") == "unlocked"
    assert {"fr": "déverrouillée", "en": "unlocked"}[language] in speech(second)


@pytest.mark.parametrize(
    "reply",
    [
        {"fr": "non", "en": "no"},
        {"fr": "oui non pas du tout", "en": "yes no don't"},
        {"fr": "quelle heure est-il", "en": "what time is it"},
    ],
)
async def test_nothing_but_a_yes_unlocks(
    hass: HomeAssistant, language: str, reply: dict[str, str]
) -> None:
    await install(hass)
    first = await async_ask(hass, UNLOCK[language], language)
    again = first.conversation_id
    await async_ask(hass, reply[language], language, conversation_id=again)
    await async_ask(hass, YES[language], language, conversation_id=again)
    assert only(hass, "lock") == "locked"


OPENING_SWITCHES = {
    "fr": ["Portail", "Ouverture garage", "Gâche", "Serrure", "Porte d'entrée"],
    "en": ["Gate", "Garage", "Gate opener", "Front door lock", "Cellar door"],
}
ORDINARY_SWITCHES = {
    "fr": ["Prise du garage", "Lumière du portail", "Porte-serviettes", "Pompe"],
    "en": ["Garage light", "Child lock", "Garage fan", "Doorbell chime"],
}


@pytest.mark.parametrize("tag", ["fr", "en"])
async def test_switch_that_opens_by_its_name_is_asked_about(
    hass: HomeAssistant, tag: str
) -> None:
    """A relay that moves a gate is a switch for Home Assistant."""
    socket = Plug({"fr": "Portillon", "en": "Small gate"}[tag])
    socket._attr_device_class = SwitchDeviceClass.OUTLET
    names = OPENING_SWITCHES[tag] + ORDINARY_SWITCHES[tag]
    await async_furnish(hass, {"": [*map(Plug, names), socket]}, tag)
    await install(hass)
    order = {"fr": "allume {}", "en": "turn on {}"}[tag]
    asked = []
    for state in hass.states.async_all("switch"):
        answer = await async_ask(hass, order.format(state.name), tag)
        if answer.continue_conversation:
            asked.append(state.name)
            assert hass.states.get(state.entity_id).state == "off"
        else:
            assert hass.states.get(state.entity_id).state == "on", state.name
    assert sorted(asked) == sorted(OPENING_SWITCHES[tag])


async def test_a_yes_elsewhere_is_no_yes(hass: HomeAssistant, language: str) -> None:
    await install(hass)
    await async_ask(hass, UNLOCK[language], language)
    await async_ask(hass, YES[language], language)
    assert only(hass, "lock") == "locked"


async def test_locking_and_closing_are_immediate(
    hass: HomeAssistant, language: str
) -> None:
    await install(hass)
    lock = hass.states.async_all("lock")[0].entity_id
    await hass.services.async_call("lock", "unlock", {"entity_id": lock}, blocking=True)
    text = {
        "fr": "verrouille la serrure de l'entrée",
        "en": "lock the front door lock",
    }[language]
    result = await async_ask(hass, text, language)
    assert only(hass, "lock") == "locked"
    assert not result.continue_conversation
    text = {"fr": "ferme la porte du garage", "en": "close the garage door"}[language]
    assert not (await async_ask(hass, text, language)).continue_conversation


async def test_politely_asked_for_is_asked_again_too(
    hass: HomeAssistant, language: str
) -> None:
    await install(hass)
    text = {
        "fr": "est-ce que tu pourrais ouvrir la porte du garage s'il te plaît",
        "en": "could you please open the garage door",
    }[language]
    first = await async_ask(hass, text, language)
    assert only(hass, "cover") == "closed"
    assert first.continue_conversation
    yes = {"fr": "oui vas-y", "en": "yes please"}[language]
    await async_ask(hass, yes, language, conversation_id=first.conversation_id)
    assert only(hass, "cover") == "open"


async def test_what_a_model_wants_is_asked_for_too(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await install(hass, ollama)
    ollama.queue(Call("HassTurnOff", name=NAMES[language][0], domain="lock"))
    first = await async_ask(hass, TIDY[language], language)
    assert speech(first) == SURE[language]
    assert first.continue_conversation
    assert only(hass, "lock") == "locked"
    assert len(ollama.chats) == 1
    yes = YES[language]
    second = await async_ask(hass, yes, language, conversation_id=first.conversation_id)
    assert only(hass, "lock") == "unlocked"
    assert {"fr": "déverrouillée", "en": "unlocked"}[language] in speech(second)


async def test_what_the_user_marks_is_critical(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await install(hass, ollama, **{CONF_CRITICAL: ["switch.pump"]})
    text = {"fr": "allume pump", "en": "turn on pump"}[language]
    assert (await async_ask(hass, text, language)).continue_conversation
    ollama.queue(Call("HassTurnOn", name="Pump"))
    assert (await async_ask(hass, TIDY[language], language)).continue_conversation
    assert only(hass, "switch") == "off"


@pytest.mark.parametrize(
    "said",
    [
        {"fr": "4071", "en": "4071"},
        {"fr": "quatre zéro sept un", "en": "four zero seven one"},
        {"fr": "le code est quarante, soixante et onze", "en": "forty seventy-one"},
    ],
)
async def test_code_opens_and_is_written_nowhere(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    said: dict[str, str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, "custom_components.jarvis")
    await install(hass, ollama, **{CONF_PIN: "4071"})
    first = await async_ask(hass, UNLOCK[language], language)
    assert speech(first) == CODE[language]
    again = first.conversation_id
    await async_ask(hass, said[language], language, conversation_id=again)
    assert only(hass, "lock") == "unlocked"
    await async_ask(hass, TIDY[language], language, conversation_id=again)
    log = hass.data[conversation.chat_log.DATA_CHAT_LOGS][again]
    traces = [t.as_dict() for t in conversation.trace.async_get_traces()]
    own = [r.getMessage() for r in caplog.records if "jarvis" in r.name]
    written = [
        repr(log.content),
        repr(traces),
        *(json.dumps(chat.json, ensure_ascii=False) for chat in ollama.chats),
        *own,
    ]
    assert ollama.chats
    # Not the same digits in the fraction of a time, or in an identifier.
    code = re.compile(rf"\b{said[language]}\b")
    assert not [text for text in written if code.search(text)]


async def test_a_yes_is_no_code(hass: HomeAssistant, language: str) -> None:
    await install(hass, **{CONF_PIN: "4071"})
    first = await async_ask(hass, UNLOCK[language], language)
    await async_ask(
        hass,
        YES[language],
        language,
        conversation_id=first.conversation_id,
    )
    assert only(hass, "lock") == "locked"


async def test_three_wrong_codes_pause(
    hass: HomeAssistant, language: str, freezer: FrozenDateTimeFactory
) -> None:
    await install(hass, **{CONF_PIN: "4071"})
    first = await async_ask(hass, UNLOCK[language], language)
    heard = [
        speech(
            await async_ask(hass, code, language, conversation_id=first.conversation_id)
        )
        for code in ("1111", "2222", "3333")
    ]
    assert heard == [WRONG[language], WRONG[language], PAUSED[language]]
    # The right code does not help now, and neither does asking anew.
    assert speech(await async_ask(hass, UNLOCK[language], language)) == PAUSED[language]
    assert only(hass, "lock") == "locked"
    freezer.tick(PAUSE + 1)
    third = await async_ask(hass, UNLOCK[language], language)
    assert speech(third) == CODE[language]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("quatre-vingt-onze douze", "9112"),
        ("soixante-dix-sept trente", "7730"),
        ("double oh seven five", "0075"),
        ("quatre vingt dix", "42010"),
        ("twenty one, thirty two", "2132"),
        ("vingt et un vingt-deux", "2122"),
    ],
)
def test_codes_are_read(text: str, code: str) -> None:
    assert is_code(text, code)
    assert not is_code(text, "1" + code)
    assert not is_code("", code)


async def test_too_many_turns_are_refused(hass: HomeAssistant, language: str) -> None:
    await install(hass, **{CONF_RATE_LIMIT: 2})
    heard = [
        speech(await async_ask(hass, UNLOCK[language], language)) for _ in range(3)
    ]
    assert heard[2] == TOO_FAST[language]
    other = await async_ask(hass, UNLOCK[language], language, device_id="another")
    assert speech(other) == SURE[language]


async def test_user_without_the_right_may_not(
    hass: HomeAssistant, language: str
) -> None:
    await install(hass)
    await hass.auth.async_create_user("Owner")  # the first one may do anything
    user = await hass.auth.async_create_user("Guest", group_ids=[GROUP_ID_READ_ONLY])
    text = {"fr": "allume la lampe", "en": "turn on the lamp"}[language]
    result = await async_ask(hass, text, language, user_id=user.id)
    assert speech(result) == NOT_ALLOWED[language]
    assert only(hass, "light") == "off"


ROUTINES = {
    "fr": {"run": "lance {}", "activate": "active la scène {}"},
    "en": {"run": "run {}", "activate": "activate {}"},
}


@pytest.mark.parametrize("code", ["", "4711"])
async def test_routine_that_opens_is_asked_about(
    hass: HomeAssistant, ollama: FakeOllama, language: str, code: str
) -> None:
    """Unmarked, by its name or by a model; one that locks or lights is simply run."""
    lock, garage = (hass.states.async_all(d)[0].entity_id for d in ("lock", "cover"))
    area = ar.async_get(hass).async_create("Porch")
    er.async_get(hass).async_update_entity(garage, area_id=area.id)
    lit = hass.states.async_all("light")[0].entity_id
    scenes = [
        {"name": "Sesame", "entities": {lock: "unlocked"}},
        {"name": "Slumber", "entities": {lock: "locked", garage: "closed"}},
    ]
    assert await async_setup_component(hass, "scene", {"scene": scenes})

    def act(action: str, **target: str) -> dict[str, Any]:
        return {"sequence": [{"action": action, "target": target}]}

    scripts = {
        "welcome": act("lock.unlock", entity_id=lock),
        "templated": act("lock.unlock", entity_id="{{ 'lock.any' }}"),
        "airing": act("cover.open_cover", area_id=area.id),
        "nested": {"sequence": [{"action": "script.welcome"}]},
        "scenic": act("scene.turn_on", entity_id="scene.sesame"),
        "cosy": act("light.turn_on", entity_id=lit),
        "curfew": act("lock.lock", entity_id=lock),
    }
    assert await async_setup_component(hass, "script", {"script": scripts})
    for entity_id in hass.states.async_entity_ids({"scene", "script"}):
        async_expose_entity(hass, "conversation", entity_id, should_expose=True)
    await install(hass, ollama, **{CONF_PIN: code, CONF_RATE_LIMIT: 1000})
    run, activate = ROUTINES[language].values()
    for order, names, asks in (
        (run, ("welcome", "templated", "airing", "nested", "scenic"), True),
        (run, ("cosy", "curfew"), False),
        (activate, ("sesame",), True),
        (activate, ("slumber",), False),
    ):
        for name in names:
            heard = await async_ask(hass, order.format(name), language)
            assert heard.continue_conversation is asks, name
            assert only(hass, "lock") == "locked", name
            assert only(hass, "cover") == "closed", name
    for name in ("sesame", "welcome", "slumber"):
        ollama.handler = lambda body, name=name: [Call("HassTurnOn", name=name)]
        heard = await async_ask(hass, TIDY[language], language)
        assert heard.continue_conversation, name
        assert only(hass, "lock") == "locked", name
    asked = await async_ask(hass, activate.format("sesame"), language)
    same = asked.conversation_id
    yes = code or YES[language]
    await async_ask(hass, yes, language, conversation_id=same)
    assert only(hass, "lock") == "unlocked"
