"""Calls that small models write badly, and what becomes of them."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from custom_components.jarvis.engines.llm import (
    ToolCall,
    ToolSpec,
    nearest_names,
    nearest_tool,
    repair,
)

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "repairs.yaml").read_text("utf-8")
)
TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
PERCENT = {"type": "integer", "minimum": 0, "maximum": 100}
CLASSES = ["awning", "blind", "door", "garage", "shutter"]
PARAMETERS: dict[str, dict[str, Any]] = {
    "turn_on": {
        "name": TEXT,
        "area": TEXT,
        "floor": TEXT,
        "domain": TEXTS,
        "device_class": {"type": "array", "items": {**TEXT, "enum": CLASSES}},
    },
    "light_set": {"name": TEXT, "area": TEXT, "brightness": PERCENT, "color": TEXT},
    "climate": {"name": TEXT, "temperature": {"type": "number"}},
    "volume": {
        "name": TEXT,
        "volume_step": {
            "anyOf": [
                {"type": "string", "enum": ["up", "down"]},
                {"type": "integer", "minimum": -100, "maximum": 100},
            ]
        },
    },
    "announce": {"message": TEXT, "loud": {"type": "boolean"}},
}
TOOLS = [
    ToolSpec(name=name, parameters={"type": "object", "properties": properties})
    for name, properties in PARAMETERS.items()
]
NAMES = [
    "intent__HassTurnOn",
    "intent__HassTurnOff",
    "intent__HassSetPosition",
    "light__HassLightSet",
    "climate__HassClimateSetTemperature",
    "homeassistant__GetLiveContext",
    "script__movie_night",
]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_arguments_are_mended(case: dict[str, Any]) -> None:
    mended = repair(ToolCall(name=case["call"], arguments=case["given"]), TOOLS)
    assert mended == ToolCall(name=case["call"], arguments=case["as"])


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("intent__HassTurnOn", "intent__HassTurnOn"),
        ("HassTurnOn", "intent__HassTurnOn"),
        ("intent.HassTurnOff", "intent__HassTurnOff"),
        ("hass_turn_off", "intent__HassTurnOff"),
        ("light.turn_on", "intent__HassTurnOn"),
        ("functions.HassTurnOn", "intent__HassTurnOn"),
        ("HassTurnOnn", "intent__HassTurnOn"),
        ("homeassistant__HassTurnOff", "intent__HassTurnOff"),
        ("lightset", "light__HassLightSet"),
        ("HassClimateSetTemperatur", "climate__HassClimateSetTemperature"),
        ("get_live_context", "homeassistant__GetLiveContext"),
        ("movie_night", "script__movie_night"),
        # These may mean either of two, or nothing that there is.
        ("HassTurn", "HassTurn"),
        ("HassTurnO", "HassTurnO"),
        ("play_music", "play_music"),
        ("", ""),
    ],
)
def test_name_of_a_tool_is_found(said: str, meant: str) -> None:
    assert nearest_tool(said, NAMES) == meant


def test_nearest_names_are_told() -> None:
    assert nearest_names("HassTurnO", NAMES)[:2] == [
        "intent__HassTurnOn",
        "intent__HassTurnOff",
    ]
    assert nearest_names("quux", NAMES) == []


def test_tool_that_there_is_not_is_left_alone() -> None:
    call = ToolCall(name="play_music", arguments={"domain": "light"})
    assert repair(call, TOOLS) == call
