"""Says what was asked about the weather, in two sentences at most."""

from collections.abc import Sequence
from typing import Any

from homeassistant.const import UnitOfTemperature

from ...engines.language import Period, Span, enumerate_phrases
from .events import Events
from .forecast import WET, Slot, windows
from .reading import Asked
from .words import NOW, SECOND, begin, covers, daylight, finer, most, temperatures

_COLD, _COOL = 10.0, 17.0
"""Degrees Celsius below which one wants a coat, a jacket."""
_FELT = 3.0
"""Degrees between a temperature and how it feels, from which on that is told."""


class Wording(Events):
    """Answers one question from one entity, in one language."""

    def answer(self, asked: Asked) -> str:
        """Return what to say."""
        period = asked.period
        if (
            period is not None
            and self.forecast.end is None
            and period.day == self.now.date()
        ):
            # Of today it knows at least what it is like.
            period = period if period.start > self.now else None
        if period is not None and period.end <= self.now:
            return self.say("past")
        if period is not None and period.span is not Span.NOW:
            if self.forecast.end is None:
                return self.say("no_forecast", name=self.name)
            if period.start >= self.forecast.end:
                day = self.times.bare_day((self.forecast.end - SECOND).date())
                return self.say("too_far", day=day)
        if asked.about in {"When", "End"} and asked.topic in {*NOW, "warm"}:
            if self.forecast.end is None:
                return self.say("no_forecast", name=self.name)
            return self.ends(asked) if asked.about == "End" else self.starts(asked)
        if asked.chance and asked.topic == "rain" and (said := self.risk(period)):
            return said
        if asked.about == "Amount" and (said := self.amount(asked.topic, period)):
            return said
        return self.told(asked.topic, period)

    def told(self, topic: str, period: Period | None) -> str:
        """Return what to say of a topic."""
        match topic:
            case "general":
                return self._general(period)
            case "temperature" | "cold" | "warm":
                return self._temperature("temperature", period)
            case "high" | "low":
                return self._temperature(topic, period or self.today())
            case "wind":
                return self._wind(period)
            case "humidity" | "uv" | "pressure":
                return self._measure(topic, period)
            case "coat":
                return self._coat(period or self.today())
            case "frost":
                return self._frost(period or self.today())
            case "sun" | "clouds" | "sunwear":
                return self._looks(topic, period)
        return self.event(topic, period)

    def _general(self, period: Period | None) -> str:
        if period is None or period.span is Span.NOW:
            said = [self._now_in_words()]
            if period is None and self.forecast.end is not None:
                said.append(self._outlook())
            return " ".join(filter(None, said)) or self.say("not_told", name=self.name)
        slots = self.slots(period)
        if period.span in {Span.WEEKEND, Span.DAYS}:
            return self._days(period)
        when = begin(self.times.period(period))
        first = self._expected("expect.weather", slots, When=when)
        kind = "rain" if windows(slots, "rain") else "snow"
        found = windows(slots, kind)
        if found and finer(slots) and not covers(found, period):
            first += f" {self._will(kind, self.hours(found, period))}"
        return first

    def _will(self, kind: str, hours: str) -> str:
        """Return "It will rain from 2 pm to 5 pm."."""
        will = begin(self.say(f"events.{kind}.will"))
        return self.say("expect.also", Will=will, hours=hours)

    def _expected(self, key: str, slots: Sequence[Slot], **words: str) -> str:
        degrees = self.degrees_of(slots)
        key = key if degrees else f"{key}_only"
        return self.say(
            key, condition=self.condition_of(slots), degrees=degrees, **words
        )

    def _now_in_words(self) -> str:
        condition = self.texts.get(self.language, f"conditions.{self.state.state}")
        degrees = self.reading("temperature")
        if degrees is None:
            return condition and self.say("now.weather_only", condition=condition)
        if not condition:
            return self.say("now.temperature", degrees=self.degrees(degrees))
        return self.say(
            "now.weather", degrees=self.degrees(degrees), condition=condition
        )

    def _outlook(self) -> str:
        """Return whether it will rain today, else what tomorrow is like."""
        today = self.today()
        slots = self.slots(today)
        if not slots or self.state.state in WET:
            return ""
        if wet := windows(slots, "rain"):
            times = self.times
            hours = self.hours(wet, today) if finer(slots) else times.period(today)
            return self._will("rain", hours)
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
                begin("; ".join(parts) if self.language == "en" else " ; ".join(parts))
                + "."
            )
        slots = [slot for day in days for slot in day]
        when = begin(self.times.period(period))
        first = self._expected("expect.weather", slots, When=when)
        wet = [day for day in days if any(slot.wet for slot in day)]
        if not wet:
            return f"{first} {self.say('expect.dry', when='')}"
        names = [self.times.bare_day(day[0].start.date()) for day in wet]
        return f"{first} {self._will('rain', enumerate_phrases(names, self.language))}"

    def _by_day(self, period: Period) -> list[list[Slot]]:
        days: dict[Any, list[Slot]] = {}
        for slot in self.slots(period):
            days.setdefault(max(slot.start, period.start).date(), []).append(slot)
        return list(days.values())

    def _temperature(self, key: str, period: Period | None) -> str:
        if period is None or period.span is Span.NOW:
            degrees = self.reading("temperature")
            if degrees is None:
                return self.say("not_told", name=self.name)
            felt = self.reading("apparent_temperature")
            if felt is not None and abs(felt - degrees) >= _FELT:
                return self.say(
                    "now.feels", degrees=self.degrees(degrees), felt=f"{felt:.0f}"
                )
            return self.say("now.temperature", degrees=self.degrees(degrees))
        slots = self.slots(period)
        values = temperatures(slots)
        if not values:
            return self.say("not_told", name=self.name)
        told = {"high": max(values), "low": min(values)}.get(key)
        degrees_said = self.degrees_of(slots) if told is None else self.degrees(told)
        return self.say(
            f"expect.{key}", degrees=degrees_said, when=self.times.period(period)
        )

    def _coat(self, period: Period) -> str:
        values = temperatures(self.slots(period))
        if not values:
            return self._temperature("temperature", None)
        coldest = min(values)
        if self.unit == UnitOfTemperature.FAHRENHEIT:
            coldest = (coldest - 32) / 1.8
        key = "cold" if coldest < _COLD else "cool" if coldest < _COOL else "warm"
        degrees = self.degrees_of(self.slots(period))
        return self.say(f"coat.{key}", degrees=degrees, when=self.times.period(period))

    def _frost(self, period: Period) -> str:
        values = temperatures(self.slots(period))
        if not values:
            return self.say("not_told", name=self.name)
        freezing = 32 if self.unit == UnitOfTemperature.FAHRENHEIT else 0
        key = "yes" if min(values) <= freezing else "no"
        return self.say(
            f"{key}.frost",
            degrees=self.degrees(min(values)),
            when=self.times.period(period),
        )

    def _looks(self, topic: str, period: Period | None) -> str:
        """Tell whether it will be fine or cloudy."""
        kind = "sun" if topic == "sunwear" else topic
        if (
            period is not None and period.span is Span.NOW
        ) or self.forecast.end is None:
            return self._now_in_words() or self.say("not_told", name=self.name)
        asked = period or self.today()
        if asked.span in {Span.WEEKEND, Span.DAYS}:
            return self._days(asked)
        slots = daylight(self.slots(asked))
        if not slots:
            return self._now_in_words() or self.say("not_told", name=self.name)
        agrees = 2 * sum(slot.has(kind) for slot in slots) >= len(slots)
        key = "sunwear" if topic == "sunwear" else "looks"
        return self.say(
            f"{'yes' if agrees else 'no'}.{key}",
            condition=self.condition_of(slots),
            degrees=self.degrees_of(slots) or "",
            when=self.times.period(asked),
        ).replace(", .", ".")

    def _wind(self, period: Period | None) -> str:
        if period is None or period.span is Span.NOW:
            place, when = "now", ""
            wind = self.reading("wind_speed")
            gust = self.reading("wind_gust_speed")
        else:
            place, when = "expect", self.times.period(period)
            slots = self.slots(period)
            wind = most(slot.wind for slot in slots)
            gust = most(slot.gust for slot in slots)
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
        value = self.reading(attribute)
        place, when = "now", ""
        if period is not None and period.span is not Span.NOW:
            place, when = "expect", self.times.period(period)
            slots = self.slots(period)
            value = most(getattr(slot, topic) for slot in slots)
        if value is None:
            return self.say("not_told", name=self.name)
        unit = str(self.state.attributes.get(f"{topic}_unit") or "")
        said = f"{value:.0f} {unit}".strip()
        return self.say(f"{place}.{topic}", value=said, when=when)
