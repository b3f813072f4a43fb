"""The mouth: languages, voices, streaming, and what is heard when no node can speak."""

import asyncio
import io
import wave
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from homeassistant.components import tts
from homeassistant.components.tts.entity import TTSAudioRequest
from homeassistant.components.tts.helper import get_engine_instance
from homeassistant.core import HomeAssistant
from wyoming.error import Error

from custom_components.jarvis import speech_cache
from custom_components.jarvis.engines.clips import read_clip
from tests.custom_components.jarvis.common import SetUp, voice_node
from tests.fakes.wyoming_node import CLOSE, STOP, FakeNode, info, pcm_of, serving


def mouth(hass: HomeAssistant) -> tts.TextToSpeechEntity:
    engine = get_engine_instance(hass, "tts.jarvis")
    assert isinstance(engine, tts.TextToSpeechEntity)
    return engine


async def speak(
    hass: HomeAssistant, *texts: str, language: str = "fr-FR", **options: Any
) -> tuple[str, bytes]:
    async def message() -> AsyncGenerator[str]:
        for text in texts:
            yield text

    response = await mouth(hass).internal_async_stream_tts_audio(
        TTSAudioRequest(language, options, message())
    )
    return response.extension, b"".join([x async for x in response.data_gen])


def pcm(data: bytes) -> bytes:
    """Return the samples of a WAV file whose header does not know its length."""
    with wave.open(io.BytesIO(data)) as file:
        assert (file.getframerate(), file.getsampwidth()) == (16_000, 2)
    return data[44:]


