"""The trained test ear through the whole server: words, not only events."""

import os
import signal

import numpy as np
import pytest

from tests.wyoming_servers.fakes.client import Client, only_error
from tests.wyoming_servers.fakes.house import House
from tests.wyoming_servers.fakes.sounds import EAR, RATE, pcm, spoken
from wyoming_servers.workers.stt.engine import Engine
from wyoming_servers.workers.stt.options import SttOptions

SENTENCE = "allume la lumière du salon"


async def test_a_kill_in_mid_utterance_changes_no_word(
    house: House, client: Client
) -> None:
    station = house.real_stt(EAR)
    await house.start()
    sound = pcm(spoken(SENTENCE))
    plain = await client.hear(sound, language="fr-FR")
    words = plain[-1].data["text"]
    assert len(words.split()) >= 3
    assert plain[-1].data["language"] == "fr"
    shown = "".join(e.data["text"] for e in plain if e.type == "transcript-chunk")
    assert shown.strip() == words
    for when in ("speaking", "thinking"):
        async with client.talk() as talk:
            half = len(sound) // 2
            await talk.start(language="fr-FR")
            await talk.chunks(sound[:half])
            await house.listening(half)
            if when == "speaking":
                os.kill(station.worker.pid or 0, signal.SIGKILL)
            await talk.chunks(sound[half:])
            await talk.send("audio-stop")
            if when == "thinking":
                await house.working(station, 1)
                os.kill(station.worker.pid or 0, signal.SIGKILL)
            events = await talk.until("transcript", "error")
        assert events[-1].data["text"] == words
    assert station.worker.restarts == 2


@pytest.mark.parametrize(
    ("rate", "width", "channels"),
    [(8_000, 2, 1), (16_000, 1, 1), (44_100, 2, 2), (48_000, 3, 1), (32_000, 4, 2)],
)
async def test_any_format_gives_the_same_words(
    house: House, client: Client, rate: int, width: int, channels: int
) -> None:
    from tests.wyoming_servers.test_audio import pcm as encode

    house.real_stt(EAR)
    await house.start()
    speech = spoken(SENTENCE)
    plain = (await client.hear(pcm(speech), language="fr"))[-1].data["text"]
    count = int(len(speech) * rate / RATE)
    places = np.arange(count) * RATE / rate
    other = np.repeat(np.interp(places, np.arange(len(speech)), speech), channels)
    async with client.talk() as talk:
        shape = {"rate": rate, "width": width, "channels": channels}
        await talk.send("transcribe", language="fr")
        await talk.send("audio-start", **shape)
        # An odd size: chunks may end in the middle of a sample.
        await talk.chunks(encode(np.clip(other, -1, 1), width), step=4_001, **shape)
        await talk.send("audio-stop")
        heard = (await talk.until("transcript", "error"))[-1].data["text"]
    # A narrow band costs the ear a word or two; a wrong conversion costs them all.
    assert len(set(plain.split()) & set(heard.split())) >= 2


def test_the_short_window_hears_the_same() -> None:
    full = Engine(EAR, SttOptions())
    short = Engine(EAR, SttOptions(short_window=True))
    speech = spoken(SENTENCE).astype(np.float32)
    one, two = (e.hear(speech, language="fr") for e in (full, short))
    assert one.window == "full"
    assert two.window in {"short", "short+full"}
    assert len(set(one.text.split()) & set(two.text.split())) >= 3


def test_the_language_is_found_among_the_offered_ones() -> None:
    speech = spoken(SENTENCE).astype(np.float32)
    assert Engine(EAR, SttOptions()).hear(speech, language=None).language == "fr"
    engine = Engine(EAR, SttOptions(languages=["en", "de"]))
    assert engine.hear(speech, language=None).language in {"en", "de"}


async def test_a_language_that_is_not_offered(house: House, client: Client) -> None:
    house.real_stt(EAR, languages=["fr"])
    await house.start()
    error = only_error(await client.hear(pcm(spoken(SENTENCE)), language="en"))
    assert error.data["code"] == "unsupported-language"
    async with client.talk() as talk:
        await talk.send("describe")
        info = await talk.receive()
        assert info is not None
        assert info.data["asr"][0]["models"][0]["languages"] == ["fr"]
