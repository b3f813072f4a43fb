"""Streams of sound in which wake words are looked for."""

DETECT_STOPPED = "detect-stopped"
"""Ends a marked stream in place of `not-detected`."""
