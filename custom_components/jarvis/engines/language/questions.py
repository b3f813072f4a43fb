"""Reads everyday questions: what is on, who is home, how warm it is, what time it is.

A question is only read where all of its words have a place in it. Whether its words name
anything of the home is not known here.
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

    IS = "is"
    """Whether something is in a state: "is the door open?"."""
    ANY = "any"
    """Whether something of a kind is: "is any window open?"."""
    ALL = "all"
    """Whether all of a kind are: "are all windows closed?"."""
    WHICH = "which"
    COUNT = "count"
    PLACE = "place"
    """Whether someone is in a place: "is Paul at work?"."""
    WHERE = "where"
    VALUE = "value"
    """What is measured, or the state of a thing."""
    SETPOINT = "setpoint"
    """What a thermostat is set to."""
    PLAYING = "playing"
    TIME = "time"
    DATE = "date"
    WEATHER = "weather"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing that is asked."""

    asking: Asking
    target: tuple[str, ...] = ()
    """Folded words that name things, or their kind."""
    where: tuple[str, ...] = ()
    """Folded words that name a room, a floor or a zone."""
    state: str = ""
    """"on", "off", "open", "closed", "locked", "unlocked", "armed", "disarmed", "home",
    "away", "playing", "paused", "low" or "detected"."""
    negated: bool = False
    """True for "which one is not closed?"."""
    plain: str = ""
    """The same question in words that Home Assistant knows."""


_MOST_WORDS = 25
_NONE = frozenset({"no", "none", "none of", "nobody", "no one", "aucun", "aucune"})
_ASKINGS = frozenset(Asking)

_PATTERNS: Mapping[str, Sequence[tuple[str, re.Pattern[str]]]] = MappingProxyType(
    {
        language: [(asking, re.compile(pattern)) for asking, pattern in module.PATTERNS]
        for language, module in (("fr", questions_fr), ("en", questions_en))
    }
)
_STATES = {"fr": questions_fr.STATES, "en": questions_en.STATES}
_PLAIN = {"fr": questions_fr.PLAIN, "en": questions_en.PLAIN}
_QUANTIFIERS = {"fr": questions_fr.QUANTIFIERS, "en": questions_en.QUANTIFIERS}
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


def read_state(said: str, language: str) -> str:
    """Return the state that folded words say, as in `Question.state`, "" for none."""
    return next(
        (word for pattern, word in _STATES[language] if re.fullmatch(pattern, said)),
        "",
    )


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


def _question(kind: str, match: re.Match[str], language: str) -> Question:
    found = {name: words_ for name, words_ in match.groupdict().items() if words_}
    known = read_state(found.get("state", "").strip(), language)
    # A pattern of a measure is named by what is measured.
    asking = Asking(kind) if kind in _ASKINGS else Asking.VALUE
    target = folded(found.get("what", ""))
    if asking is Asking.IS:
        asking = _quantity(found, language) or asking
    if asking is Asking.VALUE and kind != Asking.VALUE:
        target = (kind, *target)
    negated = "neg" in found
    if found.get("q", "").strip() in _NONE:
        # "Is no window open?": a yes could mean either, so it is told which ones are.
        asking = Asking.WHICH
    return Question(
        asking=asking,
        target=target,
        where=folded(found.get("where", "")),
        state=known or ("detected" if "detected" in found else ""),
        negated=negated,
        plain=_PLAIN[language].get(asking.value, ""),
    )


def _quantity(found: Mapping[str, str], language: str) -> Asking | None:
    """Return what a word says of how many are meant."""
    for name in ("q", "all"):
        said = found.get(name, "").strip()
        for pattern, asking in _QUANTIFIERS[language]:
            if said and re.fullmatch(pattern, said):
                return Asking(asking)
    return None
