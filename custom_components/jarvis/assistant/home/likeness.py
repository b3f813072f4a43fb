"""How much a name sounds like what was heard."""

from collections.abc import Sequence, Set

from ...engines.language import words_alike
from .kinds import ROOM_WORDS, STOP_WORDS
from .things import Thing

ROOM = 0.8
"""From here on the word of a room is taken for the one that was meant."""
AHEAD = 0.2
"""By how much it must be ahead of the next room."""
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


def with_room(
    words: frozenset[str],
    rooms: Sequence[frozenset[str]],
    kinds: Set[str],
    language: str,
) -> frozenset[str]:
    """Return words with the room that was meant, where one of its words was misheard.

    "The leaving room radiator" is in the living room, where no other room sounds so. Of
    the words beside the kind, all but one have to be the room's.
    """
    heard = words - kinds
    # What else is called so is no room: a scene "Leaving".
    known = ROOM_WORDS.union(*rooms)
    if heard == words or len(strange := heard - known) != 1:
        return words
    (wrong,) = strange
    missing = {
        right
        for names in rooms
        if len(names) == len(heard) and len(left := names - heard) == 1
        for right in left
    }
    ranked = sorted(
        ((words_alike([wrong], [right], language), right) for right in missing),
        reverse=True,
    )
    if not ranked or ranked[0][0] < ROOM:
        return words
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < AHEAD:
        return words
    return words - strange | {ranked[0][1]}


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
