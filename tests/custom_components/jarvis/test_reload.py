"""What has begun before a change of settings ends with what it began with."""

import asyncio

import pytest
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.jarvis.assistant.agent import model_agent
from custom_components.jarvis.assistant.turn import turn
from tests.custom_components.jarvis.common import JOKE, YES, add_rule
from tests.fakes.home import (
    DoorLock,
    Plug,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import Call, FakeOllama, Hold, Say, Step

TURNS = 35


async def _change(hass: HomeAssistant, entry: MockConfigEntry, number: int) -> None:
    """Change an option, a server, or the rules; each sets Jarvis up anew."""
    match number % 3:
        case 0:
            options = {
                **entry.options,
                "confirmations": ["speech", "chime"][number // 3 % 2],
            }
            hass.config_entries.async_update_entry(entry, options=options)
        case 1:
            (server,) = entry.get_subentries_of_type("model_server")
            hass.config_entries.async_update_subentry(
                entry, server, title=f"Server {number}"
            )
        case 2:
            await add_rule(hass, entry, users=["nobody"], domains=[])
    await hass.async_block_till_done()


async def test_turns_end_properly_while_jarvis_is_reloaded(
    hass: HomeAssistant, ollama: FakeOllama, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However slow the machine is: it is not patience that is tested.
    monkeypatch.setattr(model_agent, "MODEL_TIMEOUT", 300.0)
    monkeypatch.setattr(turn, "TURN_SECONDS", 600.0)
    await async_furnish(hass, {}, "fr")
    entry = await async_install_jarvis(hass, ollama)
    begun = entry.runtime_data
    told = asyncio.Event()
    asked = asyncio.Semaphore(0)

    def answer(body: object) -> list[Step]:
        asked.release()
        return [Say("Me "), Hold(told), Say("voici.")]

    ollama.handler = answer
    turns: list[asyncio.Task[str]] = []

    async def ask() -> str:
        return speech(await async_ask(hass, JOKE["fr"]))

    for wave in range(5):
        turns += [asyncio.create_task(ask()) for _ in range(TURNS // 5)]
        for _ in range(TURNS // 5):
            await asyncio.wait_for(asked.acquire(), 30)
        await _change(hass, entry, wave)
    assert entry.runtime_data is not begun
    told.set()
    answers = await asyncio.wait_for(asyncio.gather(*turns), 60)
    assert answers == ["Me voici."] * TURNS
    await hass.async_block_till_done(wait_background_tasks=True)
    assert begun.usage.idle
    # What nobody uses any more is closed, and what came after it answers.
    assert speech(await async_ask(hass, JOKE["fr"])) == "Me voici."


@pytest.mark.parametrize("change", range(3))
@pytest.mark.parametrize("asked", ["guard", "model", "code"])
async def test_a_question_that_is_open_stays_open_over_a_change_of_settings(
    hass: HomeAssistant, ollama: FakeOllama, asked: str, change: int
) -> None:
    await async_furnish(
        hass, {"": [DoorLock("Front door", locked=True), Plug("Kettle")]}, "en"
    )
    entry = await async_install_jarvis(hass, ollama)
    if asked == "code":
        hass.config_entries.async_update_entry(
            entry, options={**entry.options, "pin": "4711"}
        )
        await hass.async_block_till_done()
    if asked == "model":
        ollama.queue(Call("intent__HassTurnOn", name="Kettle"))
    text = "what a nice kettle" if asked == "model" else "unlock the front door"
    first = await async_ask(hass, text, "en")
    assert first.continue_conversation
    begun = entry.runtime_data
    await _change(hass, entry, change)
    assert entry.runtime_data is not begun
    ollama.handler = lambda body: [Say("Hm.")]
    user = await hass.auth.async_create_user("Tom")
    answer = "4711" if asked == "code" else YES["en"]
    meant = "switch.kettle" if asked == "model" else "lock.front_door"
    before = hass.states.get(meant).state
    # Nobody else may answer it, before a reload or after.
    for user_id in (user.id, None):
        assert hass.states.get(meant).state == before
        await async_ask(
            hass,
            answer,
            "en",
            conversation_id=first.conversation_id,
            user_id=user_id,
        )
    assert (before, hass.states.get(meant).state) in {
        ("off", "on"),
        ("locked", "unlocked"),
    }
