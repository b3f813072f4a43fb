"""Reads when an order is to be done: "dans dix minutes", "at 7 pm", "demain soir".

Only what stands at the beginning or the end of a sentence is read, and only what is
time for sure: "à 19" may well be degrees.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from . import delays_en, delays_fr, grammar_en, grammar_fr
from .numbers import number_pattern, read_number
from .text import Word, words


class _Grammar(Protocol):
    CONJUNCTIONS: frozenset[str]

    def strip_front(self, said: Sequence[Word]) -> Sequence[Word]: ...

    def strip_back(self, said: Sequence[Word]) -> Sequence[Word]: ...


class _Times(Protocol):
    """What the module of a language offers."""

    CLUES: frozenset[str]
    """Words of which one is in every time that is read here."""
    SPANS: dict[str, float]
    """Seconds of spans that are said without a number."""
    UNITS: dict[str, float]
    ONE: frozenset[str]
    """Articles that count."""
    IN: str
    AND: str
    HALF: str
    CLOCK: str
    """Regular expression of a time of day, with the groups of `_moment`."""
    MORNING: frozenset[str]
    EVENING: frozenset[str]
    TOMORROW: str
    OPEN: str
    """Regular expression of times that are no single moment, or none that is known."""


_LANGUAGES: dict[str, tuple[_Grammar, _Times]] = {
    "fr": (grammar_fr, delays_fr),
    "en": (grammar_en, delays_en),
}


class _Pattern:
    """A time at the beginning or at the end of a sentence."""

    def __init__(self, expression: str) -> None:
        self._first = re.compile(rf"(?P<time>{expression}) (?=\w)")
        self._last = re.compile(rf" (?P<time>{expression})$")
        self.anywhere = re.compile(rf"(?:^|(?<= ))(?P<time>{expression})(?!\S)")

    def find(self, text: str) -> re.Match[str] | None:
        return self._first.match(text) or self._last.search(text)


def _part(times: _Times, language: str) -> str:
    """Return the expression of "2 heures et demie", "an hour", "90 secondes"."""
    number = "|".join([number_pattern(language), *(rf"{x}\b" for x in times.ONE)])
    units = "|".join(sorted(times.UNITS, key=len, reverse=True))
    return rf"(?:{number})(?:{times.HALF})? (?:{units})\b(?:{times.HALF})?"


def _length(times: _Times, language: str) -> str:
    part = _part(times, language)
    more = rf"(?:(?: {times.AND})? {part})*(?: {number_pattern(language)})?"
    spans = "|".join(sorted(times.SPANS, key=len, reverse=True))
    return rf"(?P<span>{spans}|{part}{more})"


def _span(times: _Times, language: str) -> str:
    return rf"(?:{times.IN}) {_length(times, language)}"


_SPANS = {n: _Pattern(_span(t, n)) for n, (_, t) in _LANGUAGES.items()}
_LENGTHS = {
    n: re.compile(rf"(?<!\S){_length(t, n)}(?!\S)") for n, (_, t) in _LANGUAGES.items()
}
_CLOCKS = {n: _Pattern(t.CLOCK) for n, (_, t) in _LANGUAGES.items()}
_OPEN = {n: _Pattern(t.OPEN) for n, (_, t) in _LANGUAGES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """An order and when it is to be done."""

    command: str
    """The order without its time."""
    when: str
    """The words that say when."""
    seconds: float | None
    """From now on; None for what is no single moment."""
    clock: datetime | None = None
    """The moment, where a time of day was said."""


def read_delay(text: str, language: str, now: datetime) -> Delay | None:
    """Return what is to be done later, None for a sentence without a time."""
    grammar, times = _LANGUAGES[language]
    everything = words(text)
    if times.CLUES.isdisjoint(word.fold for word in everything):
        return None
    said = grammar.strip_back(grammar.strip_front(everything))
    joined = " ".join(word.fold for word in said)
    seconds: float | None = None
    clock: datetime | None = None
    match = _SPANS[language].find(joined)
    if match is not None:
        seconds = _seconds(match["span"], language)
    else:
        match = _OPEN[language].find(joined)
        time = _CLOCKS[language].find(joined)
        # The longer one: "jusqu'à 22 h" is more than "à 22 h", "demain à 7 h" than
        # "demain".
        if time and (match is None or len(match["time"]) < len(time["time"])):
            match = time
            if (clock := _moment(time, language, now)) is None:
                return None
            seconds = (clock - now).total_seconds()
    if match is None:
        return None
    start = joined[: match.start("time")].count(" ")
    end = start + match["time"].count(" ") + 1
    rest = [*said[:start], *said[end:]]
    return Delay(
        command=text[rest[0].start : rest[-1].end],
        when=text[said[start].start : said[end - 1].end],
        seconds=seconds,
        clock=clock,
    )


def find_time(joined: str, language: str, now: datetime) -> bool:
    """Return whether a time stands anywhere in folded words."""
    return (
        _SPANS[language].anywhere.search(joined) is not None
        or _OPEN[language].anywhere.search(joined) is not None
        or any(
            _moment(match, language, now) is not None
            for match in _CLOCKS[language].anywhere.finditer(joined)
        )
    )


def find_length(joined: str, language: str) -> tuple[float, int, int] | None:
    """Return the first length of time in folded words: seconds, first word, words."""
    match = _LENGTHS[language].search(joined)
    if match is None:
        return None
    seconds = _seconds(match["span"], language)
    start = joined[: match.start()].count(" ")
    return seconds, start, match["span"].count(" ") + 1


def read_later(text: str, language: str, now: datetime) -> tuple[str, Delay] | None:
    """Return what is to be done now, and what later: "x et dans dix minutes y".

    Only where the time stands between the two: at either end of a sentence it is the
    time of all of it.
    """
    grammar, times = _LANGUAGES[language]
    said = words(text)
    if times.CLUES.isdisjoint(word.fold for word in said):
        return None
    for place in range(1, len(said) - 1):
        if said[place].fold not in grammar.CONJUNCTIONS:
            continue
        rest = said[place + 1 :]
        while rest and rest[0].fold in grammar.CONJUNCTIONS:
            rest = rest[1:]
        if not rest:
            continue
        delay = read_delay(text[rest[0].start :], language, now)
        if delay is not None and delay.when == text[rest[0].start :][: len(delay.when)]:
            return text[: said[place - 1].end], delay
    return None


def _seconds(span: str, language: str) -> float:
    times = _LANGUAGES[language][1]
    if span in times.SPANS:
        return times.SPANS[span]
    total = 0.0
    number: list[str] = []
    size = 0.0
    half = False
    said = re.sub(times.HALF, " +", f" {span} ").split()
    for word in said:
        if word == "+":
            half = not size
            total += size / 2
        elif word in times.UNITS:
            size = times.UNITS[word]
            total += size * (_number(number, language) + half / 2)
            number, half = [], False
        elif word != times.AND or number:
            number.append(word)
    # "1 h 30", "2 minutes 30": what is left counts the next smaller unit.
    smaller = 60.0 if size >= 3600 else 1.0
    return total + _number(number, language) * smaller if number else total


def _number(said: Sequence[str], language: str) -> float:
    if len(said) == 1 and said[0] in _LANGUAGES[language][1].ONE:
        return 1.0
    return read_number(tuple(said), language) or 0.0


def _moment(match: re.Match[str], language: str, now: datetime) -> datetime | None:
    """Return the next moment of this time of day, None when it is none for sure."""
    times = _LANGUAGES[language][1]
    groups = match.groupdict()
    parts = {groups[name] for name in ("before", "after", "half_day") if name in groups}
    morning, evening = bool(parts & times.MORNING), bool(parts & times.EVENING)
    said = groups["hour"] or groups.get("hour_past")
    if said is None:
        hour, minute, sure = (12 if groups["noon"] else 0), 0, True
    else:
        hour, minute = int(_number(said.split(), language)), 0
        if groups["minute"]:
            minute = int(_number(groups["minute"].split(), language))
        elif "o_clock" in groups and not (
            groups["o_clock"] or groups["hour_past"] or parts - {None}
        ):
            return None
        if hour > 24 or minute > 59:
            return None
        sure = hour > 12 or morning or evening
        hour = hour % 12 + 12 * evening if (morning or evening) else hour % 24
    minute = 30 if groups["half"] else 15 if groups["quarter"] else minute
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    length = timedelta(hours=hour, minutes=minute)
    if groups["to_quarter"]:
        length -= timedelta(minutes=15)
    if any(part and part.startswith(times.TOMORROW) for part in parts):
        return start + timedelta(days=1) + length
    moments = [start + length + timedelta(hours=h) for h in (0, 12, 24, 36)]
    return min(m for m in moments[:: 2 if sure else 1] if m > now)
