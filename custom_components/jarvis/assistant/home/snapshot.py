"""What of the home may be spoken of, gathered once a change rather than once a turn.

Exposure, names and rooms change rarely and a turn reads them several times. What was
gathered is dropped with the first change of any of them; only while it is kept does
anybody listen for changes. A large home is gathered in slices before a turn needs it, so
that nothing else waits; when something changes meanwhile it is gathered once more.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from homeassistant.components import conversation
from homeassistant.components.homeassistant.exposed_entities import (
    async_listen_entity_updates,
    async_should_expose,
)
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import (
    CALLBACK_TYPE,
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import floor_registry as fr
from homeassistant.helpers import intent
from homeassistant.util.hass_dict import HassKey

from ...engines.language import Spellings, folded
from .home import Home
from .things import Index, Thing, key_words

SLICE = 0.005
"""Seconds after which other tasks get their turn while a home is gathered."""
MOST_TRIES = 3
"""Times that it is gathered in slices; then what asks for it waits."""

_REGISTRIES = (
    ar.EVENT_AREA_REGISTRY_UPDATED,
    er.EVENT_ENTITY_REGISTRY_UPDATED,
    fr.EVENT_FLOOR_REGISTRY_UPDATED,
)
_DEVICE_FIELDS = frozenset({"area_id", "name", "name_by_user", "parent_device_id"})
_TOLD = ("friendly_name", "device_class", "hvac_modes")
"""Attributes that a snapshot holds."""


class _Snapshots:
    """The snapshots of one home, by language."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._homes: dict[str, Home] = {}
        self._changes = 0
        self._unsubscribe: list[CALLBACK_TYPE] = []

    async def async_prepare(self, language: str) -> None:
        """Take the snapshot for a language in slices, unless there is one."""
        for _ in range(MOST_TRIES):
            if language in self._homes:
                return
            self._listen()
            change = self._changes
            home = _empty(self._hass, language)
            rested = time.perf_counter()
            for state in self._hass.states.async_all():
                _take(self._hass, state, home)
                if time.perf_counter() - rested > SLICE:
                    await asyncio.sleep(0)
                    rested = time.perf_counter()
            if change == self._changes:
                self._homes[language] = home

    @callback
    def async_get(self, language: str) -> Home:
        """Return the snapshot for a language, taken now if there is none."""
        if (home := self._homes.get(language)) is None:
            home = _empty(self._hass, language)
            # Asking what is exposed may decide it, which is a change by itself.
            for state in self._hass.states.async_all():
                _take(self._hass, state, home)
            self._listen()
            self._homes[language] = home
        return home

    def _listen(self) -> None:
        if self._unsubscribe:
            return
        listen = self._hass.bus.async_listen
        self._unsubscribe = [
            *(listen(kind, self._changed) for kind in _REGISTRIES),
            listen(
                dr.EVENT_DEVICE_REGISTRY_UPDATED,
                self._changed,
                event_filter=_device_changed,
            ),
            listen(EVENT_STATE_CHANGED, self._changed, event_filter=_state_changed),
            async_listen_entity_updates(self._hass, conversation.DOMAIN, self._forget),
        ]

    @callback
    def _changed(self, event: Event[Any]) -> None:
        self._forget()

    @callback
    def _forget(self) -> None:
        self._changes += 1
        self._homes.clear()
        while self._unsubscribe:
            self._unsubscribe.pop()()


_SNAPSHOTS: HassKey[_Snapshots] = HassKey("jarvis_snapshots")


def _snapshots(hass: HomeAssistant) -> _Snapshots:
    if (snapshots := hass.data.get(_SNAPSHOTS)) is None:
        snapshots = hass.data[_SNAPSHOTS] = _Snapshots(hass)
    return snapshots


async def async_look_ahead(hass: HomeAssistant, languages: Iterable[str]) -> None:
    """Have ready what `look_around` returns, without keeping others waiting."""
    for language in languages:
        await _snapshots(hass).async_prepare(language)


@callback
def look_around(
    hass: HomeAssistant,
    language: str,
    here: str | None,
    reader: Callable[[str], bool] | None = None,
) -> Home:
    """Return what may be spoken of; `here` is the area that the speaker is in.

    `reader` tells of an entity id whether the speaker may know of it; None: of all.
    """
    home = _snapshots(hass).async_get(language)
    if reader is None:
        return replace(home, here=here)
    things = [thing for thing in home.things if reader(thing.entity_id)]
    return replace(home, here=here, things=things, index=Index.of(things))


@callback
def _device_changed(data: Mapping[str, Any]) -> bool:
    return data["action"] != "update" or not _DEVICE_FIELDS.isdisjoint(data["changes"])


@callback
def _state_changed(data: EventStateChangedData) -> bool:
    old, new = data["old_state"], data["new_state"]
    if old is None or new is None:
        return True
    before, after = old.attributes, new.attributes
    return before is not after and any(
        before.get(name) != after.get(name) for name in _TOLD
    )


def _empty(hass: HomeAssistant, language: str) -> Home:
    """Return a home with its rooms, but nothing in them yet."""
    areas = ar.async_get(hass).async_list_areas()
    # Aliases are a set, whose order is another at each start.
    places = [n for area in areas for n in (area.name, *sorted(area.aliases))]
    floors = list(fr.async_get(hass).async_list_floors())
    for floor in floors:
        places += [floor.name, *sorted(floor.aliases)]
    return Home(
        things=[],
        index=Index(),
        places=tuple(places),
        area_words=[
            (key_words(folded(name), language), area.id)
            for area in areas
            for name in (area.name, *area.aliases)
        ],
        floor_words=[
            (
                key_words(folded(name), language),
                frozenset(a.id for a in areas if a.floor_id == floor.floor_id)
                or frozenset({""}),
            )
            for floor in floors
            for name in (floor.name, *floor.aliases)
        ],
        spellings=Spellings(places),
        language=language,
    )


def _take(hass: HomeAssistant, state: State, home: Home) -> None:
    """Add an entity to a home, unless it may not be spoken of."""
    if thing := _thing(hass, state, home.language):
        home.things.append(thing)
        home.index.add(thing)
        for name in thing.names:
            home.spellings.add(name)


def _thing(hass: HomeAssistant, state: State, language: str) -> Thing | None:
    """Return an entity as it can be spoken of, None for one that may not be."""
    if not async_should_expose(hass, conversation.DOMAIN, state.entity_id):
        return None
    entry = er.async_get(hass).async_get(state.entity_id)
    names = tuple(intent.async_get_entity_aliases(hass, entry, state=state))
    return Thing(
        entity_id=state.entity_id,
        names=names,
        name_words=tuple(_key_words(name, language) for name in names),
        spoken=tuple(map(_folded, names)),
        device_class=state.attributes.get("device_class") or "",
        modes=frozenset(state.attributes.get("hvac_modes") or ()) - {"off"},
        area_id=er.async_get_effective_area_id(hass, entry) if entry else None,
    )


@lru_cache(maxsize=16_384)
def _folded(name: str) -> tuple[str, ...]:
    return folded(name)


@lru_cache(maxsize=16_384)
def _key_words(name: str, language: str) -> frozenset[str]:
    return key_words(_folded(name), language)
