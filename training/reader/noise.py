"""What keyboards and recognisers make of a sentence, labels kept."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from random import Random

from .sounds import sound_of
from .utterance import Word, Words
from .words import words_of

_ROWS = {
    "fr": ("azertyuiop", "qsdfghjklm", "wxcvbn"),
    "en": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
}
_MARKS = re.compile(r"(?<!\d)[.,:]|[.,:](?!\d)|[!;…«»\"“”]")
_LETTERS = re.compile(r"[^\W\d_]{4,}")

type SoundAlikes = Mapping[str, list[str]]
"""The words of the corpus by their sound, see `sounds.py`."""


def typed(words: Words, language: str, rng: Random) -> Words:
    """Return what fingers in a hurry write: a slip or two, perhaps no accents."""
    slips = 1 + (rng.random() < 0.25)
    done = list(words)
    places = [i for i, word in enumerate(done) if _LETTERS.search(word.text)]
    for place in rng.sample(places, min(slips, len(places))):
        done[place] = replace(done[place], text=_slip(done[place].text, language, rng))
    if rng.random() < 0.35:
        done = [replace(word, text=unaccented(word.text)) for word in done]
    if rng.random() < 0.3:
        done = [replace(word, text=word.text.replace("'", "")) for word in done]
    return tuple(done)


def heard(
    words: Words,
    language: str,
    alikes: SoundAlikes,
    rng: Random,
    *,
    share: float = 0.12,
) -> Words:
    """Return what a recogniser may write: words that sound alike, cut or joined."""
    done: list[Word] = []
    for word in words:
        text = word.text
        if rng.random() < share:
            text = _alike(text, language, alikes, rng)
        if rng.random() < 0.015 and len(text) > 6 and text.isalpha():
            cut = rng.randint(2, len(text) - 3)
            done.append(replace(word, text=text[:cut]))
            done.append(replace(word, text=text[cut:], space=True, act=None))
            continue
        joins = rng.random() < 0.01 and bool(done) and not word.act
        done.append(replace(word, text=text, space=word.space and not joins))
    return tuple(done)


def written(words: Words, rng: Random) -> Words:
    """Return words with or without capitals and full stops, as recognisers vary."""
    style = rng.random()
    if style < 0.45:
        done = [replace(word, text=word.text.lower()) for word in words]
    else:
        done = list(words)
    if style < 0.6:
        done = [
            replace(word, text=_MARKS.sub("", word.text) or word.text) for word in done
        ]
        if style < 0.4:
            done = [replace(w, text=w.text.replace("?", "") or w.text) for w in done]
        return tuple(done)
    first = done[0].text
    done[0] = replace(done[0], text=first[:1].upper() + first[1:])
    if done[-1].text[-1].isalnum():
        asks = next((word.act for word in reversed(done) if word.act), "") == "question"
        ends = ".?????" if asks else "......!…?"
        done.append(Word(rng.choice(ends), space=False))
    return tuple(done)


def unaccented(text: str) -> str:
    """Return a text without accents."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _slip(text: str, language: str, rng: Random) -> str:
    place = rng.randint(1, len(text) - 2)
    match rng.randrange(5):
        case 0:
            return text[:place] + text[place + 1 :]
        case 1:
            return text[:place] + text[place] + text[place:]
        case 2:
            return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        case 3:
            return (
                text[:place]
                + _neighbour(text[place], language, rng)
                + text[place + 1 :]
            )
        case _:
            return text[:place] + _neighbour(text[place], language, rng) + text[place:]


def _neighbour(char: str, language: str, rng: Random) -> str:
    for row in _ROWS[language]:
        at = row.find(unaccented(char).lower())
        if at >= 0:
            return rng.choice(row[max(0, at - 1) : at + 2])
    return char


@cache
def _homophones(language: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for group in words_of(language).homophones:
        for word in group:
            found.setdefault(word, []).extend(other for other in group if other != word)
    return found


def _alike(text: str, language: str, alikes: SoundAlikes, rng: Random) -> str:
    low = text.lower()
    known = _homophones(language).get(low)
    if known and rng.random() < 0.6:
        return rng.choice(known)
    if not low.isalpha() or len(low) < 3:
        return text
    others = [word for word in alikes.get(sound_of(low, language), []) if word != low]
    return rng.choice(others) if others else text
