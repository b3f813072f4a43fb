"""Train the test ear: cross-entropy of the decoder plus CTC on the encoder.

Each process trains with one thread on batches of its own; the gradients are averaged.
Resumable: `last.pt` in the work folder holds everything, and is continued from.
The learning rate warms up, stays, and falls to zero from `--decay-from` on.
"""

import argparse
import json
import random
import signal
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

import data
import tokens
import torch
import torch.distributed as dist
import torch.nn.functional as F
from model import Ear, Shape
from muon import Muon
from torch import Tensor

WARM_UP = 400
START_ROW = tokens.ROW[tokens.START]
DIGIT_ROWS = torch.tensor([tokens.ROW[tokens.BYTE_TO_ID[d]] for d in b"0123456789"])
"""Numbers are rare and cannot be guessed, so they weigh three times as much."""


def rate_at(step: int, args: argparse.Namespace) -> float:
    """Return the learning rate of a step."""
    if step < WARM_UP:
        return float(args.rate * (step + 1) / WARM_UP)
    left = (args.steps - step) / max(1, args.steps - args.decay_from)
    return float(args.rate * min(1.0, max(0.01, left)))


def window_for(frames: int, rng: random.Random) -> int:
    """Draw the padded window: mostly 3000 frames, sometimes a short one."""
    window = rng.choice([3000, 3000, 3000, 3000, 3000, 500, 1000, 1500, 0])
    return max(window, frames)


def losses(model: Ear, batch: data.Batch, window: int) -> tuple[Tensor, Tensor]:
    """Cross-entropy and CTC loss of a batch."""
    source, crowd = model.encode(batch.features, window)
    logits = model.decode(batch.inputs, source, crowd).float()
    flat = batch.targets.flatten()
    each = F.cross_entropy(
        logits.flatten(0, 1), flat, ignore_index=data.IGNORE, reduction="none"
    )
    weight = (flat != data.IGNORE).float()
    weight = weight * (1 + 3 * (batch.inputs.flatten() == START_ROW))
    weight = weight * (1 + 2 * torch.isin(flat, DIGIT_ROWS))
    entropy = (each * weight).sum() / weight.sum()
    spoken = batch.character_counts > 0
    if not bool(spoken.any()):
        return entropy, model.ctc(source[:, :1]).float().sum() * 0
    reach = int(batch.own.max())
    scores = model.ctc(source[:, :reach]).float().log_softmax(-1)
    ctc = F.ctc_loss(
        scores[spoken].transpose(0, 1),
        batch.characters,
        batch.own[spoken],
        batch.character_counts[spoken],
        zero_infinity=True,
    )
    return entropy, ctc


