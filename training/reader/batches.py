"""Batches of encoded utterances: of like length, in an order that a seed decides."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

LENGTHS = (8, 12, 16, 24, 36, 95)
"""Words to which utterances are padded: few lengths, since each is compiled once."""
LABELS = ("mark", "turn", "begins", "cls", "span")

type Arrays = dict[str, NDArray[np.int32]]


class Encoded:
    """The arrays of `encode`."""

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as file:
            self._arrays = {name: file[name] for name in file.files}
        self.sizes: list[int] = self._arrays["sizes"].tolist()
        self._length = np.diff(self._arrays["offsets"])

    def __len__(self) -> int:
        return len(self._length)

    def groups(self, order: NDArray[np.int64], words: int) -> list[NDArray[np.int64]]:
        """Return utterances of an order in batches of like length, `words` padded words each."""
        found = []
        low = 0
        for high in LENGTHS:
            length = self._length[order]
            some = order[(length > low) & (length <= high)]
            size = max(1, words // high)
            whole = len(some) // size * size
            found += list(some[:whole].reshape(-1, size))
            if whole < len(some):  # filled up, so that no other size is compiled
                found.append(np.resize(some[whole:], size))
            low = high
        return found

    def batch(self, some: NDArray[np.int64]) -> Arrays:
        """Return the padded arrays of utterances of like length."""
        arrays, longest = self._arrays, int(self._length[some].max())
        width = next(length for length in LENGTHS if length >= longest)
        starts, counts = arrays["offsets"][some], self._length[some]
        places = np.arange(width)
        there = places < counts[:, None]
        at = np.where(there, starts[:, None] + places, 0)
        batch = {name: np.where(there, arrays[name][at], 0) for name in LABELS}
        batch["ids"] = np.where(
            there[..., None], arrays["table"][arrays["word"][at]], 0
        )
        batch["there"] = there.astype(np.int32)
        batch["kind"] = arrays["kind"][some]
        return batch

    def endless(self, seed: int, words: int, step: int) -> Iterator[Arrays]:
        """Yield batches from a step on; the same ones whenever it is asked."""
        epoch = 0
        while True:
            rng = np.random.default_rng((seed, epoch))
            groups = self.groups(rng.permutation(len(self)), words)
            rng.shuffle(indices := np.arange(len(groups)))
            for index in indices[min(step, len(groups)) :]:
                yield self.batch(groups[index])
            step = max(0, step - len(groups))
            epoch += 1
