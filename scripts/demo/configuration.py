"""Writes Home Assistant's configuration folder: no discovery, all devices by helpers."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import yaml

from .paths import INTEGRATION
from .ports import LOOPBACK
from .rooms import Language
from .things import CLIMATE, TELEVISION, TEMPLATES, WEATHER, Thing

type Config = dict[str, Any]

_NUMBERS: Final[dict[str, tuple[float, float, float, str]]] = {
    # helper: lowest, highest, first value, unit
    "temperature_salon": (5, 35, 20.5, "°C"),
    "temperature_chambre": (5, 35, 18.5, "°C"),
    "temperature_exterieure": (-20, 45, 12.0, "°C"),
    "humidite_salle_de_bain": (0, 100, 55, "%"),
    "volume_tele": (0, 1, 0.3, ""),
}
_BOOLEANS: Final = ("porte_entree", "fenetre_cuisine", "chaudiere")
_SELECTS: Final = {
    "television": ["off", "on", "playing", "paused"],
    "aspirateur": ["docked", "cleaning", "paused", "idle"],
}
_FORECAST: Final = """\
{{% set start = today_at('12:00') %}}
{{{{ [{days}] }}}}"""


def write(folder: Path, language: Language, port: int) -> None:
    """Write the files that Home Assistant reads at its start, in `language`."""
    text = yaml.safe_dump(_configuration(language), allow_unicode=True, sort_keys=False)
    _write_if_changed(folder / "configuration.yaml", text)
    _listen(folder, port)
    link = folder / "custom_components" / INTEGRATION.name
    link.parent.mkdir(exist_ok=True)
    if not link.is_symlink() or link.resolve() != INTEGRATION:
        link.unlink(missing_ok=True)
        link.symlink_to(INTEGRATION)


def first_helper_values() -> list[tuple[str, str, dict[str, Any]]]:
    """Return the service calls that give the helpers their first values."""
    return [
        ("input_number", "set_value", {"entity_id": f"input_number.{key}", "value": v})
        for key, (_, _, v, _) in _NUMBERS.items()
    ]


def _configuration(language: Language) -> Config:
    return {
        # What default_config would bring, less its discovery of the network.
        "frontend": {},
        "config": {},
        "conversation": {},
        "assist_pipeline": {},
        "logger": {
            "default": "warning",
            "logs": {
                "custom_components.jarvis": "info",
                "homeassistant.components.assist_pipeline": "info",
            },
        },
        "input_number": {
            key: {"min": low, "max": high, "step": 0.01 if high <= 1 else 0.5}
            | ({"unit_of_measurement": unit} if unit else {})
            for key, (low, high, _, unit) in _NUMBERS.items()
        },
        "input_boolean": {key: {} for key in _BOOLEANS},
        "input_select": {key: {"options": [*o]} for key, o in _SELECTS.items()},
        "template": [*(_template(t, language) for t in TEMPLATES), _weather(language)],
        "climate": [_thermostat(language)],
        "media_player": [_television(language)],
    }


def _identity(thing: Thing, language: Language) -> Config:
    return {
        "name": thing.names.name(language),
        "unique_id": f"{thing.domain}_{thing.key}",
    }


def _template(thing: Thing, language: Language) -> Config:
    entity = {
        **_identity(thing, language),
        "default_entity_id": thing.entity_id,
        **thing.config,
    }
    return {thing.domain: [entity]}


def _weather(language: Language) -> Config:
    days = ", ".join(
        f"{{'datetime': (start + timedelta(days={day})).isoformat(), "
        f"'condition': '{condition}', 'temperature': {high}, 'templow': {low}, "
        f"'precipitation_probability': {rain}}}"
        for day, (condition, high, low, rain) in enumerate(
            [
                ("partlycloudy", 14, 7, 10),
                ("rainy", 12, 8, 80),
                ("sunny", 17, 6, 0),
                ("cloudy", 15, 9, 20),
            ]
        )
    )
    entity = {
        **_identity(WEATHER, language),
        "default_entity_id": WEATHER.entity_id,
        "condition": "partlycloudy",
        "temperature": "{{ states('input_number.temperature_exterieure') | float(12) }}",
        "humidity": "{{ 62 }}",
        "temperature_unit": "°C",
        "forecast_daily": _FORECAST.format(days=days),
    }
    return {"weather": [entity]}


def _thermostat(language: Language) -> Config:
    return {
        "platform": "generic_thermostat",
        **_identity(CLIMATE, language),
        "heater": "input_boolean.chaudiere",
        "target_sensor": "sensor.temperature_salon",
        "min_temp": 7,
        "max_temp": 28,
        "target_temp": 19,
        "target_temp_step": 0.5,
        "initial_hvac_mode": "heat",
    }


def _television(language: Language) -> Config:
    playing = {"entity_id": "input_select.television"}
    volume = {"entity_id": "input_number.volume_tele"}

    def becomes(option: str) -> Config:
        return {
            "action": "input_select.select_option",
            "target": playing,
            "data": {"option": option},
        }

    return {
        "platform": "universal",
        **_identity(TELEVISION, language),
        "device_class": "tv",
        "attributes": {
            "state": "input_select.television",
            "volume_level": "input_number.volume_tele",
        },
        "commands": {
            "turn_on": becomes("on"),
            "turn_off": becomes("off"),
            "media_play": becomes("playing"),
            "media_pause": becomes("paused"),
            "media_stop": becomes("on"),
            "volume_set": {
                "action": "input_number.set_value",
                "target": volume,
                "data": {"value": "{{ volume_level }}"},
            },
            "volume_up": {"action": "input_number.increment", "target": volume},
            "volume_down": {"action": "input_number.decrement", "target": volume},
        },
    }


def _listen(folder: Path, port: int) -> None:
    """Bind Home Assistant to the loopback address.

    Addresses are not read from configuration.yaml any more but from this store: after a
    change in the YAML, Home Assistant takes the new address on trial for five minutes.
    """
    store = {
        "version": 2,
        "minor_version": 2,
        "key": "http",
        "data": {
            "stable": {
                "server_host": [LOOPBACK],
                "server_port": port,
                "cors_allowed_origins": [],
                "login_attempts_threshold": -1,
                "ip_ban_enabled": True,
                "ssl_profile": "modern",
                "use_x_frame_options": True,
                "created_at": datetime.now(UTC).isoformat(),
                "error": None,
                "error_message": None,
            },
            "pending": None,
            "yaml_migration_done": True,
        },
    }
    storage = folder / ".storage"
    storage.mkdir(exist_ok=True)
    (storage / "http").write_text(json.dumps(store, indent=2))


def _write_if_changed(path: Path, text: str) -> None:
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