class Trainer:
    """Model, optimiser, running average of the weights, and their file."""

    def __init__(self, args: argparse.Namespace, rank: int) -> None:
        self.args = args
        self.rank = rank
        shape = Shape(
            width=args.width,
            heads=args.heads,
            encoder_layers=args.encoder_layers,
            rows=len(tokens.USED),
            symbols=len(data.SYMBOLS),
        )
        torch.manual_seed(1)
        self.path: Path = args.folder / "last.pt"
        self.model = Ear(shape)
        layers = ("encoder.", "decoder.")
        inner, decay, plain = [], [], []
        for name, parameter in self.model.named_parameters():
            if parameter.ndim == 2 and name.startswith(layers):
                inner.append(parameter)
            else:
                (decay if parameter.ndim > 1 else plain).append(parameter)
        self.optimisers = [
            Muon(inner, args.rate),
            torch.optim.AdamW(
                [
                    {"params": decay, "weight_decay": 0.02},
                    {"params": plain, "weight_decay": 0.0},
                ],
                lr=args.rate,
                betas=(0.9, 0.98),
            ),
        ]
        self.average = {
            name: value.detach().clone()
            for name, value in self.model.state_dict().items()
        }
        self.step = 0
        if self.path.exists():
            saved = torch.load(self.path, weights_only=True)
            self.model.load_state_dict(saved["model"])
            states = saved.get("optimisers", [])
            for optimiser, state in zip(self.optimisers, states, strict=False):
                optimiser.load_state_dict(state)
            self.average = saved["average"]
            self.step = saved["step"]

    def save(self) -> None:
        """Write everything, replacing the old file at once."""
        part = self.path.with_suffix(".part")
        torch.save(
            {
                "shape": asdict(self.model.shape),
                "model": self.model.state_dict(),
                "optimisers": [each.state_dict() for each in self.optimisers],
                "average": self.average,
                "step": self.step,
            },
            part,
        )
        part.replace(self.path)

    def update(self, batch: data.Batch) -> tuple[float, float]:
        """One optimiser step."""
        for optimiser in self.optimisers:
            for group in optimiser.param_groups:
                group["lr"] = rate_at(self.step, self.args)
        rng = random.Random(self.step * 7 + self.rank)
        window = window_for(batch.features.shape[1], rng)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.args.bf16):
            entropy, ctc = losses(self.model, batch, window)
        (entropy + self.args.ctc * ctc).backward()
        gradients = [p.grad for p in self.model.parameters() if p.grad is not None]
        if self.args.processes > 1:
            flat = torch.cat([gradient.flatten() for gradient in gradients])
            dist.all_reduce(flat)
            flat /= self.args.processes
            sizes = [gradient.numel() for gradient in gradients]
            for gradient, part in zip(gradients, flat.split(sizes), strict=True):
                gradient.copy_(part.view_as(gradient))
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimiser in self.optimisers:
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        self.step += 1
        keep = min(0.999, (self.step + 1) / (self.step + 10))
        with torch.no_grad():
            state = self.model.state_dict()
            names = list(self.average)
            torch._foreach_lerp_(
                [self.average[n] for n in names], [state[n] for n in names], 1 - keep
            )
        return float(entropy.detach()), float(ctc.detach())


def work(rank: int, args: argparse.Namespace, meeting: str) -> None:
    """One training process; the first one logs and saves."""
    torch.set_num_threads(1)
    dist.init_process_group(
        "gloo", init_method=f"file://{meeting}", rank=rank, world_size=args.processes
    )
    trainer = Trainer(args, rank)
    clips = data.Clips(args.shards)
    began = saved = logged = time.monotonic()
    sums, seen = [0.0, 0.0], 0
    asked: list[int] = []
    signal.signal(signal.SIGUSR1, lambda number, _: asked.append(number))
    while trainer.step < args.steps:
        clips.refresh()
        rng = random.Random(trainer.step * 7 + rank)
        for indices in clips.epoch(args.frames, args.longest, rng):
            batch = data.collate(clips, indices, trainer.step * 7 + rank, True)
            for place, value in enumerate(trainer.update(batch)):
                sums[place] += value / args.log_every
            seen += len(indices) * args.processes
            now = time.monotonic()
            if rank == 0 and trainer.step % args.log_every == 0:
                line = {
                    "step": trainer.step,
                    "entropy": round(sums[0], 4),
                    "ctc": round(sums[1], 4),
                    "clips_per_second": round(seen / (now - logged), 1),
                    "clips": len(clips.clips),
                    "minutes": round((now - began) / 60, 1),
                }
                print(json.dumps(line), flush=True)
            if trainer.step % args.log_every == 0:
                sums, seen, logged = [0.0, 0.0], 0, now
            if rank == 0 and (asked or now - saved > args.save_every):
                trainer.save()
                asked.clear()
                saved = now
            if trainer.step >= args.steps:
                break
            if trainer.step < 3000 and trainer.step % 200 == 0:
                break
    if rank == 0:
        trainer.save()


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="work folder of the training")
    parser.add_argument("shards", type=Path, nargs="+")
    parser.add_argument("--steps", type=int, default=9000)
    parser.add_argument("--decay-from", type=int, default=6000)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--frames", type=int, default=8000, help="frames a batch")
    parser.add_argument("--longest", type=int, default=1600, help="frames a clip")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--ctc", type=float, default=0.5)
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--encoder-layers", type=int, default=6)
    parser.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--save-every", type=float, default=150, help="seconds")
    parser.add_argument("--log-every", type=int, default=20, help="steps")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as meeting:
        torch.multiprocessing.spawn(
            work, (args, f"{meeting}/meet"), nprocs=args.processes
        )


if __name__ == "__main__":
    main()
