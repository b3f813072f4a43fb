"""What all answers about the weather are made of: entries, degrees, hours, days."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from homeassistant.const import UnitOfSpeed, UnitOfTemperature
from homeassistant.core import State
from homeassistant.util.unit_conversion import SpeedConverter

from ...engines.language import DayPart, Period, Span, enumerate_phrases
from ..base import Texts
from .forecast import WET, Forecast, Slot, Window, freezing, is_windy, windows
from .times import Times

ABOUT_RAIN = frozenset({"umbrella", "outdoors", "dry", "water"})
"""Topics of which rain decides."""
NOW = {
    "rain": WET,
    "snow": frozenset({"snowy", "snowy-rainy"}),
    "storm": frozenset({"lightning", "lightning-rainy"}),
    "fog": frozenset({"fog"}),
    "hail": frozenset({"hail"}),
    "sun": frozenset({"sunny", "clear-night"}),
    "clouds": frozenset({"cloudy", "partlycloudy"}),
    "frost": frozenset(),
    "wind": frozenset(),
}
"""Conditions in which something is so now."""
SECOND = timedelta(seconds=1)
HALF_DAY = timedelta(hours=12)
_EVENING = timedelta(hours=3)
_MORNING = 8
"""Hour at which the night is over."""
_COLD, _WARM = 10.0, 22.0
"""Degrees Celsius."""
_POINTS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What one entity tells, in one language, now."""

    texts: Texts
    language: str
    now: datetime
    state: State
    name: str
    forecast: Forecast = field(default_factory=Forecast)

    @property
    def times(self) -> Times:
        """The words for times."""
        return Times(texts=self.texts, language=self.language, now=self.now)

    def say(self, key: str, **words: str) -> str:
        """Return a text of the skill's."""
        return self.texts.say(self.language, key, **words)

    def slots(self, period: Period) -> Sequence[Slot]:
        """Return the entries of a period: of hours, or of days where it is days."""
        fine = period.span not in {Span.WEEKEND, Span.DAYS}
        return self.forecast.within(period.start, period.end, fine=fine)

    def today(self) -> Period:
        """Return the rest of the day; late in the evening, the night."""
        end = self.now.replace(hour=0, minute=0, second=0, microsecond=0)
        end += timedelta(days=1)
        if end - self.now < _EVENING:
            # Late in the evening one asks about the night.
            return Period(
                span=Span.PART,
                start=self.now,
                end=end + timedelta(hours=6),
                part=DayPart.NIGHT,
            )
        return Period(span=Span.DAY, start=self.now, end=end)

    def night(self) -> Period:
        """Return the night to come, or what is left of it."""
        midnight = self.now.replace(hour=0, minute=0, second=0, microsecond=0)
        late = self.now.hour >= _MORNING
        start = max(self.now, midnight + timedelta(hours=20 if late else 0))
        end = midnight + timedelta(hours=24 * late + _MORNING)
        return Period(span=Span.PART, start=start, end=end, part=DayPart.NIGHT)

    def reading(self, attribute: str) -> float | None:
        """Return what is measured now, None where it is not."""
        value = self.state.attributes.get(attribute)
        return float(value) if isinstance(value, int | float) else None

    @property
    def unit(self) -> str:
        """Of temperatures."""
        return str(self.state.attributes.get("temperature_unit") or "°C")

    def is_now(self, kind: str) -> bool:
        """Return whether rain, frost, a strong wind … is there now."""
        match kind:
            case "frost":
                value = self.reading("temperature")
                return value is not None and value <= freezing(self.unit)
            case "wind":
                return is_windy(
                    self.reading("wind_speed"),
                    self.reading("wind_gust_speed"),
                    self.state.attributes.get("wind_speed_unit"),
                )
        return self.state.state in NOW.get(kind, ())

    def measured(self, attribute: str) -> list[float]:
        """Return the same as a list, [] where it is not told."""
        value = self.reading(attribute)
        return [] if value is None else [value]

    def winds(self, period: Period | None) -> tuple[float | None, float | None]:
        """Return the wind and its gusts, at their strongest; None for what is not told."""
        if period is None or period.span is Span.NOW:
            return self.reading("wind_speed"), self.reading("wind_gust_speed")
        slots = self.slots(period)
        return most(s.wind for s in slots), most(s.gust for s in slots)

    def speed(self, value: float, *, knots: bool = False) -> str:
        """Return "20 km/h"; in knots, where one asks so."""
        unit = str(self.state.attributes.get("wind_speed_unit") or "km/h")
        if knots and unit in SpeedConverter.VALID_UNITS:
            value = SpeedConverter.convert(value, unit, UnitOfSpeed.KNOTS)
            return self.say("knots", n=f"{value:.0f}")
        return f"{value:.0f} {unit}"

    def celsius(self, value: float) -> float:
        """Return a temperature of the home's unit in degrees Celsius."""
        return (
            (value - 32) / 1.8 if self.unit == UnitOfTemperature.FAHRENHEIT else value
        )

    def is_cold(self, values: Sequence[float]) -> bool:
        """Return whether one calls that cold."""
        return bool(values) and self.celsius(sum(values) / len(values)) < _COLD

    def is_warm(self, values: Sequence[float]) -> bool:
        """Return whether one calls that warm."""
        return bool(values) and self.celsius(max(values)) >= _WARM

    def judged(self, agrees: bool, said: str) -> str:
        """Return a sentence behind "yes" or "not really"."""
        said = said[:1].lower() + said[1:]
        return self.say(f"answer.{'so' if agrees else 'not_so'}", said=said)

    def degrees(self, value: float) -> str:
        """Return "11 degrees"."""
        number = round(value)
        one = abs(number) < 2 if self.language == "fr" else abs(number) == 1
        return self.say(f"degrees.{'one' if one else 'many'}", n=str(number))

    def degrees_of(self, slots: Sequence[Slot]) -> str:
        """Return "between 5 and 11 degrees", "" where nothing is told."""
        values = temperatures(slots)
        if not values:
            return ""
        low, high = round(min(values)), round(max(values))
        if low == high:
            return self.degrees(low)
        return self.say("between", low=str(low), high=self.degrees(high))

    def condition_of(self, slots: Sequence[Slot]) -> str:
        """Return what it is like most of the time."""
        seen = Counter(slot.condition for slot in daylight(slots) if slot.condition)
        if not seen:
            return self.say("conditions.cloudy")
        condition = seen.most_common(1)[0][0]
        return self.texts.get(self.language, f"conditions.{condition}") or condition

    def some(self, kind: str, found: Sequence[Window] = ()) -> str:
        """Return "rain", as it will fall."""
        if kind == "rain" and found and found[0].condition in WET:
            return self.say(f"conditions.{found[0].condition}")
        return self.say(f"events.{kind}.some")

    def until(self, kind: str) -> str:
        """Return until when what is now will last, "" where that is not known."""
        found = windows([s for s in self.forecast.hourly if s.end > self.now], kind)
        if not found or found[0].start > self.now or found[0].open_end:
            return ""
        if found[0].end - self.now > HALF_DAY:
            return ""
        return self.say("until", time=self.times.clock(found[0].end))

    def hours(self, found: Sequence[Window], period: Period) -> str:
        """Return from when to when, within a period."""
        cut = [
            replace(w, start=max(w.start, period.start), end=min(w.end, period.end))
            for w in found
        ]
        times = self.times
        if len(cut) > 2:
            text = self.say(
                "several", start=times.clock(cut[0].start), end=times.clock(cut[-1].end)
            )
        else:
            parts = [
                self.say("starting", day="", time=times.clock(w.start)).strip()
                if w.end == period.end
                else times.hours(w.start, w.end)
                for w in cut
            ]
            text = enumerate_phrases(parts, self.language)
        return text

    def on_days(self, found: Sequence[Window], period: Period) -> str:
        """Return on which days of a period."""
        days = dict.fromkeys(
            (max(w.start, period.start) + timedelta(days=n)).date()
            for w in found
            for n in range((w.end - SECOND).toordinal() - w.start.toordinal() + 1)
        )
        names = [self.times.bare_day(day) for day in days if day < period.end.date()]
        return enumerate_phrases(names, self.language)


