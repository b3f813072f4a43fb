"""Says times: "demain après-midi", "on Saturday", "2:30 pm"."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ...engines.language import DayPart, Period, Span
from ..base import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The words of one language for times, as they are called now."""

    texts: Texts
    language: str
    now: datetime

    def say(self, key: str, **words: str) -> str:
        """Return a text of the skill's."""
        return self.texts.say(self.language, key, **words)

    def day(self, day: date, *, weekday: bool = False) -> str:
        """Return "tomorrow", "on Saturday", "on December 12".

        `weekday` is whether its name was said rather than "tomorrow".
        """
        ahead = (day - self.now.date()).days
        if ahead in (0, 1, 2) and not (weekday and ahead):
            return self.say(f"when.{('today', 'tomorrow', 'after')[ahead]}")
        if 0 < ahead < 7:
            return self.say("when.weekday", weekday=self.weekday(day))
        month = self.texts.lines(self.language, "months")[day.month - 1]
        return self.say("when.date", number=str(day.day), month=month)

    def bare_day(self, day: date, *, weekday: bool = False) -> str:
        """Return the same where no "on" fits: "tomorrow", "Saturday"."""
        return self.day(day, weekday=weekday).removeprefix("on ")

    def weekday(self, day: date) -> str:
        """Return "Saturday"."""
        return self.texts.lines(self.language, "weekdays")[day.weekday()]

    def clock(self, moment: datetime) -> str:
        """Return "14 h", "14 h 30", "2 pm", "2:30 pm"."""
        if self.language == "fr":
            if moment.hour in (0, 12):
                said = "midi" if moment.hour else "minuit"
                return f"{said} {moment.minute}" if moment.minute else said
            text = f"{moment.hour} h"
            return f"{text} {moment.minute:02}" if moment.minute else text
        if moment.minute == 0 and moment.hour in (0, 12):
            return "noon" if moment.hour else "midnight"
        text = str(moment.hour % 12 or 12)
        text = f"{text}:{moment.minute:02}" if moment.minute else text
        return f"{text} {'pm' if moment.hour > 11 else 'am'}"

    def period(self, period: Period) -> str:
        """Return what a period is called."""
        today = period.day == self.now.date()
        match period.span:
            case Span.NOW | Span.WEEKEND:
                return self.say(f"when.{period.span.value}")
            case Span.DAYS:
                if period.start > self.now:
                    return self.say("when.next_week")
                week = period.end.weekday() == 0
                return self.say("when.this_week" if week else "when.days")
            case Span.DAY:
                return self.day(period.day, weekday=period.weekday)
            case Span.MOMENT:
                return self._with_day("moment", period, period.start)
            case Span.HOURS if period.start <= self.now:
                if period.end - period.start > timedelta(hours=7):
                    return self.day(self.now.date())
                one = period.end - period.start <= timedelta(hours=1)
                return self.say("when.one_hour" if one else "when.few_hours")
            case Span.HOURS:
                return self._with_day("range", period, period.end)
        part = (period.part or DayPart.MORNING).value
        # The night that began yesterday is still this one.
        if today or (period.start <= self.now):
            return self.say(f"when.today_part.{part}")
        day = self.day(period.day, weekday=period.weekday)
        return self.say(f"when.part.{part}", day=day)

    def _with_day(self, key: str, period: Period, end: datetime) -> str:
        start = period.start
        today = start.date() == self.now.date()
        return self.say(
            f"when.{key}_today" if today else f"when.{key}",
            day=self.day(start.date(), weekday=period.weekday),
            time=self.clock(start),
            start=self.clock(start),
            end=self.clock(end),
        )

    def at(self, key: str, moment: datetime) -> str:
        """Return "from 2 pm", "tomorrow around 2 pm" by a text of `starting`, `ending`."""
        today = moment.date() == self.now.date()
        day = "" if today else self.day(moment.date())
        return self.say(key, day=day, time=self.clock(moment)).strip()

    def hours(self, start: datetime, end: datetime) -> str:
        """Return "from 2 pm to 5 pm", "until 5 pm" for what has begun."""
        if start <= self.now:
            return self.say("up_to", end=self.clock(end))
        return self.say("range", start=self.clock(start), end=self.clock(end))
