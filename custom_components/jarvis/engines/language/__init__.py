"""What Jarvis knows of French and English: nouns, articles, lists, languages."""

from .phrases import (
    LANGUAGES,
    NounPhrase,
    counted,
    enumerate_phrases,
    named,
    room,
    speech_language,
)

__all__ = [
    "LANGUAGES",
    "NounPhrase",
    "counted",
    "enumerate_phrases",
    "named",
    "room",
    "speech_language",
]
