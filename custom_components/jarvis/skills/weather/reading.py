"""Reads a question about the weather: what is asked, how, for when, and for where.

An utterance is no sentence of a grammar here: people give reasons, begin with the day, or
ask behind a comma. So its words are read: a topic, what makes it a question, a time. What
is no question about the weather has words of its own, orders above all.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from ...engines.language import (
    Period,
    digits_for_numbers,
    find_period,
    read_acts,
    read_courtesy,
    words,
)
from .asked import Asked, Clause, Kind
from .place_names import find_place
from .topics import DEEDS, FALLS, ITEMS, find_topic, unknown
from .vocabulary import Vocabulary

MOST_WORDS: Final = 45
_CLAUSE: Final = re.compile(r"(?:[^.!?…;:,()\n]|(?<=\d)[.,:](?=\d))+[.!?…;:,()\n]*")
_CONTRACTED: Final = re.compile(r"\b(what|how|when|where|who|which|it|there|that)s\b")
_NEGATED: Final = re.compile(r"\b(do|does|did|is|are|was|wo|ca|could|should|would)nt\b")
"""How one types "what's" and "don't"."""
_ORDERS: Final = frozenset({"order", "need"})
_OWN: Final = re.compile(r"(?:i|i'm|i've|we|we're|j'|je|on|nous|(?:il )?(?:faut|faudra) (?:que|un|une|les|des|la|le|l'|du|de la)|what|how|any)(?!\S)")  # fmt: skip
"""How one begins who speaks of what they will do themselves, or asks for short."""
_THERMAL: Final = frozenset(
    {"temperature", "cold", "warm", "high", "low", "humidity", "feels"}
)
_SIDES: Final = re.compile(r"(?<!\S)(?:que|qu'|than|ou|or)(?!\S)")
_IN: Final = (
    r"(?:dans|en|a|au|de|du|in|at|of|from)(?: (?:la|le|les|l'|ma|mon|the|my|our))?"
)


def fold_said(text: str) -> str:
    """Return folded words, with the apostrophes that one leaves out in typing."""
    said = " ".join(word.fold for word in words(text))
    return _NEGATED.sub(r"\1n't", _CONTRACTED.sub(r"\1's", said))


def read(vocabulary: Vocabulary, text: str, now: datetime) -> Asked | None:
    """Return the question, None where an utterance is none about the weather."""
    language = vocabulary.language
    clauses = list(_clauses(text, language, now))
    whole = " ".join(clause.said for clause in clauses)
    if (
        not clauses
        or whole.count(" ") >= MOST_WORDS
        or vocabulary.has("never", whole)
        or read_courtesy(text)
    ):
        return None
    periods, timeless = _periods(whole, language, now)
    if len(sides := _SIDES.split(whole)) > 1 and (
        vocabulary.has("than", whole) or vocabulary.has("most", whole)
    ):
        periods = [p for side in sides for p in _periods(side, language, now)[0]]
    found = find_topic(vocabulary, clauses, bool(periods))
    if found is None or not _is_asked(vocabulary, found, clauses, bool(periods), text):
        return None
    topic, clause, sure = found
    rest = unknown(vocabulary, clause)
    near = vocabulary.has("outside", whole) or vocabulary.has("ahead", clause.said)
    if not periods and rest and (topic in DEEDS or not near):
        # "Does the cat like snow?"
        return None
    if vocabulary.has("past", whole):
        if not clause.marked or not sure:
            return None
        return Asked(topic=topic, kind=Kind.PAST)
    asked = _how(vocabulary, topic, clause, clauses, periods)
    return replace(
        asked,
        place=find_place(text, timeless, vocabulary) or _bare_place(topic, rest, whole),
        rest=rest,
    )


def follow(
    vocabulary: Vocabulary, text: str, now: datetime, before: Asked
) -> Asked | None:
    """Return the next question where it only says what is different: "and tomorrow?".

    None where it is a question by itself, or none at all.
    """
    said = fold_said(text)
    if any(read_courtesy(clause) for clause in _CLAUSE.findall(text)) or (
        said.count(" ") >= MOST_WORDS
    ):
        # "Thanks, see you tomorrow"
        return None
    periods, timeless = _periods(said, vocabulary.language, now)
    topic, rest = "", timeless
    for each in vocabulary.topics:
        for pattern in (each.sure, each.maybe):
            if not topic and each.name not in DEEDS and pattern.search(timeless):
                topic, rest = each.name, pattern.sub(" ", timeless, count=1)
    kind = _kind(vocabulary, [timeless], timeless)
    for form in ("when", "end", "amount"):
        rest = vocabulary.forms[form].sub(" ", rest)
    place = find_place(text, timeless, vocabulary)
    for word in place.split():
        rest = rest.replace(word, " ", 1)
    rest = " ".join(vocabulary.forms["small"].sub(" ", rest).split())
    rest = vocabulary.forms["follows"].sub(" ", rest)
    if rest.split() or not (periods or topic or place or kind):
        return None
    return replace(
        before,
        topic=topic or before.topic,
        kind=kind or (before.kind if not topic else Kind.TELL),
        period=periods[0] if periods else before.period,
        others=tuple(periods[1:]),
        place=place or before.place,
        limit=None if topic else before.limit,
    )


def _clauses(text: str, language: str, now: datetime) -> Iterator[Clause]:
    for match in _CLAUSE.finditer(text):
        if said := fold_said(match[0]):
            _, rest = _periods(said, language, now)
            yield Clause(said=said, rest=rest, marked="?" in match[0])


def _periods(said: str, language: str, now: datetime) -> tuple[list[Period], str]:
    """Return all times of folded words, and the words without them."""
    found: list[Period] = []
    while True:
        period, rest = find_period(said, language, now)
        if rest == said:
            return found, rest
        said = rest
        if period is not None:
            found.append(period)


def _is_asked(
    vocabulary: Vocabulary,
    found: tuple[str, Clause, bool],
    clauses: Sequence[Clause],
    timed: bool,
    text: str,
) -> bool:
    """Return whether the weather is asked about, and nothing is to be done."""
    topic, clause, _ = found
    whole = " ".join(each.said for each in clauses)
    inside = vocabulary.forms["inside"].pattern.removeprefix(r"(?<!\S)")
    if re.search(rf"(?<!\S){_IN} {inside}", whole) or (
        topic in _THERMAL and vocabulary.has("inside", whole)
    ):
        return False
    return (
        not _is_conditional(vocabulary, clause)
        and not _orders(vocabulary, text)
        and _is_question(vocabulary, found, clauses, timed)
    )


def _is_question(
    vocabulary: Vocabulary,
    found: tuple[str, Clause, bool],
    clauses: Sequence[Clause],
    timed: bool,
) -> bool:
    """Return whether something is asked about the topic of a clause."""
    topic, clause, sure = found
    if clause.marked:
        return True
    beside = [each for each in clauses if each is not clause]
    if any(each.marked and vocabulary.has("idea", each.said) for each in beside):
        return True
    if any(each.marked and not unknown(vocabulary, each) for each in beside):
        return True
    if any(vocabulary.has("reports", each.said) for each in clauses):
        return False
    said = clause.said
    if any(vocabulary.has(form, said) for form in ("asks", "when", "end", "tells")):
        return True
    if vocabulary.has("ahead", said) and not re.match(r"(?:je|j'|tu|i|you) ", said):
        return True
    strange = unknown(vocabulary, clause)
    if topic in FALLS | {"sun"} and vocabulary.has("present", said):
        return not strange
    # "Rain tomorrow": of what may be something else, "a lovely evening", more is needed.
    if topic == "general" and sure and len(clause.rest.split()) <= _BARE:
        # "Weather Berlin"
        return not vocabulary.has("states", said)
    named = topic in {"general", "umbrella", "temperature"}
    spoken = sure or topic in _THERMAL | ITEMS
    return (named or (timed and spoken)) and not (
        strange or vocabulary.has("states", said)
    )


def _is_conditional(vocabulary: Vocabulary, clause: Clause) -> bool:
    """Return whether the weather is only a condition of something else."""
    match = vocabulary.forms["condition"].search(clause.said)
    return match is not None and not vocabulary.has(
        "tells", clause.said[: match.start()]
    )


def _orders(vocabulary: Vocabulary, text: str) -> bool:
    """Return whether something is to be done, other than to tell the weather."""
    return any(
        part.act.value in _ORDERS
        and part.moves
        and not _OWN.match(" ".join(part.said))
        and not vocabulary.might(" ".join(part.said[:_FEW]))
        and not (
            vocabulary.has("tells", " ".join(part.said))
            and vocabulary.might(" ".join(part.said))
        )
        for part in read_acts(text, vocabulary.language)
        if vocabulary.without_known(" ".join(part.said))
    )


_BARE: Final = 3
_FEW: Final = 2
"""Words with which a part begins that is no order but names a topic."""


def _kind(vocabulary: Vocabulary, said: Sequence[str], topical: str) -> Kind | None:
    """Return how it is asked, None for no word that says so.

    Of what ends beside the topic ("I finish at seven"), nothing is asked.
    """
    for form, kind in (
        ("most", Kind.MOST),
        ("end", Kind.END),
        ("when", Kind.WHEN),
        ("chance", Kind.CHANCE),
        ("amount", Kind.AMOUNT),
    ):
        parts = (topical,) if kind is Kind.END else said
        if any(vocabulary.has(form, each) for each in parts):
            return kind
    return None


def _how(
    vocabulary: Vocabulary,
    topic: str,
    clause: Clause,
    clauses: Sequence[Clause],
    periods: Sequence[Period],
) -> Asked:
    """Return how something is asked about a topic."""
    whole = " ".join(each.said for each in clauses)
    kind = _kind(vocabulary, [each.rest for each in clauses], clause.rest)
    if kind is Kind.END and topic not in FALLS | {"sun"}:
        kind = Kind.WHEN if vocabulary.has("when", whole) else None
    limit = vocabulary.forms["limit"].search(
        " ".join(digits_for_numbers(whole.split()))
    )
    than = vocabulary.forms["than"].search(whole)
    less, value = False, None
    if limit and topic in _THERMAL | {"wind", "uv"}:
        kind = Kind.LIMIT
        over, under = limit["over"], limit["under"]
        less, value = under is not None, float(over or under)
    elif kind is Kind.MOST:
        form = "bad" if topic in {"general", *DEEDS} else "least"
        less = vocabulary.has(form, whole)
    elif than and kind not in {Kind.WHEN, Kind.END} and topic not in ITEMS:
        kind = Kind.COMPARE
        groups = than.groupdict()
        less = bool(groups.get("less")) or groups.get("way") in {"moins", "less"}
    if kind is None:
        asks = vocabulary.has("measure", clause.said)
        kind = Kind.TELL if asks else Kind.WHETHER
    return Asked(
        topic=topic,
        kind=kind,
        period=periods[0] if periods else None,
        others=tuple(periods[1:]),
        outside=vocabulary.has("outside", whole),
        less=less,
        limit=value,
        knots=vocabulary.has("knots", whole),
    )


def _bare_place(topic: str, rest: frozenset[str], whole: str) -> str:
    """Return the place of "weather Berlin"."""
    if topic == "general" and rest and len(whole.split()) <= _FEW + len(rest):
        return " ".join(word for word in whole.split() if word in rest)
    return ""
