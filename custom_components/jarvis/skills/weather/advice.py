"""Advises: what to wear, and whether something can be done outside."""

from homeassistant.const import UnitOfSpeed
from homeassistant.util.unit_conversion import SpeedConverter

from ...engines.language import Period, Span
from .events import Events
from .forecast import Slot, is_windy, windows
from .words import covers, daylight, finer, temperatures

DEEDS = frozenset({"outdoors", "boating", "plants", "water"})
"""Topics of what is done outside."""
_WORN = frozenset({"coat", "wear", "light"})
_COLD, _COOL, _LIGHT = 10.0, 17.0, 20.0
"""Degrees Celsius below which one wants a coat, a jacket, more than a shirt."""
_TENDER = 3.0
"""Degrees Celsius from which on plants are in danger."""
_STORMY = 60.0
"""Kilometres an hour of gusts in which nothing is done outside."""
_HINDERS = ("storm", "hail", "snow", "rain")


class Advice(Events):
    """Answers about what to do."""

    def advice(self, topic: str, period: Period | None) -> str:
        """Return what to do; "" for a topic that is none of these."""
        if topic in _WORN:
            return self._worn(topic, period or self.today())
        match topic:
            case "plants":
                return self._plants(period or self.night())
            case "outdoors" | "boating" if self.forecast.end is not None:
                return self._outdoors(topic, period or self.today())
        return ""

    def _worn(self, topic: str, period: Period) -> str:
        slots = self.slots(period)
        values = temperatures(slots) or self.measured("temperature")
        if not values:
            return self.say("not_told", name=self.name)
        told = {
            "degrees": self.degrees_of(slots) or self.degrees(values[0]),
            "when": self.times.period(period),
        }
        coldest = self.celsius(min(values))
        if topic == "light":
            key = "yes" if self.celsius(max(values)) >= _LIGHT else "no"
            return self.say(f"{key}.light", **told)
        key = "cold" if coldest < _COLD else "cool" if coldest < _COOL else "warm"
        said = self.say(f"{topic if key == 'warm' else 'coat'}.{key}", **told)
        if topic == "wear" and (found := windows(slots, "rain")):
            # Where hours are told, when it falls; of days they are named already.
            hours = ""
            if finer(slots) and not covers(found, period):
                hours = f" {self.hours(found, period)}"
            said += " " + self.say(
                "wear.rain", some=self.some("rain", found), hours=hours
            )
        return said

    def _plants(self, period: Period) -> str:
        slots = self.slots(period)
        values = temperatures(slots)
        if not values:
            return self.say("not_told", name=self.name)
        key = "yes" if self.celsius(min(values)) <= _TENDER else "no"
        return self.say(
            f"{key}.plants",
            degrees=self.degrees(min(values)),
            when=self.times.period(period),
        )

    def _outdoors(self, topic: str, period: Period) -> str:
        if period.span is Span.NOW:
            period = self.today()
        slots = self.slots(period)
        for kind in _HINDERS:
            if kind != "rain" and (found := windows(slots, kind)):
                hours = ""
                if finer(slots) and not covers(found, period):
                    hours = f", {self.hours(found, period)}"
                return self.say(
                    "yes.outdoors",
                    some=self.some(kind, found),
                    when=self.times.period(period),
                    hours=hours,
                )
        if windows(slots, "rain") and topic == "outdoors":
            return self.event("outdoors", period)
        wind, gust = self.winds(period)
        unit = self.state.attributes.get("wind_speed_unit")
        told = max(wind or 0, gust or 0)
        strong = (
            is_windy(wind, gust, unit) if topic == "boating" else self._stormy(told)
        )
        if strong:
            return self.say(
                "no.windy", gust=self.speed(told), when=self.times.period(period)
            )
        if windows(slots, "rain"):
            return self.event("outdoors", period)
        if topic == "boating" and wind is not None:
            return self.say(
                "no.boating", wind=self.speed(wind), when=self.times.period(period)
            )
        degrees = self.degrees_of(daylight(slots))
        key = "no.fine" if degrees else "no.outdoors"
        return self.say(key, degrees=degrees, when=self.times.period(period))

    def best_hours(self, period: Period) -> str:
        """Tell when it is dry by day."""
        slots = [s for s in self.slots(period) if s.end > self.now]
        if not finer(slots):
            return self._outdoors("outdoors", period)
        best: list[Slot] = []
        run: list[Slot] = []
        for slot in daylight(slots):
            wet = any(slot.has(kind) for kind in _HINDERS)
            joined = run and run[-1].end == slot.start
            run = [] if wet else [*(run if joined else ()), slot]
            best = run if len(run) > len(best) else best
        if not best:
            return self._outdoors("outdoors", period)
        start = max(best[0].start, self.now)
        day = "" if start.date() == self.now.date() else self.times.day(start.date())
        hours = f"{day} {self.times.hours(start, best[-1].end)}".strip()
        return self.say("best_hours", hours=hours)

    def _stormy(self, speed: float) -> bool:
        unit = self.state.attributes.get("wind_speed_unit")
        if unit not in SpeedConverter.VALID_UNITS:
            return False
        kilometres = UnitOfSpeed.KILOMETERS_PER_HOUR
        return SpeedConverter.convert(speed, unit, kilometres) >= _STORMY

    def looks(self, topic: str, period: Period | None) -> str:
        """Tell whether it will be fine or cloudy."""
        kind = "sun" if topic == "sunwear" else topic
        if (
            period is not None and period.span is Span.NOW
        ) or self.forecast.end is None:
            return self.now_in_words() or self.say("not_told", name=self.name)
        asked = period or self.today()
        slots = daylight(self.slots(asked))
        if not slots:
            return self.now_in_words() or self.say("not_told", name=self.name)
        if asked.span in {Span.WEEKEND, Span.DAYS}:
            return self.days(asked)
        agrees = 2 * sum(slot.has(kind) for slot in slots) >= len(slots)
        key = "sunwear" if topic == "sunwear" else "looks"
        return self.say(
            f"{'yes' if agrees else 'no'}.{key}",
            condition=self.condition_of(slots),
            degrees=self.degrees_of(slots) or "",
            when=self.times.period(asked),
        ).replace(", .", ".")
