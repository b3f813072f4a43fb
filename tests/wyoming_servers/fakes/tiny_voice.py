"""Makes Piper voices of a few ONNX nodes that the real piper loads.

In a tiny voice each phoneme becomes 1 024 samples of a sine whose pitch depends on the
phoneme, so the length and the content of the sound follow from the text alone. A tiny
VITS has the shape of a real voice where it matters for cutting it in two: a latent of
random length and noise, and a HiFi-GAN of two upsamplings.
"""

import json
from pathlib import Path

import numpy as np
from onnx import ModelProto, TensorProto, checker, helper, numpy_helper, save

PHONEME_SAMPLES = 1024
RATE = 22_050
HOP = 32
"""Samples of one latent frame of a tiny VITS."""

_SYMBOLS = "_^$ !'(),-.:;?abcdefghijklmnopqrstuvwxyzæçðøħŋœǀɐɑɒɓɔɕɖɗəɚɛɜɞɟɡɢɣɥɦɧɨɪɬɭɯɰɱɲɳɵɸɹɺɻɽɾʀʁʂʃʄʈʉʊʋʌʍʎʏʐʑʒʔʕʘʙʛʝʟʡʢˈˌːˑ˞ˤ̧̩̯̃"


def make_tiny_voice(model: Path, language: str, speakers: tuple[str, ...] = ()) -> Path:
    """Write NAME.onnx and NAME.onnx.json; return the model's path."""
    return _write(_sines(multi=bool(speakers)), model, language, speakers)


def make_tiny_vits(model: Path, language: str, speakers: tuple[str, ...] = ()) -> Path:
    """Write a voice whose decoder can be cut off; return the model's path."""
    return _write(_vits(multi=bool(speakers)), model, language, speakers)


def _write(
    made: ModelProto, model: Path, language: str, speakers: tuple[str, ...]
) -> Path:
    model.parent.mkdir(parents=True, exist_ok=True)
    save(made, model)
    config = {
        "audio": {"sample_rate": RATE, "quality": "test"},
        "espeak": {"voice": language.split("_", maxsplit=1)[0]},
        "language": {"code": language},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": {symbol: [n] for n, symbol in enumerate(_SYMBOLS)},
        "num_symbols": len(_SYMBOLS),
        "num_speakers": max(1, len(speakers)),
        "speaker_id_map": {name: n for n, name in enumerate(speakers)},
    }
    model.with_name(f"{model.name}.json").write_text(json.dumps(config))
    return model


class Drawing:
    """A graph that grows node by node; each method returns a tensor's name."""

    def __init__(self) -> None:
        self.nodes: list = []
        self.weights: list = []
        self._random = np.random.default_rng(7)

    def node(self, kind: str, *inputs: str, **attributes) -> str:
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], name, **attributes))
        return name

    def weight(self, value) -> str:
        name = f"weight_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def floats(self, *values: float) -> str:
        return self.weight(np.array(values, np.float32))

    def ints(self, *values: int) -> str:
        return self.weight(np.array(values, np.int64))

    def drawn(self, *shape: int) -> str:
        size = 1 / np.sqrt(np.prod(shape[1:]))
        return self.weight(self._random.normal(0, size, shape).astype(np.float32))

    def conv(self, x: str, into: int, out: int, width: int, dilation: int = 1) -> str:
        pad = dilation * (width - 1) // 2
        return self.node(
            "Conv",
            *(x, self.drawn(out, into, width), self.drawn(out)),
            kernel_shape=[width],
            dilations=[dilation],
            pads=[pad, pad],
        )

    def model(self, end: str, *, multi: bool) -> ModelProto:
        self.nodes.append(helper.make_node("Identity", [end], ["output"]))
        whole, real = TensorProto.INT64, TensorProto.FLOAT
        given = [
            helper.make_tensor_value_info("input", whole, ["batch", "phonemes"]),
            helper.make_tensor_value_info("input_lengths", whole, ["batch"]),
            helper.make_tensor_value_info("scales", real, [3]),
        ]
        if multi:
            given.append(helper.make_tensor_value_info("sid", whole, ["batch"]))
        sound = helper.make_tensor_value_info("output", real, ["batch", 1, 1, "time"])
        graph = helper.make_graph(self.nodes, "tiny", given, [sound], self.weights)
        made = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8
        )
        checker.check_model(made)
        return made


