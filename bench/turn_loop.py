"""How long Jarvis keeps Home Assistant's event loop busy in one go, beside core's agent.

Each agent has a home of 2 000 exposed entities of its own, and the same sentences: the
first turns, in which everything is gathered, and turns after a change of the home. A step
of the loop is timed whole, whoever runs in it: what core's sentences take counts for both.
It is the processor's time that counts, so that other programs do not.
"""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Generator
from contextlib import contextmanager
from typing import Any

from homeassistant.components import conversation
from homeassistant.core import Context, HomeAssistant
from homeassistant.loader import DATA_CUSTOM_COMPONENTS

from bench._own_home import own_home
from bench._prompt_home import async_build
from tests.fakes.home import AGENT, async_install_jarvis
from tests.fakes.ollama import FakeOllama, Say

ENTITIES = 2000
MOST_MS = 50.0
SENTENCES = {
    "fr": (
        "allume la lampe du salon",
        "raconte-moi quelque chose",
        "il fait combien dans le salon",
        "illumine un peu le bureau",
    ),
    "en": (
        "turn on the kitchen lamp",
        "tell me something",
        "how warm is it in the kitchen",
        "light up the office a little",
    ),
}


@contextmanager
def timed(steps: list[float]) -> Generator[None]:
    """Note the milliseconds of each step of the event loop."""
    run = asyncio.events.Handle._run

    def timing(handle: asyncio.Handle) -> Any:
        start = time.thread_time()
        try:
            return run(handle)
        finally:
            steps.append((time.thread_time() - start) * 1000)

    asyncio.events.Handle._run = timing  # type: ignore[method-assign]
    try:
        yield
    finally:
        asyncio.events.Handle._run = run  # type: ignore[method-assign]


async def async_longest(work: Awaitable[object]) -> float:
    """Return the longest step of the loop, in ms, while something is done and after it."""
    steps: list[float] = []
    with timed(steps):
        await work
        await asyncio.sleep(0.5)
    return max(steps)


async def async_turns(hass: HomeAssistant, language: str, agent: str) -> None:
    """Say all sentences."""
    for text in SENTENCES[language]:
        await conversation.async_converse(
            hass, text, None, Context(), language=language, agent_id=agent
        )


async def async_measure(language: str, agent: str) -> dict[str, float]:
    """Return the longest step of each stage, in ms."""
    async with FakeOllama() as server, own_home() as hass:
        hass.data.pop(DATA_CUSTOM_COMPONENTS, None)
        await async_build(hass, ENTITIES, language)
        server.handler = lambda body: [Say("Hm.")]
        asyncio.get_running_loop().set_debug(False)
        longest: dict[str, float] = {}
        if agent == AGENT:
            longest["set-up"] = await async_longest(async_install_jarvis(hass, server))
        longest["first turns"] = await async_longest(async_turns(hass, language, agent))
        hass.states.async_set("light.bench_0", "on", {"friendly_name": "Renamed"})
        longest["after a change"] = await async_longest(
            async_turns(hass, language, agent)
        )
        await hass.async_stop(force=True)
        return longest


def main() -> None:
    """Measure both languages."""
    logging.disable(logging.WARNING)
    for language, sentences in SENTENCES.items():
        core = asyncio.run(async_measure(language, conversation.HOME_ASSISTANT_AGENT))
        ours = asyncio.run(async_measure(language, AGENT))
        for stage, value in ours.items():
            peer = core.get(stage)
            row = {
                "name": f"turn loop {language} {stage} longest step",
                "value": round(value, 1),
                "unit": "ms",
                "peer": "Home Assistant's own agent",
                "peer_value": None if peer is None else round(peer, 1),
                "ratio": None if peer is None else round(value / peer, 3),
                "n": len(sentences),
                "target": f"at most {MOST_MS:g} ms",
                "met": value <= MOST_MS,
            }
            print(json.dumps(row, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
