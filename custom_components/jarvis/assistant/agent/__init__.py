"""The agent that answers with a language model and the tools of Home Assistant."""

from .model_agent import ModelAgent
from .preload import Preload
from .tasks import async_generate

__all__ = [
    "ModelAgent",
    "Preload",
    "async_generate",
]
