"""Nothing is taken from Home Assistant: its public test sentences, said to both agents.

The sentences (CC BY 4.0) are those of https://github.com/OHF-Voice/intents, folder
`tests`; they are not part of this repository. Give the path of a checkout with
`--intents DIR` or in the variable INTENTS_REPOSITORY.

Each sentence must lead to the same intents with the same slots through Jarvis as through
core. The homes of all test files are one home here, so many names occur twice; what
counts is not the answer but that both agents do the same. Orders for later count apart:
core agrees to any words, Jarvis only to an order that this home could carry out.
"""

import argparse
import asyncio
import json
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from homeassistant.components import conversation
from homeassistant.components.conversation.trace import async_get_traces
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import floor_registry as fr
from homeassistant.loader import DATA_CUSTOM_COMPONENTS
from pytest_homeassistant_custom_component.common import async_test_home_assistant

from tests.fakes.home import AGENT, async_furnish, async_install_jarvis

CORE = conversation.HOME_ASSISTANT_AGENT


def test_files(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the content of each test file of a language."""
    for path in sorted(folder.rglob("*.yaml")):
        yield yaml.safe_load(path.read_text("utf-8")) or {}


def furnish(hass: HomeAssistant, files: list[dict[str, Any]]) -> None:
    """Put what all files speak of into one home."""
    floors, areas, entities = (
        fr.async_get(hass),
        ar.async_get(hass),
        er.async_get(hass),
    )
    for content in files:
        for floor in content.get("floors") or ():
            if floors.async_get_floor_by_name(floor["name"]) is None:
                floors.async_create(floor["name"])
        for area in content.get("areas") or ():
            areas.async_get_or_create(area["name"])
        for number, thing in enumerate(content.get("entities") or ()):
            domain = thing.get("domain") or thing.get("in_domain") or "light"
            entry = entities.async_get_or_create(
                domain, "public", f"{id(content)} {number}", original_name=thing["name"]
            )
            if area := thing.get("area"):
                area_id = areas.async_get_or_create(area).id
                entities.async_update_entity(entry.entity_id, area_id=area_id)
            attributes = {
                "friendly_name": thing["name"],
                **(thing.get("attributes") or {}),
            }
            hass.states.async_set(
                entry.entity_id, str(thing.get("state", "off")), attributes
            )


async def async_intents(
    hass: HomeAssistant, text: str, language: str, agent: str
) -> list[tuple[str, str]]:
    """Return the intents that a sentence led to, with their slots."""
    await conversation.async_converse(hass, text, None, Context(), language, agent)
    return [
        (
            event["data"]["intent_name"],
            json.dumps(event["data"]["slots"], sort_keys=True, default=str),
        )
        for event in async_get_traces()[-1].as_dict()["events"]
        if event["event_type"] == "tool_call"
    ]


async def async_measure(root: Path, language: str, *, show: bool) -> None:
    """Say every sentence to both agents and compare."""
    files = list(test_files(root / "tests" / language))
    same = known = taken = own = total = 0
    async with async_test_home_assistant() as hass:
        hass.data.pop(DATA_CUSTOM_COMPONENTS, None)
        await async_furnish(hass, {}, language)
        furnish(hass, files)
        await async_install_jarvis(hass)
        for content in files:
            for case in content.get("tests") or ():
                for text in case["sentences"]:
                    ours = await async_intents(hass, text, language, AGENT)
                    core = await async_intents(hass, text, language, CORE)
                    total += 1
                    same += ours == core
                    known += bool(core)
                    if any("conversation_command" in slots for _, slots in core):
                        own += ours != core
                    elif core and ours[: len(core)] != core:
                        taken += 1
                        if show:
                            print(f"  {text!r}: {ours}, core {core}")
        await hass.async_stop(force=True)
    row(
        f"{language} same intents and slots",
        "%",
        100 * same / total,
        total,
        "100 of what core knows",
        met=taken == 0,
    )
    row(
        f"{language} understood otherwise than by core",
        "sentences",
        taken,
        known,
        "0",
        met=taken == 0,
    )

    row(
        f"{language} put off in Jarvis's own way",
        "sentences",
        own,
        known,
        None,
        met=None,
    )


def row(
    name: str, unit: str, value: float, n: int, target: str | None, *, met: bool | None
) -> None:
    print(json.dumps({
        "name": f"nlu public {name}", "value": round(value, 2), "unit": unit,
        "peer": "Home Assistant's own agent", "peer_value": None, "ratio": None,
        "n": n, "target": target, "met": met,
    }), flush=True)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--intents", default=os.environ.get("INTENTS_REPOSITORY"))
    parser.add_argument("--show", action="store_true")
    arguments, _ = parser.parse_known_args()
    if not arguments.intents:
        print("nlu_public: no checkout of the public sentences given", file=sys.stderr)
        return
    logging.disable(logging.CRITICAL)
    for language in ("fr", "en"):
        asyncio.run(
            async_measure(Path(arguments.intents), language, show=arguments.show)
        )


if __name__ == "__main__":
    main()
