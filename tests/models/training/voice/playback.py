"""Graph, third part: halves of units to samples, by overlap-add of periods."""

import numpy as np
from characters import sounds
from epochs import PERIOD
from inventory import DIPHTHONGS, PAUSES, UNVOICED, Language
from nodes import BOOL, FLOAT, INT, Nodes
from onnx import TensorProto
from prosody import loudness, pitch
from reader import Phones
from speech import RATE
from timing import Halves
from units import Unit

_MU = 255.0
_STEADY = 0.5
_LEVEL_DBFS = -19.9


def play(
    n: Nodes,
    language: Language,
    units: dict[tuple[str, str], Unit],
    phones: Phones,
    halves: Halves,
) -> None:
    """Lay the grains of all halves one after the other."""
    zero, one = n.constant([0]), n.constant([1])
    count = n.sum(halves.target)
    offsets = n.running(halves.target, exclusive=True)
    ones = n.op("Min", halves.target, one)
    starts = n.scatter(count, offsets, ones, real=False, add=False)
    half = n.op("Sub", n.running(starts, exclusive=False), one)
    every = n.op("Squeeze", count, zero)
    step = n.op("Range", n.constant(0), every, n.constant(1))
    step = n.op("Sub", step, n.look_up(offsets, half))
    target, size, row, second, sound = (
        n.look_up(v, half)
        for v in (halves.target, halves.size, halves.row, halves.second, halves.sound)
    )
    is_second = n.cast(second, BOOL)

    last = n.op("Sub", n.op("Sub", target, one), step)
    away = n.select(is_second, last, step)
    source = _source(n, language, away=away, size=size, target=target, sound=sound)
    final = n.op("Sub", n.op("Sub", size, one), source)
    source = n.op("Add", row, n.select(is_second, final, source))

    middle = n.op("Add", n.cast(step, FLOAT), n.real([0.5]))
    part = n.op("Div", middle, n.cast(target, FLOAT))
    hertz = _glide(n, pitch(n, language, phones), half, part)
    gain = _glide(n, loudness(n, language, phones), half, part)
    voiced = [name not in (*UNVOICED, *PAUSES) for name in sounds(language)]
    has_pitch = n.look_up(n.constant(voiced, np.bool_), sound)
    period = n.op("Round", n.op("Div", n.real([float(RATE)]), hertz))
    hop = n.select(has_pitch, n.cast(period, INT), n.constant([PERIOD]))

    grains = _decoded(n, language, units, source)
    grains = n.op("Mul", grains, n.op("Unsqueeze", gain, one))
    at = n.op("Unsqueeze", n.running(hop, exclusive=True), one)
    index = n.op("Add", at, n.constant(np.arange(2 * PERIOD)))
    flat = n.constant([-1])
    total = n.op("Add", n.sum(hop), n.constant([3 * PERIOD]))
    samples = n.scatter(
        total,
        n.op("Reshape", index, flat),
        n.op("Reshape", grains, flat),
        real=True,
        add=True,
    )
    samples = n.op("Clip", samples, n.real(-1.0), n.real(1.0))
    n.op("Reshape", samples, n.constant([1, 1, 1, -1]), name="output")


def _source(
    n: Nodes, language: Language, *, away: str, size: str, target: str, sound: str
) -> str:
    """Choose the stored grain, counted from the border between two phones.

    A half that must last longer keeps its grains near the border and repeats
    those of its steady part; one that must be shorter drops grains evenly.
    """
    share = [1.0 if name in DIPHTHONGS else _STEADY for name in sounds(language)]
    steady = n.op(
        "Ceil",
        n.op("Mul", n.cast(size, FLOAT), n.look_up(n.real(share), sound)),
    )
    real_size, real_target = n.cast(size, FLOAT), n.cast(target, FLOAT)
    position = n.cast(away, FLOAT)
    moving = n.op("Sub", real_size, steady)
    over = n.op("Sub", position, moving)
    room = n.op("Max", n.op("Sub", real_target, moving), n.real([1.0]))
    half = n.real([0.5])
    centre = n.op("Mul", n.op("Add", over, half), steady)
    stretched = n.op("Add", moving, n.op("Floor", n.op("Div", centre, room)))
    stretched = n.select(n.op("Less", over, n.real([0.0])), position, stretched)
    scaled = n.op("Mul", n.op("Add", position, half), real_size)
    shrunk = n.op("Floor", n.op("Div", scaled, real_target))
    chosen = n.select(n.op("Less", real_target, real_size), shrunk, stretched)
    chosen = n.op("Min", chosen, n.op("Sub", real_size, n.real([1.0])))
    return n.cast(chosen, INT)


def _glide(n: Nodes, values: str, half: str, part: str) -> str:
    """Draw a line through values at the middles of phones, for all grains."""
    before, after = n.head(values), n.tail(values)
    border = n.op("Mul", n.op("Add", before, after), n.real([0.5]))
    begin = n.look_up(n.interleaved(before, border), half)
    finish = n.look_up(n.interleaved(border, after), half)
    return n.op("Add", begin, n.op("Mul", n.op("Sub", finish, begin), part))


def _decoded(
    n: Nodes,
    language: Language,
    units: dict[tuple[str, str], Unit],
    source: str,
) -> str:
    """Turn stored rows into windowed grains of two periods."""
    rows = [np.zeros((3, PERIOD))]
    pairs = [(a, b) for a in language.phones for b in language.phones][1:]
    rows.extend(units[pair].rows for pair in pairs)
    stored, codes = _mu_law(np.concatenate(rows))
    table = n.constant(stored, np.uint8)
    pair = [
        n.op("Gather", table, source, axis=0),
        n.op("Gather", table, n.op("Add", source, n.constant([1])), axis=0),
    ]
    both = n.cast(n.op("Concat", *pair, axis=1), TensorProto.INT32)
    waves = n.op("Gather", n.real(codes), both, axis=0)
    window = np.hanning(2 * PERIOD + 1)[:-1]
    return n.op("Mul", waves, n.real(window))


def _mu_law(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Encode rows as bytes; also return the table from a byte to a sample."""
    loud = rows[np.abs(rows).max(axis=1) > 0.01]
    level = 10 ** (_LEVEL_DBFS / 20) / np.sqrt((loud**2).mean())
    peak = float(np.abs(rows).max())
    steps = np.arange(-127, 128) / 127
    values = np.sign(steps) * (np.expm1(np.abs(steps) * np.log1p(_MU))) / _MU
    codes = np.append(values * peak, 0.0)
    middles = (codes[:254] + codes[1:255]) / 2
    return np.searchsorted(middles, rows).astype(np.uint8), codes * level
