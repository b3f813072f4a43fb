"""Says whether, when and how long it rains, snows or storms."""

from collections.abc import Sequence
from dataclasses import replace

from ...engines.language import Period, Span
from .asked import Asked
from .forecast import Slot, Window, windows
from .general import General
from .words import (
    ABOUT_RAIN,
    HALF_DAY,
    NOW,
    SECOND,
    begin,
    covers,
    daylight,
    finer,
)

UNLIKELY = 20
"""Percent below which a chance of rain is not worth a word."""


class Events(General):
    """Answers about what may happen."""

    def event(self, topic: str, period: Period | None) -> str:
        """Tell of rain, snow or a storm: yes or no, and from when to when."""
        kind = "rain" if topic in ABOUT_RAIN else topic
        special = topic if topic != kind else ""
        if (period is None or period.span is Span.NOW) and (
            said := self._event_now(kind, special, asked_now=period is not None)
        ):
            return said
        asked = period or self.today()
        slots = self.slots(asked)
        found = windows(slots, kind)
        if not found:
            return self._no_event(kind, special, asked)
        some = self.some(kind, found)
        early = period is None and not special and finer(slots)
        if early and found[0].start > self.now:
            start = self.times.at("starting", found[0].start)
            return self.say("later", some=some, start=start)
        hours, when = "", self.times.period(asked)
        if asked.span in {Span.WEEKEND, Span.DAYS}:
            when = self.on_days(found, asked)
        elif finer(slots) and not covers(found, asked):
            hours = f", {self.hours(found, asked)}"
        elif not finer(slots) and slots[0].chance is not None:
            hours = self.say("chance", chance=f"{slots[0].chance:.0f}")
        return self.say(f"yes.{special or 'event'}", some=some, when=when, hours=hours)

    def _event_now(self, kind: str, special: str, *, asked_now: bool) -> str:
        """Tell of what is so now, "" where it is not and more is asked for."""
        if self.is_now(kind):
            now = self.say(f"events.{kind}.now")
            key = f"{special}_now" if special else "now"
            return self.say(f"yes.{key}", now=now, until=self.until(kind))
        if asked_now or self.forecast.end is None:
            lack, no = (self.say(f"events.{kind}.{key}") for key in ("lack", "not"))
            words = {"lack": lack, "not": no, "when": self.say("when.now")}
            return self.say(f"no.{special or 'now'}", **words)
        return ""

    def _no_event(self, kind: str, special: str, period: Period) -> str:
        """Tell that it is not to be expected, and how sure that is."""
        slots, when = self.slots(period), self.times.period(period)
        chance = max((slot.chance or 0.0 for slot in slots), default=0.0)
        lack = self.say(f"events.{kind}.lack")
        if kind == "rain" and (snow := windows(slots, "snow")):
            some = self.some("snow", snow)
            return self.say("no.but", lack=lack, when=when, some=some)
        if kind == "rain" and chance >= UNLIKELY:
            key = f"{special}_chance" if special else "chance"
            return self.say(f"no.{key}", lack=lack, when=when, chance=f"{chance:.0f}")
        return self.say(f"no.{special or 'event'}", lack=lack, when=when)

    def risk(self, period: Period | None) -> str:
        """Tell how likely rain is, "" where that is not told."""
        asked = period or self.today()
        slots = self.slots(asked)
        chances = [slot.chance for slot in slots if slot.chance is not None]
        if not chances:
            return ""
        found = windows(slots, "rain")
        hours = ""
        if found and finer(slots) and not covers(found, asked):
            hours = f", {self.hours(found, asked)}"
        when = self.times.period(asked)
        return self.say(
            "yes.risk", chance=f"{max(chances):.0f}", when=when, hours=hours
        )

    def amount(self, topic: str, period: Period | None) -> str:
        """Tell how much falls, "" where nothing does or nothing is told of it."""
        asked = period or self.today()
        fallen = [slot.precipitation or 0.0 for slot in self.slots(asked)]
        if topic not in {"rain", "snow"} or sum(fallen) <= 0:
            return ""
        unit = str(self.state.attributes.get("precipitation_unit") or "mm")
        total = f"{sum(fallen):.1f}".removesuffix(".0")
        total = total.replace(".", ",") if self.language == "fr" else total
        return self.say(
            "yes.amount", amount=f"{total} {unit}", when=self.times.period(asked)
        )

    def starts(self, asked: Asked) -> str:
        """Tell when it begins."""
        kind = asked.topic
        if asked.period is None and self.is_now(kind):
            now = begin(self.say(f"events.{kind}.now"))
            return self.say("already", Now=now, until=self.until(kind))
        fine, rest = self._horizon(asked.period)
        found = self._around(fine, kind)
        if found and kind in {"sun", "clouds"}:
            # At night nobody sees it.
            found, rest = [], [*daylight(fine), *rest]
        if found:
            text = self._from_to(found[0])
            return self.say("starts", some=self.some(kind, found), start=text)
        if found := windows(rest, kind):
            day = self.times.day(max(found[0].start, self.now).date())
            return self.say("starts", some=self.some(kind, found), start=day)
        end = max((s.end for s in (*fine, *rest)), default=self.now)
        if asked.period is not None:
            return self.event(asked.topic, asked.period)
        day = self.times.bare_day((end - SECOND).date())
        return self.say("never", lack=self.say(f"events.{kind}.lack"), day=day)

    def _around(self, slots: Sequence[Slot], kind: str) -> list[Window]:
        """Return what lasts in some hours, as a whole: it may begin before them."""
        if not slots:
            return []
        start, end = slots[0].start, slots[-1].end
        ahead = [slot for slot in self.forecast.hourly if slot.end > self.now]
        return [w for w in windows(ahead, kind) if w.end > start and w.start < end]

    def _from_to(self, window: Window) -> str:
        """Return from when on something lasts, and until when where that is near."""
        start, end = max(window.start, self.now), window.end
        if window.open_end or end - start > HALF_DAY:
            return self.times.at("starting", start)
        hours = self.times.hours(start, end)
        if start.date() == self.now.date():
            return hours
        return f"{self.times.day(start.date())} {hours}"

    def ends(self, asked: Asked) -> str:
        """Tell when what falls now will stop."""
        kind = asked.topic if asked.topic in NOW else "rain"
        fine, _ = self._horizon(asked.period)
        found = windows(fine, kind)
        begun = self.is_now(kind)
        if found and (begun or found[0].start <= self.now):
            window = found[0]
            key = "lasts" if window.open_end else "ends"
            return self.say(key, end=self.times.at("ending", window.end))
        if asked.period is not None:
            return self.starts(replace(asked, topic=kind))
        said = self.say("not_now", Not=begin(self.say(f"events.{kind}.not")))
        if found:
            start = self._from_to(found[0])
            said += " " + self.say("starts", some=self.some(kind, found), start=start)
        return said

    def _horizon(self, period: Period | None) -> tuple[Sequence[Slot], Sequence[Slot]]:
        """Return the hours that are forecast, and the days after them."""
        start = period.start if period else self.now
        end = period.end if period else self.forecast.end or self.now
        hours = [s for s in self.forecast.hourly if s.end > start and s.start < end]
        reach = hours[-1].end if hours else start
        days = self.forecast.daily or self.forecast.halves
        return hours, [s for s in days if s.start >= reach - HALF_DAY and s.start < end
                       and s.end > start]  # fmt: skip
