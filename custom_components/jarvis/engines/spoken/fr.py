"""How French says numbers, dates and times."""

import re
from collections.abc import Sequence
from typing import override

from .fr_tables import FEMININE, FEMININE_ENDINGS, MASCULINE, NOT_COUNTED, TABLES
from .language_rules import LanguageRules, Number, Unit
from .roman import roman

_WORD = re.compile(r" ([^\W\d_]+)(?: ([^\W\d_]+))?")
# "Vers" and "Ce" are words: a first numeral has to be I, V or X, and "er" follows I only.
_CENTURY = re.compile(
    r"\b(?:([VX][IVXL]{0,7}|L[IVXL]{1,7}|I[IVX]{1,4}|I(?=er|re|ère))(e|ème|er|re|ère)\b"
    r"|([IVX]{1,8})(?= siècle))"
)
_MILLION = 1_000_000


class French(LanguageRules):
    """French, with the agreement of "un", of "vingt" and of "million"."""

    def __init__(self) -> None:
        super().__init__(TABLES, "fr")

    @override
    def cardinal(self, number: int, *, feminine: bool = False) -> str:
        said = self._spelled(
            number, f"spellout-cardinal-{'feminine' if feminine else 'masculine'}"
        )
        # "Million" is a noun: eighty of them take the s that "mille" forbids.
        return re.sub(r"(quatre-vingt|cent)(?= (?:million|milliard|billion))", _s, said)

    @override
    def ordinal(self, number: int, ending: str = "") -> str:
        plural = "s" if ending.endswith("s") else ""
        if number == 2 and ending.startswith("n"):
            return ("seconde" if "de" in ending else "second") + plural
        feminine = number == 1 and ending.rstrip("s") in {"re", "ère", "ere"}
        said = self._spelled(
            number, f"spellout-ordinal-{'feminine' if feminine else 'masculine'}"
        )
        return said.replace("quatre-vingt et un", "quatre-vingt-un") + plural

    @override
    def year(self, number: int) -> str:
        return self.cardinal(number)

    @override
    def fraction_digits(self, digits: str) -> str:
        rest = digits.lstrip("0")
        if len(rest) > 3:
            return self.digits(digits)
        zeros = ["zéro"] * (len(digits) - len(rest))
        return " ".join([*zeros, *([self.cardinal(int(rest))] if rest else [])])

    @override
    def is_plural(self, number: Number) -> bool:
        return number.at_least(2)

    @override
    def half(self, unit: Unit) -> str:
        if not unit.halves:
            return ""
        return " et demie" if unit.feminine else " et demi"

    @override
    def of(self, number: Number, noun: str) -> str:
        value = number.integer
        if (
            not value
            or value % _MILLION
            or not noun
            or noun.split(maxsplit=1)[0] in NOT_COUNTED
        ):
            return noun
        return _de(noun)

    @override
    def counts_feminine(self, following: str) -> bool:
        if not (match := _WORD.match(following)):
            return False
        for word in filter(None, (x and x.lower() for x in match.groups())):
            single = word.removesuffix("s")
            if single in FEMININE or word in FEMININE:
                return True
            if single in {"autre", "seule"}:
                continue
            return single not in MASCULINE and single.endswith(FEMININE_ENDINGS)
        return False

    @override
    def is_year(self, number: Number, preceding: str, following: str) -> bool:
        return False  # said as any number

    @override
    def amount(self, number: Number, currency: Unit) -> str:
        cents = int(number.fraction.ljust(2, "0"))
        whole = Number(whole=number.whole.lstrip("0") or "0")
        if whole.integer == 0 and cents and currency.cent:
            unit = currency.cent.many if cents > 1 else currency.cent.one
            return f"{self.cardinal(cents, feminine=currency.cent.feminine)} {unit}"
        noun = self.of(whole, self.noun(currency, whole))
        said = f"{self.number(whole, feminine=currency.feminine)} {noun}"
        return f"{said} {self.cardinal(cents)}" if cents else said

    @override
    def date(self, day: int, month: int, year: int | None, *, day_first: bool) -> str:
        said = "premier" if day == 1 else self.cardinal(day)
        name = self.tables.months[month - 1]
        return f"{said} {name} {self.year(year)}" if year else f"{said} {name}"

    @override
    def clock(self, hour: int, minute: int, second: int | None) -> str:
        if second is None and not hour and not minute:
            return "minuit"
        said = self._counted(hour, "heure")
        if second is None:
            return f"{said} {self.cardinal(minute, feminine=True)}" if minute else said
        parts = [said] if hour else []
        parts += [self._counted(minute, "minute")] if minute else []
        parts += [self._counted(second, "seconde")] if second or not parts else []
        return " ".join(parts)

    def _counted(self, number: int, noun: str) -> str:
        return f"{self.cardinal(number, feminine=True)} {noun}{'s' * (number > 1)}"

    @override
    def fraction(self, numerator: int, denominator: int) -> str | None:
        if not 0 < numerator < denominator:
            return None
        names = {2: "demi", 3: "tiers", 4: "quart"}
        name = names.get(denominator)
        if name is None and denominator < 10:
            name = self.ordinal(denominator)
        if name is None:
            return None
        plural = "s" if numerator > 1 and not name.endswith("s") else ""
        return f"{self.cardinal(numerator)} {name}{plural}"

    @override
    def part(self, numerator: int, denominator: int, unit: Unit) -> str:
        if denominator == 2:
            return f"{self.cardinal(1, feminine=unit.feminine)} demi {unit.one}"
        return f"{self.fraction(numerator, denominator)} {_de(unit.one)}"

    @override
    def sovereign(self, number: int) -> str:
        return "premier" if number == 1 else self.cardinal(number)

    @override
    def telephone(self, groups: Sequence[str]) -> str:
        pairs = []
        for group in groups:
            if len(group) > 3:
                pairs += [group[at : at + 2] for at in range(0, len(group), 2)]
            else:
                pairs.append(group)
        return ", ".join(self._pair(pair) for pair in pairs)

    def _pair(self, pair: str) -> str:
        zeros = len(pair) - len(pair.lstrip("0"))
        rest = [self.cardinal(int(pair))] if zeros < len(pair) else []
        return " ".join(["zéro"] * zeros + rest)

    @override
    def rewrite(self, text: str) -> str:
        return _CENTURY.sub(self._century, text)

    def _century(self, match: re.Match[str]) -> str:
        value = roman(match[1] or match[3])
        if not value:
            return match[0]
        return self.ordinal(value, match[2] or "e")

    @override
    def joined(self, text: str) -> str:
        text = re.sub(r"\bd' (?=\w)", "d'", text)
        return re.sub(r"\b([dD]|[qQ]u)e (?=une?\b)", r"\1'", text)

    @override
    def months_first(self, region: str) -> bool:
        return False


def _de(noun: str) -> str:
    return f"d'{noun}" if noun[0].lower() in "aeiouyhéèêâîœ" else f"de {noun}"


def _s(match: re.Match[str]) -> str:
    """Add the s, but for one hundred."""
    before = match.string[: match.start()].rstrip()
    if match[1] == "cent" and (not before or before.endswith("mille")):
        return match[1]
    return f"{match[1]}s"


FRENCH = French()
