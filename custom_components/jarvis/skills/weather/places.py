"""Which weather entity a question means, and whether it means the weather at all."""

from collections.abc import Callable, Iterator
from typing import Final

from homeassistant.components import conversation
from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.components.weather.const import DOMAIN, WeatherEntityFeature
from homeassistant.const import (
    ATTR_DEVICE_CLASS,
    ATTR_SUPPORTED_FEATURES,
    STATE_UNAVAILABLE,
)
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import floor_registry as fr
from homeassistant.helpers import intent

from ...engines.language import folded
from .asked import Asked, Kind

_SMALL: Final = frozenset("a au aux de du des d' la le les l' un une the of my".split())  # noqa: SIM905
_MEASURED: Final = {"temperature": "temperature", "humidity": "humidity"}
"""Topics that a sensor knows better than a weather service."""
_THERMAL: Final = frozenset({"temperature", "humidity", "cold", "warm", "high", "low"})
_OUTSIDE: Final = frozenset(
    {"dehors", "exterieur", "exterieure", "exterieures", "outside", "outdoor",
     "outdoors", "jardin", "garden", "terrasse", "balcon", "terrace", "balcony"}
)  # fmt: skip


class Places:
    """The weather entities that the speaker may know of."""

    def __init__(
        self,
        hass: HomeAssistant,
        reader: Callable[[str], bool] | None,
        here: frozenset[str] = frozenset(),
    ) -> None:
        """Take whom it is for, and the folded words that mean where the home is."""
        self._hass = hass
        self._reader = reader
        self._here = here

    def entities(self) -> list[State]:
        """Return those that are exposed; first what answers and forecasts most."""

        def rank(state: State) -> tuple[bool, bool, str]:
            features = int(state.attributes.get(ATTR_SUPPORTED_FEATURES) or 0)
            hourly = bool(features & WeatherEntityFeature.FORECAST_HOURLY)
            return state.state == STATE_UNAVAILABLE, not hourly, state.entity_id

        return sorted(self._exposed(DOMAIN), key=rank)

    def entity(self, place: str) -> State | None:
        """Return the entity for a place, "" for here; None where there is none."""
        known = self.entities()
        if not place:
            return next(iter(known), None)
        registry = er.async_get(self._hass)
        for state in known:
            entry = registry.async_get(state.entity_id)
            names = intent.async_get_entity_aliases(self._hass, entry, state=state)
            if place in {plain(name) for name in (*names, state.name)}:
                return state
        return next(iter(known), None) if self.is_here(place) else None

    def is_here(self, place: str) -> bool:
        """Return whether a place is where the home is."""
        zone = self._hass.states.get("zone.home")
        names = {plain(self._hass.config.location_name)}
        if zone is not None:
            names.add(plain(zone.name))
        return not place or place in self._here | names

    def is_inside(self, asked: Asked) -> bool:
        """Return whether a question is about the home, which others answer better."""
        words = set(asked.place.split()) - _SMALL
        if words and not self.is_here(asked.place) and self._is_own(words):
            return True
        if asked.topic in _THERMAL and self._names_room(set(asked.rest) - _SMALL):
            return True
        kind = _MEASURED.get(asked.topic)
        if kind is None or not asked.now or asked.kind not in {Kind.TELL, Kind.WHETHER}:
            return False
        if self._is_own(set(asked.rest) - _SMALL):
            return True
        sensors = [
            state
            for state in self._exposed("sensor")
            if state.attributes.get(ATTR_DEVICE_CLASS) == kind
        ]
        if not (asked.outside or asked.place):
            # "What is the temperature": of a home that measures it, rather.
            return bool(sensors) or any(self._exposed("climate"))
        # "How warm is it outside", where a sensor measures it.
        return any(
            not _OUTSIDE.isdisjoint(plain(state.name).split()) for state in sensors
        )

    def _names_room(self, words: set[str]) -> bool:
        return any(words & set(room.split()) for room in self._rooms())

    def _is_own(self, words: set[str]) -> bool:
        """Return whether words name a room, or a thing other than a weather service."""
        return self._names_room(words) or any(
            words & set(plain(state.name).split())
            for state in self._hass.states.async_all()
            if state.domain not in {DOMAIN, "zone", "person", "conversation"}
        )

    def _rooms(self) -> Iterator[str]:
        for area in ar.async_get(self._hass).async_list_areas():
            yield from map(plain, (area.name, *area.aliases))
        for floor in fr.async_get(self._hass).async_list_floors():
            yield from map(plain, (floor.name, *floor.aliases))
        yield from ("interieur", "inside", "dedans", "indoors")

    def _exposed(self, domain: str) -> Iterator[State]:
        for state in self._hass.states.async_all(domain):
            if async_should_expose(
                self._hass, conversation.DOMAIN, state.entity_id
            ) and (self._reader is None or self._reader(state.entity_id)):
                yield state


def plain(name: str) -> str:
    """Return a name as it is said."""
    return " ".join(folded(name))
