"""Names of things as they stand in a sentence: with article, gender and number."""

from collections.abc import Sequence
from typing import Protocol

from . import english, french
from .nouns import NounPhrase

__all__ = [
    "LANGUAGES",
    "NounPhrase",
    "counted",
    "enumerate_choices",
    "enumerate_phrases",
    "named",
    "none_of",
    "of_phrase",
    "others_of",
    "speech_language",
]

LANGUAGES = ("fr", "en")
"""Languages that Jarvis's own sentences are written in."""


class _Rules(Protocol):
    """What the module of a language offers."""

    def named(self, name: str) -> NounPhrase: ...

    def counted(self, count: int, kind: str, area: str | None) -> NounPhrase: ...

    def others_of(self, count: int, kind: str) -> str: ...

    def of_phrase(self, text: str) -> str: ...

    def none_of(self, kind: str, area: str | None) -> str: ...


_RULES: dict[str, _Rules] = {"fr": french, "en": english}


def speech_language(tag: str) -> str:
    """Return the language to speak in for a language tag, "fr-CA" gives "fr".

    Languages without sentences of their own get English.
    """
    language = tag.replace("_", "-").partition("-")[0].casefold()
    return language if language in LANGUAGES else "en"


def named(name: str, language: str) -> NounPhrase:
    """Return the name of a thing with its article: "Lampe" gives "la lampe" (fs)."""
    return _RULES[language].named(name)


def counted(count: int, kind: str, area: str | None, language: str) -> NounPhrase:
    """Return things of a kind, all of an area: "les 3 lumières du salon" (fp).

    `kind` is a domain of Home Assistant ("light"); a count of one gives the singular,
    an unknown kind "appareils".
    """
    return _RULES[language].counted(count, kind, area)


def others_of(count: int, kind: str, language: str) -> str:
    """Return how many more things of a kind there are: "4 autres lumières"."""
    return _RULES[language].others_of(count, kind)


def of_phrase(text: str, language: str) -> str:
    """Join a phrase to the noun before it: "le salon" gives "du salon"."""
    return _RULES[language].of_phrase(text)


def none_of(kind: str, area: str | None, language: str) -> str:
    """Return what is missing: "aucune fenêtre du salon", "any living room windows"."""
    return _RULES[language].none_of(kind, area)


def enumerate_phrases(phrases: Sequence[str], language: str) -> str:
    """Join phrases: "a, b et c"."""
    return _join(phrases, {"fr": " et ", "en": " and "}[language])


def enumerate_choices(phrases: Sequence[str], language: str) -> str:
    """Join phrases of which one is to be chosen: "a, b ou c"."""
    return _join(phrases, {"fr": " ou ", "en": " or "}[language])


def _join(phrases: Sequence[str], conjunction: str) -> str:
    *front, last = phrases
    return ", ".join(front) + conjunction + last if front else last
