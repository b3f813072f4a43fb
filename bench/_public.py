"""Home Assistant's public test sentences, and the homes that they speak of.

The sentences (CC BY 4.0) are those of https://github.com/OHF-Voice/intents, folder
`tests`; they are not part of this repository. Give the path of a checkout with
`--intents DIR` or in the variable INTENTS_REPOSITORY.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from homeassistant.components import conversation
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import floor_registry as fr
from homeassistant.setup import async_setup_component


def arguments_of(name: str, description: str | None) -> argparse.Namespace | None:
    """Return `intents` and `show`; say so and return None without a checkout."""
    parser = argparse.ArgumentParser(description=description)
    checkout = os.environ.get("INTENTS_REPOSITORY")
    parser.add_argument("--intents", type=Path, default=checkout or None)
    parser.add_argument("--show", action="store_true")
    arguments, _ = parser.parse_known_args()
    if arguments.intents is None:
        print(f"{name}: no checkout of the public sentences given", file=sys.stderr)
        return None
    return arguments


def test_files(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the content of each test file of a language."""
    for path in sorted(folder.rglob("*.yaml")):
        yield yaml.safe_load(path.read_text("utf-8")) or {}


async def async_build(hass: HomeAssistant, files: list[dict[str, Any]]) -> None:
    """Put what all files speak of into one home, and expose it."""
    floors, areas, entities = (
        fr.async_get(hass),
        ar.async_get(hass),
        er.async_get(hass),
    )
    for number, content in enumerate(files):
        for floor in content.get("floors") or ():
            if floors.async_get_floor_by_name(floor["name"]) is None:
                floors.async_create(floor["name"])
        # Some files name an area by its name, others by an id of their own.
        rooms = {area.get("id"): area["name"] for area in content.get("areas") or ()}
        for name in rooms.values():
            areas.async_get_or_create(name)
        for place, thing in enumerate(content.get("entities") or ()):
            domain = thing.get("domain") or thing["id"].partition(".")[0]
            await async_setup_component(hass, domain, {})
            entry = entities.async_get_or_create(
                domain, "public", f"{number} {place}", original_name=thing["name"]
            )
            if area := thing.get("area"):
                area_id = areas.async_get_or_create(rooms.get(area, area)).id
                entities.async_update_entity(entry.entity_id, area_id=area_id)
            attributes = {
                "friendly_name": thing["name"],
                **(thing.get("attributes") or {}),
            }
            state = str(thing.get("state", "off"))
            hass.states.async_set(entry.entity_id, state, attributes)
            exposed = thing.get("is_exposed", True)
            async_expose_entity(hass, conversation.DOMAIN, entry.entity_id, exposed)
