"""A thin layer over `onnx.helper` to write graphs as expressions."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from onnx import NodeProto, TensorProto, helper, numpy_helper

INT = TensorProto.INT64
FLOAT = TensorProto.FLOAT
BOOL = TensorProto.BOOL


class Nodes:
    """Collects nodes and constants; every method returns a value's name."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []
        self._known: dict[tuple[str, tuple[int, ...], bytes], str] = {}

    def constant(self, value: Any, dtype: Any = np.int64) -> str:
        """Add a constant tensor; equal ones are stored once."""
        array = np.asarray(value, dtype)
        key = (array.dtype.str, array.shape, array.tobytes())
        if key not in self._known:
            name = f"c{len(self.constants)}"
            self.constants.append(numpy_helper.from_array(array, name))
            self._known[key] = name
        return self._known[key]

    def real(self, value: Any) -> str:
        """Add a float32 constant."""
        return self.constant(value, np.float32)

    def op(self, kind: str, *inputs: str, name: str = "", **attributes: Any) -> str:
        """One node with one output."""
        output = name or f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def cast(self, value: str, to: int) -> str:
        """Cast to an element type."""
        return self.op("Cast", value, to=to)

    def look_up(self, table: str, *indices: str) -> str:
        """table[index] or table[index, index] for vectors of indices."""
        if len(indices) == 1:
            return self.op("Gather", table, indices[0], axis=0)
        last = self.constant([-1])
        columns = [self.op("Unsqueeze", index, last) for index in indices]
        return self.op("GatherND", table, self.op("Concat", *columns, axis=1))

    def keep(self, condition: str, *vectors: str) -> list[str]:
        """Keep the elements of each vector where the condition holds."""
        return [self.op("Compress", v, condition, axis=0) for v in vectors]

    def earlier(self, vector: str, fill: str) -> str:
        """Move the vector one place on: element i is the one before i."""
        return self.op("Concat", fill, self.head(vector), axis=0)

    def later(self, vector: str, fill: str) -> str:
        """Move the vector one place back: element i is the one after i."""
        return self.op("Concat", self.tail(vector), fill, axis=0)

    def head(self, vector: str) -> str:
        """All elements but the last."""
        return self.op(
            "Slice", vector, self.constant([0]), self.constant([-1]), self.constant([0])
        )

    def tail(self, vector: str) -> str:
        """All elements but the first."""
        far = self.constant([np.iinfo(np.int64).max])
        return self.op("Slice", vector, self.constant([1]), far, self.constant([0]))

    def running(self, vector: str, *, exclusive: bool) -> str:
        """Sum up a vector from its start to each place."""
        axis = self.constant(0)
        return self.op("CumSum", vector, axis, exclusive=int(exclusive))

    def interleaved(self, first: str, second: str) -> str:
        """Alternate the elements of two vectors."""
        last = self.constant([-1])
        pair = [self.op("Unsqueeze", v, last) for v in (first, second)]
        return self.op("Reshape", self.op("Concat", *pair, axis=1), last)

    def sum(self, vector: str) -> str:
        """Sum up a vector into a vector of one element."""
        return self.op("ReduceSum", vector, self.constant([0]), keepdims=1)

    def scatter(
        self, size: str, index: str, values: str, *, real: bool, add: bool
    ) -> str:
        """Zeros of a length (vector of one element) with values put or added."""
        kind = np.float32 if real else np.int64
        zero = numpy_helper.from_array(np.zeros(1, kind))
        zeros = self.op("ConstantOfShape", size, value=zero)
        return self.op(
            "ScatterElements",
            zeros,
            index,
            values,
            axis=0,
            reduction="add" if add else "none",
        )

    def select(self, condition: str, yes: str, no: str) -> str:
        """Choose by element."""
        return self.op("Where", condition, yes, no)

    def fold(self, kind: str, values: Sequence[str]) -> str:
        """Apply a node of two inputs to many, from the left."""
        result = values[0]
        for value in values[1:]:
            result = self.op(kind, result, value)
        return result
