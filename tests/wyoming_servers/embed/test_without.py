"""What a server without an embedding worker, or with a missing model, says."""

import aiohttp
from wyoming.info import Info

from tests.wyoming_servers.fakes.house import House
from wyoming_servers.admin import Admin
from wyoming_servers.workers.embed.options import EmbedOptions


async def ask(house: House) -> tuple[int, dict[str, object]]:
    assert house.gateway is not None
    admin = Admin("127.0.0.1:0", house.gateway)
    await admin.start()
    try:
        async with (
            aiohttp.ClientSession(f"http://127.0.0.1:{admin.port}") as session,
            session.post(
                "/v1/embeddings", json={"model": "gone", "input": "a"}
            ) as answer,
        ):
            return answer.status, await answer.json()
    finally:
        await admin.stop()


async def test_no_embedding_worker(house: House) -> None:
    house.fake("stt")
    await house.start()
    status, answer = await ask(house)
    assert status == 404
    assert answer["error"]["code"] == "model_not_found"


async def test_a_missing_model(house: House) -> None:
    options = EmbedOptions(model="./gone", data_dir=str(house.folder))
    station = house._add(house._program("embed", options), Info(), {})
    await house.start(wait=False)
    await house.until(station, "missing")
    status, answer = await ask(house)
    assert status == 503
    assert answer["error"]["type"] == "server_error"
    assert answer["error"]["code"] == "model-missing"
    assert "tokenizer.json" in answer["error"]["message"]
