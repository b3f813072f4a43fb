"""Graph, first part: Piper's phoneme ids to phones."""

from dataclasses import dataclass

import numpy as np
from characters import SPACE, sounds, symbols
from inventory import Language
from nodes import Nodes


@dataclass(frozen=True, kw_only=True)
class Phones:
    """Vectors with one entry for each phone, pauses included."""

    sound: str
    acoustic: str
    stress: str
    word_end: str


def read(n: Nodes, language: Language) -> Phones:
    """Turn character ids into phones; the Python twin is `characters.parse`."""
    tables = symbols(language)
    place = {name: number for number, name in enumerate(tables.names)}
    zero, false = n.constant([0]), n.constant([False], np.bool_)
    one = n.constant([1])

    length = n.op("Slice", "input_lengths", zero, one, zero)
    first = n.op("Slice", "input", zero, one, zero)
    ids = n.op("Reshape", first, n.constant([-1]))
    ids = n.op("Slice", ids, zero, length, zero)
    limits = n.constant(0), n.constant(len(tables.by_id) - 1)
    ids = n.op("Clip", ids, *limits)
    symbol = n.look_up(n.constant(tables.by_id), ids)
    (symbol,) = n.keep(n.op("Greater", symbol, zero), symbol)
    ends = n.constant([place["start"]]), n.constant([place["end"]])
    symbol = n.op("Concat", ends[0], symbol, ends[1], axis=0)

    marks = n.look_up(n.constant(tables.stress), symbol)
    stress = n.earlier(marks, zero)
    breaks = n.look_up(n.constant(tables.breaks), symbol)
    word_end = n.later(breaks, one)
    silent = tables.stress.astype(bool)
    silent[place[SPACE]] = True
    sounding = n.look_up(n.constant(~silent, np.bool_), symbol)
    symbol, stress, word_end = n.keep(sounding, symbol, stress, word_end)

    merged = n.look_up(n.constant(tables.merge), symbol, n.later(symbol, zero))
    inside = n.op("Equal", word_end, zero)
    merges = n.op("And", n.op("Greater", merged, zero), inside)
    after = n.later(n.later(symbol, zero), zero)
    vocalic = n.look_up(n.constant(tables.vocalic, np.bool_), after)
    next_inside = n.op("Equal", n.later(word_end, one), zero)
    coda = n.look_up(n.constant(tables.coda, np.bool_), merged)
    split = n.op("And", coda, n.op("And", vocalic, next_inside))
    merges = n.op("And", merges, n.op("Not", split))
    merges = n.op("And", merges, n.op("Not", n.earlier(merges, false)))
    alone = n.look_up(n.constant(tables.alone), symbol)
    sound = n.select(merges, merged, alone)
    word_end = n.select(merges, n.later(word_end, one), word_end)
    stays = n.op(
        "And", n.op("Greater", sound, zero), n.op("Not", n.earlier(merges, false))
    )
    sound, stress, word_end = n.keep(stays, sound, stress, word_end)
    sound = n.op("Sub", sound, one)
    acoustic = np.arange(len(sounds(language)))
    acoustic[len(language.phones) :] = 0
    return Phones(
        sound=sound,
        acoustic=n.look_up(n.constant(acoustic), sound),
        stress=stress,
        word_end=word_end,
    )
