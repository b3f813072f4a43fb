"""Interim words: what is heard through a real pipeline while an answer takes its time."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Any

import pytest
from homeassistant.components import conversation
from homeassistant.components.assist_pipeline.pipeline import KEY_ASSIST_PIPELINE
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.components.tts.const import DATA_TTS_MANAGER
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.jarvis.assistant.telling import confirmation, interim
from custom_components.jarvis.assistant.turn import turn as turn_module
from custom_components.jarvis.const import (
    DOMAIN,
    SUBENTRY_MODEL_SERVER,
    SUBENTRY_VOICE_NODE,
)
from tests.fakes.home import AGENT, Lamp, async_furnish
from tests.fakes.ollama import (
    Call,
    FakeOllama,
    Hold,
    Refuse,
    Say,
    Stall,
    Step,
    Think,
    Wait,
)
from tests.fakes.wyoming_node import FakeNode, serving

pytestmark = pytest.mark.usefixtures("socket_enabled")

JOKE = {"fr": "raconte-moi une blague", "en": "tell me a joke"}
FIRST = {"fr": "Un instant…", "en": "One moment…"}
AGAIN = {"fr": "Je cherche encore…", "en": "I'm still looking…"}
DEVICE = "a satellite's device"


class Room:
    """One speaker before a pipeline of Jarvis's ear, head and mouth."""

    def __init__(self, hass: HomeAssistant, node: FakeNode, client: Any) -> None:
        self.hass = hass
        self.node = node
        self.client = client
        self.pipeline = ""
        self.language = "fr"
        self.events: list[dict[str, Any]] = []

    async def ask(
        self, text: str, *, device_id: str | None = DEVICE, conversation_id: str = ""
    ) -> None:
        await self.client.send_json_auto_id(
            {
                "type": "assist_pipeline/run",
                "start_stage": "intent",
                "end_stage": "tts",
                "pipeline": self.pipeline,
                "conversation_id": conversation_id or None,
                "device_id": device_id,
                "input": {"text": text},
            }
        )
        assert (await self.client.receive_json())["success"]

    async def answer(self) -> dict[str, Any]:
        """Wait for the end; return what the pipeline says was the answer."""
        self.events = []
        while not self.events or self.events[-1]["type"] not in {"run-end", "error"}:
            self.events.append((await self.client.receive_json())["event"])
        # What is streamed is synthesized on its own time.
        await self.hass.async_block_till_done(wait_background_tasks=True)
        end = next(event for event in self.events if event["type"] == "intent-end")
        output: dict[str, Any] = end["data"]["intent_output"]
        return output

    @property
    def heard(self) -> list[str]:
        return [request.text for request in self.node.spoken]

    async def until(self, done: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not done():  # noqa: ASYNC110
                await asyncio.sleep(0.01)


def words(output: dict[str, Any]) -> str:
    text: str = output["response"]["speech"]["plain"]["speech"]
    return text


@pytest.fixture(params=["fr", "en"])
async def room(
    request: pytest.FixtureRequest,
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    ollama: FakeOllama,
    second: FakeOllama,
    tmp_path: Path,
) -> AsyncGenerator[Room]:
    language: str = request.param
    name = {"fr": "Lumière du salon", "en": "Kitchen light"}[language]
    await async_furnish(hass, {"": [Lamp(name, stuck=True)]}, language)
    for component in ("assist_pipeline", "tts"):
        assert await async_setup_component(hass, component, {})
    manager = hass.data[DATA_TTS_MANAGER]
    manager.cache_dir = str(tmp_path)
    manager.file_cache.clear()
    async with serving() as node:
        data: list[tuple[str, dict[str, Any]]] = [
            (SUBENTRY_VOICE_NODE, {"host": node.host, "port": node.port}),
            (SUBENTRY_MODEL_SERVER, {"url": ollama.url, "model": "qwen3:4b"}),
            (SUBENTRY_MODEL_SERVER, {"url": second.url, "model": "qwen3:4b"}),
        ]
        entry = MockConfigEntry(
            domain=DOMAIN,
            title="Jarvis",
            subentries_data=[
                ConfigSubentryData(
                    subentry_type=kind, title=kind, data=about, unique_id=None
                )
                for kind, about in data
            ],
        )
        entry.add_to_hass(hass)
        assert await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
        tag = {"fr": "fr-FR", "en": "en-US"}[language]
        item = await hass.data[KEY_ASSIST_PIPELINE].pipeline_store.async_create_item(
            {
                "name": "Jarvis",
                "language": language,
                "conversation_engine": AGENT,
                "conversation_language": language,
                "stt_engine": None,
                "stt_language": None,
                "tts_engine": "tts.jarvis",
                "tts_language": tag,
                "tts_voice": None,
                "wake_word_entity": None,
                "wake_word_id": None,
            }
        )
        place = Room(hass, node, await hass_ws_client(hass))
        place.pipeline = item.id
        place.language = language
        yield place


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the silences that are broken short."""
    monkeypatch.setattr(interim, "FIRST_AFTER", 0.1)
    monkeypatch.setattr(interim, "NEXT_AFTER", 0.2)
    monkeypatch.setattr(interim, "_LETTERS_A_SECOND", 1000.0)


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("before", [[], [Think("hm")]], ids=["silent", "thinking"])
async def test_slow_model_is_waited_for_with_a_word(
    room: Room, ollama: FakeOllama, before: list[Step], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interim, "NEXT_AFTER", 60.0)
    go_on = asyncio.Event()
    ollama.queue(*before, Hold(go_on), Say("Toc toc."))
    await room.ask(JOKE[room.language])
    await room.until(lambda: bool(room.heard))
    assert room.heard == [FIRST[room.language]]
    go_on.set()
    output = await room.answer()
    assert words(output) == "Toc toc."
    assert room.heard == [FIRST[room.language], "Toc toc."]
    # The model never learns that it said so.
    log = room.hass.data[conversation.chat_log.DATA_CHAT_LOGS][
        output["conversation_id"]
    ]
    assert [item.content for item in log.content[1:]] == [
        JOKE[room.language],
        "Toc toc.",
    ]
    ollama.queue(Say("Qui est là ?"))
    await room.ask("?!… hm", conversation_id=output["conversation_id"])
    await room.answer()
    assert FIRST[room.language] not in ollama.chats[1].body.decode()


@pytest.mark.usefixtures("soon")
async def test_long_wait_is_broken_again_and_again(
    room: Room, ollama: FakeOllama
) -> None:
    go_on = asyncio.Event()
    ollama.queue(Hold(go_on), Say("Toc toc."))
    await room.ask(JOKE[room.language])
    await room.until(lambda: len(room.heard) >= 3)
    go_on.set()
    await room.answer()
    assert room.heard[0] == FIRST[room.language]
    assert set(room.heard[1:-1]) == {AGAIN[room.language]}
    assert room.heard[-1] == "Toc toc."


@pytest.mark.usefixtures("soon")
async def test_nothing_is_put_between_the_words_on_a_screen(
    room: Room, ollama: FakeOllama
) -> None:
    ollama.queue(Wait(0.5), Say("Toc toc."))
    await room.ask(JOKE[room.language], device_id=None)
    assert words(await room.answer()) == "Toc toc."
    deltas = [
        event["data"]["chat_log_delta"].get("content") or ""
        for event in room.events
        if "chat_log_delta" in (event["data"] or {})
    ]
    assert "".join(deltas) == "Toc toc."
    assert room.heard == ["Toc toc."]


@pytest.mark.usefixtures("soon")
async def test_pause_in_mid_sentence_is_no_gap(room: Room, ollama: FakeOllama) -> None:
    go_on = asyncio.Event()
    first = {"fr": "Voici une histoire.", "en": "Here is a story."}[room.language]
    # Of the last word nobody knows yet whether it is the name of a tool.
    begun = Say(f"{first} Il était une fois")
    ollama.queue(begun, Hold(go_on), Say(" un roi bavard."))
    await room.ask(JOKE[room.language])
    await room.until(lambda: "Il était une …" in room.heard[:-1])
    go_on.set()
    assert words(await room.answer()) == f"{first} Il était une fois un roi bavard."
    follows = room.heard[room.heard.index("Il était une …") + 1]
    assert follows in {FIRST[room.language], AGAIN[room.language]}
    assert room.heard[-1] == "fois un roi bavard."


@pytest.mark.usefixtures("soon")
async def test_slow_tool_is_waited_for_with_a_word(
    room: Room, ollama: FakeOllama
) -> None:
    wait = {"wait_for_trigger": {"trigger": "event", "event_type": "coffee"}}
    scripts = {"brew": {"alias": "Brew coffee", "sequence": [wait]}}
    assert await async_setup_component(room.hass, "script", {"script": scripts})
    async_expose_entity(room.hass, "conversation", "script.brew", True)
    ollama.queue(Call("script__brew"))
    ollama.queue(Say("Bien."))
    order = {"fr": "occupe-toi de brew coffee", "en": "see to brew coffee"}
    await room.ask(order[room.language])
    await room.until(lambda: len(room.heard) >= 2)

    def served() -> bool:
        # Nobody can see from outside when the script begins to wait for it.
        room.hass.bus.async_fire("coffee")
        return "Bien." in room.heard

    await room.until(served)
    await room.answer()
    assert room.heard[:2] == [FIRST[room.language], AGAIN[room.language]]
    assert room.heard[-1] == "Bien."


@pytest.mark.usefixtures("soon")
async def test_slow_device_is_waited_for_with_a_word(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confirmation, "TIMEOUT", 0.25)
    name = room.hass.states.async_all("light")[0].name
    await room.ask({"fr": f"allume la {name}", "en": f"turn on {name}"}[room.language])
    output = await room.answer()
    still = {
        "fr": "J'ai demandé, mais la lumière du salon est toujours éteinte.",
        "en": "I asked, but the kitchen light is still off.",
    }[room.language]
    assert words(output) == still
    assert room.heard[0] == FIRST[room.language]
    assert room.heard[-1] == still


@pytest.mark.usefixtures("soon")
async def test_server_that_takes_over_is_not_noticed(
    room: Room, ollama: FakeOllama, second: FakeOllama
) -> None:
    go_on = asyncio.Event()
    ollama.queue(Hold(go_on), Stall())
    second.queue(Say("Toc toc."))
    await room.ask(JOKE[room.language])
    await room.until(lambda: bool(room.heard))
    await ollama.stop()
    assert words(await room.answer()) == "Toc toc."
    assert set(room.heard) <= {FIRST[room.language], AGAIN[room.language], "Toc toc."}
    assert room.heard.count("Toc toc.") == 1


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("begun", ["", "Il était"])
async def test_turn_that_takes_too_long_says_so(
    room: Room, ollama: FakeOllama, monkeypatch: pytest.MonkeyPatch, begun: str
) -> None:
    monkeypatch.setattr(turn_module, "TURN_SECONDS", 4.0)
    steps = [Say(begun)] if begun else [Think("hm")]
    ollama.queue(*steps, Stall())
    await room.ask(JOKE[room.language])
    output = await room.answer()
    sorry = {
        "fr": "Désolé, cela m'a pris trop de temps, j'ai abandonné.",
        "en": "Sorry, that took me too long, so I gave up.",
    }[room.language]
    assert words(output) == sorry
    assert room.heard[-1] == sorry
    assert FIRST[room.language] in room.heard


@pytest.mark.usefixtures("soon")
async def test_failure_after_an_interim_word_is_heard(
    room: Room, ollama: FakeOllama, second: FakeOllama
) -> None:
    second.queue(Refuse(500))
    go_on = asyncio.Event()
    ollama.queue(Hold(go_on))
    await room.ask(JOKE[room.language])
    await room.until(lambda: bool(room.heard))
    await ollama.stop()
    await room.answer()
    assert room.heard[0] == FIRST[room.language]
    assert (
        room.heard[-1]
        == {
            "fr": "Désolé, je n'arrive pas à joindre le serveur du modèle de langage.",
            "en": "Sorry, I can't reach the language model's server.",
        }[room.language]
    )
