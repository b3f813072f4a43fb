"""Words for kinds of things and for rooms, folded and in the singular."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class _Thing(Protocol):
    @property
    def domain(self) -> str: ...

    @property
    def device_class(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """A domain, or a device class of it."""

    domain: str
    device_class: str = ""

    def covers(self, thing: _Thing) -> bool:
        """Return whether a thing is of this kind."""
        if thing.domain != self.domain:
            return False
        return self.device_class in {"", thing.device_class}


_LIGHT = Kind("light")
_COVER = Kind("cover")

KINDS: dict[str, dict[str, Kind]] = {
    "fr": {
        "lumiere": _LIGHT,
        "lampe": _LIGHT,
        "eclairage": _LIGHT,
        "volet": _COVER,
        "store": _COVER,
        "rideau": _COVER,
        "ventilateur": Kind("fan"),
        "ventilo": Kind("fan"),
        "prise": Kind("switch"),
        "serrure": Kind("lock"),
        "verrou": Kind("lock"),
        "chauffage": Kind("climate"),
        "thermostat": Kind("climate"),
        "radiateur": Kind("climate"),
        "clim": Kind("climate"),
        "climatisation": Kind("climate"),
        "temperature": Kind("climate"),
        "tele": Kind("media_player"),
        "television": Kind("media_player"),
        "tv": Kind("media_player"),
        "enceinte": Kind("media_player"),
    },
    "en": {
        "light": _LIGHT,
        "lamp": _LIGHT,
        "lighting": _LIGHT,
        "blind": _COVER,
        "shutter": _COVER,
        "shade": _COVER,
        "curtain": _COVER,
        "cover": _COVER,
        "fan": Kind("fan"),
        "outlet": Kind("switch"),
        "plug": Kind("switch"),
        "lock": Kind("lock"),
        "heating": Kind("climate"),
        "heater": Kind("climate"),
        "thermostat": Kind("climate"),
        "temperature": Kind("climate"),
        "tv": Kind("media_player"),
        "television": Kind("media_player"),
        "telly": Kind("media_player"),
        "speaker": Kind("media_player"),
    },
}

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
    "en": frozenset("the a an of in on at to and my our".split()),  # noqa: SIM905
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
