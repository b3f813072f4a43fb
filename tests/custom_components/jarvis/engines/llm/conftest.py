"""A real model server for all tests of this folder."""

from collections.abc import Generator

import pytest
import pytest_socket

from tests.fakes.llama_cpp import LlamaCpp, running_llama_cpp


@pytest.fixture(scope="session")
def llama_cpp(tmp_path_factory: pytest.TempPathFactory) -> Generator[LlamaCpp]:
    """Run llama.cpp's server with a very small model, once it is asked for."""
    log = tmp_path_factory.mktemp("llama") / "log"
    # Made for all tests, but within the first one, which may not open sockets yet.
    pytest_socket.enable_socket()
    with running_llama_cpp(log) as server:
        pytest_socket.disable_socket(allow_unix_socket=True)
        yield server
