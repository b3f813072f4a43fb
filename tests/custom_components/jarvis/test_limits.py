"""One turn at a time in a conversation, and not too many in a minute."""

import asyncio
from typing import Any

import pytest
from homeassistant.components import conversation
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

from custom_components.jarvis.const import CONF_RATE_LIMIT
from tests.custom_components.jarvis.common import TOO_FAST, make_pipeline, words
from tests.fakes.home import (
    Lamp,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import FakeOllama, Hold, Say

pytestmark = pytest.mark.usefixtures("small_talk")


async def chats(ollama: FakeOllama, count: int) -> None:
    """Wait until the server was asked so many times."""
    while len(ollama.chats) < count:  # noqa: ASYNC110
        await asyncio.sleep(0.01)


async def test_turns_of_a_conversation_follow_each_other(
    hass: HomeAssistant, ollama: FakeOllama
) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe")]}, "fr")
    await async_install_jarvis(hass, ollama)
    begun = await async_ask(hass, "raconte-moi une blague")
    same = begun.conversation_id
    go_on = asyncio.Event()
    ollama.requests.clear()
    ollama.queue(Hold(go_on), Say("Réponse une."))
    ollama.queue(Say("Réponse ailleurs."))
    ollama.queue(Say("Réponse deux."))
    first = asyncio.create_task(async_ask(hass, "question une", conversation_id=same))
    await chats(ollama, 1)
    second = asyncio.create_task(async_ask(hass, "question deux", conversation_id=same))
    # Another conversation is not held up, be it a command or for the model.
    assert speech(await async_ask(hass, "raconte encore")) == "Réponse ailleurs."
    await async_ask(hass, "allume la lampe")
    assert hass.states.get("light.lampe").state == "on"
    assert len(ollama.chats) == 2
    assert not second.done()
    go_on.set()
    assert speech(await first) == "Réponse une."
    assert speech(await second) == "Réponse deux."
    # The second turn knows of the first, and the log tells of both.
    read = [m["content"].partition("\n\n")[0] for m in ollama.chats[2].json["messages"]]
    expected = ["question une", "Réponse une.", "question deux"]
    assert read[-3:] == expected
    log = hass.data[conversation.chat_log.DATA_CHAT_LOGS][same]
    assert [c.content for c in log.content][-4:] == [*expected, "Réponse deux."]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("options", "most"),
    [({}, 30), ({CONF_RATE_LIMIT: 3}, 3), ({CONF_RATE_LIMIT: 31}, 31)],
)
async def test_one_turn_too_many_in_a_minute(
    hass: HomeAssistant,
    language: str,
    options: dict[str, Any],
    most: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await async_furnish(hass, {"": [Lamp("Lamp")]}, language)
    entry = await async_install_jarvis(hass)
    hass.config_entries.async_update_entry(entry, options=options)
    await hass.async_block_till_done()
    heard = [
        speech(await async_ask(hass, "hm", language, device_id="kitchen"))
        for _ in range(most + 1)
    ]
    assert TOO_FAST[language] not in heard[:most]
    assert heard[most] == TOO_FAST[language]
    # Somebody else is not made to wait, and a minute later nobody is.
    other = await async_ask(hass, "hm", language, device_id="bedroom")
    assert speech(other) != TOO_FAST[language]
    limits = entry.runtime_data.assistant._limits
    for times in limits._taken.values():
        for place, taken in enumerate(times):
            times[place] = taken - 61
    later = await async_ask(hass, "hm", language, device_id="kitchen")
    assert speech(later) != TOO_FAST[language]


async def test_pipeline_runs_of_a_conversation_follow_each_other(
    hass: HomeAssistant, ollama: FakeOllama, hass_ws_client: Any
) -> None:
    """Over the websocket, as Assist's own dialog asks."""
    await async_furnish(hass, {"": [Lamp("Lampe")]}, "fr")
    assert await async_setup_component(hass, "assist_pipeline", {})
    await async_install_jarvis(hass, ollama)
    begun = await async_ask(hass, "raconte-moi une blague")
    go_on = asyncio.Event()
    ollama.requests.clear()
    ollama.queue(Hold(go_on), Say("Réponse une."))
    ollama.queue(Say("Réponse deux."))
    client = await hass_ws_client(hass)
    pipeline_id = await make_pipeline(hass, "fr")
    for text in ("question une", "question deux"):
        await client.send_json_auto_id(
            {
                "type": "assist_pipeline/run",
                "start_stage": "intent",
                "end_stage": "intent",
                "pipeline": pipeline_id,
                "input": {"text": text},
                "conversation_id": begun.conversation_id,
            }
        )
        await chats(ollama, 1)
    go_on.set()
    said: list[str] = []
    while len(said) < 2:
        message = await client.receive_json()
        event = message.get("event", {})
        if event.get("type") == "intent-end":
            said.append(words(event["data"]["intent_output"]))
    assert said == ["Réponse une.", "Réponse deux."]
    read = [m["content"].partition("\n\n")[0] for m in ollama.chats[1].json["messages"]]
    assert read[-3:] == ["question une", "Réponse une.", "question deux"]
