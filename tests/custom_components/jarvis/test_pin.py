"""The code: spoken or typed, it is written down nowhere and shown to no model."""

import json
import logging
import re
from collections.abc import Iterable
from typing import Any

import pytest
from homeassistant.components import conversation
from homeassistant.components.assist_pipeline.pipeline import KEY_ASSIST_PIPELINE
from homeassistant.core import HomeAssistant

from custom_components.jarvis.const import CONF_PIN
from tests.custom_components.jarvis.common import (
    JOKE,
    SetUp,
    answer,
    model_server,
    only,
    run,
    voice_node,
)
from tests.fakes.home import (
    DoorLock,
    Lamp,
    async_ask,
    async_furnish,
    speech,
)
from tests.fakes.ollama import Call, FakeOllama, Say
from tests.fakes.wyoming_node import FakeNode

pytestmark = pytest.mark.usefixtures("small_talk")

NAME = {"fr": "Serrure", "en": "Lock"}
UNLOCK = {"fr": "déverrouille la serrure", "en": "unlock the lock"}
CODE = {
    "fr": "Pour déverrouiller la serrure, dis-moi le code.",
    "en": "To unlock the lock, tell me the code.",
}
WRONG = {
    "fr": "Ce n'est pas le bon code. Réessaie.",
    "en": "That is not the right code. Try again.",
}
NOTHING_OPEN = {
    "fr": "Il n'y a rien à confirmer en ce moment. Redis-moi ce que tu veux.",
    "en": "There is nothing to confirm right now. Tell me again what you would like.",
}


@pytest.fixture
def expected_lingering_tasks() -> bool:
    """Let the garbage collector close the generators that a pipeline leaves open."""
    return True


@pytest.fixture(params=["fr", "en"])
async def language(
    request: pytest.FixtureRequest,
    hass: HomeAssistant,
    node: FakeNode,
    ollama: FakeOllama,
    set_up: SetUp,
) -> str:
    tag: str = request.param
    lock = DoorLock(NAME[tag], locked=True)
    await async_furnish(
        hass, {"": [lock, Lamp({"fr": "Lampe", "en": "Lamp"}[tag])]}, tag
    )
    await set_up(
        voice_node(node),
        model_server(ollama),
        create_pipeline=True,
        language=tag,
        options={CONF_PIN: "1234"},
    )
    return tag


async def hear(
    hass: HomeAssistant, node: FakeNode, text: str, conversation_id: str | None = None
) -> dict[str, Any]:
    node.transcript = text
    return await run(hass, conversation_id=conversation_id)


def conversation_of(events: dict[str, Any]) -> str:
    key: str = events["intent-end"]["intent_output"]["conversation_id"]
    return key


def written(hass: HomeAssistant, ollama: FakeOllama) -> list[str]:
    """Return all that is kept of what was said."""
    pipelines = hass.data[KEY_ASSIST_PIPELINE].pipeline_debug
    return [
        *(
            repr(log.content)
            for log in hass.data[conversation.chat_log.DATA_CHAT_LOGS].values()
        ),
        *(repr(t.as_dict()) for t in conversation.trace.async_get_traces()),
        *(
            repr([event.data for event in kept.events])
            for runs in pipelines.values()
            for kept in runs.values()
        ),
        *(json.dumps(chat.json, ensure_ascii=False) for chat in ollama.chats),
    ]


def holding(texts: Iterable[str], secret: str) -> list[str]:
    """Return the texts with these words; random ids may hold any figures."""
    words = re.compile(rf"(?<!\w){re.escape(secret)}(?!\w)")
    return [text for text in texts if words.search(text)]


