"""Each thing that can go wrong at the wire becomes one error of our tree, in time."""

import asyncio
import json
import time
from base64 import b64decode
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest

from custom_components.jarvis.core.errors import (
    ModelNotFoundError,
    ModelServerAuthError,
    ModelServerBusyError,
    ModelServerError,
    ModelServerSilentError,
    ModelServerUnreachableError,
    PoolEmptyError,
)
from custom_components.jarvis.core.pool import Pool
from custom_components.jarvis.engines.llm import (
    ChatDelta,
    ChatDone,
    ChatEvent,
    ChatFailed,
    ChatLimits,
    ChatModel,
    ChatRequest,
    Message,
    OllamaModel,
    Role,
    ToolSpec,
    chat_over,
)
from tests.fakes.ollama import (
    Break,
    Call,
    Cut,
    FakeOllama,
    Raw,
    Refuse,
    Say,
    Stall,
    Step,
    Think,
    Wait,
)

HURRIED = ChatLimits(first_token=1.5, between_tokens=1.5, total=6.0)
REQUEST = ChatRequest(messages=[Message(role=Role.USER, content="Bonjour")])

pytestmark = pytest.mark.usefixtures("socket_enabled")


@pytest.fixture
async def model(ollama: FakeOllama) -> AsyncGenerator[OllamaModel]:
    chat_model = OllamaModel(url=ollama.url, model="qwen3:4b")
    yield chat_model
    await chat_model.close()
    # httpx leaves the line reader of a stream that was not read to its end to the
    # garbage collector, which closes it in a task of its own.
    await asyncio.sleep(0.01)


@pytest.fixture
async def pool(
    model: OllamaModel, second: FakeOllama
) -> AsyncGenerator[Pool[ChatModel]]:
    other = OllamaModel(url=second.url, model="qwen3:4b")
    yield Pool([model, other])
    await other.close()


async def text_of(stream: AsyncGenerator[ChatEvent]) -> str:
    async with aclosing(stream) as events:
        return "".join(
            [event.text async for event in events if isinstance(event, ChatDelta)]
        )


@pytest.mark.parametrize(
    ("step", "error"),
    [
        (Refuse(404, "model 'qwen3:4b' not found"), ModelNotFoundError),
        (Refuse(404, "page not found"), ModelServerError),
        (Refuse(401), ModelServerAuthError),
        (Refuse(403), ModelServerAuthError),
        (Refuse(429), ModelServerBusyError),
        (Refuse(503), ModelServerBusyError),
        (Refuse(500), ModelServerError),
        (Cut(), ModelServerUnreachableError),
        (Stall(), ModelServerSilentError),
        (Break("llama runner process has terminated"), ModelServerError),
        (Raw(b"<html>not Ollama</html>\n"), ModelServerError),
        (Raw(b'{"answer": 42}\n'), ModelServerError),
    ],
)
async def test_failure_before_the_first_token(
    ollama: FakeOllama, model: OllamaModel, step: Step, error: type[ModelServerError]
) -> None:
    ollama.queue(step)
    with pytest.raises(error) as caught:
        await text_of(model.chat(REQUEST, HURRIED))
    assert type(caught.value) is error
    assert caught.value.placeholders["server"] == ollama.server


@pytest.mark.parametrize(
    ("step", "error"),
    [
        (Cut(), ModelServerUnreachableError),
        (Stall(), ModelServerSilentError),
        (Break("out of memory"), ModelServerError),
        (Raw(b'{"message": {"con'), ModelServerError),
    ],
)
async def test_failure_in_mid_stream(
    ollama: FakeOllama, model: OllamaModel, step: Step, error: type[ModelServerError]
) -> None:
    ollama.queue(Say("Il était"), step)
    said: list[str] = []

    async def listen() -> None:
        async for event in model.chat(REQUEST, HURRIED):
            assert isinstance(event, ChatDelta)
            said.append(event.text)

    with pytest.raises(error):
        await listen()
    assert said == ["Il", " était"]


async def test_nobody_listens(ollama: FakeOllama, model: OllamaModel) -> None:
    await ollama.stop()
    for attempt in (model.check(), model.warm(), text_of(model.chat(REQUEST, HURRIED))):
        with pytest.raises(ModelServerUnreachableError):
            await attempt


async def test_address_that_never_answers_is_left_in_time() -> None:
    lost = OllamaModel(url="http://127.0.0.1:9", model="qwen3:4b")
    start = time.monotonic()
    with pytest.raises(ModelServerUnreachableError):
        await lost.check()
    assert time.monotonic() - start < 4
    await lost.close()


async def test_total_time_is_kept_though_words_come(
    ollama: FakeOllama, model: OllamaModel
) -> None:
    ollama.queue(*[step for _ in range(40) for step in (Say("encore"), Wait(0.1))])
    limits = ChatLimits(first_token=1, between_tokens=1, total=0.5)
    with pytest.raises(ModelServerSilentError):
        await text_of(model.chat(REQUEST, limits))


