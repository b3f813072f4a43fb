"""The Assist pipeline: made on request, and what a user of it hears."""

from collections.abc import AsyncGenerator

import pytest
from homeassistant.components import assist_pipeline, stt
from homeassistant.components.assist_pipeline.pipeline import KEY_ASSIST_PIPELINE
from homeassistant.core import HomeAssistant
from wyoming.error import Error

from tests.custom_components.jarvis.common import SetUp, answer, run, voice_node
from tests.fakes.wyoming_node import CLOSE, FakeNode, info


@pytest.fixture
def expected_lingering_tasks() -> bool:
    """Let the garbage collector close what a pipeline leaves open.

    Home Assistant nests generators around the audio; when speech-to-text ends early it
    closes none of the inner ones.
    """
    return True


async def test_makes_the_pipeline_once_and_prefers_it(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    entry = await set_up(voice_node(node), create_pipeline=True)
    store = hass.data[KEY_ASSIST_PIPELINE].pipeline_store
    pipeline = store.data[store.async_get_preferred_item()]
    assert pipeline.name == "Jarvis"
    assert pipeline.language == "fr"
    assert pipeline.conversation_engine == "conversation.jarvis"
    assert (pipeline.stt_engine, pipeline.stt_language) == ("stt.jarvis", "fr")
    assert (pipeline.tts_engine, pipeline.tts_language) == ("tts.jarvis", "fr-FR")
    assert pipeline.tts_voice == "claire"
    assert "create_pipeline" not in entry.data

    hass.config_entries.async_update_entry(
        entry, data={**entry.data, "create_pipeline": True}
    )
    await hass.async_block_till_done()
    assert len([p for p in store.data.values() if p.name == "Jarvis"]) == 1


async def test_no_pipeline_unless_asked_for(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    await set_up(voice_node(node))
    pipelines = assist_pipeline.async_get_pipelines(hass)
    assert "Jarvis" not in {pipeline.name for pipeline in pipelines}


@pytest.mark.parametrize(
    ("language", "spoken"), [("fr", "serveur vocal"), ("en", "voice server")]
)
async def test_failure_of_hearing_is_spoken(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp, language: str, spoken: str
) -> None:
    node.transcript = CLOSE
    await set_up(voice_node(node), language=language, create_pipeline=True)
    events = await run(hass)
    assert "error" not in events
    assert spoken in answer(events)
    # The apology is the answer, not what was said.
    heard = {"fr": "⚠ (pas entendu)", "en": "⚠ (not heard)"}[language]
    assert events["stt-end"]["stt_output"]["text"] == heard
    assert "tts-end" in events


async def test_what_was_heard_reaches_the_agent(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    node.transcript = "quelle heure est-il"
    await set_up(voice_node(node), create_pipeline=True)
    events = await run(hass)
    assert events["stt-end"]["stt_output"]["text"] == "quelle heure est-il"
    assert answer(events).startswith("Il est ")
    assert node.heard[-1].request.language == "fr"


async def test_other_agents_get_an_error_instead_of_our_words(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    node.transcript = Error(text="full", code="busy")
    await set_up(voice_node(node), create_pipeline=True)
    store = hass.data[KEY_ASSIST_PIPELINE].pipeline_store
    pipeline = store.data[store.async_get_preferred_item()]
    await assist_pipeline.async_update_pipeline(
        hass, pipeline, conversation_engine="conversation.home_assistant"
    )
    events = await run(hass)
    assert events["error"]["code"] == "stt-stream-failed"


async def test_any_sample_format_reaches_the_node(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    await set_up(voice_node(node), create_pipeline=True)
    engine = stt.async_get_speech_to_text_engine(hass, "stt.jarvis")
    assert isinstance(engine, stt.SpeechToTextEntity)

    async def audio() -> AsyncGenerator[bytes]:
        yield bytes(600)

    metadata = stt.SpeechMetadata(
        language="en",
        format=stt.AudioFormats.WAV,
        codec=stt.AudioCodecs.PCM,
        bit_rate=stt.AudioBitRates.BITRATE_24,
        sample_rate=stt.AudioSampleRates.SAMPLERATE_44100,
        channel=stt.AudioChannels.CHANNEL_STEREO,
    )
    assert engine.check_metadata(metadata)
    await engine.internal_async_process_audio_stream(metadata, audio())
    start = node.heard[-1].start
    assert start
    assert (start.rate, start.width, start.channels) == (44100, 3, 2)


async def test_entities_know_the_nodes_after_a_start_without_them(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    node.info = info(hears=("fr", "de"), voices=(("hans", "de_DE"),))
    entry = await set_up(voice_node(node))
    assert await hass.config_entries.async_unload(entry.entry_id)
    dead = FakeNode(port=1)
    hass.config_entries.async_update_subentry(
        entry,
        next(iter(entry.subentries.values())),
        data=dict(voice_node(dead)["data"]),
    )
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    engine = stt.async_get_speech_to_text_engine(hass, "stt.jarvis")
    assert isinstance(engine, stt.SpeechToTextEntity)
    assert engine.supported_languages == ["de", "fr"]
