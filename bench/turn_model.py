"""Time of a turn that a language model answers, beside core's `ollama` integration.

Same process, same home, same scripted server, the same questions, alternating; both
agents are asked directly. Jarvis tries its sentences and Home Assistant's first.
"""

import asyncio
import logging
import statistics
import time

from homeassistant.loader import DATA_CUSTOM_COMPONENTS

from bench._own_home import own_home
from bench._prompt_home import async_build
from bench.prompt import ANSWER, async_install_core, async_turn, report
from tests.fakes.home import AGENT, async_install_jarvis
from tests.fakes.ollama import FakeOllama, Say

ENTITIES = 200
RUNS = 60
QUESTIONS = {
    "fr": "raconte-moi quelque chose sur le nombre {}",
    "en": "tell me something about the number {}",
}


async def async_measure(language: str) -> None:
    """Measure the route in one language."""
    async with FakeOllama() as server, own_home() as hass:
        hass.data.pop(DATA_CUSTOM_COMPONENTS, None)
        await async_build(hass, ENTITIES, language)
        await async_install_jarvis(hass, server)
        core = await async_install_core(hass, server)
        server.handler = lambda body: [Say(ANSWER[language])]
        first: dict[str, list[float]] = {AGENT: [], core: []}
        whole: dict[str, list[float]] = {AGENT: [], core: []}
        for run in range(RUNS):
            text = QUESTIONS[language].format(run)
            # Who goes first changes, so that neither always finds caches warm.
            for agent in (AGENT, core) if run % 2 else (core, AGENT):
                began = time.perf_counter()
                took, _ = await async_turn(hass, text, language, agent, None)
                first[agent].append(took)
                whole[agent].append((time.perf_counter() - began) * 1000)
        assert len(server.chats) == 2 * RUNS
        for name, times in (("first word", first), ("whole turn", whole)):
            ours, theirs = (statistics.median(times[agent]) for agent in (AGENT, core))
            met = ours - theirs <= 5 if times is first else None
            target = "at most 5 ms more" if times is first else None
            report(
                f"turn model {language} {name}", ours, theirs, "ms", RUNS, target, met
            )
        await hass.async_stop(force=True)


def main() -> None:
    """Measure both languages."""
    logging.disable(logging.WARNING)
    for language in QUESTIONS:
        asyncio.run(async_measure(language))


if __name__ == "__main__":
    main()
