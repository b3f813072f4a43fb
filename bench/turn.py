"""Time of a local command in Jarvis's agent, beside Home Assistant's own agent.

Same process, same home of 200 exposed lights, same kind of sentence, alternating.
`fresh` sentences were not said before; `repeated` ones come from Home Assistant's cache
of recognized sentences, so that what is left is the agents' own time.
"""

import asyncio
import json
import logging
import statistics
import time
from collections.abc import Callable
from itertools import count

from homeassistant.components import conversation
from homeassistant.core import Context, HomeAssistant
from homeassistant.loader import DATA_CUSTOM_COMPONENTS

from bench._own_home import own_home
from tests.fakes.home import AGENT, Lamp, async_furnish, async_install_jarvis

RUNS = 300
LIGHTS = 200
MAX_EXTRA_MS = 2.0
CORE = conversation.HOME_ASSISTANT_AGENT

AREAS = {
    "fr": [
        "Salon",
        "Cuisine",
        "Chambre",
        "Bureau",
        "Entrée",
        "Garage",
        "Cave",
        "Jardin",
    ],
    "en": [
        "Kitchen",
        "Bedroom",
        "Office",
        "Hall",
        "Garage",
        "Cellar",
        "Garden",
        "Attic",
    ],
}
NAMES = {"fr": "Lampe {}", "en": "Lamp {}"}
SENTENCES = {
    "fr": ("allume la lampe {}", "éteins la lampe {}"),
    "en": ("turn on lamp {}", "turn off lamp {}"),
}


async def async_time(
    hass: HomeAssistant, text: str, language: str, agent: str
) -> float:
    """Return the milliseconds that a command takes; it must have been done."""
    start = time.perf_counter()
    result = await conversation.async_converse(
        hass, text, None, Context(), language=language, agent_id=agent
    )
    elapsed = (time.perf_counter() - start) * 1000
    if result.response.error_code is not None:
        raise RuntimeError(f"{agent} did not do it: {result.response.speech}")
    return elapsed


async def async_measure(language: str) -> None:
    """Measure one language in a home of its own."""
    async with own_home() as hass:
        hass.data.pop(DATA_CUSTOM_COMPONENTS, None)
        areas = AREAS[language]
        lamps = [Lamp(NAMES[language].format(number)) for number in range(LIGHTS)]
        rooms = {area: lamps[place :: len(areas)] for place, area in enumerate(areas)}
        await async_furnish(hass, rooms, language)
        await async_install_jarvis(hass)
        for agent in (AGENT, CORE):
            await async_time(hass, SENTENCES[language][0].format(0), language, agent)

        numbers = count()
        fresh: dict[str, list[float]] = {AGENT: [], CORE: []}
        repeated: dict[str, list[float]] = {AGENT: [], CORE: []}
        for run in range(RUNS):
            # Who goes first changes, so that neither always finds the processor warm.
            order = (AGENT, CORE) if run % 2 else (CORE, AGENT)
            for agent in order:
                # Home Assistant remembers 128 sentences: one comes back after 400.
                number = next(numbers) % (2 * LIGHTS)
                verb = SENTENCES[language][number // LIGHTS]
                text = verb.format(number % LIGHTS)
                fresh[agent].append(await async_time(hass, text, language, agent))
            same = SENTENCES[language][run % 2].format(7)
            await async_time(hass, same, language, CORE)
            for agent in order:
                repeated[agent].append(await async_time(hass, same, language, agent))
        for kind, times in (("fresh", fresh), ("repeated", repeated)):
            report(
                f"turn {language} {kind} median", times, statistics.median, MAX_EXTRA_MS
            )
            report(f"turn {language} {kind} p99", times, p99, None)
        await hass.async_stop(force=True)


def p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100)[98]


def report(
    name: str,
    times: dict[str, list[float]],
    measure: Callable[[list[float]], float],
    max_extra: float | None,
) -> None:
    ours, core = measure(times[AGENT]), measure(times[CORE])
    row = {
        "name": name,
        "value": round(ours, 3),
        "unit": "ms",
        "peer": "Home Assistant's own agent",
        "peer_value": round(core, 3),
        "ratio": round(ours / core, 3),
        "n": RUNS,
        "target": None if max_extra is None else f"at most {max_extra:g} ms more",
        "met": None if max_extra is None else ours - core <= max_extra,
    }
    print(json.dumps(row, ensure_ascii=False), flush=True)


def main() -> None:
    logging.disable(logging.WARNING)
    for language in ("fr", "en"):
        asyncio.run(async_measure(language))


if __name__ == "__main__":
    main()
