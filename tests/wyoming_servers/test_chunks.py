"""Sound that comes in chunks while its sentence is still being decoded."""

import logging
import os
import resource
import shutil
from pathlib import Path

import numpy as np
import onnx
import psutil
import pytest

from tests.wyoming_servers.fakes.client import Client, kinds, sound
from tests.wyoming_servers.fakes.house import House
from tests.wyoming_servers.fakes.tiny_voice import HOP, RATE, make_tiny_vits
from wyoming_servers.workers.tts.level import Gain, Levels
from wyoming_servers.workers.tts.options import TtsOptions
from wyoming_servers.workers.tts.pace import Pace
from wyoming_servers.workers.tts.split import NoCutError, split
from wyoming_servers.workers.tts.voices import Voice

TEXT = "Bonjour la maison, il fait beau aujourd'hui."
LONG = " ".join(f"mot{number}" for number in range(550))
STEADY = {"noise": 0.0, "noise_width": 0.0}


def samples(pcm: bytes) -> np.ndarray:
    return np.frombuffer(pcm, "<i2").astype(int)


def spoken(voice: Voice, *, step: int, skip: int = 0, speaker: str = "") -> list[bytes]:
    """Return the chunks of the text, read so many samples at a time."""
    made = voice.sound(TEXT, speaker or None)
    made.skip(skip)
    chunks: list[bytes] = []
    while made.samples:
        left = made.samples
        chunks.append(made.read(step))
        assert len(chunks[-1]) == 2 * (left - made.samples)
    return chunks


