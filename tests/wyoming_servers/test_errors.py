"""What the client receives for each error code: one `error` event, then the end."""

import asyncio
import json

import pytest

from tests.wyoming_servers.fakes.client import FORMAT, Client, only_error
from tests.wyoming_servers.fakes.house import House
from wyoming_servers import errors
from wyoming_servers.wire import Limits

PCM = bytes(range(256)) * 200
CODES = {
    "busy",
    "model-missing",
    "unsupported-language",
    "unsupported-voice",
    "unsupported-audio",
    "utterance-too-long",
    "text-too-long",
    "event-too-large",
    "too-many-clients",
    "idle-timeout",
    "slow-client",
    "deadline",
    "worker-failed",
    "shutting-down",
    "protocol",
    "internal",
}


def test_the_tree_has_exactly_the_agreed_codes() -> None:
    assert set(errors.VoiceError.by_code) | {errors.VoiceError.code} == CODES


@pytest.mark.parametrize("kind", errors.VoiceError.by_code.values())
def test_every_error_survives_the_wire(kind: type[errors.VoiceError]) -> None:
    event = kind("Say it plainly.", limit=3).event("r-1")
    back = errors.VoiceError.from_event(event)
    assert (type(back), back.text, back.details) == (
        kind,
        "Say it plainly.",
        {"limit": 3},
    )
    assert event.data["request_id"] == "r-1"


async def refused(client: Client, *raw: bytes) -> str:
    """Send raw bytes; return the code of the error that ends the connection."""
    async with client.talk() as talk:
        for piece in raw:
            await talk.send_raw(piece)
        event = only_error(await talk.rest())
        assert event.data["text"].endswith(".")
        return str(event.data["code"])


def short(value: object) -> str:
    """Return a test's id that fits in a line."""
    return str(value)[:60]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"hello\n", "protocol"),
        (b"[]\n", "protocol"),
        (b'{"type": 5}\n', "protocol"),
        (b'{"type": "ping", "data": []}\n', "protocol"),
        (b'{"type": "ping", "data": "x"}\n', "protocol"),
        (b'{"type": "ping", "data_length": -1}\n', "protocol"),
        (b'{"type": "ping", "data_length": 2.5}\n', "protocol"),
        (b'{"type": "ping", "data_length": true}\n', "protocol"),
        (b'{"type": "ping", "data_length": 4}\nnull', "protocol"),
        (b'{"type": "ping"' + b"[" * 20_000 + b"\n", "protocol"),
        (b'{"type": "ping", "data": ' + b"[" * 60_000 + b"\n", "protocol"),
        (b"\xff\xfe\n", "protocol"),
        (b'{"type": "audio-stop"}\n', "protocol"),
        (b'{"type": "synthesize"}\n', "protocol"),
        (b'{"type": "synthesize-chunk", "data": {"text": "x"}}\n', "protocol"),
        (b'{"type": "synthesize-stop"}\n', "protocol"),
        (b'{"type": "audio-start", "data": {"rate": "x"}}\n', "protocol"),
        (b'{"type": "transcribe", "data": {"name": 7}}\n', "protocol"),
        (b'{"type": "select-program"}\n', "protocol"),
        (b'{"type": "ping", "payload_length": 4000000000}\n', "event-too-large"),
        (b'{"type": "ping", "data_length": 4000000000}\n', "event-too-large"),
        (b'{"type": "' + b"x" * 70_000, "event-too-large"),
        (
            b'{"type":"audio-start","data":{"rate":96000,"width":2,"channels":1}}\n',
            "unsupported-audio",
        ),
        (
            b'{"type":"audio-start","data":{"rate":16000,"width":5,"channels":1}}\n',
            "unsupported-audio",
        ),
        (
            b'{"type":"audio-start","data":{"rate":16000,"width":2,"channels":6}}\n',
            "unsupported-audio",
        ),
        (b'{"type": "transcribe", "data": {"name": "huge"}}\n', "unsupported-voice"),
        (
            b'{"type":"select-program","data":{"name":"x"}}\n{"type":"transcribe"}\n',
            "unsupported-voice",
        ),
    ],
    ids=short,
)
async def test_bad_events(house: House, client: Client, raw: bytes, code: str) -> None:
    house.fake("stt")
    house.fake("tts")
    await house.start(workers=False)
    assert await refused(client, raw) == code


async def test_a_cut_event_is_a_protocol_error(house: House, client: Client) -> None:
    await house.start()
    async with client.talk() as talk:
        await talk.send_raw(b'{"type": "ping", "data_length": 10}\n{')
        talk.writer.write_eof()
        assert only_error(await talk.rest()).data["code"] == "protocol"


