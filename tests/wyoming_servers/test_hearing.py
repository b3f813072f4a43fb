"""The hearing worker: voice gate, end of speech, hints, windows."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from wyoming.event import Event

from tests.wyoming_servers.fakes.client import FORMAT, Client, kinds, only_error
from tests.wyoming_servers.fakes.house import House
from tests.wyoming_servers.fakes.sounds import (
    EAR,
    RATE,
    no_speech,
    pcm,
    spoken,
    with_noise,
)
from wyoming_servers.errors import ProtocolError, UnsupportedLanguageError
from wyoming_servers.workers.stt.activity import find_runs, locate
from wyoming_servers.workers.stt.decode import FULL_FRAMES, Decoded, short_frames
from wyoming_servers.workers.stt.endpoint import Endpointer, silence_seconds
from wyoming_servers.workers.stt.engine import Engine
from wyoming_servers.workers.stt.options import SttOptions
from wyoming_servers.workers.stt.orders import check_language, read_order

SENTENCE = "allume la lumière du salon"
SENTENCES = (SENTENCE, "ouvre les volets de la chambre", "quelle heure est-il")


def hears_speech(audio: np.ndarray) -> bool:
    return locate(audio) is not None


def test_nobody_speaks_in_200_clips_of_noise() -> None:
    inventions = Counter(
        kind for kind, audio in map(no_speech, range(200)) if hears_speech(audio)
    )
    assert not inventions


def test_speech_is_not_lost_in_noise_of_5_decibels() -> None:
    clips = [
        with_noise(spoken(text), 5.0, number)
        for number, text in enumerate(SENTENCES * 4)
    ]
    assert all(hears_speech(clip) for clip in clips)


def test_the_cut_keeps_all_speech() -> None:
    speech = np.pad(spoken(SENTENCE), (2 * RATE, 2 * RATE))
    found = locate(speech)
    assert found is not None
    loud = np.flatnonzero(np.abs(speech) > 0.02)
    assert found.start <= loud[0]
    assert found.end >= loud[-1] - RATE // 10
    assert len(found.cut(speech)) < len(speech) - 3 * RATE


def test_speech_in_numbers() -> None:
    quiet, sure = [0.1] * 40, [0.9] * 10
    found = find_runs([*quiet, 0.4, *sure, 0.4, *quiet])
    assert found == [range(40, 52)]
    # A pause of a second and a half is one within a sentence, three seconds are not.
    assert find_runs([*sure, *quiet, *sure]) == [range(60)]
    long = quiet * 2
    assert find_runs([*sure, 0.4, *long, *sure]) == [range(11), range(91, 101)]
    assert find_runs([]) == []


async def test_what_is_said_after_a_long_pause_is_heard(
    house: House, client: Client
) -> None:
    house.real_stt(EAR)
    await house.start()
    hiss = np.random.default_rng(0).normal(0, 1e-3, 6 * RATE)
    sound = np.concatenate((spoken(SENTENCE), hiss, spoken(SENTENCES[1])))
    heard = (await client.hear(pcm(sound), language="fr"))[-1].data["text"]
    assert heard == f"{SENTENCE} {SENTENCES[1]}"


def test_an_offset_of_the_microphone_hides_no_speech() -> None:
    speech = spoken(SENTENCE)
    hiss = np.random.default_rng(0).normal(0, 1e-3, len(speech))
    for offset in (-0.4, 0.4):
        assert hears_speech((speech / 2 + hiss + offset).astype(np.float32))


@pytest.mark.parametrize("number", [4, 11, 18, 25, 32])
def test_a_hum_that_begins_in_the_middle_is_no_speech(number: int) -> None:
    kind, hum = no_speech(number)
    assert kind == "hum"
    hiss = np.random.default_rng(number).normal(0, 1e-4, RATE)
    for sound in ((hiss, hum), (hum, hiss), (hiss, hum, hiss)):
        assert not hears_speech(np.concatenate(sound).astype(np.float32))


def test_a_word_in_long_noise_is_not_lost_as_a_steady_sound() -> None:
    for number in range(4):
        word = np.pad(spoken("oui" if number < 2 else "stop"), (11 * RATE, 2 * RATE))
        assert hears_speech(with_noise(word, 5.0, 2 * number + 1))


@pytest.mark.parametrize("word", ["aggressive", "default", "relaxed"])
def test_the_end_of_speech_comes_after_the_silence_asked_for(word: str) -> None:
    speech = spoken(SENTENCE)
    end = np.flatnonzero(np.abs(speech) > 0.02)[-1] / RATE
    endpointer = Endpointer(silence_seconds(word))
    heard = [
        endpointer.feed(piece.astype(np.float32))
        for piece in np.split(np.pad(speech, (0, 2 * RATE + 7)), range(0, 80_000, 999))
    ]
    assert sum(h.started for h in heard) == 1
    first = next(h for h in heard if h.stopped)
    wanted = end + silence_seconds(word)
    assert first.milliseconds / 1000 == pytest.approx(wanted, abs=0.35)


def test_no_speech_at_all_ends_the_waiting() -> None:
    endpointer = Endpointer(0.7)
    heard = endpointer.feed(np.zeros(9 * RATE, np.float32))
    assert not heard.stopped
    heard = endpointer.feed(np.zeros(2 * RATE, np.float32))
    assert heard.stopped
    assert not heard.started
    assert silence_seconds("whatever") == silence_seconds(None) == 0.7


async def test_the_server_finds_the_end_when_it_is_asked_to(
    house: House, client: Client, tiny_whisper: Path
) -> None:
    house.real_stt(tiny_whisper)
    await house.start()
    sound = pcm(np.pad(spoken(SENTENCE), (0, 2 * RATE)))
    alone = Client(f"unix://{house.folder}/stt.sock")
    for server in (client, alone):
        async with server.talk() as talk:
            await talk.send("transcribe", vad_sensitivity="aggressive", language="fr")
            await talk.send("audio-start", **FORMAT)
            for at in range(0, len(sound), 2048):
                await talk.send("audio-chunk", sound[at : at + 2048], **FORMAT)
            # No audio-stop: the server has heard the end by itself.
            events = await talk.until("transcript", "error")
            assert kinds(events)[:2] == ["voice-started", "voice-stopped"]
            assert kinds(events)[-1] == "transcript"
            await talk.send("audio-stop")
            await talk.ping()
    async with client.talk() as talk:
        await talk.start(vad_sensitivity="aggressive", language="fr")
        await talk.chunks(sound)
        await talk.until("voice-stopped")
        # Who is told of the end may go on at once, with or without an audio-stop.
        await talk.say(sound, language="fr")
        for _ in range(2):
            assert kinds(await talk.until("transcript", "error"))[-1] == "transcript"


async def test_nobody_speaks_and_the_transcript_is_empty(
    house: House, client: Client, tiny_whisper: Path
) -> None:
    house.real_stt(tiny_whisper)
    await house.start()
    _, hum = no_speech(4)
    for sound in (bytes(2), bytes(32_000), pcm(hum)):
        events = await client.hear(sound, language="fr")
        assert kinds(events) == ["transcript-start", "transcript-stop", "transcript"]
        assert events[-1].data["text"] == ""
        assert events[-1].data["context"]["window"] == "none"


def test_the_language_may_be_any_tag() -> None:
    for tag, code in [
        ("fr", "fr"),
        ("fr-FR", "fr"),
        ("fr_CA", "fr"),
        ("EN-us", "en"),
        ("nb-NO", "no"),
        ("zh-Hans-CN", "zh"),
    ]:
        assert read_order(Event("transcribe", {"language": tag})).language == code
    for none in ("", "auto", None):
        assert read_order(Event("transcribe", {"language": none})).language is None
    check_language(None, ["fr"])
    check_language("fr", ["fr"])
    with pytest.raises(UnsupportedLanguageError):
        check_language("en", ["fr"])


def test_names_come_before_terms() -> None:
    data = {"transcript_terms": ["volet", "salon"], "transcript_names": [" salon ", ""]}
    assert read_order(Event("transcribe", data)).names == ("salon", "volet")
    with pytest.raises(ProtocolError):
        read_order(Event("transcribe", {"transcript_names": [1]}))


def test_names_hold_nothing_that_steers_the_model() -> None:
    names = ["<|endoftext|>", "salon<|translate|> bleu", "\0\n", "a\ud800b", "<|é 漢"]
    order = read_order(Event("transcribe", {"transcript_names": names}))
    assert order.names == ("salon bleu", "a b", "<|é 漢")


async def test_a_wrong_language_is_told_in_short(
    house: House, client: Client, tiny_whisper: Path
) -> None:
    house.real_stt(tiny_whisper)
    await house.start()
    error = only_error(await client.hear(bytes(2), language="x" * 200_000))
    assert error.data["code"] == "unsupported-language"
    assert len(error.data["text"]) < 300


@pytest.mark.parametrize("pcm", [b"", b"\0"])
async def test_no_sample_at_all_is_an_empty_transcript(
    house: House, client: Client, tiny_whisper: Path, pcm: bytes
) -> None:
    house.real_stt(tiny_whisper, voice_gate=False)
    await house.start()
    alone = Client(f"unix://{house.folder}/stt.sock")
    for server in (client, alone):
        async with server.talk() as talk:
            for _ in range(2):
                await talk.say(pcm, language="fr")
                events = await talk.until("transcript", "error")
                assert kinds(events)[-1] == "transcript"
                assert events[-1].data["text"] == ""


def test_windows_fit_the_sound() -> None:
    assert short_frames(300) == 400
    assert short_frames(301) == 450
    assert short_frames(2_950) == FULL_FRAMES


@pytest.mark.parametrize(
    ("changes", "doubtful", "silent"),
    [
        ({}, False, False),
        ({"text": ""}, True, False),
        ({"log_prob": -0.9}, True, False),
        ({"repeats": 3.0}, True, False),
        ({"no_speech": 0.7}, True, False),
        ({"no_speech": 0.7, "log_prob": -1.1}, True, True),
    ],
)
def test_doubt(changes: dict[str, object], doubtful: bool, silent: bool) -> None:
    sure = {
        "text": "oui",
        "language": "fr",
        "log_prob": -0.2,
        "no_speech": 0.1,
        "repeats": 1.0,
    }
    found = Decoded(**{**sure, **changes})
    assert (found.doubtful, found.silent) == (doubtful, silent)


def test_the_model_and_its_options(tiny_whisper: Path) -> None:
    options = SttOptions(
        model=str(tiny_whisper),
        languages=["de", "fr"],
        beam_size=1,
        threads=1,
        min_log_prob=-99.0,
        short_window=True,
    )
    engine = Engine(tiny_whisper, options)
    assert engine.languages == ["de", "fr"]
    noise = np.random.default_rng(0).normal(0, 0.1, RATE).astype(np.float32)
    seen: list[tuple[str, str]] = []
    heard = engine.hear(
        noise,
        language=None,
        gate=False,
        on_segment=lambda *piece: seen.append(piece) or True,
    )
    # Random weights are never sure of themselves: the full window is tried as well.
    assert heard.window == "short+full"
    assert heard.language in {"de", "fr"}
    assert seen == [(heard.text, heard.language)]
    hints = tuple(f"name number {n}" for n in range(100))
    words = engine._hotwords(hints)
    assert words.startswith("name number 0, name number 1")
    tokens = len(engine._model.hf_tokenizer.encode(words).ids)
    assert 80 < tokens <= 111
    again = engine.hear(noise, language="fr", gate=False, hints=hints)
    assert again.language == "fr"
    # One name that is too long for the prompt does not cost the others their place.
    assert engine._hotwords(("x" * 9_999, "salon")) == "salon"
    prompted = Engine(tiny_whisper, replace(options, initial_prompt="salon " * 25))
    assert 0 < len(prompted._hotwords(hints)) < len(words)
    full = Engine(tiny_whisper, replace(options, initial_prompt="salon " * 999))
    assert full.hear(noise, language="fr", gate=False, hints=hints).text


def test_what_the_model_does_not_believe_itself_is_not_said(tiny_whisper: Path) -> None:
    engine = Engine(tiny_whisper, SttOptions(beam_size=1, min_log_prob=-0.01))
    noise = np.random.default_rng(0).normal(0, 0.1, RATE).astype(np.float32)
    options = SttOptions(beam_size=1, min_log_prob=-0.01, voice_gate=False, trim=False)
    doubting = Engine(tiny_whisper, options)
    assert doubting.hear(noise, language="fr").text == ""
    assert engine.hear(noise, language="fr").window == "none"
    assert engine.hear(noise, language="fr", gate=False).text != ""


def test_long_sound_is_heard_in_several_windows(tiny_whisper: Path) -> None:
    options = SttOptions(beam_size=1, min_log_prob=-99.0, threads=2)
    engine = Engine(tiny_whisper, options)
    noise = np.random.default_rng(0).normal(0, 0.1, 31 * RATE).astype(np.float32)
    seen: list[str] = []
    heard = engine.hear(
        noise,
        language="fr",
        gate=False,
        on_segment=lambda text, _: bool(seen.append(text)),
    )
    assert heard.window == "long"
    # The listener said after the first one that it wants no more.
    assert len(seen) == 1
    assert heard.text == seen[0]
    restricted = Engine(tiny_whisper, replace(options, languages=["de", "fr"]))
    assert restricted.hear(noise, language=None, gate=False).language in {"de", "fr"}
