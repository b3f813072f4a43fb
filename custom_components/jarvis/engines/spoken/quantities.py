"""Says numbers with what belongs to them: sign, range, unit, currency, fraction."""

import re

from .language_rules import LanguageRules, Number, Unit, any_of, unit_pattern

_LETTER_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


class Quantities:
    """The patterns of one language, made once."""

    def __init__(self, rules: LanguageRules) -> None:
        self._rules = rules
        tables = self._tables = rules.tables
        self._units = {**tables.units, **tables.currencies}
        number, words = tables.number, tables.scale_words
        money, unit = any_of(tables.currencies), unit_pattern(tables)
        scales = any_of(tables.scales)
        range_ = (
            rf"(?: ?(?:{unit}))?(?P<dash> ?[-–—] ?)"
            rf"(?P<minus>-(?=\d))?(?P<b>{number})"
        )
        scale = (
            rf" ?(?P<zeros>{scales})(?= ?(?:{money}))"
            rf"|(?P<many>[kM])(?!\w)| (?P<word>{words})\b"
        )
        # The full stop of "200 g. de sucre" goes with its unit.
        measure = (
            rf" ?(?P<unit>{unit})(?![\w'’])"
            rf"(?:/(?P<per>{unit}|[^\W\d_]+)(?![\w'’]))?(?:\.(?= [a-zß-ÿ]))?"
        )
        self._quantity = re.compile(
            rf"(?<!\w)(?<!\d[.,])(?P<sign>[-+±](?=\d))?(?P<a>{number})"
            rf"(?:{range_})?(?:{scale})?(?:{measure})?(?!\w|[.,]\d)"
        )
        self._left = re.compile(number)
        signs = any_of(x for x in tables.currencies if not x.isalpha())
        self._money_first = re.compile(
            rf"(?<!\w)(?<!\d )(?P<money>{signs}) ?"
            rf"(?P<n>{number}(?: ?[-–—] ?(?:{signs})?{number})?"
            rf"(?:(?:{scales})\b| (?:{words})\b)?)(?!\w)"
        )
        self._signs = re.compile(signs)
        compare = "".join(re.escape(x) for x in tables.signs if x not in "-+±")
        self._compared = re.compile(
            rf"(?<!\w)(?<!\d )([{compare}]) ?(?=[-+]?(?:{signs})? ?\d)"
        )

    def say(self, text: str) -> str:
        """Return text with no digit left."""
        text = self._compared.sub(self._comparison, text)
        text = self._money_first.sub(self._money_last, text)
        text = self._quantity.sub(self._say, text)
        # What is left of digits is part of a name: "Zigbee2MQTT", "CO2".
        return self._left.sub(self._say_left, _LETTER_DIGIT.sub(" ", text))

    def _say_left(self, match: re.Match[str]) -> str:
        return self._rules.number(self._parsed(match[0]))

    def _comparison(self, match: re.Match[str]) -> str:
        word = self._tables.signs[match[1]]
        before = match.string[max(0, match.start() - len(word) - 1) : match.start()]
        return "" if before.strip().lower() == word else f"{word} "

    def _money_last(self, match: re.Match[str]) -> str:
        return self._signs.sub("", match["n"]) + match["money"]

    def _parsed(self, digits: str) -> Number:
        whole, _, fraction = digits.replace(self._tables.grouping, "").partition(".")
        if "," in digits and not fraction and self._tables.grouping != ",":
            whole, _, fraction = whole.partition(",")
        elif re.search(r",\d{1,2}$", digits):
            whole, _, fraction = digits.partition(",")
        return Number(whole=whole, fraction=fraction)

    def _say(self, match: re.Match[str]) -> str:
        first = self._parsed(match["a"])
        second = self._parsed(match["b"]) if match["b"] else None
        last = second or first
        unit = self._units.get(match["unit"] or "")
        parts = []
        if match["sign"]:
            parts.append(self._tables.signs[match["sign"]])
        if second:
            feminine = unit.feminine if unit else self._feminine(match)
            parts.append(self._rules.number(first, feminine=feminine))
            parts.append(self._between(match))
        if match["minus"]:
            parts.append(self._tables.signs["-"])
        if zeros := match["zeros"] or match["many"]:
            last = last.scaled(self._tables.scales[zeros])
        parts.append(self._measured(match, last, unit, alone=not second))
        return " ".join(parts)

    def _between(self, match: re.Match[str]) -> str:
        """Return "à", or "moins" in a subtraction."""
        after = match.string[match.end() : match.end() + 3]
        minus = match["dash"] == " - " and after.lstrip().startswith("=")
        return self._tables.signs["-"] if minus else self._tables.to

    def _feminine(self, match: re.Match[str]) -> bool:
        return self._rules.counts_feminine(match.string[match.end() : match.end() + 40])

    def _measured(
        self, match: re.Match[str], number: Number, unit: Unit | None, *, alone: bool
    ) -> str:
        rules = self._rules
        if unit is None:
            return self._bare(match, number, alone=alone)
        if unit.cent is None:
            number = number.shortest()
        per = ""
        if match["per"]:
            other = self._units.get(match["per"])
            per = f" {self._tables.per} {other.one if other else match['per']}"
        if match["word"]:
            noun = rules.of(Number(whole="1000000"), unit.many)
            return f"{rules.number(number)} {match['word']} {noun}{per}"
        if unit.cent and alone and len(number.fraction) in {1, 2}:
            return rules.amount(number, unit) + per
        half = rules.half(unit) if number.fraction == "5" else ""
        if half and number.at_least(1):
            number = Number(whole=number.whole)
            per = half + per
        noun = rules.of(number, rules.noun(unit, number))
        return f"{rules.number(number, feminine=unit.feminine)} {noun}{per}"

    def _bare(self, match: re.Match[str], number: Number, *, alone: bool) -> str:
        before = match.string[max(0, match.start() - 16) : match.start()]
        after = match.string[match.end() : match.end() + 40]
        if match["word"]:
            return f"{self._rules.number(number)} {match['word']}"
        if alone and not match["sign"] and self._rules.is_year(number, before, after):
            return self._rules.year(int(number.whole))
        said = self._rules.number(number, feminine=self._feminine(match))
        if after.startswith(" ") and after[1:2].isalpha():
            joined = self._rules.of(number, after[1:])
            said += f" {joined.removesuffix(after[1:])}".rstrip()
        return said
