"""Lengths of time, as they are said."""

from ...engines.language import enumerate_phrases
from .speech import say

_EXACT = 120
"""Seconds up to which they are told."""


def say_duration(language: str, seconds: float, *, exact: bool = False) -> str:
    """Return "une heure et 20 minutes"; from two minutes on without the seconds.

    `exact`: with all that there is of it, as a timer was set.
    """
    whole = max(1, round(seconds))
    if not exact and whole >= _EXACT:
        whole = round(whole / 60) * 60
    hours, rest = divmod(whole, 3600)
    minutes, rest = divmod(rest, 60)
    parts = (("hours", hours), ("minutes", minutes), ("seconds", rest))
    said = [
        say(
            language,
            f"durations.{name}.{'one' if count == 1 else 'many'}",
            count=str(count),
        )
        for name, count in parts
        if count
    ]
    return enumerate_phrases(said, language)
