"""Makes a Piper voice of a few ONNX nodes that the real piper loads.

Each phoneme becomes 1 024 samples of a sine whose pitch depends on the phoneme, so the
length and the content of the sound follow from the text alone.
"""

import json
import struct
from pathlib import Path

PHONEME_SAMPLES = 1024
RATE = 22_050
_FLOAT, _INT64 = 1, 7
_SYMBOLS = "_^$ !'(),-.:;?abcdefghijklmnopqrstuvwxyzæçðøħŋœǀɐɑɒɓɔɕɖɗəɚɛɜɞɟɡɢɣɥɦɧɨɪɬɭɯɰɱɲɳɵɸɹɺɻɽɾʀʁʂʃʄʈʉʊʋʌʍʎʏʐʑʒʔʕʘʙʛʝʟʡʢˈˌːˑ˞ˤ̧̩̯̃"


def make_tiny_voice(model: Path, language: str, speakers: tuple[str, ...] = ()) -> Path:
    """Write NAME.onnx and NAME.onnx.json; return the model's path."""
    model.parent.mkdir(parents=True, exist_ok=True)
    model.write_bytes(_model(multi=bool(speakers)))
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


# --- the little of protobuf and ONNX that this takes -------------------------------


def _varint(value: int) -> bytes:
    out = bytearray()
    while True:
        value, low = value >> 7, value & 0x7F
        out.append(low | (0x80 if value else 0))
        if not value:
            return bytes(out)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes | str) -> bytes:
    raw = value.encode() if isinstance(value, str) else value
    return _varint(field << 3 | 2) + _varint(len(raw)) + raw


def _node(op: str, inputs: list[str], output: str, **attributes: int) -> bytes:
    body = b"".join(_bytes(1, name) for name in inputs) + _bytes(2, output)
    body += _bytes(4, op)
    for name, value in attributes.items():
        body += _bytes(5, _bytes(1, name) + _number(3, value) + _number(20, 2))
    return _bytes(1, body)


def _floats(name: str, values: list[float], shape: list[int]) -> bytes:
    body = b"".join(_number(1, size) for size in shape) + _number(2, _FLOAT)
    raw = struct.pack(f"<{len(values)}f", *values)
    return _bytes(5, body + _bytes(8, name) + _bytes(9, raw))


def _int64s(name: str, values: list[int]) -> bytes:
    body = _number(1, len(values)) + _number(2, _INT64)
    raw = struct.pack(f"<{len(values)}q", *values)
    return _bytes(5, body + _bytes(8, name) + _bytes(9, raw))


def _value(field: int, name: str, kind: int, shape: list[str | int]) -> bytes:
    dims = b""
    for size in shape:
        inner = _bytes(2, size) if isinstance(size, str) else _number(1, size)
        dims += _bytes(1, inner)
    tensor = _bytes(1, _number(1, kind) + _bytes(2, dims))
    return _bytes(field, _bytes(1, name) + _bytes(2, tensor))


def _model(*, multi: bool) -> bytes:
    ramp = [n / RATE * 6.2831853 for n in range(PHONEME_SAMPLES)]
    graph = b"".join(
        [
            _node("Cast", ["input"], "ids", to=_FLOAT),
            _node("Mul", ["ids", "step"], "above"),
            *(
                [
                    _node("Cast", ["sid"], "speaker", to=_FLOAT),
                    _node("ReduceSum", ["speaker"], "which", keepdims=0),
                    _node("Mul", ["which", "shift"], "higher"),
                    _node("Add", ["base", "higher"], "own_base"),
                ]
                if multi
                else []
            ),
            _node("Add", ["above", "own_base" if multi else "base"], "pitch"),
            _node("Unsqueeze", ["pitch", "last"], "column"),
            _node("Mul", ["column", "ramp"], "angle"),
            _node("Sin", ["angle"], "wave"),
            _node("Reshape", ["wave", "flat"], "shaped"),
            # The voice's inputs must all be used: the scales count for nothing.
            _node("ReduceSum", ["scales"], "all_scales", keepdims=0),
            _node("Mul", ["all_scales", "zero"], "nothing"),
            _node("Add", ["shaped", "nothing"], "output0"),
            _node("Cast", ["input_lengths"], "lengths", to=_FLOAT),
            _node("ReduceSum", ["lengths"], "all_lengths", keepdims=0),
            _node("Mul", ["all_lengths", "zero"], "nothing_too"),
            _node("Add", ["output0", "nothing_too"], "output"),
            _bytes(2, "tiny"),
            _floats("step", [20.0], [1]),
            _floats("base", [150.0], [1]),
            _floats("ramp", ramp, [1, 1, PHONEME_SAMPLES]),
            _floats("zero", [0.0], []),
            *([_floats("shift", [77.0], [])] if multi else []),
            _int64s("last", [2]),
            _int64s("flat", [1, 1, 1, -1]),
            _value(11, "input", _INT64, ["batch", "phonemes"]),
            _value(11, "input_lengths", _INT64, ["batch"]),
            _value(11, "scales", _FLOAT, [3]),
            *([_value(11, "sid", _INT64, ["batch"])] if multi else []),
            _value(12, "output", _FLOAT, ["batch", 1, 1, "time"]),
        ]
    )
    opset = _bytes(1, "") + _number(2, 17)
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, opset)
