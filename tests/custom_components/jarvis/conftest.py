"""A Home Assistant with Jarvis in it, and scripted servers beside it."""

from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from typing import Any

import pytest
from homeassistant.components.tts.const import DATA_TTS_MANAGER
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.jarvis.const import DOMAIN
from tests.custom_components.jarvis.common import SetUp
from tests.custom_components.jarvis.kept import kept_for_the_process
from tests.fakes.ollama import FakeOllama, Say
from tests.fakes.wyoming_node import FakeNode, serving


@pytest.fixture(autouse=True, scope="session")
def _kept() -> Iterator[None]:
    """Read and parse once in each process what is the same for every test."""
    with kept_for_the_process():
        yield


@pytest.fixture(autouse=True)
def _custom_integrations(request: pytest.FixtureRequest) -> None:
    """Let Home Assistant find custom_components/, in tests that have one."""
    if "hass" in request.fixturenames:
        request.getfixturevalue("enable_custom_integrations")


@pytest.fixture
async def node(socket_enabled: None) -> AsyncGenerator[FakeNode]:
    """Run one scripted voice node."""
    async with serving() as fake:
        yield fake


@pytest.fixture
async def ollama(socket_enabled: None) -> AsyncGenerator[FakeOllama]:
    """Run one scripted model server."""
    async with FakeOllama() as server:
        yield server


@pytest.fixture
async def second(socket_enabled: None) -> AsyncGenerator[FakeOllama]:
    """Run another scripted model server."""
    async with FakeOllama() as server:
        yield server


@pytest.fixture
def small_talk(ollama: FakeOllama) -> None:
    """Let the model say something whenever a test has queued nothing."""
    ollama.handler = lambda body: [Say("Hm.")]


@pytest.fixture
async def set_up(hass: HomeAssistant, tmp_path: Path) -> SetUp:
    """Return a function that sets Jarvis up with some servers."""

    async def set_up(
        *servers: ConfigSubentryData,
        language: str = "fr",
        options: dict[str, Any] | None = None,
        **data: Any,
    ) -> MockConfigEntry:
        hass.config.language = language
        for component in ("homeassistant", "conversation", "assist_pipeline"):
            assert await async_setup_component(hass, component, {})
        manager = hass.data[DATA_TTS_MANAGER]
        manager.cache_dir = str(tmp_path)
        manager.file_cache.clear()
        entry = MockConfigEntry(
            domain=DOMAIN,
            title="Jarvis",
            unique_id=DOMAIN,
            data={"language": language, **data},
            options=options or {},
            subentries_data=servers,
        )
        entry.add_to_hass(hass)
        assert await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
        return entry

    return set_up