async def test_another_format_in_mid_utterance(house: House, client: Client) -> None:
    house.fake("stt")
    await house.start()
    async with client.talk() as talk:
        await talk.send("audio-start", **FORMAT)
        await talk.send("audio-chunk", PCM, **{**FORMAT, "rate": 8000})
        assert only_error(await talk.rest()).data["code"] == "unsupported-audio"


async def test_an_utterance_that_does_not_end(house: House, client: Client) -> None:
    house.fake("stt")
    await house.start(Limits(utterance_seconds=1.0))
    error = only_error(await client.hear(bytes(33_000)))
    assert error.data["code"] == "utterance-too-long"
    assert error.data["details"]["limit"] == 1.0
    assert (await client.hear(bytes(32_000)))[-1].type == "transcript"


@pytest.mark.parametrize("streamed", [True, False])
async def test_text_that_does_not_end(
    house: House, client: Client, streamed: bool
) -> None:
    house.fake("tts")
    await house.start(Limits(text_chars=100))
    words = ["word "] * 21
    events = await (client.stream(words) if streamed else client.speak("".join(words)))
    assert only_error(events).data["code"] == "text-too-long"


async def test_a_full_queue_says_so_at_once(house: House, client: Client) -> None:
    station = house.fake(
        "stt",
        *[{"do": "stall", "seconds": 60}] * 3,
        station={"queue": {"at_once": 1, "waiting": 1}},
    )
    await house.start()
    async with client.talk() as first, client.talk() as second:
        await first.say(PCM)
        await house.until(station, "busy")
        await second.say(PCM)
        await house.waiting(station, 1)
        error = only_error(await client.hear(PCM))
        assert error.data["code"] == "busy"
        assert error.data["details"] == {"working": 1, "waiting": 1}


async def test_a_long_wait_in_the_queue_ends_as_busy(
    house: House, client: Client
) -> None:
    house.fake(
        "stt",
        {"do": "stall", "seconds": 60},
        station={"queue": {"at_once": 1, "waiting": 1, "wait_seconds": 0.2}},
    )
    await house.start()
    async with client.talk() as first:
        await first.say(PCM)
        await house.working(house.stations[0], 1)
        assert only_error(await client.hear(PCM)).data["code"] == "busy"


async def test_a_worker_that_is_always_stuck(house: House, client: Client) -> None:
    house.fake("stt", *[{"do": "stall"}] * 3, station={"deadline": 0.2})
    await house.start()
    assert only_error(await client.hear(PCM)).data["code"] == "deadline"


async def test_a_missing_model(house: House, client: Client) -> None:
    why = "Speech model 'x' is not here."
    house.fake("stt", status=[{"state": "missing", "reason": why}])
    await house.start(wait=False)
    error = only_error(await client.hear(PCM))
    assert (error.data["code"], error.data["text"]) == ("model-missing", why)


async def test_a_model_that_is_being_downloaded(house: House, client: Client) -> None:
    why = "base is being downloaded (40 %)"
    status = [{"state": "loading", "reason": why, "percent": 40}]
    house.fake("stt", status=status)
    await house.start(wait=False)
    error = only_error(await client.hear(PCM))
    assert (error.data["code"], error.data["text"]) == ("model-missing", why)


async def test_a_worker_that_cannot_start(house: House, client: Client) -> None:
    station = house.fake("stt", exit=1)
    await house.start(wait=False)
    assert only_error(await client.hear(PCM)).data["code"] == "worker-failed"
    await house.until(station, "given-up")
    assert only_error(await client.hear(PCM)).data["code"] == "worker-failed"


async def test_the_workers_own_error_is_passed_on(house: House, client: Client) -> None:
    action = {"do": "error", "at": "transcribe", "code": "unsupported-language"}
    house.fake("stt", {**action, "text": "No Klingon."})
    await house.start()
    error = only_error(await client.hear(PCM, language="tlh"))
    assert error.data["code"] == "unsupported-language"
    assert error.data["text"] == "No Klingon."


async def test_an_unknown_error_of_a_worker_is_internal(
    house: House, client: Client
) -> None:
    house.fake("stt", {"do": "error", "code": "oops", "text": "Strange."})
    await house.start()
    assert only_error(await client.hear(PCM)).data["code"] == "internal"


