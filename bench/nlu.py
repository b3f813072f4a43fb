"""What is understood without a model, beside Home Assistant's own agent.

Each phrase of `nlu/*.yaml` is said to both agents in a home of real entities; what
counts are the actions that reach the devices. `right`: just the expected ones. `wrong`:
anything else that was done. The rest was left alone.

`--show dev` prints each phrase of the half worked with that did not come out right.
"""

import argparse
import asyncio
import json
import logging
import statistics
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from homeassistant.components import conversation
from homeassistant.components.conversation.agent_manager import get_agent_manager
from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import Context, Event, HomeAssistant, callback
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.loader import DATA_CUSTOM_COMPONENTS
from pytest_homeassistant_custom_component.common import MockConfigEntry

from bench._own_home import own_home
from tests.fakes.home import (
    AGENT,
    Device,
    DoorLock,
    Lamp,
    Player,
    Plug,
    Shutter,
    Thermostat,
    Ventilator,
    async_furnish,
    async_install_jarvis,
)

FOLDER = Path(__file__).parent / "nlu"
AGENTS = {"jarvis": AGENT, "core": conversation.HOME_ASSISTANT_AGENT}
MUST_NOT = "must_not"
RIGHT_AT_LEAST = 90.0

VERBS = {
    "turn_on": "on",
    "turn_off": "off",
    "open_cover": "open",
    "close_cover": "close",
    "set_cover_position": "set",
    "lock": "lock",
    "unlock": "unlock",
    "set_temperature": "set",
    "set_percentage": "set",
    "volume_set": "set",
}
VALUES = ("brightness_pct", "position", "temperature", "percentage")


def home(language: str) -> Mapping[str, list[Device]]:
    """Return the devices of the home by room."""
    if language == "fr":
        return {
            "Salon": [
                Lamp("Lumière du salon"), Lamp("Lampadaire"), Lamp("Guirlande"),
                Shutter("Volets du salon"), Player("Télévision"),
                Plug("Prise du sapin"), Thermostat("Thermostat du salon"),
            ],
            "Cuisine": [
                Lamp("Plafonnier de la cuisine"), Ventilator("Hotte"),
                Plug("Cafetière"), Shutter("Store de la cuisine"),
            ],
            "Chambre": [
                Lamp("Lampe de chevet"), Lamp("Lumière de la chambre"),
                Shutter("Volets de la chambre"), Ventilator("Ventilateur"),
                Thermostat("Radiateur de la chambre"),
            ],
            "Bureau": [Lamp("Lampe de bureau"), Shutter("Store du bureau")],
            "Entrée": [Lamp("Lumière de l'entrée"), DoorLock("Serrure de l'entrée")],
            "Garage": [
                Shutter("Porte du garage", device_class="garage"),
                Lamp("Néon du garage"),
            ],
            "Jardin": [Lamp("Lampe du jardin"), Plug("Arrosage")],
            "Salle de bain": [
                Lamp("Applique de la salle de bain"), Plug("Sèche-serviettes"),
            ],
            "Couloir": [Lamp("Lumière du couloir")],
        }  # fmt: skip
    return {
        "Living room": [
            Lamp("Living room light"), Lamp("Floor lamp"), Lamp("Fairy lights"),
            Shutter("Living room blinds"), Player("Television"),
            Plug("Christmas tree plug"), Thermostat("Living room thermostat"),
        ],
        "Kitchen": [
            Lamp("Kitchen light"), Ventilator("Extractor"), Plug("Coffee maker"),
            Shutter("Kitchen blind"),
        ],
        "Bedroom": [
            Lamp("Bedside lamp"), Lamp("Bedroom light"), Shutter("Bedroom shutters"),
            Ventilator("Ceiling fan"), Thermostat("Bedroom heater"),
        ],
        "Office": [Lamp("Desk lamp"), Shutter("Office blind")],
        "Hall": [Lamp("Hall light"), DoorLock("Front door lock")],
        "Garage": [
            Shutter("Garage door", device_class="garage"), Lamp("Garage light"),
        ],
        "Garden": [Lamp("Garden light"), Plug("Sprinkler")],
        "Bathroom": [Lamp("Bathroom light"), Plug("Towel rail")],
    }  # fmt: skip


class Listener:
    """Writes down what reaches the devices."""

    def __init__(self, hass: HomeAssistant) -> None:
        self.done: set[str] = set()
        hass.bus.async_listen(EVENT_CALL_SERVICE, self._called)

    @callback
    def _called(self, event: Event[Any]) -> None:
        if event.data["domain"] == "homeassistant":
            return  # it calls the domains' own
        data = event.data["service_data"]
        verb = VERBS.get(event.data["service"], event.data["service"])
        value = next((data[name] for name in VALUES if name in data), None)
        if "volume_level" in data:
            value = data["volume_level"] * 100
        if value is not None:
            verb = "set"
        entity_ids = data.get("entity_id") or []
        for entity_id in [entity_ids] if isinstance(entity_ids, str) else entity_ids:
            said = f"{verb} {entity_id.partition('.')[2]}"
            self.done.add(said if value is None else f"{said} {float(value):g}")


