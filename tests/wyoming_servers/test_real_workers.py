"""The real workers with tiny models: the libraries' own code paths."""

import os
import signal
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.wyoming_servers.fakes.client import Client, kinds, only_error, sound
from tests.wyoming_servers.fakes.house import House
from tests.wyoming_servers.fakes.tiny_voice import PHONEME_SAMPLES, RATE

pytestmark = pytest.mark.process

NOISE = (np.random.default_rng(5).normal(0, 3000, 32_000)).astype("<i2").tobytes()
TEXT = "Bonjour le monde. Comment allez-vous ? Il fait beau. À demain."


@pytest.fixture
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")


async def test_hearing_with_the_real_library(
    house: House, client: Client, tiny_whisper: Path
) -> None:
    # Random weights neither hear nor believe anything: let them talk all the same.
    blunt = {"voice_gate": False, "trim": False, "min_log_prob": -99.0}
    station = house.real_stt(tiny_whisper, **blunt)
    await house.start()
    async with client.talk() as talk:
        await talk.send("describe")
        info = await talk.receive()
        assert info is not None
        [model] = info.data["asr"][0]["models"]
        assert (model["name"], model["installed"]) == ("tiny", True)
        assert {"fr", "en", "de"} <= set(model["languages"])
    first = await client.hear(NOISE, language="fr-FR", transcript_names=["Salon"])
    assert kinds(first)[-1] == "transcript"
    assert first[-1].data["language"] == "fr"
    assert first[-1].data["context"]["request_id"]
    # The same sound after a kill in between gives the same words.
    async with client.talk() as talk:
        await talk.say(NOISE, language="fr-FR", transcript_names=["Salon"])
        await house.working(station, 1)
        assert station.worker.pid is not None
        os.kill(station.worker.pid, signal.SIGKILL)
        second = await talk.until("transcript", "error")
    assert second[-1].data["text"] == first[-1].data["text"]
    assert station.worker.restarts == 1
    error = only_error(await client.hear(NOISE, language="tlh"))
    assert error.data["code"] == "unsupported-language"
    assert "fr" in error.data["details"]["languages"]


async def test_speaking_with_the_real_library(
    house: House, client: Client, tiny_voices: list[Path]
) -> None:
    station = house.real_tts(tiny_voices)
    await house.start()
    events = await client.stream([TEXT[:20], TEXT[20:]], voice={"language": "fr-FR"})
    assert kinds(events) == [
        "audio-start",
        "audio-chunk",
        "audio-stop",
        "synthesize-stopped",
    ]
    assert events[0].data["rate"] == RATE
    whole = sound(events)
    assert len(whole) > 2 * RATE
    assert len(whole) % (2 * PHONEME_SAMPLES) == 0
    assert np.abs(np.frombuffer(whole, "<i2")).max() > 10_000
    at_once = await client.speak(TEXT, voice={"language": "fr_FR"})
    assert kinds(at_once) == ["audio-start", "audio-chunk", "audio-stop"]
    assert sound(at_once) == whole
    # A kill in the middle of the stream changes nothing for the client.
    async with client.talk() as talk:
        await talk.send("synthesize-start", voice={"language": "fr"})
        await talk.send("synthesize-chunk", text=TEXT[:30])
        assert (await talk.until("audio-chunk"))[-1].type == "audio-chunk"
        assert station.worker.pid is not None
        os.kill(station.worker.pid, signal.SIGKILL)
        await talk.send("synthesize-chunk", text=TEXT[30:])
        await talk.send("synthesize-stop")
        rest = await talk.until("synthesize-stopped", "error")
    assert kinds(rest)[-2:] == ["audio-stop", "synthesize-stopped"]
    assert sound(at_once).endswith(sound(rest))
    assert station.worker.restarts == 1


async def test_voices_are_chosen_by_name_language_and_speaker(
    house: House, client: Client, tiny_voices: list[Path]
) -> None:
    house.real_tts(tiny_voices)
    await house.start()
    plain = sound(await client.speak("Hello", voice={"language": "en"}))
    anna = {"name": "en_US-tiny-test", "speaker": "anna"}
    assert sound(await client.speak("Hello", voice=anna)) == plain
    assert sound(await client.speak("Hello", voice={"name": "fr_FR-tiny-test"}))
    for voice, code in [
        ({"name": "nobody"}, "unsupported-voice"),
        ({"name": "en_US-tiny-test", "speaker": "eve"}, "unsupported-voice"),
        ({"language": "zu"}, "unsupported-language"),
    ]:
        error = only_error(await client.speak("Hello", voice=voice))
        assert error.data["code"] == code


@pytest.mark.parametrize("text", ["", "   ", "...", "?!"])
async def test_empty_text_ends_properly(
    house: House, client: Client, tiny_voices: list[Path], text: str
) -> None:
    house.real_tts(tiny_voices[:1])
    await house.start()
    events = await client.stream([text])
    assert kinds(events) == ["audio-start", "audio-stop", "synthesize-stopped"]
    assert kinds(await client.speak(text)) == ["audio-start", "audio-stop"]


def test_the_gateway_imports_no_model_library() -> None:
    """The gateway never runs a model: none of their libraries gets into its process."""
    import subprocess

    code = (
        "import sys, wyoming_servers.serve, wyoming_servers.cli;"
        "print([m for m in ('numpy', 'faster_whisper', 'ctranslate2', 'onnxruntime',"
        " 'piper', 'sentence_stream') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
