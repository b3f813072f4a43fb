"""A prompt is counted as its server counts, and never longer than the context."""

from collections.abc import AsyncGenerator, Sequence
from typing import Any

import pytest

from custom_components.jarvis.core.errors import PromptTooLongError
from custom_components.jarvis.core.pool import Pool
from custom_components.jarvis.engines.llm import (
    ChatDelta,
    ChatLimits,
    ChatModel,
    ChatRequest,
    Message,
    OllamaModel,
    Role,
    ToolCall,
    ToolSpec,
    chat_over,
)
from tests.fakes.ollama import FakeOllama, Say

pytestmark = pytest.mark.usefixtures("socket_enabled")

LIMITS = ChatLimits(first_token=5, between_tokens=5, total=9)
RULES = Message(role=Role.SYSTEM, content="Always be kind. " * 20)
LAMP = ToolSpec(name="lamp", parameters={"type": "object", "properties": {}})
IMAGE = b"\x89PNG\r\n\x1a\n" + b"0" * 100


@pytest.fixture
async def server(socket_enabled: None) -> AsyncGenerator[FakeOllama]:
    async with FakeOllama() as fake:
        fake.handler = lambda body: [Say("Bien.")]
        yield fake


async def ask(model: ChatModel, *messages: Message) -> str:
    request = ChatRequest(messages=messages, tools=[LAMP])
    return "".join(
        [
            event.text
            async for event in model.chat(request, LIMITS)
            if isinstance(event, ChatDelta)
        ]
    )


def turn(number: int, words: int = 40) -> Sequence[Message]:
    """Make a turn in which a tool was called."""
    return [
        Message(role=Role.USER, content=f"question {number} " + "why " * words),
        Message(role=Role.ASSISTANT, tool_calls=(ToolCall(name="lamp"),)),
        Message(role=Role.TOOL, tool_name="lamp", content=f"result {number} " * words),
        Message(role=Role.ASSISTANT, content=f"answer {number} " + "so " * words),
    ]


def chat(count: int) -> list[Message]:
    history = [message for number in range(count) for message in turn(number)]
    return [RULES, *history, Message(role=Role.USER, content="the last question")]


def sent(server: FakeOllama) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = server.chats[-1].json["messages"]
    return messages


async def test_what_the_server_counts_is_learned(server: FakeOllama) -> None:
    server.tokens_per_byte = 0.5
    model = OllamaModel(url=server.url, model="qwen3:4b")
    request = ChatRequest(messages=chat(3), tools=[LAMP])
    before = model.count(request)
    await ask(model, *request.messages)
    counted = server.tokens(server.chats[0].json)
    assert before < 0.8 * counted
    assert model.count(request) == pytest.approx(counted, rel=0.05)
    await model.close()


async def test_a_count_that_comes_down_is_believed_slowly(server: FakeOllama) -> None:
    model = OllamaModel(url=server.url, model="qwen3:4b")
    request = ChatRequest(messages=chat(3), tools=[LAMP])
    guessed = model.count(request)
    server.tokens_per_byte = 0.2
    await ask(model, *request.messages)
    once = model.count(request)
    counted = server.tokens(server.chats[0].json)
    assert counted < once < guessed
    for _ in range(15):
        await ask(model, *request.messages)
    assert model.count(request) == pytest.approx(counted, rel=0.1)
    await model.close()


async def test_a_count_of_what_was_not_cached_teaches_nothing(
    server: FakeOllama,
) -> None:
    model = OllamaModel(url=server.url, model="qwen3:4b")
    request = ChatRequest(messages=chat(3))
    guessed = model.count(request)
    server.tokens_per_byte = 0.01
    await ask(model, *request.messages)
    assert model.count(request) == guessed
    await model.close()


async def test_images_count(server: FakeOllama) -> None:
    model = OllamaModel(url=server.url, model="qwen3:4b")
    plain = Message(role=Role.USER, content="what is this?")
    seen = Message(role=Role.USER, content="what is this?", images=(IMAGE, IMAGE))
    one, other = (model.count(ChatRequest(messages=[m])) for m in (plain, seen))
    assert other - one >= 2 * 256
    await model.close()


async def test_what_fits_is_sent_as_it_is(
    server: FakeOllama, caplog: pytest.LogCaptureFixture
) -> None:
    model = OllamaModel(url=server.url, model="qwen3:4b", context_length=8192)
    await ask(model, *chat(4))
    assert len(sent(server)) == 2 + 4 * 4
    assert "shortened" not in caplog.text
    await model.close()


async def test_results_of_earlier_turns_go_first(
    server: FakeOllama, caplog: pytest.LogCaptureFixture
) -> None:
    model = OllamaModel(url=server.url, model="qwen3:4b", context_length=2048)
    await ask(model, *chat(6))
    messages = sent(server)
    assert [m["role"] for m in messages].count("user") == 7
    results = [m["content"] for m in messages if m["role"] == "tool"]
    assert len(results) == 6
    assert not any("result" in result for result in results)
    assert "shortened" in caplog.text
    await model.close()


