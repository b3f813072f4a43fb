"""The configuration: complete by default, file under variables under command line."""

import json
import re
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from wyoming_servers.cli import _given, _parser, main
from wyoming_servers.settings import Settings, load
from wyoming_servers.workers.embed.options import EmbedOptions


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
    ("text", "told"),
    [
        ("uro = 1", "uro is unknown; known here are admin, data_dir, embed, limits,"),
        ("[stt]\nmodle = 'x'", "stt.modle is unknown; known here are enabled, model,"),
        (
            "[stt.options]\nbeem = 1",
            "stt.options.beem is unknown; known here are ahead",
        ),
        ("[tts.options]\nvoices_ = []", "tts.options.voices_ is unknown; known here"),
        (
            "[limits]\nclient = 1",
            "limits.client is unknown; known here are audio_bytes",
        ),
        ("stt = 3", "stt must be a table, not 3"),
        ("name = 5", "name must be text, not 5"),
        ("data_dir = 5", "data_dir must be text, not 5"),
        ("admin = 5", "admin must be text, not 5"),
        ("zeroconf = 'perhaps'", "zeroconf must be true or false, not 'perhaps'"),
        ("[tts]\nvoices = 'a'", "tts.voices must be a list of texts, not 'a'"),
        ("[tts]\nvoices = [1]", "tts.voices must be a list of texts, not [1]"),
        ("[limits]\nclients = 'many'", "limits.clients must be a number, not 'many'"),
        ("[limits]\nclients = 1.5", "limits.clients must be a whole number, not 1.5"),
        ("[limits]\nclients = true", "limits.clients must be a number, not True"),
        ("[limits]\nclients = inf", "limits.clients must be a whole number, not inf"),
        ("[stt.queue]\nat_once = 0", "stt.queue.at_once must be at least 1, not 0"),
        ("[stt]\nunload_after = -1", "stt.unload_after must be at least 0, not -1.0"),
        (
            "[tts.queue]\ndeadline = 0",
            "tts.queue.deadline must be more than 0, not 0.0",
        ),
        (
            "[tts.queue]\ndeadline = nan",
            "tts.queue.deadline must be more than 0, not nan",
        ),
        ("[log]\nformat = 'xml'", "log.format must be one of text, json, not 'xml'"),
        ("[log]\nlevel = 'loud'", "log.level must be one of debug, info, warning, err"),
        (
            "[stt.options]\nbeam_size = 'two'",
            "stt.options.beam_size must be a number, not 'two'",
        ),
        ("[stt.options]\ndevice = 'gpu'", "device must be one of cpu, cuda, auto,"),
        (
            "[stt.options]\ncompute_type = 'int9'",
            "compute_type must be one of default,",
        ),
        ("[stt.options]\nbeam_size = -1", "beam_size must be at least 0, not -1"),
        ("[stt.options]\nthreads = -3", "threads must be at least 0, not -3"),
        ("[stt.options]\ntask = 'sing'", "task must be one of transcribe, translate,"),
        ("[stt.options]\nlanguage = 'xx'", "language must be what Whisper knows, such"),
        ("[stt.options]\nlanguages = ['fr', 'q']", "languages must be what Whisper k"),
        ("[stt]\nmodel = '/a/ear'\nmore_models = ['/b/ear']", "models have one name"),
        ("[tts.options]\nspeed = 0", "tts.options.speed must be at least 0.1, not 0.0"),
        ("[tts.options]\nspeed = nan", "tts.options.speed must be at least 0.1, not n"),
        ("[tts.options]\nspeed = 99", "tts.options.speed must be at most 10, not 99."),
        ("[tts.options]\nnoise = -1", "tts.options.noise must be at least 0, not -1.0"),
        ("[tts.options]\nnoise = 'x'", "tts.options.noise must be a number, not 'x'"),
        ("[tts.options]\nnoise_width = inf", "noise_width must be at most 5, not inf"),
        ("[tts.options]\nvolume = -1", "tts.options.volume must be at least 0, not"),
        (
            "[tts.options]\nsentence_silence = -1",
            "silence must be at least 0, not -1.0",
        ),
        ("[tts.options]\nlead_silence = 1e9", "lead_silence must be at most 10, not"),
        ("[tts.options]\nmax_clause_chars = 0", "chars must be at least 20, not 0"),
        ("[tts.options]\nkeep = 0", "tts.options.keep must be at least 1, not 0"),
        ("[tts.options]\nthreads = -1", "tts.options.threads must be at least 0, not"),
        (
            "[stt.options]\nfront_end = ['nose']",
            "stt.options.front_end: the audio front end has no nose; it has high-pass,",
        ),
        ("= nonsense", "config.toml cannot be read: Invalid statement (at line 1,"),
    ],
)
def test_mistakes_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    assert main(["serve", "--config", str(file)]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("Configuration: ")
    assert told in line


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"uri": null}', "uri must be text, not None"),
        ('{"stt": null}', "stt must be a table, not None"),
        ("[1]", "config.json holds no JSON object"),
        ("{bad", "config.json cannot be read: Expecting property name"),
        ("\xe9", "config.json cannot be read: 'utf-8' codec"),
    ],
)
def test_mistakes_in_json(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "config.json"
    file.write_text(text, encoding="latin-1")
    with pytest.raises(ValueError, match=re.escape(told)):
        load(file, {})


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("JARVIS_STT__MODLE", "x", "stt.modle is unknown; known here are enabled"),
        ("JARVIS_SST__MODEL", "x", "sst is unknown; known here are admin"),
        ("JARVIS_STT__MODEL__X", "x", "stt.model must be text, not {'x': 'x'}"),
        (
            "JARVIS_STT__MORE_MODELS",
            "a",
            "JARVIS_STT__MORE_MODELS must be JSON, not 'a'",
        ),
        ("JARVIS_STT__MORE_MODELS", '"a"', "stt.more_models must be a list of texts"),
        ("JARVIS_STT", "small", "JARVIS_STT must be JSON, not 'small'"),
        ("JARVIS_ZEROCONF", "", "zeroconf must be true or false, not ''"),
        ("JARVIS_LIMITS__CLIENTS", "many", "limits.clients must be a number"),
    ],
)
def test_mistakes_in_variables(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str, told: str
) -> None:
    monkeypatch.setenv(name, text)
    with pytest.raises(ValueError, match=re.escape(told)):
        load(None, {})


