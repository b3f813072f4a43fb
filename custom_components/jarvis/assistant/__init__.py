"""One utterance → one answer."""

from .assistant import Assistant
from .speech import spoken_error
from .turn import Turn

__all__ = ["Assistant", "Turn", "spoken_error"]
