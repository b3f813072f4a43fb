"""Cuts a Piper voice in three: text to latent frames, and frames to sound in two steps.

A voice is a VITS model (Kim et al. 2021, arXiv:2106.06103): text encoder, durations and
flow look at the whole sentence; its waveform decoder is a HiFi-GAN (Kong et al. 2020,
arXiv:2010.05646), nothing but convolutions, so any stretch of frames can be decoded
alone if some frames on either side are decoded along and thrown away. Most of these
are for the layers before the second upsampling, which take a fifth of the work: cut in
two there, little is decoded twice.

Run as a process of its own, `python -m wyoming_servers.workers.tts.split MODEL FOLDER`:
onnx holds the model several times over in memory, which the worker must not keep.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from math import ceil
from pathlib import Path

import onnx
from onnx import GraphProto, ModelProto, NodeProto, ValueInfoProto, helper

ENCODER, UPPER, LOWER = "encoder.onnx", "upper.onnx", "lower.onnx"
ABOUT = "about.json"

_POINTWISE = {"Add", "Sub", "Mul", "Div", "LeakyRelu", "Tanh", "Identity", "Cast"}
_SHAPING = {"Unsqueeze", "Squeeze"}


class NoCutError(ValueError):
    """The model has no such decoder; it is spoken sentence by sentence."""


@dataclass(frozen=True, kw_only=True)
class Geometry:
    """How the values that go into a step and those that come out belong together."""

    hop: int
    """Values out for one value in."""

    margin: int
    """Values in on either side that take part in what comes of one."""


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The three models; each one's outputs are the next one's inputs."""

    encoder: ModelProto
    upper: ModelProto
    lower: ModelProto
    steps: tuple[Geometry, Geometry]
    """Of the upper and of the lower half of the decoder."""


def split(model: ModelProto) -> Parts:
    """Cut where the masked latent enters the waveform decoder; raise NoCutError."""
    graph = _Graph(model.graph)
    audio = model.graph.output[0]
    latent, speaker = _cut(graph, audio.name)
    cut = [graph.input_of(conv) for conv in (latent, speaker) if conv is not None]
    names = [value.name for value in cut]
    tail = graph.needed([audio.name], stop=names)
    if unknown := graph.given & {name for node in tail for name in node.input}:
        raise NoCutError(f"the decoder reads {', '.join(sorted(unknown))}")
    ups = [node for node in tail if node.op_type == "ConvTranspose"]
    if len(ups) < 2:
        raise NoCutError("its decoder has one upsampling only")
    middle = graph.input_of(ups[1])
    upper = graph.needed([middle.name], stop=names)
    lower = graph.needed([audio.name], stop=[middle.name])
    if graph.needed([audio.name], stop=[middle.name, *names]) != lower:
        raise NoCutError("a part of its decoder goes around the upsampling")

    def part(
        nodes: list[NodeProto], ins: list[ValueInfoProto], outs: list[ValueInfoProto]
    ) -> ModelProto:
        names = {name for node in nodes for name in _reads(node)}
        weights = [w for w in model.graph.initializer if w.name in names]
        built = helper.make_graph(nodes, "part", ins, outs, weights)
        return helper.make_model(
            built, opset_imports=model.opset_import, ir_version=model.ir_version
        )

    return Parts(
        encoder=part(graph.needed(names), list(model.graph.input), cut),
        upper=part(upper, cut, [middle]),
        lower=part(lower, [middle], [audio]),
        steps=(
            _geometry(upper, names[0], middle.name),
            _geometry(lower, middle.name, audio.name),
        ),
    )


class _Graph:
    """A graph that can be walked from its end to its start."""

    def __init__(self, graph: GraphProto) -> None:
        self._nodes = list(graph.node)
        self._makers = {name: node for node in graph.node for name in node.output}
        self._weights = {weight.name: weight for weight in graph.initializer}
        self.given = {value.name for value in graph.input} - set(self._weights)

    def maker(self, name: str) -> NodeProto:
        """Return the node that makes a tensor; raise NoCutError when none does."""
        try:
            return self._makers[name]
        except KeyError:
            raise NoCutError(f"nothing makes {name!r}") from None

    def needed(self, names: Iterable[str], stop: Iterable[str] = ()) -> list[NodeProto]:
        """Return all nodes that these tensors need, in the order of the graph."""
        todo, seen, found = list(names), set(stop), set[int]()
        while todo:
            name = todo.pop()
            node = self._makers.get(name)
            if name in seen or node is None:
                continue
            seen.add(name)
            found.add(id(node))
            todo += _reads(node)
        return [node for node in self._nodes if id(node) in found]

    def input_of(self, conv: NodeProto) -> ValueInfoProto:
        """Describe the input of a convolution: [batch, channels, frames]."""
        weight = self._weights.get(conv.input[1])
        if weight is None:
            raise NoCutError(f"the weights of {conv.name!r} are not stored as such")
        # Conv: [out, in / groups, width]; ConvTranspose: [in, out / groups, width].
        upsampling = conv.op_type == "ConvTranspose"
        groups = 1 if upsampling else _number(conv, "group", 1)
        channels = weight.dims[0 if upsampling else 1] * groups
        return helper.make_tensor_value_info(
            conv.input[0], weight.data_type, ["batch_size", channels, None]
        )


