"""Replies made for ears: what was written to be read becomes what can be said."""

from .speakable import speakable

__all__ = ["speakable"]
