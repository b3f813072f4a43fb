"""Finds what an utterance asks about, where it may be the weather."""

import re
from collections.abc import Sequence
from typing import Final

from .asked import Clause
from .vocabulary import Topic, Vocabulary

TAIL: Final = {
    "fr": re.compile(
        r"(?<!\S)(?:pour|sur|avec|quand|car|parce|puisque|comme|avant|apres|pendant|chez|dans"
        r"|a|au|aux|et)(?!\S).*$"
    ),
    "en": re.compile(
        r"(?<!\S)(?:for|on|with|when|while|as|because|before|after|during|in|at|to|and|over)"
        r"(?!\S).*$"
    ),
}
"""A reason, or whom it is for."""
ITEMS: Final = frozenset({"umbrella", "sunwear", "coat", "light", "wear"})
_LIGHT: Final = frozenset({"sunrise", "sunset"})
FALLS: Final = frozenset(
    {"rain", "snow", "storm", "hail", "fog", "frost", "wind", "clouds"}
)
DEEDS: Final = frozenset({"outdoors", "boating", "plants", "water"})
_SKY: Final = frozenset({"rain", "snow", "storm", "sun", "clouds", "fog"})
_OR: Final = re.compile(r"(?<!\S)(?:ou|or)(?!\S)")


def find_topic(
    vocabulary: Vocabulary, clauses: Sequence[Clause], timed: bool
) -> tuple[str, Clause, bool] | None:
    """Return what is asked about, where, and whether it is the weather for sure."""
    whole = " ".join(clause.said for clause in clauses)
    named = [
        (topic, clause, bool(topic.sure.search(whole)))
        for topic in vocabulary.topics
        if (clause := _where(topic, clauses)) is not None
    ]
    sure_ones = {topic.name for topic, _, sure in named if sure}
    chosen = vocabulary.has("most", whole)
    dated = chosen or vocabulary.has("when", whole)
    may = any(vocabulary.has("may", clause.said) for clause in clauses)
    taken: list[tuple[str, Clause, bool]] = []
    for topic, clause, sure in named:
        name = topic.name
        others = sure_ones - {name, "general"}
        if name in DEEDS:
            fits = may and (
                timed or chosen or vocabulary.has("outside", whole) or bool(others)
            )
        elif sure:
            fits = True
        else:
            fits = (
                timed
                or dated
                or bool(sure_ones - {name})
                or vocabulary.has("outside", whole)
                or (name in ITEMS and vocabulary.has("wearing", whole))
                or (topic.name in {"cold", "warm"} and clause.marked and len(clause.said.split()) < 4)
            )  # fmt: skip
            if not topic.maybe.search(whole):
                fits = timed and _is_known(vocabulary, topic, clause)
        if fits:
            taken.append((name, clause, sure))
    return _chosen(vocabulary, taken, whole) if taken else None


def _chosen(
    vocabulary: Vocabulary, taken: Sequence[tuple[str, Clause, bool]], whole: str
) -> tuple[str, Clause, bool]:
    """Return which of several topics is asked about."""
    names = {name for name, _, _ in taken}
    first = taken[0]
    if first[0] in _LIGHT:
        # "Will it freeze at dawn?"
        first = next((each for each in taken if each[2] and each[0] in FALLS), first)
    if first[0] == "rain" and "outdoors" in names and vocabulary.has("can", whole):
        # "Can I paint it without getting rained on?": a yes has to be one to that.
        return "outdoors", first[1], first[2]
    if _OR.search(whole) and len(names & _SKY) > 1 and first[0] in _SKY:
        return "general", first[1], first[2]
    if {"high", "low"} <= names or {"cold", "warm"} <= names:
        return "temperature", first[1], first[2]
    return first


def _where(topic: Topic, clauses: Sequence[Clause]) -> Clause | None:
    """Return the clause with a topic, None for none; it reads best without times."""
    for pattern in (topic.sure, topic.maybe, topic.whole):
        for clause in clauses:
            if pattern.search(clause.rest) or pattern.search(clause.said):
                return clause
    return None


def _is_known(vocabulary: Vocabulary, topic: Topic, clause: Clause) -> bool:
    """Return whether a clause says no more than what is known."""
    said = topic.whole.sub(" ", clause.rest, count=1)
    said = TAIL[vocabulary.language].sub(" ", said)
    return not vocabulary.without_known(said)


def unknown(vocabulary: Vocabulary, clause: Clause) -> frozenset[str]:
    """Return the words of a clause that nothing is known of, but for a reason."""
    said = TAIL[vocabulary.language].sub(" ", clause.rest)
    return frozenset(vocabulary.without_known(said or clause.rest).split())
