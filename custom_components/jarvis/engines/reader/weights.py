"""The weights as they are shipped: whole numbers of eight bits with a scale a row."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float32]

SCALE = ".scale"
_ABOUT = "about"


class WeightsError(ValueError):
    """A file holds no weights of this form."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What the classes of the outputs mean, and how sure the outputs are.

    `classes` are the acts and then, from `acts` on, the kinds of clauses that must not
    act. `kinds` are the kinds of utterances, the first one asks for acts. Logits are
    divided by the temperatures before they become probabilities.
    """

    classes: tuple[str, ...]
    acts: int
    kinds: tuple[str, ...]
    spans: tuple[str, ...]
    heads: int
    class_temperature: float = 1.0
    kind_temperature: float = 1.0


@dataclass(frozen=True, slots=True)
class Weights:
    """Arrays by name, as float32; the embedding of letter groups stays in eight bits."""

    labels: Labels
    arrays: dict[str, Floats]
    groups: NDArray[np.int8]
    group_scales: Floats


def save_weights(path: Path, labels: Labels, arrays: dict[str, Floats]) -> None:
    """Write arrays as whole numbers of eight bits; vectors as they are."""
    stored: dict[str, NDArray[Any]] = {
        _ABOUT: np.frombuffer(json.dumps(asdict(labels)).encode(), np.uint8)
    }
    for name, array in arrays.items():
        if array.ndim < 2:
            stored[name] = array.astype(np.float32)
            continue
        scale = np.maximum(np.abs(array).max(axis=-1), 1e-8) / 127
        stored[name] = np.rint(array / scale[..., None]).astype(np.int8)
        stored[name + SCALE] = scale.astype(np.float32)
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **stored)


def load_weights(path: Path) -> Weights:
    """Return the weights of a file. Raises WeightsError, and OSError."""
    try:
        with np.load(path, allow_pickle=False) as file:
            stored = {name: file[name] for name in file.files}
        about: dict[str, Any] = json.loads(stored.pop(_ABOUT).tobytes())
        for name in ("classes", "kinds", "spans"):
            about[name] = tuple(about[name])
        labels = Labels(**about)
        groups = stored.pop("groups")
        group_scales = stored.pop("groups" + SCALE)
    except (KeyError, TypeError, ValueError) as error:
        raise WeightsError(f"{path.name}: no weights of the reader") from error
    arrays = {
        name: array.astype(np.float32) * stored[name + SCALE][..., None]
        if name + SCALE in stored
        else array
        for name, array in stored.items()
        if not name.endswith(SCALE)
    }
    return Weights(labels, arrays, groups, group_scales)