@pytest.mark.parametrize(
    "said",
    [
        {"fr": "un deux trois quatre", "en": "one two three four"},
        {"fr": "douze trente-quatre", "en": "twelve thirty-four"},
        {"fr": "1234", "en": "1234"},
        {"fr": "Le code est 12 34.", "en": "The code is 12 34."},
    ],
)
async def test_spoken_code_opens_and_is_written_nowhere(
    hass: HomeAssistant,
    node: FakeNode,
    ollama: FakeOllama,
    language: str,
    said: dict[str, str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    events = await hear(hass, node, UNLOCK[language])
    assert answer(events) == CODE[language]
    same = conversation_of(events)
    events = await hear(hass, node, said[language], same)
    assert only(hass, "lock") == "unlocked"
    assert {"fr": "déverrouillée", "en": "unlocked"}[language] in answer(events)
    await hear(hass, node, JOKE[language], same)
    assert ollama.chats
    everything = [
        *written(hass, ollama),
        *(record.getMessage() for record in caplog.records),
    ]
    # The search finds what is there: the words before the code.
    assert len(holding(everything, UNLOCK[language])) > 4
    assert holding(everything, said[language]) == []


async def test_typed_code_is_kept_nowhere(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    hass_ws_client: Any,
) -> None:
    """Typed into Assist's own dialog: Home Assistant notes it before Jarvis has it."""
    client = await hass_ws_client(hass)
    same = None
    for text in (UNLOCK[language], "1234", JOKE[language]):
        await client.send_json_auto_id(
            {
                "type": "assist_pipeline/run",
                "start_stage": "intent",
                "end_stage": "intent",
                "input": {"text": text},
                "conversation_id": same,
            }
        )
        event: dict[str, Any] = {}
        while event.get("type") != "run-end":
            event = (await client.receive_json()).get("event") or {}
            if event.get("type") == "intent-end":
                same = event["data"]["intent_output"]["conversation_id"]
    assert only(hass, "lock") == "unlocked"
    assert ollama.chats
    kept = written(hass, ollama)
    assert len(holding(kept, UNLOCK[language])) > 3
    assert holding(kept, "1234") == []


@pytest.mark.parametrize("spoken", [True, False])
@pytest.mark.parametrize(
    "said",
    [
        {"fr": "déverrouille la serrure, le code est {}", "en": "unlock the lock {}"},
        {"fr": "{} déverrouille la serrure", "en": "use {} to unlock the lock"},
        {
            "fr": "déverrouille avec le code {} la serrure s'il te plaît",
            "en": "unlock, with code {}, the lock please",
        },
    ],
)
@pytest.mark.parametrize("code", ["1234", "9876"])
async def test_code_in_one_breath_with_the_order(
    hass: HomeAssistant,
    node: FakeNode,
    ollama: FakeOllama,
    language: str,
    said: dict[str, str],
    code: str,
    spoken: bool,
) -> None:
    """It acts at once where the code is right; none that is said is kept."""
    text = said[language].format(code)
    call = Call("HassTurnOff", name=NAME[language], domain="lock")
    ollama.handler = lambda body: [call]
    ask = async_ask(hass, text, language) if not spoken else None
    heard = speech(await ask) if ask else answer(await hear(hass, node, text))
    if code == "1234":
        assert only(hass, "lock") == "unlocked"
        assert {"fr": "déverrouillée", "en": "unlocked"}[language] in heard
    else:
        assert only(hass, "lock") == "locked"
        assert heard == WRONG[language]
    ollama.handler = lambda body: [Say("Hm.")]
    await hear(hass, node, JOKE[language])
    kept = written(hass, ollama)
    assert ollama.chats
    assert holding(kept, code) == []


@pytest.mark.parametrize("spoken", [True, False])
async def test_code_that_nobody_asked_for_is_kept_nowhere(
    hass: HomeAssistant,
    node: FakeNode,
    ollama: FakeOllama,
    language: str,
    spoken: bool,
) -> None:
    """Whether it is right is not told, neither by words nor by deeds."""
    text = {"fr": "le code est {} merci", "en": "the code is {} please"}[language]
    for code in ("1234", "4321"):
        alone = text.format(code)
        ask = async_ask(hass, alone, language) if not spoken else None
        heard = speech(await ask) if ask else answer(await hear(hass, node, alone))
        assert heard == NOTHING_OPEN[language]
        assert holding(written(hass, ollama), code) == []
    await hear(hass, node, JOKE[language])
    assert ollama.chats
    assert only(hass, "lock") == "locked"


async def test_numbers_of_others_are_understood_meanwhile(
    hass: HomeAssistant, node: FakeNode, language: str
) -> None:
    first = await hear(hass, node, UNLOCK[language])
    text = {"fr": "mets la lampe à 50 %", "en": "set the lamp to 50%"}[language]
    other = await hear(hass, node, text)
    lamp = hass.states.async_all("light")[0]
    assert lamp.attributes["brightness"] == 128
    log = hass.data[conversation.chat_log.DATA_CHAT_LOGS][conversation_of(other)]
    said = [item.content for item in log.content if item.role == "user"]
    assert said == [text]
    await hear(hass, node, "1234", conversation_of(first))
    assert only(hass, "lock") == "unlocked"


async def test_pause_after_three_wrong_codes_is_spoken(
    hass: HomeAssistant, node: FakeNode, language: str
) -> None:
    same = conversation_of(await hear(hass, node, UNLOCK[language]))
    for _ in range(3):
        heard = answer(await hear(hass, node, "9999", same))
    paused = {
        "fr": "Trop de codes faux. Réessaie dans cinq minutes.",
        "en": "Too many wrong codes. Try again in five minutes.",
    }[language]
    assert heard == paused
    assert answer(await hear(hass, node, "1234", same)) != CODE[language]
    assert answer(await hear(hass, node, UNLOCK[language])) == paused
    assert only(hass, "lock") == "locked"
