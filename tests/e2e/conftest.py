"""Real homes for the end-to-end tests: real `hass`, real servers, the shipped models.

A home lives as long as the session, in a loop of its own, so that its connections stay
alive while other tests run; the tests themselves are plain functions.
"""

from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_socket
from demo.home import Plan, running
from demo.paths import DEMO_EAR, RunFolder
from demo.ports import free_port
from demo.progress import Progress
from demo.rooms import Language
from demo.speech import Speech

from tests.e2e.stage import OnStage, Stage


@pytest.fixture(autouse=True)
def verify_cleanup() -> None:
    """Stand in for Home Assistant's check, which takes the homes for left-overs."""


@pytest.fixture(autouse=True)
def _sockets() -> None:
    pytest_socket.enable_socket()


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """Return the loop in which the homes live."""
    stage = Stage()
    yield stage
    stage.close()


@pytest.fixture(scope="session")
def french_home(
    stage: Stage, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OnStage]:
    """Return a running home that was made in French."""
    yield from _home(stage, tmp_path_factory.mktemp("french"), Language.FRENCH)


@pytest.fixture(scope="session")
def english_home(
    stage: Stage, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OnStage]:
    """Return a running home that was made in English."""
    yield from _home(stage, tmp_path_factory.mktemp("english"), Language.ENGLISH)


@pytest.fixture(scope="session")
def ear() -> Callable[[Speech, Language], str]:
    """Return the shipped ear, outside of any server: it hears the replies."""
    from faster_whisper import WhisperModel

    model = WhisperModel(str(DEMO_EAR), device="cpu", compute_type="int8")

    def hear(sound: Speech, language: Language) -> str:
        import numpy as np

        samples = np.asarray(sound.samples, dtype=np.float32) / 32768
        segments, _ = model.transcribe(samples, language=language.value)
        return " ".join(segment.text for segment in segments).casefold()

    return hear


def _home(stage: Stage, folder: Path, language: Language) -> Iterator[OnStage]:
    # Sessions' fixtures are made while a test's own set-up forbids sockets again.
    pytest_socket.enable_socket()
    plan = Plan(
        folder=RunFolder(folder), language=language, port=free_port(), models="demo"
    )
    stack = AsyncExitStack()
    home = stage.play(stack.enter_async_context(running(plan, Progress())))
    yield OnStage(home, stage)
    stage.play(stack.aclose())
