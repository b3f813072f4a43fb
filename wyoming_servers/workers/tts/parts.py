"""Keeps the cut voices on disk, made anew when the voice's file has changed."""

import hashlib
import json
import logging
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LOGGER = logging.getLogger(__name__)
_VERSION = 2
_WITHIN_SECONDS = 120.0
_ABOUT = "about.json"
_UNFINISHED = ".unfinished-"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One model of the decoder; see `split.Geometry`."""

    file: Path
    hop: int
    margin: int


@dataclass(frozen=True, kw_only=True)
class Parts:
    """A voice in three models; see `split`."""

    folder: Path
    encoder: Path
    """Text to latent frames."""
    upper: Step
    """Latent frames to features."""
    lower: Step
    """Features to sound."""


def parts_of(model: Path, data_dir: Path, *, fresh: bool = False) -> Parts | None:
    """Return the voice's parts, cut now if need be; None when they cannot be had.

    They take as much room on the disk as the voice itself. `fresh` cuts anew, for files
    that turned out to be broken.
    """
    root = data_dir / "parts"
    try:
        stat = model.stat()
        source = f"{_VERSION} {stat.st_size} {stat.st_mtime_ns}"
        place = hashlib.sha256(str(model.resolve()).encode()).hexdigest()[:8]
        folder = root / f"{model.stem}-{place}"
        about = None if fresh else _about(folder, source)
        if about is None:
            root.mkdir(parents=True, exist_ok=True)
            about = _make(model, folder, source)
    except (OSError, subprocess.SubprocessError, ValueError) as err:
        _LOGGER.warning(
            "%s is spoken sentence by sentence, which starts later: %s",
            model.stem,
            _last_line(err),
        )
        return None
    if "why" in about:
        _LOGGER.debug("%s is spoken sentence by sentence: %s", model.stem, about["why"])
        return None
    upper, lower = about["steps"]
    return Parts(
        folder=folder,
        encoder=folder / "encoder.onnx",
        upper=Step(file=folder / "upper.onnx", **upper),
        lower=Step(file=folder / "lower.onnx", **lower),
    )


def _about(folder: Path, source: str) -> dict[str, Any] | None:
    """Return what is known of the parts on disk, None when they are of another file."""
    try:
        about = json.loads((folder / _ABOUT).read_bytes())
        usable = about["source"] == source and ("why" in about or "steps" in about)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return about if usable else None


def _make(model: Path, folder: Path, source: str) -> dict[str, Any]:
    """Cut the voice in a process of its own; raise OSError, SubprocessError."""
    for unfinished in folder.parent.glob(f"{_UNFINISHED}*"):
        # Of a worker that was killed meanwhile.
        if time.time() - unfinished.stat().st_mtime > 2 * _WITHIN_SECONDS:
            shutil.rmtree(unfinished, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=_UNFINISHED) as name:
        made = Path(name).resolve() / "made"
        made.mkdir()
        subprocess.run(
            [sys.executable, "-m", f"{__package__}.split", model.resolve(), made],
            check=True,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=_WITHIN_SECONDS,
            # Where this very package is found, also when it is not installed.
            cwd=Path(__file__).parents[3],
        )
        about = {"source": source, **json.loads((made / _ABOUT).read_bytes())}
        (made / _ABOUT).write_text(json.dumps(about))
        if folder.exists():
            shutil.rmtree(folder)
        made.rename(folder)
    return about


def _last_line(err: Exception) -> str:
    """Return what a user can act upon, such as `No space left on device`."""
    said = getattr(err, "stderr", None) or str(err)
    return str(said).strip().rsplit("\n", 1)[-1]