async def async_devices(hass: HomeAssistant) -> dict[str, str]:
    """Return a device in each room, for phrases that are said there."""
    entry = MockConfigEntry(domain="satellites")
    entry.add_to_hass(hass)
    registry = dr.async_get(hass)
    found = {}
    for area in ar.async_get(hass).async_list_areas():
        device = registry.async_get_or_create(
            config_entry_id=entry.entry_id, identifiers={("satellites", area.id)}
        )
        registry.async_update_device(device.id, area_id=area.id)
        found[area.name] = device.id
    return found


async def async_say(
    hass: HomeAssistant,
    case: Mapping[str, Any],
    language: str,
    agent: str,
    device_id: str | None,
) -> tuple[set[str], float, str]:
    """Say a phrase, after the one before it; return the actions, the time, the reply."""
    listener = hass.data["listener"]
    conversation_id = None
    texts = [case["after"], case["say"]] if "after" in case else [case["say"]]
    elapsed, reply = 0.0, ""
    for text in texts:
        listener.done = set()
        start = time.perf_counter()
        result = await conversation.async_converse(
            hass, text, conversation_id, Context(), language, agent, device_id
        )
        elapsed = (time.perf_counter() - start) * 1000
        conversation_id = result.conversation_id
        reply = result.response.speech.get("plain", {}).get("speech", "")
        await hass.async_block_till_done()
    return listener.done, elapsed, reply


async def async_measure(language: str, show: str | None) -> list[dict[str, Any]]:
    """Return the outcome of each phrase with each agent."""
    cases = yaml.safe_load((FOLDER / f"{language}.yaml").read_text("utf-8"))
    outcomes = []
    async with own_home() as hass:
        hass.data.pop(DATA_CUSTOM_COMPONENTS, None)
        await async_furnish(hass, home(language), language)
        await async_install_jarvis(hass)
        hass.data["listener"] = Listener(hass)
        devices = await async_devices(hass)
        agent_of_core = get_agent_manager(hass).default_agent
        assert agent_of_core is not None
        for kind, group in cases.items():
            for case in group:
                half = "held" if case.get("held") else "dev"
                expected = set(case.get("do", ()))
                device_id = devices[case["here"]] if "here" in case else None
                for name, agent in AGENTS.items():
                    # Or the second would find what the first had recognized.
                    agent_of_core._intent_cache.clear()
                    done, ms, reply = await async_say(
                        hass, case, language, agent, device_id
                    )
                    right = done == expected
                    outcomes.append(
                        {
                            "kind": kind,
                            "half": half,
                            "agent": name,
                            "right": right,
                            "wrong": bool(done) and not right,
                            "ms": ms,
                        }
                    )
                    if name == "jarvis" and not right and show == half:
                        print(
                            f"  {language} {kind}: {case['say']!r} did {sorted(done)}, not {sorted(expected)}: {reply}"
                        )
        await hass.async_stop(force=True)
    return outcomes


def report(name: str, outcomes: list[dict[str, Any]], *, target: bool) -> None:
    """Print the rows of one set of phrases."""
    by_agent = {agent: [o for o in outcomes if o["agent"] == agent] for agent in AGENTS}
    ours, core = by_agent["jarvis"], by_agent["core"]

    def row(
        what: str,
        unit: str,
        value: float,
        peer: float,
        goal: str | None,
        *,
        met: bool | None,
    ) -> None:
        print(json.dumps({
            "name": f"nlu {name} {what}", "value": round(value, 1), "unit": unit,
            "peer": "Home Assistant's own agent", "peer_value": round(peer, 1),
            "ratio": round(value / peer, 2) if peer else None, "n": len(ours),
            "target": goal, "met": met,
        }), flush=True)  # fmt: skip

    def share(rows: list[dict[str, Any]], key: str) -> float:
        return 100 * sum(o[key] for o in rows) / len(rows)

    right = share(ours, "right")
    wrong = sum(o["wrong"] for o in ours)
    goal = f"at least {RIGHT_AT_LEAST:g}" if target else None
    row(
        "right",
        "%",
        right,
        share(core, "right"),
        goal,
        met=right >= RIGHT_AT_LEAST if target else None,
    )
    row("wrong", "phrases", wrong, sum(o["wrong"] for o in core), "0", met=wrong == 0)
    row(
        "time",
        "ms median",
        statistics.median(o["ms"] for o in ours),
        statistics.median(o["ms"] for o in core),
        None,
        met=None,
    )


def main() -> None:
    logging.disable(logging.CRITICAL)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", choices=["dev", "held"])
    parser.add_argument("--language", choices=["fr", "en"])
    arguments = parser.parse_args()
    for language in [arguments.language] if arguments.language else ["fr", "en"]:
        outcomes = asyncio.run(async_measure(language, arguments.show))
        for half in ("dev", "held"):
            part = [o for o in outcomes if o["half"] == half]
            for kind in dict.fromkeys(o["kind"] for o in part):
                report(
                    f"{language} {kind} ({half})",
                    [o for o in part if o["kind"] == kind],
                    target=False,
                )
            orders = [o for o in part if o["kind"] != MUST_NOT]
            report(f"{language} all orders ({half})", orders, target=True)


if __name__ == "__main__":
    main()
