"""Exports a Piper voice of medium size with random weights, as Piper exports its voices.

    python bench/_medium_voice.py FOLDER     where torch and piper-tts are installed

The graph and its cost are a real voice's; what it says is noise. Its sounds last as long
as a real voice's, about 15 characters a second.
"""

import json
import sys
import warnings
from pathlib import Path

import torch
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP
from piper.train.vits.models import SynthesizerTrn

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
LENGTH = 1.75
"""What brings random durations to those of speech."""


def main(folder: Path) -> None:
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
    torch.onnx.export(
        model,
        given,
        folder / "medium.onnx",
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
    config = {
        "audio": {"sample_rate": 22_050, "quality": "medium"},
        "espeak": {"voice": "fr"},
        "language": {"code": "fr_FR"},
        "inference": {"noise_scale": 0.667, "length_scale": LENGTH, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
        "num_symbols": MEDIUM["n_vocab"],
        "num_speakers": 1,
        "speaker_id_map": {},
    }
    (folder / "medium.onnx.json").write_text(json.dumps(config))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
