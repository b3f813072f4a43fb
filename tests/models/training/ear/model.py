"""Whisper's encoder-decoder in PyTorch, with a cheap exact stand-in for padding.

faster-whisper pads the features with zeros to 3000 frames. Beyond the clip every
encoder input is then one constant vector plus its position encoding, so training
runs the clip and a few positions after it, and for the rest of the window a sample
of positions: each stands for `m` real ones by adding log(m) to its attention logits.
"""

from dataclasses import dataclass
from math import log

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Sizes of the model."""

    width: int = 128
    heads: int = 4
    encoder_layers: int = 6
    decoder_layers: int = 2
    mels: int = 80
    rows: int = 0
    symbols: int = 0
    encoder_positions: int = 1500
    decoder_positions: int = 448


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """Positions from `first` on, each standing for exp(bias) real ones."""

    first: int
    bias: float


def sinusoids(length: int, width: int) -> Tensor:
    """Whisper's position encodings, [length, width]."""
    scale = torch.arange(width // 2) * (9.210340371976184 / (width // 2 - 1))
    angle = torch.arange(length)[:, None] * torch.exp(-scale)[None]
    return torch.cat([angle.sin(), angle.cos()], dim=1)


class Attention(nn.Module):
    """Multi-head attention; the key projection has no bias, as in Whisper."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width, bias=False)
        self.value = nn.Linear(width, width)
        self.out = nn.Linear(width, width)

    def forward(
        self, x: Tensor, source: Tensor, crowd: Crowd | None, causal: bool = False
    ) -> Tensor:
        """Attend from `x` to `source`, whose last positions may be a crowd."""
        batch, length, width = x.shape
        split = (batch, -1, self.heads, width // self.heads)
        query = self.query(x).view(split).transpose(1, 2)
        key = self.key(source).view(split).transpose(1, 2)
        value = self.value(source).view(split).transpose(1, 2)
        scores = (query * (width // self.heads) ** -0.5) @ key.transpose(2, 3)
        if crowd is not None:
            scores[..., crowd.first :] += crowd.bias
        if causal:
            later = torch.full((length, length), float("-inf"), dtype=scores.dtype)
            scores = scores + later.triu(1)
        mixed = scores.softmax(-1).to(value.dtype) @ value
        return self.out(mixed.transpose(1, 2).reshape(batch, length, width))


class Layer(nn.Module):
    """A pre-norm transformer layer, with cross-attention in the decoder."""

    def __init__(self, width: int, heads: int, cross: bool) -> None:
        super().__init__()
        self.norm_self = nn.LayerNorm(width)
        self.self_attention = Attention(width, heads)
        self.norm_cross = nn.LayerNorm(width) if cross else None
        self.cross_attention = Attention(width, heads) if cross else None
        self.norm_feed = nn.LayerNorm(width)
        self.feed_in = nn.Linear(width, 4 * width)
        self.feed_out = nn.Linear(4 * width, width)

    def forward(
        self,
        x: Tensor,
        crowd: Crowd | None,
        source: Tensor | None = None,
    ) -> Tensor:
        """One layer; with a `source` it is a decoder's, causal in itself."""
        y = self.norm_self(x)
        if source is None:
            x = x + self.self_attention(y, y, crowd)
        else:
            x = x + self.self_attention(y, y, None, causal=True)
        if source is not None and self.cross_attention and self.norm_cross:
            x = x + self.cross_attention(self.norm_cross(x), source, crowd)
        return x + self.feed_out(F.gelu(self.feed_in(self.norm_feed(x))))


class Ear(nn.Module):
    """The whole model; logits only over the used rows of the vocabulary."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        self.shape = shape
        self.conv1 = nn.Conv1d(shape.mels, width, 3, padding=1)
        self.conv2 = nn.Conv1d(width, width, 3, stride=2, padding=1)
        self.encoder = nn.ModuleList(
            Layer(width, shape.heads, False) for _ in range(shape.encoder_layers)
        )
        self.encoder_norm = nn.LayerNorm(width)
        self.register_buffer("positions", sinusoids(shape.encoder_positions, width))
        self.embedding = nn.Parameter(torch.randn(shape.rows, width) * 0.05)
        start = sinusoids(shape.decoder_positions, width) * 0.1
        self.decoder_positions = nn.Parameter(start)
        self.decoder = nn.ModuleList(
            Layer(width, shape.heads, True) for _ in range(shape.decoder_layers)
        )
        self.decoder_norm = nn.LayerNorm(width)
        self.ctc = nn.Linear(width, shape.symbols + 1)

    def convolve(self, features: Tensor) -> Tensor:
        """[batch, frames, 80] to [batch, frames / 2, width]."""
        x = F.gelu(self.conv1(features.transpose(1, 2)))
        return F.gelu(self.conv2(x)).transpose(1, 2)

    def encode(
        self, features: Tensor, window: int, samples: int = 24
    ) -> tuple[Tensor, Crowd | None]:
        """Return encoder states, and which of them stand for many.

        `features` [batch, frames, 80] already holds some padding after the longest
        clip; `window` is the padded length in frames. `samples` of the positions
        beyond are drawn, one from each of as many equal parts.
        """
        x = self.convolve(features)
        own = x.shape[1]
        x = x + self.positions[:own]
        rest = window // 2 - own
        crowd: Crowd | None = None
        if rest > 0:
            count = min(samples, rest)
            edges = torch.linspace(0, rest, count + 1)
            draw = torch.rand(count) if count < rest else torch.zeros(count)
            picked = (edges[:-1] + draw * (edges[1:] - edges[:-1])).long()
            picked = picked.clamp(max=rest - 1) + own
            silence = self.convolve(features.new_zeros(1, 8, self.shape.mels))[:, 2:3]
            far = silence + self.positions[picked]
            x = torch.cat([x, far.expand(len(x), -1, -1)], dim=1)
            crowd = Crowd(first=own, bias=log(rest / count))
        for layer in self.encoder:
            x = layer(x, crowd)
        return self.encoder_norm(x), crowd

    def decode(self, rows: Tensor, source: Tensor, crowd: Crowd | None) -> Tensor:
        """Logits [batch, length, rows] for the decoder input `rows`."""
        x = self.embedding[rows] + self.decoder_positions[: rows.shape[1]]
        for layer in self.decoder:
            x = layer(x, crowd, source)
        return F.linear(self.decoder_norm(x), self.embedding)
