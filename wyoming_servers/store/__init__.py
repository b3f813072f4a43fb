"""The store: model names become files on this machine, downloaded once."""

from .hub import Hub, Progress
from .piper import find_voice
from .whisper import find_whisper

__all__ = ["Hub", "Progress", "find_voice", "find_whisper"]
