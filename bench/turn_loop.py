"""How long Jarvis keeps Home Assistant's event loop busy in one go, beside core's agent.

Each agent has a home of 2 000 exposed entities of its own, and the same sentences: the
first turns, in which everything is gathered, and turns after a change of the home. A step
of the loop is timed whole, whoever runs in it: what core's sentences take counts for both.
It is the processor's time that counts, so that other programs do not. Python's garbage
collector, which stops the whole program wherever it happens to run, has a row of its own,
and each home a process of its own, so that none pays for what another one left behind.
"""

import asyncio
import gc
import json
import logging
import sys
import time
from collections.abc import Awaitable, Generator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
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


class Clock:
    """Milliseconds of each step of the event loop, and of each pause of the collector."""

    def __init__(self) -> None:
        self.steps: list[float] = [0.0]
        self.pauses: list[float] = [0.0]
        self._paused_at = 0.0

    def collecting(self, phase: str, _info: dict[str, int]) -> None:
        """Note a pause."""
        if phase == "start":
            self._paused_at = time.thread_time()
        else:
            self.pauses.append((time.thread_time() - self._paused_at) * 1000)


@contextmanager
def timed(clock: Clock) -> Generator[None]:
    """Note how long each step of the event loop takes without the collector."""
    run = asyncio.events.Handle._run

    def timing(handle: asyncio.Handle) -> Any:
        start = time.thread_time()
        pauses = len(clock.pauses)
        try:
            return run(handle)
        finally:
            took = (time.thread_time() - start) * 1000
            clock.steps.append(took - sum(clock.pauses[pauses:]))

    asyncio.events.Handle._run = timing  # type: ignore[method-assign]
    gc.callbacks.append(clock.collecting)
    try:
        yield
    finally:
        asyncio.events.Handle._run = run  # type: ignore[method-assign]
        gc.callbacks.remove(clock.collecting)


async def async_longest(work: Awaitable[object]) -> tuple[float, float]:
    """Return the longest step and pause, in ms, while something is done and after it."""
    clock = Clock()
    with timed(clock):
        await work
        await asyncio.sleep(0.5)
    return max(clock.steps), max(clock.pauses)


async def async_turns(hass: HomeAssistant, language: str, agent: str) -> None:
    """Say all sentences."""
    for text in SENTENCES[language]:
        await conversation.async_converse(
            hass, text, None, Context(), language=language, agent_id=agent
        )


async def async_measure(
    language: str, agent: str, entities: int
) -> dict[str, tuple[float, float]]:
    """Return the longest step and pause of each stage, in ms."""
    async with FakeOllama() as server, own_home() as hass:
        hass.data.pop(DATA_CUSTOM_COMPONENTS, None)
        await async_build(hass, entities, language)
        server.handler = lambda body: [Say("Hm.")]
        asyncio.get_running_loop().set_debug(False)
        longest: dict[str, tuple[float, float]] = {}
        if agent == AGENT:
            longest["set-up"] = await async_longest(async_install_jarvis(hass, server))
        longest["first turns"] = await async_longest(async_turns(hass, language, agent))
        hass.states.async_set("light.bench_0", "on", {"friendly_name": "Renamed"})
        longest["after a change"] = await async_longest(
            async_turns(hass, language, agent)
        )
        await hass.async_stop(force=True)
        return longest


def measure(language: str, agent: str, entities: int) -> dict[str, tuple[float, float]]:
    """Measure in a process that has done nothing else."""
    logging.disable(logging.WARNING)
    return asyncio.run(async_measure(language, agent, entities))


def main() -> None:
    """Measure both languages; how many entities may be given."""
    entities = int(sys.argv[1]) if sys.argv[1:] else ENTITIES
    for language, sentences in SENTENCES.items():
        with ProcessPoolExecutor(
            1, mp_context=get_context("spawn"), max_tasks_per_child=1
        ) as processes:
            core, ours = (
                processes.submit(measure, language, agent, entities).result()
                for agent in (conversation.HOME_ASSISTANT_AGENT, AGENT)
            )
        for stage, values in ours.items():
            for what, value, peer in zip(
                ("step", "pause of the collector"),
                values,
                core.get(stage, (None, None)),
                strict=True,
            ):
                row = {
                    "name": f"turn loop {language} {stage} longest {what}",
                    "value": round(value, 1),
                    "unit": "ms",
                    "peer": "Home Assistant's own agent",
                    "peer_value": None if peer is None else round(peer, 1),
                    "ratio": round(value / peer, 3) if peer else None,
                    "n": len(sentences),
                }
                if what == "step":
                    row["target"] = f"at most {MOST_MS:g} ms"
                    row["met"] = value <= MOST_MS
                print(json.dumps(row, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
