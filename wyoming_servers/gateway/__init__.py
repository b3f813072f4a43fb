"""The gateway: never runs a model, so it always answers."""

from .embedding import Embedding
from .gateway import Gateway
from .meters import Meters
from .queue import Queue
from .station import Station

__all__ = ["Embedding", "Gateway", "Meters", "Queue", "Station"]
