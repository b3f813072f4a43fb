"""The store: model names become files on this machine, downloaded once."""

from .piper import find_voice
from .process import HubProcess
from .source import DEFAULT_ENDPOINT, Progress, Source
from .whisper import find_whisper

__all__ = [
    "DEFAULT_ENDPOINT",
    "HubProcess",
    "Progress",
    "Source",
    "find_voice",
    "find_whisper",
]
