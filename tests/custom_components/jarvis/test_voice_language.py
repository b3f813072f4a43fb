"""A reply is spoken by a voice of its own language, where a node has one."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest
from homeassistant.components import tts
from homeassistant.core import HomeAssistant

from tests.custom_components.jarvis.common import (
    SetUp,
    answer,
    listen,
    run,
    voice_node,
)
from tests.fakes.home import Lamp, async_furnish
from tests.fakes.wyoming_node import FakeNode, info

BOTH = (("claire", "fr_FR"), ("amy", "en_US"))


@pytest.fixture
def expected_lingering_tasks() -> bool:
    """Let the garbage collector close what a pipeline leaves open."""
    return True


def voices(node: FakeNode) -> list[tuple[str, str | None, str | None]]:
    """Return what was spoken, by which voice or else in which language."""
    return [
        (spoken.text, spoken.voice and spoken.voice.name, spoken.voice.language)
        for spoken in node.spoken
        if spoken.voice
    ]


@pytest.mark.parametrize(
    ("offered", "pipeline", "said", "spoken"),
    [
        (
            BOTH,
            "fr",
            "please turn on the guirlande",
            ("Done, the guirlande is on.", None, "en-US"),
        ),
        (
            BOTH,
            "fr",
            "tu peux allumer la guirlande",
            ("C'est fait, la guirlande est allumée.", "claire", None),
        ),
        (
            BOTH,
            "en",
            "est-ce que tu peux allumer la guirlande",
            ("C'est fait, la guirlande est allumée.", None, "fr-FR"),
        ),
        (
            BOTH[:1],
            "fr",
            "please turn on the guirlande",
            ("Done, the guirlande is on.", "claire", None),
        ),
    ],
)
async def test_answer_by_voice(
    hass: HomeAssistant,
    node: FakeNode,
    set_up: SetUp,
    offered: tuple[tuple[str, str], ...],
    pipeline: str,
    said: str,
    spoken: tuple[str, str | None, str],
) -> None:
    node.info = info(voices=offered)
    node.transcript = said
    await async_furnish(hass, {"": [Lamp("Guirlande")]}, pipeline)
    await set_up(voice_node(node), language=pipeline, create_pipeline=True)
    events = await run(hass, satellite_id="assist_satellite.salon")
    await listen(hass, events)
    assert voices(node) == [spoken]
    assert spoken[0] in answer(events)


async def speak(hass: HomeAssistant, *texts: str, **options: Any) -> None:
    async def message() -> AsyncGenerator[str]:
        for text in texts:
            yield text

    stream = tts.async_create_stream(
        hass, "tts.jarvis", language="fr-FR", options=options
    )
    stream.async_set_message_stream(message())
    _ = [chunk async for chunk in stream.async_stream_result()]


async def test_streamed_answer_is_spoken_in_its_language(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    await set_up(voice_node(node))
    texts = (
        "It is 21",
        ".5 °C in the living room. ",
        "20 %. ",
        "Il est midi et demi.",
    )
    await speak(hass, *texts, voice="claire")
    assert voices(node) == [
        ("It is twenty-one point five degrees in the living room.", None, "en-US"),
        ("twenty percent.", None, "en-US"),
        ("Il est midi et demi.", "claire", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "OK.",
        "Living room light : 20 %.",
        "Lumières allumées : Kitchen, Bedroom Lamp et Spot.",
        "La lampe « the lamp of the kitchen » est dans la cuisine.",
        "Netflix, Spotify, Home Assistant.",
        "On a un message.",
    ],
)
async def test_names_in_another_language_change_no_voice(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp, text: str
) -> None:
    await set_up(voice_node(node))
    await speak(hass, text, voice="claire")
    assert {(voice, language) for _, voice, language in voices(node)} == {
        ("claire", None)
    }
