"""Graph, part of the third: the pitch and loudness of each phone."""

import numpy as np
from characters import sounds
from inventory import Language
from nodes import FLOAT, Nodes
from reader import Phones

_TOP_HZ, _FALL_HZ = 134.0, 20.0
_ACCENT_HZ = (0.0, 3.0, 7.0)
_ENDING = {".": (0.86, 0.92), "?": (1.16, 1.06), "end": (0.86, 0.92), ",": (1.06, 1.0)}
"""Factors on the pitch of the last and the last but one phone before a pause."""

_LOUDNESS = (0.9, 1.0, 1.08)
"""Gains of vowels without stress, with secondary and with primary stress."""


def pitch(n: Nodes, language: Language, phones: Phones) -> str:
    """Compute the pitch in Hz at the middle of each phone."""
    count = n.op("Shape", phones.sound)
    every = n.op("Squeeze", count, n.constant([0]))
    number = n.op("Range", n.constant(0), every, n.constant(1))
    part = n.op("Div", n.cast(number, FLOAT), n.cast(count, FLOAT))
    falling = n.op("Mul", part, n.real([-_FALL_HZ]))
    accent = n.look_up(n.real(_ACCENT_HZ), phones.stress)
    hertz = n.fold("Add", [falling, n.real([_TOP_HZ]), accent])
    names = sounds(language)
    sound = phones.sound
    for distance in (0, 1):
        sound = n.later(sound, n.constant([names.index("end")]))
        factors = [_ENDING.get(name, (1.0, 1.0))[distance] for name in names]
        hertz = n.op("Mul", hertz, n.look_up(n.real(factors), sound))
    return hertz


def loudness(n: Nodes, language: Language, phones: Phones) -> str:
    """Compute a gain for each phone: unstressed vowels are softer."""
    vowel = [name in language.vowels for name in sounds(language)]
    is_vowel = n.look_up(n.constant(vowel, np.bool_), phones.sound)
    by_stress = n.look_up(n.real(_LOUDNESS), phones.stress)
    return n.select(is_vowel, by_stress, n.real([1.0]))
