"""The gateway: never runs a model, so it always answers."""

from .gateway import Gateway
from .meters import Meters
from .queue import Queue
from .station import Station

__all__ = ["Gateway", "Meters", "Queue", "Station"]
