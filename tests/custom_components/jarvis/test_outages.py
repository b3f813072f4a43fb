"""Servers that are down: what a user sees of it, and what of their return."""

import logging
import re
from datetime import timedelta

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.persistent_notification import async_register_callback
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (
    async_fire_time_changed,
)
from wyoming.error import Error

from custom_components.jarvis.const import DOMAIN
from custom_components.jarvis.coordinator import INTERVAL
from tests.custom_components.jarvis.common import (
    SetUp,
    model_server,
    run,
    voice_node,
)
from tests.fakes.ollama import FakeOllama
from tests.fakes.wyoming_node import STOP, FakeNode, info, pcm_of, serving

VOICE = "binary_sensor.salon_connexion"
MODEL = "binary_sensor.ollama_connexion"


def state(hass: HomeAssistant, entity_id: str) -> str:
    found = hass.states.get(entity_id)
    assert found, entity_id
    return found.state


def issues(hass: HomeAssistant) -> dict[str, dict[str, str]]:
    """Return the placeholders of the issues that are shown, by their kind."""
    return {
        issue.translation_key or "": issue.translation_placeholders or {}
        for issue in ir.async_get(hass).issues.values()
        if issue.domain == DOMAIN
    }


async def pass_time(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, rounds: int = 1
) -> None:
    """Let so many rounds of checks go by."""
    for _ in range(rounds):
        freezer.tick(INTERVAL + timedelta(seconds=1))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)


