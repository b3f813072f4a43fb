"""A chat may go on for ever: what no longer fits into the context is summarised."""

import asyncio
import itertools
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from homeassistant.components.conversation.chat_log import DATA_CHAT_LOGS
from homeassistant.core import HomeAssistant

from tests.fakes.home import (
    Lamp,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import Call, FakeOllama, Refuse, Request, Say, Stall, Step

CONTEXT = 4096
CHAT = "the chat on the kitchen wall"
TALK = {
    "fr": "parlons du jour {}, où je te raconte longuement ma vie " + "bla " * 20,
    "en": "let us talk about day {}, when I tell you all of my life " + "bla " * 20,
}
ANSWER = "Mais oui, bien sûr, raconte encore. " * 3
SUMMARY = {"fr": "On a parlé de ses\njournées.", "en": "We spoke of\nits days."}

type Answer = Callable[[Any], Sequence[Step]]


def asks_for_summary(body: Any) -> bool:
    return "Summarise this conversation" in body["messages"][-1]["content"]


def talker(*summary: Step) -> Answer:
    """Play a model that answers at length and summarises so."""
    return lambda body: summary if asks_for_summary(body) else [Say(ANSWER)]


@pytest.fixture
def ollama(ollama: FakeOllama) -> FakeOllama:
    ollama.tokens_per_byte = 0.3
    return ollama


@pytest.fixture(params=["fr", "en"])
async def language(
    request: pytest.FixtureRequest, hass: HomeAssistant, ollama: FakeOllama
) -> str:
    await async_furnish(hass, {"Salon": [Lamp("Lampe")]}, request.param)
    await async_install_jarvis(hass, ollama, context_length=CONTEXT)
    return str(request.param)


async def async_talk(
    hass: HomeAssistant, language: str, days: range, *, patient: bool = True
) -> None:
    for day in days:
        text = TALK[language].format(day)
        assert speech(await async_ask(hass, text, language, conversation_id=CHAT))
        await hass.async_block_till_done(wait_background_tasks=patient)


def turns(ollama: FakeOllama) -> list[list[dict[str, Any]]]:
    """Return the messages of each turn, without the summaries'."""
    bodies = [chat.json for chat in ollama.chats]
    return [body["messages"] for body in bodies if not asks_for_summary(body)]


def asked(messages: list[dict[str, Any]], language: str, day: int) -> bool:
    """Return whether the words of a day's turn are among the messages."""
    words = TALK[language].format(day).strip()
    return any(m["role"] == "user" and words in m["content"] for m in messages)


async def test_old_turns_are_summarised_by_the_model(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    thoughts = "<think>what was it about?</think>"
    ollama.handler = talker(Say(thoughts + SUMMARY[language]))
    await async_talk(hass, language, range(30))
    assert all(ollama.tokens(chat.json) <= CONTEXT for chat in ollama.chats)
    # Never in a hurry: the summary came in time.
    assert "shortened" not in caplog.text
    first, *_, last = turns(ollama)
    assert last[0] == first[0]
    gist = " ".join(SUMMARY[language].split())
    assert last[1]["content"].startswith(f'(Earlier, in short: "{gist}")\n\n')
    whole = [day for day in range(30) if asked(last, language, day)]
    assert 3 <= len(whole) < 20
    assert whole[-3:] == [27, 28, 29]


async def test_the_prompt_seldom_begins_anew(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    ollama.handler = talker(Say(SUMMARY[language]))
    await async_talk(hass, language, range(30))
    begins = [messages[1]["content"] for messages in turns(ollama)]
    changes = sum(a[:200] != b[:200] for a, b in itertools.pairwise(begins))
    assert 1 <= changes <= 6


async def test_a_summary_goes_on_where_the_turn_ended(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    ollama.handler = talker(Say(SUMMARY[language]))
    await async_talk(hass, language, range(30))
    bodies = [chat.json for chat in ollama.chats]
    place = next(i for i, body in enumerate(bodies) if asks_for_summary(body))
    turn, summary = bodies[place - 1], bodies[place]
    assert summary["messages"][:-2] == turn["messages"]
    assert summary["messages"][-2]["content"] == ANSWER
    assert {**summary, "messages": 0} == {**turn, "messages": 0}


async def test_without_a_summary_what_was_said_stands_in_short(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    ollama.handler = talker(Refuse(500, "out of memory"))
    await async_talk(hass, language, range(30))
    assert all(ollama.tokens(chat.json) <= CONTEXT for chat in ollama.chats)
    last = turns(ollama)[-1]
    assert last[1]["content"].startswith('(Earlier, in short: "')
    told, _, _ = last[1]["content"].partition('")\n\n')
    whole = [day for day in range(30) if asked(last, language, day)]
    assert 3 <= len(whole) < 20
    assert "user: " + TALK[language].format(whole[0] - 1)[:30] in told
    assert "you: Mais oui" in told
    assert len(told) < 1400


async def begun_summary(ollama: FakeOllama) -> Request | None:
    """Return the request for a summary, if one comes within the time that it may take."""
    for _ in range(30):
        for chat in ollama.chats:
            if asks_for_summary(chat.json):
                return chat
        await asyncio.sleep(0.01)
    return None


async def test_a_summary_is_given_up_when_somebody_speaks(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    ollama.handler = talker(Stall())
    for day in range(30):
        await async_talk(hass, language, range(day, day + 1), patient=False)
        if summary := await begun_summary(ollama):
            break
    assert summary
    await async_talk(hass, language, range(30, 31), patient=False)
    async with asyncio.timeout(10):
        await summary.done.wait()
    assert summary.cancelled
    assert asked(turns(ollama)[-1], language, 30)


async def test_answers_of_tools_in_old_turns_go_first(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    for number in range(60):
        hass.states.async_set(f"light.other_{number}", "off")
    await hass.async_block_till_done()

    def handle(body: Any) -> Sequence[Step]:
        if asks_for_summary(body):
            return [Refuse(500)]
        looked = body["messages"][-1]["role"] == "tool"
        return [Say("Bien.")] if looked else [Call("homeassistant__GetLiveContext")]

    ollama.handler = handle
    await async_talk(hass, language, range(5))
    assert all(ollama.tokens(chat.json) <= CONTEXT for chat in ollama.chats)
    last = turns(ollama)[-1]
    results = [m["content"] for m in last if m["role"] == "tool"]
    assert "light" in results[-1]
    assert all("left out" in result for result in results[:-1])
    assert asked(last, language, 1)


async def test_another_chat_of_the_same_name_knows_nothing_of_it(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    ollama.handler = talker(Say(SUMMARY[language]))
    await async_talk(hass, language, range(30))
    hass.data[DATA_CHAT_LOGS].clear()
    await async_talk(hass, language, range(30, 31))
    last = turns(ollama)[-1]
    assert [m["role"] for m in last] == ["system", "user"]
    assert "Earlier" not in last[1]["content"]


async def test_a_prompt_that_cannot_fit_is_said(
    hass: HomeAssistant, ollama: FakeOllama
) -> None:
    await async_furnish(hass, {"Salon": [Lamp("Lampe")]}, "fr")
    await async_install_jarvis(hass, ollama, context_length=256)
    result = await async_ask(hass, "raconte-moi une blague", "fr")
    assert speech(result) == (
        "Désolé, c'est plus que le modèle de langage sur "
        f"{ollama.server} ne peut retenir : son contexte est de 256 jetons. "
        "Il se règle dans les options du serveur."
    )
    result = await async_ask(hass, "tell me a joke", "en", device_id="a satellite")
    assert speech(result) == ("Sorry, that is more than my language model can take in.")
    assert ollama.chats == []


async def test_a_home_of_many_rooms_is_told_in_fewer_words(
    hass: HomeAssistant, ollama: FakeOllama, caplog: pytest.LogCaptureFixture
) -> None:
    rooms = {f"Room number {i}": [Lamp(f"Lamp {i}")] for i in range(120)}
    await async_furnish(hass, rooms, "en")
    await async_install_jarvis(hass, ollama, context_length=CONTEXT)
    ollama.handler = lambda body: [Say("Hello.")]
    await async_ask(hass, "tell me a joke", "en")
    (chat,) = ollama.chats
    assert ollama.tokens(chat.json) <= CONTEXT
    system = chat.json["messages"][0]["content"]
    assert "more, which a search finds" in system
    assert 20 < system.count("Room number") < 120
    assert "told the names of areas only" in caplog.text
