"""What a language has to know to say what is written: its tables and its grammar."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from unicode_rbnf import RbnfEngine

MOST_DIGITS = 15
"""Longer numbers are said digit by digit: nobody can follow them otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of measure or a currency, in the words of one language.

    `cent` is the hundredth of a currency; `halves` says that a half is said as such,
    "vingt et un degrés et demi".
    """

    one: str
    many: str
    feminine: bool = False
    halves: bool = False
    cent: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number as it was written: digits before and after its decimal sign."""

    whole: str
    fraction: str = ""

    @property
    def integer(self) -> int | None:
        """Return its value if it is whole and not a code such as "007"."""
        if self.fraction or len(self.whole) > MOST_DIGITS:
            return None
        return None if self.whole[0] == "0" and self.whole != "0" else int(self.whole)

    def scaled(self, zeros: int) -> Number:
        """Return this number times ten to the power of `zeros`."""
        fraction = self.fraction.ljust(zeros, "0")
        whole = (self.whole + fraction[:zeros]).lstrip("0") or "0"
        return Number(whole=whole, fraction=fraction[zeros:].rstrip("0"))

    def shortest(self) -> Number:
        """Return this number as it is said of a measure: 19,0 is 19, 05 is 5."""
        whole = self.whole.lstrip("0") or "0"
        return Number(
            whole=whole, fraction=self.fraction if self.fraction.strip("0") else ""
        )

    def at_least(self, bound: int) -> bool:
        """Tell whether this number is not below a small bound."""
        return len(self.whole) > MOST_DIGITS or int(self.whole) >= bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The words of one language; patterns are regular expressions."""

    number: str  # pattern of an unsigned number
    grouping: str  # what may stand between thousands
    units: Mapping[str, Unit]
    currencies: Mapping[str, Unit]
    scales: Mapping[str, int]  # letters before a currency: "M" in "2 M€", in zeros
    scale_words: str  # pattern: "millions"
    months: Sequence[str]
    month_names: Mapping[str, int]  # lower case, abbreviations without their full stop
    ordinal_endings: str  # pattern
    abbreviations: Sequence[tuple[str, str]]  # pattern, replacement
    numbered: str  # pattern of what a Roman numeral may follow: "chapitre"
    sovereigns: str  # pattern of names
    signs: Mapping[str, str]  # before a number
    symbols: Mapping[str, str]  # anywhere
    emoji: Mapping[str, str]  # those that carry a meaning when they stand alone
    warnings: frozenset[str]  # those that carry one before a sentence, too
    address: Mapping[str, str]  # ". - _ / @ :" inside an address
    to: str  # between the ends of a range
    per: str
    rated: str  # pattern of what is not counted in fractions: "score"
    rates: str  # pattern of what may follow "per" without a number before: "jour"
    number_sign: str
    done: str
    todo: str
    clock_joint: str  # between a date and a time
    extra: Mapping[str, str] = field(default_factory=dict)


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of any of the words, the longest first."""
    return "|".join(re.escape(x) for x in sorted(words, key=len, reverse=True))


def unit_pattern(tables: Tables) -> str:
    """Return a pattern of any unit or currency of a language."""
    # Without a space these are letters of a name: "4K", "2B".
    loose = [x for x in ("K", "B") if x in tables.units]
    others = {*tables.units, *tables.currencies}.difference(loose)
    return "|".join([any_of(others), *(f"(?<= ){x}" for x in loose)])


class LanguageRules(ABC):
    """One language's way to say numbers, dates and times."""

    tables: Tables

    def __init__(self, tables: Tables, language: str) -> None:
        """Load the language's number names, which reads a file."""
        self.tables = tables
        self._engine: Final = RbnfEngine.for_language(language)

    def _spelled(self, number: int, rules: str) -> str:
        text = self._engine.format_number(number, ruleset_names=[rules]).text
        # Commas between thousands would be heard as pauses.
        return text.replace(",", "").replace("-et-", " et ")

    @abstractmethod
    def cardinal(self, number: int, *, feminine: bool = False) -> str:
        """Return "vingt et un" or "vingt et une"."""

    @abstractmethod
    def ordinal(self, number: int, ending: str = "") -> str:
        """Return "premier"; `ending` is what was written after the digits, "re"."""

    @abstractmethod
    def year(self, number: int) -> str:
        """Return a year, "nineteen eighty-nine"."""

    @abstractmethod
    def fraction_digits(self, digits: str) -> str:
        """Return what follows the decimal sign: "zéro cinq"."""

    @abstractmethod
    def is_plural(self, number: Number) -> bool:
        """Tell whether what is counted takes its plural."""

    @abstractmethod
    def half(self, unit: Unit) -> str:
        """Return what is said after the unit for one half more, or nothing."""

    @abstractmethod
    def of(self, number: Number, noun: str) -> str:
        """Return the noun with what joins it to its number: "d'habitants"."""

    @abstractmethod
    def counts_feminine(self, following: str) -> bool:
        """Tell whether a number agrees with a feminine noun in what follows it."""

    @abstractmethod
    def is_year(self, number: Number, preceding: str, following: str) -> bool:
        """Tell whether a bare number is a year that is not said as a number."""

    @abstractmethod
    def amount(self, number: Number, currency: Unit) -> str:
        """Return an amount with cents: "douze euros cinquante"."""

    @abstractmethod
    def date(self, day: int, month: int, year: int | None, *, day_first: bool) -> str:
        """Return a date; `day_first` is how it was written."""

    @abstractmethod
    def clock(self, hour: int, minute: int, second: int | None) -> str:
        """Return a time written with colons; with seconds it is a duration."""

    @abstractmethod
    def fraction(self, numerator: int, denominator: int) -> str | None:
        """Return "trois quarts", None for a fraction without a name."""

    @abstractmethod
    def part(self, numerator: int, denominator: int, unit: Unit) -> str:
        """Return a fraction that has a name with its unit: "un quart d'heure"."""

    @abstractmethod
    def sovereign(self, number: int) -> str:
        """Return the number of a king or queen: "quatorze", "the eighth"."""

    @abstractmethod
    def telephone(self, groups: Sequence[str]) -> str:
        """Return the groups of a telephone number, with pauses."""

    @abstractmethod
    def months_first(self, region: str) -> bool:
        """Tell whether 01/05 is in January for a region, "US", "" if unknown."""

    def half_day(self, hour: int, minute: int, half: str) -> str:
        """Return a time of twelve hours, "3:05 pm"; `half` is "a" or "p"."""
        return self.clock(hour % 12 + 12 * (half == "p"), minute, None)

    def rewrite(self, text: str) -> str:
        """Return text with what only this language writes so, before numbers are said."""
        return text

    def joined(self, text: str) -> str:
        """Return text in which numbers have become words, with its elisions."""
        return text

    def digits(self, digits: str) -> str:
        """Return digits one by one."""
        return " ".join(self.cardinal(int(digit)) for digit in digits)

    def number(self, number: Number, *, feminine: bool = False) -> str:
        """Return any number."""
        value = number.integer
        if value is not None:
            return self.cardinal(value, feminine=feminine)
        if not number.fraction:
            return self.digits(number.whole)
        whole = Number(whole=number.whole.lstrip("0") or "0")
        point = self.tables.extra["point"]
        said = self.number(whole)
        return f"{said} {point} {self.fraction_digits(number.fraction)}"

    def noun(self, unit: Unit, number: Number) -> str:
        """Return the unit's name as the number wants it."""
        return unit.many if self.is_plural(number) else unit.one
