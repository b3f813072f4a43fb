"""Words for kinds of things and for rooms, folded and in the singular."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from homeassistant.core import State

from ...engines.language import (
    AWNINGS,
    BLINDS,
    CURTAINS,
    HANGING,
    SHUTTERS,
    WAYS_IN,
    WINDOWS,
)


class _Thing(Protocol):
    @property
    def domain(self) -> str: ...

    @property
    def device_class(self) -> str: ...

    @property
    def traits(self) -> frozenset[str]: ...

    @property
    def name_words(self) -> tuple[frozenset[str], ...]: ...


class Fit(IntEnum):
    """How surely a thing is of a kind."""

    NO = 0
    MAYBE = 1
    """Neither its device class nor its name tells."""
    NEAR = 2
    """Of a device class that is often called so too."""
    SURE = 3


_OPENINGS = frozenset({"garage", "gate", "door", "window", "damper"})
"""Device classes of covers that are no blind, whatever they are called."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A domain, a device class of it, or what people call by one word."""

    domain: str
    device_class: str = ""
    words: frozenset[str] = frozenset()
    """Folded words of either language by which a name says that it is of this kind."""
    others: frozenset[str] = frozenset()
    """Words by which a name says that it is something else."""
    own: frozenset[str] = frozenset()
    """Traits that only this kind has."""
    near: frozenset[str] = frozenset()
    """Traits that this kind may have as well."""
    vague: bool = True
    """Whether what says nothing of its kind may be of this one."""

    def covers(self, thing: _Thing) -> bool:
        """Return whether a thing may be of this kind."""
        return self.fit(thing) > Fit.NO

    def fit(self, thing: _Thing) -> Fit:
        """Return how surely a thing is of this kind."""
        if thing.domain != self.domain:
            return Fit.NO
        if self.device_class:
            return Fit.SURE if thing.device_class == self.device_class else Fit.NO
        if not self.words:
            return Fit.SURE
        if thing.traits & _OPENINGS - self.own - self.near:
            return Fit.NO
        named = frozenset[str]().union(*thing.name_words)
        if named & self.words:
            return Fit.SURE
        if thing.traits & self.own and (thing.device_class or not named & self.others):
            return Fit.SURE
        if named & self.others:
            return Fit.NO
        if thing.traits & self.near:
            return Fit.NEAR
        return Fit.MAYBE if self.vague and not thing.traits else Fit.NO


def best_of[T: _Thing](kind: Kind, things: Iterable[T]) -> tuple[Fit, list[T]]:
    """Return the things that are most surely of a kind, and how surely they are."""
    fits = [(kind.fit(thing), thing) for thing in things]
    best = max((fit for fit, _ in fits), default=Fit.NO)
    return best, [thing for fit, thing in fits if best is fit is not Fit.NO]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LIGHT = Kind("light")


def _cover(words: frozenset[str], own: str, near: str = "") -> Kind:
    return Kind(
        "cover",
        words=words,
        others=(HANGING | WAYS_IN | WINDOWS) - words,
        own=_words(own),
        near=_words(near),
    )


_SHUTTER = _cover(SHUTTERS, "shutter", "blind shade")
_BLIND = _cover(BLINDS, "blind shade", "awning shutter")
_CURTAIN = _cover(CURTAINS, "curtain")
_AWNING = _cover(AWNINGS, "awning")
COVERING = _cover(HANGING, "shutter blind shade curtain awning")
"""What hangs before a window; never the window."""

_COOLERS = _words("clim climatisation climatiseur aircon ac conditioning conditioner")
_HEATERS = _words(
    "chauffage radiateur convecteur poele chaudiere thermostat heating heater radiator"
    " stove boiler trv"
)
_COOLER = Kind(
    "climate", words=_COOLERS, others=_HEATERS, own=frozenset({"cool"}), vague=False
)
_HEATER = Kind(
    "climate",
    words=_HEATERS,
    others=_COOLERS,
    own=frozenset({"heat"}),
    near=_words("heat_cool auto"),
)
_RADIATOR = Kind(
    "climate",
    words=_words("radiateur convecteur radiator trv"),
    others=_COOLERS | _words("poele serviette stove towel"),
    near=_words("heat heat_cool auto"),
)
"""What else heats is one only where nothing is called so."""
_SCREENS = _words("tele television televiseur tv telly projecteur projector")
_SPEAKERS = _words("enceinte parleur speaker soundbar homepod sonos echo son sound")
_SCREEN = Kind("media_player", words=_SCREENS, others=_SPEAKERS, own=frozenset({"tv"}))
_SPEAKER = Kind(
    "media_player",
    words=_SPEAKERS,
    others=_SCREENS,
    own=frozenset({"speaker"}),
    near=frozenset({"receiver"}),
)
_SOCKET = Kind(
    "switch",
    words=_words("prise multiprise outlet plug socket"),
    own=frozenset({"outlet"}),
    vague=False,
)