async def test_given_up_answer_is_cancelled_at_the_server(
    ollama: FakeOllama, model: OllamaModel
) -> None:
    ollama.queue(Say("un"), Stall())
    async with aclosing(model.chat(REQUEST, HURRIED)) as events:
        async for _event in events:
            break
    async with asyncio.timeout(5):
        await ollama.chats[0].done.wait()
    assert ollama.chats[0].cancelled


async def test_model_without_tools_is_asked_without(
    ollama: FakeOllama, model: OllamaModel
) -> None:
    tool = ToolSpec(name="lamp", parameters={"type": "object", "properties": {}})
    request = ChatRequest(messages=REQUEST.messages, tools=[tool])
    ollama.queue(Refuse(400, "registry.ollama.ai/gemma does not support tools"))
    ollama.queue(Say("Sans outils."))
    ollama.queue(Say("Encore."))
    assert await text_of(model.chat(request, HURRIED)) == "Sans outils."
    assert await text_of(model.chat(request, HURRIED)) == "Encore."
    assert [bool(chat.json.get("tools")) for chat in ollama.chats] == [
        True,
        False,
        False,
    ]


async def test_model_that_cannot_think_is_asked_without(ollama: FakeOllama) -> None:
    model = OllamaModel(url=ollama.url, model="qwen3:4b", think=True)
    ollama.queue(Refuse(400, '"llama3.2" does not support thinking'))
    ollama.queue(Say("Tout de suite."))
    ollama.queue(Say("Encore."))
    assert await text_of(model.chat(REQUEST, HURRIED)) == "Tout de suite."
    assert await text_of(model.chat(REQUEST, HURRIED)) == "Encore."
    assert [chat.json["think"] for chat in ollama.chats] == [True, False, False]
    await model.close()


async def test_model_that_can_neither_is_asked_without_both(ollama: FakeOllama) -> None:
    model = OllamaModel(url=ollama.url, model="qwen3:4b", think=True)
    tool = ToolSpec(name="lamp", parameters={"type": "object", "properties": {}})
    request = ChatRequest(messages=REQUEST.messages, tools=[tool])
    ollama.queue(Refuse(400, "gemma does not support tools"))
    ollama.queue(Refuse(400, "gemma does not support thinking"))
    ollama.queue(Say("Voilà."))
    assert await text_of(model.chat(request, HURRIED)) == "Voilà."
    await model.close()


async def test_refusal_that_does_not_end_is_an_error(
    ollama: FakeOllama, model: OllamaModel
) -> None:
    tool = ToolSpec(name="lamp", parameters={"type": "object", "properties": {}})
    request = ChatRequest(messages=REQUEST.messages, tools=[tool])
    ollama.handler = lambda body: [Refuse(400, "gemma does not support tools")]
    with pytest.raises(ModelServerError):
        await text_of(model.chat(request, HURRIED))
    assert len(ollama.chats) == 2


async def test_request_on_the_wire(ollama: FakeOllama) -> None:
    model = OllamaModel(
        url=ollama.url, model="qwen3:4b", api_key="secret", keep_alive=-1
    )
    ollama.queue(Say("Oui."))
    await text_of(model.chat(REQUEST, HURRIED))
    await model.close()
    assert json.loads(ollama.chats[0].body) == {
        "model": "qwen3:4b",
        "messages": [{"role": "user", "content": "Bonjour"}],
        "tools": [],
        "stream": True,
        "think": False,
        "options": {"num_ctx": 8192},
        "keep_alive": -1,
    }


async def test_image_and_schema_on_the_wire(
    ollama: FakeOllama, model: OllamaModel
) -> None:
    schema = {"type": "object", "properties": {"colour": {"type": "string"}}}
    image = b"\x89PNG\r\n\x1a\n not really"
    ollama.queue(Say('{"colour": "blue"}'))
    message = Message(role=Role.USER, content="What colour?", images=(image, image))
    request = ChatRequest(messages=[message], schema=schema)
    assert await text_of(model.chat(request, HURRIED)) == '{"colour": "blue"}'
    body = ollama.chats[0].json
    assert [b64decode(sent) for sent in body["messages"][0]["images"]] == [image, image]
    assert body["format"] == schema


async def test_thoughts_are_not_words(ollama: FakeOllama) -> None:
    model = OllamaModel(url=ollama.url, model="qwen3:4b", think=True)
    ollama.queue(Think("the user greets me"), Say("Bonjour à toi."))
    events = [event async for event in model.chat(REQUEST, HURRIED)]
    deltas = [event for event in events if isinstance(event, ChatDelta)]
    assert "".join(delta.text for delta in deltas) == "Bonjour à toi."
    assert "".join(delta.thinking for delta in deltas) == "the user greets me"
    await model.close()


