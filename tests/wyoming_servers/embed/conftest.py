"""Fixtures: a real sentence model in a gateway with its admin pages."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from wyoming.info import Info

from tests.wyoming_servers.embed.minilm import make_minilm
from tests.wyoming_servers.fakes.house import House
from wyoming_servers.admin import Admin
from wyoming_servers.gateway import Station
from wyoming_servers.workers.embed.options import EmbedOptions


@pytest.fixture(scope="session")
def minilm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_minilm(tmp_path_factory.mktemp("embed") / "all-MiniLM-L6-v2")


@pytest.fixture
def station(house: House, minilm: Path) -> Station:
    """Put an embedding worker into the house."""
    options = EmbedOptions(model=str(minilm), threads=1, data_dir=str(house.folder))
    program = house._program("embed", options)
    return house._add(program, Info(), {})


@pytest.fixture
async def api(house: House, station: Station) -> AsyncIterator[aiohttp.ClientSession]:
    """Start everything and give a client of the admin pages."""
    assert station in house.stations
    gateway = await house.start()
    admin = Admin("127.0.0.1:0", gateway)
    await admin.start()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{admin.port}") as session:
        yield session
    await admin.stop()
