"""The wake worker behind the gateway, at the wire."""

import asyncio
import os
import signal

import numpy as np
import pytest
from wyoming.event import Event

from tests.wyoming_servers.fakes.client import FORMAT, Client, Talk, kinds, only_error
from tests.wyoming_servers.fakes.house import House
from tests.wyoming_servers.wake.speech import pcm16, say
from wyoming_servers.gateway import Station
from wyoming_servers.wire import Limits
from wyoming_servers.workers.wake.info import wake_info
from wyoming_servers.workers.wake.options import WakeOptions

WORD = say("Hey Jarvis")
SILENCE = np.zeros(32_000, np.float32)


def add_wake(
    house: House, queue: dict[str, int] | None = None, **given: str
) -> Station:
    options = WakeOptions(data_dir=str(house.folder), **given)
    program = house._program("wake", options)
    station = {"queue": {"at_once": 8, "waiting": 0, **(queue or {})}}
    return house._add(program, wake_info(options), station)


async def stream(talk: Talk, sound: np.ndarray, start: int | None = None) -> None:
    """Send sound in chunks as core does: 1 024 samples, with or without timestamps."""
    for at in range(0, len(sound), 1024):
        data = dict(FORMAT)
        if start is not None:
            data["timestamp"] = start + at // 16
        await talk.send("audio-chunk", pcm16(sound[at : at + 1024]), **data)


async def listen(talk: Talk, sound: np.ndarray, names: object = None) -> list[Event]:
    """Send a whole stream; return the events after it."""
    await talk.send("detect", names=names)
    await talk.send("audio-start", **FORMAT)
    await stream(talk, sound)
    await talk.send("audio-stop")
    await talk.send("ping", text="done")
    return await talk.until("not-detected", "error", "detection")


async def test_one_info_offers_hearing_and_waking(house: House, client: Client) -> None:
    house.fake("stt")
    house.fake("tts")
    add_wake(house)
    await house.start()
    async with client.talk() as talk:
        await talk.send("describe")
        info = await talk.receive()
    assert info is not None
    assert [p["name"] for p in info.data["asr"]] == ["jarvis-stt"]
    assert [p["name"] for p in info.data["tts"]] == ["jarvis-tts"]
    [program] = info.data["wake"]
    assert program["models"][0]["name"] == "hey_jarvis"


async def test_words_and_their_absence(house: House, client: Client) -> None:
    add_wake(house)
    await house.start()
    async with client.talk() as talk:
        heard = (await listen(talk, WORD, ["hey_jarvis"]))[-1]
        assert (heard.type, heard.data["name"]) == ("detection", "hey_jarvis")
        assert 1000 < heard.data["timestamp"] < 2500
        # The same connection again: other words, no names, no word at all.
        for sound, names, kind in [
            (WORD, ["alexa"], "not-detected"),
            (WORD, None, "detection"),
            (SILENCE, [], "not-detected"),
        ]:
            assert (await listen(talk, sound, names))[-1].type == kind
    await house.quiet()


async def test_timestamps_are_those_of_the_clients_chunks(
    house: House, client: Client
) -> None:
    add_wake(house)
    await house.start()
    async with client.talk() as talk:
        await talk.send("detect")
        await talk.send("audio-start", **FORMAT)
        await stream(talk, WORD, start=1_000_000)
        [heard] = await talk.until("detection")
        assert 1_001_000 < heard.data["timestamp"] < 1_002_500
        # The stream goes on after a detection, and tells of the next one.
        await stream(talk, WORD, start=1_003_000)
        [again] = await talk.until("detection")
        assert again.data["timestamp"] > 1_003_000


async def test_several_clients_at_once(house: House, client: Client) -> None:
    add_wake(house)
    await house.start()

    async def one(index: int) -> str:
        async with client.talk() as talk:
            sound = WORD if index % 2 else SILENCE
            return (await listen(talk, sound, ["hey_jarvis"]))[-1].type

    found = await asyncio.gather(*(one(index) for index in range(8)))
    assert found == ["not-detected", "detection"] * 4


