"""Reads corrections: "turn on the lamp, no wait, the fan" is an order for the fan alone."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from .acts import ACTING, Act, Forms, Part
from .spelling import digits_for_numbers

_THING: Final = {
    "en": r"(?:the|my|our|that|those|in the|in my|at)",
    "fr": r"(?:le|la|les|l'|mon|ma|mes|celui|celle|ceux|celles|dans|au|aux)",
}
"""The beginning of what is meant instead."""
_NO: Final = {
    "en": r"(?:no|nope|nah)(?! (?:one|need|more|point|way|longer|light|lights|music|thanks|thank))",
    "fr": r"(?:non|nan)(?! (?:plus|merci))",
}
_MORE: Final = {
    "en": (
        r"(?:wait(?: a (?:second|sec|moment|minute))?|hang on|hold on|sorry|pardon(?: me)?|excuse me|my mistake|correction"
        r"|actually|rather|or rather|i (?:mean|meant)(?: to say)?|make (?:that|it)(?= (?:the|my|our) )|scratch that"
        r"|forget that|on second thoughts?|better|let's (?:say|make it)(?= (?:the|my|our) ))"
    ),
    "fr": (
        r"(?:attends?|attendez|une (?:seconde|minute)|pardon|desolee?|excuse[sz]?(?: moi)?|finalement|en fait|enfin|plutot|ou plutot"
        r"|je (?:veux|voulais) dire|je me (?:suis )?trompee?|je me trompe|oublie(?: ca)?|rectification|correction|disons|a la reflexion)"
    ),
}
_SIGHS: Final = {
    "en": r"(?:oh|ah|er+|um|uh|well|but|hmm|eh)",
    "fr": r"(?:oh|ah|euh|heu|hum|ben|bah|mais|eh)",
}
_OPENINGS: Final = {
    language: re.compile(
        rf"(?:{_SIGHS[language]} )*(?:{_NO[language]}|{_MORE[language]})"
        rf"(?: (?:{_SIGHS[language]}|{_NO[language]}|{_MORE[language]}))*(?= |$)"
    )
    for language in _NO
}
_WITHIN: Final = {
    "en": re.compile(
        rf" (?=(?:(?:oh |well |er+ |um |uh )*(?:no|nope)(?: (?:no|wait|sorry|actually|hang on|hold on|i mean))*|wait no|sorry no|actually no|i mean|or rather|scratch that|sorry) {_THING['en']} )"
    ),
    "fr": re.compile(
        rf" (?=(?:(?:euh |ah |oh |enfin |mais )*(?:non|nan)(?: (?:non|attends?|attendez|pardon|plutot|en fait))*|attends? non|pardon|je (?:veux|voulais) dire|ou plutot|enfin plutot) {_THING['fr']} ?)"
    ),
}
_STOPS: Final = re.compile(
    r"(?:^| )(?:no|nope|nah|wait|hang on|hold on|scratch that|non|nan|attends?|attendez)(?: |$)"
)
_INSTEAD: Final = re.compile(r" (?:instead|rather|plutot|a la place)$")
_ALSO: Final = re.compile(r"(?:^| )(?:too|also|as well|aussi|egalement|en plus)(?: |$)")
_MANNER: Final = re.compile(
    r"(?:turned |switched )?(?:on|off|up|down|open|closed|shut|louder|quieter|brighter|darker|warmer|cooler"
    r"|(?:plus|moins) (?:fort|haut|bas|chaud|froid|clair|vite)|allumee?s?|eteinte?s?|ouverte?s?|fermee?s?)"
)
"""What corrects which way a thing goes, and not the thing."""
_VALUES: Final = frozenset(
    "to at on a sur degree degrees degre degres percent per cent pour % ° instead please plutot".split()  # noqa: SIM905
)
_SHORT: Final = 4
"""Words; what is longer and has no article is no name."""


def split_corrections(said: str, language: str) -> Iterator[str]:
    """Yield folded words cut where a correction begins that no comma sets apart."""
    return iter(_WITHIN[language].split(said))


def without_opening(said: str, language: str) -> str | None:
    """Return what follows the words that announce a correction, None without them."""
    match = _OPENINGS[language].match(said)
    if match is None:
        return None
    return _INSTEAD.sub("", said[match.end() :].strip())


def breaks_off(said: str) -> bool:
    """Return whether such words, as the last ones, leave an order unfinished."""
    return bool(_STOPS.search(said))


def is_instead(part: Part, forms: Forms, *, apart: bool) -> bool:
    """Return whether a part names what is meant, instead of what was ordered.

    `apart` is whether a pause or more than "no" is between: "no lights" names nothing.
    """
    if part.act not in {Act.LOOSE, Act.ORDER, Act.TELL}:
        return False
    core = part.core
    if forms.FRAGMENTS.match(core) or _MANNER.fullmatch(core) or is_value(core):
        return True
    short = len(core.split()) <= _SHORT and not forms.TELLS.match(core)
    return apart and short and part.act is not Act.ORDER


def is_value(said: str) -> bool:
    """Return whether folded words are a number and no more: "to 21 degrees"."""
    found = digits_for_numbers(said.split())
    return any(word.isdigit() for word in found) and all(
        word.isdigit() or word in _VALUES for word in found
    )


def corrected(parts: list[Part], part: Part, fragments: re.Pattern[str]) -> Part | None:
    """Return a part as it corrects the last order, and take that one back in `parts`.

    None where no order is the last that was said. "21" takes back a value only, "off" a way.
    """
    first = last = len(parts) - 1
    if last < 0 or parts[last].act not in ACTING | {Act.FORBID}:
        return None
    if parts[last].act in ACTING:
        while (
            first
            and fragments.match(parts[first].core)
            and parts[first - 1].act in ACTING
        ):
            first -= 1
    head = parts[first]
    value = is_value(part.core)
    manner = _MANNER.fullmatch(part.core)
    for place in range(first, last + 1):
        kept = parts[place]
        if value:
            parts[place] = _without_value(kept)
        else:
            # With no words of its own, it goes the way that the part behind it says.
            parts[place] = replace(
                kept,
                core="" if manner else kept.core,
                act=kept.act if manner else Act.TELL,
            )
    return replace(
        part, act=head.act, moves=head.moves, verb=head.verb, stands_for=head.core
    )


def take_back(parts: list[Part], part: Part, fragments: re.Pattern[str]) -> None:
    """Take back in `parts` the last order, as one with a verb of its own stands instead."""
    if part.act in ACTING and not _ALSO.search(" ".join(part.said)):
        corrected(parts, part, fragments)


def _without_value(part: Part) -> Part:
    words = digits_for_numbers(part.said)
    return replace(part, said=tuple(word for word in words if not word.isdigit()))
