"""Words by which a name says what opens: a way in, a window, or what hangs before it.

Folded and in the singular, in both languages: a home mixes them.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from .text import folded, singular


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SHUTTERS = _words("volet persienne shutter")
BLINDS = _words("store blind shade venitien venetian")
CURTAINS = _words("rideau voilage tenture curtain drape sheer voile net")
AWNINGS = _words("banne auvent awning")
HANGING = SHUTTERS | BLINDS | CURTAINS | AWNINGS
"""What hangs before a window or a door."""
WAYS_IN = _words(
    "porte portail portillon garage barriere trappe door gate barrier hatch"
)
WINDOWS = _words(
    "fenetre velux vasistas lucarne baie window skylight rooflight roof toit"
)

_GARAGE = "garage"
_WAYS_FIRST = _words("porte portail portillon barriere trappe")
_WAYS_LAST = _words("door gate barrier hatch")
_LOCKS_FIRST = _words("serrure verrou gache cadenas")
_LOCKS_LAST = _words("lock latch bolt deadbolt strike padlock")
"""What something is called stands first in French and last in English."""
_MOVERS_FIRST = _words(
    "ouverture ouvrir ouvre ouvreur commande moteur relai bouton telecommande "
    "deverrouillage deverrouiller open unlock"
)
_MOVERS_LAST = _words("opener switch relay control remote button motor release")
"""What moves a door may be named before it, or behind it."""
_FILLING = _words("le la l' les de du d' des a au the of my mon ma")
_NO_OPENING = _words(
    "lumiere lampe eclairage led spot light lamp prise plug outlet socket sonnette bell "
    "chime carillon camera capteur sensor detecteur child enfant parental key keypad "
    "touche clavier screen ecran serviette"
)
"""What has a door or a lock in its name and is none."""


def names_way_in(names: Iterable[str]) -> bool:
    """Return whether one of the names of a cover is that of a door, gate or garage.

    "Front door blind" is a blind. The shutter of a garage is its door, though.
    """
    for name in names:
        said = {singular(word) for word in folded(name)}
        hangs = said & HANGING
        if said & WAYS_IN and not (hangs - SHUTTERS if _GARAGE in said else hangs):
            return True
    return False


def names_opening(names: Iterable[str]) -> Literal["way_in", "lock", ""]:
    """Return what something that is no cover and no lock opens, by its names.

    "Portail", "Gate opener" and "Front door lock" do; "Gate light" and "Child lock" do not.
    """
    for name in names:
        if kind := _opening(name):
            return kind
    return ""


@lru_cache(maxsize=4096)
def _opening(name: str) -> Literal["way_in", "lock", ""]:
    said = [
        word
        for word in map(singular, folded(name))
        if word not in _FILLING and not word.isdigit()
    ]
    if not said or not _NO_OPENING.isdisjoint(said):
        return ""
    while len(said) > 1 and said[0] in _MOVERS_FIRST:
        said = said[1:]
    while len(said) > 1 and said[-1] in _MOVERS_LAST:
        said = said[:-1]
    if said[0] in _LOCKS_FIRST or said[-1] in _LOCKS_LAST:
        return "lock"
    if said == [_GARAGE] or said[0] in _WAYS_FIRST or said[-1] in _WAYS_LAST:
        return "way_in"
    return ""
