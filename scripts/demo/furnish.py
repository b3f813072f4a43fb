"""Furnishes the home over Home Assistant's own APIs: rooms, names, exposure, states."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from .configuration import first_helper_values
from .errors import DemoError
from .rest import Rest
from .rooms import ROOMS, Language, Names
from .things import ROOM_THERMOMETERS, SHOPPING, THINGS
from .websocket import WebSocket

_ASSISTANT: Final = "conversation"
_ONLINE: Final = {"google_translate", "met", "radio_browser"}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the demo home stands: decides units and the time of day."""

    name: str
    country: str
    time_zone: str
    latitude: float
    longitude: float
    currency: str


_PLACES: Final = {
    Language.FRENCH: _Place("Maison", "FR", "Europe/Paris", 45.76, 4.84, "EUR"),
    Language.ENGLISH: _Place("Home", "GB", "Europe/London", 51.75, -1.25, "GBP"),
}


def build() -> str:
    """Return a fingerprint of everything that `furnish` sets."""
    return hashlib.sha256(repr((ROOMS, THINGS, ROOM_THERMOMETERS)).encode()).hexdigest()


async def settle(socket: WebSocket, language: Language) -> None:
    """Tell Home Assistant where and in which language it lives."""
    place = _PLACES[language]
    await socket.command(
        "config/core/update",
        language=language.value,
        location_name=place.name,
        country=place.country,
        currency=place.currency,
        time_zone=place.time_zone,
        latitude=place.latitude,
        longitude=place.longitude,
        elevation=100,
        unit_system="metric",
    )


async def furnish(rest: Rest, socket: WebSocket, language: Language) -> None:
    """Make rooms, name and place the things, expose them and set their first states."""
    await _only_local(rest)
    entities = await _entity_ids(socket)
    rooms = await _rooms(socket, language, entities)
    for thing in THINGS:
        await socket.command(
            "config/entity_registry/update",
            entity_id=_found(entities, thing.entity_id),
            new_entity_id=thing.entity_id,
            name=thing.names.name(language) if thing is SHOPPING else None,
            area_id=rooms[thing.room] if thing.room else None,
            # None stands for the entity's own name, which aliases would replace.
            aliases=[None, *thing.names.aliases(language)],
        )
    await _expose(socket)
    await first_states(socket)


async def first_states(socket: WebSocket) -> None:
    """Bring every thing into its first state."""
    for domain, service, data in first_helper_values():
        await call(socket, domain, service, **data)
    for thing in THINGS:
        for step in thing.start:
            await call(
                socket,
                thing.domain,
                step.service,
                entity_id=thing.entity_id,
                **step.data,
            )


async def call(socket: WebSocket, domain: str, service: str, **data: Any) -> None:
    """Call a service and wait for its end."""
    await socket.command(
        "call_service", domain=domain, service=service, service_data=data
    )


async def _only_local(rest: Rest) -> None:
    """Keep the shopping list of what the onboarding sets up, not the online services."""
    await rest.post("/api/config/config_entries/flow", {"handler": "shopping_list"})
    for entry in await rest.get("/api/config/config_entries/entry"):
        if entry["domain"] in _ONLINE:
            await rest.delete(f"/api/config/config_entries/entry/{entry['entry_id']}")


async def _entity_ids(socket: WebSocket) -> dict[str, str]:
    """Return the present entity id by `domain.key` as the demo wants it."""
    entries = await socket.command("config/entity_registry/list")
    found: dict[str, str] = {}
    for entry in entries:
        domain = entry["entity_id"].partition(".")[0]
        if entry["platform"] == "shopping_list":
            found[SHOPPING.entity_id] = entry["entity_id"]
        elif str(entry["unique_id"]).startswith(f"{domain}_"):
            key = str(entry["unique_id"]).removeprefix(f"{domain}_")
            found[f"{domain}.{key}"] = entry["entity_id"]
    return found


def _found(entities: dict[str, str], wanted: str) -> str:
    if wanted not in entities:
        raise DemoError(
            f"The demo home lacks {wanted}: Home Assistant has not made it. "
            "Its log tells why."
        )
    return entities[wanted]


async def _expose(socket: WebSocket) -> None:
    """Expose the things and nothing else."""
    await socket.command(
        "homeassistant/expose_new_entities/set", assistant=_ASSISTANT, expose_new=False
    )
    await socket.command(
        "homeassistant/expose_entity",
        assistants=[_ASSISTANT],
        entity_ids=[thing.entity_id for thing in THINGS],
        should_expose=True,
    )


async def _rooms(
    socket: WebSocket, language: Language, entities: dict[str, str]
) -> dict[str, str]:
    """Make or complete the areas; return their ids by the rooms' keys."""
    areas = {
        area["name"].casefold(): area["area_id"]
        for area in await socket.command("config/area_registry/list")
    }
    ids: dict[str, str] = {}
    for room in ROOMS:
        data: dict[str, Any] = {
            "name": room.names.name(language),
            "icon": room.icon,
            "aliases": room.names.aliases(language),
        }
        if thermometer := ROOM_THERMOMETERS.get(room.key):
            data["temperature_entity_id"] = _found(entities, thermometer)
        if area_id := _first(areas, room.names, language):
            kind = "config/area_registry/update"
            data["area_id"] = area_id
        else:
            kind = "config/area_registry/create"
        ids[room.key] = (await socket.command(kind, **data))["area_id"]
    return ids


def _first(areas: dict[str, str], names: Names, language: Language) -> str | None:
    """Return the area that already bears one of the room's names."""
    candidates: Iterable[str] = names.of(language)
    return next(
        (areas[n.casefold()] for n in candidates if n.casefold() in areas), None
    )
