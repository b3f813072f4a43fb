"""The app's options, as Home Assistant's page writes them, become the servers' settings."""

import json
from pathlib import Path
from typing import Any

PORT = 10_300
ADMIN_PORT = 10_301


def read_options(data: Path) -> dict[str, Any]:
    """Return what the Supervisor wrote; nothing where there is no Supervisor."""
    try:
        options = json.loads((data / "options.json").read_bytes())
    except FileNotFoundError:
        return {}
    if not isinstance(options, dict):
        raise TypeError("options.json is not an object")
    return options


def settings_of(
    options: dict[str, Any], data: Path, own_models: Path
) -> dict[str, Any]:
    """Return the settings; what an option does not say keeps the servers' default.

    `own_models` is the folder that the user can reach: models and voices named like a
    file or folder in it are taken from there.
    """
    hearing = _without_nothing(
        model=_own(options.get("stt_model"), own_models / "whisper"),
        more_models=[
            _own(model, own_models / "whisper")
            for model in options.get("stt_more_models") or ()
        ],
        options=_without_nothing(
            languages=options.get("stt_languages"),
            beam_size=options.get("stt_beam_size"),
            front_end=options.get("front_end"),
        ),
        unload_after=options.get("unload_after"),
    )
    speaking = _without_nothing(
        voices=[
            _own(voice, own_models / "piper", ".onnx")
            for voice in options.get("tts_voices") or ()
        ],
        options=_without_nothing(speed=options.get("tts_speed")),
        unload_after=options.get("unload_after"),
    )
    waking = _without_nothing(
        model=options.get("wake_model"),
        options=_without_nothing(
            model_dir=str(own_models / "wake"),
            threshold=options.get("wake_threshold"),
            refractory_seconds=options.get("wake_refractory_seconds"),
        ),
    )
    embedding = _without_nothing(
        enabled=options.get("embeddings"),
        model=_own(options.get("embedding_model"), own_models / "embed"),
        unload_after=options.get("unload_after"),
    )
    log = _without_nothing(level=options.get("log_level"))
    return {
        "uri": f"tcp://0.0.0.0:{PORT}",
        "admin": f"0.0.0.0:{ADMIN_PORT}",
        "data_dir": str(data / "models"),
        # In the app's own network nobody listens: the Supervisor tells Home Assistant.
        "zeroconf": False,
        "stt": hearing,
        "tts": speaking,
        "wake": waking,
        "embed": embedding,
        "log": log,
    }


def _own(name: str | None, folder: Path, suffix: str = "") -> str | None:
    """Return the path of the user's own model, else the name for the store."""
    if name and (folder / f"{name}{suffix}").exists():
        return str(folder / f"{name}{suffix}")
    return name


def _without_nothing(**values: Any) -> dict[str, Any]:
    """Leave out what was not said; an empty list says nothing either."""
    return {key: value for key, value in values.items() if value not in (None, "", [])}
