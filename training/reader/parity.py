"""Writes what JAX makes of shipped weights, for the test of the product's numpy network.

.cache/reader-venv/bin/python -m training.reader.parity weights.npz data.npz parity.npz
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from .batches import Encoded
from .net import scores

COUNT = 12
"""Utterances."""


def main(arguments: list[str] | None = None) -> None:
    """Write ids, marks, turns and logits of a few utterances, of like length."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args(arguments)
    with np.load(options.weights, allow_pickle=False) as file:
        stored: dict[str, Any] = {name: file[name] for name in file.files}
    heads = json.loads(stored.pop("about").tobytes())["heads"]
    arrays = {
        name: array.astype(np.float32) * stored[f"{name}.scale"][..., None]
        if f"{name}.scale" in stored
        else array
        for name, array in stored.items()
        if not name.endswith(".scale")
    }
    data = Encoded(options.data)
    batches = data.groups(np.arange(len(data)), 600)
    widest = max((one for one in batches if len(set(one.tolist())) >= COUNT), key=len)
    batch = data.batch(widest[:COUNT])
    found = {
        name: np.asarray(one) for name, one in scores(arrays, batch, heads).items()
    }
    kept = {
        name: batch[name].astype(np.int32) for name in ("ids", "mark", "turn", "there")
    }
    np.savez_compressed(options.out, allow_pickle=False, **kept, **found)


if __name__ == "__main__":
    main()
