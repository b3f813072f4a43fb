"""Batches: shards from disk, targets with and without timestamps, light masking."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import corpus
import numpy as np
import tokens
import torch
from numpy.typing import NDArray
from torch import Tensor

SYMBOLS = " %',-.0123456789abcdefghijklmnopqrstuvwxyzàâçèéêëîôùûœ"
"""Characters of the CTC head, numbered from 1."""
MARGIN = 16  # explicit padding frames after the longest clip of a batch
IGNORE = -100


@dataclass(frozen=True, kw_only=True)
class Batch:
    """One training batch; `own` are the encoder positions of each clip."""

    features: Tensor
    inputs: Tensor
    targets: Tensor
    own: Tensor
    characters: Tensor
    character_counts: Tensor


class Clips:
    """All clips of the shards found so far in some folders."""

    def __init__(self, folders: list[Path]) -> None:
        self.folders = folders
        self.seen: set[Path] = set()
        self.clips: list[tuple[NDArray[np.float16], int, dict[str, Any]]] = []
        self.refresh()

    def refresh(self) -> None:
        """Look for new shards."""
        for folder in self.folders:
            for path in sorted(folder.glob("*.json")):
                if path in self.seen:
                    continue
                self.seen.add(path)
                array = np.load(path.with_suffix(".npy"), mmap_mode="r")
                at = 0
                for entry in json.loads(path.read_text(encoding="utf-8")):
                    self.clips.append((array, at, entry))
                    at += entry["frames"]

    def epoch(
        self, frames: int, longest: int, rng: random.Random
    ) -> Iterator[list[int]]:
        """All clips of up to `longest` frames once, in batches of about `frames`.

        A batch holds clips of similar length, all with or all without a prompt.
        """
        entries = [entry for _, _, entry in self.clips]
        order = [i for i, entry in enumerate(entries) if entry["frames"] <= longest]
        length = [entry["frames"] * rng.uniform(0.9, 1.1) for entry in entries]
        order.sort(key=lambda i: (not entries[i]["prompt"], length[i]))
        batches: list[list[int]] = []
        current: list[int] = []
        for i in order:
            size = max(length[i], 120)
            prompted = bool(current and entries[current[0]]["prompt"])
            mixed = prompted != bool(entries[i]["prompt"])
            if current and (mixed or (len(current) + 1) * (size + 80) > frames):
                batches.append(current)
                current = []
            current.append(i)
        batches.append(current)
        rng.shuffle(batches)
        return iter(batches)


def target(
    entry: dict[str, Any], rng: random.Random, *, hinted: bool
) -> tuple[list[int], int]:
    """Return the decoder tokens of a clip and how many are its unscored prompt."""
    line: list[int] = []
    if hinted and (prompt := entry["prompt"]):
        if rng.random() < 0.85:  # other names each time: they are hints, not the answer
            prompt = corpus.names(entry["language"], rng, " ".join(entry["texts"]))
        line = [tokens.PREVIOUS, *tokens.encode(prompt)]
    unscored = len(line)
    line.append(tokens.START)
    line += [tokens.LANGUAGES[entry["language"]], tokens.TRANSCRIBE]
    stamped = rng.random() < 0.5
    if not stamped:
        line.append(tokens.NO_TIMESTAMPS)
    if not entry["texts"] and stamped:
        line.append(tokens.timestamp(0))
    for text, (start, end) in zip(entry["texts"], entry["spans"], strict=True):
        if stamped:
            line.append(tokens.timestamp(start))
        line += tokens.encode(text)
        if stamped:
            line.append(tokens.timestamp(end))
    line.append(tokens.END)
    return line, unscored


def _mask(values: NDArray[np.float32], rng: np.random.Generator) -> None:
    frames = len(values)
    fill = float(values.mean())
    for _ in range(int(rng.integers(0, 3))):
        width = int(rng.integers(1, 11))
        at = int(rng.integers(0, 80 - width))
        values[:, at : at + width] = fill
    for _ in range(int(rng.integers(0, 1 + frames // 150))):
        width = int(rng.integers(1, 9))
        at = int(rng.integers(0, max(1, frames - width)))
        values[at : at + width] = fill
    if rng.random() < 0.3:
        tilt = np.linspace(-0.5, 0.5, 80) * rng.uniform(-0.5, 0.5)
        values += tilt.astype(np.float32)


def collate(clips: Clips, indices: list[int], seed: int, masking: bool) -> Batch:
    """Make one batch; `seed` decides masks, timestamps and corrupted inputs."""
    rng = random.Random(seed)
    noise = np.random.default_rng(seed)
    chosen = [clips.clips[i] for i in indices]
    longest = max(entry["frames"] for _, _, entry in chosen)
    length = longest + longest % 2 + MARGIN
    values = np.zeros((len(chosen), length, 80), np.float32)
    lines, characters, unscored = [], [], []
    hinted = rng.random() < 0.6
    for place, (array, at, entry) in enumerate(chosen):
        own = array[at : at + entry["frames"]].astype(np.float32)
        if masking:
            _mask(own, noise)
        values[place, : len(own)] = own
        line, skip = target(entry, rng, hinted=hinted)
        lines.append(line)
        unscored.append(skip)
        text = " ".join(entry["texts"])
        characters.append([SYMBOLS.index(c) + 1 for c in text])
    width = max(map(len, lines)) - 1
    inputs = np.full((len(lines), width), tokens.ROW[tokens.END])
    targets = np.full((len(lines), width), IGNORE)
    for place, (line, skip) in enumerate(zip(lines, unscored, strict=True)):
        entry = chosen[place][2]
        rows = [tokens.ROW[token] for token in line]
        inputs[place, : len(rows) - 1] = rows[:-1]
        targets[place, : len(rows) - 1] = rows[1:]
        targets[place, :skip] = IGNORE
        if not entry["texts"]:
            targets[place, skip] = tokens.ROW[tokens.NO_SPEECH]
        targets[place, skip + 1] = IGNORE
        if len(line) > skip + 3 and line[skip + 3] == tokens.NO_TIMESTAMPS:
            targets[place, skip + 2] = IGNORE
        if masking:
            for at in range(skip + 4, len(rows) - 1):
                if line[at] < 256 and rng.random() < 0.06:
                    inputs[place, at] = tokens.ROW[rng.choice(line)]
    counts = [len(c) for c in characters]
    return Batch(
        features=torch.from_numpy(values),
        inputs=torch.from_numpy(inputs),
        targets=torch.from_numpy(targets),
        own=torch.tensor([(entry["frames"] + 1) // 2 for _, _, entry in chosen]),
        characters=torch.tensor([c for line in characters for c in line]),
        character_counts=torch.tensor(counts),
    )
