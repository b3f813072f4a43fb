"""Roman numerals, as far as replies have them."""

import re

_ROMAN = re.compile(
    r"(?:X{0,3})(?:IX|IV|V?I{0,3})|X[LC](?:IX|IV|V?I{0,3})|LX{0,3}(?:IX|IV|V?I{0,3})"
)
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman(digits: str) -> int:
    """Return the value of a Roman numeral up to 99, 0 if it is none."""
    if not _ROMAN.fullmatch(digits):
        return 0
    values = [_VALUES[x] for x in digits]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
