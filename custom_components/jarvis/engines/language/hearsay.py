"""Takes out of a text what a speech recogniser put there: nobody said it.

Whisper learned from subtitles. Of silence and noise it makes their credits and notes,
and at times it writes a sentence over and over.
"""

import re
from typing import Final

from .numbers import number_at
from .text import folded, words

MOST_STEPS: Final = 3
"""How often a step such as "louder" is taken that was said over and over."""

# Notes of what is no speech: "[BLANK_AUDIO]", "(music)", "*sighs*", "♪ la la ♪".
_NOTES: Final = re.compile(
    r"\[[^\]]*\]|\([^)]*\)|\*[^*]+\*|<\|[^|]*\|>|[♪♫♬][^♪♫♬]*[♪♫♬]|[♪♫♬]"
)
_VIDEO = r"(?:(?:cette|la|ma|notre|this|the|my|our|de|des) )?videos?"
# Credits that nobody says to a home, wherever they stand at the end.
_SURE: Final = (
    (
        r"(?:thanks|thank you)(?: (?:all|guys|everyone|so much|very much))* for"
        rf" (?:watching|viewing)(?: (?:{_VIDEO}|everyone|guys|and|please|subscribe|bye))*"
    ),
    r"(?:i'll |we'll |and )*see you (?:guys |all )*(?:in|on) (?:the|my|our) next video",
    (
        r"merci(?: (?:beaucoup|a tous|a toutes|et|bien))* d' avoir (?:regarde|suivi"
        rf"|visionne|ecoute)(?: (?:{_VIDEO}|jusqu' au bout|et|a bientot|a la prochaine))*"
    ),
    (
        r"(?:on se retrouve|a bientot|rendez vous|a la prochaine)(?: (?:tres|vite))*"
        r" (?:dans|pour|avec) (?:la|une|de|d') (?:prochaines?|nouvelles?|autres?) videos?"
    ),
    (
        r"sous titr\w+(?: (?:realise\w*|fait\w*|cree\w*|et|traduction|traduits?))*"
        r" (?:par|para|st'?|societe|de la communaute)(?: \S+){0,8}"
    ),
    (
        r"(?:(?:sous titr\w+|subtitles|par|by|la|the|communaute|community) )*(?:d' )?"
        r"amara(?: org)?(?: community)?"
    ),
)
# What might be said in a sentence counts as one only where it is a sentence itself.
_ITSELF: Final = (
    (
        r"(?:thanks|thank you)(?: (?:all|everyone|so much|very much))* for"
        r" (?:listening|your attention)"
    ),
    (
        r"(?:please |and |don't forget to |remember to )*(?:like |comment |share |and )*"
        r"subscribe(?: (?:to|for|my|our|the|this|channel|more|videos|now|and|hit|like"
        r"|bell|button))*"
    ),
    r"(?:i'll |and )*see you (?:guys |all )*(?:in the )?next (?:one|episode|time)",
    (
        r"(?:subtitles?|subtitled|captions?|captioned|closed captions?|closed captioning"
        r"|transcripts?|transcription|transcribed|translated|translation)"
        r"(?: (?:provided|created|made|done))? by(?: \S+){1,8}"
    ),
    r"merci (?:de|pour) votre (?:attention|ecoute|visionnage|fidelite)",
    (
        r"(?:et |n' oubliez pas de |pensez a |n' hesitez pas a )*(?:liker? |likez |vous )*"
        r"abonne[rz](?: (?:vous|a|ma|la|notre|chaine|pour|ne|rien|rater|manquer|et|likez"
        r"|activez|activer|d'|cloche))*"
    ),
    r"(?:traduction|transcription)(?: et sous titr\w+)? par(?: \S+){1,5}",
)
_ANYWHERE: Final = re.compile("|".join(_SURE))
_SENTENCE_ITSELF: Final = re.compile("|".join((*_SURE, *_ITSELF)))
# Heard alone these are nothing; in a sentence they are words.
_ALONE: Final = re.compile(
    r"(?:you|the|so|foreign|music|musique|applause|applaudissements|laughter|rires"
    r"|blank audio|inaudible|no speech|the end|to be continued|a suivre)"
    r"(?: (?:you|music|musique|foreign))*"
)

