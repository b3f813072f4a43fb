"""Mutated event streams: no crash, no hang, no growth; each found case stays."""

import asyncio

import pytest

from tests.wyoming_servers.fakes.fuzz import Range, run

START = b'{"type":"synthesize-start"}\n'
AUDIO = b'{"type":"audio-start","data":{"rate":16000,"width":2,"channels":1}}\n'
FOUND = [
    # `data` that is false but no object was taken for an empty one.
    b'{"type": "ping", "data": []}\n',
    # A lone surrogate is legal JSON; echoing it must not fail.
    b'{"type": "ping", "data": {"text": "\\ud800"}}\n',
    # A request in the middle of another one waited for itself.
    START + AUDIO,
    AUDIO + b'{"type":"synthesize","data":{"text":"x"}}\n',
    # A context that is no object.
    b'{"type":"transcribe","data":{"context":1}}\n' + AUDIO,
    b'{"type":"synthesize","data":{"text":"x","context":[1]}}\n',
    # An object deeper than Python's stack.
    b'{"type": "ping", "data": ' + b'{"a":' * 2000,
    # An integer longer than Python wants to convert.
    b'{"type": "ping", "data_length": ' + b"9" * 5000 + b"}\n",
]


@pytest.mark.parametrize("raw", FOUND, ids=range(len(FOUND)))
async def test_cases_that_once_failed(raw: bytes) -> None:
    where = Range()
    await where.open()
    await where.throw(raw)
    await where.is_sound()
    await where.close()


async def test_mutated_streams() -> None:
    codes = await asyncio.wait_for(run(600, seed=1), 100)
    assert {"protocol", "unsupported-audio"} <= set(codes)