async def test_a_silent_connection_is_closed(house: House, client: Client) -> None:
    await house.start(Limits(idle_seconds=0.3))
    assert await refused(client) == "idle-timeout"
    assert await refused(client, b'{"type": "ping"}\n'[:0]) == "idle-timeout"


@pytest.mark.parametrize(
    "raw",
    [
        b'{"type": "pi',
        b'{"type": "ping", "data_length": 10}\n{"a"',
        b'{"type":"audio-start","data":{"rate":16000,"width":2,"channels":1}}\n',
    ],
)
async def test_a_slow_sender_is_cut_off(
    house: House, client: Client, raw: bytes
) -> None:
    house.fake("stt")
    await house.start(Limits(slow_seconds=0.4))
    assert await refused(client, raw) == "slow-client"


async def test_a_stream_of_nothing_ends(house: House, client: Client) -> None:
    station = house.fake("tts", station={"queue": {"at_once": 1, "waiting": 0}})
    await house.start(Limits(stream_seconds=0.5))
    async with client.talk() as talk:
        await talk.send("synthesize-start")
        await talk.send("synthesize-chunk", text="")
        # It takes nobody's place meanwhile.
        assert (await client.speak("Hello."))[-1].type == "audio-stop"
        await house.patient_for(0.5)
        await talk.send("synthesize-chunk", text="")
        assert only_error(await talk.rest()).data["code"] == "slow-client"
    assert station.queue.working == 0


async def test_an_error_does_not_echo_without_end(house: House, client: Client) -> None:
    house.fake("stt")
    await house.start()
    async with client.talk() as talk:
        await talk.send("transcribe", name="x" * 200_000)
        event = only_error(await talk.rest())
    assert event.data["code"] == "unsupported-voice"
    assert "There is no speech model 'xxx" in event.data["text"]
    assert len(json.dumps(event.data)) < 5_000


async def test_a_slow_network_is_no_slow_sender(house: House, client: Client) -> None:
    await house.start(Limits(slow_seconds=0.3))
    async with client.talk() as talk:
        for byte in json.dumps({"type": "ping"}).encode() + b"\n":
            await talk.send_raw(bytes([byte]))
            await asyncio.sleep(0.03)
        event = await talk.receive()
        assert event is not None
        assert event.type == "pong"


async def test_one_byte_at_a_time_does_not_help(house: House, client: Client) -> None:
    await house.start(Limits(slow_seconds=10.0, idle_seconds=0.5))
    async with client.talk() as talk:
        raw = json.dumps({"type": "ping", "x": "y" * 1000}).encode()
        for byte in raw:
            await talk.send_raw(bytes([byte]))
            event = await talk.peek(0.02)
            if event is not None:
                assert event.data["code"] == "slow-client"
                return
    pytest.fail("a drip of bytes held the connection")


async def test_a_client_that_does_not_read_is_cut_off(
    house: House, client: Client
) -> None:
    house.fake("tts")
    await house.start(Limits(slow_seconds=0.4, text_chars=100_000))
    text = ("word " * 400 + ". ") * 40
    async with client.talk() as talk:
        talk.writer.transport.pause_reading()
        await talk.send("synthesize", text=text)
        await house.working(house.stations[0], 1)
        await house.quiet()
    assert house.errors("slow-client") == 1


async def test_one_client_too_many(house: House, client: Client) -> None:
    house.fake("stt", *[{"do": "stall", "seconds": 60}] * 2)
    await house.start(Limits(clients=2))
    async with client.talk() as first, client.talk() as second:
        await first.say(PCM)
        await second.say(PCM)
        await house.working(house.stations[0], 2)
        assert await refused(client) == "too-many-clients"


async def test_a_silent_client_makes_room_for_a_new_one(
    house: House, client: Client
) -> None:
    await house.start(Limits(clients=2))
    async with client.talk() as silent, client.talk() as also:
        await also.ping()
        await house.patient_for(1.1)
        async with client.talk() as third:
            await third.ping()
            assert only_error(await silent.rest()).data["code"] == "too-many-clients"
            await also.ping()


async def test_a_fault_of_our_own_is_internal(
    house: House, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.fake("stt")
    gateway = await house.start()

    def broken() -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(gateway.stations, "info", broken)
    async with client.talk() as talk:
        await talk.send("describe")
        error = only_error(await talk.rest())
        assert error.data["code"] == "internal"
        assert "a bug" not in error.data["text"]


async def test_a_server_without_hearing_says_so(house: House, client: Client) -> None:
    house.fake("tts")
    await house.start()
    assert only_error(await client.hear(PCM)).data["code"] == "unsupported-voice"
