"""The network in numpy: letter groups, a convolution, a small transformer, four outputs.

The trainer has the same network for batches (`training/reader/net.py`); what both give
is compared in the tests.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .weights import Floats, Weights

_SMALL = np.float32(1e-5)
_GELU, _CUBIC = np.float32(0.7978845608), np.float32(0.044715)
_HALF, _ONE = np.float32(0.5), np.float32(1)


@dataclass(frozen=True, slots=True)
class Scores:
    """Logits: `kind` [kinds]; of each word `begins` [], `classes` and `spans`."""

    kind: Floats
    begins: Floats
    classes: Floats
    spans: Floats


class Network:
    """The forward pass for one utterance."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._arrays = weights.arrays
        self._layers = sum(name.endswith(".query") for name in weights.arrays)

    @property
    def buckets(self) -> int:
        """How many letter groups are told apart."""
        return len(self._weights.groups)

    def scores(
        self,
        ids: Sequence[Sequence[int]],
        marks: Sequence[int],
        before: int,
    ) -> Scores:
        """Return the scores of an utterance's words.

        `ids` and `marks` are of all words, the first `before` of the turn before.
        """
        w = self._arrays
        x = np.empty((len(ids) + 1, w["first"].shape[0]), np.float32)
        x[0] = w["first"]
        groups, scales = self._weights.groups, self._weights.group_scales
        for place, some in enumerate(ids, start=1):
            numbers = list(some)
            x[place] = (
                scales[numbers] @ groups[numbers] * np.float32(len(numbers) ** -0.5)
            )
        turn = (np.arange(len(ids)) >= before).astype(np.intp)
        x[1:] += w["marks"][list(marks)] + w["turns"][turn]
        x += w["places"][: len(x)]
        x = x + self._convolved(x)
        for number in range(self._layers):
            x = self._layer(x, f"layer{number}")
        x = _normal(x, w["last.gain"], w["last.bias"])
        said = x[1 + before :]
        return Scores(
            x[0] @ w["kind"] + w["kind.bias"],
            (said @ w["begins"] + w["begins.bias"])[:, 0],
            said @ w["classes"] + w["classes.bias"],
            said @ w["spans"] + w["spans.bias"],
        )

    def _convolved(self, x: Floats) -> Floats:
        w = self._arrays
        edge = np.zeros((1, x.shape[1]), np.float32)
        wide = np.concatenate(
            (np.concatenate((edge, x[:-1])), x, np.concatenate((x[1:], edge))), axis=1
        )
        return _gelu(wide @ w["convolution"] + w["convolution.bias"])

    def _layer(self, x: Floats, name: str) -> Floats:
        w, heads = self._arrays, self._weights.labels.heads
        y = _normal(x, w[f"{name}.gain1"], w[f"{name}.bias1"])
        shape = (len(x), heads, -1)
        query = (y @ w[f"{name}.query"]).reshape(shape).transpose(1, 0, 2)
        key = (y @ w[f"{name}.key"]).reshape(shape).transpose(1, 2, 0)
        value = (y @ w[f"{name}.value"]).reshape(shape).transpose(1, 0, 2)
        sharp = np.float32(query.shape[-1] ** -0.5)
        seen = _softmax(query @ key * sharp)
        mixed: Floats = (seen @ value).transpose(1, 0, 2).reshape(x.shape)
        x = x + mixed @ w[f"{name}.out"]
        y = _normal(x, w[f"{name}.gain2"], w[f"{name}.bias2"])
        inner = _gelu(y @ w[f"{name}.wide"] + w[f"{name}.wide.bias"])
        return x + inner @ w[f"{name}.narrow"] + w[f"{name}.narrow.bias"]


def _normal(x: Floats, gain: Floats, bias: Floats) -> Floats:
    x = x - x.mean(axis=-1, keepdims=True)
    spread: Floats = np.sqrt((x * x).mean(axis=-1, keepdims=True) + _SMALL)
    return x / spread * gain + bias


def _gelu(x: Floats) -> Floats:
    inner: Floats = np.tanh(_GELU * (x + _CUBIC * x * x * x))
    return _HALF * x * (_ONE + inner)


def _softmax(x: Floats) -> Floats:
    odds: Floats = np.exp(x - x.max(axis=-1, keepdims=True))
    total: Floats = odds.sum(axis=-1, keepdims=True)
    return odds / total
