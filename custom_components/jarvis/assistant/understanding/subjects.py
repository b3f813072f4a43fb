"""What questions are asked about: kinds of things, with all that tells of them.

A window is a contact sensor or a roof window's motor; whether a door is locked, its lock
tells. Home Assistant's own sentences look at covers only.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ..home import CONTACTS, Thing, tells

_MOVED = frozenset({"door", "garage", "gate", "window"})
"""Device classes of covers that are no blinds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A kind of thing that is asked about."""

    noun: str
    """What counts it: see `counted`."""
    words: frozenset[str]
    """Folded words in the singular, of both languages."""
    kinds: frozenset[tuple[str, str]] = frozenset()
    """Domain and device class; "*" is any class."""
    called: frozenset[str] = frozenset()
    """Words that tell in a name that an opening of no clear class is of this kind."""
    asked: str = ""
    """The state that is meant where none is said."""

    def covers(self, thing: Thing, state: str = "") -> bool:
        """Return whether a thing is of this kind and can tell of a state."""
        if state and not tells(thing.domain, thing.device_class, state):
            return False
        if {(thing.domain, thing.device_class), (thing.domain, "*")} & self.kinds:
            return True
        named = any(self.called & words for words in thing.name_words)
        if tells(thing.domain, thing.device_class, "locked"):
            # A lock is a door's unless its name says otherwise.
            return (
                state in {"locked", "unlocked"}
                and bool(self.called)
                and (named or self.noun in {"door", "opening"})
            )
        vague = (thing.domain, thing.device_class) in {
            ("binary_sensor", "opening"),
            ("cover", ""),
        }
        return vague and named


def _subject(
    noun: str, words: str, kinds: str = "", called: str = "", asked: str = ""
) -> Subject:
    pairs = (kind.split(".") for kind in kinds.split())
    return Subject(
        noun=noun,
        words=frozenset(words.split()),
        kinds=frozenset((domain, name) for domain, name in pairs),
        called=frozenset(called.split()),
        asked=asked,
    )


_WINDOW = "fenetre velux lucarne window skylight"
_DOOR = "porte door"
_GARAGE = "garage"
_GATE = "portail portillon gate"

SUBJECTS = (
    _subject(
        "window",
        f"{_WINDOW} baie vitre",
        "binary_sensor.window cover.window",
        _WINDOW,
    ),
    _subject(
        "garage",
        "garage",
        "binary_sensor.garage_door cover.garage",
        _GARAGE,
    ),
    _subject("gate", _GATE, "cover.gate", _GATE),
    _subject(
        "door",
        _DOOR,
        "binary_sensor.door binary_sensor.garage_door cover.door cover.garage",
        _DOOR,
    ),
    _subject(
        "cover",
        "volet store rideau blind shutter shade curtain cover",
        "cover.blind cover.shutter cover.shade cover.curtain cover.awning cover.",
    ),
    _subject("light", "lumiere lampe eclairage ampoule light lamp lighting bulb", "light.*"),
    _subject("outlet", "prise plug socket outlet", "switch.outlet", "prise plug socket outlet"),
    _subject("switch", "interrupteur switch", "switch.* input_boolean.*"),
    _subject("fan", "ventilateur ventilo fan", "fan.*"),
    _subject("lock", "serrure verrou lock", "lock.* binary_sensor.lock"),
    _subject("alarm", "alarme alarm", "alarm_control_panel.*", asked="armed"),
    _subject("tv", "tele television tv telly", "media_player.tv", "tele television tv"),
    _subject("speaker", "enceinte speaker", "media_player.speaker", "enceinte speaker"),
    _subject("media_player", "lecteur musique radio player music", "media_player.*", asked="playing"),
    _subject(
        "climate",
        "chauffage thermostat radiateur clim climatisation climatiseur heating heater"
        " radiator conditioning ac",
        "climate.*",
    ),
    _subject("vacuum", "aspirateur robot vacuum", "vacuum.*"),
    _subject("lawn_mower", "tondeuse mower lawnmower", "lawn_mower.*"),
    _subject("humidifier", "humidificateur deshumidificateur humidifier dehumidifier", "humidifier.*"),
    _subject("valve", "vanne valve", "valve.*"),
    _subject(
        "person",
        "personne monde membre famille quelqu'un person people member family",
        "person.*",
        asked="home",
    ),
    _subject("battery", "pile batterie battery batterie", "sensor.battery binary_sensor.battery", asked="low"),
    _subject("leak", "fuite inondation leak flood", "binary_sensor.moisture", asked="detected"),
    _subject("smoke", "fumee incendie feu smoke fire", "binary_sensor.smoke", asked="detected"),
    _subject("gas", "gaz monoxyde gas monoxide", "binary_sensor.gas binary_sensor.carbon_monoxide", asked="detected"),
    _subject(
        "motion",
        "mouvement presence motion movement",
        "binary_sensor.motion binary_sensor.occupancy binary_sensor.presence"
        " binary_sensor.moving",
        asked="detected",
    ),
    _subject("problem", "probleme panne problem", "binary_sensor.problem binary_sensor.safety", asked="detected"),
)  # fmt: skip

OPENING = _subject(
    "opening",
    "ouverture opening",
    " ".join(f"binary_sensor.{kind}" for kind in sorted(CONTACTS))
    + " ".join(f" cover.{kind}" for kind in sorted(_MOVED)),
    f"{_WINDOW} {_DOOR} {_GARAGE} {_GATE}",
)
"""All that lets somebody in."""

POWERED = _subject(
    "device",
    "appareil device",
    "light.* switch.* fan.* media_player.* input_boolean.* climate.* humidifier.*"
    " vacuum.* lawn_mower.* siren.* water_heater.*",
)
"""All that runs: "what is on?"."""

PRESENCE = next(subject for subject in SUBJECTS if subject.noun == "motion")
PERSON = next(subject for subject in SUBJECTS if subject.noun == "person")
CLIMATE = next(subject for subject in SUBJECTS if subject.noun == "climate")
LOCK = next(subject for subject in SUBJECTS if subject.noun == "lock")
_COVER = _subject("cover", "", "cover.*")

ALL_THERE_IS: Mapping[str, tuple[tuple[Subject, str], ...]] = {
    "on": ((POWERED, "on"),),
    "off": ((POWERED, "off"),),
    "open": ((OPENING, "open"), (_COVER, "open")),
    "closed": ((OPENING, "closed"), (_COVER, "closed"), (LOCK, "locked")),
    "locked": ((LOCK, "locked"), (OPENING, "closed")),
    "unlocked": ((LOCK, "unlocked"),),
    "home": ((PERSON, "home"),),
    "away": ((PERSON, "away"),),
}
"""What is meant by a state where nothing is named, "is everything closed?", and the
state in which each kind is as asked: behind an open door no lock helps."""

MEASURES = {
    word: kind
    for kind, words in {
        "temperature": "temperature degre temp",
        "humidity": "humidite humidity",
        "carbon_dioxide": "co2 carbonique dioxide",
        "battery": "batterie pile battery charge",
        "illuminance": "luminosite luminance illuminance brightness lumiere light",
        "power": "puissance consomme consommation power courant electricite electricity",
        "energy": "energie energy",
        "atmospheric_pressure": "pression pressure",
        "pm25": "pm2 particule particle",
        "aqi": "air",
        "volatile_organic_compounds": "cov voc",
        "moisture": "sol soil",
        "wind_speed": "vent wind",
        "precipitation": "pluie rain",
        "gas": "gaz gas",
        "water": "eau water",
    }.items()
    for word in words.split()
}
"""Words of what is measured, to the device class of its sensors."""
