"""Pictures only go to models that see them."""

from contextlib import aclosing

import pytest

from custom_components.jarvis.core.errors import (
    ModelSeesNothingError,
    ModelServerBusyError,
)
from custom_components.jarvis.core.pool import Pool
from custom_components.jarvis.engines.llm import (
    ChatLimits,
    ChatModel,
    ChatRequest,
    Message,
    OllamaModel,
    Role,
    chat_over,
)
from tests.fakes.ollama import FakeOllama, Refuse, Say

PICTURE = Message(role=Role.USER, content="What is this?", images=(b"\x89PNG",))
REQUEST = ChatRequest(messages=[PICTURE])


@pytest.fixture
def second(second: FakeOllama) -> FakeOllama:
    second.abilities.append("vision")
    return second


async def look(*servers: FakeOllama) -> tuple[str, Pool[ChatModel]]:
    """Ask what is on a picture; return the answer and the pool that was asked."""
    models = [OllamaModel(url=s.url, model="qwen3:4b", verify=False) for s in servers]
    pool: Pool[ChatModel] = Pool(models)
    try:
        async with aclosing(chat_over(pool, REQUEST, ChatLimits())) as events:
            texts = [getattr(event, "text", "") async for event in events]
    finally:
        for model in models:
            await model.close()
    return "".join(texts), pool


@pytest.mark.parametrize(
    ("abilities", "sees"),
    [
        (["completion", "vision"], True),
        (["completion", "tools"], False),
        ([], True),  # a server too old to say
    ],
)
async def test_what_the_server_says(
    ollama: FakeOllama, abilities: list[str], sees: bool
) -> None:
    ollama.abilities = abilities
    model = OllamaModel(url=ollama.url, model="qwen3:4b", verify=False)
    assert await model.sees() is sees
    await model.close()


async def test_server_that_is_down_may_see(ollama: FakeOllama) -> None:
    await ollama.stop()
    model = OllamaModel(url=ollama.url, model="qwen3:4b", verify=False)
    assert await model.sees()
    await model.close()


async def test_who_sees_nothing_is_left_out_and_not_blamed(
    ollama: FakeOllama, second: FakeOllama
) -> None:
    second.queue(Say("A dot."))
    answer, pool = await look(ollama, second)
    assert answer == "A dot."
    assert ollama.chats == []
    assert [pool.breaker(model).failures for model in pool] == [0, 0]


async def test_nobody_sees(ollama: FakeOllama) -> None:
    with pytest.raises(ModelSeesNothingError) as caught:
        await look(ollama)
    assert caught.value.placeholders == {"server": ollama.server, "model": "qwen3:4b"}


async def test_only_one_that_sees_nothing_is_left(
    ollama: FakeOllama, second: FakeOllama
) -> None:
    second.queue(Refuse(503))
    with pytest.raises(ModelServerBusyError):
        await look(ollama, second)
