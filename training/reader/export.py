"""Makes the weights that the product ships: eight bits, calibrated on what was held out.

python -m training.reader.export .cache/reader/model/model.npz weights.npz \
        --tune .cache/reader/tune
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from custom_components.jarvis.engines.reader import (
    Labels,
    Names,
    Network,
    ids_of,
    load_weights,
    marks_of,
    save_weights,
    tokens,
)
from custom_components.jarvis.engines.reader.reading import joined

from .encode import Row, labels_of, names_of_homes
from .frame import HERE, SPANS, acts, classes, utterance_kinds
from .generate import rows

LARGEST = 10_000_000
"""Bytes that the weights may have."""
TEMPERATURES = np.exp(np.linspace(-1.5, 1.5, 121))

type Logits = list[NDArray[np.float32]]


def main(arguments: list[str] | None = None) -> None:
    """Write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--tune", type=Path, help="shards to calibrate on")
    parser.add_argument("--corpus", type=Path, default=HERE)
    parser.add_argument("--count", type=int, default=3000)
    options = parser.parse_args(arguments)
    with np.load(options.model, allow_pickle=False) as file:
        arrays: dict[str, Any] = {name: file[name] for name in file.files}
    heads = json.loads(arrays.pop("about").tobytes())["heads"]
    labels = Labels(
        tuple(classes()), len(acts()), tuple(utterance_kinds()), SPANS, heads
    )
    save_weights(options.out, labels, arrays)
    if options.tune:
        found = rows(options.tune)
        some = found[:: max(1, len(found) // options.count)]
        network = Network(load_weights(options.out))
        labels = calibrated(labels, network, some, names_of_homes(options.corpus))
        save_weights(options.out, labels, arrays)
    size = options.out.stat().st_size
    print(f"{options.out}: {size / 1e6:.2f} MB, {labels.class_temperature=:.2f}, "
          f"{labels.kind_temperature=:.2f}")  # fmt: skip
    if size > LARGEST:
        raise SystemExit("too large to be shipped")


def calibrated(
    labels: Labels, network: Network, some: Sequence[Row], names: dict[str, Names]
) -> Labels:
    """Return labels with the temperatures that make probabilities true for utterances."""
    clauses: Logits = []
    kinds: Logits = []
    right: list[int] = []
    for row in some:
        words, before = joined(row["text"], row["previous"])
        known = names[row["home"]]
        scores = network.scores(
            [ids_of(word, network.buckets) for word in words],
            [marks_of(word, known) for word in words],
            before,
        )
        wanted = labels_of(row, tokens(row["text"]))
        starts = [i for i, begins in enumerate(wanted["begins"]) if begins]
        for begin, end in zip(starts, [*starts[1:], len(words) - before], strict=True):
            clauses.append(scores.classes[begin:end].mean(axis=0))
            right.append(wanted["cls"][begin])
        kinds.append(scores.kind)
    kind_right = [labels.kinds.index(row["kind"]) for row in some]
    return replace(
        labels,
        class_temperature=temperature(clauses, right),
        kind_temperature=temperature(kinds, kind_right),
    )


def temperature(logits: Logits, right: Sequence[int]) -> float:
    """Return what logits are best divided by, by the likelihood of what is right."""
    array, places = np.stack(logits), np.arange(len(right))

    def loss(divisor: float) -> float:
        scaled = array / divisor
        top = scaled.max(axis=1, keepdims=True)
        total = np.log(np.exp(scaled - top).sum(axis=1)) + top[:, 0]
        return float((total - scaled[places, right]).mean())

    return float(min(TEMPERATURES, key=loss))


if __name__ == "__main__":
    main()