def own_lines(caplog: pytest.LogCaptureFixture, level: int) -> list[str]:
    """Return what Jarvis logged, from a level on."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.name.startswith("custom_components.jarvis")
        and record.levelno >= level
    ]


@pytest.fixture(autouse=True)
def _logs(caplog: pytest.LogCaptureFixture, socket_enabled: None) -> None:
    caplog.set_level(logging.INFO, "custom_components.jarvis")


async def test_a_voice_server_goes_and_returns(
    hass: HomeAssistant,
    set_up: SetUp,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with serving() as node:
        await set_up(voice_node(node))
        assert state(hass, VOICE) == STATE_ON
    caplog.clear()
    # A single check that fails is no outage.
    await pass_time(hass, freezer)
    assert state(hass, VOICE) == STATE_ON
    await pass_time(hass, freezer)
    sensor = hass.states.get(VOICE)
    assert sensor
    assert sensor.state == STATE_OFF
    assert sensor.attributes["last_error"] == "node_unreachable"
    assert state(hass, "stt.jarvis") == state(hass, "tts.jarvis") == STATE_UNAVAILABLE
    assert state(hass, "conversation.jarvis") != STATE_UNAVAILABLE
    assert issues(hass) == {}
    await pass_time(hass, freezer)
    since = dt_util.as_local(sensor.attributes["since"]).strftime("%H:%M")
    assert issues(hass) == {
        "voice_server_down": {
            "name": "Salon",
            "server": f"Salon (127.0.0.1:{node.port})",
            "model": "",
            "since": since,
        }
    }
    await pass_time(hass, freezer, 3)
    (gone,) = own_lines(caplog, logging.INFO)
    assert "Salon" in gone
    caplog.clear()
    async with serving(port=node.port):
        await pass_time(hass, freezer)
        assert state(hass, VOICE) == STATE_ON
        assert state(hass, "stt.jarvis") == state(hass, "tts.jarvis") == STATE_UNKNOWN
        assert issues(hass) == {}
        (back,) = own_lines(caplog, logging.INFO)
        assert "works again" in back


async def test_a_server_that_is_down_from_the_start(
    hass: HomeAssistant, set_up: SetUp, freezer: FrozenDateTimeFactory
) -> None:
    entry = await set_up(voice_node(FakeNode(port=1)))
    assert state(hass, VOICE) == STATE_OFF
    assert state(hass, "tts.jarvis") == STATE_UNAVAILABLE
    freezer.tick(timedelta(days=1))
    await pass_time(hass, freezer)
    (shown,) = issues(hass).values()
    assert len(shown["since"]) == len("2026-11-30 17:42")
    # Who takes the server away is not told of it any longer, nor of its device.
    (subentry,) = entry.subentries.values()
    hass.config_entries.async_remove_subentry(entry, subentry.subentry_id)
    await hass.async_block_till_done()
    assert issues(hass) == {}
    assert hass.states.get(VOICE) is None
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    assert [device.name for device in devices] == ["Jarvis"]


async def test_nothing_is_reported_while_jarvis_is_not_loaded(
    hass: HomeAssistant, set_up: SetUp, freezer: FrozenDateTimeFactory
) -> None:
    entry = await set_up(voice_node(FakeNode(port=1)))
    freezer.tick(timedelta(minutes=2))
    await pass_time(hass, freezer)
    assert issues(hass)
    await hass.config_entries.async_unload(entry.entry_id)
    assert issues(hass) == {}


async def test_one_server_of_two_is_enough(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    await set_up(voice_node(FakeNode(port=1), "Grenier"), voice_node(node))
    assert state(hass, "binary_sensor.grenier_connexion") == STATE_OFF
    assert state(hass, "stt.jarvis") == state(hass, "tts.jarvis") == STATE_UNKNOWN


async def test_only_servers_that_serve_an_entity_count(
    hass: HomeAssistant, set_up: SetUp, freezer: FrozenDateTimeFactory
) -> None:
    async with serving(info=info(voices=())) as ear:
        async with serving(info=info(hears=())) as mouth:
            await set_up(voice_node(ear), voice_node(mouth, "Bouche"))
        await pass_time(hass, freezer, 2)
        assert state(hass, "stt.jarvis") == STATE_UNKNOWN
        assert state(hass, "tts.jarvis") == STATE_UNAVAILABLE


async def test_a_model_server_goes_loses_its_model_and_refuses_the_key(
    hass: HomeAssistant,
    ollama: FakeOllama,
    set_up: SetUp,
    freezer: FrozenDateTimeFactory,
) -> None:
    entry = await set_up(model_server(ollama))
    await hass.async_block_till_done(wait_background_tasks=True)
    assert state(hass, MODEL) == STATE_ON
    assert state(hass, "ai_task.jarvis") == STATE_UNKNOWN
    assert {request.path for request in ollama.requests} == {"/api/tags"}
    ollama.models.clear()
    # A model does not come back by itself: nothing is waited for.
    await pass_time(hass, freezer)
    assert issues(hass)["model_missing"]["model"] == "qwen3:4b"
    assert issues(hass)["model_missing"]["server"] == f"Ollama ({ollama.server})"
    (subentry,) = entry.subentries.values()
    hass.config_entries.async_update_subentry(
        entry, subentry, title=f"qwen3:4b ({ollama.server})"
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    assert issues(hass)["model_missing"]["server"] == ollama.server
    hass.config_entries.async_update_subentry(entry, subentry, title="Ollama")
    await hass.async_block_till_done(wait_background_tasks=True)
    await ollama.stop()
    await pass_time(hass, freezer, 3)
    assert (state(hass, MODEL), state(hass, "ai_task.jarvis")) == (
        STATE_OFF,
        STATE_UNAVAILABLE,
    )
    (shown,) = issues(hass).items()
    assert (shown[0], shown[1]["server"]) == (
        "model_server_down",
        f"Ollama ({ollama.server})",
    )
    # A refused key is asked for by a dialogue of its own.
    await ollama.start()
    ollama.api_key = "secret"
    await pass_time(hass, freezer)
    assert issues(hass) == {}
    (flow,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert flow["step_id"] == "reauth_confirm"
    ollama.api_key, ollama.models = None, ["qwen3:4b"]
    await pass_time(hass, freezer)
    assert state(hass, MODEL) == STATE_ON


async def test_turns_without_servers_do_not_fill_the_log(
    hass: HomeAssistant,
    set_up: SetUp,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with serving() as node:
        entry = await set_up(voice_node(node), create_pipeline=True)
    caplog.clear()
    for _ in range(3):
        await run(hass)
        await entry.runtime_data.coordinator.async_refresh()
    assert len(own_lines(caplog, logging.WARNING)) == 1


async def test_a_check_does_not_disprove_what_use_has_shown(
    hass: HomeAssistant,
    node: FakeNode,
    set_up: SetUp,
    caplog: pytest.LogCaptureFixture,
) -> None:
    node.transcript = node.speech = Error(text="oops")
    entry = await set_up(voice_node(node), create_pipeline=True)
    caplog.clear()
    for _ in range(3):
        await run(hass)
        await entry.runtime_data.coordinator.async_refresh()
    assert [line for line in own_lines(caplog, logging.INFO) if "Salon" in line] == [
        line for line in own_lines(caplog, logging.WARNING) if " rests: " in line
    ]
    (server,) = entry.runtime_data.voices
    assert entry.runtime_data.voices.breaker(server).failures > 2


async def test_response_time_is_measured_where_it_is_wanted(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    entry = await set_up(voice_node(node))
    sensor = "sensor.salon_temps_de_reponse"
    assert hass.states.get(sensor) is None
    er.async_get(hass).async_update_entity(sensor, disabled_by=None)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert 0 < float(state(hass, sensor)) < 5000


@pytest.fixture
def notes(hass: HomeAssistant) -> list[str]:
    """Return what the user is notified of."""
    shown: list[str] = []
    async_register_callback(
        hass,
        lambda kind, changed: shown.extend(n["message"] for n in changed.values()),
    )
    return shown


async def press(hass: HomeAssistant, button: str) -> None:
    await hass.services.async_call(
        "button", "press", {"entity_id": button}, blocking=True
    )
    # Notifications are sent on in a task of their own.
    await hass.async_block_till_done()


@pytest.mark.parametrize(
    ("language", "button", "report"),
    [
        (
            "fr",
            "button.jarvis_essayer_la_voix",
            [
                (
                    r"- \*\*Salon\*\* : a dit « Bonjour, je suis Jarvis, et voici comment "
                    r"je parle\. » en \d,\d s, a compris « bonjour » en \d,\d s"
                ),
                r"- \*\*Grenier\*\* : Désolé, je n'arrive pas à joindre .*",
                r"- \*\*Cave\*\* : répond, mais il ne fait qu'écouter.*",
            ],
        ),
        (
            "en",
            "button.jarvis_test_the_voice",
            [
                (
                    r"- \*\*Salon\*\*: said “Hello, I am Jarvis, and this is how I speak\.” "
                    r"in \d\.\d s, understood “bonjour” in \d\.\d s"
                ),
                r"- \*\*Grenier\*\*: Sorry, .*",
                r"- \*\*Cave\*\*: answers, but it only hears.*",
            ],
        ),
    ],
)
async def test_the_voice_is_tried(
    hass: HomeAssistant,
    node: FakeNode,
    set_up: SetUp,
    notes: list[str],
    language: str,
    button: str,
    report: list[str],
) -> None:
    node.transcript = "bonjour"
    async with serving(info=info(voices=())) as ear:
        await set_up(
            voice_node(node),
            voice_node(FakeNode(port=1), "Grenier"),
            voice_node(ear, "Cave"),
            language=language,
        )
        await press(hass, button)
    lines = notes[-1].splitlines()
    for line, expected in zip(lines, report, strict=True):
        assert re.fullmatch(expected, line), line
    assert node.heard[-1].audio == pcm_of(node.spoken[-1].text)


async def test_a_voice_that_does_not_work_says_so(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp, notes: list[str]
) -> None:
    node.speech = STOP
    await set_up(voice_node(node), language="en")
    with pytest.raises(HomeAssistantError) as failure:
        await press(hass, "button.jarvis_test_the_voice")
    await hass.async_block_till_done()
    assert failure.value.translation_key == "voice_test_failed"
    assert len(notes) == 1


async def test_entities_have_names_of_their_own_and_keep_their_ids(
    hass: HomeAssistant, node: FakeNode, ollama: FakeOllama, set_up: SetUp
) -> None:
    await set_up(voice_node(node), model_server(ollama))
    named = {
        state.entity_id: state.name
        for state in hass.states.async_all()
        if state.name.startswith("Jarvis")
    }
    assert named == {
        "ai_task.jarvis": "Jarvis Tâches d'IA",
        "button.jarvis_essayer_la_voix": "Jarvis Essayer la voix",
        "conversation.jarvis": "Jarvis",
        "stt.jarvis": "Jarvis Reconnaissance vocale",
        "tts.jarvis": "Jarvis Synthèse vocale",
    }
