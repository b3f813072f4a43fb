"""Compares: on which day it is most, whether it is more than today, above a value."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from ...engines.language import Period, Span
from .asked import Asked
from .events import Events
from .forecast import Slot
from .words import begin, most, temperatures

type _Measure = Callable[[Sequence[Slot]], float | None]

_OPPOSITE: Final = {"cold": "warm", "warm": "cold"}
_MOST_DAYS: Final = 7
_THERMAL: Final = frozenset({"temperature", "warm", "cold", "high", "low", "feels"})


def _highest(slots: Sequence[Slot]) -> float | None:
    return most(temperatures(slots))


def _lowest(slots: Sequence[Slot]) -> float | None:
    return min(temperatures(slots), default=None)


def _coldness(slots: Sequence[Slot]) -> float | None:
    lowest = _lowest(slots)
    return None if lowest is None else -lowest


def _middle(slots: Sequence[Slot]) -> float | None:
    values = temperatures(slots)
    return (min(values) + max(values)) / 2 if values else None


def _wind(slots: Sequence[Slot]) -> float | None:
    return most(value for slot in slots for value in (slot.gust, slot.wind))


def _wetness(slots: Sequence[Slot]) -> float | None:
    return most(
        value for slot in slots for value in (slot.chance, 100.0 if slot.wet else None)
    )


def _fineness(slots: Sequence[Slot]) -> float | None:
    """Return how fine it is: dry above all, then sunny, then calm."""
    if not slots:
        return None
    wet = max(_wetness(slots) or 0, 100.0 * any(slot.has("snow") for slot in slots))
    sunny = sum(slot.has("sun") for slot in slots) / len(slots)
    return -wet + 30 * sunny - (_wind(slots) or 0) / 2


_MEASURES: Final[Mapping[str, _Measure]] = {
    "wind": _wind, "warm": _highest, "high": _highest, "temperature": _highest,
    "cold": _coldness, "low": _coldness, "frost": _coldness, "rain": _wetness,
    "uv": lambda slots: most(slot.uv for slot in slots),
    "humidity": lambda slots: most(slot.humidity for slot in slots),
    "snow": lambda slots: float(any(slot.has("snow") for slot in slots)),
}  # fmt: skip


class Comparing(Events):
    """Answers that set times beside each other."""

    def most_of(self, asked: Asked) -> str:
        """Tell on which day it is most, or the weather is best."""
        measure = _MEASURES.get(asked.topic, _fineness)
        told: list[tuple[float, Period, Sequence[Slot]]] = []
        for day in self._days_asked(asked):
            slots = self.slots(day)
            value = measure(slots)
            if value is not None:
                told.append((-value if asked.less else value, day, slots))
        if not told:
            return self.say("not_told", name=self.name)
        _, day, slots = max(told, key=lambda each: each[0])
        return self.say(
            "most", Day=begin(self.times.bare_day(day.day, weekday=True)),
            details=self._details(asked, slots),
        )  # fmt: skip

    def _details(self, asked: Asked, slots: Sequence[Slot]) -> str:
        if asked.topic in {"wind", "boating"}:
            wind = self.speed(_wind(slots) or 0, knots=asked.knots)
            return self.say("details.wind", wind=wind)
        degrees = self.degrees_of(slots)
        if asked.topic in _THERMAL and degrees:
            return degrees
        condition = self.condition_of(slots)
        return f"{condition}, {degrees}" if degrees else condition

    def _days_asked(self, asked: Asked) -> list[Period]:
        """Return the days among which to choose, each as a whole."""
        named = [p for p in (asked.period, *asked.others) if p is not None]
        if len({period.day for period in named}) > 1:
            return named
        first = named[0] if named else None
        start = first.start if first else self.now
        end = self.now + timedelta(days=_MOST_DAYS)
        if first is not None and first.span in {Span.WEEKEND, Span.DAYS}:
            end = first.end
            if first.span is Span.DAYS and first.start <= self.now:
                # "This week" is said of the days to come.
                end = max(end, self.now + timedelta(days=_MOST_DAYS))
        end = min(end, self.forecast.end or end)
        return _days(start, end)

    def compared(self, asked: Asked) -> str:
        """Tell whether it will be more than at another time, "" for no such thing."""
        topic = _OPPOSITE.get(asked.topic, asked.topic) if asked.less else asked.topic
        measures: dict[str, _Measure] = {"warm": _middle, "cold": _middle, "wind": _wind,
                                         "rain": _wetness, "sun": _fineness}  # fmt: skip
        if topic not in measures:
            return ""
        today = _days(self.now, self.now + timedelta(days=1))[0]
        tomorrow = _days(today.end, today.end + timedelta(days=1))[0]
        period = asked.period or tomorrow
        if asked.period is not None and asked.now:
            period = tomorrow
        other = asked.others[0] if asked.others else today
        if other.day == period.day:
            return ""
        slots = [self._whole(each) for each in (period, other)]
        first, second = (measures[topic](each) for each in slots)
        if first is None or second is None:
            return ""
        more = first < second if topic == "cold" else first > second
        more = more != (asked.less and topic == asked.topic)
        details = [self._details(Asked(topic=topic), each) for each in slots]
        return self.say(
            "compared.yes" if more else "compared.no",
            first=details[0], when=self.times.period(period),
            second=details[1], other=self.times.period(other),
        )  # fmt: skip

    def _whole(self, period: Period) -> Sequence[Slot]:
        """Return what is told of a whole day, where a day is meant."""
        fine = period.span is not Span.DAY
        return self.forecast.within(period.start, period.end, fine=fine)

    def limited(self, asked: Asked) -> str:
        """Tell whether a value is passed, "" where nothing is told of it."""
        if asked.limit is None:
            return ""
        period = asked.period or self.today()
        slots = self.slots(period)
        if asked.topic in {"wind", "uv"}:
            value = _MEASURES[asked.topic](slots)
        else:
            value = _lowest(slots) if asked.less else _highest(slots)
        if value is None:
            return ""
        passed = value < asked.limit if asked.less else value > asked.limit
        said = (
            self.speed(value) if asked.topic == "wind"
            else f"{value:.0f}" if asked.topic == "uv"
            else self.degrees(value)
        )  # fmt: skip
        way = "least" if asked.less else "most"
        key = "yes" if passed else "no"
        when = self.times.period(period)
        return self.say(
            f"limit.{way}", Yes=self.say(f"answer.{key}"), value=said, when=when
        )


def _days(start: datetime, end: datetime) -> list[Period]:
    """Return the days between two times, the first from its time on."""
    found: list[Period] = []
    while start < end:
        midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
        following = midnight + timedelta(days=1)
        found.append(Period(span=Span.DAY, start=start, end=following))
        start = following
    return found
