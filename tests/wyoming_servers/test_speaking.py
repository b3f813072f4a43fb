"""The speaking worker: pieces, voices, silences, memory."""

import asyncio
import re
import time
from pathlib import Path

import numpy as np
import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wyoming_servers.fakes.client import Client, kinds, sound
from tests.wyoming_servers.fakes.house import House
from tests.wyoming_servers.fakes.sounds import VOICES as TEST_VOICES
from tests.wyoming_servers.fakes.tiny_voice import RATE, make_tiny_voice
from wyoming_servers.errors import ModelMissingError, UnsupportedVoiceError, VoiceError
from wyoming_servers.workers.tts.options import TtsOptions
from wyoming_servers.workers.tts.orders import Known, SynthesizeOrder, choose
from wyoming_servers.workers.tts.sentences import Cutter
from wyoming_servers.workers.tts.voices import Voice, Voices

LONG = " ".join(f"mot{number}" for number in range(500))


def cut(*texts: str, max_chars: int = 160) -> list[str]:
    cutter = Cutter(max_chars)
    pieces = [piece for text in texts for piece in cutter.add(text)]
    return pieces + cutter.finish()


def test_sentences_are_pieces() -> None:
    text = "Bonjour. Comment ça va ? Il est 10 h. M. Dupont arrive !"
    pieces = cut(text)
    assert pieces[:2] == ["Bonjour.", "Comment ça va ?"]
    assert " ".join(pieces) == text
    assert cut(*text) == pieces


def test_a_sentence_is_given_as_soon_as_it_is_complete() -> None:
    cutter = Cutter(160)
    assert cutter.add("La lumière est ") == []
    assert cutter.add("allumée. Il") == ["La lumière est allumée."]
    assert cutter.add(" fait beau.") == []
    assert cutter.finish() == ["Il fait beau."]


def test_the_first_piece_is_a_clause() -> None:
    text = "Voici les nouvelles du jour, comme vous l'avez demandé, et la météo aussi."
    assert cut(text)[0] == "Voici les nouvelles du jour,"
    assert cut("Oui, bien sûr, avec plaisir.") == ["Oui, bien sûr, avec plaisir."]


@pytest.mark.parametrize("texts", [[LONG], list(LONG)])
def test_text_without_punctuation_is_cut_all_the_same(texts: list[str]) -> None:
    cutter = Cutter(160)
    first: int | None = None
    pieces: list[str] = []
    for given_chars, text in enumerate(texts, 1):
        pieces += cutter.add(text)
        if pieces and first is None:
            first = given_chars
    pieces += cutter.finish()
    assert first is not None
    assert first <= 121 or texts == [LONG]
    assert " ".join(pieces) == LONG
    assert len(pieces[0]) <= 100
    assert max(map(len, pieces)) <= 160


@pytest.mark.parametrize(
    "text", ["Oui. " * 40, "A. B. C. " * 30, "bonjour. et merci. " * 20]
)
def test_nothing_is_kept_for_long_until_a_sentence_ends(text: str) -> None:
    cutter = Cutter(160)
    spoken = [len("".join(cutter.add(char))) for char in text]
    assert sum(spoken[:125]) > 60
    kept = cutter._detector.current_sentence + cutter._detector.remaining_text
    assert len(kept) <= 180


def test_a_long_first_sentence_is_not_waited_for() -> None:
    text = "Voici les nouvelles du jour, comme vous l'avez demandé, et la météo au"
    assert cut(*text)[0] == "Voici les nouvelles du jour,"
    cutter = Cutter(160)
    assert cutter.add(text) == ["Voici les nouvelles du jour,"]
    # A bullet list without full stops.
    cutter = Cutter(160)
    assert cutter.add(
        "Il faut acheter du lait\n- du pain\n- des œufs frais\n- de la farine\n"
    ) == ["Il faut acheter du lait"]


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Bon\0jour\x1b à\x85tous\ud800.", "Bon jour  à\x85tous ."),
        ("Bon\u200bjour\ufeff", "Bonjour"),
        ("cafe\u0301", "café"),
        ("**Attention", "Attention"),
        ("Attention*** : 5 - 3", "Attention : 5 - 3"),
        ("5 * 3", "5 * 3"),
        ("1" * 70, " ".join(["1" * 30, "1" * 30, "1" * 10])),
        ("é" * 90, " ".join(["é" * 80, "é" * 10])),
    ],
)
def test_what_a_voice_cannot_say_as_it_is(text: str, piece: str) -> None:
    assert cut(text) == [piece]
    assert cut(*text) == [piece]


