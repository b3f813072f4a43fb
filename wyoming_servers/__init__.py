"""Jarvis's voice servers: hearing and speaking over the Wyoming protocol."""

__version__ = "0.1.0"
