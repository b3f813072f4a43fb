"""Reads a question about the weather: what is asked, for when, and for where."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from ...engines.language import Period, Span, find_period, words
from ..base import Said, Sentences, folded_forms

MOST_PLACE = 4
"""Words that name a place."""

_IN: Final[Mapping[str, re.Pattern[str]]] = {
    "fr": re.compile(
        r" (?P<prep>a|au|aux|en|sur|dans|pour|chez|de|d'|du|vers|pres de|pres d'|cote de)"
        r"(?: (?:la|le|les|l'))? (?P<place>\S.*)$"
    ),
    "en": re.compile(
        r" (?P<prep>in|at|for|near|around|over|on) (?:the )?(?P<place>\S.*)$"
    ),
}
_LOOSE: Final = frozenset({"de", "d'", "du", "pour", "for", "over", "on"})
OUTSIDE: Final = frozenset(
    {"dehors", "exterieur", "exterieure", "exterieures", "outside", "outdoor",
     "outdoors", "jardin", "garden", "terrasse", "balcon", "terrace", "balcony"}
)  # fmt: skip
_CONTRACTED: Final = re.compile(r"\b(what|how|when|it|there)s\b")
"""How one types "what's"."""
_PRESENT: Final = frozenset({Span.NOW, Span.DAY})
_CHANCE: Final = re.compile(
    r"\b(?:quel\w* \w+ l\w* (?:risques?|chances?|probabilites?|pourcentages?)"
    r"|(?:chances?|probability|likelihood|odds|percentage|how likely))\b"
)
_STATEMENT: Final[Mapping[str, re.Pattern[str]]] = {
    "fr": re.compile(r"(?:mais |oh |dis donc |ah )?(?:il|ca|c'|on) (?:pleut|neige|gele|fait|est|y a|flotte|mouille)\b"
                     r"(?! (?:combien|quel|quelle|quoi|comment))"),
    "en": re.compile(r"(?:but |oh |wow )?(?:it's|it is|there's|there is) "),
}  # fmt: skip
"""How one says what the weather is, unless it is a question."""
_FOLLOWING: Final[Mapping[str, re.Pattern[str]]] = {
    "fr": re.compile(r"(?:et|ou|mais|alors|ok|d'accord|bon)(?: (?:alors|pour))?|"),
    "en": re.compile(
        r"(?:and|what about|how about|what of|but|ok|okay|then|so)(?: (?:what|how) about)?"
        r"(?: for| on)?|"
    ),
}
_BARE: Final[Mapping[str, frozenset[str]]] = {
    "fr": frozenset({"meteo", "la meteo", "previsions", "previsions meteo"}),
    "en": frozenset({"weather", "the weather", "forecast", "the forecast"}),
}
"""Words after which a place stands without "in"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question about the weather."""

    about: str
    """What kind of question: a name of the intents in `sentences`."""
    topic: str
    """"rain", "general", "umbrella" …"""
    period: Period | None = None
    """None for no time that was named."""
    place: str = ""
    """Folded words of a place that was named."""
    chance: bool = False
    """True when it is asked how likely it is."""
    outside: bool = False
    """True when it was said that the outside is meant."""


def read(sentences: Sentences, text: str, language: str, now: datetime) -> Said | None:
    """Return the question as the slot "asked" of a sentence; None for none."""
    for form in folded_forms(text, language):
        said = _CONTRACTED.sub(r"\1's", form)
        period, rest = find_period(said, language, now)
        present = period is None or (period.start <= now and period.span in _PRESENT)
        if present and "?" not in text and _STATEMENT[language].match(said):
            return None
        for part, place, loose in _split(rest, language):
            found = sentences.read_folded(part, language)
            if found is not None and not (loose and found.intent != "General"):
                asked = Asked(
                    about=found.intent,
                    topic=str(found.slots.get("topic") or "rain"),
                    period=period,
                    place=place,
                    chance=bool(_CHANCE.search(said)),
                    outside=not OUTSIDE.isdisjoint(said.split()),
                )
                return Said(intent=found.intent, slots={"asked": asked}, text=said)
    return None


def follows(text: str, language: str, now: datetime) -> Period | None:
    """Return the time that the same is asked for: "and tomorrow?"; None for none."""
    for said in folded_forms(text, language):
        period, rest = find_period(said, language, now)
        if period is not None and _FOLLOWING[language].fullmatch(rest):
            return period
    return None


def _split(said: str, language: str) -> Iterator[tuple[str, str, bool]]:
    """Yield a sentence and the place in it, the likeliest first.

    And whether only a question about "the weather" may be followed by a place so: the
    temperature "of the oven" is none of the weather's.
    """
    yield said, "", False
    end = len(said)
    while (match := _last(_IN[language], said, end)) is not None:
        place = match["place"]
        if place.count(" ") >= MOST_PLACE:
            return
        yield said[: match.start()], place, match["prep"] in _LOOSE
        end = match.start()
    for cut in range(len(said.split()) - 1, 0, -1):
        parts = said.split()
        if " ".join(parts[:cut]) in _BARE[language]:
            yield " ".join(parts[:cut]), " ".join(parts[cut:]), True
        if language == "en" and " ".join(parts[-cut:]) in _BARE[language]:
            yield " ".join(parts[-cut:]), " ".join(parts[:-cut]), True


def _last(pattern: re.Pattern[str], said: str, end: int) -> re.Match[str] | None:
    """Return the match that begins last, before a place in the text."""
    for start in range(end - 1, -1, -1):
        if said[start] == " " and (match := pattern.match(said, start)):
            return match
    return None


def plain(value: Any) -> str:
    """Return a name as it is said."""
    return " ".join(word.fold for word in words(str(value)))
