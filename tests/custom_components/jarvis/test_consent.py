"""Who may confirm what, with which words, and what else is said meanwhile."""

import asyncio
import json
import logging
import re
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.const import GROUP_ID_ADMIN
from homeassistant.components import conversation
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import Context, Event, HomeAssistant, callback
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.jarvis.assistant.safety import consent
from custom_components.jarvis.assistant.safety.attempts import PAUSE
from custom_components.jarvis.const import CONF_PIN, CONF_RATE_LIMIT
from tests.custom_components.jarvis.common import JOKE, TIDY, YES, add_rule, only
from tests.fakes.home import (
    AGENT,
    DoorLock,
    Lamp,
    Shutter,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import Call, FakeOllama, Say

pytestmark = pytest.mark.usefixtures("small_talk")

LOCK = {"fr": "Serrure", "en": "Lock"}
UNLOCK = {"fr": "déverrouille la serrure", "en": "unlock the lock"}
LAMP_ON = {"fr": "allume la lampe", "en": "turn on the lamp"}
RUN = {"fr": "lance sayyes", "en": "run sayyes"}
SURE = {
    "fr": "Tu es sûr de vouloir déverrouiller la serrure ?",
    "en": "Are you sure you want to unlock the lock?",
}
CODE = {
    "fr": "Pour déverrouiller la serrure, dis-moi le code.",
    "en": "To unlock the lock, tell me the code.",
}
WRONG = {
    "fr": "Ce n'est pas le bon code. Réessaie.",
    "en": "That is not the right code. Try again.",
}
PAUSED = {
    "fr": "Trop de codes faux. Réessaie dans cinq minutes.",
    "en": "Too many wrong codes. Try again in five minutes.",
}
DROPPED = {"fr": "D'accord, je ne fais rien.", "en": "All right, I'll leave it."}
NOTHING_OPEN = {
    "fr": "Il n'y a rien à confirmer en ce moment. Redis-moi ce que tu veux.",
    "en": "There is nothing to confirm right now. Tell me again what you would like.",
}
HALL = {"satellite_id": "assist_satellite.hall", "device_id": "hall"}
ATTIC = {"satellite_id": "assist_satellite.attic", "device_id": "attic"}


@pytest.fixture(params=["fr", "en"])
async def language(request: pytest.FixtureRequest, hass: HomeAssistant) -> str:
    tag: str = request.param
    lamp = Lamp({"fr": "Lampe", "en": "Lamp"}[tag])
    garage = Shutter({"fr": "Porte du garage", "en": "Garage door"}[tag])
    garage._attr_device_class = "garage"  # type: ignore[assignment]
    await async_furnish(
        hass, {"": [DoorLock(LOCK[tag], locked=True), lamp, garage]}, tag
    )
    return tag


async def install(
    hass: HomeAssistant, *servers: FakeOllama, **options: Any
) -> MockConfigEntry:
    entry = await async_install_jarvis(hass, *servers)
    if options:
        hass.config_entries.async_update_entry(entry, options=options)
        await hass.async_block_till_done()
    return entry


async def user(hass: HomeAssistant, name: str) -> dict[str, Any]:
    made = await hass.auth.async_create_user(name, group_ids=[GROUP_ID_ADMIN])
    return {"user_id": made.id}


async def test_yes_unlocks(hass: HomeAssistant, language: str) -> None:
    """In either language, whichever the question was asked in."""
    await install(hass)
    lock = hass.states.async_all("lock")[0].entity_id
    for text in (
        "oui",
        "vas-y",
        "Oui, ouvre-la.",
        "OK.",
        "absolutely",
        "okay go ahead",
        f"{YES[language]}, {UNLOCK[language]}",
    ):
        asked = await async_ask(hass, UNLOCK[language], language)
        assert speech(asked) == SURE[language]
        same = asked.conversation_id
        await async_ask(hass, text, language, conversation_id=same)
        assert only(hass, "lock") == "unlocked", text
        data = {"entity_id": lock}
        await hass.services.async_call("lock", "lock", data, blocking=True)


@pytest.mark.parametrize(
    ("text", "light"),
    [
        ({"fr": "oui attends", "en": "yes wait a moment"}, "off"),
        ({"fr": "tu es certain", "en": "are you sure"}, "off"),
        ({"fr": "je confirme que c'est fermé", "en": "who said yes"}, "off"),
        ({"fr": "confirme mon rendez-vous", "en": "confirm my appointment"}, "off"),
        (LAMP_ON, "on"),
    ],
)
async def test_what_is_no_yes_is_answered_as_itself(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    text: dict[str, str],
    light: str,
) -> None:
    """And the question is dropped: no later yes can mean it."""
    await install(hass, ollama)
    asked = await async_ask(hass, UNLOCK[language], language)
    same = asked.conversation_id
    await async_ask(hass, text[language], language, conversation_id=same)
    assert only(hass, "light") == light
    assert bool(ollama.chats) is (light == "off")
    await async_ask(hass, YES[language], language, conversation_id=same)
    assert only(hass, "lock") == "locked"


@pytest.mark.parametrize("code", ["", "4711"])
async def test_no_drops_the_question(
    hass: HomeAssistant, language: str, code: str
) -> None:
    await install(hass, **{CONF_PIN: code})
    for text in ("non", "no", "stop", "annule", "never mind"):
        asked = await async_ask(hass, UNLOCK[language], language)
        same = asked.conversation_id
        heard = await async_ask(hass, text, language, conversation_id=same)
        assert speech(heard) == DROPPED[language]
        assert not heard.continue_conversation
        await async_ask(hass, code or "ok", language, conversation_id=same)
        assert only(hass, "lock") == "locked"


async def test_yes_where_a_code_is_needed_asks_for_it(
    hass: HomeAssistant, language: str
) -> None:
    await install(hass, **{CONF_PIN: "4711"})
    asked = await async_ask(hass, UNLOCK[language], language)
    same = asked.conversation_id
    again = await async_ask(hass, YES[language], language, conversation_id=same)
    assert speech(again) == CODE[language]
    assert again.continue_conversation
    await async_ask(hass, "4711", language, conversation_id=same)
    assert only(hass, "lock") == "unlocked"


@pytest.mark.parametrize("by_model", [False, True])
async def test_who_asked_confirms_and_nobody_else(
    hass: HomeAssistant, ollama: FakeOllama, language: str, by_model: bool
) -> None:
    await install(hass, ollama)
    ann, ben = await user(hass, "Ann"), await user(hass, "Ben")
    phone = ann | {"device_id": "phone"}
    for owner, others, elsewhere in (
        (ann, [ben, HALL, {}, ben | HALL], phone),
        (HALL, [ann, ATTIC, {}, {"device_id": "hall"}], HALL),
    ):
        for here in (True, False):
            if by_model:
                ollama.queue(Call("HassTurnOff", name=LOCK[language], domain="lock"))
            order = JOKE if by_model else UNLOCK
            asked = await async_ask(hass, order[language], language, **owner)
            assert speech(asked) == SURE[language]
            same = asked.conversation_id
            for other in others:
                for key in (same, None):
                    await async_ask(
                        hass, YES[language], language, conversation_id=key, **other
                    )
                    assert only(hass, "lock") == "locked"
            # Whoever acts for the speaker is not the speaker.
            await conversation.async_converse(
                hass,
                YES[language],
                same,
                Context(user_id=owner.get("user_id"), parent_id="an automation"),
                language,
                AGENT,
                device_id=owner.get("device_id"),
                satellite_id=owner.get("satellite_id"),
            )
            assert only(hass, "lock") == "locked"
            asked = await async_ask(hass, UNLOCK[language], language, **owner)
            key = asked.conversation_id if here else None
            await async_ask(
                hass, YES[language], language, conversation_id=key, **elsewhere
            )
            assert only(hass, "lock") == "unlocked"
            lock = hass.states.async_all("lock")[0].entity_id
            await hass.services.async_call(
                "lock", "lock", {"entity_id": lock}, blocking=True
            )


@pytest.mark.parametrize("by_model", [False, True])
@pytest.mark.parametrize("change", ["rule", "rights"])
async def test_rights_are_looked_at_again(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    by_model: bool,
    change: str,
) -> None:
    """A yes from where it may not be done is none, by a model's call neither."""
    entry = await install(hass, ollama)
    await add_rule(
        hass, entry, satellites=["assist_satellite.attic"], domains=["light"]
    )
    await hass.auth.async_create_user("Owner")
    ann = await user(hass, "Ann")
    if by_model:
        ollama.queue(Call("HassTurnOff", name=LOCK[language], domain="lock"))
    order = JOKE if by_model else UNLOCK
    asked = await async_ask(hass, order[language], language, **ann)
    assert speech(asked) == SURE[language]
    there = ann | ATTIC if change == "rule" else ann
    if change == "rights":
        person = await hass.auth.async_get_user(ann["user_id"])
        assert person
        person.groups = []
        person.invalidate_cache()
    heard = await async_ask(
        hass, YES[language], language, conversation_id=asked.conversation_id, **there
    )
    assert only(hass, "lock") == "locked"
    assert heard.response.error_code is not None


@pytest.mark.parametrize("by_model", [False, True])
async def test_what_is_done_bears_the_context_of_who_confirms(
    hass: HomeAssistant, ollama: FakeOllama, language: str, by_model: bool
) -> None:
    await install(hass, ollama)
    ann = await user(hass, "Ann")
    called: list[Event] = []
    hass.bus.async_listen(EVENT_CALL_SERVICE, callback(partial(called.append)))
    if by_model:
        ollama.queue(Call("HassTurnOff", name=LOCK[language], domain="lock"))
    order = JOKE if by_model else UNLOCK
    asked = await async_ask(hass, order[language], language, **ann)
    context = Context(user_id=ann["user_id"])
    await conversation.async_converse(
        hass, YES[language], asked.conversation_id, context, language, AGENT
    )
    assert only(hass, "lock") == "unlocked"
    await hass.async_block_till_done()
    assert [event.context.id for event in called] == [context.id]


async def test_code_confirms_all_of_an_utterance(
    hass: HomeAssistant, language: str
) -> None:
    await install(hass, **{CONF_PIN: "4711"})
    text = {
        "fr": "4711, déverrouille la serrure et ouvre la porte du garage",
        "en": "unlock the lock and open the garage door, 4711",
    }[language]
    await async_ask(hass, text, language)
    assert only(hass, "lock") == "unlocked"
    assert only(hass, "cover") == "open"


CODES = {
    "fr": """
        4711 | le code est quatre sept un un | quarante-sept double un | oui 4711
        quatre mille sept cent onze | souviens-toi que 4711 est mon code
        raconte-moi une blague 4711 | à quoi sert 4711 | ouvre-toi sésame 4711
        """,
    "en": """
        4711 | it's 4 7 1 1 please | forty-seven eleven | forty-seven double one
        my code 4711, remember it | 4711 tell me a joke | what is 4711 good for
        open sesame 4 7 1 1 | set the code to 4711
        """,
}


@pytest.mark.parametrize("when", ["late", "never asked", "new conversation"])
async def test_code_leaves_the_guard_for_nobody(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    when: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, "custom_components.jarvis")
    entry = await install(hass, ollama, **{CONF_PIN: "4711"})
    events: list[Event] = []
    hass.bus.async_listen("*", callback(partial(events.append)))
    if when == "late":
        monkeypatch.setattr(consent, "TIMEOUT", -1.0)
    secrets = [said.strip() for said in CODES[language].replace("\n", "|").split("|")]
    traces = []
    for text in filter(None, secrets):
        same = None
        if when != "never asked":
            asked = await async_ask(hass, UNLOCK[language], language)
            same = asked.conversation_id if when == "late" else None
        before = len(ollama.chats)
        heard = await async_ask(hass, text, language, conversation_id=same)
        if len(ollama.chats) == before:
            assert speech(heard) == NOTHING_OPEN[language]
        same = heard.conversation_id
        await async_ask(hass, JOKE[language], language, conversation_id=same)
        traces += conversation.trace.async_get_traces()
    assert only(hass, "lock") == "locked"
    assert ollama.chats
    await hass.async_block_till_done()
    logs = hass.data[conversation.chat_log.DATA_CHAT_LOGS].values()
    kept = [
        *(request.body.decode() for request in ollama.requests),
        *(repr(log.content) for log in logs),
        *(repr([e["data"] for e in trace.as_dict()["events"]]) for trace in traces),
        *(repr(trace.as_dict()) for trace in entry.runtime_data.assistant.traces),
        *(json.dumps(event.data, default=str) for event in events),
        *(r.getMessage() for r in caplog.records if "jarvis" in r.name),
    ]
    words = re.compile("|".join(rf"(?<!\w){re.escape(s)}(?!\w)" for s in secrets if s))
    assert [found[0] for text in kept if (found := words.search(text))] == []


ORDINARY = {
    "fr": """
        raconte-moi une blague | que s'est-il passé en 1789 | un deux trois soleil
        ouvre-moi l'appétit à 1830 | il y a deux portes et une serrure
        parle-moi de la Peugeot 2008
        """,
    "en": """
        tell me one joke | what happened in 1789 | is the door shut at 1830
        one two three go | one door, two locks | tell me about the Boeing 747
        """,
}


NOT_DONE = {
    "fr": "Je n'ai rien changé, je n'ai pas réussi.",
    "en": "I have not changed anything, I could not do it.",
}
"""What is heard where a model only hums at what may be an order."""


async def test_sentence_with_numbers_is_no_code(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await install(hass, ollama, **{CONF_PIN: "4711"})
    sentences = ORDINARY[language].replace("\n", "|").split("|")
    for text in filter(None, map(str.strip, sentences)):
        asked = await async_ask(hass, UNLOCK[language], language)
        assert speech(asked) == CODE[language]
        same = asked.conversation_id
        heard = await async_ask(hass, text, language, conversation_id=same)
        assert speech(heard) in {"Hm.", NOT_DONE[language]}, text
        assert text in json.dumps(ollama.chats[-1].json, ensure_ascii=False)


async def test_a_right_and_a_wrong_number_look_alike(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    """Who counts through all numbers in ordinary sentences learns nothing."""
    await install(hass, ollama, **{CONF_PIN: "4711"})
    sentences = {
        "fr": ("parle-moi de {}", "combien font {} plus un", "note le numéro {}"),
        "en": ("tell me a joke about {}", "what is {} plus one", "note number {}"),
    }
    for sentence in sentences[language]:
        sent = []
        for number in ("4711", "4712"):
            await async_ask(hass, sentence.format(number), language)
            sent.append(ollama.chats[-1].json["messages"][-1]["content"])
            assert number not in sent[-1]
        assert sent[0] == sent[1]


MANY = ("{} {}", "{} code {} code {}", "code {} {} pin {}", "{}! {}", "{} | {}", "{}{}")


@pytest.mark.parametrize("asked_before", [False, True])
@pytest.mark.parametrize("form", MANY)
async def test_one_utterance_tries_one_code(
    hass: HomeAssistant, language: str, form: str, asked_before: bool
) -> None:
    await install(hass, **{CONF_PIN: "4711"})
    row = form.format("4710", "4711", "4712")
    conversation_id = None
    if asked_before:
        asked = await async_ask(hass, UNLOCK[language], language)
        conversation_id = asked.conversation_id
    text = row if asked_before else f"{UNLOCK[language]} {row}"
    heard = [
        speech(await async_ask(hass, text, language, conversation_id=conversation_id))
        for _ in range(4)
    ]
    assert only(hass, "lock") == "locked"
    if not asked_before:
        assert heard == [WRONG[language]] * 2 + [PAUSED[language]] * 2


ANSWERS = {
    "fr": """bien sûr 4711 | d'accord 4711 | voilà 4711 | j'ai dit 4711 | ouvre-la 4711
        déverrouille la serrure 4711 | oui 4711""",
    "en": """sure, 4711 | I said 4711 | well 4711 | unlock it 4711 | yes 4711
        unlock the lock 4711""",
}


GARBLED = {
    "fr": (
        "quatr sept un un",
        "ça commence par 47 et ça finit par 11",
        "ça finit par 11",
    ),
    "en": (
        "four sevn one one",
        "it starts with 47 and ends with 11",
        "it ends with 11",
    ),
}
"""What must be a code, and is hidden, though nobody can read it."""

ONE_BREATH = {
    "fr": """4711 d'abord déverrouille la serrure | déverrouille la serrure 4711 de suite
        déverrouille la serrure 4711, c'est le code | j'ai dit 4711, déverrouille la serrure
        vas-y 4711 déverrouille la serrure | d'abord 4711 puis ouvre la serrure
        déverrouille la serrure et le garage 4711 | ouvre la serrure, 4711, merci, vite""",
    "en": """4711 first unlock the lock | unlock the lock, 4711, please, thanks
        unlock the lock 4711, that's the code | I said 4711, unlock the lock
        unlock the lock 4711 and hurry up | first 4711 then open the lock
        could you unlock the lock, code's 4711
        unlock the lock and the garage 4711 | open the lock, 4711, go""",
}


async def test_words_beside_a_code_do_not_hide_the_order(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await install(hass, ollama, **{CONF_PIN: "4711", CONF_RATE_LIMIT: 1000})
    lock = hass.states.async_all("lock")[0].entity_id
    for text in map(str.strip, ONE_BREATH[language].replace("\n", "|").split("|")):
        heard = await async_ask(hass, text, language)
        assert only(hass, "lock") == "unlocked", (text, speech(heard))
        if "garage" in text:
            assert only(hass, "cover") == "open"
        await hass.services.async_call(
            "lock", "lock", {"entity_id": lock}, blocking=True
        )
    assert not ollama.chats


async def test_code_is_heard_beside_a_yes_and_a_misheard_one_is_asked_for_again(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await install(hass, ollama, **{CONF_PIN: "4711", CONF_RATE_LIMIT: 1000})
    lock = hass.states.async_all("lock")[0].entity_id
    for text in map(str.strip, ANSWERS[language].replace("\n", "|").split("|")):
        asked = await async_ask(hass, UNLOCK[language], language)
        same = asked.conversation_id
        for garbled in GARBLED[language]:
            again = await async_ask(hass, garbled, language, conversation_id=same)
            assert speech(again) == CODE[language], garbled
        await async_ask(hass, text, language, conversation_id=same)
        assert only(hass, "lock") == "unlocked", text
        await hass.services.async_call(
            "lock", "lock", {"entity_id": lock}, blocking=True
        )
    logs = hass.data[conversation.chat_log.DATA_CHAT_LOGS].values()
    kept = repr([log.content for log in logs])
    assert not any(said in kept for said in GARBLED[language])
    assert not ollama.chats


SPELLINGS = """
    4711 | 47 11 | 4-7-1-1 | 4.7.1.1 | 47:11 | 4'711 | 4+7+1+1 | 47 (11) | ４７１１ |
    4️⃣7️⃣1️⃣1️⃣ | 4\u200b7\u200b1\u200b1 | 4\u00ad711 | 4 7 uh 1 1 | 47 and then 11 |
    4 puis 7 puis 1 puis 1 | four seven um one one | four seven double one |
    four seven won won | forty-seven eleven | four thousand seven hundred and eleven |
    number four number seven number one number one | quatre sept un un |
    quarante-sept onze | quatre mille sept cent onze | a four, a seven, a one and a one
    """


async def test_code_in_any_spelling_opens_and_is_kept_from_the_model(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await install(hass, ollama, **{CONF_PIN: "4711", CONF_RATE_LIMIT: 1000})
    lock = hass.states.async_all("lock")[0].entity_id
    for spelling in map(str.strip, SPELLINGS.split("|")):
        text = f"{UNLOCK[language]}, code {spelling}"
        await async_ask(hass, text, language)
        assert only(hass, "lock") == "unlocked", spelling
        await hass.services.async_call(
            "lock", "lock", {"entity_id": lock}, blocking=True
        )
        before = len(ollama.chats)
        await async_ask(hass, f"{JOKE[language]} {spelling}", language)
        if len(ollama.chats) > before:
            assert spelling not in json.dumps(ollama.chats[-1].json)


async def test_code_is_for_what_was_asked_for(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    """A model that wants something else is not given the code: it is asked by name."""
    await install(hass, ollama, **{CONF_PIN: "4711"})
    name = {"fr": "Serrure", "en": "Lock"}[language]
    ollama.handler = lambda body: [Call("HassTurnOff", name=name)]
    for text in (f"code 4711 {TIDY[language]}", f"{JOKE[language]}, code 4711"):
        heard = await async_ask(hass, text, language)
        assert speech(heard) == CODE[language]
        assert only(hass, "lock") == "locked"
    await async_ask(hass, "4711", language, conversation_id=heard.conversation_id)
    assert only(hass, "lock") == "unlocked"


async def test_number_that_is_asked_for_is_no_code(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await install(hass, ollama, **{CONF_PIN: "4711"})
    question = {"fr": "Quelle année ?", "en": "Which year?"}[language]
    ollama.handler = lambda body: [Say(question)]
    asked = await async_ask(hass, JOKE[language], language)
    assert asked.continue_conversation
    same = asked.conversation_id
    await async_ask(hass, "1984", language, conversation_id=same)
    assert "1984" in json.dumps(ollama.chats[-1].json)


async def test_wrong_codes_count_for_each_speaker_and_stay(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    freezer: FrozenDateTimeFactory,
) -> None:
    entry = await install(hass, ollama, **{CONF_PIN: "4711"})
    ann, ben = await user(hass, "Ann"), await user(hass, "Ben")
    heard = []
    for code in ("1111", "2222", "3333"):
        # Each time anew, and across reloads.
        asked = await async_ask(hass, UNLOCK[language], language, **ann)
        result = await async_ask(
            hass, code, language, conversation_id=asked.conversation_id, **ann
        )
        heard.append(speech(result))
        await hass.config_entries.async_reload(entry.entry_id)
        await hass.async_block_till_done()
    assert heard == [WRONG[language], WRONG[language], PAUSED[language]]
    order = f"{UNLOCK[language]} 4711"
    assert speech(await async_ask(hass, order, language, **ann)) == PAUSED[language]
    assert only(hass, "lock") == "locked"
    # Nothing else is refused, and nobody else.
    await async_ask(hass, LAMP_ON[language], language, **ann)
    assert only(hass, "light") == "on"
    for stop in ("stop", "annule", "never mind"):
        assert speech(await async_ask(hass, stop, language, **ann)) != PAUSED[language]
    await async_ask(hass, order, language, **ben)
    assert only(hass, "lock") == "unlocked"
    lock = hass.states.async_all("lock")[0].entity_id
    await hass.services.async_call("lock", "lock", {"entity_id": lock}, blocking=True)
    freezer.tick(PAUSE + 1)
    await async_ask(hass, order, language, **ann)
    assert only(hass, "lock") == "unlocked"


@pytest.mark.parametrize("form", ["{code}", "{order} {code}", "{order}, code {code}"])
async def test_codes_that_come_at_once_are_counted(
    hass: HomeAssistant, language: str, form: str
) -> None:
    """Of a burst three are tried, whoever speaks and in whatever conversations."""
    await install(hass, **{CONF_PIN: "4711", CONF_RATE_LIMIT: 1000})
    for speaker in (await user(hass, "Ann"), HALL, {}):
        asked = await async_ask(hass, UNLOCK[language], language, **speaker)
        heard = await asyncio.gather(
            *(
                async_ask(
                    hass,
                    form.format(order=UNLOCK[language], code=code),
                    language,
                    conversation_id=asked.conversation_id if code % 2 else None,
                    **speaker,
                )
                for code in (*range(5000, 5012), 4711)
            )
        )
        said = [speech(result) for result in heard]
        assert said.count(WRONG[language]) <= 2, said
        assert PAUSED[language] in said
        assert only(hass, "lock") == "locked"


async def test_many_speakers_try_no_more_codes(
    hass: HomeAssistant, language: str, freezer: FrozenDateTimeFactory
) -> None:
    """Who guesses from one satellite after the other is stopped, for five minutes."""
    await install(hass, **{CONF_PIN: "4711"})
    satellites = [{"satellite_id": f"assist_satellite.s{n}"} for n in range(6)]
    for satellite in satellites[:5]:
        for code in ("1111", "2222"):
            order = f"{UNLOCK[language]} {code}"
            heard = await async_ask(hass, order, language, **satellite)
    assert speech(heard) == PAUSED[language]
    right = f"{UNLOCK[language]} 4711"
    heard = await async_ask(hass, right, language, **satellites[5])
    assert speech(heard) == PAUSED[language]
    # Nobody locks out a user who is known, and none of those locks out a satellite.
    await async_ask(hass, right, language, **await user(hass, "Ann"))
    assert only(hass, "lock") == "unlocked"
    lock = hass.states.async_all("lock")[0].entity_id
    await hass.services.async_call("lock", "lock", {"entity_id": lock}, blocking=True)
    for name in ("Ben", "Cleo", "Dan", "Eve"):
        someone = await user(hass, name)
        for code in ("1111", "2222", "3333"):
            order = f"{UNLOCK[language]} {code}"
            heard = await async_ask(hass, order, language, **someone)
        assert speech(heard) == PAUSED[language]
    freezer.tick(PAUSE + 1)
    await async_ask(hass, right, language, **satellites[5])
    assert only(hass, "lock") == "unlocked"


async def test_clock_that_ran_ahead_pauses_nobody_for_long(
    hass: HomeAssistant, language: str, freezer: FrozenDateTimeFactory
) -> None:
    await install(hass, **{CONF_PIN: "4711"})
    now = dt_util.utcnow()
    freezer.move_to(now + timedelta(days=365))
    for code in ("1111", "2222", "3333"):
        await async_ask(hass, f"{UNLOCK[language]} {code}", language)
    freezer.move_to(now)
    right = f"{UNLOCK[language]} 4711"
    assert speech(await async_ask(hass, right, language)) == PAUSED[language]
    freezer.tick(PAUSE + 1)
    await async_ask(hass, right, language)
    assert only(hass, "lock") == "unlocked"


@pytest.mark.parametrize("code", ["", "4711"])
async def test_scripts_and_automations_confirm_nothing(
    hass: HomeAssistant, ollama: FakeOllama, language: str, code: str
) -> None:
    """However they are started, and for whomever; a user's own action call does."""
    await install(hass, ollama, **{CONF_PIN: code})
    ask, yes = UNLOCK[language], code or YES[language]
    person = await user(hass, "Ann")
    who = Context(user_id=person["user_id"])

    def step(text: str, key: str | None = None) -> dict[str, Any]:
        data = {"text": text, "agent_id": AGENT, "language": language}
        named = {"conversation_id": key} if key else {}
        return {"action": "conversation.process", "data": data | named}

    yes_script = {"alias": "Sayyes", "sequence": [step(yes)]}
    both = [step(ask, "talk"), step(yes, "talk")]
    scripts = {
        "both": {"sequence": both},
        "sayyes": yes_script,
        "at_once": {"sequence": [step(f"{ask} {code}")]},
    }
    assert await async_setup_component(hass, "script", {"script": scripts})
    ticking = {"trigger": "time_pattern", "seconds": "/5"}
    automation = {"alias": "Tick", "triggers": [ticking], "actions": both}
    assert await async_setup_component(hass, "automation", {"automation": automation})
    async_expose_entity(hass, "conversation", "script.sayyes", should_expose=True)
    run = partial(hass.services.async_call, blocking=True)

    async def tick() -> None:
        async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=6))

    for start in (
        tick,
        partial(run, "script", "both", {}, context=who),
        partial(run, "script", "both", {}),
        partial(run, "script", "at_once", {}, context=who),
        partial(run, "script", "sayyes", {}, context=who),
        partial(run, "script", "turn_on", {"entity_id": "script.sayyes"}, context=who),
        partial(async_ask, hass, RUN[language], language, **person),
    ):
        asked = await async_ask(hass, ask, language, **person)
        await start()
        await hass.async_block_till_done()
        assert only(hass, "lock") == "locked", start
    ollama.queue(Call("HassTurnOn", name="Sayyes"))
    await async_ask(hass, JOKE[language], language, **person)
    await hass.async_block_till_done()
    assert only(hass, "lock") == "locked"
    asked = await async_ask(hass, ask, language, **person)
    same = {"conversation_id": asked.conversation_id}
    await run("conversation", "process", step(yes)["data"] | same, context=who)
    assert only(hass, "lock") == "unlocked"
    await run("automation", "turn_off", {"entity_id": "automation.tick"})


async def test_wrong_codes_in_orders_count(hass: HomeAssistant, language: str) -> None:
    await install(hass, **{CONF_PIN: "4711"})
    heard = [
        speech(await async_ask(hass, f"{UNLOCK[language]} {code}", language))
        for code in ("9999", "8888", "7777")
    ]
    assert heard == [WRONG[language], WRONG[language], PAUSED[language]]


async def test_stop_is_never_too_much(hass: HomeAssistant, language: str) -> None:
    await install(hass, **{CONF_RATE_LIMIT: 1})
    asked = await async_ask(hass, UNLOCK[language], language)
    heard = await async_ask(
        hass, "stop", language, conversation_id=asked.conversation_id
    )
    assert speech(heard) == DROPPED[language]


async def test_orders_do_not_tell_which_number_is_the_code(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    """What is not critical is done with neither: else it would try out the code."""
    await install(hass, ollama, **{CONF_PIN: "4711"})
    for code in ("4711", "4712"):
        heard = await async_ask(hass, f"{LAMP_ON[language]} {code}", language)
        assert speech(heard) == NOT_DONE[language]
        assert only(hass, "light") == "off"


async def test_name_with_a_number_keeps_it(hass: HomeAssistant, language: str) -> None:
    await install(hass, **{CONF_PIN: "4711"})
    entity_id = hass.states.async_all("light")[0].entity_id
    name = {"fr": "Prise 4711", "en": "Socket 4711"}[language]
    hass.states.async_set(entity_id, "off", {"friendly_name": name})
    text = {"fr": "allume la prise 4711", "en": "turn on socket 4711"}[language]
    await async_ask(hass, text, language)
    traces = conversation.trace.async_get_traces()
    assert text in repr(traces[-1].as_dict())
