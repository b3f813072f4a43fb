"""Says what was asked about the weather, in two sentences at most."""

from dataclasses import replace

from homeassistant.const import UnitOfTemperature

from ...engines.language import Period, Span
from .advice import DEEDS, Advice
from .asked import Asked, Kind
from .comparing import Comparing
from .forecast import is_windy
from .words import NOW, SECOND, compass, most, temperatures

_FELT = 3.0
"""Degrees between a temperature and how it feels, from which on that is told."""


class Wording(Advice, Comparing):
    """Answers one question from one entity, in one language."""

    def answer(self, asked: Asked) -> str:
        """Return what to say."""
        period = asked.period
        if asked.kind is Kind.PAST:
            return self.say("past")
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
        return self._of_kind(replace(asked, period=period))

    def _of_kind(self, asked: Asked) -> str:
        """Return what to say of something that is forecast."""
        period, topic = asked.period, asked.topic
        said = ""
        match asked.kind:
            case Kind.WHEN | Kind.END:
                said = self._when(asked)
            case Kind.MOST if self.forecast.end is not None:
                return self.most_of(asked)
            case Kind.COMPARE:
                said = self.compared(asked)
            case Kind.LIMIT:
                said = self.limited(asked)
            case Kind.CHANCE if topic == "rain":
                said = self.risk(period)
            case Kind.AMOUNT:
                said = self.amount(topic, period)
        return said or self.told(topic, period, asked)

    def _when(self, asked: Asked) -> str:
        """Return when something is, "" for what is not asked so."""
        if asked.topic in {*NOW, "dry"}:
            if self.forecast.end is None:
                return self.say("no_forecast", name=self.name)
            ends = asked.topic == "dry" or asked.kind is Kind.END
            return self.ends(asked) if ends else self.starts(asked)
        if asked.kind is Kind.END or self.forecast.end is None:
            return ""
        if asked.topic in DEEDS:
            return self.best_hours(asked.period or self.today())
        thermal = asked.topic in {"warm", "cold", "high", "low"}
        return self.most_of(asked) if thermal else ""

    def told(self, topic: str, period: Period | None, asked: Asked) -> str:
        """Return what to say of a topic."""
        match topic:
            case "general":
                return self.general(period)
            case "cold" | "warm":
                return self._judged(topic, period, asked)
            case "temperature" | "feels":
                return self._temperature(topic, period)
            case "high" | "low":
                return self._temperature(topic, period or self.today())
            case "wind":
                return self._wind(period, asked)
            case "humidity" | "uv" | "pressure":
                return self._measure(topic, period)
            case "direction":
                return self._direction(period)
            case "frost":
                return self._frost(period or self.today())
            case "sun" | "clouds" | "sunwear":
                return self.looks(topic, period)
        return self.advice(topic, period) or self.event(topic, period)

    def _judged(self, topic: str, period: Period | None, asked: Asked) -> str:
        """Say whether it is cold or warm, first of all yes or no."""
        said = self._temperature("temperature", period)
        if asked.kind is not Kind.WHETHER:
            return said
        here = self.reading("temperature")
        values = (
            temperatures(self.slots(period))
            if period is not None and period.span is not Span.NOW
            else [here] if here is not None else []
        )  # fmt: skip
        return self.judged(
            self.is_cold(values) if topic == "cold" else self.is_warm(values), said
        )

    def _temperature(self, key: str, period: Period | None) -> str:
        if period is None or period.span is Span.NOW:
            degrees = self.reading("temperature")
            if degrees is None:
                return self.say("not_told", name=self.name)
            felt = self.reading("apparent_temperature")
            if key == "feels" and felt is not None:
                return self.say("now.felt", felt=self.degrees(felt))
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
            f"expect.{key if told is not None else 'temperature'}",
            degrees=degrees_said,
            when=self.times.period(period),
        )

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

    def _wind(self, period: Period | None, asked: Asked) -> str:
        now = period is None or period.span is Span.NOW
        wind, gust = self.winds(period)
        if wind is None:
            return self.say("not_told", name=self.name)
        key = "gusts" if gust is not None and gust > wind else "wind"
        said = self.say(
            f"{'now' if now else 'expect'}.{key}",
            wind=self.speed(wind, knots=asked.knots),
            gust=self.speed(gust or 0, knots=asked.knots),
            when="" if period is None else self.times.period(period),
        )
        if asked.kind is not Kind.WHETHER:
            return said
        unit = self.state.attributes.get("wind_speed_unit")
        return self.judged(is_windy(wind, gust, unit), said)

    def _direction(self, period: Period | None) -> str:
        """Tell where the wind comes from."""
        bearing = self.state.attributes.get("wind_bearing")
        if period is not None and period.span is not Span.NOW:
            told = [slot.bearing for slot in self.slots(period)]
            bearing = next((value for value in told if value is not None), None)
        point = compass(bearing)
        if not point:
            return self.say("not_told", name=self.name)
        return self.say(
            "direction", point=self.say(f"compass.{point}"),
            when=self.times.period(period) if period else self.say("when.now"),
        )  # fmt: skip

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
