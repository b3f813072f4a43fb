"""What every test shares."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_homeassistant_custom_component.common import get_test_config_dir

HOMES = Path(__file__).parent / "e2e"

# Which fixtures make a test slow, and the mark that `scripts/test --quick` leaves out.
MARKS = {"hass": "home", "house": "process", "hub": "process"}


@pytest.hookimpl(tryfirst=True)  # before xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, and let what shares a costly fixture share a process."""
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if fixture in MARKS:
                item.add_marker(MARKS[fixture])
        if HOMES in item.path.parents:
            item.add_marker("process")
            alone = item.path.name == "test_run_script.py"
            item.add_marker(pytest.mark.xdist_group("run" if alone else "homes"))
    # The largest groups first: all processes end at about the same time.
    items.sort(key=lambda item: HOMES not in item.path.parents)


@pytest.fixture(autouse=True)
def _no_telemetry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep onnxruntime quiet: newer wheels send telemetry unless told not to."""
    monkeypatch.setenv("ORT_DISABLE_TELEMETRY", "1")


@pytest.fixture(autouse=True)
def enable_event_loop_debug() -> None:
    """Leave the debug mode of loops to `--asyncio-debug`.

    Home Assistant's fixture of this name switches it on for every test; reading the
    stack for each task and callback is a third of what these tests cost.
    """


@pytest.fixture
def hass_config_dir(tmp_path: Path) -> str:
    """Return an empty folder, in place of one inside the installed package."""
    folder = tmp_path / "config"
    folder.mkdir()
    return str(folder)


@pytest.fixture(autouse=True, scope="session")
def _installed_packages_stay_as_they_are() -> Iterator[None]:
    """Fail when tests leave files in the configuration that is part of a package."""
    before = _files(get_test_config_dir())
    yield
    assert _files(get_test_config_dir()) == before


def _files(folder: str) -> set[Path]:
    return {path for path in Path(folder).rglob("*") if "__pycache__" not in path.parts}
