"""How alike two names sound: speech-to-text mishears words, it rarely invents them.

Letters alone are not enough: without the sounds, `scripts/bench nlu` gets 91 % of the
misheard names right in French and 83 % in English, with them 100 % and 96 %.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from .text import folded

_FRENCH_SOUNDS = [
    (r"eau|au|aux", "o"), (r"ph", "f"), (r"qu|q|ck|c(?=[aou])|c$|c(?=[lrt])", "k"),
    (r"ch|sh|sch", "J"), (r"c(?=[eiy])|ss|sc(?=[ei])", "s"), (r"g(?=[eiy])|j", "Z"),
    (r"gn", "N"), (r"h", ""), (r"oi|oy", "wa"), (r"ou", "U"),
    (r"(?:ain|ein|in|im|un|yn)(?![aeiouyn])", "1"),
    (r"(?:an|am|en|em)(?![aeiouymn])", "2"), (r"(?:on|om)(?![aeiouymn])", "3"),
    (r"(?:ais|ait|aient|ai|ei|ez|er|et|est|es|ee)$", "e"), (r"ai|ei", "e"),
    (r"y", "i"), (r"[sxtdzp]+$", ""), (r"e$", ""), (r"(.)\1+", r"\1"),
]  # fmt: skip

_ENGLISH_SOUNDS = [
    (r"ph", "f"), (r"^kn", "n"), (r"^wr", "r"), (r"ght", "t"), (r"gh", ""),
    (r"ck|qu|q|c(?=[aoulrtk])|c$", "k"), (r"c(?=[eiy])|ss", "s"), (r"tch|ch", "J"),
    (r"th", "t"), (r"wh", "w"), (r"mb$", "m"), (r"ee|ea|ie|ei|ey|y$", "i"),
    (r"oo|ou|ew|ue", "u"), (r"ai|ay|a(?=.e$)", "e"), (r"oa|ow|o(?=.e$)", "o"),
    (r"e$", ""), (r"d$", "t"), (r"b$", "p"), (r"z", "s"), (r"(.)\1+", r"\1"),
]  # fmt: skip

_SOUNDS = {
    language: [(re.compile(pattern), sound) for pattern, sound in rules]
    for language, rules in (("fr", _FRENCH_SOUNDS), ("en", _ENGLISH_SOUNDS))
}


@lru_cache(maxsize=4096)
def sound(word: str, language: str) -> str:
    """Return how a folded word is heard, roughly: "chevet" and "chevais" are one."""
    for pattern, replacement in _SOUNDS[language]:
        word = pattern.sub(replacement, word)
    return word


def likeness(heard: str, name: str, language: str) -> float:
    """Return from 0 to 1 how alike two phrases are, by spelling and by sound."""
    return words_alike(folded(heard), folded(name), language)


def words_alike(first: Sequence[str], second: Sequence[str], language: str) -> float:
    """Return the likeness of two phrases that are folded words already."""
    spelt = OSA.normalized_similarity("".join(first), "".join(second))
    sounded = OSA.normalized_similarity(
        "".join(sound(word, language) for word in first),
        "".join(sound(word, language) for word in second),
    )
    return (spelt + 2 * max(spelt, sounded)) / 3
