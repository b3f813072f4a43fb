"""Voice servers that die: no word is lost, and never is there silence."""

import asyncio
from collections.abc import Callable

import psutil
import pytest
from demo.progress import Progress
from demo.rooms import Language
from demo.speech import Speech
from demo.turn import stages, words

from tests.e2e.stage import OnStage

pytestmark = pytest.mark.timeout(300)

FR = Language.FRENCH
LONGEST_SILENCE_MS = 10_000


def worker(home: OnStage, name: str) -> psutil.Process:
    gateway = psutil.Process(home.home.servers.child.pid)
    return next(
        process
        for process in gateway.children(recursive=True)
        if f"wyoming_servers.workers.{name}" in process.cmdline()
    )


def test_a_worker_killed_in_mid_sentence_costs_no_word(french_home: OnStage) -> None:
    sentence = "allume la lumière du salon"
    french_home.set("light.salon", "turn_off")
    sound = french_home.say(sentence, FR)
    victim = worker(french_home, "stt")

    async def kill() -> None:
        victim.kill()

    pipeline = french_home.home.pipelines[FR]
    hearing = french_home.play(
        french_home.home.satellite.turn(sound, pipeline, while_speaking=kill)
    )

    assert not victim.is_running() or victim.status() == psutil.STATUS_ZOMBIE
    assert hearing.error is None
    assert hearing.transcript is not None
    assert words(hearing.transcript) == words(sentence)
    assert french_home.state("light.salon") == "on"
    assert worker(french_home, "stt").pid != victim.pid


def test_a_gateway_that_is_gone_is_said_aloud(
    french_home: OnStage, ear: Callable[[Speech, Language], str]
) -> None:
    home = french_home.home
    sound = french_home.say("allume la lumière du salon", FR)
    french_home.play(home.servers.stop())
    try:
        hearing = french_home.play(home.satellite.turn(sound, home.pipelines[FR]))
    finally:
        french_home.play(home.servers.restart())
        french_home.play(home.servers.wait_until_ready(Progress()))

    assert hearing.reply is not None
    assert not hearing.reply.silent
    assert stages(hearing)["first_audio"] <= LONGEST_SILENCE_MS
    assert "serveur" in (hearing.answer or "").casefold()
    assert ear(hearing.reply, FR)


def test_a_gateway_that_is_back_is_used_again(french_home: OnStage) -> None:
    sentence = "éteins la lumière de la cuisine"
    sound = french_home.say(sentence, FR)

    async def until_heard() -> str | None:
        for _ in range(20):
            result = await french_home.home.turn(sound, FR, sentence)
            if result.ok:
                return None
            await asyncio.sleep(2)
        return result.error

    assert french_home.play(until_heard()) is None
