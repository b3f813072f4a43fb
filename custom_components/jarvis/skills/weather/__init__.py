"""Weather: what it is like, what it will be like, and whether to take an umbrella."""

from .skill import Weather

__all__ = ["Weather"]
