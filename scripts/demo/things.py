"""The devices of the demo home: where they stand, their names and how they begin.

Entity ids are the same in a French and in an English home.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from .rooms import Names


@dataclass(frozen=True, slots=True)
class Call:
    """One service call on an entity."""

    service: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One exposed entity."""

    entity_id: str
    room: str | None
    names: Names
    config: Mapping[str, Any] = field(default_factory=dict)
    """What its entry in configuration.yaml says beside name and ids."""
    start: tuple[Call, ...] = ()
    """The service calls that bring it into its first state."""

    @property
    def domain(self) -> str:
        """The entity's domain, such as `light`."""
        return self.entity_id.partition(".")[0]

    @property
    def key(self) -> str:
        """The entity's id without its domain; its unique id is `domain_key`."""
        return self.entity_id.partition(".")[2]


# Template entities without a state of their own keep what they were told: an empty
# action is a lamp that obeys.
_SWITCHED: Final[Mapping[str, Any]] = {"turn_on": [], "turn_off": []}
_DIMMED: Final[Mapping[str, Any]] = {**_SWITCHED, "set_level": []}
_COLOURED: Final[Mapping[str, Any]] = {**_DIMMED, "set_hs": [], "set_temperature": []}
_COVER: Final[Mapping[str, Any]] = {
    "open_cover": [],
    "close_cover": [],
    "stop_cover": [],
    "set_cover_position": [],
}
_OFF: Final = (Call("turn_off"),)


def _lamp(
    room: str,
    of: str,
    where: str,
    config: Mapping[str, Any] = _DIMMED,
    *,
    on: bool = False,
) -> Thing:
    start: tuple[Call, ...] = ()
    if "set_level" in config:
        # A dimmed lamp gets a brightness to come back to.
        start += (Call("turn_on", {"brightness_pct": 80}),)
    if "set_hs" in config:
        # One with colours reports its brightness once it has one.
        start += (Call("turn_on", {"color_temp_kelvin": 3000}),)
    return Thing(
        entity_id=f"light.{room}",
        room=room,
        names=Names(
            (f"Lumière {of}", f"Lampe {of}"), (f"{where} light", f"{where} lamp")
        ),
        config=config,
        start=start if on else (*start, *_OFF),
    )


def _shutter(room: str, of: str, where: str) -> Thing:
    return Thing(
        entity_id=f"cover.{room}",
        room=room,
        names=Names(
            (f"Volet {of}", f"Volets {of}", f"Store {of}"),
            (f"{where} blinds", f"{where} blind", f"{where} shutter"),
        ),
        config={**_COVER, "device_class": "shutter"},
        start=(Call("open_cover"),),
    )


def _vacuum(state: str) -> Mapping[str, Any]:
    """Return the action that brings the vacuum into a state, without the way there."""
    return {
        "action": "input_select.select_option",
        "target": {"entity_id": "input_select.aspirateur"},
        "data": {"option": state},
    }


def _sensor(key: str, room: str, kind: str, unit: str, names: Names) -> Thing:
    return Thing(
        entity_id=f"sensor.{key}",
        room=room,
        names=names,
        config={
            "state": f"{{{{ states('input_number.{key}') }}}}",
            "device_class": kind,
            "state_class": "measurement",
            "unit_of_measurement": unit,
        },
    )


def _contact(key: str, room: str, kind: str, names: Names) -> Thing:
    return Thing(
        entity_id=f"binary_sensor.{key}",
        room=room,
        names=names,
        config={
            "state": f"{{{{ is_state('input_boolean.{key}', 'on') }}}}",
            "device_class": kind,
        },
    )


LAMPS: Final = (
    _lamp("salon", "du salon", "Living room", _COLOURED),
    _lamp("cuisine", "de la cuisine", "Kitchen", on=True),
    _lamp("chambre", "de la chambre", "Bedroom"),
    _lamp("bureau", "du bureau", "Office"),
    _lamp("salle_de_bain", "de la salle de bain", "Bathroom", _SWITCHED),
    _lamp("entree", "de l'entrée", "Hallway", _SWITCHED),
    _lamp("garage", "du garage", "Garage", _SWITCHED),
    _lamp("jardin", "du jardin", "Garden", _SWITCHED),
    _lamp("salle_a_manger", "de la salle à manger", "Dining room"),
)

