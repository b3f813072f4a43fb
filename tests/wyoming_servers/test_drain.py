"""The end of the gateway: what is at hand is finished, the rest is told."""

import asyncio
import os
import signal

from tests.wyoming_servers.fakes.client import FORMAT, Client, only_error
from tests.wyoming_servers.fakes.house import House
from tests.wyoming_servers.fakes.worker import transcript_of
from wyoming_servers.wire import Limits

PCM = bytes(range(256)) * 200


async def test_work_at_hand_is_finished(house: House, client: Client) -> None:
    station = house.fake("stt", {"do": "stall", "seconds": 0.5})
    gateway = await house.start()
    async with client.talk() as talk:
        await talk.say(PCM)
        await house.working(station, 1)
        draining = asyncio.create_task(gateway.drain())
        events = await talk.rest()
        assert events[-1].data["text"] == transcript_of(PCM)
        await draining


async def test_an_utterance_in_the_middle_may_be_finished(
    house: House, client: Client
) -> None:
    house.fake("stt")
    gateway = await house.start()
    async with client.talk() as talk:
        await talk.send("audio-start", **FORMAT)
        await talk.send("audio-chunk", PCM[:1000], **FORMAT)
        await house.listening(1)
        draining = asyncio.create_task(gateway.drain())
        await talk.send("audio-chunk", PCM[1000:], **FORMAT)
        await talk.send("audio-stop")
        assert (await talk.rest())[-1].data["text"] == transcript_of(PCM)
        await draining


async def test_what_takes_too_long_is_told(house: House, client: Client) -> None:
    station = house.fake("stt", {"do": "stall", "seconds": 60})
    gateway = await house.start(Limits(drain_seconds=0.3))
    async with client.talk() as talk:
        await talk.say(PCM)
        await house.working(station, 1)
        draining = asyncio.create_task(gateway.drain())
        assert only_error(await talk.rest()).data["code"] == "shutting-down"
        talk.writer.close()
        await draining


async def test_a_silent_connection_is_told_at_once(
    house: House, client: Client
) -> None:
    gateway = await house.start()
    async with client.talk() as talk:
        await talk.ping()
        draining = asyncio.create_task(gateway.drain())
        assert only_error(await talk.rest()).data["code"] == "shutting-down"
        talk.writer.close()
        await draining


async def test_no_new_work_while_draining(house: House, client: Client) -> None:
    station = house.fake("stt", {"do": "stall", "seconds": 0.5})
    gateway = await house.start()
    async with client.talk() as talk:
        await talk.say(PCM)
        await house.working(station, 1)
        draining = asyncio.create_task(gateway.drain())
        await asyncio.sleep(0)
        try:
            async with client.talk() as late:
                assert await late.rest() == []
        except OSError:
            pass  # nobody listens any more: just as good
        assert (await talk.rest())[-1].type == "transcript"
        await draining


async def test_who_waits_for_a_frozen_worker_is_told(
    house: House, client: Client
) -> None:
    station = house.fake("stt")
    gateway = await house.start(Limits(drain_seconds=0.3))
    assert station.worker.pid is not None
    os.kill(station.worker.pid, signal.SIGSTOP)
    async with client.talk() as talk:
        # More than a socket holds: the way to the worker is blocked, too.
        await talk.say(PCM * 30)
        await house.working(station, 0)
        await house.patient_for(0.5)
        draining = asyncio.create_task(gateway.drain())
        assert only_error(await talk.rest()).data["code"] == "shutting-down"
        talk.writer.close()
        await draining
