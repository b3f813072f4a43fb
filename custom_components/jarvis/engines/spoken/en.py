"""How English says numbers, dates and times.

Numbers take "and" after the hundreds, as in Britain; Americans understand it as well.
"""

import re
from collections.abc import Sequence
from typing import override

from .en_tables import TABLES
from .language_rules import LanguageRules, Number, Unit

_YEAR_AFTER = re.compile(
    r"\b(?:in|since|of|(?<!\d )by|until|till|from|before|after|year|circa|during|early|late|"
    + "|".join(TABLES.months)
    + r"),? $",
    re.IGNORECASE,
)
_DECADE = re.compile(
    r"(?<![\w'’.,])['’]?(?:(1[1-9]\d0|20\d0)|(?<=[Tt]he )['’]?([2-9]0))['’]?s\b"
)
_BARE_DEGREES = re.compile(r"(?<=\d)([CF])\b")
# A noun in its plural: "of 1500 homes".
_COUNTED = re.compile(
    r" (?!(?:was|is|this|has)\b)(?:[a-z]+s|people|men|women|children)\b"
)
# Regions that write the month first, or where English has no region.
_MONTHS_FIRST = frozenset({"", "US", "PH", "PR", "BZ"})


class English(LanguageRules):
    """English, written in Britain or in America."""

    def __init__(self) -> None:
        super().__init__(TABLES, "en")

    @override
    def cardinal(self, number: int, *, feminine: bool = False) -> str:
        return self._spelled(number, "spellout-cardinal-verbose")

    @override
    def ordinal(self, number: int, ending: str = "") -> str:
        return self._spelled(number, "spellout-ordinal-verbose")

    @override
    def year(self, number: int) -> str:
        if number // 100 == 20 and number % 100 < 10:
            return self.cardinal(number)
        return self._spelled(number, "spellout-numbering-year").replace("oh-", "oh ")

    @override
    def fraction_digits(self, digits: str) -> str:
        return self.digits(digits)

    @override
    def is_plural(self, number: Number) -> bool:
        return number.integer != 1

    @override
    def half(self, unit: Unit) -> str:
        return ""  # "twenty-one point five degrees" is as good

    @override
    def of(self, number: Number, noun: str) -> str:
        return noun

    @override
    def counts_feminine(self, following: str) -> bool:
        return False

    @override
    def is_year(self, number: Number, preceding: str, following: str) -> bool:
        value = number.integer
        return (
            value is not None
            and 1000 < value < 2100
            and len(number.whole) == 4
            and (
                _YEAR_AFTER.search(preceding) is not None
                or (preceding.endswith("(") and following.startswith(")"))
            )
            and _COUNTED.match(following) is None
        )

    @override
    def amount(self, number: Number, currency: Unit) -> str:
        cents = int(number.fraction.ljust(2, "0"))
        whole = Number(whole=number.whole.lstrip("0") or "0")
        said = f"{self.number(whole)} {self.noun(currency, whole)}"
        if not cents or currency.cent is None:
            return said
        unit = currency.cent.one if cents == 1 else currency.cent.many
        few = f"{self.cardinal(cents)} {unit}"
        return few if whole.integer == 0 else f"{said} and {few}"

    @override
    def date(self, day: int, month: int, year: int | None, *, day_first: bool) -> str:
        name, said = self.tables.months[month - 1], self.ordinal(day)
        when = f"the {said} of {name}" if day_first else f"{name} {said}"
        if not year:
            return when
        return (
            f"{when} {self.year(year)}" if day_first else f"{when}, {self.year(year)}"
        )

    @override
    def clock(self, hour: int, minute: int, second: int | None) -> str:
        if second is not None:
            parts = [self._counted(hour, "hour")] if hour else []
            parts += [self._counted(minute, "minute")] if minute else []
            parts += [self._counted(second, "second")] if second or not parts else []
            return " ".join(parts)
        if not hour:
            return f"twelve {self._minutes(minute)} a m" if minute else "midnight"
        if minute:
            return f"{self.cardinal(hour)} {self._minutes(minute)}"
        return f"{self.cardinal(hour)} {"o'clock" if hour <= 12 else 'hundred'}"

    @override
    def half_day(self, hour: int, minute: int, half: str) -> str:
        """Return "three oh five p m"; `half` is "a" or "p"."""
        minutes = f" {self._minutes(minute)}" if minute else ""
        return f"{self.cardinal(hour)}{minutes} {half} m"

    def _minutes(self, minute: int) -> str:
        return f"{'oh ' if minute < 10 else ''}{self.cardinal(minute)}"

    def _counted(self, number: int, noun: str) -> str:
        return f"{self.cardinal(number)} {noun}{'s' * (number != 1)}"

    @override
    def fraction(self, numerator: int, denominator: int) -> str | None:
        if not 0 < numerator < denominator:
            return None
        names = {2: "half", 4: "quarter"}
        name = names.get(denominator)
        if name is None and denominator < 10:
            name = self.ordinal(denominator)
        if name is None:
            return None
        return f"{self.cardinal(numerator)} {name}{'s' * (numerator > 1)}"

    @override
    def part(self, numerator: int, denominator: int, unit: Unit) -> str:
        article = "an" if unit.one[0] in "aeio" or unit.one == "hour" else "a"
        if denominator == 2:
            return f"half {article} {unit.one}"
        return f"{self.fraction(numerator, denominator)} of {article} {unit.one}"

    @override
    def sovereign(self, number: int) -> str:
        return f"the {self.ordinal(number)}"

    @override
    def telephone(self, groups: Sequence[str]) -> str:
        return ", ".join(self.digits(group) for group in groups)

    @override
    def rewrite(self, text: str) -> str:
        text = _DECADE.sub(self._decade, text)
        return _BARE_DEGREES.sub(r"°\1", text)

    def _decade(self, match: re.Match[str]) -> str:
        said = self.year(int(match[1] or match[2]))
        return f"{said[:-1]}ies" if said.endswith("y") else f"{said}s"

    @override
    def months_first(self, region: str) -> bool:
        return region in _MONTHS_FIRST


ENGLISH = English()
