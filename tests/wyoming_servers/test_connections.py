"""Connections over their whole life: silence, refusal, numbers, what the log says."""

import asyncio
import logging
from pathlib import Path

import pytest

from tests.wyoming_servers.fakes.client import FORMAT, Client, only_error
from tests.wyoming_servers.fakes.house import House, eventually
from tests.wyoming_servers.fakes.worker import transcript_of
from wyoming_servers.gateway import Gateway
from wyoming_servers.wire import Limits

PCM = bytes(range(256)) * 200


async def test_silence_after_an_answer_ends_too(house: House, client: Client) -> None:
    house.fake("stt")
    house.fake("tts")
    await house.start(Limits(idle_seconds=0.5))
    async with client.talk() as talk:
        await talk.say(PCM)
        await talk.until("transcript")
        assert only_error(await talk.rest()).data["code"] == "idle-timeout"
    async with client.talk() as talk:
        await talk.send("synthesize", text="One.")
        await talk.until("audio-stop")
        assert only_error(await talk.rest()).data["code"] == "idle-timeout"


async def test_waiting_for_an_answer_is_no_silence(
    house: House, client: Client
) -> None:
    house.fake("stt", {"do": "stall", "seconds": 2.0})
    await house.start(Limits(idle_seconds=0.5))
    assert (await client.hear(PCM))[-1].data["text"] == transcript_of(PCM)


async def test_each_error_has_an_id_of_its_own(house: House, client: Client) -> None:
    house.fake("stt")
    await house.start()
    ids = []
    for raw in (b"no JSON\n", b'{"type":"transcribe","data":{"name":"none"}}\n'):
        async with client.talk() as talk:
            await talk.say(PCM)
            await talk.until("transcript")
            await talk.send_raw(raw)
            ids.append(only_error(await talk.rest()).data["request_id"])
    refused = only_error(await client.hear(PCM, name="none"))
    ids.append(refused.data["request_id"])
    assert len(set(ids)) == 3
    assert all(ids)


async def test_a_refused_client_hears_why_and_is_counted(
    house: House, client: Client
) -> None:
    house.fake("stt")
    await house.start(Limits(clients=1))
    async with client.talk() as first, client.talk() as second:
        await first.send("audio-start", **FORMAT)
        await first.send("audio-chunk", PCM, **FORMAT)
        await house.listening(1)
        await second.say(PCM * 4)
        error = only_error(await second.rest())
        assert error.data["code"] == "too-many-clients"
        assert house.errors("too-many-clients") == 1
        await first.send("audio-stop")
        assert (await first.until("transcript", "error"))[-1].type == "transcript"


async def test_all_connections_can_be_at_work_at_once(
    house: House, client: Client, tiny_whisper: Path
) -> None:
    limits = Limits(clients=3)
    queue = {"at_once": 1, "waiting": 3}
    house.real_stt(tiny_whisper, limits, station={"queue": queue})
    await house.start(limits)
    answers = await asyncio.gather(*(client.hear(PCM) for _ in range(3)))
    assert [events[-1].type for events in answers] == ["transcript"] * 3


async def test_a_socket_that_is_in_use_is_left_alone(
    house: House, client: Client
) -> None:
    house.fake("stt")
    await house.start()
    second = Gateway(house.uri, [], Limits())
    with pytest.raises(OSError, match="another server"):
        await second.start()
    assert (await client.hear(PCM))[-1].data["text"] == transcript_of(PCM)


async def test_a_client_that_leaves_is_counted_and_noted(
    house: House, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    station = house.fake("stt", {"do": "stall", "seconds": 3}, {})
    gateway = await house.start()
    async with client.talk() as talk:
        await talk.say(PCM)
        await house.taken(station, 1)
        talk.writer.transport.abort()
    await house.quiet()
    await client.hear(PCM)
    requests = gateway.meters.requests
    await eventually(lambda: requests.labels("stt", "stt", "ok")._value.get() == 1)
    assert requests.labels("stt", "stt", "cancelled")._value.get() == 1
    ends = [r for r in caplog.records if "ended" in r.message]
    assert [r.message.rpartition(" ")[2] for r in ends] == ["cancelled", "ok"]
    assert all(getattr(r, "seconds", None) is not None for r in ends)


async def test_nothing_comes_after_the_error(
    house: House, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    house.fake("tts", {"do": "stall", "seconds": 0.5, "at": "piece", "piece": 0})
    await house.start()
    async with client.talk() as talk:
        await talk.send("synthesize", text="One. Two.")
        await talk.until("audio-chunk")
        await talk.send("synthesize-chunk", text="lost")
        error = only_error(await talk.until("error"))
        assert error.data["code"] == "protocol"
        await house.patient_for(1.0)
        assert await talk.rest() == []
    await house.quiet()
    assert "nobody foresaw" not in caplog.text
