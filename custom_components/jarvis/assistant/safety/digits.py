"""Finds rows of digits in what was said, as recognisers write them.

Besides number words and figures: digits written together ("fourseven"), ordinals
("fourth seventh"), repeated digits ("two ones", "deux fois un"), the letter "o", and words
that sound like a digit ("for", "won", "cet", "oeuf"). What may be an ordinary word counts
only beside other digits.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from .pin import NUMBER_WORDS, PLURALS, REPEATS, TIMES, digit_of, is_number

SEQUENCE = frozenset(
    "a an then puis ensuite next number numero digit chiffre by followed de suivi last h "  # noqa: SIM905
    "heure heures um uh euh heu hum er th st nd rd e eme".split()
)
LISTING = frozenset({"and", "et", "or", "ou", "plus"})
BETWEEN = SEQUENCE | LISTING
"""Words that may stand between the digits of a code."""
_MOST_BETWEEN = 2
_LONGEST_RUN = 64
"""Characters of digits that are written together."""

_RUN = re.compile(
    "|".join(
        rf"{word}(?!ix|ept|oixante)" if word in {"vingts", "cents"} else word
        for word in sorted(NUMBER_WORDS - {"oh"}, key=len, reverse=True)
    )
)
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9,
    "premier": 1, "premiere": 1, "deuxieme": 2, "troisieme": 3, "quatrieme": 4,
    "cinquieme": 5, "sixieme": 6, "septieme": 7, "huitieme": 8, "neuvieme": 9,
}  # fmt: skip
_SOUNDS = {
    "won": 1, "wun": 1, "tew": 2, "fore": 4, "fower": 4, "fife": 5, "ate": 8,
    "niner": 9, "nein": 9, "deu": 2, "catre": 4, "katre": 4, "sinq": 5, "cinque": 5,
    "sis": 6, "oeuf": 9, "neufs": 9,
}  # fmt: skip
"""Words that are said like a number."""
_SMALL_WORDS = {
    "to": 2, "too": 2, "tu": 2, "for": 4, "tree": 3, "sex": 6, "o": 0, "hein": 1,
    "de": 2, "toi": 3, "cat": 4, "saint": 5, "sain": 5, "si": 6, "cet": 7, "cette": 7,
    "set": 7, "oeufs": 9, "dis": 10, "vin": 20, "vins": 20, "vint": 20,
}  # fmt: skip
"""Words of every sentence that are said like a number."""


class _Kind(Enum):
    WORD = auto()
    NUMBER = auto()
    ORDINAL = auto()
    SOUND = auto()
    """One of `_SOUNDS`, or of `_SMALL_WORDS` for `SMALL`."""
    SMALL = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One word, or one of the numbers that are written together in it."""

    text: str
    """The number that it stands for, else the folded word."""
    place: int
    """Which of the words it is, or is part of."""
    kind: _Kind = _Kind.WORD

    @property
    def figure(self) -> bool:
        """Return whether this is part of a row's number."""
        return self.kind is not _Kind.WORD

    @property
    def doubtful(self) -> bool:
        """Return whether this may as well be an ordinary word."""
        return self.kind in {_Kind.SMALL, _Kind.ORDINAL}

    @property
    def small(self) -> bool:
        """Return whether this is a word of every sentence, beside a number."""
        return self.kind is _Kind.SMALL

    @property
    def one_digit(self) -> bool:
        """Return whether this is one digit."""
        return self.figure and digit_of(self.text) is not None


def rows(said: Sequence[str], *, eager: bool) -> list[tuple[Token, ...]]:
    """Return the rows of numbers in folded words, with what stands between the digits.

    `eager`: a code is expected, so that all that sounds like a digit counts.
    """
    tokens = tokens_of(said, eager=eager)
    found: list[tuple[Token, ...]] = []
    for row in _rows(tokens):
        if eager or not is_talk(row):
            found.append(row)
        else:
            plain = [
                replace(token, text=said[token.place], kind=_Kind.WORD)
                if token.doubtful
                else token
                for token in row
            ]
            found.extend(_rows(plain))
    return found