async def test_thinking_counts_as_a_sign_of_life(ollama: FakeOllama) -> None:
    model = OllamaModel(url=ollama.url, model="qwen3:4b", think=True)
    ollama.queue(Think("hm"), Wait(2), Say("Oui."))
    limits = ChatLimits(first_token=1.5, between_tokens=4, total=9)
    assert await text_of(model.chat(REQUEST, limits)) == "Oui."
    await model.close()


async def test_server_that_failed_twice_rests(
    ollama: FakeOllama, second: FakeOllama, pool: Pool[ChatModel]
) -> None:
    ollama.handler = lambda body: [Refuse(500)]
    second.handler = lambda body: [Say("Me voici.")]
    for _ in range(4):
        assert await text_of(chat_over(pool, REQUEST, HURRIED)) == "Me voici."
    assert (len(ollama.chats), len(second.chats)) == (2, 4)


async def test_one_that_rests_is_asked_when_nobody_else_answers(
    ollama: FakeOllama, second: FakeOllama, pool: Pool[ChatModel]
) -> None:
    ollama.handler = lambda body: [Refuse(500)]
    second.handler = lambda body: [Say("Me voici.")]
    for _ in range(3):
        await text_of(chat_over(pool, REQUEST, HURRIED))
    second.handler = lambda body: [Refuse(500)]
    ollama.handler = lambda body: [Say("De retour.")]
    assert await text_of(chat_over(pool, REQUEST, HURRIED)) == "De retour."
    first, _ = pool
    assert pool.breaker(first).failures == 0


async def test_given_up_answer_of_a_pool_is_cancelled_at_its_server(
    ollama: FakeOllama, second: FakeOllama, pool: Pool[ChatModel]
) -> None:
    ollama.queue(Refuse(503))
    second.queue(Say("un"), Stall())
    async with aclosing(chat_over(pool, REQUEST, HURRIED)) as events:
        async for event in events:
            if isinstance(event, ChatDelta):
                break
    async with asyncio.timeout(5):
        await second.chats[0].done.wait()
    assert second.chats[0].cancelled
    assert [breaker.failures for breaker in map(pool.breaker, pool)] == [1, 0]


async def test_empty_pool() -> None:
    with pytest.raises(PoolEmptyError):
        await text_of(chat_over(Pool(), REQUEST, HURRIED))


async def test_next_server_answers(
    ollama: FakeOllama, second: FakeOllama, pool: Pool[ChatModel]
) -> None:
    ollama.queue(Refuse(500))
    second.queue(Say("Me voici."))
    assert await text_of(chat_over(pool, REQUEST, HURRIED)) == "Me voici."
    first, other = pool
    assert pool.breaker(first).failures == 1
    assert pool.breaker(other).failures == 0


async def test_who_failed_and_who_answered_is_told(
    ollama: FakeOllama, second: FakeOllama, pool: Pool[ChatModel]
) -> None:
    ollama.queue(Refuse(503))
    second.queue(Say("Me voici."))
    events = [event async for event in chat_over(pool, REQUEST, HURRIED)]
    failed, done = events[0], events[-1]
    assert isinstance(failed, ChatFailed)
    assert (failed.server, failed.model) == (ollama.server, "qwen3:4b")
    assert failed.error.key == "model_server_busy"
    assert isinstance(done, ChatDone)
    assert (done.server, done.model) == (second.server, "qwen3:4b")
    assert (done.prompt_tokens, done.answer_tokens) == (42, 7)


async def test_patience_is_shared_between_servers(
    ollama: FakeOllama, second: FakeOllama, pool: Pool[ChatModel]
) -> None:
    ollama.queue(Stall())
    second.queue(Stall())
    limits = ChatLimits(first_token=2, between_tokens=9, total=9)
    start = time.monotonic()
    with pytest.raises(ModelServerSilentError) as caught:
        await text_of(chat_over(pool, REQUEST, limits))
    # Two seconds for both, not for each.
    assert 1.9 < time.monotonic() - start < 3.8
    assert caught.value.placeholders["server"] == ollama.server


async def test_next_server_continues_what_was_said(
    ollama: FakeOllama, second: FakeOllama, pool: Pool[ChatModel]
) -> None:
    ollama.queue(Say("Il était une"), Cut())
    second.queue(Say(" fois."))
    assert await text_of(chat_over(pool, REQUEST, HURRIED)) == "Il était une fois."
    assert second.chats[0].json["messages"][1:] == [
        {"role": "assistant", "content": "Il était une"}
    ]


async def test_tools_that_run_are_not_asked_for_twice(
    ollama: FakeOllama, second: FakeOllama, pool: Pool[ChatModel]
) -> None:
    ollama.queue(Call("lamp"), Cut())
    async with aclosing(chat_over(pool, REQUEST, HURRIED)) as events:
        call, failed = [event async for event in events]
    assert isinstance(call, ChatDelta)
    assert isinstance(failed, ChatFailed)
    assert second.chats == []
    assert pool.breaker(next(iter(pool))).failures == 1
