"""Words by which a name says what opens: a way in, a window, or what hangs before it.

Folded and in the singular, in both languages: a home mixes them.
"""

from collections.abc import Iterable

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
