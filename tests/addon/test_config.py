"""The app's description: the Supervisor's schema, options, translations, pictures."""

import re
from pathlib import Path, PurePath
from typing import Any

import pytest
import voluptuous as vol
import yaml
from PIL import Image

import wyoming_servers
from addon.app.options import ADMIN_PORT, PORT, settings_of
from tests.addon.supervisor import APP
from wyoming_servers.settings import load

ADDON = Path(__file__).parents[2] / "addon"
CONFIG: dict[str, Any] = yaml.safe_load((ADDON / "config.yaml").read_text())
EVERYTHING = {
    "stt_model": "small",
    "stt_more_models": ["tiny"],
    "stt_languages": ["fr", "en"],
    "stt_beam_size": 2,
    "tts_voices": ["fr_FR-siwis-medium"],
    "tts_speed": 1.2,
    "wake_model": "okay_nabu",
    "wake_threshold": 0.8,
    "wake_refractory_seconds": 3.0,
    "front_end": ["noise", "echo"],
    "embeddings": True,
    "embedding_model": "some/model",
    "unload_after": 600,
    "log_level": "debug",
}


def test_the_supervisors_schema() -> None:
    assert APP(CONFIG)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("arch", ["armv7"]),
        ("map", ["app_confg:rw"]),
        ("ports", {"10300": None}),
        ("schema", {"a": "strng"}),
        ("timeout", 5),
        ("adwanced", True),
    ],
)
def test_the_schema_catches(key: str, value: object) -> None:
    with pytest.raises(vol.Invalid):
        APP({**CONFIG, key: value})


def test_the_parts_fit_together() -> None:
    assert CONFIG["version"] == wyoming_servers.__version__
    assert CONFIG["discovery"] == ["wyoming", "jarvis"]
    assert set(CONFIG["ports"]) == {f"{PORT}/tcp", f"{ADMIN_PORT}/tcp"}
    assert set(CONFIG["options"]) <= set(CONFIG["schema"])
    # The Supervisor does not start an app that lacks an option without a question
    # mark; of a list it looks at the first element.
    kinds = {
        key: kind[0] if isinstance(kind, list) else kind
        for key, kind in CONFIG["schema"].items()
    }
    required = {key for key, kind in kinds.items() if not kind.endswith("?")}
    assert required <= set(CONFIG["options"])
    dockerfile = (ADDON / "Dockerfile").read_text()
    assert dockerfile.startswith("#")
    assert "ARG BUILD_FROM=debian:trixie-slim" in dockerfile
    profile = (ADDON / "apparmor.txt").read_text()
    assert f"profile {CONFIG['slug']} " in profile


def test_models_are_not_in_backups() -> None:
    """The Supervisor matches each path of the data folder against the patterns."""

    def excluded(path: str) -> bool:
        return any(PurePath(path).match(p) for p in CONFIG["backup_exclude"])

    assert excluded("/data/addons/data/jarvis_voice/models")
    assert excluded("/data/addons/data/jarvis_voice/models/server-id")
    assert not excluded("/data/addons/data/jarvis_voice/options.json")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_option_is_explained(language: str) -> None:
    words = yaml.safe_load((ADDON / "translations" / f"{language}.yaml").read_text())
    assert set(words["configuration"]) == set(CONFIG["schema"])
    assert all(
        set(word) == {"name", "description"} for word in words["configuration"].values()
    )
    assert set(words["network"]) == set(CONFIG["ports"])


def test_the_documentation_names_every_option() -> None:
    documentation = (ADDON / "DOCS.md").read_text()
    named = set(re.findall(r"^\| `(\w+)` \|", documentation, re.MULTILINE))
    assert named == set(CONFIG["schema"])


def test_the_pictures() -> None:
    for name, size in (("icon.png", (128, 128)), ("logo.png", (250, 100))):
        with Image.open(ADDON / name) as picture:
            assert picture.size == size


def test_every_option_reaches_the_settings(tmp_path: Path) -> None:
    assert set(EVERYTHING) == set(CONFIG["schema"])
    settings = load(None, settings_of(EVERYTHING, tmp_path, tmp_path))
    first, second = settings.stt_options()
    assert (first.model, second.model, first.beam_size) == ("small", "tiny", 2)
    assert first.languages == ["fr", "en"]
    assert first.front_end == ["noise", "echo"]
    speaking, waking = settings.tts_options(), settings.wake_options()
    assert speaking is not None
    assert waking is not None
    assert (speaking.voices, speaking.speed) == (["fr_FR-siwis-medium"], 1.2)
    assert (waking.model, waking.threshold) == ("okay_nabu", 0.8)
    assert waking.refractory_seconds == 3.0
    embedding = settings.embed_options()
    assert embedding is not None
    assert embedding.model == "some/model"
    times = {settings.stt.unload_after, settings.tts.unload_after}
    assert times == {settings.embed.unload_after} == {600}
    assert settings.log.level == "debug"
    assert settings.data_dir == tmp_path / "models"
    assert (settings.uri, settings.admin) == (
        "tcp://0.0.0.0:10300",
        "0.0.0.0:10301",
    )


@pytest.mark.parametrize("options", [{}, CONFIG["options"]])
def test_the_defaults_are_those_of_the_servers(
    tmp_path: Path, options: dict[str, Any]
) -> None:
    settings, plain = (
        load(None, settings_of(options, tmp_path, tmp_path)),
        load(None, {}),
    )
    assert settings.stt.model == plain.stt.model
    assert settings.tts.voices == plain.tts.voices
    assert settings.wake.model == plain.wake.model
    assert settings.embed == plain.embed
    [hearing] = settings.stt_options()
    assert hearing.front_end == []


def test_own_models_win_over_names(tmp_path: Path) -> None:
    (tmp_path / "whisper" / "mine").mkdir(parents=True)
    (tmp_path / "piper").mkdir()
    (tmp_path / "piper" / "moi.onnx").touch()
    options = {"stt_model": "mine", "tts_voices": ["moi", "fr_FR-siwis-medium"]}
    settings = settings_of(options, tmp_path, tmp_path)
    assert settings["stt"]["model"] == str(tmp_path / "whisper" / "mine")
    own = str(tmp_path / "piper" / "moi.onnx")
    assert settings["tts"]["voices"] == [own, "fr_FR-siwis-medium"]
