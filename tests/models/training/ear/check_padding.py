"""Compare sampled padding with a full 3000-frame forward of the same weights.

Prints the largest difference of the probabilities of the next token.
"""

import argparse
import json
from pathlib import Path

import data
import export
import torch


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("shards", type=Path)
    parser.add_argument("--samples", type=int, nargs="+", default=[8, 24, 96, 1500])
    args = parser.parse_args()
    model, _ = export.load(args.checkpoint)
    clips = data.Clips([args.shards])
    batch = data.collate(clips, list(range(16)), 3, False)
    length = batch.features.shape[1]
    padded = torch.nn.functional.pad(batch.features, (0, 0, 0, 3000 - length))
    scored = batch.targets != data.IGNORE
    with torch.no_grad():
        source, crowd = model.encode(padded, 3000)
        full = model.decode(batch.inputs, source, crowd).softmax(-1)[scored]
        for count in args.samples:
            source, crowd = model.encode(batch.features, 3000, count)
            near = model.decode(batch.inputs, source, crowd).softmax(-1)[scored]
            gap = (near - full).abs().max(dim=-1).values
            line = {
                "samples": count,
                "largest": round(float(gap.max()), 6),
                "mean": round(float(gap.mean()), 6),
            }
            print(json.dumps(line))


if __name__ == "__main__":
    main()