def _sines(*, multi: bool) -> ModelProto:
    draw = Drawing()
    ids = draw.node("Cast", "input", to=TensorProto.FLOAT)
    pitch = draw.node("Mul", ids, draw.floats(20.0))
    pitch = draw.node("Add", pitch, draw.floats(150.0))
    if multi:
        speaker = draw.node("Cast", "sid", to=TensorProto.FLOAT)
        higher = draw.node("Mul", speaker, draw.floats(77.0))
        pitch = draw.node("Add", pitch, higher)
    column = draw.node("Unsqueeze", pitch, draw.ints(2))
    ramp = np.arange(PHONEME_SAMPLES, dtype=np.float32) / RATE * 2 * np.pi
    angle = draw.node("Mul", column, draw.weight(ramp.reshape(1, 1, -1)))
    wave = draw.node("Reshape", draw.node("Sin", angle), draw.ints(1, 1, 1, -1))
    return draw.model(_unchanged(draw, wave, "scales", "input_lengths"), multi=multi)


def _unchanged(draw: Drawing, wave: str, *unused: str) -> str:
    """Use a voice's inputs, all of which must be used, without any effect."""
    for name in unused:
        value = draw.node("Cast", name, to=TensorProto.FLOAT)
        total = draw.node("ReduceSum", value, keepdims=0)
        nothing = draw.node("Mul", total, draw.weight(np.float32(0)))
        wave = draw.node("Add", wave, nothing)
    return wave


def _vits(*, multi: bool) -> ModelProto:
    draw = Drawing()
    noise, length, width = [
        draw.node("Gather", "scales", draw.weight(np.int64(n)), axis=0)
        for n in range(3)
    ]
    ids = draw.node("Gather", draw.drawn(len(_SYMBOLS), 6), "input", axis=0)
    text = draw.node("Transpose", ids, perm=[0, 2, 1])
    # Frames of a phoneme: twenty, more or less, times the length.
    unsure = draw.node("RandomUniform", low=-0.3, high=0.3, shape=[1])
    unsure = draw.node("Add", draw.node("Mul", unsure, width), draw.floats(1.0))
    frames = draw.node("Mul", draw.node("Mul", unsure, length), draw.floats(20.0))
    frames = draw.node("Cast", draw.node("Ceil", frames), to=TensorProto.INT64)
    repeated = draw.node("Concat", draw.ints(1, 1, 1), frames, axis=0)
    spread = draw.node("Expand", draw.node("Unsqueeze", text, draw.ints(3)), repeated)
    prior = draw.node("Reshape", spread, draw.ints(1, 6, -1))
    drawn = draw.node("Mul", draw.node("RandomNormalLike", prior), noise)
    latent = draw.conv(draw.node("Add", prior, drawn), 6, 6, 5)
    speaker = ""
    if multi:
        which = draw.node("Gather", draw.drawn(4, 5), "sid", axis=0)
        speaker = draw.node("Unsqueeze", which, draw.ints(2))
        latent = draw.node("Add", latent, draw.conv(speaker, 5, 6, 1))
    latent = _unchanged(draw, latent, "input_lengths")
    return draw.model(_hifi_gan(draw, latent, speaker), multi=multi)


def _hifi_gan(draw: Drawing, latent: str, speaker: str) -> str:
    sound = draw.conv(latent, 6, 8, 7)
    if speaker:
        sound = draw.node("Add", sound, draw.conv(speaker, 5, 8, 1))
    for channels, stride in ((8, 8), (4, 4)):
        sound = draw.node("LeakyRelu", sound, alpha=0.1)
        sound = draw.node(
            "ConvTranspose",
            *(sound, draw.drawn(channels, channels // 2, 2 * stride)),
            kernel_shape=[2 * stride],
            strides=[stride],
            pads=[stride // 2, stride // 2],
        )
        branches = []
        for size, dilation in ((3, 2), (7, 12)):
            bent = draw.node("LeakyRelu", sound, alpha=0.1)
            bent = draw.conv(bent, channels // 2, channels // 2, size, dilation)
            branches.append(draw.node("Add", bent, sound))
        both = draw.node("Add", *branches)
        sound = draw.node("Div", both, draw.weight(np.float32(2)))
    sound = draw.node("LeakyRelu", sound, alpha=0.01)
    sound = draw.node("Tanh", draw.conv(sound, 2, 1, 7))
    return draw.node("Unsqueeze", sound, draw.ints(1))
