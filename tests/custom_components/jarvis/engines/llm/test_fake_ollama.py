"""The fake server answers the rest of Ollama's protocol as its client expects."""

from collections.abc import AsyncGenerator

import ollama
import pytest

from tests.fakes.ollama import FakeOllama, Refuse

pytestmark = pytest.mark.usefixtures("socket_enabled")


@pytest.fixture
async def server(socket_enabled: None) -> AsyncGenerator[FakeOllama]:
    async with FakeOllama(models=["qwen3:4b", "nomic-embed-text:latest"]) as fake:
        yield fake


@pytest.fixture
async def client(server: FakeOllama) -> AsyncGenerator[ollama.AsyncClient]:
    made = ollama.AsyncClient(host=server.url)
    yield made
    await made.close()


async def test_show(client: ollama.AsyncClient) -> None:
    shown = await client.show("qwen3:4b")
    assert "tools" in shown.capabilities
    with pytest.raises(ollama.ResponseError) as caught:
        await client.show("nothing")
    assert caught.value.status_code == 404


async def test_embed(client: ollama.AsyncClient) -> None:
    both = await client.embed("nomic-embed-text", ["un chat", "un chien"])
    one = await client.embed("nomic-embed-text", "un chat")
    assert list(both.embeddings[0]) == list(one.embeddings[0])
    assert list(both.embeddings[0]) != list(both.embeddings[1])
    assert sum(x * x for x in one.embeddings[0]) == pytest.approx(1)


async def test_ps_knows_what_is_loaded(
    server: FakeOllama, client: ollama.AsyncClient
) -> None:
    assert not (await client.ps()).models
    await client.chat("qwen3:4b", messages=[])
    assert [model.model for model in (await client.ps()).models] == ["qwen3:4b"]


async def test_requests_are_kept_byte_for_byte(
    server: FakeOllama, client: ollama.AsyncClient
) -> None:
    server.queue(Refuse(418, "short and stout"))
    with pytest.raises(ollama.ResponseError) as caught:
        await client.chat("qwen3:4b", messages=[{"role": "user", "content": "thé ?"}])
    assert caught.value.status_code == 418
    assert "thé ?" in server.chats[0].body.decode()
    assert server.chats[0].json["messages"][0]["content"] == "thé ?"


async def test_restart_on_the_same_address(
    server: FakeOllama, client: ollama.AsyncClient
) -> None:
    url = server.url
    await server.stop()
    with pytest.raises(ConnectionError):
        await client.list()
    await server.start()
    assert server.url == url
    assert len((await client.list()).models) == 2