def test_a_sign_that_is_a_syllable_counts_for_three() -> None:
    assert [len(piece) for piece in cut("好" * 100)] == [33, 53, 14]


# Home Assistant's test plugin registers a random source that is soon gone.
@pytest.mark.filterwarnings("ignore:It looks like `register_random`")
@settings(max_examples=300)
@given(
    st.lists(
        st.text(st.sampled_from('aB1 .,;:!?…\n—-é中。’"*«»('), max_size=60), max_size=8
    )
)
def test_no_word_is_lost(texts: list[str]) -> None:
    def words(text: str) -> str:
        return "".join(re.findall(r"\w", text))

    pieces = cut(*texts, max_chars=40)
    assert words("".join(pieces)) == words("".join(texts))
    assert all(len(piece) <= 40 for piece in pieces)


VOICES = {
    "siwis": Known(languages=["fr_FR"], speakers=[]),
    "upmc": Known(languages=["fr_FR"], speakers=["jessica", "pierre"]),
    "quebec": Known(languages=["fr_CA"], speakers=[]),
    "lessac": Known(languages=["en_US"], speakers=[], missing="Not here."),
}


@pytest.mark.parametrize(
    ("order", "name"),
    [
        (SynthesizeOrder(), "siwis"),
        (SynthesizeOrder(name="upmc"), "upmc"),
        (SynthesizeOrder(name="upmc", speaker="pierre"), "upmc"),
        (SynthesizeOrder(name="quebec", language="en"), "quebec"),
        (SynthesizeOrder(language="fr"), "siwis"),
        (SynthesizeOrder(language="fr-CA"), "quebec"),
        (SynthesizeOrder(language="fr-BE"), "siwis"),
        (SynthesizeOrder(language="FR"), "siwis"),
        (SynthesizeOrder(language="fr", speaker="pierre"), "upmc"),
        (SynthesizeOrder(speaker="jessica"), "upmc"),
    ],
)
def test_the_choice_of_a_voice(order: SynthesizeOrder, name: str) -> None:
    assert choose(order, VOICES) == name


@pytest.mark.parametrize(
    ("order", "kind"),
    [
        (SynthesizeOrder(name="nobody"), UnsupportedVoiceError),
        (SynthesizeOrder(name="siwis", speaker="pierre"), UnsupportedVoiceError),
        (SynthesizeOrder(language="fr", speaker="anna"), UnsupportedVoiceError),
        (SynthesizeOrder(name="lessac", speaker="anna"), ModelMissingError),
        (SynthesizeOrder(language="en"), ModelMissingError),
        (SynthesizeOrder(name="lessac"), ModelMissingError),
        (SynthesizeOrder(language="zu"), VoiceError.by_code["unsupported-language"]),
    ],
)
def test_a_voice_that_cannot_be_had(
    order: SynthesizeOrder, kind: type[VoiceError]
) -> None:
    with pytest.raises(kind):
        choose(order, VOICES)


def test_the_voice_that_was_unused_longest_is_dropped(tmp_path: Path) -> None:
    voices = Voices(TtsOptions(keep=2, data_dir=str(tmp_path)))
    for name in ("a", "b", "c"):
        voices.add(name, make_tiny_voice(tmp_path / f"{name}.onnx", "fr_FR"))
    first = voices.get("a")
    voices.get("b")
    assert voices.get("a") is first
    voices.get("c")
    assert voices.loaded == ("a", "c")
    assert list(voices) == ["a", "b", "c"]
    assert voices.get("a") is first


def test_the_speed_changes_the_length_and_the_volume_the_loudness(
    tmp_path: Path,
) -> None:
    def spoken(**options: float) -> np.ndarray:
        chosen = TtsOptions(**options, data_dir=str(tmp_path))
        voice = Voice(TEST_VOICES / "fr.onnx", chosen)
        sound = voice.sound("La lumière du salon est allumée.")
        return np.frombuffer(sound.read(sound.samples), "<i2")

    plain, fast, soft = spoken(), spoken(speed=2.0), spoken(volume=0.25)
    assert len(fast) < 0.7 * len(plain)
    assert len(soft) == len(plain)
    assert np.abs(soft).max() == pytest.approx(np.abs(plain).max() / 4, rel=0.05)


