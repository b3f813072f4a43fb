"""The front end of a node and of a request, at the wire."""

from pathlib import Path

import numpy as np
import pytest
from wyoming.event import Event

from bench._audio_lab import at_level, echo_of, pcm16, speech
from tests.wyoming_servers.fakes.client import Client, only_error
from tests.wyoming_servers.fakes.house import House
from wyoming_servers.settings import load
from wyoming_servers.workers.stt.options import SttOptions

SPOKEN = pcm16(speech(2.0))
SHAPE = {"rate": 16_000, "width": 2, "channels": 1}


async def worked(client: Client, wish: object = None, **data: object) -> Event:
    """Say something; return the answer."""
    context = {} if wish is None else {"front_end": wish}
    events = await client.hear(SPOKEN, language="en", context=context, **data)
    return events[-1]


async def test_off_by_default_and_chosen_by_the_request(
    house: House, client: Client, tiny_whisper: Path
) -> None:
    assert SttOptions().front_end == []
    house.real_stt(tiny_whisper)
    await house.start()
    assert (await worked(client)).data["context"]["front_end"] == []
    answer = await worked(client, ["noise", "high-pass"])
    assert answer.data["context"]["front_end"] == ["high-pass", "noise"]
    # Without a reference no echo canceller works, whatever is asked for.
    answer = await worked(client, ["echo", "gain"])
    assert answer.data["context"]["front_end"] == ["gain"]
    for wrong in ("noise", ["reverb"], [1]):
        assert only_error([await worked(client, wrong)]).data["code"] == "protocol"


async def test_chosen_for_the_node_and_switched_off_by_the_request(
    house: House, client: Client, tiny_whisper: Path
) -> None:
    house.real_stt(tiny_whisper, front_end=["gain", "echo"])
    await house.start()
    assert (await worked(client)).data["context"]["front_end"] == ["gain"]
    assert (await worked(client, [])).data["context"]["front_end"] == []


async def test_stereo_brings_its_own_reference(
    house: House, client: Client, tiny_whisper: Path
) -> None:
    house.real_stt(tiny_whisper, front_end=["echo"])
    await house.start()
    shape = {"rate": 16_000, "width": 2, "channels": 2}
    played = at_level(speech(2.0), -20.0)
    async with client.talk() as talk:
        await talk.send("transcribe", language="en")
        await talk.send("audio-start", **shape)
        await talk.send("audio-chunk", pcm16(echo_of(played), played), **shape)
        await talk.send("audio-stop")
        [*_, answer] = await talk.until("transcript", "error")
    assert answer.data["context"]["front_end"] == ["echo"]


async def test_a_client_announces_its_reference(
    house: House, client: Client, tiny_whisper: Path
) -> None:
    house.real_stt(tiny_whisper)
    await house.start()
    played = at_level(speech(2.0), -20.0)
    near, far = pcm16(echo_of(played)), pcm16(played)
    async with client.talk() as talk:
        for announced, expected in ((True, ["echo"]), (False, [])):
            wish = {"front_end": ["echo"]}
            await talk.send("transcribe", language="en", context=wish)
            if announced:
                await talk.send("user-event", name="audio-reference")
            await talk.send("user-event", name="something else")
            await talk.send("audio-start", **SHAPE)
            for at in range(0, len(near), 4096):
                if announced:
                    played_now = far[at : at + 4096]
                    await talk.send("user-event", played_now, name="audio-reference")
                await talk.send("audio-chunk", near[at : at + 4096], **SHAPE)
            await talk.send("audio-stop")
            [*_, answer] = await talk.until("transcript", "error")
            assert answer.data["context"]["front_end"] == expected
    await house.quiet()


async def test_the_gateway_keeps_a_reference_beside_the_sound(
    house: House, client: Client
) -> None:
    """A reference is bounded like the utterance it belongs to."""
    house.fake("stt")
    await house.start()
    async with client.talk() as talk:
        await talk.send("transcribe", language="en")
        await talk.send("user-event", name="audio-reference")
        await talk.send("audio-start", **SHAPE)
        for _ in range(3):
            second = np.zeros(30 * 16_000, "<i2").tobytes()
            await talk.send("user-event", second, name="audio-reference")
        error = only_error(await talk.rest())
        assert error.data["code"] == "utterance-too-long"
    await house.quiet()


def test_a_wrong_stage_in_the_settings_is_told() -> None:
    with pytest.raises(ValueError, match="high-pass, echo, noise, gain"):
        load(None, {"stt": {"options": {"front_end": ["reverb"]}}})
