"""Render training clips into feature shards; existing shards are kept.

A shard is `NNNNN.npy` (float16 [frames, 80] of all its clips) and `NNNNN.json`.
"""

import argparse
import dataclasses
import json
import multiprocessing
from functools import partial
from pathlib import Path

import corpus
import numpy as np
import speech

SHARD = 1000


def make_shard(number: int, *, folder: Path, seed: int, piper: Path | None) -> int:
    """Render clips `number * SHARD` onwards and write them atomically."""
    target = folder / f"{number:05}.json"
    if target.exists():
        return number
    if piper:
        speech.use_piper(piper)
    arrays, entries = [], []
    for index in range(number * SHARD, (number + 1) * SHARD):
        item = corpus.item(index, seed)
        if piper and item.texts:
            said = dataclasses.replace(item.voice, name=f"piper:{item.language}")
            item = dataclasses.replace(item, voice=said)
        clip = speech.clip(item)
        values = speech.features(clip.audio)
        heard = len(clip.spans)
        arrays.append(values.astype(np.float16))
        entries.append(
            {
                "frames": len(values),
                "language": item.language,
                "texts": item.texts[:heard],
                "spans": clip.spans,
                "prompt": item.prompt,
            }
        )
    np.save(folder / f"{number:05}.npy", np.concatenate(arrays))
    part = target.with_suffix(".part")
    part.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    part.replace(target)
    return number


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--first", type=int, default=0, help="first shard")
    parser.add_argument("--shards", type=int, default=48)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--piper", type=Path, help="folder of fr.onnx and en.onnx")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    work = partial(make_shard, folder=args.folder, seed=args.seed, piper=args.piper)
    numbers = range(args.first, args.first + args.shards)
    with multiprocessing.Pool(args.processes) as pool:
        for number in pool.imap(work, numbers):
            print(f"shard {number}", flush=True)


if __name__ == "__main__":
    main()
