"""The command line: `serve` starts the gateway and its workers."""

import argparse
import asyncio
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import __version__, logs
from .serve import serve
from .settings import load

_LOGGER = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return the process's exit status."""
    parser = _parser()
    known = parser.parse_args(argv)
    try:
        settings = load(known.config, _given(known))
    except ValueError as err:
        for line in str(err).splitlines():
            print(f"Configuration: {line}", file=sys.stderr)
        return 2
    logs.set_up(worker="gateway", level=settings.log.level, style=settings.log.format)
    try:
        asyncio.run(serve(settings))
    except (OSError, ValueError) as err:
        _LOGGER.error("Cannot serve on %s: %s", settings.uri, err)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m wyoming_servers", description=__doc__
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("serve", help="start the voice servers")
    command.add_argument("--config", type=Path, help="TOML or JSON file")
    command.add_argument("--uri", help="tcp://HOST:PORT or unix://PATH")
    command.add_argument("--data-dir", type=Path, help="folder for models and voices")
    command.add_argument("--stt-model", help="Whisper model: name or local folder")
    command.add_argument(
        "--tts-voice",
        action="append",
        help="Piper voice: name or local .onnx; repeatable",
    )
    command.add_argument("--no-stt", action="store_true", help="do not hear")
    command.add_argument("--no-tts", action="store_true", help="do not speak")
    command.add_argument("--wake-model", help="wake word listened for by default")
    command.add_argument(
        "--no-wake", action="store_true", help="do not listen for wake words"
    )
    command.add_argument(
        "--embed-model", help="embed sentences with this model: name or local folder"
    )
    command.add_argument("--admin", help="HOST:PORT for /health, /ready, /metrics")
    command.add_argument(
        "--zeroconf",
        action=argparse.BooleanOptionalAction,
        help="announce the server in the network, as it does unless told not to",
    )
    command.add_argument("--log-level", help="debug, info, warning or error")
    command.add_argument("--log-format", choices=("text", "json"))
    return parser


def _given(known: argparse.Namespace) -> dict[str, Any]:
    """Return what was said on the command line, in the shape of the settings."""
    given: dict[str, Any] = {
        key: value
        for key in ("uri", "data_dir", "admin", "zeroconf")
        if (value := getattr(known, key)) is not None
    }
    parts: dict[str, dict[str, Any]] = {
        "stt": {"model": known.stt_model, "enabled": False if known.no_stt else None},
        "tts": {"voices": known.tts_voice, "enabled": False if known.no_tts else None},
        "wake": {
            "model": known.wake_model,
            "enabled": False if known.no_wake else None,
        },
        "embed": {
            "model": known.embed_model,
            "enabled": True if known.embed_model else None,
        },
        "log": {"level": known.log_level, "format": known.log_format},
    }
    for name, part in parts.items():
        if said := {key: value for key, value in part.items() if value is not None}:
            given[name] = said
    return given
