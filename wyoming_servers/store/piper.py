"""Piper voices: names, files, where they come from."""

import re
from pathlib import Path

from ..errors import ModelMissingError
from .source import DownloadError, Source, require

_REPOSITORY = "rhasspy/piper-voices"
_NAME = re.compile(
    r"(?P<family>[a-z]{2,3})_(?P<region>[A-Z0-9]{2,3})-(?P<voice>[^-/]+)-(?P<quality>[a-z_]+)"
)


def is_complete(model: Path) -> bool:
    """Return True when the voice's model and its configuration are both there."""
    config = model.with_name(f"{model.name}.json")
    return model.is_file() and config.is_file() and config.stat().st_size > 0


def voice_name(voice: str) -> str:
    """Return the name that clients see: a file's name without its folder and ending."""
    return Path(voice).name.removesuffix(".onnx")


def voice_language(voice: str) -> str | None:
    """Return the language that a voice's name promises, as in `fr_FR-siwis-medium`."""
    match = _NAME.fullmatch(voice_name(voice))
    return f"{match['family']}_{match['region']}" if match else None


def local_file(voice: str, data_dir: Path) -> tuple[Path, str | None]:
    """Return where the voice's .onnx is, or will be, and its hub folder if any."""
    if voice.endswith(".onnx") or voice.startswith(("/", ".", "~")):
        return Path(voice).expanduser(), None
    match = _NAME.fullmatch(voice)
    target = data_dir / "piper" / f"{voice}.onnx"
    if match is None:
        return target, None
    family, region = match["family"], match["region"]
    return target, f"{family}/{family}_{region}/{match['voice']}/{match['quality']}"


def find_voice(voice: str, data_dir: Path, hub: Source) -> Path:
    """Return the voice's .onnx, downloaded when it is not there yet (blocking).

    Raises ModelMissingError with one line: what is missing, from where it comes and
    how to put it there by hand.
    """
    model, folder = local_file(voice, data_dir)
    if is_complete(model):
        return model
    both = f"{model.name} and {model.name}.json"
    if folder is None:
        raise ModelMissingError(
            f"Voice {voice!r} cannot be used: {both} are not in {model.parent.absolute()} "
            "and the name is not of the form fr_FR-siwis-medium.",
            model=voice,
        )
    source = f"{hub.endpoint}/{_REPOSITORY}/tree/main/{folder}"
    try:
        names = {f"{folder}/{model.name}.json", f"{folder}/{model.name}"}
        files = [f for f in hub.files(_REPOSITORY, folder) if f.path in names]
        hub.download(voice, _REPOSITORY, files, model.parent)
        require(is_complete(model), "the hub's folder lacks one of the two files")
    except (DownloadError, OSError) as err:
        raise ModelMissingError(
            f"Voice {voice!r} is not here and cannot be downloaded from {source} "
            f"({err}); by hand: put {both} of that page into {model.parent.absolute()}.",
            model=voice,
            source=source,
            folder=str(model.parent.absolute()),
        ) from err
    return model
