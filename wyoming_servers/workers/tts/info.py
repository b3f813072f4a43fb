"""How Piper voices are described to clients; no heavy imports, the gateway uses it."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from wyoming.info import Attribution, Info, TtsProgram, TtsVoice, TtsVoiceSpeaker

from ... import __version__
from ...store.piper import local_file, voice_language, voice_name
from .options import TtsOptions

PROGRAM = "jarvis-tts"
_NEEDED = {
    "audio.sample_rate": int,
    "espeak.voice": str,
    "phoneme_id_map": dict,
    "num_symbols": int,
    "num_speakers": int,
}
_RATES = (4_000, 192_000)


def voice_config(voice: str, data_dir: Path) -> dict[str, Any]:
    """Return the voice's configuration, empty when it is not here or of no use."""
    model, _ = local_file(voice, data_dir)
    try:
        return read_config(model)
    except (OSError, ValueError):
        return {}


def read_config(model: Path) -> dict[str, Any]:
    """Return the configuration beside a voice's .onnx.

    Raises OSError, and ValueError with what is wrong in it.
    """
    try:
        config = json.loads(model.with_name(f"{model.name}.json").read_bytes())
    except ValueError:
        raise ValueError("its configuration is not JSON") from None
    if not isinstance(config, dict):
        raise ValueError("its configuration is not an object")  # noqa: TRY004
    for path, kind in _NEEDED.items():
        value: Any = config
        for key in path.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        if not isinstance(value, kind) or not value:
            raise ValueError(f"its configuration lacks {path!r}")
    if not _RATES[0] <= config["audio"]["sample_rate"] <= _RATES[1]:
        raise ValueError("its configuration has an impossible sample rate")
    for key in ("language", "speaker_id_map", "inference"):
        if not isinstance(config.get(key, {}), dict):
            raise ValueError(f"its {key!r} is unusable")  # noqa: TRY004
    return config


def tts_info(options: TtsOptions, missing: Iterable[str] = ()) -> Info:
    """Describe the configured voices. One that is still on its way counts as installed."""
    gone = set(missing)
    voices = [
        _voice(voice, voice_config(voice, Path(options.data_dir)), voice not in gone)
        for voice in options.voices
    ]
    program = TtsProgram(
        name=PROGRAM,
        description="Jarvis speaking: Piper",
        attribution=Attribution(
            name="Piper", url="https://github.com/OHF-Voice/piper1-gpl"
        ),
        installed=True,
        version=__version__,
        voices=voices,
        supports_synthesize_streaming=True,
    )
    return Info(tts=[program])


def languages_of(voice: str, config: dict[str, Any]) -> list[str]:
    """Return the voice's languages, from its configuration or else from its name."""
    code = (config.get("language") or {}).get("code") or voice_language(voice)
    if not code:
        code = (config.get("espeak") or {}).get("voice")
    return [str(code)] if code else []


def _voice(voice: str, config: dict[str, Any], installed: bool) -> TtsVoice:
    name = voice_name(voice)
    speakers = config.get("speaker_id_map") or {}
    quality = (config.get("audio") or {}).get("quality")
    return TtsVoice(
        name=name,
        description=" ".join(
            part for part in (name, quality and f"({quality})") if part
        ),
        attribution=Attribution(
            name="Piper voices", url="https://huggingface.co/rhasspy/piper-voices"
        ),
        installed=installed,
        version=None,
        languages=languages_of(voice, config),
        speakers=[TtsVoiceSpeaker(name=speaker) for speaker in speakers] or None,
    )
