"""What the integration's tests hand to each other."""

import asyncio
import gc
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, Literal

from homeassistant.components import assist_pipeline, stt, tts
from homeassistant.components.intent import async_register_timer_handler
from homeassistant.config_entries import ConfigSubentry, ConfigSubentryData
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.jarvis.const import SUBENTRY_MODEL_SERVER
from custom_components.jarvis.core.errors import JarvisError
from tests.fakes.home import AGENT
from tests.fakes.ollama import FakeOllama, Step
from tests.fakes.wyoming_node import FakeNode

type SetUp = Callable[..., Awaitable[MockConfigEntry]]
"""Sets Jarvis up with some servers; see the fixture `set_up`."""


JOKE = {"fr": "raconte-moi une blague", "en": "tell me a joke"}
"""What only a language model can answer."""

TIDY = {"fr": "arrange tout comme il faut", "en": "sort everything out nicely"}
"""An order that only a language model can carry out, with whatever is in the home."""

YES = {"fr": "oui", "en": "yes"}

NOT_ALLOWED = {
    "fr": "Tu n'as pas le droit de faire cela.",
    "en": "You are not allowed to do that.",
}

TOO_FAST = {
    "fr": "Doucement, tu me parles trop vite. Réessaie dans une minute.",
    "en": "Slow down, that is too much at once. Try again in a minute.",
}


def voice_node(node: FakeNode, title: str = "Salon") -> ConfigSubentryData:
    """Return the subentry that leads to a fake node."""
    return ConfigSubentryData(
        subentry_type="voice_node",
        title=title,
        data=MappingProxyType({"host": node.host, "port": node.port}),
        unique_id=None,
    )


def model_server(server: FakeOllama, **data: Any) -> ConfigSubentryData:
    """Return the subentry that leads to a fake model server, of either kind."""
    found = {"kind": server.kind, "url": server.url, "model": "qwen3:4b"}
    return ConfigSubentryData(
        subentry_type=SUBENTRY_MODEL_SERVER,
        title="Ollama",
        data=MappingProxyType(found | data),
        unique_id=None,
    )


async def add_rule(
    hass: HomeAssistant, entry: MockConfigEntry, **rule: list[str]
) -> None:
    """Restrict these `areas`, `satellites` and `users` to these `domains`."""
    nobody: dict[str, Any] = {"areas": [], "satellites": [], "users": []}
    hass.config_entries.async_add_subentry(
        entry,
        ConfigSubentry(
            data=MappingProxyType(nobody | rule),
            subentry_type="access_rule",
            title="Children",
            unique_id=None,
        ),
    )
    await hass.async_block_till_done()


def device_with_timers(hass: HomeAssistant) -> str:
    """Register a device that takes timers, as satellites do; return its id."""
    owner = MockConfigEntry(domain="test")
    owner.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=owner.entry_id, identifiers={("test", "satellite")}
    )
    async_register_timer_handler(hass, device.id, lambda *_: None)
    return device.id


def only(hass: HomeAssistant, domain: str) -> str:
    """Return the state of the one entity of a domain."""
    (state,) = hass.states.async_all(domain)
    return state.state


@contextmanager
def left_open() -> Iterator[list[str]]:
    """Collect the names of async generators that only the garbage collector ends.

    It does so in a task that nobody waits for, and at any time.
    """
    hooks = sys.get_asyncgen_hooks()
    names: list[str] = []

    def note(generator: AsyncGenerator[object]) -> None:
        names.append(generator.ag_code.co_qualname)
        if hooks.finalizer is not None:
            hooks.finalizer(generator)

    sys.set_asyncgen_hooks(finalizer=note)
    try:
        yield names
    finally:
        gc.collect()
        sys.set_asyncgen_hooks(finalizer=hooks.finalizer)


async def automate(hass: HomeAssistant, command: str, answer: str) -> None:
    """Set up an automation that waits for a sentence and answers it."""
    automation = {
        "trigger": {"platform": "conversation", "command": [command]},
        "action": {"set_conversation_response": answer},
    }
    assert await async_setup_component(hass, "automation", {"automation": automation})
    await hass.async_block_till_done()


async def let_fail(
    server: FakeOllama, failure: Literal["down", "missing"] | Step
) -> None:
    """Stop a model server, take its models away, or let it answer with a failure."""
    match failure:
        case "down":
            await server.stop()
        case "missing":
            server.models.clear()
        case step:
            server.queue(step)


def subclasses(error: type[JarvisError]) -> Iterator[type[JarvisError]]:
    """Yield an error and all that are derived from it."""
    yield error
    for child in error.__subclasses__():
        yield from subclasses(child)


async def make_pipeline(hass: HomeAssistant, language: str, **parts: str) -> str:
    """Create a pipeline with Jarvis as its agent and only these other parts."""
    nothing = dict.fromkeys(
        (
            "stt_engine",
            "stt_language",
            "tts_engine",
            "tts_language",
            "tts_voice",
            "wake_word_entity",
            "wake_word_id",
        )
    )
    store = hass.data[assist_pipeline.pipeline.KEY_ASSIST_PIPELINE].pipeline_store
    made = await store.async_create_item(
        {
            "name": "Jarvis",
            "language": language,
            "conversation_engine": AGENT,
            "conversation_language": language,
            **nothing,
            **parts,
        }
    )
    return made.id


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
    return words(events["intent-end"]["intent_output"])


def words(output: dict[str, Any]) -> str:
    """Return what is said in the `intent_output` of a pipeline."""
    text: str = output["response"]["speech"]["plain"]["speech"]
    return text


async def listen(hass: HomeAssistant, events: dict[str, Any]) -> bytes:
    """Return what a pipeline plays, as the file that a satellite fetches."""
    stream = tts.async_get_stream(hass, events["tts-end"]["tts_output"]["token"])
    assert stream
    return b"".join([chunk async for chunk in stream.async_stream_result()])
