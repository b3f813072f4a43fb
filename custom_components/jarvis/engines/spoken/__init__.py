"""Replies made to be heard: what was written to be read becomes what can be said."""

from .hints import Sound, hinted, read_hint
from .speakable import speakable

__all__ = ["Sound", "hinted", "read_hint", "speakable"]
