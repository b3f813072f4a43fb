"""The configuration: complete by default, file under variables under command line."""

import json
from pathlib import Path

import pytest

from wyoming_servers.cli import _given, _parser, main
from wyoming_servers.settings import Settings, load


def given(*arguments: str) -> dict[str, object]:
    return _given(_parser().parse_args(["serve", *arguments]))


def test_nothing_need_be_configured() -> None:
    settings = load(None, {})
    assert settings.uri == "tcp://0.0.0.0:10300"
    [hearing] = settings.stt_options()
    assert (hearing.model, hearing.compute_type) == ("base", "int8")
    speaking = settings.tts_options()
    assert speaking is not None
    assert speaking.voices == ["fr_FR-siwis-medium", "en_US-lessac-medium"]
    assert settings.admin is None
    assert settings.limits.utterance_seconds == 60


@pytest.mark.parametrize("suffix", [".toml", ".json"])
def test_the_command_line_wins_over_variables_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    file = tmp_path / f"config{suffix}"
    values = {
        "uri": "tcp://127.0.0.1:1",
        "name": "File",
        "stt": {"model": "small", "options": {"beam_size": 2}},
        "limits": {"clients": 5},
    }
    file.write_text(
        json.dumps(values)
        if suffix == ".json"
        else 'uri = "tcp://127.0.0.1:1"\nname = "File"\n[stt]\nmodel = "small"\n'
        "[stt.options]\nbeam_size = 2\n[limits]\nclients = 5\n"
    )
    monkeypatch.setenv("JARVIS_NAME", "Variable")
    monkeypatch.setenv("JARVIS_STT__MORE_MODELS", '["tiny"]')
    monkeypatch.setenv("JARVIS_TTS__ENABLED", "false")
    settings = load(file, given("--stt-model", "medium"))
    assert settings.uri == "tcp://127.0.0.1:1"
    assert settings.name == "Variable"
    assert settings.limits.clients == 5
    assert settings.limits.payload_bytes == 1024 * 1024
    first, second = settings.stt_options()
    assert (first.model, first.beam_size) == ("medium", 2)
    assert second.model == "tiny"
    assert settings.tts_options() is None


def test_flags() -> None:
    settings = load(
        None,
        given(
            *("--uri", "unix:///tmp/x", "--no-stt", "--admin", "127.0.0.1:1"),
            *("--tts-voice", "a", "--tts-voice", "b", "--log-format", "json"),
        ),
    )
    assert settings.stt_options() == []
    speaking = settings.tts_options()
    assert speaking is not None
    assert speaking.voices == ["a", "b"]
    assert (settings.uri, settings.admin) == ("unix:///tmp/x", "127.0.0.1:1")
    assert settings.log.format == "json"


@pytest.mark.parametrize(
    "text",
    [
        "uro = 1",
        "[stt]\nmodle = 'x'",
        "[stt.options]\nbeem = 1",
        "[stt.queue]\nat_once = 0",
        "[limits]\nclients = 'many'",
        "[tts.options]\nvoices_ = []",
        "= nonsense",
    ],
)
def test_mistakes_are_told_in_one_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    assert main(["serve", "--config", str(file)]) == 2
    assert "Configuration:" in capsys.readouterr().err


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--config", "/not/there.toml"]) == 2
    assert "no configuration file" in capsys.readouterr().err


def test_settings_can_be_made_without_a_file() -> None:
    assert Settings().model_dump() == load(None, {}).model_dump()
