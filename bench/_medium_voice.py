"""A Piper voice of medium size with random weights.

The graph and its cost are a real voice's (`_medium_graph` exported it); what it says is
noise. Its sounds last as long as a real voice's, about 15 characters a second.
"""

import gzip
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

GRAPH = Path(__file__).parent / "medium_voice.onnx.gz"
SEED = 1234
LENGTH = 1.75
"""What brings random durations to those of speech."""
_WEIGHTS_FROM = 64
"""Smaller tensors are shapes and constants."""


def is_weight(tensor: TensorProto) -> bool:
    """Return whether a stored tensor holds weights."""
    return (
        tensor.data_type == TensorProto.FLOAT and np.prod(tensor.dims) >= _WEIGHTS_FROM
    )


def make_medium_voice(model: Path) -> None:
    """Write the voice, and its configuration beside it."""
    voice = onnx.load_model_from_string(gzip.decompress(GRAPH.read_bytes()))
    random = np.random.default_rng(SEED)
    for tensor in voice.graph.initializer:
        if is_weight(tensor):
            mean, deviation = map(float, tensor.doc_string.split())
            drawn = random.normal(mean, deviation, tensor.dims)
            tensor.raw_data = drawn.astype("<f4").tobytes()
    onnx.save(voice, model)
    config = {
        "audio": {"sample_rate": 22_050, "quality": "medium"},
        "espeak": {"voice": "fr"},
        "language": {"code": "fr_FR"},
        "inference": {"noise_scale": 0.667, "length_scale": LENGTH, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
        "num_symbols": 256,
        "num_speakers": 1,
        "speaker_id_map": {},
    }
    model.with_name(f"{model.name}.json").write_text(json.dumps(config))
