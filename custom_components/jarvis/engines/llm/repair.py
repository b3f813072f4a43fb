"""Mend arguments that small models write badly."""

import json
from collections.abc import Mapping
from typing import Any


def mend(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Drop empty values and read lists and objects that came as text."""
    return {
        key: _parse(value)
        for key, value in arguments.items()
        if value is not None and value not in ("", [], {})
    }


def _parse(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = value.strip()
    if (text[:1], text[-1:]) not in {("[", "]"), ("{", "}")}:
        return value
    try:
        return json.loads(text)
    except ValueError:
        return value
