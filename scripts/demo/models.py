"""Chooses the speech models: real ones where they are or can be had, else the demo's."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import aiohttp

from wyoming_servers.store import DEFAULT_ENDPOINT, piper, whisper

from .errors import DemoError
from .paths import DEMO_EAR, DEMO_VOICES

REAL_EAR: Final = "base"
REAL_VOICES: Final = ("fr_FR-siwis-medium", "en_US-lessac-medium")
_HUB_TIMEOUT: Final = aiohttp.ClientTimeout(total=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """The models of one run."""

    ear: str
    """A Whisper model's name or folder."""
    voices: Sequence[str]
    """Piper voices, names or files; the first one is the default."""
    note: str
    """Which ones and why, for the user."""
    optional: bool = False
    """Whether the demo models may stand in where these cannot be had."""


async def choose(wanted: str, folder: Path) -> Models:
    """Choose for `--models wanted`; downloaded models lie in `folder`."""
    if wanted == "demo":
        return demo("as asked for")
    ear_here = whisper.is_complete(whisper.local_folder(REAL_EAR, folder)[0])
    voices_here = all(
        piper.is_complete(piper.local_file(voice, folder)[0]) for voice in REAL_VOICES
    )
    if wanted == "auto" and ear_here and voices_here:
        return Models(
            ear=REAL_EAR,
            voices=REAL_VOICES,
            note=f"Whisper {REAL_EAR}, {' and '.join(REAL_VOICES)} (downloaded before)",
        )
    reachable = await _hub_answers()
    if wanted == "auto":
        if not reachable:
            return demo("the model hub does not answer")
        return Models(
            ear=REAL_EAR,
            voices=REAL_VOICES,
            note=f"Whisper {REAL_EAR}, {' and '.join(REAL_VOICES)} (downloading)",
            optional=True,
        )
    voices = REAL_VOICES if voices_here or reachable else _demo_voices()
    names = " and ".join(Path(voice).name for voice in voices)
    return Models(
        ear=_absolute(wanted),
        voices=voices,
        note=f"Whisper {wanted}, {names}",
    )


def demo(reason: str) -> Models:
    """Return the small models that the repository ships, for tests and this demo."""
    if not whisper.is_complete(DEMO_EAR):
        raise DemoError(f"The demo's speech model is missing from {DEMO_EAR}.")
    return Models(
        ear=str(DEMO_EAR),
        voices=_demo_voices(),
        note=f"the shipped demo models ({reason})",
    )


def _absolute(ear: str) -> str:
    """Return a folder's whole path, for servers that run elsewhere; names as they are."""
    folder = Path(ear).expanduser()
    return str(folder.resolve()) if folder.is_dir() else ear


def _demo_voices() -> Sequence[str]:
    voices = [DEMO_VOICES / f"{language}.onnx" for language in ("fr", "en")]
    for voice in voices:
        if not piper.is_complete(voice):
            raise DemoError(f"The demo's voice {voice} is missing.")
    return [str(voice) for voice in voices]


async def _hub_answers() -> bool:
    """Whether the model hub answers at once; it is not waited for."""
    hub = (os.environ.get("HF_ENDPOINT") or DEFAULT_ENDPOINT).rstrip("/")
    url = f"{hub}/api/models/Systran/faster-whisper-{REAL_EAR}"
    try:
        async with (
            aiohttp.ClientSession(timeout=_HUB_TIMEOUT, trust_env=True) as session,
            session.get(url) as answer,
        ):
            return answer.ok
    except aiohttp.ClientError, TimeoutError, OSError:
        return False
