"""Turns that a language model answers, against a server that speaks Ollama's protocol."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components import conversation
from homeassistant.components.conversation.chat_log import (
    ChatLogEventType,
    async_subscribe_chat_logs,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.intent import IntentResponseErrorCode

from custom_components.jarvis.assistant.agent import model_agent
from tests.custom_components.jarvis.common import JOKE, TIDY, left_open, let_fail
from tests.fakes.home import (
    Blind,
    Lamp,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import (
    Break,
    Call,
    Cut,
    FakeOllama,
    Refuse,
    Say,
    Stall,
    Step,
    Think,
)


@pytest.fixture(params=["fr", "en"])
async def language(request: pytest.FixtureRequest, hass: HomeAssistant) -> str:
    tag: str = request.param
    name = {"fr": "Lumière du salon", "en": "Kitchen light"}[tag]
    await async_furnish(hass, {"": [Lamp(name)]}, tag)
    return tag


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the silence that is too long short, for tests of stalls."""
    monkeypatch.setattr(model_agent, "MODEL_TIMEOUT", 1.0)


async def test_answer_is_streamed_into_the_chat_log(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    ollama.queue(Think("a joke, then"), Say("C'est l'histoire d'un pingouin."))
    result = await async_ask(hass, JOKE[language], language)
    assert speech(result) == "C'est l'histoire d'un pingouin."
    assert result.response.error_code is None
    log = hass.data[conversation.chat_log.DATA_CHAT_LOGS][result.conversation_id]
    assert log.content[-1].content == "C'est l'histoire d'un pingouin."
    assert log.content[-1].thinking_content == "a joke, then"
    assert [content.role for content in log.content] == ["system", "user", "assistant"]


async def test_words_are_passed_on_as_they_come(
    hass: HomeAssistant, ollama: FakeOllama
) -> None:
    await async_furnish(hass, {}, "fr")
    await async_install_jarvis(hass, ollama)
    # Of the last word nobody knows yet whether it is the name of a tool.
    ollama.queue(Say("Un deux trois quatre"), Stall())
    pieces: list[str] = []
    arrived = asyncio.Event()

    def listen(log: conversation.ChatLog, delta: dict[str, str]) -> None:
        pieces.append(delta.get("content", ""))
        if "".join(pieces).rstrip() == "Un deux trois":
            arrived.set()

    async def converse() -> None:
        with (
            conversation.chat_log.chat_session.async_get_chat_session(hass) as session,
            conversation.async_get_chat_log(
                hass, session, chat_log_delta_listener=listen
            ),
        ):
            await async_ask(
                hass, "compte", "fr", conversation_id=session.conversation_id
            )

    task = hass.async_create_task(converse())
    async with asyncio.timeout(5):
        await arrived.wait()
    assert [piece for piece in pieces if piece] == ["Un ", "deux ", "trois "]
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(5):
        await ollama.chats[0].done.wait()
    assert ollama.chats[0].cancelled


@pytest.mark.parametrize("tool", ["intent__HassTurnOn", "HassTurnOn"])
async def test_tool_call_really_switches_the_light(
    hass: HomeAssistant, ollama: FakeOllama, language: str, tool: str
) -> None:
    await async_install_jarvis(hass, ollama)
    state = hass.states.async_all("light")[0]
    ollama.queue(Call(tool, name=state.name, area="", domain='["light"]'))
    ollama.queue(Say("Voilà."))
    result = await async_ask(hass, TIDY[language], language)
    assert hass.states.get(state.entity_id).state == "on"
    # What was done is told from the state after it.
    assert (
        speech(result)
        == {
            "fr": "C'est fait, la lumière du salon est allumée.",
            "en": "Done, the kitchen light is on.",
        }[language]
    )
    assert [target.id for target in result.response.success_results] == [
        state.entity_id
    ]
    second_round = ollama.chats[1].json["messages"]
    assert [message["role"] for message in second_round] == [
        "system",
        "user",
        "assistant",
        "tool",
    ]
    assert second_round[2]["tool_calls"][0]["function"]["name"] == "intent__HassTurnOn"
    assert '"success"' in second_round[3]["content"]


async def test_what_core_understands_never_reaches_the_model(
    hass: HomeAssistant, ollama: FakeOllama
) -> None:
    await async_furnish(hass, {"": [Lamp("Lumière du salon")]}, "fr")
    await async_install_jarvis(hass, ollama)
    result = await async_ask(hass, "allume la lumière du salon")
    assert speech(result) == "C'est fait, la lumière du salon est allumée."
    assert ollama.chats == []


async def test_prompt_begins_the_same_in_every_turn(
    hass: HomeAssistant, ollama: FakeOllama, language: str, freezer
) -> None:
    await async_install_jarvis(hass, ollama)
    ollama.handler = lambda body: [Say("Toc toc.")]
    first = await async_ask(hass, JOKE[language], language)
    freezer.tick(61)
    await async_ask(hass, "encore", language, conversation_id=first.conversation_id)
    one, two = (chat.json for chat in ollama.chats)
    assert one["messages"][0] == two["messages"][0]
    assert one["tools"] == two["tools"]
    assert two["messages"][1]["content"] == JOKE[language]
    assert "It is" in two["messages"][-1]["content"]
    assert "It is" not in two["messages"][0]["content"]


@pytest.mark.parametrize("by_voice", [True, False])
@pytest.mark.parametrize(
    ("failure", "french", "english"),
    [
        (
            "down",
            (
                "Désolé, je n'arrive pas à joindre le serveur du modèle de langage.",
                "Désolé, je n'arrive pas à joindre le serveur du modèle de langage, {server}.",
            ),
            (
                "Sorry, I can't reach the language model's server.",
                "Sorry, I can't reach the language model's server, {server}.",
            ),
        ),
        (
            "missing",
            (
                "Le modèle de langage n'est pas installé sur son serveur.",
                (
                    "Le modèle qwen3:4b n'est pas installé sur {server}. "
                    "Il s'installe avec : ollama pull qwen3:4b"
                ),
            ),
            (
                "The language model is not installed on its server.",
                (
                    "The model qwen3:4b is not installed on {server}. "
                    "It is installed by: ollama pull qwen3:4b"
                ),
            ),
        ),
        (
            Refuse(503, "server busy, please try again"),
            (
                "Le modèle de langage est occupé, réessaie dans un instant.",
                "Le modèle de langage est occupé sur {server}, réessaie dans un instant.",
            ),
            (
                "The language model is busy, try again in a moment.",
                "The language model is busy on {server}, try again in a moment.",
            ),
        ),
        (
            Refuse(500, "model requires more system memory"),
            (
                "Désolé, le modèle de langage a rencontré une erreur.",
                "Désolé, le modèle de langage a rencontré une erreur sur {server}.",
            ),
            (
                "Sorry, the language model ran into an error.",
                "Sorry, the language model ran into an error on {server}.",
            ),
        ),
        (
            Refuse(401, "unauthorized"),
            (
                "Le serveur du modèle de langage refuse mon mot de passe.",
                "Le serveur du modèle de langage, {server}, refuse mon mot de passe.",
            ),
            (
                "The language model's server refuses my password.",
                "The language model's server, {server}, refuses my password.",
            ),
        ),
        (
            Stall(),
            (
                "Désolé, le modèle de langage met trop de temps à répondre.",
                "Désolé, le modèle de langage met trop de temps à répondre sur {server}.",
            ),
            (
                "Sorry, the language model takes too long to answer.",
                "Sorry, the language model takes too long to answer on {server}.",
            ),
        ),
        (
            Cut(),
            (
                "Désolé, je n'arrive pas à joindre le serveur du modèle de langage.",
                "Désolé, je n'arrive pas à joindre le serveur du modèle de langage, {server}.",
            ),
            (
                "Sorry, I can't reach the language model's server.",
                "Sorry, I can't reach the language model's server, {server}.",
            ),
        ),
    ],
)
@pytest.mark.usefixtures("impatient")
async def test_each_failure_is_said(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    failure: object,
    french: tuple[str, str],
    english: tuple[str, str],
    by_voice: bool,
) -> None:
    await async_install_jarvis(hass, ollama)
    await let_fail(ollama, failure)
    result = await async_ask(
        hass,
        JOKE[language],
        language,
        device_id="a satellite's device" if by_voice else None,
    )
    heard, read = {"fr": french, "en": english}[language]
    expected = heard if by_voice else read.format(server=ollama.server)
    assert speech(result) == expected
    assert result.response.error_code is IntentResponseErrorCode.UNKNOWN
    log = hass.data[conversation.chat_log.DATA_CHAT_LOGS][result.conversation_id]
    assert log.content[-1].content == read.format(server=ollama.server)


async def test_missing_model_is_told_once_and_leaves_the_rest_alone(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    """Small talk and what was not understood need no technical text."""
    await async_install_jarvis(hass, ollama)
    await let_fail(ollama, "missing")
    command = {"fr": "ollama pull", "en": "ollama pull"}[language]
    plain = {"fr": "Je n'ai pas compris.", "en": "I didn't understand."}[language]
    for text in ("hello", "merci", "thank you"):
        assert command not in speech(await async_ask(hass, text, language))
    first, second = [
        speech(await async_ask(hass, text, language))
        for text in ("flurble wurble gronk", "wobble gronk")
    ]
    assert first.startswith(plain)
    assert command in first
    assert second.startswith(plain)
    assert command not in second
    assert command in speech(await async_ask(hass, JOKE[language], language))
    why = {"fr": "pourquoi ?", "en": "why?"}[language]
    missed = await async_ask(hass, "flurble gronk", language)
    told = speech(
        await async_ask(hass, why, language, conversation_id=missed.conversation_id)
    )
    assert "qwen3:4b" in told
    assert {"fr": "n'est réglé", "en": "is set up"}[language] not in told


@pytest.mark.parametrize("failure", [Cut(), Stall(), Break("the model crashed")])
@pytest.mark.usefixtures("impatient")
async def test_failure_in_mid_sentence_is_said_after_what_was_spoken(
    hass: HomeAssistant, ollama: FakeOllama, language: str, failure: object
) -> None:
    await async_install_jarvis(hass, ollama)
    ollama.queue(Say("Il était une"), failure)
    with left_open() as readers:
        result = await async_ask(hass, JOKE[language], language)
    assert readers == []
    sorry = {
        "fr": "Désolé, je n'ai pas pu finir.",
        "en": "Sorry, I could not finish.",
    }[language]
    assert speech(result) == f"Il était une … {sorry}"


@pytest.mark.parametrize("failure", [Refuse(500), Cut(), Stall()])
@pytest.mark.usefixtures("impatient")
async def test_second_server_takes_over_before_the_first_word(
    hass: HomeAssistant,
    ollama: FakeOllama,
    second: FakeOllama,
    language: str,
    failure: object,
) -> None:
    await async_install_jarvis(hass, ollama, second)
    ollama.queue(failure)
    second.queue(Say("Me voici."))
    result = await async_ask(hass, JOKE[language], language)
    assert speech(result) == "Me voici."
    assert ollama.chats[0].json["messages"] == second.chats[0].json["messages"]


async def test_second_server_goes_on_after_the_first_word(
    hass: HomeAssistant, ollama: FakeOllama, second: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama, second)
    ollama.queue(Say("Il était une"), Cut())
    second.queue(Say(" fois un roi."))
    result = await async_ask(hass, JOKE[language], language)
    assert speech(result) == "Il était une fois un roi."
    assert second.chats[0].json["messages"][-1] == {
        "role": "assistant",
        "content": "Il était une",
    }


async def test_done_is_said_though_the_model_dies_after_its_tool(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    name = hass.states.async_all("light")[0].name
    ollama.queue(Call("intent__HassTurnOn", name=name))
    ollama.queue(Refuse(500))
    result = await async_ask(hass, TIDY[language], language)
    assert (
        speech(result)
        == {
            "fr": "C'est fait, la lumière du salon est allumée.",
            "en": "Done, the kitchen light is on.",
        }[language]
    )


async def test_failure_is_said_when_the_tool_only_looked(
    hass: HomeAssistant, ollama: FakeOllama
) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe")]}, "fr")
    await async_install_jarvis(hass, ollama)
    ollama.queue(Call("homeassistant__GetLiveContext"))
    ollama.queue(Refuse(503))
    result = await async_ask(hass, JOKE["fr"], device_id="a satellite's device")
    assert speech(result) == (
        "Le modèle de langage est occupé, réessaie dans un instant."
    )


async def test_all_that_was_done_is_said_though_the_model_dies(
    hass: HomeAssistant, ollama: FakeOllama
) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe"), Blind("Volet")]}, "fr")
    await async_install_jarvis(hass, ollama)
    ollama.queue(
        Call("intent__HassTurnOn", name="Lampe"),
        Call("intent__HassTurnOn", name="Volet"),
    )
    ollama.queue(Cut())
    result = await async_ask(hass, TIDY["fr"])
    assert speech(result) == ("C'est fait, la lampe est allumée et le volet s'ouvre.")


async def test_model_that_says_nothing_is_an_error(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    ollama.queue(Think("hm"))
    ollama.queue(Think("hm"))
    result = await async_ask(hass, JOKE[language], language)
    assert (
        speech(result)
        == {
            "fr": "Désolé, le modèle de langage a rencontré une erreur.",
            "en": "Sorry, the language model ran into an error.",
        }[language]
    )


async def test_model_that_begins_with_nothing_is_asked_once_more(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    ollama.queue(Think("hm"))
    ollama.queue(Say("Toc toc."))
    assert speech(await async_ask(hass, JOKE[language], language)) == "Toc toc."


async def test_model_that_calls_tools_for_ever_is_stopped(
    hass: HomeAssistant, ollama: FakeOllama
) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe")]}, "fr")
    await async_install_jarvis(hass, ollama)
    ollama.handler = lambda body: [
        Call("intent__HassTurnOn", name=f"Fantôme {len(body['messages'])}")
    ]
    result = await async_ask(hass, JOKE["fr"])
    assert len(ollama.chats) == 10
    assert result.response.error_code is IntentResponseErrorCode.UNKNOWN


async def test_question_of_the_model_keeps_the_microphone_open(
    hass: HomeAssistant, ollama: FakeOllama
) -> None:
    await async_furnish(hass, {}, "fr")
    await async_install_jarvis(hass, ollama)
    ollama.queue(Say("Laquelle ?"))
    ollama.queue(Say("Entendu."))
    assert (await async_ask(hass, "allume la machine")).continue_conversation
    assert not (await async_ask(hass, "la bleue")).continue_conversation


async def test_prepare_loads_the_model_once_and_bears_its_absence(
    hass: HomeAssistant, ollama: FakeOllama
) -> None:
    await async_furnish(hass, {}, "fr")
    entry = await async_install_jarvis(hass, ollama)
    agent = conversation.agent_manager.async_get_agent(hass, "conversation.jarvis")
    await agent.async_prepare("fr")
    await agent.async_prepare("fr")
    assert ollama.loaded == ["qwen3:4b"]
    assert await hass.config_entries.async_reload(entry.entry_id)
    await ollama.stop()
    agent = conversation.agent_manager.async_get_agent(hass, "conversation.jarvis")
    await agent.async_prepare("fr")


async def test_prepare_has_the_beginning_read_when_no_chat_is_on(
    hass: HomeAssistant, ollama: FakeOllama, freezer: FrozenDateTimeFactory
) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe")]}, "fr")
    await async_install_jarvis(hass, ollama)
    agent = conversation.agent_manager.async_get_agent(hass, "conversation.jarvis")
    ollama.handler = lambda body: [Say("Oui.")]
    await async_ask(hass, JOKE["fr"])
    freezer.tick(100)
    await agent.async_prepare("fr")
    assert len(ollama.chats) == 1
    freezer.tick(400)
    await agent.async_prepare("fr")
    asked, read = (chat.json for chat in ollama.chats)
    assert read["messages"] == asked["messages"][:1]
    assert read["tools"] == asked["tools"]
    assert read["think"] == asked["think"]
    assert read["options"] == {**asked["options"], "num_predict": 1}
    await agent.async_prepare("fr")
    assert len(ollama.chats) == 2


async def test_reading_in_advance_gives_way_to_a_turn(
    hass: HomeAssistant, ollama: FakeOllama, freezer: FrozenDateTimeFactory
) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe")]}, "fr")
    await async_install_jarvis(hass, ollama)
    agent = conversation.agent_manager.async_get_agent(hass, "conversation.jarvis")
    ollama.queue(Say("Oui."))
    await async_ask(hass, JOKE["fr"])
    freezer.tick(400)
    reading = asyncio.Event()

    def handle(body: Any) -> Sequence[Step]:
        if len(body["messages"]) > 1:
            return [Say("Me voici.")]
        reading.set()
        return [Stall()]

    ollama.handler = handle
    preparing = hass.async_create_task(agent.async_prepare("fr"))
    async with asyncio.timeout(5):
        await reading.wait()
    assert speech(await async_ask(hass, JOKE["fr"])) == "Me voici."
    async with asyncio.timeout(5):
        await preparing
        await ollama.chats[1].done.wait()
    assert ollama.chats[1].cancelled


async def test_prepare_bears_a_server_that_cannot_read(
    hass: HomeAssistant, ollama: FakeOllama, freezer: FrozenDateTimeFactory
) -> None:
    await async_furnish(hass, {}, "fr")
    await async_install_jarvis(hass, ollama)
    agent = conversation.agent_manager.async_get_agent(hass, "conversation.jarvis")
    ollama.queue(Say("Oui."))
    await async_ask(hass, JOKE["fr"])
    freezer.tick(400)
    ollama.queue(Refuse(500))
    await agent.async_prepare("fr")
    assert len(ollama.chats) == 2


@pytest.mark.usefixtures("impatient")
async def test_model_that_was_too_slow_is_loaded_for_the_next_turn(
    hass: HomeAssistant, ollama: FakeOllama
) -> None:
    await async_furnish(hass, {}, "fr")
    await async_install_jarvis(hass, ollama)
    ollama.queue(Stall())
    ollama.queue(Say("Me voici."))
    await async_ask(hass, JOKE["fr"])
    await hass.async_block_till_done(wait_background_tasks=True)
    assert ollama.loaded == ["qwen3:4b"]
    assert speech(await async_ask(hass, JOKE["fr"])) == "Me voici."


async def test_chat_log_events_are_sent(
    hass: HomeAssistant, ollama: FakeOllama
) -> None:
    await async_furnish(hass, {}, "fr")
    await async_install_jarvis(hass, ollama)
    ollama.queue(Say("Oui."))
    events: list[ChatLogEventType] = []
    async_subscribe_chat_logs(hass, lambda _id, kind, _data: events.append(kind))
    await async_ask(hass, "ça va")
    assert ChatLogEventType.CREATED in events
