"""The embedding worker: a sentence model behind an event of its own."""

from .options import EmbedOptions

__all__ = ["EmbedOptions"]
