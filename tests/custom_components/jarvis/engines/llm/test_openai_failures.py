"""Servers that speak OpenAI's protocol: what is sent, and what can go wrong."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest

from custom_components.jarvis.core.errors import (
    ModelNotServedError,
    ModelServerAuthError,
    ModelServerBusyError,
    ModelServerError,
    ModelServerSilentError,
    ModelServerUnreachableError,
)
from custom_components.jarvis.engines.llm import (
    ChatDelta,
    ChatDone,
    ChatEvent,
    ChatLimits,
    ChatRequest,
    Message,
    Role,
    ToolCall,
    ToolSpec,
    openai_compatible,
)
from custom_components.jarvis.engines.llm.openai_compatible import (
    OpenAICompatibleModel,
)
from tests.fakes.ollama import (
    Break,
    Call,
    Cut,
    Raw,
    Refuse,
    Say,
    Stall,
    Step,
    Think,
)
from tests.fakes.openai_server import FakeOpenAI

HURRIED = ChatLimits(first_token=1.5, between_tokens=1.5, total=6.0)
HELLO = Message(role=Role.USER, content="Bonjour")
REQUEST = ChatRequest(messages=[HELLO])
LAMP = ToolSpec(name="light", parameters={"type": "object", "properties": {}})

pytestmark = pytest.mark.usefixtures("socket_enabled")


@pytest.fixture(autouse=True, scope="module")
def _loaded() -> None:
    """Import what the client imports at its first use, as the integration does."""
    openai_compatible.prepare()


@pytest.fixture
async def server(socket_enabled: None) -> AsyncGenerator[FakeOpenAI]:
    async with FakeOpenAI() as fake:
        yield fake


@pytest.fixture
async def model(server: FakeOpenAI) -> AsyncGenerator[OpenAICompatibleModel]:
    chat_model = OpenAICompatibleModel(url=server.url, model="qwen3:4b")
    yield chat_model
    await chat_model.close()
    # The client leaves a stream that was not read to its end to the garbage collector,
    # which closes it in a task of its own.
    await asyncio.sleep(0.01)


async def events_of(
    model: OpenAICompatibleModel, request: ChatRequest = REQUEST
) -> list[ChatEvent]:
    async with aclosing(model.chat(request, HURRIED)) as events:
        return [event async for event in events]


@pytest.mark.parametrize(
    ("step", "error"),
    [
        (Refuse(404, "The model does not exist"), ModelNotServedError),
        (Refuse(404, "page not found"), ModelServerError),
        (Refuse(401), ModelServerAuthError),
        (Refuse(403), ModelServerAuthError),
        (Refuse(429), ModelServerBusyError),
        (Refuse(503, "Loading model"), ModelServerBusyError),
        (Refuse(500), ModelServerError),
        (Cut(), ModelServerUnreachableError),
        (Stall(), ModelServerSilentError),
        (Break("slot unavailable"), ModelServerError),
        (Raw(b"<html>another server</html>\n\n"), ModelServerUnreachableError),
        (Raw(b'data: {"answer"\n\n'), ModelServerError),
        (Raw(b"data: " + b"x" * 300_000 + b"\n\n"), ModelServerError),
    ],
)
async def test_failure_before_the_first_token(
    server: FakeOpenAI,
    model: OpenAICompatibleModel,
    step: Step,
    error: type[ModelServerError],
) -> None:
    server.queue(step, Cut())
    with pytest.raises(error) as caught:
        await events_of(model)
    assert type(caught.value) is error
    assert caught.value.placeholders["server"] == server.server


@pytest.mark.parametrize(
    ("step", "error"),
    [
        (Cut(), ModelServerUnreachableError),
        (Stall(), ModelServerSilentError),
        (Break("out of memory"), ModelServerError),
    ],
)
async def test_failure_in_mid_stream(
    server: FakeOpenAI,
    model: OpenAICompatibleModel,
    step: Step,
    error: type[ModelServerError],
) -> None:
    server.queue(Say("Il était"), step)
    said: list[str] = []

    async def listen() -> None:
        async with aclosing(model.chat(REQUEST, HURRIED)) as events:
            async for event in events:
                assert isinstance(event, ChatDelta)
                said.append(event.text)

    with pytest.raises(error):
        await listen()
    assert said == ["Il", " était"]


async def test_calls_that_come_in_pieces_are_whole(
    server: FakeOpenAI, model: OpenAICompatibleModel
) -> None:
    server.queue(
        Think("two lamps"),
        Call("light", name="Lampe du salon", brightness=40),
        Call("light", name="Spots"),
    )
    events = await events_of(model, ChatRequest(messages=[HELLO], tools=[LAMP]))
    calls = [c for e in events if isinstance(e, ChatDelta) for c in e.tool_calls]
    assert calls == [
        ToolCall(name="light", arguments={"name": "Lampe du salon", "brightness": 40}),
        ToolCall(name="light", arguments={"name": "Spots"}),
    ]
    assert (
        "".join(e.thinking for e in events if isinstance(e, ChatDelta)) == "two lamps"
    )


async def test_answers_of_tools_name_their_calls(
    server: FakeOpenAI, model: OpenAICompatibleModel
) -> None:
    one, two = ToolCall(name="a", arguments={"x": 1}), ToolCall(name="b")
    server.queue(Say("Fait."))
    messages = [
        HELLO,
        Message(role=Role.ASSISTANT, tool_calls=(one, two)),
        Message(role=Role.TOOL, tool_name="a", content="1"),
        Message(role=Role.TOOL, tool_name="b", content="2"),
        Message(role=Role.ASSISTANT, tool_calls=(two,)),
        Message(role=Role.TOOL, tool_name="b", content="3"),
        Message(role=Role.USER, content="?", images=(b"\xff\xd8jpeg",)),
    ]
    await events_of(model, ChatRequest(messages=messages))
    sent = server.chats[-1].json["messages"]
    ids = [[call["id"] for call in m.get("tool_calls", ())] for m in sent]
    assert ids == [[], ["call_0", "call_1"], [], [], ["call_2"], [], []]
    answers = [m["tool_call_id"] for m in sent if m["role"] == "tool"]
    assert answers == ["call_0", "call_1", "call_2"]
    image = sent[-1]["content"][1]["image_url"]["url"]
    assert image.startswith("data:image/jpeg;base64,")


async def test_what_was_counted_is_told(
    server: FakeOpenAI, model: OpenAICompatibleModel
) -> None:
    server.cached_tokens = 40
    server.queue(Say("Oui."))
    done = (await events_of(model))[-1]
    assert isinstance(done, ChatDone)
    assert (done.prompt_tokens, done.cached_tokens, done.answer_tokens) == (42, 40, 7)


async def test_a_server_that_knows_less_is_asked_for_less(
    server: FakeOpenAI, model: OpenAICompatibleModel
) -> None:
    server.counts = False
    server.queue(Say("Oui."))
    server.queue(Say("Non."))
    for _ in range(2):
        assert isinstance((await events_of(model))[-1], ChatDone)
    # Refused once; from then on it is not asked for any more.
    assert ["stream_options" in r.json for r in server.chats] == [True, False, False]


@pytest.mark.parametrize("owner", ["llamacpp", "vllm", "someone"])
async def test_the_context_is_the_servers(server: FakeOpenAI, owner: str) -> None:
    server.owner, server.context_length = owner, 6000
    server.queue(Say("Oui."))
    model = OpenAICompatibleModel(url=f"{server.url}/v1/", model="qwen3:4b")
    await events_of(model)
    assert (model.token_budget < 6000) is (owner != "someone")
    assert ("chat_template_kwargs" in server.chats[0].json) is (owner != "someone")
    assert await model.sees() is (owner != "llamacpp")
    await model.close()


async def test_the_key_is_sent_and_never_told(server: FakeOpenAI) -> None:
    server.api_key = "sk-verysecret123"
    wrong = OpenAICompatibleModel(url=server.url, model="qwen3:4b", api_key="sk-no-1")
    with pytest.raises(ModelServerAuthError) as caught:
        await wrong.check()
    assert "sk-no-1" not in str(caught.value)
    right = OpenAICompatibleModel(
        url=server.url, model="qwen3:4b", api_key=server.api_key
    )
    await right.check()
    for model in (wrong, right):
        await model.close()


async def test_far_away_nothing_is_asked_that_nobody_waits_for(
    server: FakeOpenAI,
) -> None:
    far = OpenAICompatibleModel(url=server.url, model="qwen3:4b", local=False)
    await far.warm(REQUEST)
    assert not server.chats
    await far.close()


async def test_half_a_character_does_not_end_an_answer(
    server: FakeOpenAI, model: OpenAICompatibleModel
) -> None:
    """In what is said, and in the arguments of a call, where it is escaped twice."""
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "q"}
    function = {"name": "light", "arguments": '{"name": "Lampe \\ud83d"}'}
    calls = [{"index": 0, "id": "c", "type": "function", "function": function}]
    sent = b""
    for delta in ({"content": "Oui HALF."}, {"tool_calls": calls}):
        choice = {"index": 0, "delta": delta, "finish_reason": None}
        data = json.dumps({**chunk, "choices": [choice]}).replace("HALF", "\\ud83d")
        sent += f"data: {data}\n\n".encode()
    server.queue(Raw(sent))
    events = await events_of(model, ChatRequest(messages=[HELLO], tools=[LAMP]))
    deltas = [event for event in events if isinstance(event, ChatDelta)]
    assert "".join(delta.text for delta in deltas) == "Oui ."
    (call,) = [call for delta in deltas for call in delta.tool_calls]
    assert call.arguments == {"name": "Lampe "}


async def test_a_server_that_was_started_anew_is_learned_anew(
    server: FakeOpenAI, model: OpenAICompatibleModel
) -> None:
    """With another context, and with tools that it knew nothing of before."""
    request = ChatRequest(messages=[HELLO], tools=[LAMP])
    await model.check()
    server.queue(Refuse(500, "tools param requires --jinja flag"))
    server.queue(Say("Oui."))
    await events_of(model, request)
    before = model.token_budget
    await server.stop()
    with pytest.raises(ModelServerUnreachableError):
        await model.check()
    server.context_length = 4096
    await server.start()
    await model.check()
    assert model.token_budget == 4096 - 1024 < before
    server.queue(Say("Oui."))
    await events_of(model, request)
    assert ["tools" in chat.json for chat in server.chats] == [True, False, True]


async def test_a_server_far_away_is_checked_rarely_while_it_answers(
    server: FakeOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = OpenAICompatibleModel(url=server.url, model="qwen3:4b", local=False)
    asked = []
    for _ in range(3):
        await far.check()
        asked.append(sum(r.path == "/v1/models" for r in server.requests))
    assert asked == [1, 1, 1]
    monkeypatch.setattr(openai_compatible, "FAR_CHECK", 0.0)
    server.models.clear()
    for _ in range(2):
        with pytest.raises(ModelNotServedError):
            await far.check()
    await far.close()
