"""What every `ChatModel` does: on fakes of both kinds of servers and on a real llama.cpp.

The real one has a model that is far too small to be clever: of it only the wire counts.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

import pytest

from custom_components.jarvis.core.errors import ModelNotFoundError
from custom_components.jarvis.engines.llm import (
    ChatDelta,
    ChatDone,
    ChatEvent,
    ChatLimits,
    ChatModel,
    ChatRequest,
    Message,
    OllamaModel,
    Role,
    ToolCall,
    ToolSpec,
)
from custom_components.jarvis.engines.llm.openai_compatible import (
    OpenAICompatibleModel,
)
from tests.fakes.llama_cpp import LlamaCpp
from tests.fakes.ollama import Call, FakeOllama, Say, Step, Think
from tests.fakes.openai_server import FakeOpenAI

PATIENT = ChatLimits(first_token=120, between_tokens=60, total=180)

LAMP = ToolSpec(
    name="turn_on_lamp",
    description="Turn on the lamp of a room",
    parameters={
        "type": "object",
        "properties": {"room": {"type": "string", "description": "kitchen, bedroom…"}},
        "required": ["room"],
    },
)


def answer(body: dict[str, object]) -> list[Step]:
    """Play a model that obeys: the fake's stand-in for intelligence."""
    if body.get("tools"):
        return [Call("turn_on_lamp", room="kitchen")]
    if body.get("format") or body.get("response_format"):
        return [Say('{"colour": "blue"}')]
    return [Think("a word was asked for"), Say("Bonjour à toi.")]


REAL = pytest.param(
    "llama.cpp", marks=[pytest.mark.process, pytest.mark.xdist_group("llama.cpp")]
)


@pytest.fixture(params=["ollama", "openai", REAL])
async def model(request: pytest.FixtureRequest) -> AsyncGenerator[ChatModel]:
    chat_model: ChatModel
    if request.param == "llama.cpp":
        llama_cpp: LlamaCpp = request.getfixturevalue("llama_cpp")
        request.getfixturevalue("socket_enabled")
        chat_model = OpenAICompatibleModel(url=llama_cpp.url, model=llama_cpp.model)
        yield chat_model
        await chat_model.close()
        return
    request.getfixturevalue("socket_enabled")
    kind = FakeOllama if request.param == "ollama" else FakeOpenAI
    async with kind() as server:
        server.handler = answer
        chat_model = _ask(request.param, server.url, "qwen3:4b")
        yield chat_model
        await chat_model.close()


@pytest.fixture
def clever(request: pytest.FixtureRequest, model: ChatModel) -> bool:
    """Return whether what the model says counts, too."""
    return "llama.cpp" not in request.node.callspec.id


def _ask(kind: str, url: str, model: str) -> ChatModel:
    if kind == "ollama":
        return OllamaModel(url=url, model=model)
    return OpenAICompatibleModel(url=url, model=model)


def asking(text: str, **options: object) -> ChatRequest:
    messages = [
        Message(role=Role.SYSTEM, content="Answer in one short sentence."),
        Message(role=Role.USER, content=text),
    ]
    return ChatRequest(messages=messages, **options)


async def collect(model: ChatModel, request: ChatRequest) -> list[ChatEvent]:
    async with aclosing(model.chat(request, PATIENT)) as events:
        return [event async for event in events]


async def test_text_comes_in_pieces_and_ends_with_done(
    model: ChatModel, clever: bool
) -> None:
    events = await collect(model, asking("Say hello in French."))
    deltas = [event for event in events if isinstance(event, ChatDelta)]
    assert len([delta for delta in deltas if delta.text]) > 1
    if clever:
        assert "bonjour" in "".join(delta.text for delta in deltas).lower()
    assert isinstance(events[-1], ChatDone)
    assert events[-1].answer_tokens > 0
    assert events[-1].prompt_tokens > 0
    assert events[-1].server == model.server


async def test_tool_is_called(model: ChatModel, clever: bool) -> None:
    request = asking("Turn on the kitchen lamp.", tools=[LAMP])
    events = await collect(model, request)
    calls = [
        call
        for event in events
        if isinstance(event, ChatDelta)
        for call in event.tool_calls
    ]
    assert isinstance(events[-1], ChatDone)
    if not clever:
        return
    assert [call.name for call in calls] == ["turn_on_lamp"]
    assert "kitchen" in calls[0].arguments["room"].lower()


async def test_answer_follows_a_schema(model: ChatModel) -> None:
    schema = {
        "type": "object",
        "properties": {"colour": {"type": "string"}},
        "required": ["colour"],
    }
    request = asking("What colour is the sky? Answer as JSON.", schema=schema)
    events = await collect(model, request)
    text = "".join(event.text for event in events if isinstance(event, ChatDelta))
    assert '"colour"' in text


async def test_server_lists_and_has_the_model(model: ChatModel) -> None:
    assert model.model in await model.list_models()
    await model.check()


async def test_model_is_loaded_in_advance(model: ChatModel) -> None:
    await model.warm()


async def test_what_a_tool_answered_is_understood(model: ChatModel) -> None:
    request = asking("Turn on the kitchen lamp.", tools=[LAMP])
    call = ToolCall(name="turn_on_lamp", arguments={"room": "kitchen"})
    messages = [
        *request.messages,
        Message(role=Role.ASSISTANT, tool_calls=(call, call)),
        Message(role=Role.TOOL, tool_name="turn_on_lamp", content='{"done": true}'),
        Message(role=Role.TOOL, tool_name="turn_on_lamp", content='{"done": true}'),
    ]
    events = await collect(model, replace(request, messages=messages))
    assert isinstance(events[-1], ChatDone)


async def test_unknown_model_is_named(clever: bool, model: ChatModel) -> None:
    if not clever:
        # llama.cpp serves its one model whatever it is called.
        return
    kind = "ollama" if isinstance(model, OllamaModel) else "openai"
    stranger = _ask(kind, f"http://{model.server}", "no-such-model")
    with pytest.raises(ModelNotFoundError) as caught:
        await collect(stranger, asking("Hello?"))
    assert caught.value.placeholders == {
        "server": model.server,
        "model": "no-such-model",
    }
    await stranger.close()


async def test_closing_ends_at_once(model: ChatModel) -> None:
    request = asking("Count from one to one thousand in words.")
    async with asyncio.timeout(60), aclosing(model.chat(request, PATIENT)) as events:
        async for event in events:
            if isinstance(event, ChatDelta):
                break
