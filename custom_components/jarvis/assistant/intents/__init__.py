"""Has Home Assistant's intents handled, with the values that the things allow."""

from .call_context import BearingTool
from .running import Slots, Step, async_run
from .values import check_playing, check_range, off_at_zero

__all__ = [
    "BearingTool",
    "Slots",
    "Step",
    "async_run",
    "check_playing",
    "check_range",
    "off_at_zero",
]
