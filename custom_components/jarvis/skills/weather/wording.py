"""Says what was asked about the weather, in two sentences at most."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from homeassistant.const import UnitOfTemperature
from homeassistant.core import State

from ...engines.language import DayPart, Period, Span, enumerate_phrases
from ..base import Texts
from .forecast import WET, Forecast, Slot, Window, windows
from .reading import Asked
from .times import Times

UNLIKELY = 20
"""Percent below which a chance of rain is not worth a word."""
_COLD, _COOL = 10.0, 17.0
"""Degrees Celsius below which one wants a coat, a jacket."""
_FELT = 3.0
"""Degrees between a temperature and how it feels, from which on that is told."""
_ABOUT_RAIN = frozenset({"umbrella", "outdoors", "dry"})
_NOW = {
    "rain": WET,
    "snow": frozenset({"snowy", "snowy-rainy"}),
    "storm": frozenset({"lightning", "lightning-rainy"}),
    "fog": frozenset({"fog"}),
    "hail": frozenset({"hail"}),
    "sun": frozenset({"sunny", "clear-night"}),
    "clouds": frozenset({"cloudy", "partlycloudy"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Answers one question from one entity, in one language."""

    texts: Texts
    language: str
    now: datetime
    state: State
    name: str
    forecast: Forecast = field(default_factory=Forecast)

    def answer(self, asked: Asked) -> str:
        """Return what to say."""
        period = asked.period
        if period is not None and period.end <= self.now:
            return self.say("past")
        if period is not None and period.span is not Span.NOW:
            if self.forecast.end is None:
                return self.say("no_forecast", name=self.name)
            if period.start >= self.forecast.end:
                day = self.times.bare_day((self.forecast.end - _SECOND).date())
                return self.say("too_far", day=day)
        if asked.about in {"When", "End"} and asked.topic != "frost":
            if self.forecast.end is None:
                return self.say("no_forecast", name=self.name)
            return self._ends(asked) if asked.about == "End" else self._starts(asked)
        if asked.about == "Amount" and (said := self._amount(asked.topic, period)):
            return said
        return self._told(asked.topic, period)

    @property
    def times(self) -> Times:
        """The words for times."""
        return Times(texts=self.texts, language=self.language, now=self.now)

    def say(self, key: str, **words: str) -> str:
        """Return a text of the skill's."""
        return self.texts.say(self.language, key, **words)

    def _told(self, topic: str, period: Period | None) -> str:
        match topic:
            case "general":
                return self._general(period)
            case "temperature" | "cold" | "warm":
                return self._temperature("temperature", period)
            case "high" | "low":
                return self._temperature(topic, period or self._today())
            case "wind":
                return self._wind(period)
            case "humidity" | "uv":
                return self._measure(topic, period)
            case "coat":
                return self._coat(period or self._today())
            case "frost":
                return self._frost(period or self._coming())
            case "sun" | "clouds" | "sunwear":
                return self._looks(topic, period)
        return self._event(topic, period)

    # What it is and will be like

    def _general(self, period: Period | None) -> str:
        if period is None or period.span is Span.NOW:
            said = [self._now_in_words()]
            if period is None and self.forecast.end is not None:
                said.append(self._outlook())
            return " ".join(filter(None, said)) or self.say("not_told", name=self.name)
        slots = self._slots(period)
        if period.span in {Span.WEEKEND, Span.DAYS}:
            return self._days(period)
        when = _begin(self.times.period(period))
        first = self._expected("expect.weather", slots, When=when)
        wet = windows(slots, "rain") or windows(slots, "snow")
        if wet and _finer(slots, period) and not _covers(wet, period):
            also = self._some("rain" if windows(slots, "rain") else "snow")
            hours = self._hours(wet, period)
            if also not in first or hours:
                first += " " + self.say("expect.also", some=also, hours=hours)
        return first

    def _expected(self, key: str, slots: Sequence[Slot], **words: str) -> str:
        degrees = self._degrees_of(slots)
        key = key if degrees else f"{key}_only"
        return self.say(
            key, condition=self._condition_of(slots), degrees=degrees, **words
        )

    def _now_in_words(self) -> str:
        condition = self.texts.get(self.language, f"conditions.{self.state.state}")
        degrees = self._reading("temperature")
        if degrees is None:
            return condition and self.say("now.weather_only", condition=condition)
        if not condition:
            return self.say("now.temperature", degrees=self._degrees(degrees))
        return self.say(
            "now.weather", degrees=self._degrees(degrees), condition=condition
        )

    def _outlook(self) -> str:
        """Return whether it will rain today, else what tomorrow is like."""
        today = self._today()
        slots = self._slots(today)
        if not slots or self.state.state in WET:
            return ""
        if wet := windows(slots, "rain"):
            hours = self._hours(wet, today) if _finer(slots, today) else ""
            return self.say("expect.also", some=self._some("rain"), hours=hours)
        return self.say("expect.dry", when=f" {self.times.period(today)}")

    def _days(self, period: Period) -> str:
        """Tell of days: each of a weekend, or the range of a week and when it rains."""
        days = self._by_day(period)
        if len(days) <= 2:
            parts = [
                self._expected(
                    "expect.one_of",
                    slots,
                    day=self.times.bare_day(slots[0].start.date()),
                )
                for slots in days
            ]
            return (
                _begin("; ".join(parts) if self.language == "en" else " ; ".join(parts))
                + "."
            )
        slots = [slot for day in days for slot in day]
        when = _begin(self.times.period(period))
        first = self._expected("expect.weather", slots, When=when)
        wet = [day for day in days if any(slot.wet for slot in day)]
        if not wet:
            return f"{first} {self.say('expect.dry', when='')}"
        names = [self.times.bare_day(day[0].start.date()) for day in wet]
        hours = self.say("on_days", days=enumerate_phrases(names, self.language))
        return (
            f"{first} {self.say('expect.also', some=self._some('rain'), hours=hours)}"
        )

    def _by_day(self, period: Period) -> list[list[Slot]]:
        days: dict[Any, list[Slot]] = {}
        for slot in self._slots(period):
            days.setdefault(max(slot.start, period.start).date(), []).append(slot)
        return list(days.values())

    # What may happen

    def _event(self, topic: str, period: Period | None) -> str:
        """Tell of rain, snow or a storm: yes or no, and from when to when."""
        kind = "rain" if topic in _ABOUT_RAIN else topic
        special = topic if topic != kind else ""
        if period is None or period.span is Span.NOW:
            if self.state.state in _NOW.get(kind, ()):
                now = self.say(f"events.{kind}.now")
                key = f"{special}_now" if special else "now"
                return self.say(f"yes.{key}", now=now, until=self._until(kind))
            if period is not None or self.forecast.end is None:
                now = self.say("when.now")
                lack = self.say(f"events.{kind}.lack")
                return self.say(f"no.{special or 'event'}", lack=lack, when=now)
        asked = period or self._coming()
        slots = self._slots(asked)
        found = windows(slots, kind)
        when = self.times.period(asked)
        if found and period is None and not special and _finer(slots, asked):
            if found[0].start > self.now:
                start = self.times.at("starting", found[0].start)
                return self.say("later", some=self._some(kind, found), start=start)
        if found:
            hours = ""
            if asked.span in {Span.WEEKEND, Span.DAYS}:
                hours = self._on_days(found, asked)
            elif _finer(slots, asked) and not _covers(found, asked):
                hours = self._hours(found, asked)
            elif not _finer(slots, asked) and slots[0].chance is not None:
                hours = self.say("chance", chance=f"{slots[0].chance:.0f}")
            some = self._some(kind, found)
            return self.say(
                f"yes.{special or 'event'}", some=some, when=when, hours=hours
            )
        chance = max((slot.chance or 0.0 for slot in slots), default=0.0)
        lack = self.say(f"events.{kind}.lack")
        if kind == "rain" and chance >= UNLIKELY:
            key = f"{special}_chance" if special else "chance"
            return self.say(f"no.{key}", lack=lack, when=when, chance=f"{chance:.0f}")
        return self.say(f"no.{special or 'event'}", lack=lack, when=when)

    def _amount(self, topic: str, period: Period | None) -> str:
        """Tell how much falls, "" where nothing does or nothing is told of it."""
        asked = period or self._coming()
        fallen = [slot.precipitation or 0.0 for slot in self._slots(asked)]
        if topic not in {"rain", "snow"} or sum(fallen) <= 0:
            return ""
        unit = str(self.state.attributes.get("precipitation_unit") or "mm")
        total = f"{sum(fallen):.1f}".removesuffix(".0")
        total = total.replace(".", ",") if self.language == "fr" else total
        return self.say(
            "yes.amount", amount=f"{total} {unit}", when=self.times.period(asked)
        )

    def _starts(self, asked: Asked) -> str:
        """Tell when it begins."""
        kind = "sun" if asked.topic in {"sun", "warm"} else asked.topic
        if kind not in _NOW:
            return self._told(asked.topic, asked.period)
        if asked.period is None and self.state.state in _NOW[kind]:
            now = _begin(self.say(f"events.{kind}.now"))
            return self.say("already", Now=now, until=self._until(kind))
        fine, rest = self._horizon(asked.period)
        found = windows(fine, kind)
        if found:
            start = max(found[0].start, self.now)
            text = self.times.at("starting", start)
            return self.say("starts", some=self._some(kind, found), start=text)
        if found := windows(rest, kind):
            day = self.times.day(max(found[0].start, self.now).date())
            return self.say("starts", some=self._some(kind, found), start=day)
        end = max((s.end for s in (*fine, *rest)), default=self.now)
        if asked.period is not None:
            return self._event(asked.topic, asked.period)
        day = self.times.bare_day((end - _SECOND).date())
        return self.say("never", lack=self.say(f"events.{kind}.lack"), day=day)

    def _ends(self, asked: Asked) -> str:
        """Tell when what falls now will stop."""
        kind = asked.topic if asked.topic in _NOW else "rain"
        fine, _ = self._horizon(asked.period)
        found = windows(fine, kind)
        begun = self.state.state in _NOW[kind]
        if found and (begun or found[0].start <= self.now):
            window = found[0]
            key = "lasts" if window.open_end else "ends"
            return self.say(key, end=self.times.at("ending", window.end))
        said = self.say("not_now", some=self._some(kind), Some=_begin(self._some(kind)))
        if found:
            start = self.times.at("starting", found[0].start)
            said += " " + self.say("starts", some=self._some(kind, found), start=start)
        return said

    def _horizon(self, period: Period | None) -> tuple[Sequence[Slot], Sequence[Slot]]:
        """Return the hours that are forecast, and the days after them."""
        start = period.start if period else self.now
        end = period.end if period else self.forecast.end or self.now
        hours = [s for s in self.forecast.hourly if s.end > start and s.start < end]
        reach = hours[-1].end if hours else start
        days = self.forecast.daily or self.forecast.halves
        return hours, [s for s in days if s.start >= reach - _HALF_DAY and s.start < end
                       and s.end > start]  # fmt: skip

    # How warm, how windy

    def _temperature(self, key: str, period: Period | None) -> str:
        if period is None or period.span is Span.NOW:
            degrees = self._reading("temperature")
            if degrees is None:
                return self.say("not_told", name=self.name)
            felt = self._reading("apparent_temperature")
            if felt is not None and abs(felt - degrees) >= _FELT:
                return self.say(
                    "now.feels", degrees=self._degrees(degrees), felt=f"{felt:.0f}"
                )
            return self.say("now.temperature", degrees=self._degrees(degrees))
        slots = self._slots(period)
        values = _temperatures(slots)
        if not values:
            return self.say("not_told", name=self.name)
        told = {"high": max(values), "low": min(values)}.get(key)
        degrees_said = self._degrees_of(slots) if told is None else self._degrees(told)
        return self.say(
            f"expect.{key}", degrees=degrees_said, when=self.times.period(period)
        )

    def _coat(self, period: Period) -> str:
        values = _temperatures(self._slots(period))
        if not values:
            return self._temperature("temperature", None)
        coldest = min(values)
        if self._unit == UnitOfTemperature.FAHRENHEIT:
            coldest = (coldest - 32) / 1.8
        key = "cold" if coldest < _COLD else "cool" if coldest < _COOL else "warm"
        degrees = self._degrees_of(self._slots(period))
        return self.say(f"coat.{key}", degrees=degrees, when=self.times.period(period))

    def _frost(self, period: Period) -> str:
        values = _temperatures(self._slots(period))
        if not values:
            return self.say("not_told", name=self.name)
        freezing = 32 if self._unit == UnitOfTemperature.FAHRENHEIT else 0
        key = "yes" if min(values) <= freezing else "no"
        return self.say(
            f"{key}.frost",
            degrees=self._degrees(min(values)),
            when=self.times.period(period),
        )

    def _looks(self, topic: str, period: Period | None) -> str:
        """Tell whether it will be fine or cloudy."""
        kind = "sun" if topic == "sunwear" else topic
        if (
            period is not None and period.span is Span.NOW
        ) or self.forecast.end is None:
            return self._now_in_words() or self.say("not_told", name=self.name)
        asked = period or self._today()
        slots = _daylight(self._slots(asked))
        if not slots:
            return self._now_in_words() or self.say("not_told", name=self.name)
        agrees = 2 * sum(slot.has(kind) for slot in slots) >= len(slots)
        key = "sunwear" if topic == "sunwear" else "looks"
        return self.say(
            f"{'yes' if agrees else 'no'}.{key}",
            condition=self._condition_of(slots),
            degrees=self._degrees_of(slots) or "",
            when=self.times.period(asked),
        ).replace(", .", ".")

    def _wind(self, period: Period | None) -> str:
        if period is None or period.span is Span.NOW:
            place, when = "now", ""
            wind = self._reading("wind_speed")
            gust = self._reading("wind_gust_speed")
        else:
            place, when = "expect", self.times.period(period)
            slots = self._slots(period)
            wind = _most(slot.wind for slot in slots)
            gust = _most(slot.gust for slot in slots)
        if wind is None:
            return self.say("not_told", name=self.name)
        unit = str(self.state.attributes.get("wind_speed_unit") or "km/h")
        gusts = gust is not None and gust > wind
        return self.say(
            f"{place}.{'gusts' if gusts else 'wind'}",
            wind=f"{wind:.0f} {unit}",
            gust=f"{gust or 0:.0f} {unit}",
            when=when,
        )

    def _measure(self, topic: str, period: Period | None) -> str:
        attribute = "uv_index" if topic == "uv" else topic
        value = self._reading(attribute)
        place, when = "now", ""
        if period is not None and period.span is not Span.NOW:
            place, when = "expect", self.times.period(period)
            slots = self._slots(period)
            value = _most(s.uv if topic == "uv" else s.humidity for s in slots)
        if value is None:
            return self.say("not_told", name=self.name)
        return self.say(f"{place}.{topic}", value=f"{value:.0f}", when=when)

    # Words

    def _slots(self, period: Period) -> Sequence[Slot]:
        fine = period.span not in {Span.WEEKEND, Span.DAYS}
        return self.forecast.within(period.start, period.end, fine=fine)

    def _today(self) -> Period:
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

    _coming = _today

    def _reading(self, attribute: str) -> float | None:
        value = self.state.attributes.get(attribute)
        return float(value) if isinstance(value, int | float) else None

    @property
    def _unit(self) -> str:
        return str(self.state.attributes.get("temperature_unit") or "°C")

    def _degrees(self, value: float) -> str:
        number = round(value)
        one = abs(number) < 2 if self.language == "fr" else abs(number) == 1
        return self.say(f"degrees.{'one' if one else 'many'}", n=str(number))

    def _degrees_of(self, slots: Sequence[Slot]) -> str:
        values = _temperatures(slots)
        if not values:
            return ""
        low, high = round(min(values)), round(max(values))
        if low == high:
            return self._degrees(low)
        return self.say("between", low=str(low), high=self._degrees(high))

    def _condition_of(self, slots: Sequence[Slot]) -> str:
        """Return what it is like most of the time."""
        seen = Counter(slot.condition for slot in _daylight(slots) if slot.condition)
        if not seen:
            return self.say("conditions.cloudy")
        condition = seen.most_common(1)[0][0]
        return self.texts.get(self.language, f"conditions.{condition}") or condition

    def _some(self, kind: str, found: Sequence[Window] = ()) -> str:
        if kind == "rain" and found and found[0].condition in WET:
            return self.say(f"conditions.{found[0].condition}")
        return self.say(f"events.{kind}.some")

    def _until(self, kind: str) -> str:
        """Return until when what is now will last, "" where that is not known."""
        found = windows([s for s in self.forecast.hourly if s.end > self.now], kind)
        if not found or found[0].start > self.now or found[0].open_end:
            return ""
        if found[0].end - self.now > _HALF_DAY:
            return ""
        return self.say("until", time=self.times.clock(found[0].end))

    def _hours(self, found: Sequence[Window], period: Period) -> str:
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
        return self.say("hours", hours=text)

    def _on_days(self, found: Sequence[Window], period: Period) -> str:
        days = dict.fromkeys(
            (max(w.start, period.start) + timedelta(days=n)).date()
            for w in found
            for n in range((w.end - _SECOND).toordinal() - w.start.toordinal() + 1)
        )
        names = [self.times.bare_day(day) for day in days if day < period.end.date()]
        return self.say("on_days", days=enumerate_phrases(names, self.language))


_SECOND = timedelta(seconds=1)
_HALF_DAY = timedelta(hours=12)
_EVENING = timedelta(hours=3)


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]


def _most(values: Iterable[float | None]) -> float | None:
    return max((v for v in values if v is not None), default=None)


def _temperatures(slots: Sequence[Slot]) -> list[float]:
    return [
        value
        for slot in slots
        for value in (slot.temperature, slot.low)
        if value is not None
    ]


def _daylight(slots: Sequence[Slot]) -> Sequence[Slot]:
    """Return the entries of the day, all where there are none."""
    long = [s for s in slots if s.end - s.start >= _HALF_DAY]
    return [s for s in slots if s in long or 7 <= s.start.hour < 20] or slots


def _finer(slots: Sequence[Slot], period: Period) -> bool:
    """Return whether a forecast tells hours of a period."""
    return bool(slots) and slots[0].end - slots[0].start <= timedelta(hours=6)


def _covers(found: Sequence[Window], period: Period) -> bool:
    """Return whether something holds for the whole of a period."""
    return (
        len(found) == 1
        and found[0].start <= period.start
        and found[0].end >= period.end
    )
