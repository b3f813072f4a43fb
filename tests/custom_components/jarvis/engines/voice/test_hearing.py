"""Hearing over real connections: streaming, failover, silence, the node's errors."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from wyoming.error import Error

from custom_components.jarvis.core import errors
from custom_components.jarvis.core.pool import Pool
from custom_components.jarvis.engines.voice import (
    HearingRequest,
    VoiceNode,
    hear,
    hearing,
)
from tests.fakes.wyoming_node import CLOSE, HANG, FakeNode, serving

REQUEST = HearingRequest(language="fr", names=("salon", "cuisine"))
UTTERANCE = [bytes([i]) * 320 for i in range(20)]


@pytest.fixture(autouse=True)
def _network(socket_enabled: None) -> None:
    """Let the tests reach their own servers."""


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "ANSWER_WITHIN", 1.0)
    monkeypatch.setattr(hearing, "LEAST_TIMEOUT", 0.2)


async def said(chunks: list[bytes] = UTTERANCE) -> AsyncIterator[bytes]:
    for chunk in chunks:
        await asyncio.sleep(0)
        yield chunk


def pool(*nodes: FakeNode | int) -> Pool[VoiceNode]:
    return Pool(
        VoiceNode(
            name=f"node {number}",
            host="127.0.0.1",
            port=node if isinstance(node, int) else node.port,
        )
        for number, node in enumerate(nodes, 1)
    )


async def free_port() -> int:
    async with serving() as gone:
        return gone.port


async def test_hears_what_was_said() -> None:
    async with serving() as node:
        text = await hear(pool(node), said(), REQUEST)
    assert text == "allume la lumière du salon"
    (heard,) = node.heard
    assert heard.audio == b"".join(UTTERANCE)
    assert heard.request.language == "fr"
    assert heard.request.transcript_names == ["salon", "cuisine"]
    assert heard.start
    assert (heard.start.rate, heard.start.width, heard.start.channels) == (16000, 2, 1)


async def test_streams_while_the_user_speaks() -> None:
    async with serving() as node:

        async def slow() -> AsyncIterator[bytes]:
            yield UTTERANCE[0]
            await node.got_audio.wait()
            yield UTTERANCE[1]

        assert await hear(pool(node), slow(), REQUEST)


async def test_takes_an_early_transcript() -> None:
    async with serving(early_transcript_after=640) as node:

        async def endless() -> AsyncIterator[bytes]:
            while True:
                await asyncio.sleep(0.001)
                yield UTTERANCE[0]

        assert await hear(pool(node), endless(), REQUEST)


@pytest.mark.parametrize(
    "broken",
    [
        {"fail_after_bytes": 640},
        {"transcript": CLOSE},
        {"transcript": HANG},
        {"transcript": Error(text="full", code="busy")},
        {"transcript": Error(text="no model", code="model-missing")},
        {"transcript": Error(text="bye", code="shutting-down")},
        {"transcript": Error(text="oops")},
    ],
)
async def test_next_node_hears_the_whole_utterance(broken: dict[str, object]) -> None:
    async with serving(**broken) as first, serving() as second:
        text = await hear(pool(first, second), said(), REQUEST)
    assert text == "allume la lumière du salon"
    assert second.heard[0].audio == b"".join(UTTERANCE)


async def test_next_node_takes_over_from_one_that_is_off() -> None:
    port = await free_port()
    async with serving() as second:
        assert await hear(pool(port, second), said(), REQUEST)


async def test_a_resting_node_is_not_asked_first() -> None:
    async with serving(transcript=CLOSE) as first, serving() as second:
        nodes = pool(first, second)
        for _ in range(4):
            await hear(nodes, said(), REQUEST)
    assert first.connections == 2
    assert second.connections == 4


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (HANG, errors.NodeSilentError),
        (CLOSE, errors.NodeUnreachableError),
        (Error(text="full", code="busy"), errors.NodeBusyError),
        (Error(text="many", code="too-many-clients"), errors.NodeBusyError),
        (Error(text="?", code="model-missing"), errors.VoiceModelMissingError),
        (Error(text="?", code="unsupported-language"), errors.UnsupportedLanguageError),
        (Error(text="?", code="unsupported-audio"), errors.UnsupportedAudioError),
        (Error(text="?", code="utterance-too-long"), errors.UtteranceTooLongError),
        (Error(text="?", code="deadline"), errors.NodeSilentError),
        (Error(text="?", code="new-code"), errors.NodeFailedError),
        ("  ", errors.NoSpeechError),
    ],
)
async def test_each_failure_has_its_error(
    answer: object, error: type[errors.JarvisError]
) -> None:
    async with serving(transcript=answer) as node:
        with pytest.raises(error) as caught:
            await hear(pool(node), said(), REQUEST)
    if not isinstance(answer, str):
        assert caught.value.placeholders["node"] == "node 1"


async def test_no_node_answers() -> None:
    with pytest.raises(errors.NodeUnreachableError):
        await hear(pool(await free_port()), said(), REQUEST)


async def test_no_node_at_all() -> None:
    with pytest.raises(errors.PoolEmptyError):
        await hear(pool(), said(), REQUEST)


@pytest.mark.parametrize("chunks", [[], [b""], [b"", b""]])
async def test_no_audio(chunks: list[bytes]) -> None:
    async with serving() as node:
        with pytest.raises(errors.NoSpeechError):
            await hear(pool(node), said(chunks), REQUEST)


async def test_an_error_of_the_request_is_not_the_nodes_fault() -> None:
    refusal = Error(text="?", code="unsupported-language")
    async with serving(transcript=refusal) as first, serving() as second:
        nodes = pool(first, second)
        with pytest.raises(errors.UnsupportedLanguageError):
            await hear(nodes, said(), REQUEST)
    assert second.connections == 0
    assert not nodes.breaker(nodes.ranked()[0]).failures


async def test_goes_on_when_the_client_falls_silent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hearing, "SPEECH_GAP", 0.1)

    async def broken() -> AsyncIterator[bytes]:
        yield UTTERANCE[0]
        await asyncio.sleep(600)

    async with serving() as node:
        assert await hear(pool(node), broken(), REQUEST)
    assert node.heard[0].audio == UTTERANCE[0]
