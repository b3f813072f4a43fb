"""POST /v1/embeddings over a real gateway, worker and model."""

import base64
import io
import json
import os
import signal

import aiohttp
import numpy as np
import pytest

from tests.wyoming_servers.fakes.house import House
from wyoming_servers.gateway import Station

MODEL = "all-MiniLM-L6-v2"


async def post(
    api: aiohttp.ClientSession, **body: object
) -> tuple[int, dict[str, object]]:
    async with api.post("/v1/embeddings", json={"model": MODEL, **body}) as answer:
        return answer.status, await answer.json()


async def test_one_text_and_a_long_list(api: aiohttp.ClientSession) -> None:
    status, one = await post(api, input="Allume la lampe du salon.")
    assert status == 200
    assert (one["object"], one["model"]) == ("list", MODEL)
    texts = [f"Sentence number {number}." for number in range(70)]
    texts[40] = "Allume la lampe du salon."
    status, many = await post(api, input=texts, encoding_format="float")
    assert status == 200
    assert [row["index"] for row in many["data"]] == list(range(70))
    assert {row["object"] for row in many["data"]} == {"embedding"}
    np.testing.assert_allclose(
        many["data"][40]["embedding"], one["data"][0]["embedding"], atol=1e-5
    )
    assert many["usage"]["total_tokens"] == many["usage"]["prompt_tokens"] > 70 * 4


async def test_base64_holds_the_same_numbers(api: aiohttp.ClientSession) -> None:
    _, plain = await post(api, input=["Hello."])
    _, packed = await post(api, input=["Hello."], encoding_format="base64")
    raw = base64.b64decode(packed["data"][0]["embedding"])
    np.testing.assert_array_equal(
        np.frombuffer(raw, "<f4"),
        np.array(plain["data"][0]["embedding"], np.float32),
    )


async def test_models_are_listed(api: aiohttp.ClientSession) -> None:
    async with api.get("/v1/models") as answer:
        assert [row["id"] for row in (await answer.json())["data"]] == [MODEL]


@pytest.mark.parametrize(
    ("body", "status", "param"),
    [
        ({}, 400, "input"),
        ({"input": []}, 400, "input"),
        ({"input": ""}, 400, "input"),
        ({"input": ["ok", ""]}, 400, "input"),
        ({"input": [1, 2, 3]}, 400, "input"),
        ({"input": ["a"] * 2049}, 400, "input"),
        ({"input": "a" * 40_000}, 400, "input"),
        ({"input": "a", "model": None}, 400, "model"),
        ({"input": "a", "model": "text-embedding-3"}, 404, "model"),
        ({"input": "a", "encoding_format": "xml"}, 400, "encoding_format"),
        ({"input": "a", "dimensions": 5}, 400, "dimensions"),
    ],
)
async def test_mistakes_are_told_in_openais_shape(
    api: aiohttp.ClientSession, body: dict[str, object], status: int, param: str
) -> None:
    code, answer = await post(api, **body)
    assert code == status
    error = answer["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert (error["type"], error["param"]) == ("invalid_request_error", param)
    assert error["message"]


async def test_a_request_that_is_too_large(api: aiohttp.ClientSession) -> None:
    body = json.dumps({"model": MODEL, "input": ["a" * 30_000] * 50}).encode()
    async with api.post("/v1/embeddings", data=io.BytesIO(body)) as answer:
        assert answer.status == 413
        assert (await answer.json())["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize("raw", [b"{", b"[]", b"\xff"])
async def test_what_is_no_json_object_is_refused(
    api: aiohttp.ClientSession, raw: bytes
) -> None:
    async with api.post("/v1/embeddings", data=raw) as answer:
        assert answer.status == 400
        assert (await answer.json())["error"]["type"] == "invalid_request_error"


async def test_a_killed_worker_costs_time_only(
    house: House, station: Station, api: aiohttp.ClientSession
) -> None:
    _, before = await post(api, input="Bonne nuit.")
    assert station.worker.pid is not None
    os.kill(station.worker.pid, signal.SIGKILL)
    status, after = await post(api, input="Bonne nuit.")
    assert (status, after) == (200, before)
    assert station.worker.restarts == 1
    await house.quiet()


@pytest.mark.parametrize("text", ["\ud800", "🏠 \x00", "ﷺ" * 8000])
async def test_odd_texts_get_vectors(api: aiohttp.ClientSession, text: str) -> None:
    status, answer = await post(api, input=text)
    assert status == 200
    assert np.isfinite(answer["data"][0]["embedding"]).all()
