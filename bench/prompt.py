"""What a turn with a language model costs before its first word.

The same home, the same scripted server, the same sentences for Jarvis and for Home
Assistant's own `ollama` integration: bytes of messages and tools as they go over the
wire, time from request to first streamed word. For Jarvis alone: whether the entity
that is needed is among those that the model is told of, and how much of the prompt
before the utterance is the same as in the turn before.

Both agents are asked directly. Jarvis then tries its sentences, its skills and Home
Assistant's intents before the model; the `ollama` integration goes to its model at once,
and that is what the target compares with. `behind local sentences` is the same turn as
an Assist pipeline takes it that prefers to handle commands locally: with Home
Assistant's triggers and intents before the `ollama` integration.
"""

import asyncio
import json
import logging
import random
import statistics
import time

from homeassistant.components import conversation
from homeassistant.components.conversation.chat_log import async_get_chat_log
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers.chat_session import async_get_chat_session
from homeassistant.loader import DATA_CUSTOM_COMPONENTS
from pytest_homeassistant_custom_component.common import MockConfigEntry

from bench._own_home import own_home
from bench._prompt_home import Command, async_build
from custom_components.jarvis.assistant.home.retrieval import retrieve
from tests.fakes.home import AGENT, async_install_jarvis
from tests.fakes.ollama import FakeOllama, Request, Say

SIZES = (50, 500, 2000)
TURNS = 40
LOCAL_FIRST = "core behind local sentences"
MODEL = "qwen3:4b"
ANSWER = {"fr": "Bonsoir, je regarde cela.", "en": "Good evening, let me see."}


def prompt_bytes(request: Request) -> int:
    """Return the bytes of messages and tools."""
    body = request.json
    return len(dumped(body["messages"])) + len(dumped(body.get("tools")))


