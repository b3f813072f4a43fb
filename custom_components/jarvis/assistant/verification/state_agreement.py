"""Tells whether the home is as a sentence says: "the lamp is off", "it's at 19"."""

import re
from typing import Final

from homeassistant.core import State

from ...engines.language import folded
from ..home import Thing, key_words, kinds_of, look_around
from ..turn import Turn
from .claims import Request, names_something

# Opposites stand before what they contain: "unlock" before "lock".
_STATES: Final = [
    (state, re.compile(pattern))
    for state, pattern in (
        ("off", r"\b(etein|coup|desactiv|off\b|stopp|arret)"),
        ("on", r"\b(allum|rallum|activ|on\b|started|en marche|running)"),
        ("unlocked", r"\b(deverrouill|unlock)"),
        ("locked", r"\b(verrouill|lock|ferme\w* a cle\b)"),
        ("closed", r"\b(ferm(?!\w* a cle\b)|referm|clos|shut)"),
        ("open", r"\b(ouv|rouv|open)"),
    )
]
_NEGATION: Final = re.compile(
    r"\b(n'|ne|ni|not|never|neither|cannot|hardly|jamais|impossible|no|none|nobody|nothing|aucune?|rien|sans|"
    r"without)(?!\w)|n't\b"
)
_NEGATED: Final = re.compile(
    r"\b(n' (est|sont)|ne sont|ne s' \w+|ne se \w+) (\w+ )?pas\b|"
    r"\b(is|are|'s|'re) not\b|\b(is|are|wo|does|do|was|were|wasn|were)n't\b"
)
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
_NUMBERS: Final = (
    "temperature",
    "current_temperature",
    "humidity",
    "current_humidity",
    "current_position",
    "percentage",
)
_ALL: Final = frozenset({"all", "everything", "tout", "tous", "toutes"})


def agrees(turn: Turn, sentence: str, request: Request | None = None) -> bool | None:
    """Return whether the home is as a sentence says; None where that is not plain.

    With `request`, the sentence is one clause, and what "it" is the user has said.
    """
    text = " ".join(folded(sentence))
    wanted = {state for state, pattern in _STATES if pattern.search(text)}
    numbers = {float(number.replace(",", ".")) for number in _NUMBER.findall(text)}
    if len(wanted) > 1 or not (wanted or numbers):
        return None
    things = _spoken_of(turn, sentence)
    if request and not things and not names_something(sentence, request):
        things = _spoken_of(turn, turn.text)
    states = [
        found for thing in things if (found := turn.hass.states.get(thing.entity_id))
    ]
    if numbers and not all(numbers <= _values(state) for state in states):
        return False
    if not wanted:
        return True if states else None
    names = {name for name, _ in _STATES}
    known = [state.state for state in states if state.state in names]
    if not known:
        return None
    if request and (negations := len(_NEGATION.findall(text))):
        # "It is not off" is plain; "impossible not to see it on" is not.
        if negations > 1 or not _NEGATED.search(text):
            return None
        return all({state} != wanted for state in known)
    return all({state} == wanted for state in known)


def _values(state: State) -> set[float]:
    """Return the numbers that a thing may be said to be at."""
    found = state.attributes
    values = {float(found[name]) for name in _NUMBERS if found.get(name) is not None}
    values |= {
        float(round(found[name] * 100 / whole))
        for name, whole in (("brightness", 255), ("volume_level", 1))
        if found.get(name) is not None
    }
    return values


def _spoken_of(turn: Turn, sentence: str) -> list[Thing]:
    home = look_around(turn.hass, turn.language, turn.area_id, turn.reader)
    said = folded(sentence)
    words = key_words(said, turn.language)
    named = [
        thing
        for thing in home.things
        if any(name and name <= words for name in thing.name_words)
    ]
    if named:
        return named
    # How a thing is does not tell what it is: "it's locked" is not about every lock.
    told = {w for w in words if any(pattern.match(w) for _, pattern in _STATES)}
    kinds = kinds_of(words - told, turn.language)
    of_kind = [t for t in home.things if any(kind.covers(t) for kind in kinds)]
    areas = {area for names, area in home.area_words if names and names <= words}
    if areas:
        return [thing for thing in of_kind if thing.area_id in areas]
    return of_kind if len(of_kind) == 1 or not _ALL.isdisjoint(said) else []