def begin(text: str) -> str:
    """Return a text as a sentence begins."""
    return text[:1].upper() + text[1:]


def most(values: Iterable[float | None]) -> float | None:
    """Return the greatest of what is told."""
    return max((v for v in values if v is not None), default=None)


def temperatures(slots: Sequence[Slot]) -> list[float]:
    """Return all temperatures of some entries."""
    return [
        value
        for slot in slots
        for value in (slot.temperature, slot.low)
        if value is not None
    ]


def compass(bearing: object) -> str:
    """Return the nearest of eight points, "ne"; "" for what is no bearing."""
    if isinstance(bearing, int | float):
        return _POINTS[round(bearing / 45) % 8]
    told = str(bearing or "").lower()
    # Of "nne" the last two letters name the nearest.
    return told if told in _POINTS else told[-2:] if told[-2:] in _POINTS else ""


def daylight(slots: Sequence[Slot]) -> Sequence[Slot]:
    """Return the entries of the day, all where there are none."""
    long = [s for s in slots if s.end - s.start >= HALF_DAY]
    return [s for s in slots if s in long or 7 <= s.start.hour < 20] or slots


def finer(slots: Sequence[Slot]) -> bool:
    """Return whether a forecast tells hours."""
    return bool(slots) and slots[0].end - slots[0].start <= timedelta(hours=6)


def covers(found: Sequence[Window], period: Period) -> bool:
    """Return whether something holds for the whole of a period."""
    return (
        len(found) == 1
        and found[0].start <= period.start
        and found[0].end >= period.end
    )
