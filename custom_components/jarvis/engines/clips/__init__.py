"""Recordings: what is heard when no voice node can speak, and the chime.

The sentences, in French and English, are made by `scripts/make-clips` with espeak-ng, the
chime by the same script out of sines.
"""

from pathlib import Path

from ...core.errors import (
    NodeFailedError,
    NodeUnreachableError,
    PoolEmptyError,
    VoiceError,
)

FOLDER = Path(__file__).parent

_SAME_AS = {
    PoolEmptyError.key: NodeUnreachableError.key,
    VoiceError.key: NodeFailedError.key,
}


def read_chime() -> bytes:
    """Return the MP3 of the short sound that says "done"."""
    return (FOLDER / "chime.mp3").read_bytes()


def read_clip(key: str, language: str) -> bytes:
    """Return the MP3 that says the error `key`; in English for other languages.

    An error without a recording of its own is covered by "the voice server failed".
    """
    tag = language.replace("_", "-").split("-")[0]
    for folder in (FOLDER / tag, FOLDER / "en"):
        for name in (_SAME_AS.get(key, key), NodeFailedError.key):
            if (file := folder / f"{name}.mp3").is_file():
                return file.read_bytes()
    raise FileNotFoundError(FOLDER)