def _cut(graph: _Graph, audio: str) -> tuple[NodeProto, NodeProto | None]:
    """Return the convolutions that take the latent and the speaker's embedding."""
    nodes = graph.needed([audio])
    first = next((node for node in nodes if node.op_type == "ConvTranspose"), None)
    if first is None:
        raise NoCutError("it has no upsampling decoder")
    node = graph.maker(first.input[0])
    if node.op_type == "LeakyRelu":
        node = graph.maker(node.input[0])
    if node.op_type == "Conv":
        return node, None
    before = [graph.maker(name) for name in node.input]
    if node.op_type != "Add" or [n.op_type for n in before] != ["Conv", "Conv"]:
        raise NoCutError(f"its decoder begins with {node.op_type}")
    # The speaker's embedding has no time: its convolution is one frame wide.
    speaker, latent = sorted(before, key=_kernel)
    if _kernel(speaker) != 1 or _kernel(latent) == 1:
        raise NoCutError("its decoder begins in an unknown way")
    return latent, speaker


def _geometry(nodes: list[NodeProto], latent: str, audio: str) -> Geometry:
    """Follow how far the end of the frames at hand spoils the sound.

    For each tensor: values a frame, and spoilt values at an edge. Raises NoCutError for
    an operation whose result at one place may depend on values far away.
    """
    known: dict[str, tuple[int, int]] = {latent: (1, 0)}
    for node in nodes:
        from_time = [known[name] for name in node.input if name in known]
        if not from_time:
            continue
        rate, spoilt = max(from_time, key=lambda pair: pair[1])
        if len({pair[0] for pair in from_time}) > 1:
            raise NoCutError(f"{node.name!r} mixes rates")
        match node.op_type:
            case "Conv":
                spoilt += _half_width(node)
            case "ConvTranspose":
                stride = _numbers(node, "strides", [1])[0]
                pads = _numbers(node, "pads", [0, 0])
                wide = _kernel(node) - stride
                extra = sum(_numbers(node, "output_padding", [0]))
                if sum(pads) != wide or extra or _dilation(node) != 1:
                    raise NoCutError(f"{node.name!r} changes the length")
                rate, spoilt = rate * stride, spoilt * stride + max(pads)
            case kind if kind in _SHAPING and node.input[0] in known:
                pass
            case kind if kind not in _POINTWISE:
                raise NoCutError(f"its decoder has a {kind}")
        known |= dict.fromkeys(node.output, (rate, spoilt))
    if audio not in known:
        raise NoCutError("its sound does not come from the latent")
    hop, spoilt = known[audio]
    return Geometry(hop=hop, margin=ceil(spoilt / hop))


def _half_width(conv: NodeProto) -> int:
    pads = _numbers(conv, "pads", [0, 0])
    reach = (_kernel(conv) - 1) * _dilation(conv)
    if sum(pads) != reach or _numbers(conv, "strides", [1]) != [1]:
        raise NoCutError(f"{conv.name!r} changes the length")
    return max(pads)


def _reads(node: NodeProto) -> Iterator[str]:
    """Yield the tensors that a node and the branches inside of it read."""
    yield from node.input
    for attribute in node.attribute:
        for branch in (attribute.g, *attribute.graphs):
            for inner in branch.node:
                yield from _reads(inner)
            yield from (value.name for value in branch.output)


def _kernel(conv: NodeProto) -> int:
    shape = _numbers(conv, "kernel_shape", [])
    if len(shape) != 1:
        raise NoCutError(f"{conv.name!r} is not one-dimensional")
    return shape[0]


def _dilation(conv: NodeProto) -> int:
    return _numbers(conv, "dilations", [1])[0]


def _numbers(node: NodeProto, name: str, default: list[int]) -> list[int]:
    found = (list(a.ints) for a in node.attribute if a.name == name)
    return next(found, default)


def _number(node: NodeProto, name: str, default: int) -> int:
    return next((int(a.i) for a in node.attribute if a.name == name), default)


def main(model: Path, folder: Path) -> None:
    """Write the parts, or why there are none, into a folder; raise OSError."""
    try:
        parts = split(onnx.load(model))
    except NoCutError as err:
        (folder / ABOUT).write_text(json.dumps({"why": str(err)}))
        return
    onnx.save(parts.encoder, folder / ENCODER)
    onnx.save(parts.upper, folder / UPPER)
    onnx.save(parts.lower, folder / LOWER)
    steps = [asdict(step) for step in parts.steps]
    (folder / ABOUT).write_text(json.dumps({"steps": steps}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