async def test_one_stream_more_than_configured_is_refused(
    house: House, client: Client
) -> None:
    station = add_wake(house, {"at_once": 1})
    await house.start()
    async with client.talk() as first, client.talk() as second:
        await first.send("detect")
        await first.send("audio-start", **FORMAT)
        await house.working(station, 1)
        error = only_error(await listen(second, SILENCE))
        assert error.data["code"] == "busy"


async def test_hearing_after_waking_on_one_connection(
    house: House, client: Client
) -> None:
    add_wake(house)
    house.fake("stt")
    await house.start()
    async with client.talk() as talk:
        await talk.send("detect")
        await talk.send("audio-start", **FORMAT)
        await stream(talk, WORD)
        assert (await talk.until("detection"))[-1].type == "detection"
        await talk.say(b"ab" * 4000, language="en")
        assert kinds(await talk.until("transcript"))[-1] == "transcript"


async def test_a_kill_in_the_middle_of_the_word(house: House, client: Client) -> None:
    station = add_wake(house)
    await house.start()
    middle = len(WORD) // 2
    async with client.talk() as talk:
        await talk.send("detect", names=["hey_jarvis"])
        await talk.send("audio-start", **FORMAT)
        await stream(talk, np.concatenate((SILENCE, WORD[:middle])))
        await house.working(station, 1)
        assert station.worker.pid is not None
        os.kill(station.worker.pid, signal.SIGKILL)
        await stream(talk, WORD[middle:])
        await talk.send("audio-stop")
        [heard] = await talk.until("detection", "not-detected", "error")
        assert heard.data["name"] == "hey_jarvis"
    assert station.worker.restarts == 1
    await house.quiet()


@pytest.mark.parametrize(
    ("names", "code"),
    [(["nobody"], "unsupported-voice"), ("hey_jarvis", "protocol"), ([1], "protocol")],
)
async def test_wrong_names(
    house: House, client: Client, names: object, code: str
) -> None:
    add_wake(house)
    await house.start()
    async with client.talk() as talk:
        assert only_error(await listen(talk, SILENCE, names)).data["code"] == code
    await house.quiet()


async def test_any_format_is_converted(house: House, client: Client) -> None:
    add_wake(house)
    await house.start()
    stereo = np.repeat(np.repeat(WORD, 3), 2)  # 48 kHz, both channels
    shape = {"rate": 48_000, "width": 4, "channels": 2}
    pcm = (stereo * 2.0**31).clip(-(2**31), 2**31 - 1).astype("<i4").tobytes()
    async with client.talk() as talk:
        await talk.send("detect")
        for at in range(0, len(pcm), 9600 * 8):
            await talk.send("audio-chunk", pcm[at : at + 9600 * 8], **shape)
        [heard] = await talk.until("detection", "error")
        assert heard.type == "detection"


async def test_a_server_that_listens_stops_at_once(
    house: House, client: Client
) -> None:
    add_wake(house)
    gateway = await house.start(Limits(drain_seconds=60.0))
    async with client.talk() as talk:
        await talk.send("detect")
        await talk.send("audio-start", **FORMAT)
        await stream(talk, SILENCE)
        await talk.ping()
        async with asyncio.timeout(30):
            await gateway.drain()
        assert only_error(await talk.rest()).data["code"] == "shutting-down"


async def test_a_server_without_wake_words(house: House, client: Client) -> None:
    house.fake("stt")
    await house.start()
    async with client.talk() as talk:
        error = only_error(await listen(talk, SILENCE))
        assert error.data["code"] == "unsupported-voice"


async def test_an_unknown_default_is_told(house: House) -> None:
    station = add_wake(house, model="hey_nobody")
    await house.start(wait=False)
    await house.until(station, "missing")
    assert "hey_jarvis" in station.worker.status.reason
    assert "NAME.json" in station.worker.status.reason