# What is asked for once more each time it is said.
_STEPS: Final = frozenset(
    """
    plus moins encore monte montez monter baisse baissez baisser augmente augmentez
    augmenter diminue diminuez diminuer tamise suivant suivante precedent precedente
    passe saute ajoute ajoutez ajouter avance recule bascule
    louder quieter brighter darker dimmer softer warmer colder cooler higher lower up
    down more less again raise increase decrease reduce dim brighten next previous skip
    add back forward toggle
    """.split()  # noqa: SIM905
)
_SENTENCE: Final = re.compile(r"[^.!?;…\n]+[.!?;…\n]*\s*")
_SPACE: Final = re.compile(r"[\s'’-]*")
_LONGEST_CREDIT: Final = 30
"""Words of one credit."""
_MOST_WORDS: Final = 120
"""Longer texts are tales; looking for repeats in them would take time."""


def without_leftovers(text: str) -> str:
    """Return what was said of a text that was heard; "" for nothing at all."""
    if (bare := _NOTES.sub(" ", text)) != text:
        text = " ".join(bare.split())
    said = words(text)
    while said:
        if _ALONE.fullmatch(" ".join(word.fold for word in said)):
            return ""
        start = _credit(text)
        if start is None:
            return text
        text = text[:start].rstrip(" ,-–—")
        said = words(text)
    return ""


def _credit(text: str) -> int | None:
    """Return where the credits begin that a text ends with."""
    said = words(text)
    first = max(0, len(said) - _LONGEST_CREDIT)
    end = said[first - 1].end if first else 0
    for place, word in enumerate(said[first:], first):
        begins = place == 0 or not _SPACE.fullmatch(text[end : word.start])
        pattern = _SENTENCE_ITSELF if begins else _ANYWHERE
        if pattern.fullmatch(" ".join(word.fold for word in said[place:])):
            return word.start
        end = word.end
    return None


def without_repeats(text: str) -> str:
    """Return a text without what is said twice in a row.

    A command is one command however often it is written. What is a step, "louder", is
    taken as often as it is said, `MOST_STEPS` times at most.
    """
    said = words(text)
    if len(said) > _MOST_WORDS:
        return text
    folds = [word.fold for word in said]
    length = _period(folds)
    times = len(folds) // length if length else 0
    # "New York, New York" is a song.
    if (length > 2 or times > 2) and _repeatable(folds[:length]):
        if not _STEPS.isdisjoint(folds[:length]):
            step = text[: said[length - 1].end]
            return ", ".join([step] * min(times, MOST_STEPS))
        # Up to the mark behind it: "?" is a part of what was said.
        return text[: said[length].start].rstrip(" ,;-–—")
    sentences = _SENTENCE.findall(text)
    kept = [
        sentence
        for place, sentence in enumerate(sentences)
        if place == 0 or not _same(sentences[place - 1], sentence)
    ]
    return text if len(kept) == len(sentences) else "".join(kept).rstrip()


def _period(folds: list[str]) -> int:
    """Return how many words are said over and over from the first to the last one."""
    for length in range(1, len(folds) // 2 + 1):
        if all(a == b for a, b in zip(folds, folds[length:], strict=False)):
            return length
    return 0


def _repeatable(folds: list[str]) -> bool:
    """Return whether saying it again adds nothing: digits may be a code."""
    return len(folds) > 1 and any(
        not word[0].isdecimal() and number_at(folds, place) is None
        for place, word in enumerate(folds)
    )


def _same(before: str, sentence: str) -> bool:
    folds = list(folded(sentence))
    return (
        folds == list(folded(before))
        and _repeatable(folds)
        and _STEPS.isdisjoint(folds)
    )
