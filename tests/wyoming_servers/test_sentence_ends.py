"""Where a sentence ends, in the text and in the sound."""

import asyncio
from pathlib import Path

import psutil
import pytest

from tests.wyoming_servers.fakes.client import Client, sound
from tests.wyoming_servers.fakes.house import House
from tests.wyoming_servers.fakes.tiny_voice import RATE
from wyoming_servers.workers.tts.sentences import Cutter

CLAUSES = " ".join(f"mot{number}" for number in range(100)) + "."


@pytest.mark.parametrize(
    ("text", "sentences"),
    [(CLAUSES, 1), ("Oui. Bien. Merci beaucoup.", 3)],
)
async def test_silence_stands_after_sentences_only(
    house: House, client: Client, tiny_voices: list[Path], text: str, sentences: int
) -> None:
    house.real_tts(tiny_voices[:1])
    house.real_tts(tiny_voices[:1], sentence_silence=1.0)
    await house.start()
    plain, padded = [
        len(sound(await Client(f"unix://{house.folder}/{name}.sock").speak(text)))
        for name in ("tts", "tts-1")
    ]
    assert (padded - plain) / 2 / RATE == pytest.approx(sentences, abs=0.01)


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Je regarde la température.", True),
        ("Oui.", True),
        ("Yes. ", True),
        ("Vraiment ?", True),
        ("« C'est fait ! »", True),
        ("好的。", True),
        ("Voici M.", False),
        ("This is Dr.", False),
        ("Il fait 3.", False),
        ("des pommes, des poires, etc.", False),
        ("un instant", False),
        ("", False),
    ],
)
def test_a_pause_ends_only_what_reads_like_a_sentence(text: str, spoken: bool) -> None:
    cutter = Cutter(160)
    pieces = cutter.add(text)
    pieces += cutter.pause()
    assert bool(pieces) == spoken
    assert " ".join(pieces + cutter.finish()) == text.strip()


async def test_a_sentence_is_spoken_while_the_writer_pauses(
    house: House, client: Client, tiny_voices: list[Path]
) -> None:
    station = house.real_tts(tiny_voices[:1])
    await house.start()
    both = await client.speak("Je regarde la température. Il fait 20 degrés.")
    for killed in (False, True):
        async with client.talk() as talk:
            await talk.send("synthesize-start")
            await talk.send("synthesize-chunk", text="Je regarde la température.")
            events = await talk.until("audio-chunk")
            assert events[0].type == "audio-start"
            await asyncio.sleep(0.1)
            if killed:
                assert station.worker.pid is not None
                psutil.Process(station.worker.pid).kill()
            await talk.send("synthesize-chunk", text=" Il fait 20 degrés.")
            await talk.send("synthesize-stop")
            events += await talk.until("synthesize-stopped", "error")
        assert sound(events) == sound(both)
