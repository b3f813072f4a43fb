"""Takes out of what a server sends what is no character: halves of surrogate pairs.

JSON may hold them, and nothing that is written down, sent or spoken can.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

_HALF: Final = re.compile("[\ud800-\udfff]")
MOST_LAYERS: Final = 40
"""Layers of values that are looked into; what lies deeper is left out."""


def whole_text(value: Any, layers: int = MOST_LAYERS) -> Any:
    """Return a value of JSON, and all in it, without halves of characters."""
    match value:
        case str():
            return _HALF.sub("", value)
        case _ if not layers:
            return None if isinstance(value, Mapping | list) else value
        case Mapping():
            return {
                whole_text(key): whole_text(inner, layers - 1)
                for key, inner in value.items()
            }
        case list():
            return [whole_text(inner, layers - 1) for inner in value]
    return value