async def test_silences_are_added(
    house: House, client: Client, tiny_voices: list[Path]
) -> None:
    house.real_tts(tiny_voices[:1])
    house.real_tts(tiny_voices[:1], sentence_silence=0.5, lead_silence=0.25)
    await house.start()
    plain, padded = [
        sound(
            await Client(f"unix://{house.folder}/{name}.sock").speak("Bonjour. Merci.")
        )
        for name in ("tts", "tts-1")
    ]
    assert len(padded) - len(plain) == pytest.approx(2 * 1.25 * RATE, abs=4)
    assert padded[: int(0.25 * RATE) * 2] == bytes(int(0.25 * RATE) * 2)


async def test_the_voice_that_has_the_speaker_is_taken(
    house: House, client: Client, tmp_path: Path
) -> None:
    plain = make_tiny_voice(tmp_path / "plain.onnx", "en_US")
    duo = make_tiny_voice(tmp_path / "duo.onnx", "en_US", ("anna", "bob"))
    house.real_tts([plain, duo])
    await house.start()
    named, found = [
        sound(await client.speak("Hello", voice={**which, "speaker": "bob"}))
        for which in ({"name": "duo"}, {"language": "en"})
    ]
    assert named == found != b""
    [error] = await client.speak("Hello", voice={"language": "en", "speaker": "eve"})
    assert error.data["code"] == "unsupported-voice"
    assert error.data["details"]["speakers"] == ["anna", "bob"]


async def test_speakers_sound_different(
    house: House, client: Client, tiny_voices: list[Path]
) -> None:
    house.real_tts(tiny_voices[1:], volume=0.5)
    await house.start()
    anna, bob = [
        sound(await client.speak("Hello", voice={"name": name, "speaker": speaker}))
        for name, speaker in [("en_US-tiny-test", "anna"), ("en_US-tiny-test", "bob")]
    ]
    assert len(anna) == len(bob)
    assert anna != bob


async def test_the_longest_text_comes_piece_by_piece_in_bounded_memory(
    house: House, client: Client, tiny_voices: list[Path]
) -> None:
    station = house.real_tts(tiny_voices[:1])
    await house.start()
    assert station.worker.pid is not None
    process = psutil.Process(station.worker.pid)
    before = process.memory_info().rss
    async with client.talk() as talk:
        await talk.send("synthesize", text=LONG[:4096])
        began = time.monotonic()
        await talk.until("audio-chunk")
        first = time.monotonic() - began
        rest = await talk.until("audio-stop", "error")
        whole = time.monotonic() - began
    assert kinds(rest)[-1] == "audio-stop"
    assert len(sound(rest)) > 100 * RATE
    assert first < whole / 2
    assert process.memory_info().rss - before < 60e6


@pytest.mark.parametrize("text", ["Bon\0jour le monde.", "Bonjour\ud800 le\x7f monde."])
async def test_signs_that_no_voice_takes_do_not_stop_it(
    house: House, client: Client, tiny_voices: list[Path], text: str
) -> None:
    house.real_tts(tiny_voices[:1])
    await house.start()
    for events in (await client.speak(text), await client.stream(list(text))):
        assert kinds(events)[:3] == ["audio-start", "audio-chunk", "audio-stop"]


async def test_no_digit_of_a_long_number_is_left_out(
    house: House, client: Client, tiny_voices: list[Path]
) -> None:
    house.real_tts(tiny_voices[:1])
    await house.start()
    some, more = [len(sound(await client.speak("7" * n))) for n in (30, 120)]
    assert more == pytest.approx(4 * some, rel=0.1)


async def test_the_next_piece_is_made_while_the_client_still_listens(
    house: House, client: Client, tiny_voices: list[Path]
) -> None:
    """The stream flows while text still comes: no need for its end."""
    house.real_tts(tiny_voices[:1])
    await house.start()
    async with client.talk() as talk:
        await talk.send("synthesize-start")
        for sentence in ("Un. ", "Deux. ", "Trois. "):
            await talk.send("synthesize-chunk", text=sentence)
        events = await talk.until("audio-chunk")
        assert kinds(events) == ["audio-start", "audio-chunk"]
        await asyncio.sleep(0.2)
        await talk.send("synthesize-chunk", text="Quatre.")
        await talk.send("synthesize-stop")
        rest = await talk.until("synthesize-stopped", "error")
        assert kinds(rest) == ["audio-chunk", "audio-stop", "synthesize-stopped"]
