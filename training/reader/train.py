"""Trains the network; a run that was stopped goes on from its last checkpoint.

    .cache/reader-venv/bin/python -m training.reader.train .cache/reader/train.npz \
        .cache/reader/model --steps 8000 --tune .cache/reader/tune.npz

Writes `model.npz`, the weights as float32, into the folder. Needs nothing but JAX, optax
and numpy, in an environment of its own (scripts/train-reader makes it).
"""

import argparse
import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from .batches import Encoded
from .net import Shape, created, loss, scores

SMALL = {"width": 32, "layers": 1, "heads": 2, "inner": 64}
"""For tests."""


def main(arguments: list[str] | None = None) -> None:
    """Train up to a number of steps."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--tune", type=Path, help="measured at each checkpoint")
    parser.add_argument("--steps", type=int, default=8000)
    parser.add_argument("--words", type=int, default=1536, help="padded words a batch")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--drop", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=500, help="steps to a checkpoint")
    parser.add_argument("--stop-at", type=int, help="stop early, to go on another time")
    parser.add_argument("--small", action="store_true", help="a network for tests")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    # What was compiled once for these shapes is read again, which saves a minute a run.
    jax.config.update(
        "jax_compilation_cache_dir", str(options.out.resolve() / "compiled")
    )
    data = Encoded(options.data)
    buckets, classes, spans, kinds = data.sizes
    shape = Shape(buckets, classes, spans, kinds, **(SMALL if options.small else {}))
    train(data, shape, options)


def train(data: Encoded, shape: Shape, options: argparse.Namespace) -> None:
    """Train a network of a shape from the last checkpoint on, and write its weights."""
    schedule = optax.warmup_cosine_decay_schedule(
        0.0,
        options.rate,
        min(300, options.steps // 10),
        options.steps,
        options.rate / 50,
    )
    optimizer = optax.chain(
        optax.clip_by_global_norm(1.0),
        optax.adamw(schedule, b2=0.98, weight_decay=0.01),
    )
    weights: Any = {k: jnp.asarray(v) for k, v in created(shape, options.seed).items()}
    state: Any = (weights, optimizer.init(weights))
    state, begun = restored(options.out / "checkpoint.npz", state)

    def stepped(state: Any, batch: Any, step: Any) -> Any:
        weights, inner = state
        key = jax.random.fold_in(jax.random.key(options.seed), step)
        value, slope = jax.value_and_grad(loss)(
            weights, batch, shape.heads, key, options.drop
        )
        change, inner = optimizer.update(slope, inner, weights)
        return (optax.apply_updates(weights, change), inner), value

    step_once = jax.jit(stepped, donate_argnums=0)
    tune = Encoded(options.tune) if options.tune else None
    clock, losses = time.monotonic(), list[float]()
    batches = data.endless(options.seed, options.words, begun)
    end = min(options.steps, options.stop_at or options.steps)
    for step in range(begun, end):
        state, value = step_once(state, next(batches), step)
        losses.append(value)
        if (step + 1) % options.every == 0 or step + 1 == end:
            mean = float(np.mean([float(one) for one in losses]))
            pace = (time.monotonic() - clock) / len(losses)
            report = {
                "step": step + 1,
                "loss": round(mean, 4),
                "seconds": round(pace, 4),
            }
            if tune:
                report |= accuracy(tune, state[0], shape.heads)
            print(json.dumps(report), flush=True)
            save(options.out / "checkpoint.npz", state, step + 1)
            clock, losses = time.monotonic(), []
    arrays = {name: np.asarray(array) for name, array in state[0].items()}
    about = np.frombuffer(json.dumps(asdict(shape)).encode(), np.uint8)
    np.savez(options.out / "model.npz", allow_pickle=False, about=about, **arrays)


def accuracy(data: Encoded, weights: Any, heads: int) -> dict[str, float]:
    """Return shares of utterances: the kind right, all classes, all spans, everything."""
    judge = jax.jit(scores, static_argnums=2)
    right: list[Any] = []
    for some in data.groups(np.arange(min(len(data), 4000)), 4096):
        batch = data.batch(some)
        found = judge(weights, batch, heads)
        said = batch["there"] * batch["turn"] > 0
        parts = [np.asarray(found["kind"]).argmax(-1) == batch["kind"]]
        for name, label in (("classes", "cls"), ("spans", "span")):
            best = np.asarray(found[name]).argmax(-1)
            parts.append(((best == batch[label]) | ~said).all(-1))
        begins = (np.asarray(found["begins"]) > 0) == (batch["begins"] > 0)
        parts.append(np.all([*parts, (begins | ~said).all(-1)], axis=0))
        right.append(np.array(parts))
    means = np.concatenate(right, axis=1).mean(axis=1)
    names = ("kind", "classes", "spans", "all")
    return {name: round(float(x), 4) for name, x in zip(names, means, strict=True)}


def save(path: Path, state: Any, step: int) -> None:
    """Write a checkpoint in one go."""
    leaves = [np.asarray(leaf) for leaf in jax.tree.leaves(state)]
    part = path.with_suffix(".part.npz")
    named = {f"leaf{number:04}": leaf for number, leaf in enumerate(leaves)}
    np.savez(part, allow_pickle=False, step=np.int64(step), **named)
    part.replace(path)


def restored(path: Path, state: Any) -> tuple[Any, int]:
    """Return the state of a checkpoint and its step, or what was given and 0."""
    if not path.exists():
        return state, 0
    leaves, tree = jax.tree.flatten(state)
    with np.load(path, allow_pickle=False) as file:
        step = int(file["step"])
        names = sorted(name for name in file.files if name != "step")
        kept = [jnp.asarray(file[name]) for name in names]
    if [leaf.shape for leaf in kept] != [leaf.shape for leaf in leaves]:
        raise SystemExit(f"{path} is of another network: choose another folder")
    return jax.tree.unflatten(tree, kept), step


if __name__ == "__main__":
    main()
