"""The value that the rules of each language return, and what they share."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NounPhrase:
    """A thing as the subject of a sentence."""

    text: str
    form: str
    """What verbs and adjectives agree with: "ms", "fs", "mp", "fp" in French, "s" or
    "p" in English."""


def in_running_text(name: str) -> str:
    """Write a name as it stands inside a sentence.

    A name in title case loses its capitals, one in sentence case its first; words with
    capitals of their own ("LED", "iPhone", "Alice's") keep them.
    """
    words = name.split()
    titled = all(word[:1].isupper() for word in words if word[:1].isalpha())
    return " ".join(
        word[:1].lower() + word[1:]
        if (titled or place == 0) and _common(word)
        else word
        for place, word in enumerate(words)
    )


def _common(word: str) -> bool:
    rest = word[1:]
    return rest == rest.lower() and len(word) > 1 and not word.endswith(("'s", "’s"))
