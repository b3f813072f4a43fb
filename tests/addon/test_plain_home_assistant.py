"""A Home Assistant without Jarvis finds the server and hears, speaks and wakes with it."""

import asyncio
from collections.abc import AsyncIterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from homeassistant.components import stt, tts, wake_word
from homeassistant.config_entries import SOURCE_HASSIO, SOURCE_ZEROCONF
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.service_info.hassio import HassioServiceInfo
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo
from homeassistant.setup import async_setup_component

from tests.wyoming_servers.fakes.house import House
from tests.wyoming_servers.wake.speech import pcm16, say
from tests.wyoming_servers.wake.test_worker import add_wake
from wyoming_servers.discovery import WYOMING


@pytest.fixture
async def port(house: House, tiny_whisper: Path, tiny_voices: list[Path]) -> int:
    """Start the real gateway with real workers."""
    house.uri = "tcp://127.0.0.1:0"
    house.real_stt(tiny_whisper)
    house.real_tts(tiny_voices)
    add_wake(house)
    gateway = await house.start()
    assert gateway.server.port is not None
    return gateway.server.port


def hassio(port: int) -> HassioServiceInfo:
    config = {"uri": f"tcp://127.0.0.1:{port}", "addon": "Jarvis voice"}
    return HassioServiceInfo(
        config=config, name="Jarvis voice", slug="abc_jarvis_voice", uuid="1234"
    )


def zeroconf(port: int) -> ZeroconfServiceInfo:
    address = ip_address("127.0.0.1")
    return ZeroconfServiceInfo(
        ip_address=address,
        ip_addresses=[address],
        port=port,
        hostname="jarvis-1234.local.",
        type=WYOMING,
        name=f"Jarvis 1234.{WYOMING}",
        properties={"name": "Jarvis", "uuid": "1234"},
    )


@pytest.mark.parametrize(
    ("source", "found", "title"),
    [
        (SOURCE_HASSIO, hassio, "Jarvis voice"),
        (SOURCE_ZEROCONF, zeroconf, "jarvis-stt"),
    ],
)
async def test_discovery_gives_three_entities_that_work(
    hass: HomeAssistant, port: int, source: str, found: Any, title: str
) -> None:
    await async_setup_component(hass, "homeassistant", {})
    flow = await hass.config_entries.flow.async_init(
        "wyoming", context={"source": source}, data=found(port)
    )
    assert flow["type"] is FlowResultType.FORM
    done = await hass.config_entries.flow.async_configure(flow["flow_id"], {})
    assert (done["type"], done["title"]) == (FlowResultType.CREATE_ENTRY, title)
    await hass.async_block_till_done()
    entry = done["result"]
    registry = er.async_get(hass)
    entities = er.async_entries_for_config_entry(registry, entry.entry_id)
    ids = {entity.domain: entity.entity_id for entity in entities}
    assert {"stt", "tts", "wake_word"} <= set(ids)

    hearing = stt.async_get_speech_to_text_entity(hass, ids["stt"])
    assert hearing is not None
    assert {"fr", "en"} <= set(hearing.supported_languages)
    result = await hearing.internal_async_process_audio_stream(
        stt.SpeechMetadata(
            language="fr",
            format=stt.AudioFormats.WAV,
            codec=stt.AudioCodecs.PCM,
            bit_rate=stt.AudioBitRates.BITRATE_16,
            sample_rate=stt.AudioSampleRates.SAMPLERATE_16000,
            channel=stt.AudioChannels.CHANNEL_MONO,
        ),
        chunks(np.zeros(16_000, np.float32)),
    )
    # Silence is heard as silence: the answer came from the server, and it is empty.
    assert (result.result, result.text) == (stt.SpeechResultState.SUCCESS, "")

    speaking = hass.data[tts.DATA_COMPONENT].get_entity(ids["tts"])
    assert speaking is not None
    kind, sound = await speaking.async_get_tts_audio("Bonjour", "fr_FR", {})
    assert kind == "wav"
    assert sound is not None
    assert len(sound) > 10_000

    waking = wake_word.async_get_wake_word_detection_entity(hass, ids["wake_word"])
    assert waking is not None
    words = await waking.get_supported_wake_words()
    assert (words[0].id, words[0].phrase) == ("hey_jarvis", "Hey Jarvis")
    detection = await waking.async_process_audio_stream(
        timed_chunks(say("Hey Jarvis")), None
    )
    assert detection is not None
    assert detection.wake_word_id == "hey_jarvis"
    assert await hass.config_entries.async_unload(entry.entry_id)


async def chunks(sound: np.ndarray) -> AsyncIterator[bytes]:
    for at in range(0, len(sound), 1024):
        yield pcm16(sound[at : at + 1024])


async def timed_chunks(sound: np.ndarray) -> AsyncIterator[tuple[bytes, int]]:
    """Say something into a microphone, which does not end before it was heard."""
    at = 0
    while True:
        chunk = sound[at : at + 1024]
        yield pcm16(chunk if len(chunk) else np.zeros(1024, np.float32)), at // 16
        at += 1024
        await asyncio.sleep(0.01 if at > len(sound) else 0)
