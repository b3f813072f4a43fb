"""Says fractions: "1/2", "2 1/2 h", "3/4 L", "15/20"."""

import re

from .language_rules import LanguageRules, unit_pattern

_DECIMALS = {("1", "2"): "5", ("1", "4"): "25", ("3", "4"): "75"}

_SCORE = re.compile(r"(?<=\d)/(?=\d)")


class Fractions:
    """The patterns of one language, made once."""

    def __init__(self, rules: LanguageRules) -> None:
        self._rules = rules
        tables = self._tables = rules.tables
        self._pattern = re.compile(
            r"(?<![\w/.,])(?:(?P<whole>\d{1,3}) )?(?P<above>\d{1,3})/(?P<below>\d{1,4})"
            rf"(?: ?(?P<unit>{unit_pattern(tables)})(?![\w'’/]))?(?![\w/]|[.,]\d)"
        )
        # What is rated has no parts: "level 3/5" is three out of five.
        self._rated = re.compile(rf"\b(?i:{tables.rated})\W*$")

    def say(self, text: str) -> str:
        """Return text with fractions as words, or as decimals before a unit."""
        text = self._pattern.sub(self._say, text)
        return _SCORE.sub(f" {self._tables.extra['over']} ", text)

    def _say(self, match: re.Match[str]) -> str:
        whole, above, below, unit = match.groups()
        numbers = int(above), int(below)
        before = match.string[max(0, match.start() - 12) : match.start()]
        if self._rated.search(before) or not self._rules.fraction(*numbers):
            over = "over" if numbers[0] <= numbers[1] else "above"
            said = f" {self._tables.extra[over]} ".join(
                map(self._rules.cardinal, numbers)
            )
            return " ".join(x for x in (whole, said, unit) if x)
        decimals = _DECIMALS.get((above, below))
        if whole and unit and decimals:
            return f"{whole}.{decimals} {unit}"
        if unit:
            name = self._tables.units.get(unit) or self._tables.currencies[unit]
            return self._rules.part(*numbers, name)
        said = self._rules.fraction(*numbers) or ""
        if whole:
            and_ = self._tables.symbols["&"]
            return f"{self._rules.cardinal(int(whole))} {and_} {said}"
        return said
