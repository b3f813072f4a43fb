"""Who gives the id of somebody else's conversation learns nothing of it."""

import json
from typing import Any

import pytest
from homeassistant.auth.const import GROUP_ID_ADMIN
from homeassistant.components import conversation
from homeassistant.core import HomeAssistant

from tests.custom_components.jarvis.common import JOKE, YES, only
from tests.fakes.home import (
    DoorLock,
    Lamp,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import FakeOllama

pytestmark = pytest.mark.usefixtures("small_talk")

LAMP = {"fr": "Lampe Zanzibar", "en": "Zanzibar lamp"}
ON = {"fr": "allume la lampe Zanzibar", "en": "turn on the Zanzibar lamp"}
OFF_AGAIN = {"fr": "éteins-la", "en": "turn it off"}
SECRET = {"fr": "mon secret est tournesol", "en": "my secret is tournesol"}
WHY = {"fr": "qu'as-tu fait ?", "en": "what did you just do?"}
UNLOCK = {"fr": "déverrouille la serrure", "en": "unlock the lock"}


@pytest.fixture(params=["fr", "en"])
async def language(request: pytest.FixtureRequest, hass: HomeAssistant) -> str:
    tag: str = request.param
    lock = DoorLock({"fr": "Serrure", "en": "Lock"}[tag], locked=True)
    await async_furnish(hass, {"": [lock, Lamp(LAMP[tag])]}, tag)
    return tag


async def speakers(hass: HomeAssistant) -> list[dict[str, Any]]:
    """Return two users, two satellites and somebody unknown."""
    users = [
        await hass.auth.async_create_user(name, group_ids=[GROUP_ID_ADMIN])
        for name in ("Ann", "Ben")
    ]
    return [
        *({"user_id": user.id} for user in users),
        {"satellite_id": "assist_satellite.hall", "device_id": "hall"},
        {"satellite_id": "assist_satellite.attic", "device_id": "attic"},
        {},
    ]


@pytest.mark.parametrize("first", range(5))
async def test_conversation_stays_with_who_began_it(
    hass: HomeAssistant, ollama: FakeOllama, language: str, first: int
) -> None:
    entry = await async_install_jarvis(hass, ollama)
    everybody = await speakers(hass)
    owner = everybody.pop(first)
    texts = (SECRET[language], ON[language], UNLOCK[language])
    same = None
    for text in texts:
        asked = await async_ask(hass, text, language, conversation_id=same, **owner)
        same = asked.conversation_id
    assert asked.continue_conversation
    await hass.config_entries.async_reload(entry.entry_id)
    for other in everybody:
        before = len(ollama.chats)
        ids = set()
        for text in (YES[language], WHY[language], OFF_AGAIN[language], JOKE[language]):
            result = await async_ask(
                hass, text, language, conversation_id=same, **other
            )
            ids.add(result.conversation_id)
            assert "anzibar" not in speech(result)
        assert len(ids) == 1
        assert same not in ids
        assert only(hass, "light") == "on"
        assert only(hass, "lock") == "locked"
        assert len(ollama.chats) > before
        for chat in ollama.chats[before:]:
            told = json.dumps(chat.json["messages"][1:])
            assert "tournesol" not in told
            assert ON[language] not in told
    mine = await async_ask(
        hass, JOKE[language], language, conversation_id=same, **owner
    )
    assert mine.conversation_id == same
    assert "tournesol" in json.dumps(ollama.chats[-1].json["messages"])
    assert same in hass.data[conversation.chat_log.DATA_CHAT_LOGS]