def test_all_mistakes_are_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        "uro = 1\n[stt]\nenabled = 'perhaps'\n[stt.options]\nfront_end = ['nose']\n"
        "[tts.queue]\nat_once = 0"
    )
    monkeypatch.setenv("JARVIS_TTS__VOICES", "siwis")
    assert main(["serve", "--config", str(file), "--log-level", "loud"]) == 2
    told = capsys.readouterr().err.splitlines()
    assert [line.split()[:2] for line in told] == [
        ["Configuration:", "JARVIS_TTS__VOICES"],
        ["Configuration:", "uro"],
        ["Configuration:", "stt.enabled"],
        ["Configuration:", "tts.queue.at_once"],
        ["Configuration:", "log.level"],
        ["Configuration:", "stt.options.front_end:"],
    ]


@pytest.mark.parametrize(
    ("name", "text", "path", "value"),
    [
        ("JARVIS_NAME", "x", ("name",), "x"),
        ("jarvis_name", "x", ("name",), "x"),
        ("Jarvis_Stt__Model", "x", ("stt", "model"), "x"),
        ("JARVIS_DATA_DIR", "/x", ("data_dir",), Path("/x")),
        ("JARVIS_ADMIN", "[::1]:5", ("admin",), "[::1]:5"),
        ("JARVIS_ZEROCONF", "1", ("zeroconf",), True),
        ("JARVIS_ZEROCONF", "Yes", ("zeroconf",), True),
        ("JARVIS_WAKE__ENABLED", "off", ("wake", "enabled"), False),
        ("JARVIS_STT__QUEUE__AT_ONCE", " 4 ", ("stt", "queue", "at_once"), 4),
        ("JARVIS_STT__QUEUE", '{"at_once": 4}', ("stt", "queue", "at_once"), 4),
        ("JARVIS_STT__UNLOAD_AFTER", "5", ("stt", "unload_after"), 5.0),
        ("JARVIS_TTS__VOICES", '["a"]', ("tts", "voices"), ["a"]),
        ("JARVIS_LOG__LEVEL", "DEBUG", ("log", "level"), "debug"),
        ("JARVIS_STT__OPTIONS", '{"trim": 0}', ("stt", "options"), {"trim": False}),
        ("JARVIS_STT__OPTIONS__THREADS", "2", ("stt", "options"), {"threads": 2}),
        (
            "JARVIS_STT__OPTIONS__LANGUAGES",
            '["fr"]',
            ("stt", "options"),
            {"languages": ["fr"]},
        ),
    ],
)
def test_variables(
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    text: str,
    path: tuple[str, ...],
    value: object,
) -> None:
    monkeypatch.setenv(name, text)
    assert load(None, {}) == changed(Settings(), path, value)


def changed(table: Any, path: tuple[str, ...], value: object) -> Any:
    """Return a copy with one setting changed."""
    first, *rest = path
    inner = changed(getattr(table, first), tuple(rest), value) if rest else value
    return replace(table, **{first: inner})


def test_a_longer_path_says_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JARVIS_STT__MODEL", "small")
    monkeypatch.setenv("JARVIS_STT", '{"model": "tiny", "enabled": false}')
    settings = load(None, {})
    assert (settings.stt.model, settings.stt.enabled) == ("small", False)


def test_other_programs_variables_are_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("JARVIS_APP_DATA", "/data")
    monkeypatch.setenv("JARVIS_", "x")
    assert load(None, {}) == Settings()


def test_options_of_all_sources_come_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[stt.options]\nbeam_size = 2\nlanguage = 'fr'")
    monkeypatch.setenv("JARVIS_STT__OPTIONS", '{"beam_size": "3", "trim": false}')
    settings = load(file, {"stt": {"options": {"ahead": False}}})
    assert settings.stt.options == {
        "beam_size": 3,
        "language": "fr",
        "trim": False,
        "ahead": False,
    }


def test_what_is_not_said_of_a_queue_stays_as_it_was() -> None:
    settings = load(None, {"wake": {"queue": {"wait_seconds": 5}}})
    queue = Settings().wake.queue
    assert settings.wake.queue == replace(queue, wait_seconds=5.0)
    assert queue.at_once == 32


def test_every_setting_can_be_given(tmp_path: Path) -> None:
    settings = Settings()
    everything: dict[str, Any] = asdict(settings)
    for part, options in (
        ("stt", settings.stt_options()[0]),
        ("tts", settings.tts_options()),
        ("wake", settings.wake_options()),
        ("embed", EmbedOptions()),
    ):
        assert options is not None
        everything[part]["options"] = asdict(options)
    file = tmp_path / "config.json"
    file.write_text(json.dumps(everything, default=str))
    assert asdict(load(file, {})) == everything


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--config", "/not/there.toml"]) == 2
    assert "no configuration file" in capsys.readouterr().err


def test_settings_can_be_made_without_a_file() -> None:
    assert Settings() == load(None, {})
