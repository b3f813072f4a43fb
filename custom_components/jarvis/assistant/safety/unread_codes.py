"""Tells what must be a code though nobody can read it: misspelt, foreign, told in parts.

For where a code is waited for: it is hidden, and asked for again.
"""

from difflib import get_close_matches

from ...engines.language import words
from .codes import AROUND, heard_words
from .digits import tokens_of
from .pin import MOST_WORDS, NUMBER_WORDS, SHORTEST

_FOREIGN_DIGITS = frozenset(
    "null eins zwei zwo drei vier funf fuenf sechs sieben acht neun cero uno dos tres "  # noqa: SIM905
    "cuatro cinco seis siete ocho nueve due tre quattro cinque sei sette otto nove um "
    "dois quatro sete oito een twee drie vijf zes zeven negen".split()
)
_LIKE_A_NUMBER = 0.75
"""How like a number word a misspelt one is, from 0 to 1."""
_EDGES = frozenset(
    "start starts starting begin begins beginning end ends ending finish finishes "  # noqa: SIM905
    "commence commencent commencer debute debut finit finissent finir fin termine "
    "premiers premieres derniers dernieres chiffres digits half moitie".split()
)
"""Words that tell which part of a code is meant."""
_OF_PARTS = _EDGES | frozenset(
    "at in on middle to by two the par au a à la les abord ca cela il elle se en milieu percent % "  # noqa: SIM905
    "pour".split()
)


def resembles_code(text: str) -> bool:
    """Return whether a text is a few words that are all digits, misspelt or foreign."""
    said = heard_words(text, words(text))
    if len(said) > MOST_WORDS:
        return False
    tokens = tokens_of(said, eager=True)
    digits = [t for t in tokens if t.figure or _is_like_a_number(t.text)]
    others = {token.text for token in tokens if token not in digits}
    return (
        len(digits) >= SHORTEST - 1
        and not all(token.small for token in digits)
        and others <= AROUND
    )


def _is_like_a_number(word: str) -> bool:
    return word in _FOREIGN_DIGITS or bool(
        len(word) > 2
        and word not in AROUND
        and get_close_matches(word, NUMBER_WORDS, 1, _LIKE_A_NUMBER)
    )


def tells_parts(text: str) -> bool:
    """Return whether a text tells parts of a code: "it starts with 47 and ends with 11"."""
    said = heard_words(text, words(text))
    if len(said) > MOST_WORDS + 8:
        return False
    tokens = tokens_of(said, eager=False)
    others = {token.text for token in tokens if not token.figure}
    figures = [token for token in tokens if token.figure]
    typed = sum(len(token.text) if token.text.isdigit() else 1 for token in figures)
    return (
        bool(figures)
        and others <= AROUND | _OF_PARTS
        and (typed >= SHORTEST or not others.isdisjoint(_EDGES))
    )
