"""What every `ChatModel` does, on the fake server and, with OLLAMA_URL, on a real one.

OLLAMA_URL=http://127.0.0.1:11434 OLLAMA_MODEL=qwen3:4b pytest …/test_contract.py
"""

import asyncio
import os
from collections.abc import AsyncGenerator
from contextlib import aclosing
from urllib.parse import urlsplit

import pytest
import pytest_socket

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
    ToolSpec,
)
from tests.fakes.ollama import Call, FakeOllama, Say, Step, Think

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
    if body.get("format"):
        return [Say('{"colour": "blue"}')]
    return [Think("a word was asked for"), Say("Bonjour à toi.")]


@pytest.fixture(params=["fake", "real"])
async def model(
    request: pytest.FixtureRequest, socket_enabled: None
) -> AsyncGenerator[ChatModel]:
    if request.param == "fake":
        async with FakeOllama() as server:
            server.handler = answer
            chat_model = OllamaModel(url=server.url, model="qwen3:4b")
            yield chat_model
            await chat_model.close()
        return
    url = os.environ.get("OLLAMA_URL")
    if not url:
        pytest.skip("OLLAMA_URL is not set")
    pytest_socket.socket_allow_hosts([urlsplit(url).hostname, "127.0.0.1"])
    chat_model = OllamaModel(url=url, model=os.environ.get("OLLAMA_MODEL", "qwen3:4b"))
    yield chat_model
    await chat_model.close()


def asking(text: str, **options: object) -> ChatRequest:
    messages = [
        Message(role=Role.SYSTEM, content="Answer in one short sentence."),
        Message(role=Role.USER, content=text),
    ]
    return ChatRequest(messages=messages, **options)


async def collect(model: ChatModel, request: ChatRequest) -> list[ChatEvent]:
    async with aclosing(model.chat(request, PATIENT)) as events:
        return [event async for event in events]


async def test_text_comes_in_pieces_and_ends_with_done(model: ChatModel) -> None:
    events = await collect(model, asking("Say hello in French."))
    deltas = [event for event in events if isinstance(event, ChatDelta)]
    assert len([delta for delta in deltas if delta.text]) > 1
    assert "bonjour" in "".join(delta.text for delta in deltas).lower()
    assert isinstance(events[-1], ChatDone)
    assert events[-1].answer_tokens > 0
    assert events[-1].server == model.server


async def test_tool_is_called(model: ChatModel) -> None:
    request = asking("Turn on the kitchen lamp.", tools=[LAMP])
    events = await collect(model, request)
    calls = [
        call
        for event in events
        if isinstance(event, ChatDelta)
        for call in event.tool_calls
    ]
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


async def test_unknown_model_is_named(model: ChatModel) -> None:
    assert isinstance(model, OllamaModel)
    stranger = OllamaModel(url=f"http://{model.server}", model="no-such-model")
    with pytest.raises(ModelNotFoundError) as caught:
        await stranger.check()
    assert caught.value.placeholders == {
        "server": model.server,
        "model": "no-such-model",
    }
    with pytest.raises(ModelNotFoundError):
        await collect(stranger, asking("Hello?"))
    await stranger.close()


async def test_closing_ends_at_once(model: ChatModel) -> None:
    request = asking("Count from one to one thousand in words.")
    async with asyncio.timeout(60), aclosing(model.chat(request, PATIENT)) as events:
        async for event in events:
            if isinstance(event, ChatDelta):
                break
