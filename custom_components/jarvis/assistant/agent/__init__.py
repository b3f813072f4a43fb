"""The agent that answers with a language model and the tools of Home Assistant."""

from .model_agent import Thinking
from .preload import Warming
from .tasks import async_generate

__all__ = [
    "Thinking",
    "Warming",
    "async_generate",
]
