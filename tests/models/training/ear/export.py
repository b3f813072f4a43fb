"""Export a training checkpoint to a CTranslate2 folder for faster-whisper (int8)."""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import tokens
import torch
from ctranslate2.specs import WhisperSpec
from ctranslate2.specs.attention_spec import MultiHeadAttentionSpec
from ctranslate2.specs.common_spec import LayerNormSpec, LinearSpec
from model import Attention, Ear, Layer, Shape
from torch import Tensor, nn

UNUSED_BIAS = -50.0


def _array(value: Tensor) -> np.ndarray:
    return np.ascontiguousarray(value.detach().float().numpy())


def _norm(spec: LayerNormSpec, norm: nn.LayerNorm) -> None:
    spec.gamma = _array(norm.weight)
    spec.beta = _array(norm.bias)


def _linear(spec: LinearSpec, linear: nn.Linear) -> None:
    spec.weight = _array(linear.weight)
    spec.bias = _array(linear.bias)


def _fused(spec: LinearSpec, linears: list[nn.Linear]) -> None:
    spec.weight = np.concatenate([_array(linear.weight) for linear in linears])
    biases = [
        np.zeros(len(linear.weight), np.float32)
        if linear.bias is None
        else _array(linear.bias)
        for linear in linears
    ]
    spec.bias = np.concatenate(biases)


def _attention(
    spec: MultiHeadAttentionSpec, attention: Attention, norm: nn.LayerNorm, cross: bool
) -> None:
    _norm(spec.layer_norm, norm)
    if cross:
        _linear(spec.linear[0], attention.query)
        _fused(spec.linear[1], [attention.key, attention.value])
    else:
        _fused(spec.linear[0], [attention.query, attention.key, attention.value])
    _linear(spec.linear[-1], attention.out)


def _layer(spec: object, layer: Layer) -> None:
    _attention(spec.self_attention, layer.self_attention, layer.norm_self, False)
    if layer.cross_attention and layer.norm_cross:
        _attention(spec.attention, layer.cross_attention, layer.norm_cross, True)
    _norm(spec.ffn.layer_norm, layer.norm_feed)
    _linear(spec.ffn.linear_0, layer.feed_in)
    _linear(spec.ffn.linear_1, layer.feed_out)


def load(checkpoint: Path, average: bool = True) -> tuple[Ear, int]:
    """Return the model of a checkpoint (averaged weights) and its step."""
    saved = torch.load(checkpoint, weights_only=True)
    model = Ear(Shape(**saved["shape"]))
    model.load_state_dict(saved["average" if average else "model"])
    return model.eval(), int(saved["step"])


def specification(model: Ear) -> WhisperSpec:
    """Lay out the weights as CTranslate2 wants them."""
    shape = model.shape
    spec = WhisperSpec(
        shape.encoder_layers, shape.heads, shape.decoder_layers, shape.heads
    )
    encoder, decoder = spec.encoder, spec.decoder
    for conv_spec, conv in (
        (encoder.conv1, model.conv1),
        (encoder.conv2, model.conv2),
    ):
        conv_spec.weight = _array(conv.weight)
        conv_spec.bias = _array(conv.bias)
    encoder.position_encodings.encodings = _array(model.positions)
    _norm(encoder.layer_norm, model.encoder_norm)
    for layer_spec, layer in zip(encoder.layer, model.encoder, strict=True):
        _layer(layer_spec, layer)
    embedding = np.zeros((tokens.VOCABULARY, shape.width), np.float32)
    embedding[tokens.USED] = _array(model.embedding)
    bias = np.full(tokens.VOCABULARY, UNUSED_BIAS, np.float32)
    bias[tokens.USED] = 0.0
    decoder.embeddings.weight = embedding
    decoder.projection.weight = embedding
    decoder.projection.bias = bias
    decoder.position_encodings.encodings = _array(model.decoder_positions)
    _norm(decoder.layer_norm, model.decoder_norm)
    for layer_spec, layer in zip(decoder.layer, model.decoder, strict=True):
        _layer(layer_spec, layer)
    spec.register_vocabulary(tokens.vocabulary())
    return spec


def write(model: Ear, folder: Path, quantization: str | None = "int8") -> None:
    """Write the whole folder, replacing an older one at once."""
    fresh = folder.with_name(folder.name + ".part")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    spec = specification(model)
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    first = tokens.LANGUAGES["en"]
    count = len(tokens.LANGUAGE_CODES)
    spec.config.lang_ids = list(range(first, first + count))
    last = model.shape.decoder_layers - 1
    spec.config.alignment_heads = [[last, head] for head in range(model.shape.heads)]
    spec.validate()
    spec.optimize(quantization)
    spec.save(str(fresh))
    tokens.write_files(fresh)
    extractor = {
        "chunk_length": 30,
        "feature_size": model.shape.mels,
        "hop_length": 160,
        "n_fft": 400,
        "sampling_rate": 16_000,
    }
    text = json.dumps(extractor, indent=2) + "\n"
    (fresh / "preprocessor_config.json").write_text(text, encoding="utf-8")
    if folder.is_dir():
        for path in fresh.iterdir():
            path.replace(folder / path.name)
        fresh.rmdir()
    else:
        fresh.rename(folder)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--raw", action="store_true", help="not the averaged weights")
    parser.add_argument("--quantization", default="int8", help="or float32")
    args = parser.parse_args()
    model, step = load(args.checkpoint, not args.raw)
    chosen = None if args.quantization == "float32" else args.quantization
    write(model, args.folder, chosen)
    size = sum(path.stat().st_size for path in args.folder.iterdir())
    print(json.dumps({"step": step, "bytes": size}))


if __name__ == "__main__":
    main()
