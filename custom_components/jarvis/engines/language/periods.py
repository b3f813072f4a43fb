"""Reads which time is asked about: "demain après-midi", "at six", "this weekend".

Wherever it stands in a sentence; what is left of the sentence is returned with it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from . import periods_en, periods_fr
from .numbers import read_number


class Span(StrEnum):
    """What kind of time is meant."""

    NOW = "now"
    MOMENT = "moment"
    """An hour of a day."""
    HOURS = "hours"
    """From one hour to another."""
    PART = "part"
    """A part of a day."""
    DAY = "day"
    WEEKEND = "weekend"
    DAYS = "days"


class Part(StrEnum):
    """A part of a day."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"
    TONIGHT = "tonight"
    """Evening and night."""


_HOURS: Final = {
    Part.MORNING: (6, 12),
    Part.NOON: (11, 14),
    Part.AFTERNOON: (12, 18),
    Part.EVENING: (18, 24),
    Part.NIGHT: (22, 30),
    Part.TONIGHT: (18, 30),
}
"""First and last hour; beyond 24 they are the next day's."""
_FEW_HOURS: Final = 6
_FEW_DAYS: Final = 4
_AFTER_DARK: Final = 5
"""Hour until which "tonight" is the night that began yesterday."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A time that was asked about, with the time zone of `now`."""

    span: Span
    start: datetime
    end: datetime
    part: Part | None = None
    weekday: bool = False
    """True where the day was called by its name."""

    @property
    def day(self) -> date:
        """The day on which it begins."""
        return self.start.date()


_LANGUAGES: Final = {"fr": periods_fr, "en": periods_en}
_PATTERNS: Final = {
    language: [(name, re.compile(rf"(?<!\S){p}(?!\S)")) for name, p in times.PATTERNS]
    for language, times in _LANGUAGES.items()
}

# "tomorrow's weather"
_OWNED: Final = re.compile(
    rf"\b(today|tomorrow|tonight|morning|afternoon|evening|week ?end|week"
    rf"|{'|'.join(periods_en.DAYS)})'s\b"
)


def find_period(said: str, language: str, now: datetime) -> tuple[Period | None, str]:
    """Return the time in folded words, None for none, and the words without it."""
    found: dict[str, re.Match[str]] = {}
    said = _OWNED.sub(r"\1 s", said)
    for name, pattern in _PATTERNS[language]:
        if name not in found and (match := pattern.search(said)):
            found[name] = match
            said = f"{said[: match.start()]} {said[match.end() :]}"
            said = " ".join(said.split())
    if not found:
        return None, said
    return _Reading(language, now, found).period(), said


