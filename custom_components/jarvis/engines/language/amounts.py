"""By how much something changes: "un chouïa", "a wee bit", "by ten percent"."""

import re
from collections.abc import Sequence
from typing import Final

from .grammar import joined
from .numbers import number_pattern, read_number
from .orders import Amount, Size, Unit
from .text import Word

_NUMBER: Final = {
    language: rf"(?P<number>\d+(?:[.,]\d+)?|{number_pattern(language)})"
    for language in ("fr", "en")
}
_MOST_DEGREES: Final = 10
"""What is more is a temperature and no change of it, unless it says "by"."""

_WORDS: Final = {
    "fr": (
        (
            Size.LARGE,
            (
                r"(?:vraiment |tres )?(?:beaucoup|nettement|fortement|largement|considerablement"
                r"|vachement|carrement|grandement)|bien(?= (?:plus|moins) )|de plusieurs crans"
            ),
        ),
        (
            Size.SMALL,
            (
                r"(?:juste |rien qu' |encore )?(?:d' |de )?(?:un (?:tout |tres )?(?:petit |p'tit |ptit |tit )?"
                r"(?:peu|chouia|poil|tantinet|brin|soupcon|cheveu|rien|iota)"
                r"|une (?:petite |toute petite )?(?:touche|idee|miette|lichette|pointe|fraction))"
                r"(?! (?:de (?!plus|moins)|d'))(?: de)?|(?:tout |tres )?legerement|quelque peu|a peine"
                r"|(?:encore )?un (?:tout )?petit (?:coup|bout)(?! (?:de|d'))"
            ),
        ),
        (Size.USUAL, r"d' un (?:petit )?cran|un cran"),
    ),
    "en": (
        (
            Size.LARGE,
            (
                r"(?:by )?(?:quite |rather )?(?:a (?:whole )?(?:lot|good bit|great deal|fair bit)"
                r"|lots|loads|considerably|significantly|substantially)(?! of)"
                r"|(?:quite |rather )a bit(?! of)|(?:much|way|far)(?= (?:more|less|\w+er)(?: |$))"
            ),
        ),
        (
            Size.SMALL,
            (
                r"(?:(?:just|only|by|ever so) )*(?:(?:a|one) (?:(?:tiny|wee|little|small|teeny|mere|slight) )*"
                r"(?:bit|touch|tad|smidge|smidgen|smidgin|hair|whisker|fraction|sliver|crack|shade|dash|tick"
                r"|nudge|inch)(?! of)"
                r"|a (?:wee|little)(?= (?:more|less|up|down|open|closed|shut|in|on|the|my|our|for|please|\w+er)(?: |$)|$)"
                r"|slightly|somewhat|marginally|fractionally)"
            ),
        ),
        (Size.USUAL, r"(?:by )?(?:a|one) (?:notch|step|click|peg)"),
    ),
}
_DEGREE: Final = {
    "fr": r"(?P<degrees>degres?|°)(?: (?:celsius|c|fahrenheit|f)(?= |$))?",
    "en": r"(?P<degrees>degrees?|°)(?: (?:celsius|centigrade|c|fahrenheit|f)(?= |$))?",
}
_PERCENT: Final = {
    "fr": r"(?P<percent>%|pour cents?|pourcents?|points?)",
    "en": r"(?P<percent>%|percent|per cent|points?)",
}
_FIGURES: Final = {
    "fr": (
        (
            rf"(?:(?:de|d') )?(?:(?P<half>(?:un )?demi)|{_NUMBER['fr']}) ?(?:{_DEGREE['fr']}|{_PERCENT['fr']})"
            r"(?P<more> et demie?)?"
        ),
        rf"(?:de|d') {_NUMBER['fr']}(?P<more> et demie?)?$",
    ),
    "en": (
        (
            rf"(?:by )?(?:(?P<half>half(?: a)?)|(?P<few>a (?:couple|few)(?: of)?|a few)|(?P<one>a)|{_NUMBER['en']})"
            rf"(?P<more> and a half)? ?(?:{_DEGREE['en']}|{_PERCENT['en']})"
        ),
        rf"by {_NUMBER['en']}(?P<more> and a half)?$",
    ),
}
_SET: Final = {
    "fr": re.compile(r"(?:^| )(?:a|au|sur|en|jusqu' a|vers) $"),
    "en": re.compile(r"(?:^| )(?:to|at|on|around|up to|down to) $"),
}
"""What stands before a value that is to be reached, and no change."""


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{pattern})(?!\S)")


_SIZES: Final = {
    language: [(size, _compiled(pattern)) for size, pattern in found]
    for language, found in _WORDS.items()
}
_COUNTED: Final = {
    language: [_compiled(pattern) for pattern in found]
    for language, found in _FIGURES.items()
}


def strip_amount(
    said: Sequence[Word], language: str, *, figures: bool = True
) -> tuple[Sequence[Word], Amount | None]:
    """Return the words without those for an amount, and the amount; None for none."""
    text = joined(said)
    for size, pattern in _SIZES[language]:
        if match := pattern.search(text):
            rest = _without(said, text, match)
            return (rest, Amount(size=size)) if rest else (said, None)
    for pattern in _COUNTED[language] if figures else ():
        match = pattern.search(text)
        if match is None or _SET[language].search(text[: match.start()]):
            continue
        amount = _read(match, language)
        rest = _without(said, text, match)
        if amount is not None and rest:
            return rest, amount
    return said, None


def _without(said: Sequence[Word], text: str, match: re.Match[str]) -> Sequence[Word]:
    first = text[: match.start()].count(" ")
    return [*said[:first], *said[first + match[0].count(" ") + 1 :]]


def _read(match: re.Match[str], language: str) -> Amount | None:
    found = match.groupdict()
    if found.get("half"):
        figure: float | None = 0.5
    elif found.get("few"):
        figure = 2.0
    elif found.get("one"):
        figure = 1.0
    else:
        figure = read_number(tuple(match["number"].split()), language)
    if figure is None:
        return None
    figure += 0.5 if found.get("more") else 0.0
    degrees, percent = bool(found.get("degrees")), bool(found.get("percent"))
    change = match[0].startswith(("by ", "de ", "d' "))
    if figure <= 0 or figure > (_MOST_DEGREES if degrees and not change else 100):
        return None
    unit = Unit.DEGREES if degrees else Unit.PERCENT if percent else None
    return Amount(figure=figure, unit=unit)
