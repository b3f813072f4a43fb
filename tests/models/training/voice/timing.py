"""Graph, second part: phones to halves of units and how long each lasts."""

from dataclasses import dataclass

import numpy as np
from characters import sounds
from durations import PLACES, Durations
from epochs import PERIOD
from inventory import PAUSES, STOPS, Language
from nodes import FLOAT, INT, Nodes
from reader import Phones
from speech import RATE
from units import Unit


@dataclass(frozen=True, kw_only=True)
class Halves:
    """Vectors with one entry for each half of a phone, in time order."""

    row: str
    size: str
    target: str
    second: str
    sound: str


def _grains(n: Nodes, language: Language, phones: Phones, tables: Durations) -> str:
    """Compute how many grains each phone should last (float)."""
    zero, one = n.constant([0]), n.constant([1])
    phone = phones.acoustic
    pause = n.op("Equal", phone, zero)
    place = phones.word_end
    true = n.constant([True], np.bool_)
    ahead = pause
    near: list[str] = []
    for _ in range(1, PLACES - 1):
        ahead = n.later(ahead, true)
        near.append(ahead)
    for distance in range(len(near), 0, -1):
        number = n.constant([1 + distance])
        place = n.select(near[distance - 1], number, place)
    vowel = [int(name in language.vowels) for name in sounds(language)]
    kind = n.look_up(n.constant(vowel), phones.sound)
    logs = [
        n.look_up(n.real(tables.before), n.earlier(phone, zero), phone),
        n.look_up(n.real(tables.after), phone, n.later(phone, zero)),
        n.look_up(n.real(tables.stress), phone, phones.stress),
        n.look_up(n.real(tables.place), kind, place),
    ]
    spoken = n.op("Exp", n.fold("Add", logs))
    silences = np.zeros(len(sounds(language)))
    silences[len(language.phones) :] = list(PAUSES.values())
    still = n.look_up(n.real(silences), phones.sound)
    lasting = n.select(pause, still, spoken)
    scale = n.op("Slice", "scales", one, n.constant([2]), zero)
    scale = n.op("Clip", scale, n.real(0.1), n.real(10.0))
    return n.op("Mul", n.op("Mul", lasting, scale), n.real([RATE / PERIOD]))


def stretch(
    n: Nodes,
    language: Language,
    units: dict[tuple[str, str], Unit],
    phones: Phones,
    durations: Durations,
) -> Halves:
    """Stretch the two halves of every unit to the phones' durations."""
    size = len(language.phones)
    rows, left, right = (np.zeros((size, size), np.int32) for _ in range(3))
    left[0, 0] = right[0, 0] = 1
    start = 3
    for i, first in enumerate(language.phones):
        for j, second in enumerate(language.phones):
            if i or j:
                unit = units[first, second]
                rows[i, j], left[i, j], right[i, j] = start, unit.left, unit.right
                start += len(unit.rows)
    pair = n.head(phones.acoustic), n.tail(phones.acoustic)
    row = n.cast(n.look_up(n.constant(rows, np.int32), *pair), INT)
    sizes = [
        n.cast(n.look_up(n.constant(table, np.uint8), *pair), INT)
        for table in (left.astype(np.uint8), right.astype(np.uint8))
    ]
    whole = _grains(n, language, phones, durations)
    fixed = n.constant([p in STOPS for p in sounds(language)], np.bool_)

    none = n.constant([1])
    second = n.cast(n.op("Concat", sizes[0], none, axis=0), FLOAT)
    first = n.cast(n.op("Concat", none, sizes[1], axis=0), FLOAT)
    ratio = n.op("Div", whole, n.op("Add", first, second))
    burst = n.look_up(fixed, phones.sound)
    wanted_second = n.select(burst, second, n.op("Mul", second, ratio))
    wanted_first = n.select(
        burst, n.op("Sub", whole, second), n.op("Mul", first, ratio)
    )
    targets = []
    for wanted in (n.head(wanted_second), n.tail(wanted_first)):
        rounded = n.op("Round", n.op("Max", wanted, n.real([1.0])))
        targets.append(n.cast(rounded, INT))
    sides = n.op("Mul", pair[0], n.constant([0]))
    silent = [n.op("Equal", side, n.constant([0])) for side in pair]
    row_first = n.select(silent[0], n.constant([0]), row)
    row_second = n.select(silent[1], n.constant([0]), n.op("Add", row, sizes[0]))
    return Halves(
        row=n.interleaved(row_first, row_second),
        size=n.interleaved(*sizes),
        target=n.interleaved(*targets),
        second=n.interleaved(n.op("Add", sides, none), sides),
        sound=n.interleaved(n.head(phones.sound), n.tail(phones.sound)),
    )