COVERS: Final = (
    _shutter("salon", "du salon", "Living room"),
    _shutter("chambre", "de la chambre", "Bedroom"),
    Thing(
        entity_id="cover.garage",
        room="garage",
        names=Names(("Porte de garage", "Porte du garage"), ("Garage door",)),
        config={**_COVER, "device_class": "garage"},
        start=(Call("close_cover"),),
    ),
)

APPLIANCES: Final = (
    Thing(
        entity_id="switch.cafetiere",
        room="cuisine",
        names=Names(
            ("Machine à café", "Cafetière"), ("Coffee machine", "Coffee maker")
        ),
        config=_SWITCHED,
        start=_OFF,
    ),
    Thing(
        entity_id="switch.prise_bureau",
        room="bureau",
        names=Names(("Prise du bureau",), ("Office plug", "Office socket")),
        config=_SWITCHED,
        start=_OFF,
    ),
    Thing(
        entity_id="switch.arrosage",
        room="jardin",
        names=Names(("Arrosage",), ("Sprinkler", "Sprinklers")),
        config=_SWITCHED,
        start=_OFF,
    ),
    Thing(
        entity_id="fan.chambre",
        room="chambre",
        names=Names(
            ("Ventilateur", "Ventilateur de la chambre"), ("Fan", "Bedroom fan")
        ),
        config={**_SWITCHED, "set_percentage": [], "speed_count": 4},
        start=_OFF,
    ),
    Thing(
        entity_id="lock.entree",
        room="entree",
        names=Names(("Porte d'entrée",), ("Front door",)),
        config={"lock": [], "unlock": [], "optimistic": True},
        start=(Call("lock"),),
    ),
    Thing(
        entity_id="vacuum.aspirateur",
        room="salon",
        names=Names(("Aspirateur", "Robot aspirateur"), ("Vacuum", "Vacuum cleaner")),
        config={
            "state": "{{ states('input_select.aspirateur') }}",
            "start": _vacuum("cleaning"),
            "pause": _vacuum("paused"),
            "stop": _vacuum("idle"),
            "return_to_base": _vacuum("docked"),
        },
        start=(Call("return_to_base"),),
    ),
)

CLIMATE: Final = Thing(
    entity_id="climate.salon",
    room="salon",
    names=Names(
        ("Thermostat", "Chauffage", "Thermostat du salon"),
        ("Thermostat", "Heating", "Living room thermostat"),
    ),
    start=(Call("set_hvac_mode", {"hvac_mode": "heat"}),),
)

TELEVISION: Final = Thing(
    entity_id="media_player.salon",
    room="salon",
    names=Names(("Télévision", "Télé"), ("TV", "Television")),
    start=_OFF,
)

SENSORS: Final = (
    _sensor(
        "temperature_salon",
        "salon",
        "temperature",
        "°C",
        Names(("Température du salon",), ("Living room temperature",)),
    ),
    _sensor(
        "temperature_chambre",
        "chambre",
        "temperature",
        "°C",
        Names(("Température de la chambre",), ("Bedroom temperature",)),
    ),
    _sensor(
        "temperature_exterieure",
        "jardin",
        "temperature",
        "°C",
        Names(("Température extérieure",), ("Outside temperature",)),
    ),
    _sensor(
        "humidite_salle_de_bain",
        "salle_de_bain",
        "humidity",
        "%",
        Names(("Humidité de la salle de bain",), ("Bathroom humidity",)),
    ),
    # Not just "the front door": that is the lock, and Home Assistant asks back when
    # two things bear one name.
    _contact(
        "porte_entree",
        "entree",
        "door",
        Names(("Capteur de la porte d'entrée",), ("Front door sensor",)),
    ),
    _contact(
        "fenetre_cuisine",
        "cuisine",
        "window",
        Names(("Fenêtre de la cuisine",), ("Kitchen window",)),
    ),
)

WEATHER: Final = Thing(
    entity_id="weather.maison", room=None, names=Names(("Météo",), ("Weather",))
)

SHOPPING: Final = Thing(
    entity_id="todo.shopping_list",
    room=None,
    names=Names(("Liste de courses", "Courses"), ("Shopping list", "Groceries")),
)

TEMPLATES: Final = (*LAMPS, *COVERS, *APPLIANCES, *SENSORS)
THINGS: Final = (*TEMPLATES, CLIMATE, TELEVISION, WEATHER, SHOPPING)

ROOM_THERMOMETERS: Final[Mapping[str, str]] = {
    "salon": "sensor.temperature_salon",
    "chambre": "sensor.temperature_chambre",
    "jardin": "sensor.temperature_exterieure",
}
"""The sensor that answers for a room's temperature."""
