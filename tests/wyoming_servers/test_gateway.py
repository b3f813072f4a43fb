"""The gateway over scripted workers: answers, replays, ends."""

import pytest

from tests.wyoming_servers.fakes.client import FORMAT, Client, kinds, only_error, sound
from tests.wyoming_servers.fakes.house import House
from tests.wyoming_servers.fakes.worker import pieces_of, sound_of, transcript_of

PCM = bytes(range(256)) * 200
TEXT = "One sentence. And another one. A third. The last"


async def test_describe_and_ping_are_answered_while_workers_start(
    house: House, client: Client
) -> None:
    house.fake("stt", status=[{"state": "loading", "after": 0.0}])
    house.fake("tts", status=[{"state": "loading", "after": 0.0}])
    await house.start(wait=False)
    async with client.talk() as talk:
        await talk.send("describe")
        info = await talk.receive()
        assert info is not None
        assert [p["name"] for p in info.data["asr"]] == ["jarvis-stt"]
        assert [p["name"] for p in info.data["tts"]] == ["jarvis-tts"]
        assert info.data["tts"][0]["supports_synthesize_streaming"]
        assert info.data["asr"][0]["supports_transcript_streaming"]
        await talk.send("ping", text="à toi")
        pong = await talk.receive()
        assert pong is not None
        assert (pong.type, pong.data["text"]) == ("pong", "à toi")


async def test_an_utterance_is_answered(house: House, client: Client) -> None:
    house.fake("stt")
    await house.start()
    events = await client.hear(PCM, language="fr")
    assert kinds(events)[0] == "transcript-start"
    assert kinds(events)[-2:] == ["transcript-stop", "transcript"]
    assert events[-1].data["text"] == transcript_of(PCM, "fr")


async def test_several_requests_on_one_connection(house: House, client: Client) -> None:
    house.fake("stt")
    house.fake("tts")
    await house.start()
    async with client.talk() as talk:
        for _ in range(2):
            await talk.say(PCM, language="en")
            events = await talk.until("transcript", "error")
            assert events[-1].data["text"] == transcript_of(PCM, "en")
            await talk.send("synthesize", text="Hello.")
            assert sound(await talk.until("audio-stop")) == sound_of("Hello")


@pytest.mark.parametrize(
    "action",
    [
        {"do": "die", "at": "transcribe"},
        {"do": "die", "at": "bytes", "bytes": 20_000},
        {"do": "die", "at": "audio-stop"},
        {"do": "die", "at": "chunk"},
        {"do": "close", "at": "audio-stop"},
        {"do": "garbage", "at": "audio-stop"},
    ],
)
async def test_an_utterance_outlives_its_worker(
    house: House, client: Client, action: dict[str, object]
) -> None:
    station = house.fake("stt", action)
    await house.start()
    events = await client.hear(PCM, language="en")
    assert events[-1].data["text"] == transcript_of(PCM, "en")
    shown = "".join(e.data["text"] for e in events if e.type == "transcript-chunk")
    assert shown.strip() == transcript_of(PCM, "en")
    assert kinds(events).count("transcript-start") == 1
    await house.quiet()
    assert station.worker.restarts <= 1


@pytest.mark.parametrize("streamed", [True, False])
@pytest.mark.parametrize("piece", [0, 1, 3])
async def test_a_synthesis_outlives_its_worker(
    house: House, client: Client, piece: int, streamed: bool
) -> None:
    house.fake("tts", {"do": "die", "at": "piece", "piece": piece})
    await house.start()
    events = await (client.stream([TEXT]) if streamed else client.speak(TEXT))
    assert sound(events) == b"".join(sound_of(piece) for piece in pieces_of(TEXT))
    ends = ["audio-stop", "synthesize-stopped"] if streamed else ["audio-stop"]
    assert kinds(events) == ["audio-start", "audio-chunk", *ends]


async def test_sound_is_passed_on_before_its_piece_is_complete(
    house: House, client: Client
) -> None:
    house.fake("tts", {"do": "stall", "at": "piece", "piece": 0})
    await house.start()
    async with client.talk() as talk:
        await talk.send("synthesize", text=TEXT)
        events = await talk.until("audio-chunk")
        assert kinds(events) == ["audio-start", "audio-chunk"]
        whole = sound_of(pieces_of(TEXT)[0])
        assert sound(events) == whole[: len(whole) // 2]


async def test_requests_share_one_connection_to_the_speaking_worker(
    house: House, client: Client
) -> None:
    station = house.fake("tts")
    await house.start()
    spoken = {sound(await client.speak(TEXT))}
    spare = station.worker._spare
    assert spare is not None
    spoken.add(sound(await client.speak(TEXT)))
    assert station.worker._spare is spare
    # One that left in the middle may have an answer of hers on it still.
    async with client.talk() as talk:
        await talk.send("synthesize-start")
        await talk.send("synthesize-chunk", text=TEXT)
        await house.working(station, 1)
    await house.quiet()
    assert station.worker._spare is not spare
    spoken.add(sound(await client.speak(TEXT)))
    assert spoken == {b"".join(sound_of(piece) for piece in pieces_of(TEXT))}


async def test_a_stuck_worker_is_killed_and_the_utterance_replayed(
    house: House, client: Client
) -> None:
    station = house.fake("stt", {"do": "stall"}, station={"deadline": 0.5})
    await house.start()
    events = await client.hear(PCM)
    assert events[-1].data["text"] == transcript_of(PCM)
    assert station.worker.restarts == 1


async def test_the_end_of_speech_may_come_from_the_worker(
    house: House, client: Client
) -> None:
    house.fake("stt")
    await house.start()
    async with client.talk() as talk:
        await talk.send("transcribe")
        await talk.send("audio-start", **FORMAT)
        await talk.send("audio-chunk", PCM, **FORMAT)
        await talk.send("audio-stop")
        events = await talk.until("transcript")
        # Sound that was still under way is no new request, and a late stop no error.
        await talk.send("ping", text="still here")
        assert kinds(events)[-1] == "transcript"
        pong = await talk.receive()
        assert pong is not None
        assert pong.type == "pong"


async def test_a_client_that_closes_its_sending_side_gets_its_answer(
    house: House, client: Client
) -> None:
    house.fake("stt", {"do": "stall", "seconds": 0.3})
    await house.start()
    async with client.talk() as talk:
        await talk.say(PCM)
        talk.writer.write_eof()
        assert (await talk.rest())[-1].data["text"] == transcript_of(PCM)


async def test_a_client_that_leaves_frees_its_place(
    house: House, client: Client
) -> None:
    station = house.fake("stt", {"do": "stall", "seconds": 0.5})
    await house.start()
    async with client.talk() as talk:
        await talk.send("transcribe")
        await talk.send("audio-start", **FORMAT)
        await talk.send("audio-chunk", PCM, **FORMAT)
    await house.quiet()
    assert station.worker.users == 0


async def test_a_request_that_kills_every_worker_ends_with_worker_failed(
    house: House, client: Client
) -> None:
    house.fake("stt", *[{"do": "die"}] * 3)
    await house.start()
    assert only_error(await client.hear(PCM)).data["code"] == "worker-failed"
    assert (await client.hear(PCM))[-1].type == "transcript"
