"""How much a name sounds like what was heard."""

from collections.abc import Sequence

from ...engines.language import words_alike
from .kinds import STOP_WORDS
from .things import Thing

HARDLY = 0.45
"""Below this a word is another word, however alike the rest of the name is."""


def likeness_of(
    thing: Thing,
    heard: Sequence[str],
    words: frozenset[str],
    known: frozenset[str],
    language: str,
) -> float:
    """Return from 0 to 1 how much what was heard sounds like one of a thing's names.

    `known` are the words that are said on purpose.
    """
    best = 0.0
    stop_words = STOP_WORDS[language]
    for spoken, name_words in zip(thing.spoken, thing.name_words, strict=True):
        strange = words - name_words
        # A word that this home or every home has was said on purpose: the bedroom
        # is not a misheard bathroom. Nor are numbers alike.
        if strange & known or any(word[0].isdigit() for word in words ^ name_words):
            continue
        # Nothing that was said may be left over: "the bedroom blind of Leo's".
        if strange and name_words <= words:
            continue
        if not _word_by_word(strange, name_words - words, language):
            continue
        name = [word for word in spoken if word not in stop_words]
        best = max(best, words_alike(heard, name, language))
    return best


def _word_by_word(heard: frozenset[str], named: frozenset[str], language: str) -> bool:
    """Return whether each word that differs may be one that was misheard.

    Words are only paired where there are as many of them: speech-to-text also hears one
    word as two.
    """
    if len(heard) != len(named):
        return True
    return all(
        any(words_alike([word], [other], language) >= HARDLY for other in named)
        for word in heard
    )
