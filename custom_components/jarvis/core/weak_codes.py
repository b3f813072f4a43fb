"""Codes that are guessed first: years, repeated and running digits."""

import re
from typing import Final

CODE: Final = re.compile(r"\d{4,8}", re.ASCII)
"""What a code may be at all."""
_YEAR: Final = re.compile(r"19\d\d|20\d\d|2100")
_REPEATED: Final = re.compile(r"(\d{1,4})\1+")
_RUNS: Final = ("01234567890", "09876543210")


def is_weak(code: str) -> bool:
    """Return whether a code is a year, repeats its digits, or counts up or down."""
    return bool(code) and bool(
        _YEAR.fullmatch(code)
        or _REPEATED.fullmatch(code)
        or any(code in run for run in _RUNS)
    )
