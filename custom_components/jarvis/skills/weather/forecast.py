"""What a weather entity tells: the weather now, and what it forecasts."""

import asyncio
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from homeassistant.components.weather.const import DOMAIN, WeatherEntityFeature
from homeassistant.const import (
    ATTR_ENTITY_ID,
    ATTR_SUPPORTED_FEATURES,
    UnitOfSpeed,
    UnitOfTemperature,
)
from homeassistant.core import HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_conversion import SpeedConverter

TIMEOUT: Final = 8.0
"""Seconds that a weather service may take."""
WET: Final = frozenset({"rainy", "pouring", "lightning-rainy", "snowy-rainy", "hail"})
LIKELY: Final = 50
"""Percent from which on rain is told as a fact."""
_A_DROP: Final = 0.1
_STRONG: Final = 30.0
_STRONG_GUST: Final = 50.0
"""Kilometres an hour from which on a wind is strong."""
_MOST_MISSING: Final = 2 / 3
"""Share of a time, at its beginning, that finer entries may leave out."""
_KINDS: Final = {
    "hourly": WeatherEntityFeature.FORECAST_HOURLY,
    "twice_daily": WeatherEntityFeature.FORECAST_TWICE_DAILY,
    "daily": WeatherEntityFeature.FORECAST_DAILY,
}
_LENGTHS: Final = {
    "hourly": timedelta(hours=1),
    "twice_daily": timedelta(hours=12),
    "daily": timedelta(days=1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One entry of a forecast, in the units of the home; None for what it leaves out."""

    start: datetime
    end: datetime
    condition: str = ""
    temperature: float | None = None
    low: float | None = None
    precipitation: float | None = None
    chance: float | None = None
    """Of precipitation, in percent."""
    wind: float | None = None
    gust: float | None = None
    humidity: float | None = None
    uv: float | None = None
    pressure: float | None = None
    bearing: float | str | None = None
    """Where the wind comes from, in degrees or as a point of the compass."""
    frost: bool = False
    """True when the temperature falls to that of freezing."""
    windy: bool = False
    """True when the wind or its gusts are strong."""

    @property
    def wet(self) -> bool:
        """True when rain is to be expected."""
        if self.condition in WET:
            return True
        if self.condition.startswith("snow"):
            return False
        if self.chance is not None:
            return self.chance >= LIKELY
        return (self.precipitation or 0.0) > _A_DROP

    def has(self, topic: str) -> bool:
        """Return whether rain, snow, a storm … is to be expected."""
        match topic:
            case "rain" | "umbrella":
                return self.wet
            case "snow":
                return self.condition.startswith("snowy")
            case "storm":
                return self.condition.startswith("lightning")
            case "frost":
                return self.frost
            case "wind":
                return self.windy
            case "fog" | "hail":
                return self.condition == topic
            case "sun" | "sunwear":
                return self.condition in {"sunny", "clear-night", "partlycloudy"}
            case "clouds":
                return self.condition in {
                    "cloudy",
                    "partlycloudy",
                    *WET,
                    "snowy",
                    "fog",
                }
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """All that an entity forecasts, from the finest to the coarsest."""

    hourly: Sequence[Slot] = ()
    halves: Sequence[Slot] = ()
    """Days and nights."""
    daily: Sequence[Slot] = ()

    @property
    def end(self) -> datetime | None:
        """Until when it reaches."""
        ends = [
            slots[-1].end for slots in (self.hourly, self.halves, self.daily) if slots
        ]
        return max(ends, default=None)

    def within(self, start: datetime, end: datetime, *, fine: bool) -> Sequence[Slot]:
        """Return the finest entries of a time that reach to its end, or far into it.

        Where it is not `fine`, those of days are preferred.
        """
        order = (self.hourly, self.halves, self.daily)
        best: Sequence[Slot] = ()
        for slots in order if fine else (self.daily, self.halves, self.hourly):
            found = [slot for slot in slots if slot.start < end and slot.end > start]
            if (
                found
                and found[-1].end >= end
                and found[0].start - start <= (end - start) * _MOST_MISSING
            ):
                return found
            best = best or found
        return best


async def async_forecast(hass: HomeAssistant, state: State) -> Forecast:
    """Ask an entity for all that it forecasts; what fails is left out."""
    features = int(state.attributes.get(ATTR_SUPPORTED_FEATURES) or 0)
    kinds = [kind for kind, feature in _KINDS.items() if features & feature]
    found = await asyncio.gather(*(_async_slots(hass, state, kind) for kind in kinds))
    slots = dict(zip(kinds, found, strict=True))
    return Forecast(
        hourly=slots.get("hourly", ()),
        halves=slots.get("twice_daily", ()),
        daily=slots.get("daily", ()),
    )


async def _async_slots(hass: HomeAssistant, state: State, kind: str) -> list[Slot]:
    try:
        async with asyncio.timeout(TIMEOUT):
            answer = await hass.services.async_call(
                DOMAIN,
                "get_forecasts",
                {ATTR_ENTITY_ID: state.entity_id, "type": kind},
                blocking=True,
                return_response=True,
            )
    except HomeAssistantError, TimeoutError:
        return []
    told: Any = (answer or {}).get(state.entity_id) or {}
    return _slots(told.get("forecast") or [], kind, state)


def is_windy(wind: float | None, gust: float | None, unit: str | None) -> bool:
    """Return whether a wind or its gusts are strong."""
    if unit not in SpeedConverter.VALID_UNITS:
        return False
    return any(
        value is not None
        and SpeedConverter.convert(value, unit, UnitOfSpeed.KILOMETERS_PER_HOUR)
        >= least
        for value, least in ((wind, _STRONG), (gust, _STRONG_GUST))
    )


def freezing(unit: str | None) -> float:
    """Return the temperature at which water freezes."""
    return 32.0 if unit == UnitOfTemperature.FAHRENHEIT else 0.0


def _slots(entries: Iterable[dict[str, Any]], kind: str, state: State) -> list[Slot]:
    """Return entries in order, each until the next begins."""
    known = sorted(
        (
            (dt_util.as_local(start), entry)
            for entry in entries
            if (start := dt_util.parse_datetime(str(entry.get("datetime"))))
        ),
        key=lambda pair: pair[0],
    )
    if kind == "daily":
        known = [(_midnight(start.date(), start), entry) for start, entry in known]
    # Some services forecast in steps of three hours.
    steps = [b[0] - a[0] for a, b in itertools.pairwise(known)]
    ends = [start + step for (start, _), step in zip(known, steps, strict=False)]
    if known:
        last = known[-1][0]
        length = min(steps[-1] if steps else _LENGTHS[kind], _LENGTHS["daily"])
        ends.append(last + max(length, _LENGTHS[kind]))
    speed = state.attributes.get("wind_speed_unit")
    zero = freezing(state.attributes.get("temperature_unit"))
    return [
        Slot(
            bearing=entry.get("wind_bearing"),
            frost=any(
                value is not None and value <= zero
                for value in (_number(entry, "temperature"), _number(entry, "templow"))
            ),
            windy=is_windy(
                _number(entry, "wind_speed"), _number(entry, "wind_gust_speed"), speed
            ),
            start=start,
            end=end,
            condition=str(entry.get("condition") or ""),
            temperature=_number(entry, "temperature"),
            low=_number(entry, "templow"),
            precipitation=_number(entry, "precipitation"),
            chance=_number(entry, "precipitation_probability"),
            wind=_number(entry, "wind_speed"),
            gust=_number(entry, "wind_gust_speed"),
            humidity=_number(entry, "humidity"),
            uv=_number(entry, "uv_index"),
            pressure=_number(entry, "pressure"),
        )
        for (start, entry), end in zip(known, ends, strict=True)
    ]


def _midnight(day: date, like: datetime) -> datetime:
    return datetime.combine(day, time(), like.tzinfo)


def _number(entry: dict[str, Any], key: str) -> float | None:
    value = entry.get(key)
    return float(value) if isinstance(value, int | float) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A time for which something holds without a break."""

    start: datetime
    end: datetime
    condition: str
    open_end: bool = False
    """True when it lasts longer than the forecast reaches."""


def windows(slots: Sequence[Slot], topic: str) -> list[Window]:
    """Return when something is to be expected, in order."""
    found: list[Window] = []
    for place, slot in enumerate(slots):
        if not slot.has(topic):
            continue
        last = place == len(slots) - 1
        if found and found[-1].end == slot.start:
            begun = found.pop()
            found.append(
                Window(
                    start=begun.start,
                    end=slot.end,
                    condition=begun.condition,
                    open_end=last,
                )
            )
        else:
            found.append(
                Window(
                    start=slot.start,
                    end=slot.end,
                    condition=slot.condition,
                    open_end=last,
                )
            )
    return found
