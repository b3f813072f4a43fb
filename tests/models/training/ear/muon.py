"""Momentum with orthogonalised updates, for the weight matrices of the layers.

After K. Jordan et al., "Muon: an optimizer for hidden layers in neural networks"
(2024), with the update scaled to AdamW's size as in J. Liu et al., "Muon is scalable
for LLM training" (2025), so that both share one learning rate.
"""

from collections.abc import Iterable

import torch
from torch import Tensor

QUINTIC = (3.4445, -4.7750, 2.0315)


def orthogonalise(matrices: Tensor, rounds: int = 5) -> Tensor:
    """Bring the singular values of [count, rows, columns] near 1 (Newton-Schulz)."""
    a, b, c = QUINTIC
    x = matrices.bfloat16()
    x = x / (x.flatten(1).norm(dim=1).view(-1, 1, 1) + 1e-7)
    for _ in range(rounds):
        square = x @ x.transpose(1, 2)
        x = a * x + (b * square + c * square @ square) @ x
    return x.float()


class Muon(torch.optim.Optimizer):
    """Nesterov momentum, orthogonalised; only for two-dimensional parameters."""

    def __init__(
        self, params: Iterable[Tensor], lr: float, weight_decay: float = 0.02
    ) -> None:
        super().__init__(params, {"lr": lr, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self) -> None:  # type: ignore[override]
        """Update all parameters, those of one shape together."""
        for group in self.param_groups:
            shapes: dict[tuple[int, ...], list[Tensor]] = {}
            for parameter in group["params"]:
                shapes.setdefault(tuple(parameter.shape), []).append(parameter)
            for shape, members in shapes.items():
                updates = []
                for member in members:
                    state = self.state[member]
                    if not state:
                        state["momentum"] = torch.zeros_like(member)
                    state["momentum"].lerp_(member.grad, 0.05)
                    updates.append(member.grad.lerp(state["momentum"], 0.95))
                stacked = torch.stack(updates)
                wide = shape[0] <= shape[1]
                stacked = stacked if wide else stacked.transpose(1, 2)
                stacked = orthogonalise(stacked)
                stacked = stacked if wide else stacked.transpose(1, 2)
                size = group["lr"] * 0.2 * max(shape) ** 0.5
                for member, update in zip(members, stacked, strict=True):
                    member.mul_(1 - group["lr"] * group["weight_decay"])
                    member.sub_(update, alpha=size)
