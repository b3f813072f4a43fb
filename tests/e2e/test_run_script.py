"""`scripts/run` as a newcomer starts it, and what is left when it ends."""

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from demo.paths import ROOT
from demo.ports import free_port
from demo.turn import words

pytestmark = pytest.mark.timeout(300)

RUN = str(ROOT / "scripts" / "run")
DEADLINE = 120.0
KEYS = {
    *("language", "heard", "route", "intent", "entity_id", "state_before"),
    *("state_after", "answer", "reply_seconds", "reply_wav", "stages_ms", "ok"),
    "error",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return one run folder: the first test makes the home, the others find it."""
    return tmp_path_factory.mktemp("run")


def command(folder: Path, *options: str) -> list[str]:
    port = str(free_port())
    return [RUN, "--run-folder", str(folder), "--port", port, *options]


@pytest.fixture
def started(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Return a demo that stays up."""
    process = subprocess.Popen(
        command(folder, "--models", "demo"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        yield process
        process.kill()


def test_once_with_json_prints_one_object_and_nothing_else(folder: Path) -> None:
    done = subprocess.run(
        command(folder, "--once", "--json", "--models", "demo"),
        capture_output=True,
        text=True,
        check=False,
    )

    result = json.loads(done.stdout)
    assert set(result) == KEYS
    assert result["error"] is None
    assert result["ok"] is True
    assert done.returncode == 0
    assert words(result["heard"]) == words("allume la lumière du salon")
    assert result["intent"] == "HassTurnOn"
    assert result["entity_id"] == "light.salon"
    assert (result["state_before"], result["state_after"]) == ("off", "on")
    assert Path(result["reply_wav"]).stat().st_size > 1000
    assert result["reply_seconds"] > 0.2
    assert set(result["stages_ms"]) == {"stt", "understanding", "first_audio", "total"}


def test_the_home_outlives_its_voice_servers_and_ctrl_c_leaves_no_process(
    started: subprocess.Popen[str],
) -> None:
    wait_for(started, "Home Assistant: http://127.0.0.1")
    children = psutil.Process(started.pid).children(recursive=True)
    names = " ".join(word for child in children for word in child.cmdline())
    assert "hass" in names
    assert "wyoming_servers" in names
    (hass,) = [child for child in children if "hass" in " ".join(child.cmdline())][:1]

    told = wait_for(started, "kill ")
    psutil.Process(int(told.rpartition(" ")[2])).terminate()
    wait_for(started, "the voice servers have ended")
    assert started.poll() is None
    assert hass.is_running()

    started.send_signal(signal.SIGINT)

    assert started.wait(DEADLINE) == 0
    assert gone(children)


def test_a_demo_that_is_killed_leaves_no_process(
    started: subprocess.Popen[str],
) -> None:
    wait_for(started, "Home Assistant starts")
    # From here on workers and Home Assistant come up one by one.
    time.sleep(2)
    children = psutil.Process(started.pid).children(recursive=True)
    assert len(children) >= 2

    started.kill()

    assert gone(children)


def test_a_failure_is_said_as_json_too(folder: Path) -> None:
    done = subprocess.run(
        command(folder, "--once", "--json", "--wav", "no-such-file.wav"),
        capture_output=True,
        text=True,
        check=False,
    )

    result = json.loads(done.stdout)
    assert done.returncode == 1
    assert result["ok"] is False
    assert "no-such-file.wav" in result["error"]


def wait_for(demo: subprocess.Popen[str], text: str) -> str:
    assert demo.stderr is not None
    seen: list[str] = []
    for line in demo.stderr:
        seen.append(line)
        if text in line:
            return line
    pytest.fail(f"the demo ended early: {''.join(seen)}")


def gone(processes: list[psutil.Process]) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=DEADLINE)
    return not alive
