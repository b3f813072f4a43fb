"""The process that downloads: what reaches the worker, and when it ends."""

import json
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from tests.wyoming_servers.fakes.client import Client, only_error, sound
from tests.wyoming_servers.fakes.house import House, eventually
from tests.wyoming_servers.fakes.hub import BASE, SIWIS, VOICES, FakeHub
from tests.wyoming_servers.fakes.sounds import VOICES as TEST_VOICES
from wyoming_servers.errors import ModelMissingError
from wyoming_servers.store import HubProcess, Progress, find_voice, find_whisper

VOICE = "fr_FR-siwis-medium"
HALF = 500_000


def downloads(process: psutil.Process) -> list[psutil.Process]:
    """Return the processes that download for this one."""
    return [p for p in process.children() if "wyoming_servers.store" in p.cmdline()]


class Download:
    """A download of Whisper base in a thread, held by the hub at its middle."""

    def __init__(self, hub: FakeHub, data_dir: Path, pool: ThreadPoolExecutor) -> None:
        hub.hold_after = HALF
        self._begun = threading.Event()
        source = HubProcess(hub.url, self._listen)
        self.found: Future[Path] = pool.submit(find_whisper, "base", data_dir, source)
        assert self._begun.wait(30)
        [self.process] = downloads(psutil.Process())

    def _listen(self, now: Progress) -> None:
        if now.percent >= 20:
            self._begun.set()


@pytest.fixture
def held(hub: FakeHub, tmp_path: Path):
    with ThreadPoolExecutor() as pool:
        yield Download(hub, tmp_path, pool)
        hub.go_on.set()


def test_a_killed_download_is_told_and_resumed(
    held: Download, hub: FakeHub, tmp_path: Path
) -> None:
    held.process.kill()
    with pytest.raises(ModelMissingError, match=r"broke off.*by hand"):
        held.found.result()
    folder = find_whisper("base", tmp_path, HubProcess(hub.url))
    assert (folder / "model.bin").read_bytes() == hub.files[BASE]["model.bin"]
    [resumed] = hub.ranges
    assert int(resumed.removeprefix("bytes=").rstrip("-")) > 0


def test_it_ends_when_nobody_waits_for_it(hub: FakeHub, tmp_path: Path) -> None:
    hub.hold_after = HALF
    body = hub.files[BASE]["model.bin"]
    file = {"path": "model.bin", "size": len(body), "sha256": None, "git_sha1": None}
    request = {"name": "base", "repository": BASE, "files": [file]}
    request |= {"endpoint": hub.url, "folder": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-m", "wyoming_servers.store"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        print(json.dumps(request), file=process.stdin, flush=True)
        while json.loads(process.stdout.readline()).get("progress", {}) != {
            "name": "base",
            "done": 262_144,
            "total": len(body),
        }:
            pass
        process.stdin.close()
        # Before it could give up because the hub is silent.
        assert process.wait(15) == 0
        assert process.stdout.read() == ""
    assert (tmp_path / "model.bin.part").stat().st_size == 262_144


def test_nothing_is_left_of_a_download_that_is_done(
    held: Download, hub: FakeHub
) -> None:
    hub.go_on.set()
    assert (held.found.result() / "model.bin").is_file()
    assert not held.process.is_running()


def test_no_process_for_what_is_here(tmp_path: Path, hub: FakeHub) -> None:
    source = HubProcess(hub.url)
    model = find_voice(VOICE, tmp_path, source)
    script = (
        "import sys; from pathlib import Path; from wyoming_servers.store import *;"
        "sys.addaudithook(lambda e, _: e == 'subprocess.Popen' and sys.exit(9));"
        "print(find_voice(sys.argv[1], Path(sys.argv[2]), HubProcess()));"
        "print([m for m in ('urllib.request', 'http.client') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, VOICE, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [str(model), "[]"]


def test_a_full_disk_is_told_at_once(tmp_path: Path, hub: FakeHub) -> None:
    folder = tmp_path / "whisper" / BASE.replace("/", "--")
    folder.mkdir(parents=True)
    (folder / "model.bin.part").symlink_to("/dev/full")
    with pytest.raises(ModelMissingError, match=r"No space left on device.*by hand"):
        find_whisper("base", tmp_path, HubProcess(hub.url))
    assert len([path for path in hub.asked if path.endswith("/-/model.bin")]) == 1


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, hub: FakeHub) -> None:
    (tmp_path / "piper").write_text("a file where the folder should be")
    with pytest.raises(ModelMissingError) as caught:
        find_voice(VOICE, tmp_path, HubProcess(hub.url))
    assert f"exists: '{tmp_path / 'piper'}'" in caught.value.text


def test_a_page_instead_of_the_hub_is_told(tmp_path: Path, hub: FakeHub) -> None:
    hub.page = b"<html>Please sign in to the hotel's network</html>"
    with pytest.raises(ModelMissingError, match="unknown form"):
        find_voice(VOICE, tmp_path, HubProcess(hub.url))
    # What nobody thought of is told too.
    hub.page = json.dumps([{"type": "file"}]).encode()
    with pytest.raises(ModelMissingError, match="KeyError: 'path'"):
        find_voice(VOICE, tmp_path, HubProcess(hub.url))


async def test_a_worker_downloads_is_killed_and_goes_on(
    house: House,
    client: Client,
    hub: FakeHub,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    voice = TEST_VOICES / "fr.onnx"
    hub.files[VOICES] = {
        SIWIS: voice.read_bytes(),
        f"{SIWIS}.json": voice.with_name("fr.onnx.json").read_bytes(),
    }
    hub.hold_after = HALF
    station = house.real_tts([Path(VOICE)])
    await house.start(wait=False)
    await eventually(lambda: station.worker.status.percent)
    error = only_error(await client.speak("Bonjour."))
    assert error.data["code"] == "model-missing"
    assert f"{VOICE} is being downloaded (" in error.data["text"]
    worker = psutil.Process(station.worker.pid)
    [download] = downloads(worker)
    os.kill(worker.pid, signal.SIGKILL)
    await house.gone(download)
    # The next worker does not begin again.
    hub.go_on.set()
    assert await house.until(station, "ready") == "ready"
    assert len(hub.ranges) == 1
    assert sound(await client.speak("Bonjour."))