@pytest.mark.parametrize("step", [1, 100, 2000, 10_000, 1_000_000])
@pytest.mark.parametrize("speaker", ["", "bob"])
def test_chunks_together_are_the_sentence_decoded_at_once(
    tmp_path: Path, tiny_vits: list[Path], speaker: str, step: int
) -> None:
    model = tiny_vits[bool(speaker)]
    options = {"data_dir": str(tmp_path), "volume": 0.8, **STEADY}
    whole = Voice(model, TtsOptions(**options, stream_decoder=False))
    [wanted] = spoken(whole, step=step, speaker=speaker)
    voice = Voice(model, TtsOptions(**options))
    assert voice.streams
    assert not whole.streams
    # The first sentence of a speaker is decoded at once: it tells the level.
    [first] = spoken(voice, step=step, speaker=speaker)
    chunks = spoken(voice, step=step, speaker=speaker)
    assert len(chunks) == -(-len(wanted) // 2 // (-(-step // HOP) * HOP))
    for made in (first, b"".join(chunks)):
        assert len(made) == len(wanted)
        assert np.abs(samples(made) - samples(wanted)).max() <= 1
    rest = b"".join(spoken(voice, step=step, skip=4321, speaker=speaker))
    assert len(rest) == len(wanted) - 2 * 4321
    assert np.abs(samples(rest) - samples(wanted)[4321:]).max() <= 1


def test_a_voice_is_cut_once(tmp_path: Path) -> None:
    options = TtsOptions(data_dir=str(tmp_path))
    model = make_tiny_vits(tmp_path / "fr.onnx", "fr_FR")
    assert Voice(model, options).streams
    [about] = tmp_path.glob("parts/*/about.json")
    cut_at = about.stat().st_mtime_ns
    assert Voice(model, options).streams
    assert about.stat().st_mtime_ns == cut_at
    # Another voice under the same name.
    make_tiny_vits(model, "fr_FR", ("anna", "bob"))
    voice = Voice(model, options)
    assert voice.streams
    assert set(voice.speakers) == {"anna", "bob"}
    assert voice.sound(TEXT, "bob").read(1000)
    assert list(tmp_path.glob("parts/*/about.json")) == [about]
    assert not list(tmp_path.glob("parts/.*"))


@pytest.mark.parametrize(
    "name", ["encoder.onnx", "upper.onnx", "lower.onnx", "about.json"]
)
def test_broken_parts_are_made_again(
    tmp_path: Path, tiny_vits: list[Path], name: str
) -> None:
    options = TtsOptions(data_dir=str(tmp_path))
    Voice(tiny_vits[0], options)
    [file] = tmp_path.glob(f"parts/*/{name}")
    good = file.read_bytes()
    file.write_bytes(good[: len(good) // 2])
    assert Voice(tiny_vits[0], options).streams
    assert file.read_bytes() == good


def test_a_voice_that_cannot_be_cut_speaks_sentence_by_sentence(
    tmp_path: Path, tiny_voices: list[Path], caplog: pytest.LogCaptureFixture
) -> None:
    options = TtsOptions(data_dir=str(tmp_path))
    for _ in range(2):
        voice = Voice(tiny_voices[0], options)
        assert not voice.streams
        assert spoken(voice, step=100)
    [about] = tmp_path.glob("parts/*/about.json")
    assert "no upsampling decoder" in about.read_text()
    assert not [r for r in caplog.records if r.levelno >= logging.WARNING]


def test_without_room_for_the_parts_it_speaks_all_the_same(
    tmp_path: Path, tiny_vits: list[Path], caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "file"
    file.touch()
    assert spoken(Voice(tiny_vits[0], TtsOptions(data_dir=str(file))), step=100)
    assert "spoken sentence by sentence" in caplog.text
    assert "Not a directory" in caplog.text
    caplog.clear()
    # A disk that takes no more than 2 kB.
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2048, before[1]))
    try:
        voice = Voice(tiny_vits[0], TtsOptions(data_dir=str(tmp_path)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not voice.streams
    assert spoken(voice, step=100)
    assert "File too large" in caplog.text
    assert not list((tmp_path / "parts").iterdir())


def test_what_a_killed_worker_left_is_cleared_away(
    tmp_path: Path, tiny_vits: list[Path]
) -> None:
    old, young = [tmp_path / "parts" / f".unfinished-{n}" for n in ("old", "young")]
    for folder in (old, young):
        folder.mkdir(parents=True)
        (folder / "encoder.onnx").touch()
    os.utime(old, (0, 0))
    assert Voice(tiny_vits[0], TtsOptions(data_dir=str(tmp_path))).streams
    assert not old.exists()
    assert young.exists()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("far", "its decoder has a Softmax"),
        ("scales", "the decoder reads scales"),
        ("around", "goes around the upsampling"),
        ("longer", "changes the length"),
    ],
)
def test_a_decoder_that_cannot_be_cut_is_left_whole(
    tiny_vits: list[Path], change: str, why: str
) -> None:
    model = onnx.load(tiny_vits[0])
    nodes = model.graph.node
    ups = [node for node in nodes if node.op_type == "ConvTranspose"]
    match change:
        case "far":
            [tanh] = [node for node in nodes if node.op_type == "Tanh"]
            tanh.op_type = "Softmax"
        case "scales":
            [tanh] = [node for node in nodes if node.op_type == "Tanh"]
            tanh.op_type = "Mul"
            tanh.input.append("scales")
        case "around":
            [tanh] = [node for node in nodes if node.op_type == "Tanh"]
            tanh.op_type = "Mul"
            tanh.input.append(ups[0].output[0])
        case "longer":
            [pads] = [a for a in ups[1].attribute if a.name == "pads"]
            pads.ints[0] = 0
    with pytest.raises(NoCutError, match=why):
        split(model)


def test_chunks_grow_as_fast_as_the_listener_allows() -> None:
    slow, fast = Pace(), Pace()
    assert slow.seconds == fast.seconds == 0.25
    slow.made(0.25, 60.0)
    fast.made(0.25, 0.01)
    assert (slow.seconds, fast.seconds) == (0.5, 1.5)
    for _ in range(3):
        slow.made(slow.seconds, 60.0)
    assert slow.seconds == 1.5


def test_a_louder_place_turns_the_gain_down_before_it_comes() -> None:
    gain = Gain(0.5)
    quiet = np.full(1000, 0.4, np.float32)
    assert gain.scale(quiet) == pytest.approx(0.8)
    loud = np.concatenate([quiet, np.full(1000, 0.8, np.float32)])
    scaled = gain.scale(loud)
    assert np.abs(scaled).max() <= 1.0
    assert scaled[1000:] == pytest.approx(1.0)
    assert scaled[0] == pytest.approx(0.8)
    assert (np.diff(scaled[:1000]) <= 0).all()
    assert gain.scale(quiet) == pytest.approx(0.5)
    assert gain.peak == pytest.approx(0.8)
    assert not Gain(0.0).scale(np.zeros(5, np.float32)).any()


def test_the_level_outlives_the_worker(tmp_path: Path) -> None:
    file = tmp_path / "levels.json"
    levels = Levels(file)
    assert levels.usual(3) is None
    levels.learn(3, 0.4)
    levels.learn(3, 0.0)
    assert levels.usual(3) == pytest.approx(0.4)
    assert Levels(file).usual(3) == pytest.approx(0.4)
    levels.learn(3, 0.8)
    assert levels.usual(3) == pytest.approx(0.6)
    levels.learn(3, 0.4)
    assert levels.usual(3) == pytest.approx(0.58)
    assert Levels(file).usual(3) == pytest.approx(0.6)
    file.write_text("[1]")
    assert Levels(file).usual(3) is None
    shutil.rmtree(tmp_path)
    levels.learn(3, 0.8)


def test_a_short_sentence_does_not_change_the_level(
    tmp_path: Path, tiny_vits: list[Path]
) -> None:
    voice = Voice(tiny_vits[0], TtsOptions(data_dir=str(tmp_path)))
    # Such as the supervisor's checks.
    assert voice.sound("a").read(1)
    assert not list(tmp_path.glob("parts/*/levels.json"))
    voice.warm_up()
    [file] = tmp_path.glob("parts/*/levels.json")
    level = file.read_bytes()
    for _ in range(30):
        voice.sound("a").read(RATE)
    assert file.read_bytes() == level


async def test_the_first_chunk_comes_alone(
    house: House, client: Client, tiny_vits: list[Path]
) -> None:
    house.real_tts(tiny_vits[:1])
    await house.start()
    await client.speak(TEXT)
    events = await client.speak(TEXT)
    assert kinds(events) == ["audio-start", "audio-chunk", "audio-stop"]
    first = next(event for event in events if event.type == "audio-chunk")
    assert len(first.payload or b"") / 2 / RATE == pytest.approx(0.25, abs=0.01)
    assert len(sound(events)) / 2 / RATE > 1.0


async def test_sound_goes_on_where_a_worker_was_lost_in_mid_sentence(
    house: House, client: Client, tiny_vits: list[Path]
) -> None:
    station = house.real_tts(tiny_vits[:1], **STEADY)
    await house.start()
    whole = sound(await client.speak(LONG))
    assert station.worker.pid is not None
    process = psutil.Process(station.worker.pid)
    async with client.talk() as talk:
        await talk.send("synthesize", text=LONG)
        events = await talk.until("audio-chunk")
        # The client does not read on, so the worker is in the middle of the text.
        await house.patient_for(0.3)
        process.kill()
        events += await talk.until("audio-stop", "error")
    assert station.worker.restarts == 1
    assert kinds(events) == ["audio-start", "audio-chunk", "audio-stop"]
    assert len(sound(events)) == pytest.approx(len(whole), abs=8)
    # Only the level may differ, and nothing is shifted or said twice.
    both = samples(whole)[: len(sound(events)) // 2], samples(sound(events))
    least = min(map(len, both))
    assert np.corrcoef(both[0][:least], both[1][:least])[0, 1] > 0.9
