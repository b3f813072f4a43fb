"""Values of slots and attributes, whoever wrote them."""

import math
from typing import Any


def slot_text(value: Any) -> str | None:
    """Return a slot's value as text, None for an empty one."""
    return None if value in (None, "") else str(value)


def number(value: Any) -> float | None:
    """Return a slot's or an attribute's value as a number, None for what is none."""
    try:
        found = math.nan if isinstance(value, bool) else float(value)
    except TypeError, ValueError, OverflowError:
        return None
    return found if math.isfinite(found) else None
