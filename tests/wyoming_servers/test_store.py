"""Models and voices are downloaded once from a hub: a real local HTTP server here."""

import time
from itertools import pairwise
from pathlib import Path

import pytest

from tests.wyoming_servers.fakes.hub import BASE, SIWIS, VOICES, FakeHub
from wyoming_servers.errors import ModelMissingError
from wyoming_servers.store import (
    DEFAULT_ENDPOINT,
    HubProcess,
    Progress,
    find_voice,
    find_whisper,
)
from wyoming_servers.store.hub import Hub

type HubKind = type[Hub | HubProcess]


@pytest.fixture(params=[Hub, HubProcess])
def kind(request: pytest.FixtureRequest) -> HubKind:
    """Return the client: in this process, or as the workers use it."""
    return request.param


def test_a_model_is_downloaded_once(
    kind: HubKind, hub: FakeHub, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[Progress] = []
    folder = find_whisper("base", tmp_path, kind(hub.url, seen.append))
    assert (folder / "model.bin").read_bytes() == hub.files[BASE]["model.bin"]
    assert not list(folder.glob("*.part"))
    assert not (folder / "README.md").exists()
    assert seen[0].percent < 50
    assert seen[-1].done == seen[-1].total
    assert all(after.done >= now.done for now, after in pairwise(seen))
    assert "Downloading base" in caplog.text
    hub.asked.clear()
    assert find_whisper("base", tmp_path, kind(hub.url)) == folder
    assert hub.asked == []


def test_the_environment_names_the_hub(
    kind: HubKind, hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", f"{hub.url}/")
    assert find_voice("fr_FR-siwis-medium", tmp_path, kind()).is_file()
    monkeypatch.delenv("HF_ENDPOINT")
    assert kind().endpoint == DEFAULT_ENDPOINT


def test_a_voice_is_downloaded_once(
    kind: HubKind, hub: FakeHub, tmp_path: Path
) -> None:
    model = find_voice("fr_FR-siwis-medium", tmp_path, kind(hub.url))
    assert model == tmp_path / "piper" / "fr_FR-siwis-medium.onnx"
    assert model.read_bytes() == hub.files[VOICES][SIWIS]
    hub.asked.clear()
    assert find_voice("fr_FR-siwis-medium", tmp_path, kind(hub.url)) == model
    assert hub.asked == []


def test_a_broken_download_goes_on_where_it_stopped(
    kind: HubKind, hub: FakeHub, tmp_path: Path
) -> None:
    hub.cut_after = 300_000
    folder = find_whisper("base", tmp_path, kind(hub.url))
    assert (folder / "model.bin").read_bytes() == hub.files[BASE]["model.bin"]
    assert len([p for p in hub.asked if p.startswith("/store") and "bin" in p]) == 2


def test_a_damaged_file_is_not_kept(
    kind: HubKind, hub: FakeHub, tmp_path: Path
) -> None:
    hub.lie = True
    with pytest.raises(ModelMissingError, match="damaged"):
        find_whisper("base", tmp_path, kind(hub.url))
    folder = tmp_path / "whisper" / BASE.replace("/", "--")
    assert not (folder / "model.bin").exists()
    assert not (folder / "model.bin.part").exists()


def test_a_local_folder_is_used_as_it_stands(
    kind: HubKind, hub: FakeHub, tmp_path: Path
) -> None:
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.json"):
        (tmp_path / name).write_bytes(b"x")
    assert find_whisper(str(tmp_path), tmp_path / "data", kind(hub.url)) == tmp_path
    (tmp_path / "my.onnx").write_bytes(b"x")
    (tmp_path / "my.onnx.json").write_bytes(b"{}")
    voice = str(tmp_path / "my.onnx")
    assert find_voice(voice, tmp_path, kind(hub.url)) == tmp_path / "my.onnx"
    assert hub.asked == []


def test_a_hub_that_is_not_there(kind: HubKind, tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(ModelMissingError) as caught:
        find_whisper("base", tmp_path, kind("http://127.0.0.1:9"))
    assert time.monotonic() - began < 30
    line = caught.value.text
    assert "\n" not in line
    for word in ("'base'", f"http://127.0.0.1:9/{BASE}", "model.bin", str(tmp_path)):
        assert word in line
    with pytest.raises(ModelMissingError) as caught:
        find_voice("fr_FR-siwis-medium", tmp_path, kind("http://127.0.0.1:9"))
    line = caught.value.text
    for word in (
        "fr_FR-siwis-medium.onnx.json",
        "fr/fr_FR/siwis/medium",
        str(tmp_path),
    ):
        assert word in line


def test_a_hub_that_does_not_answer_is_not_waited_for(
    kind: HubKind, tmp_path: Path
) -> None:
    import socket

    # A listener whose queue is full takes no more connections: packets are dropped.
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        crowd = [socket.socket() for _ in range(4)]
        for one in crowd:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        began = time.monotonic()
        with pytest.raises(ModelMissingError, match="does not answer within 3 s"):
            find_whisper("base", tmp_path, kind(f"http://127.0.0.1:{port}"))
        assert time.monotonic() - began < 15
        for one in crowd:
            one.close()


@pytest.mark.parametrize("name", ["nonsense", "./not-there", "fr_FR"])
def test_names_that_mean_nothing(
    kind: HubKind, hub: FakeHub, tmp_path: Path, name: str
) -> None:
    with pytest.raises(ModelMissingError):
        find_whisper(name, tmp_path, kind(hub.url))
    with pytest.raises(ModelMissingError):
        find_voice(name, tmp_path, kind(hub.url))
    assert hub.asked == []


def test_a_repository_that_is_not_there(
    kind: HubKind, hub: FakeHub, tmp_path: Path
) -> None:
    with pytest.raises(ModelMissingError, match="404"):
        find_whisper("small", tmp_path, kind(hub.url))
