"""Piper's characters: their ids, and the Python twin of the graph's parser.

The ids are the voice's own: Piper reads them from the configuration. A symbol is
what one character means to the voice; the tables here go into the graph.
"""

from dataclasses import dataclass

import numpy as np
from inventory import CODAS, PAUSES, PUNCTUATION, SILENCE, Language

PAD, BEGIN, END = "_", "^", "$"

PRIMARY, SECONDARY, SPACE = "ˈ", "ˌ", " "

CHARACTERS = (
    "_^$ !'(),-.:;?"
    "abcdefghijklmnopqrstuvwxyz0123456789"
    "æçðøħŋœǀǁǂǃɐɑɒɓɔɕɖɗɘəɚɛɜɝɞɟɠɡɢɣɤɥɦɧɨɪɫɬɭɮɯɰɱɲɳɴɵɶɸɹɺɻɽɾ"
    "ʀʁʂʃʄʈʉʊʋʌʍʎʏʐʑʒʔʕʘʙʛʜʝʟʡʢʰʲʼˈˌːˑ˞ˠˤβεθχᵻⱱ↑↓"
    "\u0303\u0327\u0329\u032a\u032f\u033a\u033b\u0361\u0306\u0325\u031a"
    '…—«»"“”'
)


def phoneme_id_map() -> dict[str, list[int]]:
    """Piper's `phoneme_id_map`: one id for each character."""
    return {character: [number] for number, character in enumerate(CHARACTERS)}


@dataclass(frozen=True, kw_only=True)
class Symbols:
    """Lookup tables of the parser.

    by_id[character id] is a symbol (0: dropped); stress[symbol] is 1 or 2 for
    the marks; breaks[symbol] is 1 where a word ends; merge[symbol, next] is a
    phone + 1 or 0; alone[symbol] likewise. coda[phone + 1] is true for phones that
    do not stand before a vowel of the same word, vocalic[symbol] for letters that
    begin a vowel. Phones past the language's own are
    the pauses, in the order of `PAUSES`.
    """

    names: list[str]
    by_id: np.ndarray
    stress: np.ndarray
    breaks: np.ndarray
    merge: np.ndarray
    alone: np.ndarray
    coda: np.ndarray
    vocalic: np.ndarray


def sounds(language: Language) -> list[str]:
    """Phones followed by the pauses: what the parser yields indices into."""
    return [*language.phones, *PAUSES]


def symbols(language: Language) -> Symbols:
    """Build the parser's tables for one language."""
    index = {name: number for number, name in enumerate(sounds(language))}
    parts = {c for phone in language.phones[1:] for c in phone}
    parts |= {c for name in language.substitutes for c in name}
    letters = sorted(c for c in parts if c not in language.ignored)
    missing = [c for c in letters if c not in CHARACTERS]
    if missing:
        raise ValueError(f"characters without an id: {missing}")
    names = ["", SPACE, PRIMARY, SECONDARY, "start", "end", *PUNCTUATION, *letters]
    place = {name: number for number, name in enumerate(names)}

    by_id = np.zeros(len(CHARACTERS), np.int64)
    for number, character in enumerate(CHARACTERS):
        if character not in (PAD, BEGIN, END):
            by_id[number] = place.get(character, 0)
    stress = np.zeros(len(names), np.int64)
    stress[place[PRIMARY]], stress[place[SECONDARY]] = 2, 1
    breaks = np.zeros(len(names), np.int64)
    alone = np.zeros(len(names), np.int64)
    breaks[place[SPACE]] = 1
    for name in ("start", "end", *PUNCTUATION):
        breaks[place[name]] = 1
        alone[place[name]] = 1 + index[PUNCTUATION.get(name, name)]
    merge = np.zeros((len(names), len(names)), np.int64)
    for name, target in _spellings(language).items():
        if not target:
            continue
        if len(name) == 1:
            alone[place[name]] = 1 + index[target]
        else:
            merge[place[name[0]], place[name[1]]] = 1 + index[target]
    openings = {name[0] for name in language.vowels} | {
        name
        for name, target in language.substitutes.items()
        if target in language.vowels
    }
    return Symbols(
        names=names,
        by_id=by_id,
        stress=stress,
        breaks=breaks,
        merge=merge,
        alone=alone,
        coda=np.array([False, *(name in CODAS for name in sounds(language))]),
        vocalic=np.array([name in openings for name in names]),
    )


def _spellings(language: Language) -> dict[str, str]:
    spellings = {name: name for name in language.phones[1:]}
    for name, target in language.substitutes.items():
        spellings.setdefault(name, target)
    return {name: target for name, target in spellings.items() if len(name) <= 2}


def parse(language: Language, characters: str) -> list[tuple[str, int, bool]]:
    """Phones (pauses as silence) with stress and word end, as the graph does."""
    tables = symbols(language)
    ids = [CHARACTERS.index(c) for c in characters if c in CHARACTERS]
    sequence = [int(tables.by_id[i]) for i in ids if tables.by_id[i]]
    items: list[tuple[int, int, int]] = []
    stress = 0
    for position, symbol in enumerate(sequence):
        following = sequence[position + 1] if position + 1 < len(sequence) else 0
        if tables.stress[symbol]:
            stress = int(tables.stress[symbol])
            continue
        if tables.names[symbol] != SPACE:
            items.append((symbol, stress, int(tables.breaks[following])))
        stress = 0
    result: list[tuple[str, int, bool]] = []
    position = 0
    names = sounds(language)
    while position < len(items):
        symbol, stress, end = items[position]
        phone = int(tables.alone[symbol])
        if position + 1 < len(items) and not end:
            following, _, following_end = items[position + 1]
            merged = int(tables.merge[symbol, following])
            after = items[position + 2][0] if position + 2 < len(items) else 0
            open_end = not following_end and tables.vocalic[after]
            if merged and not (tables.coda[merged] and open_end):
                phone = merged
                end = following_end
                position += 1
        if phone:
            name = names[phone - 1]
            result.append((SILENCE if name in PAUSES else name, stress, bool(end)))
        position += 1
    return result
