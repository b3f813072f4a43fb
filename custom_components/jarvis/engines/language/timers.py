"""Reads what is asked of timers: "minuteur pâtes 8 minutes", "half an hour timer"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from . import grammar_en, grammar_fr
from .delays import find_length
from .grammar import joined
from .text import Word, words

_GRAMMARS: Final = {"fr": grammar_fr, "en": grammar_en}


class TimerDeed(StrEnum):
    """What is asked of a timer."""

    START = "start"
    CANCEL = "cancel"
    PAUSE = "pause"
    RESUME = "resume"
    ADD = "add"
    REMOVE = "remove"
    STATUS = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerRequest:
    """One request about one timer, or all of them."""

    deed: TimerDeed
    seconds: float | None = None
    """How long it shall run, or by how much it is changed."""
    of: float | None = None
    """How long the timer that is meant was set to run."""
    name: str = ""
    everything: bool = False


_NOUN: Final = re.compile(
    r"(?<!\S)(?:minut(?:eurs?|eries?)|timers?|comptes? a rebours|countdowns?"
    r"|(?:count down )timers?|chronos?)(?!\S)"
)
_PLURAL: Final = re.compile(
    r"(?:minut(?:eurs|eries)|timers|comptes|countdowns|chronos)"
)
_LENGTH: Final = "#"


def _any(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{text})(?!\S)")


_ASKED: Final = _any(
    r"combien|reste(?: t il)?|ou en (?:est|sont)|quels?|etat|how (?:long|much|many)"
    r"|left|remaining|status|which|what|check|how's|how is|y a t il|il y a|is there"
    r"|are there|any"
)
_PAUSED: Final = _any(r"(?:mets |mettre |mettez )?(?:en )?pause|suspends?|suspendre")
_RESUMED: Final = _any(
    r"reprends|reprendre|reprenez|relance[rz]?|continue[rz]?|resume|unpause"
)
_ADDED: Final = _any(
    r"r?ajoute[rz]?|rallonge[rz]?|prolonge[rz]?|augmente[rz]?|add|extend|lengthen"
    r"|increase"
)
_TAKEN: Final = _any(
    r"enleve[rz]?|retire[rz]?|ote[rz]?|raccourcis|raccourcir|reduis|reduire"
    r"|diminue[rz]?|remove|subtract|take|shorten|decrease|reduce"
)
_TO_IT: Final = re.compile(
    rf"{_LENGTH} (?:de plus )?(?:au|aux|a|sur|du|dans|to|from|off|on)(?!\S)"
    rf"|(?:de|d'|by) {_LENGTH}"
)
_MORE_TIME: Final = _any(
    rf"{_ADDED.pattern}|more|another|extra|longer|encore|de plus|supplementaires?|give it|put .* on"
)
_LESS_TIME: Final = _any(rf"{_TAKEN.pattern}|less|fewer|shorter|moins|de moins|knock")
_CANCELLED: Final = _any(
    r"annule[rz]?|arrete[rz]?|supprime[rz]?|stoppe[rz]?|eteins|eteindre|enleve[rz]?"
    r"|coupe[rz]?|efface[rz]?|desactive[rz]?|retire[rz]?|cancel|stop|delete|remove|kill"
    r"|clear|turn off|end|abort|dismiss"
)
_STARTED: Final = _any(
    r"mets|met|mettre|mettez|lance[rz]?|demarre[rz]?|regle[rz]?|programme[rz]?"
    r"|cree[rz]?|fai(?:s|tes)|active[rz]?|ajoute[rz]?|commence[rz]?|declenche[rz]?"
    r"|je veux|il (?:me |nous )?faut|j' ai besoin d'|set|start|create|make|begin|put on"
    r"|put|give me|give us|i need|i want|i'd like|run|add|we need"
)
_ALL: Final = _any(r"tous|toutes|les|mes|all|every|both")
_FILLERS: Final = frozenset(
    """
    un une le la les l' mon ma mes moi nous de d' du des pour sur a au aux en dans
    nomme nommee appele appelee intitule qui dure tous toutes minutes est sont encore
    cours reste temps t il y plus qu' ce que tu s' actif actifs tourne tournent
    grand chou cheri cherie coeur copain pote mate love darling dear honey buddy pal cheers ta now right quickly
    a an the my me for of to in on with named called that lasts from off by all every
    up is are has have do i it there running active time please one new nouveau autre
    another still going
    """.split()  # noqa: SIM905
)
_NEVER: Final = frozenset(
    """
    ne n' si quand lorsque jamais pourquoi when if unless never don't why not and et
    then puis allume eteint ouvre ferme
    """.split()  # noqa: SIM905
)
_MOST_NAME: Final = 4


def read_timer(text: str, language: str) -> TimerRequest | None:
    """Return what is asked of timers, None for anything else."""
    grammar = _GRAMMARS[language]
    everything = words(text)
    if not _NOUN.search(joined(everything)):
        return None
    said = list(grammar.strip_back(grammar.strip_front(everything)))
    lengths: list[float] = []
    while (found := find_length(joined(said), language)) is not None:
        seconds, start, count = found
        lengths.append(seconds)
        said[start : start + count] = [
            Word(_LENGTH, said[start].start, said[start + count - 1].end)
        ]
    heard = joined(said)
    noun = _NOUN.search(heard)
    if noun is None or not _NEVER.isdisjoint(heard.split()) or len(lengths) > 2:
        return None
    deed, verb = _deed(heard, noun.start(), lengths)
    if deed is None:
        return None
    name = _name(text, said, noun, verb)
    if len(name.split()) > _MOST_NAME:
        return None
    changes = deed in {TimerDeed.START, TimerDeed.ADD, TimerDeed.REMOVE}
    plural = _PLURAL.match(noun[0]) is not None
    if changes and deed is not TimerDeed.START and not lengths:
        return None
    return TimerRequest(
        deed=deed,
        seconds=lengths[0] if lengths and changes else None,
        of=lengths[-1] if len(lengths) > int(changes) else None,
        name=name,
        everything=plural and not name and (bool(_ALL.search(heard)) or not changes),
    )


def lengths_said(text: str, language: str) -> frozenset[float]:
    """Return the lengths of time in a text, in seconds.

    What counts in minutes may be said once for several: "three and five minutes".
    """
    said = joined(words(text))
    found: set[float] = set()
    while (length := find_length(said, language)) is not None:
        seconds, start, count = length
        rest = said.split()
        length_words = rest[start : start + count]
        found |= _counted(rest[:start], length_words, language)
        if seconds:
            found.add(seconds)
        else:
            # "Three and five" is no number.
            found |= _each(length_words, language)
        said = " ".join([*rest[:start], _LENGTH, *rest[start + count :]])
    return frozenset(found)


def _each(length: Sequence[str], language: str) -> set[float]:
    *numbers, unit = length
    each = (find_length(f"{number} {unit}", language) for number in numbers)
    return {found[0] for found in each if found}


def _counted(before: Sequence[str], length: Sequence[str], language: str) -> set[float]:
    """Return what a number in front of a length is with its unit."""
    number, joints = before[-2:-1], {"et", "and", "ou", "or", "puis", "then"}
    if not number or before[-1] not in joints:
        return set()
    found = find_length(f"{number[0]} {length[-1]}", language)
    return {found[0]} if found else set()


def timer_deeds(text: str) -> frozenset[TimerDeed]:
    """Return what words may ask of timers, whether they speak of any or not."""
    said = joined(words(text))
    return frozenset(
        deed
        for pattern, deed in (
            (_PAUSED, TimerDeed.PAUSE),
            (_RESUMED, TimerDeed.RESUME),
            (_MORE_TIME, TimerDeed.ADD),
            (_LESS_TIME, TimerDeed.REMOVE),
            (_CANCELLED, TimerDeed.CANCEL),
        )
        if pattern.search(said)
    )


def _deed(
    heard: str, noun: int, lengths: list[float]
) -> tuple[TimerDeed | None, re.Match[str] | None]:
    """Return what is asked, and the words that ask it."""
    changed = bool(lengths) and _TO_IT.search(heard) is not None
    before = bool(lengths) and heard.find(_LENGTH) < noun
    for pattern, deed, fits in (
        (_PAUSED, TimerDeed.PAUSE, True),
        (_RESUMED, TimerDeed.RESUME, True),
        (_ADDED, TimerDeed.ADD, changed and (before or "ajoute" not in heard)),
        (
            _TAKEN,
            TimerDeed.REMOVE,
            changed and (before or not _CANCELLED.search(heard)),
        ),
        (_CANCELLED, TimerDeed.CANCEL, True),
        (_STARTED, TimerDeed.START, True),
        (_ASKED, TimerDeed.STATUS, True),
    ):
        match = pattern.search(heard) if fits else None
        if match is not None:
            return deed, match
    return (TimerDeed.START, None) if lengths else (None, None)


def _name(
    text: str, said: list[Word], noun: re.Match[str], verb: re.Match[str] | None
) -> str:
    """Return the words that are left, as they were written."""
    place = 0
    kept = []
    for word in said:
        inside = any(
            match is not None and match.start() <= place < match.end()
            for match in (noun, verb)
        )
        place += len(word.fold) + 1
        known = word.fold in _FILLERS or any(
            pattern.fullmatch(word.fold) for pattern in (_ASKED, _STARTED)
        )
        if not inside and not known and word.fold != _LENGTH:
            kept.append(text[word.start : word.end])
    return " ".join(kept)
