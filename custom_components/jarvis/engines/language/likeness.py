"""How alike two names sound: speech-to-text mishears words, it rarely invents them."""

import re
from functools import lru_cache

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
    first, second = folded(heard), folded(name)
    spelt = _similar("".join(first), "".join(second))
    sounded = _similar(
        "".join(sound(word, language) for word in first),
        "".join(sound(word, language) for word in second),
    )
    return (spelt + 2 * max(spelt, sounded)) / 3


def _similar(first: str, second: str) -> float:
    longest = max(len(first), len(second))
    if not longest:
        return 0.0
    # A difference in length is a distance already: most names end here.
    if abs(len(first) - len(second)) * 2 > longest:
        return 0.0
    return 1 - _distance(first, second) / longest


def _distance(first: str, second: str) -> int:
    """Return the number of letters to put in, leave out, change or swap."""
    before: list[int] = []
    previous = list(range(len(second) + 1))
    for i, a in enumerate(first, start=1):
        current = [i]
        for j, b in enumerate(second, start=1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, previous = previous, current
    return previous[-1]
