"""The number of threads of one inference: searched once, then remembered."""

import json
import logging
from pathlib import Path

import pytest

from tests.wyoming_servers.fakes.sounds import EAR
from wyoming_servers.workers.stt.options import SttOptions
from wyoming_servers.workers.stt.threads import fastest, search

pytestmark = pytest.mark.process


@pytest.mark.parametrize(
    ("taken", "cores", "best"),
    [
        ({2: 0.26, 1: 0.20}, 2, 1),
        ({2: 0.20, 1: 0.26}, 2, 2),
        ({4: 0.50, 2: 0.40, 1: 0.60}, 4, 2),
        ({4: 0.50, 2: 0.40, 1: 0.30}, 4, 1),
        # Hardly faster is no reason to leave cores unused.
        ({2: 0.200, 1: 0.195}, 2, 2),
        # A model this slow is not tried again: only the first number is known.
        ({4: 5.0}, 4, 4),
        ({1: 0.2}, 1, 1),
    ],
)
def test_the_fastest_number_wins(
    taken: dict[int, float], cores: int, best: int
) -> None:
    assert search(taken.__getitem__, cores) == best


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.process_cpu_count", lambda: 2)


def test_the_trial_is_made_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    options = SttOptions(data_dir=str(tmp_path / "new"))
    first = fastest(EAR, options)
    assert first in {1, 2}
    (file,) = (tmp_path / "new").iterdir()
    known = json.loads(file.read_text())
    assert list(known.values()) == [first]
    # What is written there is what the next start takes.
    file.write_text(json.dumps(dict.fromkeys(known, 3 - first)))
    assert fastest(EAR, options) == 3 - first
    assert caplog.text.count("are fastest") == 1


@pytest.mark.parametrize("found", ["no JSON {", "[1]", '{"other": 1}', "{}"])
def test_a_spoilt_memory_is_made_anew(tmp_path: Path, found: str) -> None:
    file = tmp_path / "threads.json"
    file.write_text(found)
    assert fastest(EAR, SttOptions(data_dir=str(tmp_path))) in {1, 2}
    assert any(value in {1, 2} for value in json.loads(file.read_text()).values())


def test_a_failed_trial_leaves_all_cores(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    options = SttOptions(data_dir=str(tmp_path), initial_prompt="Ludmilla")
    assert fastest(tmp_path / "no-model", options) == 2
    assert "best number of threads" in caplog.text
    assert "no-model" in caplog.text
    assert "Ludmilla" not in caplog.text
    assert not (tmp_path / "threads.json").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert fastest(EAR, SttOptions(data_dir=str(blocked))) in {1, 2}
