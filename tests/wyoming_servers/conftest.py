"""Fixtures: real sockets, tiny models made once, gateways over fake or real workers."""

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_socket
from hypothesis import HealthCheck, configuration, settings

from tests.wyoming_servers.fakes.client import Client
from tests.wyoming_servers.fakes.house import House
from tests.wyoming_servers.fakes.hub import FakeHub, running_hub
from tests.wyoming_servers.fakes.tiny_voice import make_tiny_vits, make_tiny_voice
from tests.wyoming_servers.fakes.tiny_whisper import make_tiny_whisper

# Its default place, the root of the repository, makes pytest stumble at collection.
configuration.set_hypothesis_home_dir(Path(__file__).parents[2] / ".cache/hypothesis")
settings.register_profile(
    "steady",
    deadline=None,
    derandomize=True,
    # The fixture that allows sockets holds nothing that examples could spoil.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("steady")

# A line for each process and connection costs these tests more than their subject.
logging.getLogger("asyncio").setLevel(logging.WARNING)


@pytest.fixture(autouse=True)
def sockets() -> Iterator[None]:
    """Let these tests talk over real sockets on this machine."""
    pytest_socket.enable_socket()
    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)
    yield
    pytest_socket._remove_restrictions()


@pytest.fixture(scope="session")
def tiny_whisper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_whisper(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session")
def tiny_voices(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("voices")
    return [
        make_tiny_voice(folder / "fr_FR-tiny-test.onnx", "fr_FR"),
        make_tiny_voice(folder / "en_US-tiny-test.onnx", "en_US", ("anna", "bob")),
    ]


@pytest.fixture(scope="session")
def tiny_vits(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("vits")
    return [
        make_tiny_vits(folder / "fr_FR-vits-test.onnx", "fr_FR"),
        make_tiny_vits(folder / "en_US-vits-test.onnx", "en_US", ("anna", "bob")),
    ]


@pytest.fixture
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """Give a place to build gateways in; all of it is torn down after the test."""
    # pytest's folders are too long for the path of a unix socket.
    built = House()
    yield built
    await built.close()


@pytest.fixture
def client(house: House) -> Client:
    return Client(house.uri)


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    """Give a model hub."""
    with running_hub() as server:
        yield server
