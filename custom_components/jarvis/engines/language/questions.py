"""Reads everyday questions: what is on, how warm it is, what time it is.

A question is only read where all of its words have a place in it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from . import grammar_en, grammar_fr, questions_en, questions_fr
from .grammar import joined
from .text import Word, folded, words


class Asking(StrEnum):
    """What a question is about."""

    TEMPERATURE = "temperature"
    HUMIDITY = "humidity"
    STATE = "state"
    """Whether something is as it was said."""
    WHICH = "which"
    """What is as it was said."""
    TIME = "time"
    DATE = "date"
    WEATHER = "weather"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing that is asked."""

    asking: Asking
    target: tuple[str, ...] = ()
    """Folded words that name a thing, or its kind."""
    where: tuple[str, ...] = ()
    """Folded words that name a room."""
    state: str = ""
    """"on", "off", "open", "closed", "locked" or "unlocked"."""
    plain: str = ""
    """The same question in words that Home Assistant knows."""


_MOST_WORDS = 25

_PATTERNS: Mapping[str, Sequence[tuple[Asking, re.Pattern[str]]]] = MappingProxyType(
    {
        language: [
            (Asking(asking), re.compile(pattern)) for asking, pattern in module.PATTERNS
        ]
        for language, module in (("fr", questions_fr), ("en", questions_en))
    }
)
_STATES = {"fr": questions_fr.STATES, "en": questions_en.STATES}
_PLAIN = {"fr": questions_fr.PLAIN, "en": questions_en.PLAIN}
_PREFIX = {
    "fr": re.compile(questions_fr.PREFIX),
    "en": re.compile(questions_en.PREFIX),
}
_GRAMMARS = {"fr": grammar_fr, "en": grammar_en}


def read_question(text: str, language: str) -> Question | None:
    """Return what is asked, None when this is no question that is known."""
    said = words(text)
    if not said or len(said) > _MOST_WORDS:
        return None
    marked = text.rstrip().endswith("?")
    for part in _forms(said, language):
        heard = joined(part)
        # A mark tells "the light is on?" from the news that it is.
        heard = f"{heard} ?" if marked else heard
        for asking, pattern in _PATTERNS[language]:
            if match := pattern.fullmatch(heard):
                return _question(asking, match, language)
    return None


def _forms(said: Sequence[Word], language: str) -> list[Sequence[Word]]:
    """Return the words as they are, and without what is said for politeness."""
    grammar = _GRAMMARS[language]
    bare = grammar.strip_back(said)
    forms = [said, bare, grammar.strip_front(bare)]
    # The barest first: in "can you tell me if the light is on" the light is asked for.
    asked = [
        form[len(match[0].split()) :]
        for form in reversed(forms)
        if (match := _PREFIX[language].match(joined(form)))
    ]
    forms = asked + forms
    return [form for form in forms if form]


def _question(asking: Asking, match: re.Match[str], language: str) -> Question:
    found = {name: words_ for name, words_ in match.groupdict().items() if words_}
    state = found.get("state", "")
    known = next(
        (word for pattern, word in _STATES[language] if re.fullmatch(pattern, state)),
        "",
    )
    return Question(
        asking=asking,
        target=folded(found.get("what", "")),
        where=folded(found.get("where", "")),
        state=known,
        plain=_PLAIN[language].get(asking.value, ""),
    )
