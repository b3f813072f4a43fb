"""The network for batches, in JAX; the product has the same in numpy (engines/reader)."""

from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

PLACES = 96
"""Places of words that are told apart: one more than both turns have together."""
_SMALL = 1e-5

type Arrays = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """How big the network is, and how many classes each output has."""

    buckets: int
    classes: int
    spans: int
    kinds: int
    width: int = 128
    layers: int = 3
    heads: int = 4
    inner: int = 384


def created(shape: Shape, seed: int) -> Arrays:
    """Return weights to begin with."""
    rng = np.random.default_rng(seed)
    wide = shape.width

    def drawn(*size: int, scale: float | None = None) -> np.ndarray:
        scale = size[0] ** -0.5 if scale is None else scale
        return (rng.standard_normal(size) * scale).astype(np.float32)

    def zeros(size: int) -> np.ndarray:
        return np.zeros(size, np.float32)

    arrays: Arrays = {
        "groups": drawn(shape.buckets, wide, scale=0.5),
        "first": drawn(wide, scale=0.1),
        "marks": drawn(4, wide, scale=0.1),
        "turns": drawn(2, wide, scale=0.1),
        "places": drawn(PLACES, wide, scale=0.02),
        "convolution": drawn(3 * wide, wide),
        "convolution.bias": zeros(wide),
        "last.gain": np.ones(wide, np.float32),
        "last.bias": zeros(wide),
    }
    for number in range(shape.layers):
        name = f"layer{number}"
        for part in ("query", "key", "value", "out"):
            arrays[f"{name}.{part}"] = drawn(wide, wide)
        for part in ("1", "2"):
            arrays[f"{name}.gain{part}"] = np.ones(wide, np.float32)
            arrays[f"{name}.bias{part}"] = zeros(wide)
        arrays[f"{name}.wide"] = drawn(wide, shape.inner)
        arrays[f"{name}.wide.bias"] = zeros(shape.inner)
        arrays[f"{name}.narrow"] = drawn(shape.inner, wide)
        arrays[f"{name}.narrow.bias"] = zeros(wide)
    outputs = {
        "kind": shape.kinds,
        "begins": 1,
        "classes": shape.classes,
        "spans": 1 + 2 * shape.spans,
    }
    for name, size in outputs.items():
        arrays[name] = drawn(wide, size, scale=0.02)
        arrays[f"{name}.bias"] = zeros(size)
    return arrays


def scores(
    arrays: Arrays, batch: Arrays, heads: int, key: Any = None, drop: float = 0.0
) -> Arrays:
    """Return logits: `kind` [B, kinds]; `begins` [B, T], `classes` and `spans` [B, T, …].

    The batch holds `ids` [B, T, GROUPS], `mark`, `turn` and `there` [B, T]. With a key,
    letter groups, words and units are dropped as in training.
    """
    w, ids = arrays, batch["ids"]
    used = (ids > 0).astype(jnp.float32)
    keys = jax.random.split(key, 8) if key is not None else [None] * 8
    count = used.sum(-1, keepdims=True)
    if key is not None:
        used = used * jax.random.bernoulli(keys[0], 1 - drop, used.shape)
        used = used * jax.random.bernoulli(keys[1], 0.98, (*used.shape[:2], 1))
    mixed = jnp.einsum("btgd,btg->btd", w["groups"][ids], used)
    x = mixed / jnp.sqrt(jnp.maximum(count, 1.0))
    x = x + w["marks"][batch["mark"]] + w["turns"][batch["turn"]]
    first = jnp.broadcast_to(w["first"], (x.shape[0], 1, x.shape[2]))
    x = jnp.concatenate((first, x), axis=1)
    x = x + w["places"][: x.shape[1]]
    there = jnp.concatenate(
        (jnp.ones_like(batch["there"][:, :1]), batch["there"]), axis=1
    )
    x = _dropped(x * there[..., None], keys[2], drop)
    edge = jnp.zeros_like(x[:, :1])
    wide = jnp.concatenate(
        (
            jnp.concatenate((edge, x[:, :-1]), axis=1),
            x,
            jnp.concatenate((x[:, 1:], edge), axis=1),
        ),
        axis=-1,
    )
    x = x + jax.nn.gelu(wide @ w["convolution"] + w["convolution.bias"])
    layers = sum(name.endswith(".query") for name in w)
    for number in range(layers):
        x = _layer(w, f"layer{number}", x, there, heads, keys[3 + number % 5], drop)
    x = _normal(x, w["last.gain"], w["last.bias"])
    x = _dropped(x, keys[7], drop)
    words = x[:, 1:]
    return {
        "kind": x[:, 0] @ w["kind"] + w["kind.bias"],
        "begins": (words @ w["begins"] + w["begins.bias"])[..., 0],
        "classes": words @ w["classes"] + w["classes.bias"],
        "spans": words @ w["spans"] + w["spans.bias"],
    }


def loss(arrays: Arrays, batch: Arrays, heads: int, key: Any, drop: float) -> Any:
    """Return the mean loss of a batch that has labels too."""
    found = scores(arrays, batch, heads, key, drop)
    said = batch["there"] * batch["turn"]
    words = jnp.maximum(said.sum(), 1.0)

    def of_words(logits: Any, labels: Any) -> Any:
        return (_entropy(logits, labels) * said).sum() / words

    begins = found["begins"]
    starts = jnp.logaddexp(0.0, begins) - batch["begins"] * begins
    return (
        _entropy(found["kind"], batch["kind"]).mean()
        + of_words(found["classes"], batch["cls"])
        + of_words(found["spans"], batch["span"])
        + (starts * said).sum() / words
    )


def _entropy(logits: Any, labels: Any) -> Any:
    likely = jax.nn.log_softmax(logits)
    return -jnp.take_along_axis(likely, labels[..., None], axis=-1)[..., 0]


def _layer(
    w: Arrays, name: str, x: Any, there: Any, heads: int, key: Any, drop: float
) -> Any:
    size, length, wide = x.shape
    keys = jax.random.split(key) if key is not None else (None, None)
    y = _normal(x, w[f"{name}.gain1"], w[f"{name}.bias1"])

    def of_heads(part: str) -> Any:
        return (y @ w[f"{name}.{part}"]).reshape(size, length, heads, -1)

    seen = jnp.einsum("bqhd,bkhd->bhqk", of_heads("query"), of_heads("key"))
    seen = seen / np.sqrt(wide // heads).astype(np.float32)
    seen = jnp.where(there[:, None, None, :] > 0, seen, -1e9)
    mixed = jnp.einsum("bhqk,bkhd->bqhd", jax.nn.softmax(seen), of_heads("value"))
    mixed = mixed.reshape(size, length, wide) @ w[f"{name}.out"]
    x = x + _dropped(mixed, keys[0], drop)
    y = _normal(x, w[f"{name}.gain2"], w[f"{name}.bias2"])
    inner = jax.nn.gelu(y @ w[f"{name}.wide"] + w[f"{name}.wide.bias"])
    narrow = inner @ w[f"{name}.narrow"] + w[f"{name}.narrow.bias"]
    return x + _dropped(narrow, keys[1], drop)


def _normal(x: Any, gain: Any, bias: Any) -> Any:
    x = x - x.mean(-1, keepdims=True)
    return x / jnp.sqrt((x * x).mean(-1, keepdims=True) + _SMALL) * gain + bias


def _dropped(x: Any, key: Any, drop: float) -> Any:
    if key is None:
        return x
    return x * jax.random.bernoulli(key, 1 - drop, x.shape) / (1 - drop)
