"""Exports the graph of a Piper voice of medium size, as Piper exports its voices.

    python bench/_medium_graph.py     where torch, onnx and piper-tts are installed

Makes `medium_voice.onnx.gz`, which is the graph without its weights: these are random,
and `_medium_voice` draws them anew with the same mean and deviation. So nobody who
measures needs torch.
"""

import gzip
import io
import warnings

import numpy as np
import onnx
import torch
from piper.train.vits.models import SynthesizerTrn

from bench._medium_voice import GRAPH, is_weight

MEDIUM = {
    "n_vocab": 256,
    "spec_channels": 513,
    "segment_size": 32,
    "inter_channels": 192,
    "hidden_channels": 192,
    "filter_channels": 768,
    "n_heads": 2,
    "n_layers": 6,
    "kernel_size": 3,
    "p_dropout": 0.1,
    "resblock": "2",
    "resblock_kernel_sizes": (3, 5, 7),
    "resblock_dilation_sizes": ((1, 2), (2, 6), (3, 12)),
    "upsample_rates": (8, 8, 4),
    "upsample_initial_channel": 256,
    "upsample_kernel_sizes": (16, 16, 8),
}


def main() -> None:
    warnings.simplefilter("ignore")
    torch.manual_seed(1234)
    model = SynthesizerTrn(**MEDIUM).eval()

    def infer(text, lengths, scales):
        noise, length, width = scales
        return model.infer(
            text,
            lengths,
            noise_scale=noise,
            length_scale=length,
            noise_scale_w=width,
        )[0].unsqueeze(1)

    with torch.no_grad():
        model.dec.remove_weight_norm()
    model.forward = infer
    text = torch.randint(0, MEDIUM["n_vocab"], (1, 50))
    given = (text, torch.LongTensor([50]), torch.FloatTensor([0.667, 1.0, 0.8]))
    exported = io.BytesIO()
    torch.onnx.export(
        model,
        given,
        exported,
        opset_version=15,
        dynamo=False,
        input_names=["input", "input_lengths", "scales"],
        output_names=["output"],
        dynamic_axes={
            "input": {0: "batch_size", 1: "phonemes"},
            "input_lengths": {0: "batch_size"},
            "output": {0: "batch_size", 2: "time"},
        },
    )
    GRAPH.write_bytes(gzip.compress(without_weights(exported.getvalue()), mtime=0))


def without_weights(exported: bytes) -> bytes:
    """Leave of each tensor of weights its mean and deviation, in its description."""
    voice = onnx.load_model_from_string(exported)
    for tensor in voice.graph.initializer:
        values = onnx.numpy_helper.to_array(tensor)
        if is_weight(tensor):
            tensor.ClearField("raw_data")
            tensor.doc_string = f"{np.mean(values):.6g} {np.std(values):.6g}"
    return voice.SerializeToString()


if __name__ == "__main__":
    main()
