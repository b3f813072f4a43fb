"""A question about the weather, as it was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from ...engines.language import DayPart, Period, Span


class Kind(StrEnum):
    """How something is asked."""

    TELL = "tell"
    """What it is like, how much it is."""
    WHETHER = "whether"
    """Yes or no."""
    WHEN = "when"
    END = "end"
    AMOUNT = "amount"
    CHANCE = "chance"
    MOST = "most"
    """On which day most, least, best."""
    COMPARE = "compare"
    """Whether it is more than at another time."""
    LIMIT = "limit"
    """Whether it is above or below a value."""
    PAST = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question about the weather."""

    topic: str
    """A topic of the vocabulary: "rain", "general", "umbrella" …"""
    kind: Kind = Kind.TELL
    period: Period | None = None
    """None for no time that was named."""
    others: tuple[Period, ...] = ()
    """Times that were named besides."""
    place: str = ""
    """Folded words of a place that was named."""
    outside: bool = False
    """True when it was said that the outside is meant."""
    less: bool = False
    """Of a comparison or a superlative: whether the least is asked for."""
    limit: float | None = None
    """The value of a limit; the question is whether it is passed, upwards or, with
    `less`, downwards."""
    knots: bool = False
    rest: frozenset[str] = frozenset()
    """Folded words that nothing is known of."""

    @property
    def now(self) -> bool:
        """True when nothing but the present was named."""
        return self.period is None or self.period.span is Span.NOW

    def as_data(self) -> dict[str, Any]:
        """Return what the next question may go on with, as plain values."""
        period = self.period
        return {
            "topic": self.topic,
            "kind": self.kind.value,
            "place": self.place,
            "limit": self.limit,
            "less": self.less,
            "period": period
            and {
                "span": period.span.value,
                "start": period.start.isoformat(),
                "end": period.end.isoformat(),
                "part": period.part and period.part.value,
                "weekday": period.weekday,
            },
        }

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Asked:
        """Return the question that was put into data."""
        period = data["period"]
        return cls(
            topic=data["topic"],
            kind=Kind(data["kind"]),
            place=data["place"],
            limit=data["limit"],
            less=data["less"],
            period=period
            and Period(
                span=Span(period["span"]),
                start=datetime.fromisoformat(period["start"]),
                end=datetime.fromisoformat(period["end"]),
                part=period["part"] and DayPart(period["part"]),
                weekday=period["weekday"],
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A part of an utterance between two marks."""

    said: str
    """Its folded words."""
    rest: str
    """Those without times."""
    marked: bool
    """True with a question mark behind it."""
