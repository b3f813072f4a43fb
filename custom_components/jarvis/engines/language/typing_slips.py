"""Slips of the fingers: "trun" for "turn", "fermme" for "ferme", "shuter" for "shutter"."""

from collections.abc import Container, Iterator

_SHORTEST = 4
"""Letters of a word in which a slip is looked for: shorter ones are other words."""


def retyped(word: str, known: Container[str]) -> str:
    """Return the one known word that a folded word is a slip of, else the word.

    Two letters that changed places, or one that is doubled or single by mistake.
    """
    if len(word) < _SHORTEST or not word.isalpha() or word in known:
        return word
    meant = {other for other in _slips(word) if other in known}
    return meant.pop() if len(meant) == 1 else word


def _slips(word: str) -> Iterator[str]:
    for place in range(len(word) - 1):
        one, two = word[place], word[place + 1]
        if one == two:
            yield word[:place] + word[place + 1 :]
        else:
            yield word[:place] + two + one + word[place + 2 :]
        yield word[: place + 1] + word[place:]
