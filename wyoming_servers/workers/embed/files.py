"""Sentence models in ONNX format: names, folders, where they come from."""

import platform
from pathlib import Path

from ...errors import ModelMissingError
from ...store import Source
from ...store.source import DownloadError, RemoteFile, require

_TOKENIZER = "tokenizer.json"


def local_folder(model: str, data_dir: Path) -> tuple[Path, str | None]:
    """Return where the model's files are, or will be, and its hub repository if any."""
    folder = Path(model).expanduser()
    if folder.is_dir() or model.startswith(("/", ".", "~")):
        return folder, None
    repository = model if "/" in model else f"sentence-transformers/{model}"
    return data_dir / "embed" / repository.replace("/", "--"), repository


def model_file(folder: Path) -> Path | None:
    """Return the folder's ONNX file, None when it or the tokenizer is not there."""
    if not (folder / _TOKENIZER).is_file():
        return None
    for place in (folder, folder / "onnx"):
        for name in _wanted():
            if (place / name).is_file():
                return place / name
    return None


def find_embedder(model: str, data_dir: Path, hub: Source) -> Path:
    """Return the model's ONNX file, downloaded when it is not there yet (blocking).

    Its tokenizer is in the same folder or one above. Raises ModelMissingError with one
    line: what is missing, from where it comes and how to put it there by hand.
    """
    folder, repository = local_folder(model, data_dir)
    if (found := model_file(folder)) is not None:
        return found
    if repository is None:
        raise ModelMissingError(
            f"Sentence model {model!r} cannot be used: the folder {folder} lacks "
            f"{_TOKENIZER} or model.onnx.",
            model=model,
        )
    source = f"{hub.endpoint}/{repository}"
    try:
        offered = {file.path: file for file in hub.files(repository)}
        require(_TOKENIZER in offered, f"the repository has no {_TOKENIZER}")
        tokenizer = offered[_TOKENIZER]
        chosen = _best(offered)
        if chosen is None:
            chosen = _best({f.path: f for f in hub.files(repository, "onnx")})
        require(chosen is not None, "the repository has no ONNX model that runs here")
        assert chosen is not None
        # The model last: a folder that has it is complete.
        hub.download(model, repository, [tokenizer, chosen], folder)
    except (DownloadError, OSError) as err:
        raise ModelMissingError(
            f"Sentence model {model!r} is not here and cannot be downloaded from "
            f"{source} ({err}); by hand: put {_TOKENIZER} and onnx/model.onnx of that "
            f"page into {folder.absolute()}.",
            model=model,
            source=source,
            folder=str(folder.absolute()),
        ) from err
    found = model_file(folder)
    assert found is not None
    return found


def _best(offered: dict[str, RemoteFile]) -> RemoteFile | None:
    """Return the smallest of the models that run here."""
    paths = (path for name in _wanted() for path in (name, f"onnx/{name}"))
    return next((offered[path] for path in paths if path in offered), None)


def _wanted() -> tuple[str, ...]:
    """Return the file names to look for: the 8-bit ones are a quarter of the size."""
    on_arm = platform.machine().startswith(("arm", "aarch"))
    quantized = "model_qint8_arm64.onnx" if on_arm else "model_quint8_avx2.onnx"
    return (quantized, "model_quantized.onnx", "model.onnx")
