"""The names of the home, which speech-to-text should expect to hear."""

from typing import Any

from homeassistant.components.conversation import DOMAIN as CONVERSATION
from homeassistant.components.homeassistant.exposed_entities import (
    async_listen_entity_updates,
    async_should_expose,
)
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import floor_registry as fr

MOST_NAMES = 120
"""More never fit into the tokens that Whisper is given as a hint."""

_CHANGES = (
    ar.EVENT_AREA_REGISTRY_UPDATED,
    er.EVENT_ENTITY_REGISTRY_UPDATED,
    fr.EVENT_FLOOR_REGISTRY_UPDATED,
)


class Vocabulary:
    """Names of the areas, then of the exposed entities; gathered once a change."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Gather nothing before the first use."""
        self._hass = hass
        self._names: tuple[str, ...] | None = None
        self._unsubscribe: list[CALLBACK_TYPE] = []

    @callback
    def async_names(self) -> tuple[str, ...]:
        """Return the names as they are spoken, the shortest lists of words first."""
        if self._names is None:
            self._listen()
            self._names = self._gather()
        return self._names

    @callback
    def async_close(self) -> None:
        """Stop listening."""
        while self._unsubscribe:
            self._unsubscribe.pop()()

    def _listen(self) -> None:
        if self._unsubscribe:
            return
        bus = self._hass.bus
        self._unsubscribe = [bus.async_listen(kind, self._changed) for kind in _CHANGES]
        self._unsubscribe.append(
            async_listen_entity_updates(self._hass, CONVERSATION, self._exposure)
        )

    @callback
    def _changed(self, event: Event[Any]) -> None:
        self._names = None

    @callback
    def _exposure(self) -> None:
        self._names = None

    def _gather(self) -> tuple[str, ...]:
        # Always in the same order, which sets do not have: what is heard may depend on it.
        names: dict[str, None] = {}
        for area in ar.async_get(self._hass).async_list_areas():
            names |= dict.fromkeys((area.name, *sorted(area.aliases)))
        for floor in fr.async_get(self._hass).async_list_floors():
            names |= dict.fromkeys((floor.name, *sorted(floor.aliases)))
        registry = er.async_get(self._hass)
        states = sorted(self._hass.states.async_all(), key=lambda s: s.entity_id)
        for state in states:
            if not async_should_expose(self._hass, CONVERSATION, state.entity_id):
                continue
            names[state.name] = None
            if entry := registry.async_get(state.entity_id):
                # An alias that stands for the computed name is no text.
                aliases = (a for a in entry.aliases if isinstance(a, str))
                names |= dict.fromkeys(aliases)
        return tuple(name for name in names if name.strip())[:MOST_NAMES]
