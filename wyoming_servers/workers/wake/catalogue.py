"""The wake word models on this machine; reads descriptions only, the gateway uses it."""

import importlib.util
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .options import WakeOptions

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class WakeModelFile:
    """One micro-wakeword model: its description file and what that says."""

    name: str
    """Id that clients use: the description's file name."""
    file: Path
    phrase: str
    languages: tuple[str, ...]
    author: str
    website: str
    threshold: float
    """Mean probability of the window above which the word counts as said."""


def find_models(options: WakeOptions) -> dict[str, WakeModelFile]:
    """Return all models by name, the configured one first; an own one wins its name."""
    found = {model.name: model for model in _read_folder(_bundled())}
    found |= {model.name: model for model in _read_folder(own_folder(options))}
    return dict(sorted(found.items(), key=lambda pair: pair[0] != options.model))


def own_folder(options: WakeOptions) -> Path:
    """Return where the user's own models are looked for."""
    if options.model_dir is not None:
        return Path(options.model_dir).expanduser()
    return Path(options.data_dir) / "wake"


def _bundled() -> Path | None:
    # Looking for the package does not import it: the gateway runs no model library.
    spec = importlib.util.find_spec("pymicro_wakeword")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "models"


def _read_folder(folder: Path | None) -> list[WakeModelFile]:
    if folder is None or not folder.is_dir():
        return []
    found: list[WakeModelFile] = []
    for file in sorted(folder.glob("*.json")):
        try:
            found.append(_read(file))
        except (OSError, ValueError, KeyError, TypeError) as err:
            _LOGGER.warning("%s is no micro-wakeword model: %s", file, err)
    return found


def _read(file: Path) -> WakeModelFile:
    known: dict[str, Any] = json.loads(file.read_bytes())
    micro: dict[str, Any] = known["micro"]
    model = file.with_name(str(known["model"]))
    if not model.is_file():
        raise ValueError(f"{model.name} is missing beside it")
    languages = tuple(str(code) for code in known.get("trained_languages") or ())
    return WakeModelFile(
        name=file.stem,
        file=file,
        phrase=str(known["wake_word"]),
        languages=languages or ("en",),
        author=str(known.get("author") or "unknown"),
        website=str(known.get("website") or ""),
        threshold=float(micro["probability_cutoff"]),
    )
