"""Speaking over real connections: sentence by sentence, failover without repetition."""

from collections.abc import AsyncIterator

import pytest
from wyoming.error import Error

from custom_components.jarvis.core import errors
from custom_components.jarvis.core.pool import Pool
from custom_components.jarvis.engines.voice import (
    AudioFormat,
    SpeakingRequest,
    VoiceNode,
    speak,
    speaking,
    split_sentences,
)
from tests.fakes.wyoming_node import CLOSE, HANG, STOP, FakeNode, info, pcm_of, serving


@pytest.fixture(autouse=True)
def _network(socket_enabled: None) -> None:
    """Let the tests reach their own servers."""


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speaking, "FIRST_AUDIO_WITHIN", 0.6)
    monkeypatch.setattr(speaking, "GAP_WITHIN", 0.3)


def pool(*nodes: FakeNode) -> Pool[VoiceNode]:
    return Pool(
        VoiceNode(name=f"node {number}", host=node.host, port=node.port)
        for number, node in enumerate(nodes, 1)
    )


async def text(*parts: str) -> AsyncIterator[str]:
    for part in parts:
        yield part


async def wishes(*texts: str, **wish: str) -> AsyncIterator[SpeakingRequest]:
    for one in texts:
        yield SpeakingRequest(
            text=one, **{"language": "fr-FR", "voice": "claire", **wish}
        )


async def heard(nodes: Pool[VoiceNode], *parts: str) -> str:
    speech = await speak(nodes, wishes(*parts))
    assert speech
    pcm = b"".join([chunk async for chunk in speech.audio])
    return pcm.decode("utf-16-le")


async def test_speaks_each_sentence_as_it_is_written() -> None:
    async with serving() as node:
        nodes = pool(node)
        speech = await speak(nodes, wishes("Bonjour. Il est midi."))
        assert speech
        assert speech.format == AudioFormat(rate=16000, width=2, channels=1)
        assert [request.text for request in node.spoken] == ["Bonjour."]
        pcm = b"".join([chunk async for chunk in speech.audio])
    assert pcm == pcm_of("Bonjour.Il est midi.")
    assert {request.voice.name for request in node.spoken if request.voice} == {
        "claire"
    }


async def test_nothing_to_say() -> None:
    async with serving() as node:
        assert await speak(pool(node), wishes("", "  \n")) is None


@pytest.mark.parametrize("cut", [0, 16, 32])
async def test_next_node_goes_on_where_speech_broke_off(cut: int) -> None:
    async with serving(speech_cut_after=cut) as first, serving() as second:
        nodes = pool(first, second)
        assert await heard(nodes, "Il est midi et demi. Bonne journée.") == (
            "Il est midi et demi.Bonne journée."
        )
    assert [request.text for request in second.spoken] == ["Il est midi et demi."]


SILENCES = [STOP, lambda text: b"", lambda text: bytes(400)]
"""What a server sends that says nothing: no audio, a format alone, only zeros."""


@pytest.mark.parametrize(
    "answer",
    [HANG, CLOSE, Error(text="full", code="busy"), Error(text="oops"), *SILENCES],
)
async def test_next_node_speaks_when_the_first_cannot(answer: object) -> None:
    async with serving(speech=answer) as first, serving() as second:
        assert await heard(pool(first, second), "Bonjour.") == "Bonjour."


async def test_a_sentence_that_is_answered_with_silence_goes_to_the_next() -> None:
    def speech(text: str) -> bytes:
        return b"" if text == "Il est midi." else pcm_of(text)

    async with serving(speech=speech) as first, serving() as second:
        said = await heard(pool(first, second), "Bonjour. Il est midi. Bonne journée.")
    assert said == "Bonjour.Il est midi.Bonne journée."
    assert [request.text for request in second.spoken] == ["Il est midi."]


async def test_a_pause_before_the_words_is_kept() -> None:
    async with serving(speech=lambda text: bytes(100) + pcm_of(text)) as node:
        assert await heard(pool(node), "Bonjour.") == "\0" * 50 + "Bonjour."


async def test_stand_in_speaks_at_the_rate_that_began() -> None:
    async with (
        serving(speech_cut_after=16) as first,
        serving(rate=8_000) as second,
    ):
        speech = await speak(pool(first, second), wishes("Une phrase entière."))
        assert speech
        assert speech.format.rate == 16_000
        pcm = b"".join([chunk async for chunk in speech.audio])
    assert len(pcm) == pytest.approx(2 * len(pcm_of("Une phrase entière.")), abs=8)


async def test_stand_in_chooses_a_voice_of_its_own() -> None:
    async with serving(speech=CLOSE) as first, serving() as second:
        nodes = pool(first, second)
        second.info = info(voices=(("tom", "fr_FR"),))
        for node in nodes:
            await node.describe()
        await heard(nodes, "Bonjour.")
    (request,) = second.spoken
    assert request.voice
    assert (request.voice.name, request.voice.language) == (None, "fr-FR")


async def test_node_without_a_voice_of_the_language_is_passed_over() -> None:
    async with serving() as french, serving() as english:
        french.info = info(voices=(("claire", "fr_FR"),))
        english.info = info(voices=(("amy", "en_GB"),))
        nodes = pool(french, english)
        for node in nodes:
            await node.describe()
        assert await speak(nodes, wishes("Hello.", language="en-GB"))
        assert await speak(nodes, wishes("Hallo.", language="de-DE"))
    assert [request.text for request in english.spoken] == ["Hello."]
    assert [request.text for request in french.spoken] == ["Hallo."]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (HANG, errors.NodeSilentError),
        *((silence, errors.NodeFailedError) for silence in SILENCES),
        (CLOSE, errors.NodeUnreachableError),
        (Error(text="?", code="busy"), errors.NodeBusyError),
        (Error(text="?", code="unsupported-voice"), errors.VoiceModelMissingError),
        (Error(text="?", code="text-too-long"), errors.TextTooLongError),
    ],
)
async def test_each_failure_has_its_error(
    answer: object, error: type[errors.JarvisError]
) -> None:
    async with serving(speech=answer) as node:
        with pytest.raises(error):
            await speak(pool(node), wishes("Bonjour."))


@pytest.mark.parametrize(
    ("parts", "sentences"),
    [
        (["Un. Deux! Trois?"], ["Un.", "Deux!", "Trois?"]),
        (["Il fait 21", ".5 degrés. Oui."], ["Il fait 21.5 degrés.", "Oui."]),
        (["M. Dupont est là. Bien."], ["M. Dupont est là.", "Bien."]),
        (["« Bonjour ! » dit-il. Fin."], ["« Bonjour ! »", "dit-il.", "Fin."]),
        (["Voir example.org."], ["Voir example.org."]),
        (["Il fait 21 °C. Bien."], ["Il fait 21 °C.", "Bien."]),
        (["Il a vu J. Dupont. Bien."], ["Il a vu J. Dupont.", "Bien."]),
        (["a\nb\n"], ["a", "b"]),
        (["", " "], []),
        (["x" * 30], ["x" * 24, "x" * 6]),
        (["des mots, et encore des mots"], ["des mots,", "et encore des mots"]),
        (["aaaaaaaaaa bbbbbbbbbb cccc"], ["aaaaaaaaaa bbbbbbbbbb", "cccc"]),
    ],
)
async def test_split_sentences(parts: list[str], sentences: list[str]) -> None:
    assert [s async for s in split_sentences(text(*parts), longest=24)] == sentences
