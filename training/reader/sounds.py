"""A coarse key of how a word sounds: words of one key are taken for one another."""

import re
from collections.abc import Iterable
from functools import lru_cache

from .frame import LANGUAGES

_FR = (
    (r"[àâ]", "a"), (r"œ", "e"), (r"ç", "s"), (r"[îï]", "i"), (r"[ùûü]", "u"),
    (r"eaux?|aux?|ô", "o"), (r"(er|ez|és|ée|ées|ai[st]?|aient|et|ê|è|é|ei)$", "E"),
    (r"ai|ei|ê|è|é", "E"), (r"ph", "f"), (r"gn", "N"), (r"qu?|ck|c(?=[aour]|$)", "k"),
    (r"c(?=[eiy])", "s"), (r"g(?=[eiy])e?", "j"), (r"ch", "C"), (r"[ae]n|[ae]m(?=[bp])", "A"),
    (r"[iy]n|ain|ein|un(?![aeiou])|im(?=[bp])", "I"), (r"on(?![aeiou])|om(?=[bp])", "O"),
    (r"oi", "wa"), (r"ill(?=e|a)|ll(?=e$)", "y"), (r"(ent|es|e|s|t|d|x|z|p)+$", ""), (r"h", ""), (r"y", "i"),
    (r"z", "s"), (r"[td]", "t"), (r"[bp]", "p"), (r"[vf]", "f"), (r"[gk]", "k"),
    (r"(.)\1+", r"\1"),
)  # fmt: skip
_EN = (
    (r"^kn", "n"), (r"^wr", "r"), (r"ph", "f"), (r"igh|eigh", "ai"), (r"tch|ch", "C"), (r"sh", "S"),
    (r"th", "t"), (r"ck|q|c(?![eiy])", "k"), (r"c", "s"), (r"dge?", "j"), (r"wh", "w"),
    (r"(ed|es|s|e)$", ""), (r"[aeiouy]+", "a"), (r"mb$", "m"), (r"h", ""), (r"z", "s"),
    (r"[td]", "t"), (r"[bp]", "p"), (r"[vf]", "f"), (r"[gk]", "k"), (r"(.)\1+", r"\1"),
)  # fmt: skip
_RULES = {
    "fr": [(re.compile(pattern), new) for pattern, new in _FR],
    "en": [(re.compile(pattern), new) for pattern, new in _EN],
}
assert set(_RULES) == set(LANGUAGES)


@lru_cache(maxsize=50_000)
def sound_of(word: str, language: str) -> str:
    """Return the key of a word in lower case."""
    key = word
    for pattern, new in _RULES[language]:
        key = pattern.sub(new, key)
    return key or word


def by_sound(words: Iterable[str], language: str) -> dict[str, list[str]]:
    """Return words by their keys, for keys of two words and more."""
    found: dict[str, list[str]] = {}
    for word in sorted({word.lower() for word in words if word.isalpha()}):
        if len(word) > 2:
            found.setdefault(sound_of(word, language), []).append(word)
    return {key: group for key, group in found.items() if len(group) > 1}
