"""What questions about the weather are made of, `vocabulary/<language>.yaml`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import yaml

from ...engines.language import LANGUAGES

_NOTHING: Final = ("(?!)",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What may be asked about, and the words for it."""

    name: str
    sure: re.Pattern[str]
    """Words that are about the weather whatever stands beside them."""
    maybe: re.Pattern[str]
    """Words that are only beside a time, the outside …"""
    whole: re.Pattern[str]
    """Words that are only where all else of the sentence is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words of one language; all patterns are for folded words."""

    language: str
    topics: tuple[Topic, ...]
    """Those that come first are meant where several are named."""
    forms: Mapping[str, re.Pattern[str]]
    """Words that tell how it is asked, and what is no question, by name."""
    places: Mapping[str, re.Pattern[str]]
    here: frozenset[str]

    @classmethod
    def load(cls, folder: Path) -> Mapping[str, Self]:
        """Read all languages; blocks."""
        return {
            language: cls._of(
                language,
                yaml.safe_load(
                    (folder / "vocabulary" / f"{language}.yaml").read_text("utf-8")
                ),
            )
            for language in LANGUAGES
        }

    @classmethod
    def _of(cls, language: str, data: Mapping[str, Any]) -> Self:
        return cls(
            language=language,
            topics=tuple(
                Topic(
                    name=name,
                    **{
                        key: _pattern(words.get(key, _NOTHING))
                        for key in ("sure", "maybe", "whole")
                    },
                )
                for name, words in data["topics"].items()
            ),
            forms={name: _pattern(words) for name, words in data["forms"].items()},
            places={
                name: re.compile(words)
                for name, words in data["places"].items()
                if isinstance(words, str)
            },
            here=frozenset(data["places"]["here"]),
        )

    def has(self, form: str, said: str) -> bool:
        """Return whether folded words have one of a form."""
        return bool(self.forms[form].search(said))

    def might(self, said: str) -> bool:
        """Return at once whether folded words name anything of the weather."""
        return any(
            pattern.search(said)
            for topic in self.topics
            for pattern in (topic.sure, topic.maybe, topic.whole)
        )

    def without_known(self, said: str) -> str:
        """Return the folded words that no topic and no form knows."""
        for topic in self.topics:
            said = topic.maybe.sub(" ", topic.sure.sub(" ", said))
        for name in _ASKING:
            said = self.forms[name].sub(" ", said)
        return " ".join(said.split())


_ASKING: Final = (
    "asks", "ahead", "tells", "may", "wearing", "when", "end", "most", "amount", "chance",
    "measure", "outside", "than", "limit", "knots", "present", "small",
)  # fmt: skip
"""Forms that are part of a question about the weather."""


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{'|'.join(words)})(?!\S)")
