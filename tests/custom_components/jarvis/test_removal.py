"""Taking Jarvis away again leaves a home whose voice works, and an empty log."""

import logging
from typing import Any, ClassVar, override

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components import assist_pipeline, conversation, stt, tts
from homeassistant.components.intent.const import TIMER_DATA
from homeassistant.components.persistent_notification import async_register_callback
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import issue_registry as ir
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
)

from custom_components.jarvis.const import CONF_PIN, DOMAIN
from tests.custom_components.jarvis.common import SetUp, make_pipeline, voice_node
from tests.fakes.home import Lamp, async_furnish
from tests.fakes.wyoming_node import FakeNode

CORE = "conversation.home_assistant"
ENVIRONMENT = {
    "aiohttp_fast_zlib",
    "asyncio",
    "homeassistant.components.camera.img_util",
    "homeassistant.loader",
}
"""Who misses a library or finds this machine slow, or warns of all that is not core."""
OURS = ("conversation.jarvis", "stt.jarvis", "tts.jarvis")
ENGINES = ("conversation_engine", "stt_engine", "tts_engine")


class OtherEar(stt.SpeechToTextEntity):
    """Another project's speech-to-text."""

    _attr_name = "Other"

    @property
    @override
    def supported_languages(self) -> list[str]:
        return ["fr", "en"]

    @property
    @override
    def supported_formats(self) -> list[stt.AudioFormats]:
        return list(stt.AudioFormats)

    @property
    @override
    def supported_codecs(self) -> list[stt.AudioCodecs]:
        return list(stt.AudioCodecs)

    @property
    @override
    def supported_bit_rates(self) -> list[stt.AudioBitRates]:
        return list(stt.AudioBitRates)

    @property
    @override
    def supported_sample_rates(self) -> list[stt.AudioSampleRates]:
        return list(stt.AudioSampleRates)

    @property
    @override
    def supported_channels(self) -> list[stt.AudioChannels]:
        return list(stt.AudioChannels)

    @override
    async def async_process_audio_stream(self, metadata: Any, stream: Any) -> Any:
        raise NotImplementedError


class OtherMouth(tts.TextToSpeechEntity):
    """Another project's text-to-speech."""

    _attr_name = "Other"
    _attr_supported_languages: ClassVar = ["fr-FR"]
    _attr_default_language = "fr-FR"


def pipelines(hass: HomeAssistant) -> dict[str, tuple[str | None, ...]]:
    """Return the engines of each pipeline, by its name."""
    return {
        pipeline.name: tuple(pipeline.to_json()[key] for key in ENGINES)
        for pipeline in assist_pipeline.async_get_pipelines(hass)
    }


async def edit(hass: HomeAssistant, pipeline_id: str, **changes: Any) -> None:
    pipeline = assist_pipeline.async_get_pipeline(hass, pipeline_id)
    await assist_pipeline.async_update_pipeline(hass, pipeline, **changes)
    await hass.async_block_till_done()


def troubles(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what was logged as a warning or worse, but for the test environment's."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelno >= logging.WARNING and record.name not in ENVIRONMENT
    ]


