"""Words of an utterance as numbers: hashed letter groups, and whether the home knows them.

Training uses these very functions: a change here asks for new weights.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

LONGEST = 64
"""Words that are read of an utterance; what comes after is left out."""
GROUPS = 24
"""Letter groups that are kept of a word."""
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+['’]?|[^\w\s]")
_SIZES = (3, 4, 5)
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark, and where it stands in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Names:
    """The folded words in the names of a home's things, and in those of its places."""

    things: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


def tokens(text: str) -> list[Token]:
    """Return the first words of a text: "l'entrée" is two, a number is one."""
    found = []
    for match in _TOKEN.finditer(text):
        found.append(Token(match[0], *match.span()))
        if len(found) == LONGEST:
            break
    return found


def folded(text: str) -> str:
    """Return a word without case and accents."""
    text = text.casefold().replace("’", "'")
    if text.isascii():
        return text
    decomposed = unicodedata.normalize(
        "NFD", text.replace("œ", "oe").replace("æ", "ae")
    )
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=8192)
def ids_of(word: str, buckets: int) -> tuple[int, ...]:
    """Return the numbers of a word's letter groups, 1 to `buckets` - 1, at most GROUPS.

    The word itself comes first; 0 is kept for "none".
    """
    low = word.casefold().replace("’", "'")
    fold = folded(word)
    groups = [f"={fold}"]
    if fold != low:
        groups.append(f"~{low}")
    if fold[:1].isdigit():
        whole = re.split(r"[.,]", fold)[0]
        groups += [f"#{len(whole)}", "#." if whole != fold else "#"]
    framed = f"^{fold}$"
    for size in _SIZES:
        groups += [framed[at : at + size] for at in range(len(framed) - size + 1)]
    unique = dict.fromkeys(groups)
    return tuple(1 + crc32(g.encode()) % (buckets - 1) for g in list(unique)[:GROUPS])


def known_words(names: Iterable[str]) -> frozenset[str]:
    """Return the words of names that tell something: three letters and more."""
    return frozenset(
        fold
        for name in names
        for token in tokens(name)
        if len(fold := folded(token.text)) >= _SHORTEST_NAME and fold.isalpha()
    )


def marks_of(word: str, names: Names) -> int:
    """Return 0 for a word that the home's names do not hold, 1 thing, 2 place, 3 both."""
    fold = folded(word)
    return (fold in names.things) + 2 * (fold in names.places)