class _Reading:
    """What was found in one sentence."""

    def __init__(
        self, language: str, now: datetime, found: dict[str, re.Match[str]]
    ) -> None:
        self._language = language
        self._times = _LANGUAGES[language]
        self._now = now
        self._found = found
        self._midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)

    def period(self) -> Period | None:
        """Return the period, None for an hour or a date that does not exist."""
        try:
            found = next(filter(None, (read() for read in self._readings())), None)
        except ValueError:
            return None
        named = "weekday" in self._found
        return replace(found, weekday=named) if found is not None else None

    def _readings(self) -> tuple[Callable[[], Period | None], ...]:
        return (self._range, self._clock, self._length, self._days, self._part, self._day,
                self._rough)  # fmt: skip

    def _range(self) -> Period | None:
        """Read "between two and four"."""
        if (match := self._found.get("range")) is None:
            return None
        first = self._at(match, "from_n", None)
        last = self._at(match, "to_n", None)
        if last <= first:
            last += timedelta(hours=12 if last + timedelta(hours=12) > first else 24)
        return Period(span=Span.HOURS, start=first, end=last)

    def _clock(self) -> Period | None:
        """Read "at half past six", "tomorrow at noon"."""
        match = self._found.get("clock")
        if match is None:
            return None
        start = self._at(match, "hour_n", "minute_n")
        return Period(span=Span.MOMENT, start=start, end=start + timedelta(hours=1))

    def _at(self, match: re.Match[str], hour: str, minute: str | None) -> datetime:
        groups = match.groupdict()
        if groups.get("noon"):
            value, sure = 12.0, True
        elif groups.get("midnight"):
            value, sure = 24.0, True
        else:
            said = groups[hour] or groups.get("hour_h_n") or groups.get("hour_q_n")
            value, sure = self._number(said or ""), False
        minutes = self._number(groups[minute]) if minute and groups[minute] else 0.0
        minutes += 30 * bool(groups.get("half")) + 15 * bool(groups.get("quarter"))
        if not 0 <= value <= 24 or minutes >= 60:
            raise ValueError(value)
        part = self._named_part()
        half = groups.get("half_day") or ""
        if half:
            late = self._times.PARTS.get(half) != Part.MORNING
            value = value % 12 + 12 * late
            sure = True
        elif part is not None and value <= 12 and not sure:
            late = part != Part.MORNING and not (
                part in {Part.NIGHT, Part.TONIGHT} and value < 6
            )
            value = value % 12 + 12 * late
            sure = True
        length = timedelta(hours=value, minutes=minutes)
        day = self._named_day()
        if day is not None and day != self._midnight:
            late = self._times.SMALL_HOURS_ARE_LATE and not sure and 1 <= value < 7
            return day + length + timedelta(hours=12 * late)
        hours = (0, 24) if sure or value > 12 else (0, 12, 24)
        moments = [self._midnight + length + timedelta(hours=h) for h in hours]
        # Of the hour that runs one may still ask.
        since = self._now - timedelta(minutes=30)
        if day is not None:
            return next((m for m in moments[: len(hours) - 1] if m > since), moments[0])
        return next(m for m in (*moments, moments[0] + timedelta(days=1)) if m > since)

    def _length(self) -> Period | None:
        """Read "in two hours", "the next three hours", "in five days"."""
        if (match := self._found.get("within")) is not None:
            groups = match.groupdict()
            said = groups["count_n"] or groups.get("count_b_n")
            count = self._number(said) if said else 0.0
            if groups["unit"] in periods_fr.DAY_UNITS | periods_en.DAY_UNITS:
                end = self._midnight + timedelta(days=int(count or _FEW_DAYS) + 1)
                return Period(span=Span.DAYS, start=self._now, end=end)
            one = groups["unit"] in periods_fr.ONE_HOUR | periods_en.ONE_HOUR
            hours = count or (1 if one else _FEW_HOURS)
            return self._hours(timedelta(hours=hours))
        if (match := self._found.get("in")) is None:
            return None
        groups = match.groupdict()
        count = self._number(groups["count_n"]) if groups["count_n"] else 1.0
        count = 0.5 if groups.get("half") else count
        unit = groups["unit"]
        if unit in periods_fr.WEEK_UNITS | periods_en.WEEK_UNITS:
            return self._whole(self._midnight + timedelta(days=7 * int(count)))
        if unit in periods_fr.DAY_UNITS | periods_en.DAY_UNITS:
            day = self._midnight + timedelta(days=int(count))
            return self._in_part(day) or self._whole(day)
        if unit in periods_fr.MINUTE_UNITS | periods_en.MINUTE_UNITS:
            count /= 60
        start = self._now + timedelta(hours=count)
        return Period(span=Span.MOMENT, start=start, end=start + timedelta(hours=1))

    def _hours(self, length: timedelta) -> Period:
        return Period(span=Span.HOURS, start=self._now, end=self._now + length)

    def _days(self) -> Period | None:
        """Read a weekend or a week."""
        today = self._midnight
        if "weekend" in self._found:
            saturday = today + timedelta(days=(5 - today.weekday()) % 7)
            if today.weekday() == 6:
                saturday = today - timedelta(days=1)
            if self._found["weekend"].groupdict().get("next") and today.weekday() > 4:
                saturday += timedelta(days=7)
            return Period(
                span=Span.WEEKEND,
                start=max(saturday, self._now),
                end=saturday + timedelta(days=2),
            )
        if "week" in self._found:
            monday = today + timedelta(days=7 - today.weekday())
            if self._found["week"].groupdict().get("next"):
                end = monday + timedelta(days=7)
                return Period(span=Span.DAYS, start=monday, end=end)
            return Period(span=Span.DAYS, start=self._now, end=monday)
        return None

    def _part(self) -> Period | None:
        """Read "this evening", "tomorrow morning", "saturday night"."""
        if self._named_part() is None:
            return None
        day = self._named_day()
        if day is not None:
            return self._in_part(day)
        period = self._in_part(self._midnight)
        assert period is not None
        this = self._found["part"].groupdict().get("this")
        if period.end <= self._now and not this:
            return self._in_part(self._midnight + timedelta(days=1))
        return period

    def _in_part(self, day: datetime) -> Period | None:
        part = self._named_part()
        if part is None:
            return None
        first, last = _HOURS[part]
        dark = self._now.hour < _AFTER_DARK and day == self._midnight
        if dark and part in {Part.NIGHT, Part.TONIGHT}:
            first, last = first - 24, last - 24
        start, end = day + timedelta(hours=first), day + timedelta(hours=last)
        if start < self._now < end:
            start = self._now
        return Period(span=Span.PART, start=start, end=end, part=part)

    def _day(self) -> Period | None:
        day = self._named_day()
        return None if day is None else self._whole(day)

    def _whole(self, day: datetime) -> Period:
        start = max(day, self._now)
        return Period(span=Span.DAY, start=start, end=day + timedelta(days=1))

    def _rough(self) -> Period | None:
        """Read "now", "later", "soon"."""
        if "now" in self._found:
            return Period(
                span=Span.NOW, start=self._now, end=self._now + timedelta(hours=1)
            )
        if "later" in self._found:
            end = max(
                self._midnight + timedelta(days=1), self._now + timedelta(hours=3)
            )
            return Period(span=Span.HOURS, start=self._now, end=end)
        if "daytime" in self._found:
            return self._whole(self._midnight)
        if "soon" in self._found:
            return self._hours(timedelta(hours=_FEW_HOURS))
        return None

    def _named_part(self) -> Part | None:
        match = self._found.get("part")
        return Part(self._times.PARTS[match["part"]]) if match else None

    def _named_day(self) -> datetime | None:
        """Return the midnight with which a named day begins."""
        if (match := self._found.get("relative_day")) is not None:
            days = {v: k for k, names in enumerate(self._times.RELATIVE) for v in names}
            return self._midnight + timedelta(days=days[match["day"]])
        if (match := self._found.get("weekday")) is not None:
            wanted = self._times.DAYS.index(match["weekday"]) % 7
            ahead = (wanted - self._midnight.weekday()) % 7
            if ahead == 0 and match.groupdict().get("next"):
                ahead = 7
            return self._midnight + timedelta(days=ahead)
        if (match := self._found.get("date")) is not None:
            return self._date(match)
        if (match := self._found.get("holiday")) is not None:
            month, day = self._times.HOLIDAYS[match["holiday"]]
            today = self._midnight.date()
            wanted = date(today.year, month, day)
            wanted = wanted.replace(year=today.year + (wanted < today))
            return datetime.combine(wanted, time(), self._now.tzinfo)
        return None

    def _date(self, match: re.Match[str]) -> datetime:
        groups = match.groupdict()
        number = int(self._number(groups.get("date_n") or groups["date_m_n"]))
        name = groups.get("month") or groups.get("month_m")
        today = self._midnight.date()
        month = self._times.MONTHS.index(name) % 12 + 1 if name else today.month
        wanted = date(today.year, month, number)
        if wanted < today:
            if name:
                wanted = date(today.year + 1, month, number)
            else:
                wanted = date(today.year + month // 12, month % 12 + 1, number)
        return datetime.combine(wanted, time(), self._now.tzinfo)

    def _number(self, said: str) -> float:
        if said in periods_fr.ONE | periods_en.ONE:
            return 1.0
        number = read_number(tuple(said.split()), self._language)
        if number is None:
            raise ValueError(said)
        return number