async def test_languages_and_voices_are_the_nodes(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    node.info = info(voices=(("claire", "fr_FR"), ("tom", "fr_FR"), ("amy", "en_GB")))
    await set_up(voice_node(node))
    engine = mouth(hass)
    assert engine.supported_languages == ["en-GB", "fr-FR"]
    assert engine.default_language == "fr-FR"
    voices = engine.async_get_supported_voices("fr-FR")
    assert voices
    assert [voice.voice_id for voice in voices] == ["claire", "tom"]


async def test_streams_sentence_by_sentence(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    await set_up(voice_node(node))
    kind, data = await speak(hass, "Bonjour. Il ", "est midi.", voice="claire")
    assert kind == "wav"
    assert pcm(data) == pcm_of("Bonjour.Il est midi.")
    assert [request.text for request in node.spoken] == ["Bonjour.", "Il est midi."]


async def test_what_is_written_is_said_in_words(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    await set_up(voice_node(node))
    texts = ("**Salon** : 21,", "5 °C !\n", "👍\n- 1 lam", "pe\n")
    await speak(hass, *texts)
    assert [request.text for request in node.spoken] == [
        "Salon : vingt et un degrés et demi !",
        "une lampe.",
    ]
    node.spoken.clear()
    await speak(hass, "👍")
    assert [request.text for request in node.spoken] == ["oui"]


async def test_a_sentence_is_said_before_the_next_is_written(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    await set_up(voice_node(node))
    heard = asyncio.Event()

    async def message() -> AsyncGenerator[str]:
        yield "Il est 8 h 05. "
        async with asyncio.timeout(5):
            await heard.wait()
        yield "Voilà."

    response = await mouth(hass).internal_async_stream_tts_audio(
        TTSAudioRequest("fr-FR", {}, message())
    )
    data = b""
    async for chunk in response.data_gen:
        data += chunk
        if len(data) > 44:
            heard.set()
    assert pcm(data) == pcm_of("Il est huit heures cinq.Voilà.")


@pytest.mark.parametrize("rate", [16_000, 22_050])
async def test_short_sentence_is_heard_before_a_late_one(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp, rate: int
) -> None:
    """What a speaker's format is made with reads on before it puts anything out."""
    node.rate = rate
    await set_up(voice_node(node))
    go_on = asyncio.Event()

    async def message() -> AsyncGenerator[str]:
        yield "Un instant… "
        await go_on.wait()
        yield "Voilà."

    response = await mouth(hass).internal_async_stream_tts_audio(
        TTSAudioRequest("fr-FR", {}, message())
    )
    data = b""
    async with asyncio.timeout(10):
        async for chunk in response.data_gen:
            data += chunk
            if len(data) > 44 + 2 * rate * 2.3:
                go_on.set()
    speech = data[44:]
    assert speech.startswith(pcm_of("Un instant…"))
    assert speech.endswith(pcm_of("Voilà."))
    between = speech.removeprefix(pcm_of("Un instant…")).removesuffix(pcm_of("Voilà."))
    assert set(between) == {0}
    assert len(between) % 2 == 0


async def test_no_text_is_a_moment_of_silence(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    await set_up(voice_node(node))
    kind, data = await speak(hass, " ")
    assert kind == "wav"
    assert pcm(data) == bytes(3200)


@pytest.mark.parametrize("language", ["fr-FR", "en-US", "de-DE"])
@pytest.mark.parametrize(
    ("answer", "key"),
    [
        (CLOSE, "node_unreachable"),
        (Error(text="full", code="busy"), "node_busy"),
        (Error(text="?", code="model-missing"), "voice_model_missing"),
        (Error(text="?", code="unsupported-voice"), "voice_model_missing"),
        (Error(text="?", code="text-too-long"), "text_too_long"),
        (Error(text="oops"), "node_failed"),
    ],
)
async def test_a_recording_speaks_when_no_node_can(
    hass: HomeAssistant,
    node: FakeNode,
    set_up: SetUp,
    language: str,
    answer: object,
    key: str,
) -> None:
    node.speech = answer
    await set_up(voice_node(node))
    assert await speak(hass, "Bonjour.", language=language) == (
        "mp3",
        read_clip(key, language),
    )


async def test_a_recording_speaks_when_the_last_node_was_taken_away(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    entry = await set_up(voice_node(node))
    (subentry_id,) = entry.subentries
    hass.config_entries.async_remove_subentry(entry, subentry_id)
    await hass.async_block_till_done()
    assert await speak(hass, "Bonjour.") == ("mp3", read_clip("node_unreachable", "fr"))


def test_recordings_are_in_the_users_language() -> None:
    french, english = read_clip("node_busy", "fr_FR"), read_clip("node_busy", "en")
    assert french != english
    assert read_clip("node_busy", "de") == english
    assert read_clip("internal", "fr") == read_clip("node_failed", "fr")


async def test_what_was_heard_stays_when_speech_breaks_off(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    await set_up(voice_node(node))
    node.speech_cut_after = 16
    kind, data = await speak(hass, "Une phrase entière.")
    assert kind == "wav"
    assert pcm(data) == pcm_of("Une phrase entière.")[:16]


async def test_a_node_that_comes_later_brings_its_voices(
    hass: HomeAssistant, socket_enabled: None, set_up: SetUp
) -> None:
    async with serving() as gone:
        port = gone.port
    entry = await set_up(voice_node(FakeNode(port=port)))
    assert mouth(hass).supported_languages == ["en-US", "fr-FR"]
    async with serving(port=port, info=info(voices=(("hans", "de_DE"),))):
        await entry.runtime_data.coordinator.async_refresh()
    assert mouth(hass).supported_languages == ["de-DE"]


@pytest.mark.parametrize(
    "broken",
    [
        {"speech": CLOSE},
        {"speech_cut_after": 16},
        {"speech": STOP},
        {"speech": lambda text: b""},
        {"speech": lambda text: bytes(400)},
    ],
)
async def test_failures_are_not_heard_again(
    hass: HomeAssistant,
    node: FakeNode,
    set_up: SetUp,
    monkeypatch: pytest.MonkeyPatch,
    broken: dict[str, object],
) -> None:
    monkeypatch.setattr(speech_cache, "SWEEPS", (1.0,))
    await set_up(voice_node(node))

    async def say() -> bytes:
        stream = tts.async_create_stream(
            hass, "tts.jarvis", language="fr-FR", options={"preferred_format": "wav"}
        )
        stream.async_set_message("Une phrase entière.")
        return b"".join([chunk async for chunk in stream.async_stream_result()])

    for field, value in broken.items():
        setattr(node, field, value)
    failed = await say()
    await asyncio.sleep(1.0)
    await hass.async_block_till_done(wait_background_tasks=True)
    node.speech = None
    heard = await say()
    assert pcm(heard) == pcm_of("Une phrase entière.")
    assert heard != failed
    assert await say() == heard
    assert len(node.spoken) == 2
