"""A weather service with a week of forecasts, as a real weather entity.

The week, in Paris: Tuesday, December 1, 2026 is the first day. It rains on Tuesday from
17 to 20 h and on Wednesday from 14 to 17 h; Thursday is sunny, Friday brings snow and
frost, Saturday is fair, Sunday wet, Monday stormy wind. Hours reach until Thursday, 14 h.
"""

from datetime import datetime, timedelta
from typing import Any, Final, override
from zoneinfo import ZoneInfo

from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.components.weather import WeatherEntity
from homeassistant.components.weather.const import WeatherEntityFeature
from homeassistant.const import UnitOfPrecipitationDepth, UnitOfSpeed, UnitOfTemperature
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import setup_test_component_platform

PARIS: Final = ZoneInfo("Europe/Paris")
NOW: Final = datetime(2026, 12, 1, 10, 20, tzinfo=PARIS)
_FIRST: Final = NOW.replace(hour=0, minute=0)

_WEEK: Final[list[dict[str, Any]]] = [
    {"condition": "rainy", "high": 12, "low": 6, "chance": 80, "wind": 20},
    {"condition": "rainy", "high": 11, "low": 5, "chance": 70, "wind": 25},
    {"condition": "sunny", "high": 9, "low": 1, "chance": 0, "wind": 10},
    {"condition": "snowy", "high": 1, "low": -3, "chance": 70, "wind": 15},
    {"condition": "partlycloudy", "high": 7, "low": 0, "chance": 10, "wind": 10},
    {"condition": "rainy", "high": 8, "low": 3, "chance": 90, "wind": 30},
    {"condition": "windy", "high": 10, "low": 4, "chance": 30, "wind": 60},
]
_RAIN: Final = {(0, 17), (0, 18), (0, 19), (1, 14), (1, 15), (1, 16)}


def daily() -> list[dict[str, Any]]:
    """Return the days."""
    return [
        {
            "datetime": (_FIRST + timedelta(days=day)).isoformat(),
            "condition": about["condition"],
            "native_temperature": about["high"],
            "native_templow": about["low"],
            "precipitation_probability": about["chance"],
            "native_wind_speed": about["wind"],
            "native_wind_gust_speed": about["wind"] + 20,
        }
        for day, about in enumerate(_WEEK)
    ]


def hourly() -> list[dict[str, Any]]:
    """Return the hours from 10 h on Tuesday until 14 h on Thursday."""
    found = []
    for number in range(10, 62):
        day, hour = divmod(number, 24)
        about, wet = _WEEK[day], (day, hour) in _RAIN
        warmth = about["low"] + (about["high"] - about["low"]) * (
            1 - abs(hour - 14) / 14
        )
        dry = "sunny" if day == 2 else "cloudy"
        found.append(
            {
                "datetime": (_FIRST + timedelta(hours=number)).isoformat(),
                "condition": "rainy" if wet else dry,
                "native_temperature": round(warmth),
                "precipitation_probability": 80 if wet else 10,
                "native_precipitation": 1.2 if wet else 0,
                "native_wind_speed": about["wind"],
                "native_wind_gust_speed": about["wind"] + 20,
            }
        )
    return found


class Station(WeatherEntity):
    """A weather service that forecasts hours and days."""

    _attr_should_poll = False
    _attr_native_temperature_unit = UnitOfTemperature.CELSIUS
    _attr_native_wind_speed_unit = UnitOfSpeed.KILOMETERS_PER_HOUR
    _attr_native_precipitation_unit = UnitOfPrecipitationDepth.MILLIMETERS
    _attr_condition = "cloudy"
    _attr_native_temperature = 10
    _attr_native_apparent_temperature = 9
    _attr_native_wind_speed = 20
    _attr_native_wind_gust_speed = 40
    _attr_humidity = 70

    def __init__(self, name: str = "Maison", *, kinds: tuple[str, ...] = ()) -> None:
        """Take what it forecasts: "hourly", "daily"; both if nothing is given."""
        self._attr_name = name
        self._attr_unique_id = name
        self.available_now = True
        feature = WeatherEntityFeature(0)
        for kind in kinds or ("hourly", "daily"):
            feature |= WeatherEntityFeature[f"FORECAST_{kind.upper()}"]
        self._attr_supported_features = feature

    @property
    @override
    def available(self) -> bool:
        return self.available_now

    @override
    async def async_forecast_daily(self) -> Any:
        return daily()

    @override
    async def async_forecast_hourly(self) -> Any:
        return hourly()


async def async_add_stations(hass: HomeAssistant, *stations: Station) -> None:
    """Add weather services to a home in Paris, and expose them."""
    await hass.config.async_set_time_zone("Europe/Paris")
    hass.config.latitude, hass.config.longitude = 48.86, 2.35
    setup_test_component_platform(hass, "weather", list(stations))
    assert await async_setup_component(
        hass, "weather", {"weather": {"platform": "test"}}
    )
    await hass.async_block_till_done()
    for station in stations:
        async_expose_entity(hass, "conversation", station.entity_id, True)
