"""A skill's own sentences, `sentences/<language>.yaml` in its folder.

They are written in hassil's format, which is that of Home Assistant's sentences, and
read without case, accents and hyphens, as people type and speech-to-text writes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

import yaml
from hassil.intents import Intents
from hassil.recognize import recognize_best

from ...engines.language import LANGUAGES, bare, fold, words

MOST_WORDS = 40
"""Words of an utterance that sentences are held against."""

_ELIDED: Final = re.compile(r"\b(c|d|j|jusqu|l|m|n|qu|s|t)'(?=\S)")
_HYPHEN: Final = re.compile(r"(?<=\w)-(?=\w)")
_REFERENCE: Final = re.compile(r"<[^>]*>|\{[^}]*\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence of the skill's that was said."""

    intent: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    """The folded words that were held against the sentences."""


class Sentences:
    """What an utterance can be for one skill, by language."""

    def __init__(self, intents: Mapping[str, Intents]) -> None:
        self._intents = intents
        self._keywords = {
            language: _keywords(parsed) for language, parsed in intents.items()
        }

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read and parse all languages; blocks. Raises ValueError for a bad sentence."""
        found: dict[str, Intents] = {}
        for language in LANGUAGES:
            path = folder / "sentences" / f"{language}.yaml"
            if path.is_file():
                data = yaml.safe_load(path.read_text("utf-8"))
                found[language] = Intents.from_dict(_folded(data))
                for intent in found[language].intents.values():
                    for each in intent.data:
                        _ = each.sentences  # parsed here, not when first said
        return cls(found)

    def might(self, text: str, language: str) -> bool:
        """Return at once whether any word of a text is one of the sentences' keywords."""
        if (keywords := self._keywords.get(language)) is None:
            return False
        return keywords == frozenset() or any(
            word.fold in keywords for word in words(text)
        )

    def read(self, text: str, language: str) -> Said | None:
        """Return which sentence a text is, from its first to its last word.

        Takes milliseconds: not for the event loop.
        """
        forms = folded_forms(text, language)
        return next(filter(None, (self.read_folded(x, language) for x in forms)), None)

    def read_folded(self, said: str, language: str) -> Said | None:
        """Return which sentence folded words are."""
        if language not in self._intents:
            return None
        result = recognize_best(said, self._intents[language], language=language)
        if result is None:
            return None
        slots = {name: entity.value for name, entity in result.entities.items()}
        return Said(intent=result.intent.name, slots=slots, text=said)


def folded_forms(text: str, language: str) -> list[str]:
    """Return the folded words of a text without what is polite around it, then all.

    None for a text that is too long to be one sentence.
    """
    forms = (bare(text, language), text)
    said = [" ".join(word.fold for word in words(form)) for form in forms]
    return [
        form for form in dict.fromkeys(said) if form and form.count(" ") < MOST_WORDS
    ]


def _keywords(intents: Intents) -> frozenset[str]:
    """Return the words of which one is in every sentence, none where that is unknown."""
    found: set[str] = set()
    for intent in intents.intents.values():
        for data in intent.data:
            if not data.required_keywords:
                return frozenset()
            found |= data.required_keywords
    return frozenset(found)


def _folded(value: Any, key: str = "") -> Any:
    """Return sentences as utterances are folded; names of rules and slots stay."""
    match value:
        case str() if key not in {"out", "language", "wildcard"}:
            return _template(value)
        case list():
            return [_folded(item, key) for item in value]
        case dict():
            if key in {"slots", "metadata", "requires_context", "excludes_context"}:
                return value
            return {name: _folded(item, name) for name, item in value.items()}
    return value


def _template(text: str) -> str:
    kept = _REFERENCE.findall(text)
    parts = [
        _ELIDED.sub(r"\1' ", _HYPHEN.sub(" ", fold(part)))
        for part in _REFERENCE.split(text)
    ]
    return "".join(p for pair in zip(parts, [*kept, ""], strict=True) for p in pair)