def tokens_of(said: Sequence[str], *, eager: bool) -> list[Token]:
    """Return folded words, those that stand for numbers as such."""
    return _heard(list(_tokens(said, eager=eager)), eager=eager)


def _tokens(said: Sequence[str], *, eager: bool) -> Iterator[Token]:
    for place, word in enumerate(said):
        if is_number(word) or word in REPEATS:
            yield Token(word, place, _Kind.NUMBER)
        elif word in _ORDINALS:
            yield Token(str(_ORDINALS[word]), place, _Kind.ORDINAL)
        elif eager and word in _SOUNDS:
            yield Token(str(_SOUNDS[word]), place, _Kind.SOUND)
        elif parts := _written_together(word):
            yield from (Token(part, place, _Kind.NUMBER) for part in parts)
        else:
            yield Token(word, place)


def _written_together(word: str) -> list[str]:
    """Return the numbers of "fourseven", none for any other word."""
    if len(word) > _LONGEST_RUN:
        return []
    parts: list[str] = []
    at = 0
    while at < len(word):
        if (part := _RUN.match(word, at)) is None:
            return []
        parts.append(part[0])
        at = part.end()
    return parts


def _heard(tokens: list[Token], *, eager: bool) -> list[Token]:
    """Return tokens in which what sounds like a number beside others is one."""
    heard = list(tokens)
    order = range(len(heard))
    for places, step in ((order, -1), (reversed(order), 1)):
        for place in places:
            beside = heard[place + step] if 0 <= place + step < len(heard) else None
            heard[place] = _taken(heard[place], beside, eager=eager)
    for place, token in enumerate(heard):
        before = heard[max(place - 2, 0) : place]
        if (token.text in PLURALS and before and _is_count(before[-1])) or (
            token.text in TIMES
            and before
            and _is_count(before[-1])
            and (eager or (len(before) > 1 and before[0].figure))
            and place + 1 < len(heard)
            and heard[place + 1].one_digit
        ):
            heard[place] = replace(token, kind=_Kind.NUMBER)
    return heard


def _taken(token: Token, beside: Token | None, *, eager: bool) -> Token:
    """Return a token as the number it sounds like, where another is beside it."""
    if token.figure or beside is None or not beside.figure:
        return token
    if (number := _SOUNDS.get(token.text)) is not None:
        return replace(token, text=str(number), kind=_Kind.SOUND)
    small = _SMALL_WORDS.get(token.text)
    if small is not None and (eager or beside.one_digit):
        return replace(token, text=str(small), kind=_Kind.SMALL)
    return token


def _is_count(token: Token) -> bool:
    return token.figure and (digit_of(token.text) or 0) > 1


def _rows(tokens: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """Yield the rows of numbers, whatever stands between the digits."""
    start = 0
    while start < len(tokens):
        if not tokens[start].figure:
            start += 1
            continue
        end = start + 1
        while True:
            more = end
            while (
                more < len(tokens)
                and more - end < _MOST_BETWEEN
                and tokens[more].text in BETWEEN
                and not tokens[more].figure
            ):
                more += 1
            if more == len(tokens) or not tokens[more].figure:
                break
            end = more + 1
        yield tuple(tokens[start:end])
        start = end


def is_talk(row: Sequence[Token]) -> bool:
    """Return whether the doubtful words of a row are ordinary ones.

    They are digits among three times as many that are certain, all of them single; and
    ordinals that do not merely count on: "first, second, third".
    """
    figures = [token for token in row if token.figure]
    doubtful = [token for token in figures if token.doubtful]
    if not doubtful:
        return False
    if not all(t.one_digit or t.text in REPEATS for t in figures):
        return True
    if all(token.kind is _Kind.ORDINAL for token in figures):
        counted = [token.text for token in figures]
        return counted == sorted(set(counted))
    small = sum(token.small for token in figures)
    return (len(figures) - small) < 3 * small
