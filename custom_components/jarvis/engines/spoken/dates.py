"""Says dates, times and telephone numbers."""

import re

from .language_rules import LanguageRules

_JOINED = re.compile(
    r"((?<![\d.,:/-])\d{1,2}(?: ?[hH](?: ?\d\d)?|:\d\d| ?[aApP][mM])?) ?[-–—] ?"
    r"(?=\d{1,2}(?: ?[hH]\b| ?[hH] ?\d\d\b|:\d\d\b|(?::\d\d)? ?[aApP]\.?[mM]\b))"
)
_ISO = re.compile(
    r"(?<![\w/-])(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w/-])"
)
_NUMERIC = re.compile(
    r"(?<![\w/.,-])(\d{1,2})(?:/(\d{1,2})/(\d{4}|\d\d)|([.-])(\d{1,2})\4(\d{4}))(?![\w/-])"
)
_SHORT = re.compile(r"(?<![\w/.,])(\d{1,2})/(\d\d)(?![\w/]|[.,]\d)")
_SHORT_AFTER = re.compile(
    r"(?:\b(?:le|du|au|dès|depuis|avant|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    r"|dimanche|on|until|since|\w+day)),? $",
    re.IGNORECASE,
)
_HALF_DAY = re.compile(
    r"(?<![\w:.,])(\d{1,2})(?::([0-5]\d)(?::00)?)? ?([aApP])(?:[mM]\b|\.[mM](\.|\b))(?!['’])"
)
_CLOCK = re.compile(r"(?<![\w:.,])(\d{1,2}):([0-5]\d)(?::([0-5]\d))?(?![\w:])")
_HOURS = re.compile(r"(?<![\w:.,])(\d{1,2}) ?[hH] ?([0-5]\d)(?![\w])(?! ?(?:min|mn)\b)")
_PHONE = re.compile(
    r"(?<![\w+.,])\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,6}(?!\w)"
    r"|(?<![\w+.,-])0\d(?:[ .-]?\d\d){4}(?!\w)"
    r"|(?<![\w+.,-])(?:\(\d{3}\) ?|\d{3}[-. ])?\d{3}-\d{4}(?![\w-])"
)


class Dates:
    """The patterns of one language, made once."""

    def __init__(self, rules: LanguageRules) -> None:
        self._rules = rules
        tables = rules.tables
        names = sorted(tables.month_names, key=len, reverse=True)
        month = f"(?i:{'|'.join(names)})"
        ending = f"(?:{tables.ordinal_endings})?"
        year = r"(?:,? (\d{4})(?![\w]|[.,:]\d))?"
        self._day_month = re.compile(
            rf"(?<![\w.,/])(\d{{1,2}}){ending} (?:of )?({month})\b\.?{year}"
        )
        self._month_day = re.compile(
            rf"\b({month})\.? (\d{{1,2}}){ending}(?![\w]|[.,:/-]\d| ?[°%]){year}"
        )

    def say(self, text: str, region: str) -> str:
        """Return text with dates and times as words."""
        to = self._rules.tables.to
        text = _PHONE.sub(self._phone, text)
        text = _ISO.sub(self._iso, text)
        text = _NUMERIC.sub(lambda m: self._numeric(m, region), text)
        text = _SHORT.sub(lambda m: self._short(m, region), text)
        text = self._day_month.sub(self._named, text)
        if self._rules.months_first(""):
            text = self._month_day.sub(self._named, text)
        text = _JOINED.sub(rf"\1 {to} ", text)
        text = _HALF_DAY.sub(self._half_day, text)
        text = _CLOCK.sub(self._clock, text)
        return _HOURS.sub(self._clock, text)

    def _phone(self, match: re.Match[str]) -> str:
        groups = re.findall(r"\d+", match[0])
        if sum(map(len, groups)) < 7:
            return match[0]
        plus = f"{self._rules.tables.signs['+']} " if match[0][0] == "+" else ""
        return plus + self._rules.telephone(groups)

    def _date(
        self, match: re.Match[str], day: int, month: int, year: str, *, day_first: bool
    ) -> str | None:
        if not (0 < month < 13 and 0 < day < 32):
            return None
        number = int(year) if year else None
        if number is not None and len(year) == 2:
            number += 1900 if number > 69 else 2000
        said = self._rules.date(day, month, number, day_first=day_first)
        before = match.string[max(0, match.start() - 4) : match.start()]
        return said.removeprefix("the ") if before.lower().endswith("the ") else said

    def _iso(self, match: re.Match[str]) -> str:
        year, month, day, time = match.groups()
        said = self._date(match, int(day), int(month), year, day_first=False)
        if said is None:
            return match[0]
        return f"{said} {self._rules.tables.clock_joint} {time}" if time else said

    def _ordered(
        self, match: re.Match[str], first: str, second: str, year: str, region: str
    ) -> str:
        day, month = int(first), int(second)
        if month > 12 or (day <= 12 and self._rules.months_first(region)):
            day, month = month, day
        day_first = not self._rules.months_first(region)
        return self._date(match, day, month, year, day_first=day_first) or match[0]

    def _numeric(self, match: re.Match[str], region: str) -> str:
        first, slashed, short, _, dotted, year = match.groups()
        # Dots are European wherever they are written.
        return self._ordered(
            match, first, slashed or dotted, short or year, "EU" if dotted else region
        )

    def _short(self, match: re.Match[str], region: str) -> str:
        before = match.string[max(0, match.start() - 12) : match.start()]
        padded = match[1][0] == "0" or match[2][0] == "0"
        if not padded and not _SHORT_AFTER.search(before):
            return match[0]  # a fraction
        return self._ordered(match, match[1], match[2], "", region)

    def _named(self, match: re.Match[str]) -> str:
        first, second, year = match.groups()
        day_first = first.isdigit()
        day, name = (first, second) if day_first else (second, first)
        month = self._rules.tables.month_names[name.lower()]
        said = self._date(match, int(day), month, year or "", day_first=day_first)
        return said or match[0]

    def _half_day(self, match: re.Match[str]) -> str:
        hour, minute = int(match[1]), int(match[2] or 0)
        if hour > 12:
            return match[0]
        after = match.string[match.end() : match.end() + 2]
        # The full stop of "p.m." is the sentence's, too.
        stop = "." if match[4] == "." and (not after or after[1:].isupper()) else ""
        return self._rules.half_day(hour, minute, match[3].lower()) + stop

    def _clock(self, match: re.Match[str]) -> str:
        hour, minute, *seconds = match.groups()
        second = seconds[0] if seconds else None
        if second is None and int(hour) > 24:
            return match[0]
        return self._rules.clock(
            int(hour), int(minute), int(second) if second else None
        )