def dumped(value: object) -> bytes:
    """Return JSON as the client writes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def before_utterance(request: Request) -> bytes:
    """Return tools and messages up to the words of the last message of the user."""
    body = request.json
    messages = body["messages"]
    last = max(i for i, message in enumerate(messages) if message["role"] == "user")
    return dumped(body.get("tools")) + dumped(messages[:last])


async def async_install_core(hass: HomeAssistant, server: FakeOllama) -> str:
    """Set up Home Assistant's own integration; return its agent."""
    entry = MockConfigEntry(
        domain="ollama",
        title="Ollama",
        data={"url": server.url},
        version=3,
        minor_version=3,
        subentries_data=[
            {
                "subentry_type": "conversation",
                "title": "Ollama",
                "unique_id": None,
                "data": {"model": MODEL, "llm_hass_api": ["assist"]},
            }
        ],
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return next(
        entity_id
        for entity_id in hass.states.async_entity_ids("conversation")
        if "ollama" in entity_id
    )


async def async_turn(
    hass: HomeAssistant,
    text: str,
    language: str,
    agent: str,
    session_id: str | None,
    *,
    local_first: bool = False,
) -> tuple[float, str]:
    """Say something; return the milliseconds to the first word, and the session."""
    first = 0.0
    start = time.perf_counter()

    def listen(log: conversation.ChatLog, delta: dict[str, object]) -> None:
        nonlocal first
        if delta.get("content") and delta.get("role", "assistant") == "assistant":
            first = first or time.perf_counter()

    with (
        async_get_chat_session(hass, session_id) as session,
        async_get_chat_log(hass, session, chat_log_delta_listener=listen) as log,
    ):
        if local_first:
            await async_try_local(hass, log, text, language)
        await conversation.async_converse(
            hass,
            text,
            session.conversation_id,
            Context(),
            language=language,
            agent_id=agent,
        )
    return (first - start) * 1000, session.conversation_id


async def async_try_local(
    hass: HomeAssistant, log: conversation.ChatLog, text: str, language: str
) -> None:
    """Do what a pipeline that prefers local handling does before it asks an agent."""
    user_input = conversation.ConversationInput(
        text=text,
        context=Context(),
        conversation_id=log.conversation_id,
        device_id=None,
        satellite_id=None,
        language=language,
        agent_id=AGENT,
    )
    assert not await conversation.async_handle_sentence_triggers(hass, user_input, log)
    assert not await conversation.async_handle_intents(hass, user_input, log)


async def async_measure(size: int, language: str) -> None:
    """Measure one home."""
    async with FakeOllama() as server, own_home() as hass:
        hass.data.pop(DATA_CUSTOM_COMPONENTS, None)
        commands = await async_build(hass, size, language)
        await async_install_jarvis(hass, server)
        core = await async_install_core(hass, server)
        server.handler = lambda body: [Say(ANSWER[language])]
        chosen = random.Random(size).sample(commands, TURNS)
        times: dict[str, list[float]] = {AGENT: [], core: [], LOCAL_FIRST: []}
        sizes: dict[str, list[int]] = {AGENT: [], core: []}
        for place, command in enumerate(chosen):
            # Who goes first changes, so that neither always finds caches warm.
            for agent in (AGENT, core) if place % 2 else (core, AGENT):
                count = len(server.chats)
                took, _ = await async_turn(hass, command.text, language, agent, None)
                if len(server.chats) == count:
                    continue  # understood without the model
                times[agent].append(took)
                sizes[agent].append(prompt_bytes(server.chats[-1]))
            # Other words, or the intents would come from the cache that Jarvis filled.
            text = f"{command.text} {command.text.split()[0]}"
            took, _ = await async_turn(
                hass, text, language, core, None, local_first=True
            )
            times[LOCAL_FIRST].append(took)
        name = f"prompt {language} {size}"
        ours, theirs = (statistics.mean(sizes[agent]) for agent in (AGENT, core))
        met = ours <= theirs / 4 if size == 500 else None
        report(f"{name} bytes", ours, theirs, "B", len(sizes[AGENT]),
               "at most 25 %" if size == 500 else None, met)  # fmt: skip
        ours, theirs = (statistics.median(times[agent]) for agent in (AGENT, core))
        report(f"{name} first word", ours, theirs, "ms", len(times[AGENT]),
               "at most 5 ms more", ours - theirs <= 5)  # fmt: skip
        local_first = statistics.median(times[LOCAL_FIRST])
        report(f"{name} first word, core behind local sentences", ours, local_first,
               "ms", len(times[AGENT]), None, None)  # fmt: skip
        found = sum(needed(hass, command, language) for command in commands) / size
        report(f"{name} entity told", found * 100, None, "%", size,
               "at least 99 %", found >= 0.99)  # fmt: skip
        same = await async_same(hass, server, chosen, language)
        report(f"{name} same before utterance", same * 100, None, "%", len(chosen) - 1,
               "at least 95 %", same >= 0.95)  # fmt: skip
        await hass.async_stop(force=True)


def needed(hass: HomeAssistant, command: Command, language: str) -> bool:
    """Return whether the entity that a command needs is among those that are told."""
    things = retrieve(hass, command.text, language)
    return command.entity_id in {thing.entity_id for thing in things}


async def async_same(
    hass: HomeAssistant, server: FakeOllama, commands: list[Command], language: str
) -> float:
    """Return the smallest part of a prompt that is as in the turn before."""
    session: str | None = None
    parts: list[bytes] = []
    before: list[float] = []
    for command in commands[:8]:
        count = len(server.chats)
        _, session = await async_turn(hass, command.text, language, AGENT, session)
        if len(server.chats) == count:
            parts.clear()  # understood without the model: its turns do not follow
            continue
        request = server.chats[count]
        whole = dumped(request.json.get("tools")) + dumped(request.json["messages"])
        if parts:
            now = before_utterance(request)
            common = same_start(parts[-1], now)
            before.append(common / len(now))
        parts.append(whole)
    return min(before)


def same_start(one: bytes, other: bytes) -> int:
    """Return how many bytes two prompts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def report(
    name: str,
    value: float,
    peer: float | None,
    unit: str,
    n: int,
    target: str | None,
    met: bool | None,
) -> None:
    """Print one line."""
    row = {
        "name": name,
        "value": round(value, 2),
        "unit": unit,
        "peer": "Home Assistant's ollama integration" if peer is not None else None,
        "peer_value": None if peer is None else round(peer, 2),
        "ratio": None if peer is None else round(value / peer, 3),
        "n": n,
        "target": target,
        "met": met,
    }
    print(json.dumps(row, ensure_ascii=False), flush=True)


def main() -> None:
    """Measure all homes in both languages."""
    logging.disable(logging.WARNING)
    for size in SIZES:
        for language in ("fr", "en"):
            asyncio.run(async_measure(size, language))


if __name__ == "__main__":
    main()