async def remove(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()


@pytest.fixture
def notes(hass: HomeAssistant) -> list[tuple[str | None, str]]:
    """Return titles and texts of what the user is notified of."""
    shown: list[tuple[str | None, str]] = []
    async_register_callback(
        hass,
        lambda kind, changed: shown.extend(
            (note["title"], note["message"]) for note in changed.values()
        ),
    )
    return shown


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_set_up_and_removed_twice(
    hass: HomeAssistant,
    node: FakeNode,
    set_up: SetUp,
    language: str,
    notes: list[tuple[str | None, str]],
    hass_storage: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    for _ in range(2):
        entry = await set_up(
            voice_node(node),
            language=language,
            create_pipeline=True,
            options={CONF_PIN: "4711"},
        )
        assert pipelines(hass) == {"Home Assistant": (CORE, None, None), "Jarvis": OURS}
        assert assist_pipeline.async_get_pipeline(hass).name == "Jarvis"
        hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
        await hass.async_block_till_done()
        kept = hass_storage[f"{DOMAIN}.pipelines"]["data"]
        assert kept["made"] == assist_pipeline.async_get_pipeline(hass).id
        hass_storage[f"{DOMAIN}.wrong_codes"] = {"version": 1, "data": {}}
        await remove(hass, entry)
        assert pipelines(hass) == {"Home Assistant": (CORE, None, None)}
        assert assist_pipeline.async_get_pipeline(hass).name == "Home Assistant"
    title = {"fr": "Jarvis a été retiré", "en": "Jarvis was removed"}[language]
    assert [note[0] for note in notes] == [title, title]
    assert (
        notes[0][1].splitlines()[::2]
        == {
            "fr": [
                "L'assistant vocal **Jarvis**, que Jarvis avait créé, a disparu avec lui.",
                "L'assistant préféré est maintenant **Home Assistant**.",
                "À vérifier dans Paramètres > Assistants vocaux.",
                (
                    "Le code des actions critiques a été effacé. Définissez-le de nouveau "
                    "si vous ajoutez Jarvis une autre fois : sans code, un oui suffit."
                ),
            ],
            "en": [
                "The voice assistant **Jarvis**, which Jarvis had made, went with it.",
                "The preferred assistant is now **Home Assistant**.",
                "You can check under Settings > Voice assistants.",
                (
                    "The code for critical actions was deleted. Set it again if you add "
                    "Jarvis again: without a code, a yes is enough."
                ),
            ],
        }[language]
    )
    assert [key for key in hass_storage if key.startswith(DOMAIN)] == []
    assert troubles(caplog) == []


async def test_pipelines_get_back_what_they_had(
    hass: HomeAssistant,
    node: FakeNode,
    set_up: SetUp,
    notes: list[tuple[str | None, str]],
) -> None:
    entry = await set_up(voice_node(node))
    await hass.data[stt.DATA_COMPONENT].async_add_entities([OtherEar()])
    await hass.data[tts.DATA_COMPONENT].async_add_entities([OtherMouth()])
    core = assist_pipeline.async_get_pipeline(hass).id
    await edit(hass, core, stt_engine="stt.other", stt_language="fr")
    # Changed by hand: all three, then only what hears.
    await edit(
        hass,
        core,
        conversation_engine=OURS[0],
        stt_engine=OURS[1],
        tts_engine=OURS[2],
        tts_language="fr-FR",
        tts_voice="claire",
    )
    mixed = await make_pipeline(
        hass, "fr", stt_engine=OURS[1], stt_language="fr", name="Mixed"
    )
    await edit(hass, mixed, conversation_engine=CORE)
    await make_pipeline(
        hass, "de", tts_engine=OURS[2], tts_language="fr-FR", name="German"
    )
    await remove(hass, entry)
    assert pipelines(hass) == {
        "Home Assistant": (CORE, "stt.other", "tts.other"),
        "Mixed": (CORE, "stt.other", None),
        "German": (CORE, None, None),
    }
    stays = "L'assistant vocal **{}** reste : il comprend avec Home Assistant{}."
    assert notes[-1][1].splitlines()[:-1:2] == [
        stays.format("Home Assistant", ", entend avec Other et parle avec Other"),
        stays.format("Mixed", " et entend avec Other"),
        stays.format("German", " et ne parle plus"),
    ]
    kept = assist_pipeline.async_get_pipeline(hass, core)
    assert (kept.stt_language, kept.tts_language) == ("fr", "fr-FR")
    assert (kept.tts_voice, kept.conversation_language) == (None, "fr")


async def test_a_pipeline_that_was_made_and_changed_stays(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    entry = await set_up(voice_node(node), create_pipeline=True)
    await hass.data[tts.DATA_COMPONENT].async_add_entities([OtherMouth()])
    made = assist_pipeline.async_get_pipeline(hass).id
    await edit(hass, made, tts_engine="tts.other")
    await remove(hass, entry)
    assert pipelines(hass)["Jarvis"] == (CORE, None, "tts.other")
    assert assist_pipeline.async_get_pipeline(hass).name == "Home Assistant"


async def test_the_only_pipeline_stays(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    entry = await set_up(voice_node(node), create_pipeline=True)
    store = hass.data[assist_pipeline.pipeline.KEY_ASSIST_PIPELINE].pipeline_store
    for pipeline in assist_pipeline.async_get_pipelines(hass):
        if pipeline.name != "Jarvis":
            await store.async_delete_item(pipeline.id)
    await remove(hass, entry)
    assert pipelines(hass) == {"Jarvis": (CORE, None, None)}
    assert assist_pipeline.async_get_pipeline(hass).name == "Jarvis"


async def test_removed_without_assist_pipelines(hass: HomeAssistant) -> None:
    entry = MockConfigEntry(domain=DOMAIN, title="Jarvis", data={"language": "fr"})
    entry.add_to_hass(hass)
    await remove(hass, entry)
    assert hass.config_entries.async_entries(DOMAIN) == []


@pytest.mark.parametrize("way", ["removed", "disabled"])
async def test_orders_for_later_are_called_off(
    hass: HomeAssistant,
    node: FakeNode,
    set_up: SetUp,
    freezer: FrozenDateTimeFactory,
    notes: list[tuple[str | None, str]],
    caplog: pytest.LogCaptureFixture,
    way: str,
) -> None:
    await async_furnish(hass, {"Salon": [Lamp("Lampe")]}, "fr")
    entry = await set_up(voice_node(node))
    for order in ("allume la lampe dans dix minutes", "éteins la lampe dans une heure"):
        await conversation.async_converse(hass, order, None, Context(), "fr", OURS[0])
    assert len(hass.data[TIMER_DATA].timers) == 2
    if way == "removed":
        await remove(hass, entry)
        assert notes[-1][1] == "Ordres remis à plus tard et annulés : 2."
    else:
        user = ConfigEntryDisabler.USER
        await hass.config_entries.async_set_disabled_by(entry.entry_id, user)
        await hass.async_block_till_done()
    assert hass.data[TIMER_DATA].timers == {}
    assert troubles(caplog) == []


async def test_orders_for_later_outlive_a_reload(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    await async_furnish(hass, {"Salon": [Lamp("Lampe")]}, "fr")
    entry = await set_up(voice_node(node))
    await conversation.async_converse(
        hass, "allume la lampe dans dix minutes", None, Context(), "fr", OURS[0]
    )
    await hass.config_entries.async_reload(entry.entry_id)
    assert len(hass.data[TIMER_DATA].timers) == 1


async def test_repairs_go_with_it(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    entry = await set_up(voice_node(node), create_pipeline=True)
    made = assist_pipeline.async_get_pipeline(hass).id
    await edit(hass, made, prefer_local_intents=True)
    assert DOMAIN in {domain for domain, _ in ir.async_get(hass).issues}
    await remove(hass, entry)
    assert DOMAIN not in {domain for domain, _ in ir.async_get(hass).issues}
