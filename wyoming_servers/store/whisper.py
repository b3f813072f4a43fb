"""Whisper models in CTranslate2 format: names, folders, where they come from."""

from pathlib import Path

from ..errors import ModelMissingError
from .source import DownloadError, Source, require

_SYSTRAN = "tiny tiny.en base base.en small small.en medium medium.en large-v1 large-v2 large-v3"
_REPOSITORIES = {
    **{name: f"Systran/faster-whisper-{name}" for name in _SYSTRAN.split()},
    "large": "Systran/faster-whisper-large-v3",
    "distil-small.en": "Systran/faster-distil-whisper-small.en",
    "distil-medium.en": "Systran/faster-distil-whisper-medium.en",
    "distil-large-v2": "Systran/faster-distil-whisper-large-v2",
    "distil-large-v3": "Systran/faster-distil-whisper-large-v3",
    "distil-large-v3.5": "distil-whisper/distil-large-v3.5-ct2",
    "large-v3-turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
    "turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
}
_NEEDED = ("model.bin", "config.json", "tokenizer.json")
_OPTIONAL = ("preprocessor_config.json", "vocabulary.json", "vocabulary.txt")

_CODES = """
af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr
gl gu ha haw he hi hr ht hu hy id is it ja jw ka kk km kn ko la lb ln lo lt
lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si sk sl
sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo zh yue
"""
LANGUAGES = _CODES.split()
"""The languages of a multilingual Whisper."""


def is_complete(folder: Path) -> bool:
    """Return True when faster-whisper can load the folder without a network."""
    return all((folder / name).is_file() for name in _NEEDED) and any(
        folder.glob("vocabulary.*")
    )


def local_folder(model: str, data_dir: Path) -> tuple[Path, str | None]:
    """Return where the model's files are, or will be, and its hub repository if any."""
    folder = Path(model).expanduser()
    if folder.is_dir() or model.startswith(("/", ".", "~")):
        return folder, None
    repository = _REPOSITORIES.get(model, model if "/" in model else None)
    return data_dir / "whisper" / (repository or model).replace("/", "--"), repository


def find_whisper(model: str, data_dir: Path, hub: Source) -> Path:
    """Return the model's folder, downloaded when it is not there yet (blocking).

    Raises ModelMissingError with one line: what is missing, from where it comes and
    how to put it there by hand.
    """
    folder, repository = local_folder(model, data_dir)
    if is_complete(folder):
        return folder
    needed = f"{', '.join(_NEEDED)} and vocabulary.json or vocabulary.txt"
    if repository is None:
        wrong = (
            f"its folder {folder} lacks some of {needed}"
            if folder.is_dir()
            else f"there is no folder {folder} and no such name is known"
        )
        raise ModelMissingError(
            f"Speech model {model!r} cannot be used: {wrong}; give a CTranslate2 Whisper "
            f"folder or one of {', '.join(sorted(_REPOSITORIES))}.",
            model=model,
        )
    source = f"{hub.endpoint}/{repository}"
    try:
        wanted = {*_NEEDED, *_OPTIONAL}
        files = [f for f in hub.files(repository) if f.path in wanted]
        hub.download(model, repository, files, folder)
        require(is_complete(folder), f"the repository lacks some of {needed}")
    except (DownloadError, OSError) as err:
        raise ModelMissingError(
            f"Speech model {model!r} is not here and cannot be downloaded from {source} "
            f"({err}); by hand: put {needed} of that page into {folder.absolute()}.",
            model=model,
            source=source,
            folder=str(folder.absolute()),
        ) from err
    return folder
