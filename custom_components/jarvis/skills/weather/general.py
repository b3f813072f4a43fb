"""Says what the weather is like: now, at a time, on the days to come."""

from collections.abc import Sequence
from datetime import date

from ...engines.language import Period, Span, enumerate_phrases
from .forecast import WET, Slot, windows
from .words import Words, begin, covers, finer


class General(Words):
    """Answers about nothing in particular."""

    def general(self, period: Period | None) -> str:
        """Say what it is like, or will be."""
        if period is None or period.span is Span.NOW:
            said = [self.now_in_words()]
            if period is None and self.forecast.end is not None:
                said.append(self._outlook())
            return " ".join(filter(None, said)) or self.say("not_told", name=self.name)
        slots = self.slots(period)
        if period.span in {Span.WEEKEND, Span.DAYS}:
            return self.days(period)
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

    def now_in_words(self) -> str:
        """Say what it is like now, "" where that is not told."""
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

    def days(self, period: Period) -> str:
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
        days: dict[date, list[Slot]] = {}
        for slot in self.slots(period):
            days.setdefault(max(slot.start, period.start).date(), []).append(slot)
        return list(days.values())
