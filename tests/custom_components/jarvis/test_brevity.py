"""Plain confirmations as words, a chime or nothing, through a real pipeline."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest
from homeassistant.components import assist_pipeline, conversation, tts
from homeassistant.components.assist_pipeline.pipeline import KEY_ASSIST_PIPELINE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import chat_session

from custom_components.jarvis.engines.clips import read_chime
from custom_components.jarvis.engines.spoken import Sound, hinted, read_hint
from tests.custom_components.jarvis.common import (
    SetUp,
    answer,
    listen,
    run,
    voice_node,
)
from tests.fakes.home import Blind, DoorLock, Lamp, Shutter, async_ask, async_furnish
from tests.fakes.wyoming_node import CLOSE, FakeNode

SATELLITE = "assist_satellite.salon"
BY = pytest.mark.parametrize("by", [SATELLITE, None], ids=["satellite", "browser"])
DONE = {
    "fr": ("allume la lampe", "C'est fait, la lampe est allumée."),
    "en": ("turn on the lampe", "Done, the lampe is on."),
}


@pytest.fixture
def expected_lingering_tasks() -> bool:
    """Let the garbage collector close what a pipeline leaves open."""
    return True


@pytest.fixture
async def home(hass: HomeAssistant, node: FakeNode, set_up: SetUp) -> Any:
    """Return a function that makes a home with a choice of confirmation."""

    async def home(choice: str | None, language: str = "fr") -> FakeNode:
        devices = [
            Lamp("Lampe"),
            Lamp("Spot", stuck=True),
            Blind("Volet"),
            DoorLock("Porte"),
            Shutter("Portail", device_class="gate"),
        ]
        await async_furnish(hass, {"": devices}, language)
        options = {"confirmations": choice} if choice else {}
        await set_up(
            voice_node(node), language=language, create_pipeline=True, options=options
        )
        return node

    return home


def shown(hass: HomeAssistant, events: dict[str, Any]) -> Any:
    """Return what the chat keeps of the answer."""
    output = events["intent-end"]["intent_output"]
    with (
        conversation.async_get_chat_log(
            hass, chat_session.ChatSession(output["conversation_id"])
        ) as log,
    ):
        return log.content[-1].content


@BY
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("choice", [None, "words"])
async def test_words_are_the_default(
    hass: HomeAssistant, home: Any, choice: str | None, language: str, by: str | None
) -> None:
    node = await home(choice, language)
    node.transcript, said = DONE[language]
    events = await run(hass, satellite_id=by)
    assert answer(events) == said
    assert await listen(hass, events)
    assert [request.text for request in node.spoken] == [said]


@BY
@pytest.mark.parametrize("language", ["fr", "en"])
async def test_chime_is_heard_in_the_place_of_words(
    hass: HomeAssistant, home: Any, language: str, by: str | None
) -> None:
    node = await home("chime", language)
    node.transcript, said = DONE[language]
    events = await run(hass, satellite_id=by)
    assert hass.states.get("light.lampe").state == "on"
    assert await listen(hass, events) == read_chime()
    assert node.spoken == []
    assert read_hint(answer(events)) == (Sound.CHIME, said)
    assert shown(hass, events) == said


async def test_nothing_is_heard_from_a_satellite(
    hass: HomeAssistant, home: Any
) -> None:
    node = await home("none")
    node.transcript, said = DONE["fr"]
    events = await run(hass, satellite_id=SATELLITE)
    assert hass.states.get("light.lampe").state == "on"
    assert "tts-end" not in events
    assert "error" not in events
    assert shown(hass, events) == said


async def test_browser_shows_the_words_in_silence(
    hass: HomeAssistant, home: Any
) -> None:
    node = await home("none")
    node.transcript, said = DONE["fr"]
    events = await run(hass)
    assert read_hint(answer(events)) == (Sound.SILENCE, said)
    assert await listen(hass, events)
    assert node.spoken == []


@pytest.mark.parametrize(("choice", "by"), [("chime", None), ("none", SATELLITE)])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("allume le spot", "J'ai demandé, mais le spot est toujours éteint."),
        ("est-ce que la lampe est allumée", "Non"),
        ("déverrouille la porte", "Tu es sûr"),
        ("verrouille la porte", "C'est fait, la porte est verrouillée."),
        ("ferme le portail", "Le portail est déjà fermé."),
        ("allume la lampe et verrouille la porte", "C'est fait, la lampe est"),
        ("récite un poème", ""),
    ],
)
async def test_all_else_is_said(
    hass: HomeAssistant, home: Any, choice: str, text: str, words: str, by: str | None
) -> None:
    node = await home(choice)
    node.transcript = text
    events = await run(hass, satellite_id=by)
    assert answer(events).startswith(words)
    assert read_hint(answer(events)) == ("", answer(events))
    await listen(hass, events)
    assert node.spoken


async def test_failure_of_hearing_is_said(hass: HomeAssistant, home: Any) -> None:
    node = await home("chime")
    node.transcript = CLOSE
    events = await run(hass)
    await listen(hass, events)
    assert "serveur vocal" in node.spoken[0].text


async def test_what_was_typed_is_answered_in_plain_words(
    hass: HomeAssistant, home: Any
) -> None:
    await home("chime")
    text, said = DONE["fr"]
    result = await async_ask(hass, text)
    assert result.response.speech["plain"]["speech"] == said


@pytest.mark.parametrize("choice", ["chime", "none"])
async def test_another_mouth_is_given_plain_words(
    hass: HomeAssistant, home: Any, choice: str
) -> None:
    node = await home(choice)
    store = hass.data[KEY_ASSIST_PIPELINE].pipeline_store
    pipeline = store.data[store.async_get_preferred_item()]
    await assist_pipeline.async_update_pipeline(hass, pipeline, tts_engine="tts.other")
    node.transcript, said = DONE["fr"]
    end = assist_pipeline.PipelineStage.INTENT
    assert answer(await run(hass, satellite_id=SATELLITE, end_stage=end)) == said


async def test_chime_is_not_filed_under_the_words(
    hass: HomeAssistant, home: Any
) -> None:
    node = await home("chime")
    node.transcript, said = DONE["fr"]
    events = await run(hass)
    await listen(hass, events)
    await hass.async_block_till_done(wait_background_tasks=True)

    async def play(text: str) -> bytes:
        stream = tts.async_create_stream(hass, "tts.jarvis", language="fr-FR")
        stream.async_set_message(text)
        return b"".join([chunk async for chunk in stream.async_stream_result()])

    assert await play(said) != read_chime()
    assert [request.text for request in node.spoken] == [said]
    assert await play(answer(events)) == read_chime()


async def test_chime_is_heard_when_the_text_is_streamed(
    hass: HomeAssistant, home: Any
) -> None:
    node = await home("chime")

    async def text() -> AsyncGenerator[str]:
        yield hinted("C'est fait, ", Sound.CHIME)
        yield "la lampe est allumée."

    stream = tts.async_create_stream(hass, "tts.jarvis", language="fr-FR")
    stream.async_set_message_stream(text())
    chunks = [chunk async for chunk in stream.async_stream_result()]
    assert b"".join(chunks) == read_chime()
    assert node.spoken == []
