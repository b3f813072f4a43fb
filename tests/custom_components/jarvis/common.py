"""What the integration's tests hand to each other."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from types import MappingProxyType
from typing import Any

from homeassistant.components import assist_pipeline, stt, tts
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import Context, HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.fakes.wyoming_node import FakeNode

type SetUp = Callable[..., Awaitable[MockConfigEntry]]
"""Sets Jarvis up with some servers; see the fixture `set_up`."""


def voice_node(node: FakeNode, title: str = "Salon") -> ConfigSubentryData:
    """Return the subentry that leads to a fake node."""
    return ConfigSubentryData(
        subentry_type="voice_node",
        title=title,
        data=MappingProxyType({"host": node.host, "port": node.port}),
        unique_id=None,
    )


async def run(
    hass: HomeAssistant,
    *,
    conversation_id: str | None = None,
    satellite_id: str | None = None,
    end_stage: assist_pipeline.PipelineStage = assist_pipeline.PipelineStage.TTS,
    **metadata: Any,
) -> dict[str, Any]:
    """Speak into the preferred pipeline; return its events' data by type."""
    events: dict[str, Any] = {}

    async def audio() -> AsyncGenerator[bytes]:
        for _ in range(10):
            yield bytes(320)

    await asyncio.wait_for(
        assist_pipeline.async_pipeline_from_audio_stream(
            hass,
            context=Context(),
            event_callback=lambda event: events.update({event.type: event.data or {}}),
            stt_metadata=stt.SpeechMetadata(
                **{
                    "language": "",
                    "format": stt.AudioFormats.WAV,
                    "codec": stt.AudioCodecs.PCM,
                    "bit_rate": stt.AudioBitRates.BITRATE_16,
                    "sample_rate": stt.AudioSampleRates.SAMPLERATE_16000,
                    "channel": stt.AudioChannels.CHANNEL_MONO,
                    **metadata,
                }
            ),
            stt_stream=audio(),
            audio_settings=assist_pipeline.AudioSettings(is_vad_enabled=False),
            conversation_id=conversation_id,
            satellite_id=satellite_id,
            end_stage=end_stage,
        ),
        30,
    )
    if "tts-end" in events:
        # Speech is made and converted whether it is fetched or not.
        await listen(hass, events)
    return events


def answer(events: dict[str, Any]) -> str:
    """Return what a pipeline shows of the answer."""
    words: str = events["intent-end"]["intent_output"]["response"]["speech"]["plain"][
        "speech"
    ]
    return words


async def listen(hass: HomeAssistant, events: dict[str, Any]) -> bytes:
    """Return what a pipeline plays, as the file that a satellite fetches."""
    stream = tts.async_get_stream(hass, events["tts-end"]["tts_output"]["token"])
    assert stream
    return b"".join([chunk async for chunk in stream.async_stream_result()])
