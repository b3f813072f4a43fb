"""Work at the pauses: the words are the same, only sooner; and never in the way."""

import asyncio
from concurrent.futures import Future
from typing import Any

import numpy as np

from tests.wyoming_servers.fakes.client import Client
from tests.wyoming_servers.fakes.house import House
from tests.wyoming_servers.fakes.sounds import EAR, RATE, pcm, spoken
from wyoming_servers.audio import Samples
from wyoming_servers.workers.stt.activity import locate
from wyoming_servers.workers.stt.ahead import Ahead

FIRST, SECOND = "allume la lumière du salon", "ferme les volets de la chambre"
QUIET = bytes(int(0.8 * RATE) * 2)
TENTH = RATE // 10 * 2


async def heard(
    client: Client, *parts: bytes, pause: float = 0.0, **wish: Any
) -> dict[str, Any]:
    """Say the parts with time to work after each; return the transcript."""
    async with client.talk() as talk:
        await talk.start(language="fr", **wish)
        for part in parts:
            for at in range(0, len(part), TENTH):
                await talk.chunks(part[at : at + TENTH])
                # The answer shows that the sound was taken before more is sent.
                await talk.ping()
        # The gateway has the sound, the worker may not have looked at it yet.
        await asyncio.sleep(pause)
        await talk.send("audio-stop")
        transcript: dict[str, Any] = (await talk.until("transcript", "error"))[-1].data
        return transcript


async def begun_ahead(client: Client, *parts: bytes) -> dict[str, Any]:
    """Say it, ever more slowly, until the work was begun ahead."""
    for attempt in range(20):
        transcript = await heard(client, *parts, pause=attempt * 0.05)
        if transcript["context"]["ahead"]:
            return transcript
    raise AssertionError("the work never began ahead")


async def test_the_words_are_those_of_the_plain_way(
    house: House, client: Client
) -> None:
    house.real_stt(EAR)
    await house.start()
    sound = pcm(spoken(FIRST))
    plain = (await client.hear(sound + QUIET, language="fr"))[-1]
    ahead = await begun_ahead(client, sound, QUIET)
    assert ahead["text"] == plain.data["text"]
    assert "lumière" in ahead["text"]
    assert ahead["language"] == "fr"


async def test_what_is_said_after_a_pause_is_heard(
    house: House, client: Client
) -> None:
    house.real_stt(EAR)
    await house.start()
    both = (pcm(spoken(FIRST)), QUIET, pcm(spoken(SECOND)))
    transcript = await heard(client, *both)
    assert "lumière" in transcript["text"]
    assert "volets" in transcript["text"]
    # The speech ends with the sound: there was no pause after all of it.
    assert transcript["context"]["ahead"] is False


async def test_it_can_be_switched_off(house: House, client: Client) -> None:
    house.real_stt(EAR, ahead=False)
    await house.start()
    transcript = await heard(client, pcm(spoken(FIRST)), QUIET)
    assert transcript["context"]["ahead"] is False
    assert "lumière" in transcript["text"]


async def test_with_one_inference_at_a_time_nothing_is_in_the_way(
    house: House, client: Client
) -> None:
    house.real_stt(EAR, at_once=1)
    await house.start()
    transcript = await heard(client, pcm(spoken(FIRST)), QUIET)
    assert transcript["context"]["ahead"] is False


class Work:
    """Takes note of the sound that it is to work on."""

    def __init__(self, *, busy: bool = False) -> None:
        self.busy = busy
        self.lengths: list[int] = []

    def __call__(self, audio: Samples) -> Future[int] | None:
        if self.busy:
            return None
        self.lengths.append(len(audio))
        return Future()


def speech(*, silence: float) -> Samples:
    sound = spoken(FIRST)
    quiet = np.random.default_rng(0).normal(0, 1e-3, int(silence * RATE))
    whole: Samples = np.concatenate((sound, quiet)).astype(np.float32)
    return whole


def test_one_pause_is_worked_on_once() -> None:
    work = Work()
    ahead = Ahead(work)
    for silence in (0.0, 0.6, 0.8, 1.0):
        ahead.look(speech(silence=silence))
    assert len(work.lengths) == 1
    whole = locate(speech(silence=1.2))
    assert whole is not None
    assert ahead.take(whole) is not None
    assert work.lengths == [whole.end - whole.start]


def test_work_on_another_stretch_is_no_use() -> None:
    ahead = Ahead(Work())
    ahead.look(speech(silence=0.8))
    twice = locate(np.concatenate((speech(silence=0.8), speech(silence=0.8))))
    assert twice is not None
    assert ahead.take(twice) is None


def test_a_busy_model_is_asked_again_at_the_next_look() -> None:
    work = Work(busy=True)
    ahead = Ahead(work)
    ahead.look(speech(silence=0.8))
    work.busy = False
    ahead.look(speech(silence=1.0))
    assert len(work.lengths) == 1


def test_nothing_begins_after_the_end() -> None:
    work = Work()
    ahead = Ahead(work)
    assert ahead.due(RATE)
    assert not ahead.due(RATE + 1)
    ahead.end()
    assert not ahead.due(3 * RATE)
    ahead.look(speech(silence=0.8))
    assert not work.lengths
