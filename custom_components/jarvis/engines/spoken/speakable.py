"""From a written reply to one that can be said."""

import re
import unicodedata
from typing import Final

from .addresses import spoken_addresses, spoken_versions
from .dates import Dates
from .emoji import spoken_emoji, without_emoji
from .en import ENGLISH
from .fr import FRENCH
from .fractions import Fractions
from .language_rules import LanguageRules, any_of
from .markup import plain
from .numerals import Numerals
from .quantities import Quantities

_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]+")
_THIN_GROUPS = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))")
_FRACTIONS = {"½": ("1/2", "5"), "¼": ("1/4", "25"), "¾": ("3/4", "75")}
# "1920x1080", "4 m x 3 m": dimensions; "3 x 4" is a product.
_BY = re.compile(r"(?<=\d)[x×](?=\d)|(?<=[a-zé²]) [x×] (?=\d)")
# A dash that is set tight before a number and loose after what precedes it.
_MINUS = re.compile(r"(?<!\w)(?<!\d )[–—](?=\d)")
# Symbols that are no words by themselves, so that they are units without a number, too.
_SAID_ALONE = re.compile(
    r"°[CF]|[kM]Wh?|km/h|[ckm]?m[²³]|[hk]Pa|[kMG]Hz|[kc]m|kg|dB|mAh"
)
_KEPT: Final = frozenset(" \n.,;:!?'’\"“”«»()…-")
_TIDY = (
    (re.compile(r"(?<!\w)-+(?=\s|$)|(?<=\s)-+(?=\s)"), ","),
    (re.compile(r"(?<!\w)-+(?=\w)"), ""),
    (re.compile(r" {2,}"), " "),
    (re.compile(r" +(?=[,.\n)])"), ""),
    (re.compile(r"(?<=\n) +|(?<=\() +"), ""),
    (re.compile(r",(?: ?,)+"), ","),
    (re.compile(r"(?<=[:;]) ?,(?=\s|$)"), ""),
    (re.compile(r",(?=[.;:!?])"), ""),
    (re.compile(r"(?:^|(?<=[\n(]))[,;:][,;: ]*"), ""),
)


class _Speaker:
    """All that is needed to speak one language, made once."""

    def __init__(self, rules: LanguageRules) -> None:
        tables = rules.tables
        self._rules = rules
        self._tables = tables
        self._dates = Dates(rules)
        self._numerals = Numerals(rules)
        self._fractions = Fractions(rules)
        self._quantities = Quantities(rules)
        units = any_of(filter(_SAID_ALONE.fullmatch, tables.units))
        self._unit = re.compile(rf"(?<![\w'’/])(?:{units})(?![\w'’])")
        self._rate = re.compile(rf"(?<=\w)/(?=(?:{tables.rates})\b)")
        self._abbreviations = [
            (re.compile(p), said) for p, said in tables.abbreviations
        ]

    def say(self, text: str, region: str) -> str:
        tables = self._tables
        text = plain(text, tables.done, tables.todo)
        text = spoken_emoji(text, tables.emoji, tables.warnings)
        text = spoken_addresses(text, tables.address)
        for pattern, said in self._abbreviations:
            text = pattern.sub(said, text)
        if any(map(str.isdigit, text)) or re.search(r"[IVX]", text):
            text = _opened(text)
            text = re.sub(r"#(?=\d)", f"{tables.number_sign} ", text)
            text = _MINUS.sub("-", text)
            text = _BY.sub(f" {tables.extra['by']} ", text)
            text = re.sub(r"(?<=\d) [x×] (?=\d)", f" {tables.symbols['×']} ", text)
            text = spoken_versions(
                self._dates.say(text, region), tables.extra["version"]
            )
            text = self._numerals.say(self._rules.rewrite(text))
            text = self._quantities.say(self._fractions.say(text))
            text = self._rules.joined(text)
        text = self._rate.sub(f" {tables.per} ", text)
        text = self._unit.sub(self._unit_alone, text)
        text = text.replace(" / ", ", ")
        return "".join(map(self._character, text))

    def _unit_alone(self, match: re.Match[str]) -> str:
        before = match.string[max(0, match.start() - 5) : match.start()]
        unit = self._tables.units[match[0]]
        return unit.one if before.endswith(f" {self._tables.per} ") else unit.many

    def _character(self, char: str) -> str:
        if char.isalpha() or char in _KEPT or unicodedata.category(char)[0] == "M":
            return char
        if said := self._tables.symbols.get(char):
            return f" {said} "
        if char in "–—―":
            return " , "
        digit = unicodedata.digit(char, None)
        return f" {self._rules.cardinal(digit)} " if digit is not None else " "


_SPEAKERS = {"fr": _Speaker(FRENCH), "en": _Speaker(ENGLISH)}


def speakable(text: str, language: str) -> str:
    """Return a written reply in the words that a voice should say.

    `language` is a tag, "fr-FR". Of languages without tables only the marks of
    Markdown and the emoji go. What is plain already comes back as it is.
    """
    tag, _, region = language.replace("_", "-").partition("-")
    text = unicodedata.normalize("NFC", text)
    text = _SPACES.sub(" ", _THIN_GROUPS.sub("", text))
    speaker = _SPEAKERS.get(tag.lower())
    if speaker is None:
        text = without_emoji(plain(text))
    else:
        text = speaker.say(_unified(text), region.upper())
    for pattern, replacement in _TIDY:
        text = pattern.sub(replacement, text)
    return text.strip()


_UNIFIED = str.maketrans({
    "−": "-", "‐": "-", "‑": "-", "μ": "µ", "Ω": "Ω", "º": "°", "℃": "°C",
    "℉": "°F", "ᵉ": "e", "ʳ": "r", "⁄": "/", "∕": "/", "\r": "\n",
})  # fmt: skip


def _unified(text: str) -> str:
    return text.translate(_UNIFIED)


def _opened(text: str) -> str:
    """Return text with its digits of other shapes, "½" and "５", as ASCII."""
    for sign, (fraction, decimals) in _FRACTIONS.items():
        if sign in text:
            text = re.sub(rf"(?<=\d) ?{sign}", f".{decimals}", text)
            text = text.replace(sign, fraction)
    return "".join(
        unicodedata.normalize("NFKC", char).replace("⁄", "/")
        if unicodedata.category(char)[0] == "N" and char not in "²³"
        else char
        for char in text
    )
