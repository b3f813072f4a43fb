"""Voices that are broken or missing: the others speak, and the client is told why."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.wyoming_servers.fakes.client import Client, kinds, only_error, sound
from tests.wyoming_servers.fakes.house import House, eventually
from tests.wyoming_servers.fakes.tiny_voice import make_tiny_voice

TEXT = "Bonjour le monde."


def changed(**values: Any) -> Callable[[Path], None]:
    """Return what puts other values into a voice's configuration."""

    def change(model: Path) -> None:
        file = model.with_name(f"{model.name}.json")
        file.write_text(json.dumps({**json.loads(file.read_bytes()), **values}))

    return change


def no_json(model: Path) -> None:
    model.with_name(f"{model.name}.json").write_text('{"audio": {')


def a_list(model: Path) -> None:
    model.with_name(f"{model.name}.json").write_text("[1]")


def cut_off(model: Path) -> None:
    model.write_bytes(model.read_bytes()[:2000])


BROKEN = [
    (no_json, "its configuration is not JSON"),
    (a_list, "its configuration is not an object"),
    (cut_off, "failed:Protobuf parsing failed"),
    (changed(audio=[1]), "its configuration lacks 'audio.sample_rate'"),
    (changed(audio={"sample_rate": "fast"}), "lacks 'audio.sample_rate'"),
    (changed(audio={"sample_rate": -5}), "an impossible sample rate"),
    (changed(phoneme_id_map={}), "its configuration lacks 'phoneme_id_map'"),
    (changed(language="fr_FR"), "its 'language' is unusable"),
    (changed(espeak={"voice": "xx-nobody"}), "Failed to set voice: xx-nobody"),
    (changed(num_speakers=2), "Invalid input name: sid"),
]


async def offered(client: Client) -> dict[str, bool]:
    """Return which voices are said to be installed."""
    async with client.talk() as talk:
        await talk.send("describe")
        info = await talk.receive()
    assert info is not None
    return {v["name"]: v["installed"] for v in info.data["tts"][0]["voices"]}


@pytest.mark.parametrize(("damage", "why"), BROKEN)
async def test_a_broken_voice_does_not_silence_the_others(
    house: House,
    client: Client,
    tmp_path: Path,
    damage: Callable[[Path], None],
    why: str,
) -> None:
    bad = make_tiny_voice(tmp_path / "bad.onnx", "fr_FR")
    damage(bad)
    good = make_tiny_voice(tmp_path / "good.onnx", "fr_FR")
    house.real_tts([bad, good])
    await house.start()
    for voice in ({}, {"language": "fr"}, {"name": "good"}):
        assert sound(await client.speak(TEXT, voice=voice))
    error = only_error(await client.speak(TEXT, voice={"name": "bad"}))
    assert error.data["code"] == "model-missing"
    assert error.data["text"].startswith("The voice 'bad' is broken (")
    assert why in error.data["text"]
    assert (
        f"put good copies of bad.onnx and bad.onnx.json into {tmp_path}"
        in (error.data["text"])
    )
    assert await offered(client) == {"bad": False, "good": True}


async def test_a_voice_is_found_to_be_broken_when_it_is_needed(
    house: House, client: Client, tmp_path: Path
) -> None:
    voices = [make_tiny_voice(tmp_path / f"{n}.onnx", "fr_FR") for n in "ab"]
    cut_off(voices[1])
    station = house.real_tts(voices, keep=1)
    await house.start()
    for _ in range(2):
        error = only_error(await client.speak(TEXT, voice={"name": "b"}))
        assert error.data["code"] == "model-missing"
    assert sound(await client.speak(TEXT))
    assert station.worker.restarts == 0
    await eventually(lambda: station.worker.status.missing)
    assert await offered(client) == {"a": True, "b": False}


async def test_nobody_waits_for_a_voice_that_the_hub_does_not_send(
    house: House, client: Client, tiny_voices: list[Path], monkeypatch
) -> None:
    asked, gone = asyncio.Event(), asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
        asked.set()
        while await reader.read(1000):
            pass
        gone.set()
        writer.close()

    hub = await asyncio.start_server(silent, "127.0.0.1")
    port = hub.sockets[0].getsockname()[1]
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{port}")
    house.real_tts([Path("en_US-nobody-medium"), tiny_voices[0]])
    await house.start()
    async with asyncio.timeout(15):
        await asked.wait()
    events = await client.speak(TEXT)
    assert kinds(events) == ["audio-start", "audio-chunk", "audio-stop"]
    error = only_error(await client.speak(TEXT, voice={"language": "en"}))
    assert error.data["code"] == "model-missing"
    assert not gone.is_set()
    await house.close()
    hub.close()
    await hub.wait_closed()