KINDS: dict[str, dict[str, Kind]] = {
    "fr": {
        "lumiere": _LIGHT,
        "lampe": _LIGHT,
        "eclairage": _LIGHT,
        "volet": _SHUTTER,
        "store": _BLIND,
        "rideau": _CURTAIN,
        "banne": _AWNING,
        "ventilateur": Kind("fan"),
        "ventilo": Kind("fan"),
        "prise": _SOCKET,
        "serrure": Kind("lock"),
        "verrou": Kind("lock"),
        "chauffage": _HEATER,
        "thermostat": Kind("climate"),
        "radiateur": _RADIATOR,
        "clim": _COOLER,
        "climatisation": _COOLER,
        "climatiseur": _COOLER,
        "temperature": Kind("climate"),
        "tele": _SCREEN,
        "television": _SCREEN,
        "tv": _SCREEN,
        "enceinte": _SPEAKER,
    },
    "en": {
        "light": _LIGHT,
        "lamp": _LIGHT,
        "lighting": _LIGHT,
        "blind": _BLIND,
        "shutter": _SHUTTER,
        "shade": _BLIND,
        "curtain": _CURTAIN,
        "drape": _CURTAIN,
        "awning": _AWNING,
        "cover": COVERING,
        "fan": Kind("fan"),
        "outlet": _SOCKET,
        "plug": _SOCKET,
        "socket": _SOCKET,
        "lock": Kind("lock"),
        "heating": _HEATER,
        "heater": _HEATER,
        "radiator": _RADIATOR,
        "thermostat": Kind("climate"),
        "temperature": Kind("climate"),
        "aircon": _COOLER,
        "tv": _SCREEN,
        "television": _SCREEN,
        "telly": _SCREEN,
        "speaker": _SPEAKER,
    },
}


def _opening(words: str, own: str, near: str = "") -> Kind:
    return Kind(
        "cover",
        words=_words(words),
        others=HANGING,
        own=_words(own),
        near=_words(near),
        vague=False,
    )


OPENINGS: dict[str, Kind] = {
    word: kind
    for words, kind in (
        ("garage", _opening("garage", "garage")),
        ("portail gate", _opening("portail gate", "gate")),
        ("porte door", _opening("porte door", "door", "garage gate")),
        ("fenetre velux window skylight", _opening("fenetre velux window skylight", "window")),
    )
    for word in words.split()
}  # fmt: skip
"""Words for what is opened and closed and is no blind."""

KEPT_RUNNING = _words(
    """
    congelateur congel frigo refrigerateur frigidaire freezer fridge refrigerator
    aquarium terrarium serveur server nas routeur router box modem wifi
    internet pompe pump alarme alarm sirene siren camera nvr detecteur detector
    vmc respirateur oxygene cpap medical medicale chaudiere boiler onduleur ups
    """
)
"""Words in the names of what is switched off only when it is named."""

_MORE_KINDS: dict[str, tuple[Kind, ...]] = {
    word: kinds
    for words, kinds in (
        (
            "temperature degre degree chaud froid warm cold chaude froide",
            (Kind("sensor", "temperature"), Kind("climate")),
        ),
        ("humidite humide humidity humid", (Kind("sensor", "humidity"),)),
        (
            "porte portail door gate",
            (
                Kind("binary_sensor", "door"),
                Kind("binary_sensor", "garage_door"),
                Kind("binary_sensor", "opening"),
                Kind("cover", "door"),
                Kind("cover", "gate"),
                Kind("cover", "garage"),
                Kind("lock"),
            ),
        ),
        (
            "fenetre window",
            (Kind("binary_sensor", "window"), Kind("cover", "window")),
        ),
        (
            "verrouille verrouiller deverrouille deverrouiller locked unlock unlocked",
            (Kind("lock"),),
        ),
        ("mouvement motion", (Kind("binary_sensor", "motion"),)),
        (
            "fumee smoke incendie",
            (Kind("binary_sensor", "smoke"),),
        ),
        ("alarme alarm", (Kind("alarm_control_panel"),)),
        (
            "musique chanson music song volume morceau",
            (Kind("media_player"),),
        ),
        ("aspirateur vacuum robot", (Kind("vacuum"),)),
        ("batterie pile battery", (Kind("sensor", "battery"),)),
        (
            "consommation puissance electricite power energy electricity energie",
            (Kind("sensor", "power"), Kind("sensor", "energy")),
        ),
        ("meteo pluie weather rain forecast", (Kind("weather"),)),
        ("scene ambiance", (Kind("scene"),)),
        ("eau water", (Kind("valve"), Kind("sensor", "water"))),
        ("switch interrupteur", (Kind("switch"),)),
    )
    for word in words.split()
}
"""Words of questions, in both languages; they may mean things of several kinds."""


def kinds_of(words: Iterable[str], language: str) -> list[Kind]:
    """Return the kinds of things that folded words in the singular speak of."""
    kinds = KINDS[language]
    found: list[Kind] = []
    for word in words:
        if word in kinds:
            found.append(kinds[word])
        found += _MORE_KINDS.get(word, ())
    return found


STOP_WORDS: dict[str, frozenset[str]] = {
    "fr": frozenset(
        "le la les l' un une des du de d' au aux a dans sur en et mon ma mes".split()  # noqa: SIM905
    ),
    "en": frozenset("the a an of in on at to and my our teh".split()),  # noqa: SIM905
}

ROOM_WORDS = frozenset(
    """
    salon cuisine chambre bureau entree garage cave jardin terrasse couloir grenier
    sejour buanderie toilette douche bain salle balcon piscine escalier enfant parent
    kitchen bedroom bathroom office hall hallway garage cellar garden patio attic
    living room dining laundry toilet shower balcony pool stair basement porch nursery
    gauche droite haut bas left right up down
    """.split()  # noqa: SIM905
)


def common_kind(states: Sequence[State]) -> str:
    """Return what the entities have in common: a device class, a domain or nothing."""
    classes = {state.attributes.get("device_class") for state in states}
    domains = {state.domain for state in states}
    if domains == {"cover"} and len(classes) == 1 and (kind := classes.pop()):
        return str(kind)
    return domains.pop() if len(domains) == 1 else ""
