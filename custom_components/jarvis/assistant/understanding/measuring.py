"""What sensors measure and thermostats are set to, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite

from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import area_registry as ar

from ...engines.language import folded
from ..home import Home, Thing, key_words, silent
from .scope import Place, Scoping
from .subjects import CLIMATE, MEASURES

# Folded and without a final s, like all key words: "dehors" is "dehor".
_OUTSIDE = frozenset({"dehor", "exterieur", "exterieure", "outside", "outdoor"})
_FILLER = frozenset(
    """
    taux niveau level qualite quality percentage pourcentage quantite amount actuel
    actuelle current reading valeur value capteur sensor la it left
    """.split()  # noqa: SIM905 - a text is easier to keep in order
)
LISTED_AT_MOST = 4
"""Sensors that are read out one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measuring:
    """Finds what measures something."""

    hass: HomeAssistant
    home: Home
    scoping: Scoping

    def find(self, target: Sequence[str], where: Sequence[str]) -> list[Thing] | None:
        """Return the sensors that are asked for; None when it is none's question.

        An empty list is a measure of a place that has no sensor for it.
        """
        words = key_words(_joined([*target, *where]), self.home.language)
        measured = next(
            (w for w in _joined([*target, *where]) if _measure(w) is not None), None
        )
        if measured is None:
            exact = [t for t in self.home.things if words in t.name_words]
            return exact or None
        kind = _measure(measured)
        rest = words - MEASURES.keys() - _FILLER
        sensors = [thing for thing in self.home.things if _reads(thing, kind or "")]
        if rest & _OUTSIDE:
            outside = [
                t for t in sensors if any(_OUTSIDE & names for names in t.name_words)
            ]
            return outside if len(outside) == 1 else None
        if not rest:
            return self._anywhere(sensors, kind or "")
        if (place := self.scoping.place(rest)) is not None:
            return self._inside(sensors, place, kind or "")
        climate = [t for t in sensors if t.domain == "climate"]
        if rest <= CLIMATE.words and climate:
            return climate
        exact = [t for t in sensors if words in t.name_words or rest in t.name_words]
        named = [t for t in sensors if any(rest <= n for n in t.name_words)]
        return exact or named or None

    def setpoints(
        self, target: Sequence[str], where: Sequence[str]
    ) -> list[Thing] | None:
        """Return the thermostats that are asked for; None where none is named."""
        words = key_words([*target, *where], self.home.language)
        heaters = [
            t for t in self.home.things if t.domain in {"climate", "water_heater"}
        ]
        exact = [t for t in heaters if words in t.name_words]
        rest = words - CLIMATE.words - {"temperature"}
        if exact:
            return exact
        if not rest:
            here = [t for t in heaters if t.area_id and t.area_id == self.home.here]
            return here or heaters
        if (place := self.scoping.place(rest)) is not None:
            return [t for t in heaters if _stands(t, place)]
        return [t for t in heaters if any(rest <= n for n in t.name_words)] or None

    def _anywhere(self, sensors: list[Thing], kind: str) -> list[Thing] | None:
        here = self.home.here
        if here and (inside := [t for t in sensors if t.area_id == here]):
            return [self._chosen(inside, here, kind)]
        # A home has many batteries, and a temperature outside: one must be meant.
        if kind != SensorDeviceClass.BATTERY and 0 < len(sensors) <= LISTED_AT_MOST:
            return sensors
        return None

    def _inside(self, sensors: list[Thing], place: Place, kind: str) -> list[Thing]:
        inside = [t for t in sensors if _stands(t, place)]
        if len(place.area_ids) == 1 and inside:
            return [self._chosen(inside, next(iter(place.area_ids)), kind)]
        return inside

    def _chosen(self, inside: list[Thing], area_id: str, kind: str) -> Thing:
        """Return the sensor that the user chose for an area, or else the first one."""
        area = ar.async_get(self.hass).async_get_area(area_id)
        chosen = None
        if area is not None and kind == SensorDeviceClass.TEMPERATURE:
            chosen = area.temperature_entity_id
        elif area is not None and kind == SensorDeviceClass.HUMIDITY:
            chosen = area.humidity_entity_id
        # A sensor rather than a thermostat: it stands where people are.
        ranked = sorted(
            inside, key=lambda t: (t.entity_id != chosen, t.domain != "sensor")
        )
        return ranked[0]


def quantity(hass: HomeAssistant, value: object, state: State) -> str:
    """Return a measured value with its unit, "" where there is none."""
    unit = str(state.attributes.get(ATTR_UNIT_OF_MEASUREMENT) or "")
    if state.domain in {"climate", "water_heater"}:
        unit = str(hass.config.units.temperature_unit)
    text = number(value)
    if text is None:
        return "" if value is None or unit else str(value)
    return f"{text} {unit}".strip()


def number(value: object) -> str | None:
    """Return a number as it is said, "21.5" or "1013"; None where it is none."""
    try:
        amount = float(str(value))
    except ValueError:
        return None
    if not isfinite(amount):
        return None
    digits = 0 if abs(amount) >= 100 else 1 if abs(amount) >= 1 else 2
    text = f"{amount:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def reading(hass: HomeAssistant, state: State) -> str:
    """Return what a sensor or a thermostat measures, "" where it does not tell."""
    if silent(state):
        return ""
    if state.domain in {"climate", "water_heater"}:
        return quantity(hass, state.attributes.get("current_temperature"), state)
    return quantity(hass, state.state, state)


def measured_word(state: State) -> str:
    """Return the entry of the sentences' `states` that says what a sensor measures.

    A temperature is 21 degrees, a thermostat shows them.
    """
    kind = str(state.attributes.get("device_class") or "")
    if kind == SensorDeviceClass.BATTERY:
        return "level"
    named = any(_measure(w) == kind for w in _joined(folded(state.name)))
    return "reading" if named else "measures"


def _joined(words: Iterable[str]) -> list[str]:
    """Return the words with "co 2" as one."""
    found: list[str] = []
    for word in words:
        if found and (found[-1], word) in {("co", "2"), ("pm2", "5")}:
            found[-1] += word
        else:
            found.append(word)
    return found


def _measure(word: str) -> str | None:
    return MEASURES.get(next(iter(key_words([word], "en")), ""))


def _reads(thing: Thing, kind: str) -> bool:
    if thing.domain == "sensor":
        return thing.device_class == kind
    return thing.domain == "climate" and kind == SensorDeviceClass.TEMPERATURE


def _stands(thing: Thing, place: Place) -> bool:
    return not place.area_ids or thing.area_id in place.area_ids
