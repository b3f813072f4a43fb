"""Whether the model is told of the entity that a sentence needs, in public sentences.

The sentences are Home Assistant's public test sentences; `bench/_public.py` tells where
they come from and how to name a checkout. The homes of all test files are one home
here, with the things of a bench home around them.

What a sentence needs is what Home Assistant's own agent finds in it: the entity that is
named, or else one of those that fit area, floor, domain and device class. Sentences that
need no entity (timers, dates, lists that are not there) do not count.
"""

import asyncio
import json
import logging
from collections.abc import Mapping
from typing import Any

from homeassistant.components import conversation
from homeassistant.components.conversation.agent_manager import get_agent_manager
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Context, HomeAssistant, State
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import floor_registry as fr

from bench import _prompt_home, _public
from bench._own_home import own_home
from custom_components.jarvis.assistant.home.retrieval import retrieve

AROUND = (50, 500, 2000)
TARGET = 99.0

FACTS = frozenset({"name", "area", "floor", "domain", "device_class"})
DOMAINS = {
    "HassClimateGetTemperature": ["climate"],
    "HassClimateSetTemperature": ["climate"],
    "HassFanSetSpeed": ["fan"],
    "HassGetWeather": ["weather"],
    "HassLawnMowerDock": ["lawn_mower"],
    "HassLawnMowerStartMowing": ["lawn_mower"],
    "HassLightSet": ["light"],
    "HassSetPosition": ["cover", "valve"],
    "HassVacuumCleanArea": ["vacuum"],
    "HassVacuumReturnToBase": ["vacuum"],
    "HassVacuumStart": ["vacuum"],
}
"""What intents act on that do not say it in a slot."""


async def async_measure(
    files: list[dict[str, Any]], around: int, language: str, *, show: bool
) -> None:
    """Look for what each sentence needs, in a home with `around` other things."""
    told = total = 0
    async with own_home() as hass:
        await _prompt_home.async_build(hass, around, language)
        await _public.async_build(hass, files)
        for state in hass.states.async_all():
            async_expose_entity(hass, conversation.DOMAIN, state.entity_id, True)
        await hass.async_block_till_done()
        for content in files:
            for case in content.get("tests") or ():
                for text in case["sentences"]:
                    needed = await async_needed(hass, text, language)
                    if not needed:
                        continue
                    found = {
                        thing.entity_id for thing in retrieve(hass, text, language)
                    }
                    total += 1
                    told += bool(found & needed)
                    if show and not found & needed:
                        print(f"  {text!r} needs {sorted(needed)[:3]}")
        await hass.async_stop(force=True)
    row(f"prompt public {language} {around} entity told", 100 * told / total, total)


async def async_needed(hass: HomeAssistant, text: str, language: str) -> set[str]:
    """Return the entities of which a sentence needs one."""
    agent = get_agent_manager(hass).default_agent
    assert agent is not None
    result = await agent.async_recognize_intent(
        conversation.ConversationInput(
            text=text,
            context=Context(),
            conversation_id=None,
            device_id=None,
            satellite_id=None,
            language=language,
            agent_id=None,
        ),
        strict_intents_only=True,
    )
    if result is None:
        return set()
    slots: dict[str, Any] = {e.name: e.value for e in result.entities_list}
    if domains := DOMAINS.get(result.intent.name):
        slots.setdefault("domain", domains)
    if not slots.keys() & FACTS:
        return set()
    return {s.entity_id for s in hass.states.async_all() if fits(hass, s, slots)}


def fits(hass: HomeAssistant, state: State, slots: Mapping[str, Any]) -> bool:
    """Return whether a thing is what the slots speak of."""
    entry = er.async_get(hass).async_get(state.entity_id)
    area_id = er.async_get_effective_area_id(hass, entry) if entry else None
    area = ar.async_get(hass).async_get_area(area_id) if area_id else None
    floor_id = area.floor_id if area else None
    floor = fr.async_get(hass).async_get_floor(floor_id) if floor_id else None
    facts = {
        "name": [state.name],
        "area": [area.name, *area.aliases] if area else [],
        "floor": [floor.name, *floor.aliases] if floor else [],
        "domain": [state.domain],
        "device_class": [state.attributes.get("device_class") or ""],
    }
    return all(
        {str(fact).casefold() for fact in facts[slot]} & alternatives(slots[slot])
        for slot in FACTS & slots.keys()
    )


def alternatives(value: Any) -> set[str]:
    """Return what a slot may be."""
    values = value if isinstance(value, list) else [value]
    return {str(one).casefold() for one in values}


def row(name: str, share: float, count: int) -> None:
    print(json.dumps({
        "name": name, "value": round(share, 2), "unit": "%", "peer": None,
        "peer_value": None, "ratio": None, "n": count,
        "target": f"at least {TARGET:g} %", "met": share >= TARGET,
    }), flush=True)  # fmt: skip


def main() -> None:
    arguments = _public.arguments_of("prompt_public", __doc__)
    if arguments is None:
        return
    logging.disable(logging.CRITICAL)
    for language in ("fr", "en"):
        files = list(_public.test_files(arguments.intents / "tests" / language))
        for around in AROUND:
            asyncio.run(async_measure(files, around, language, show=arguments.show))


if __name__ == "__main__":
    main()
