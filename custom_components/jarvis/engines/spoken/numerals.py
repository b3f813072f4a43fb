"""Says ordinals and the Roman numerals of chapters, kings and queens."""

import re

from .language_rules import LanguageRules
from .roman import roman


class Numerals:
    """The patterns of one language, made once."""

    def __init__(self, rules: LanguageRules) -> None:
        self._rules = rules
        tables = rules.tables
        self._ordinal = re.compile(
            rf"(?<![\w.,])(?P<n>\d{{1,9}})(?P<e>{tables.ordinal_endings})\b"
        )
        # A single I is a word of English, a single L or C a letter anywhere.
        self._after_name = re.compile(
            rf"\b(?P<name>{tables.sovereigns}) (?P<n>[IVXL]{{2,8}}|[VX])(?!\w)"
        )
        self._numbered = re.compile(
            rf"\b(?P<name>{tables.numbered}) (?P<n>[IVXLC]{{1,8}})(?![\w'’])"
        )

    def say(self, text: str) -> str:
        """Return text with these numerals as words."""
        text = self._after_name.sub(self._sovereign, text)
        text = self._numbered.sub(self._roman, text)
        return self._ordinal.sub(self._ordinal_word, text)

    def _ordinal_word(self, match: re.Match[str]) -> str:
        return self._rules.ordinal(int(match["n"]), match["e"])

    def _sovereign(self, match: re.Match[str]) -> str:
        value = roman(match["n"])
        return f"{match['name']} {self._rules.sovereign(value)}" if value else match[0]

    def _roman(self, match: re.Match[str]) -> str:
        value = roman(match["n"])
        return f"{match['name']} {self._rules.cardinal(value)}" if value else match[0]