async def test_then_the_earliest_turns_go_and_no_turn_is_cut_in_two(
    server: FakeOllama,
) -> None:
    model = OllamaModel(url=server.url, model="qwen3:4b", context_length=2048)
    await ask(model, *chat(30))
    messages = sent(server)
    assert messages[0]["content"] == RULES.content
    assert messages[1]["role"] == "user"
    assert messages[-1]["content"] == "the last question"
    assert 3 < len([m for m in messages if m["role"] == "user"]) < 20
    assert "question 29" in messages[-5]["content"]
    await model.close()


async def test_words_of_the_home_do_not_push_the_question_out(
    server: FakeOllama,
) -> None:
    model = OllamaModel(url=server.url, model="qwen3:4b", context_length=2048)
    said = Message(role=Role.ASSISTANT, content="Done.")
    aside = Message(role=Role.USER, content="(No tool has done that.)", aside=True)
    await ask(model, *chat(30), said, aside)
    contents = [m.get("content") for m in sent(server)]
    assert contents[-3:] == ["the last question", "Done.", aside.content]
    await model.close()


async def test_a_long_answer_of_a_tool_is_cut_last(server: FakeOllama) -> None:
    model = OllamaModel(url=server.url, model="qwen3:4b", context_length=2048)
    long = Message(role=Role.TOOL, tool_name="lamp", content="lamp " * 4000)
    call = Message(role=Role.ASSISTANT, tool_calls=(ToolCall(name="lamp"),))
    await ask(model, *chat(3), call, long)
    messages = sent(server)
    assert [m["role"] for m in messages] == ["system", "user", "assistant", "tool"]
    assert 400 < len(messages[-1]["content"]) < 6000
    await model.close()


@pytest.mark.parametrize("count", [1, 8, 40])
async def test_the_context_is_never_exceeded(server: FakeOllama, count: int) -> None:
    server.tokens_per_byte = 0.4
    model = OllamaModel(url=server.url, model="qwen3:4b", context_length=4096)
    await ask(model, *chat(1))
    for extra in range(3):
        await ask(model, *chat(count + extra))
        assert server.tokens(server.chats[-1].json) <= 4096
    await model.close()


async def test_what_cannot_be_shortened_is_an_error_not_a_cut(
    server: FakeOllama,
) -> None:
    model = OllamaModel(url=server.url, model="qwen3:4b", context_length=2048)
    with pytest.raises(PromptTooLongError) as caught:
        await ask(model, RULES, Message(role=Role.USER, content="word " * 5000))
    assert caught.value.placeholders == {"server": server.server, "limit": "2048"}
    assert server.chats == []
    await model.close()


async def test_a_server_with_more_room_takes_over_and_none_is_blamed(
    server: FakeOllama,
) -> None:
    small = OllamaModel(url=server.url, model="qwen3:4b", context_length=2048)
    large = OllamaModel(url=server.url, model="qwen3:4b", context_length=16384)
    pool: Pool[ChatModel] = Pool([small, large])
    words = Message(role=Role.USER, content="word " * 5000)
    events = chat_over(pool, ChatRequest(messages=[words]), LIMITS)
    assert [e.text async for e in events if isinstance(e, ChatDelta)] == ["Bien."]
    assert server.chats[0].json["options"]["num_ctx"] == 16384
    assert pool.breaker(small).failures == 0
    await small.close()
    await large.close()


async def test_a_model_made_for_less_gets_no_more(server: FakeOllama) -> None:
    server.context_length = 4096
    model = OllamaModel(url=server.url, model="qwen3:4b", context_length=8192)
    assert model.token_budget == 8192 - 1024
    await model.warm()
    assert model.token_budget == 4096 - 1024
    await model.close()


async def test_it_is_learned_from_the_first_answer_too(server: FakeOllama) -> None:
    server.context_length = 4096
    model = OllamaModel(url=server.url, model="qwen3:4b")
    await ask(model, *chat(1))
    await ask(model, *chat(1))
    assert model.token_budget == 4096 - 1024
    assert [r.path for r in server.requests].count("/api/show") == 1
    await model.close()


async def test_a_server_that_tells_nothing_of_its_model_is_asked_once(
    server: FakeOllama,
) -> None:
    server.mute = True
    model = OllamaModel(url=server.url, model="qwen3:4b")
    assert await ask(model, *chat(1)) == "Bien."
    assert await ask(model, *chat(1)) == "Bien."
    assert [r.path for r in server.requests].count("/api/show") == 1
    assert model.token_budget == 8192 - 1024
    await model.close()
