"""Tasks that automations give to the language models: a text, or data of a structure."""

import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from typing import Any, cast

import probatio
from homeassistant.components.conversation import (
    AssistantContent,
    ChatLog,
    SystemContent,
    UserContent,
)
from homeassistant.helpers import llm
from homeassistant.helpers.json import json_dumps

from ...core.errors import ModelServerError, StructureError
from ...core.pool import Pool
from ...engines.llm import (
    ChatDelta,
    ChatDone,
    ChatEvent,
    ChatLimits,
    ChatModel,
    ChatRequest,
    Message,
    Role,
    chat_over,
)

TASK_LIMITS = ChatLimits(
    first_token=120.0, hand_over=60.0, between_tokens=60.0, total=300.0
)
"""Nobody stands waiting, a model may have to be loaded, and a picture takes long."""

TRIES = 2
"""Times that data is asked for before it is given up."""


async def async_generate(
    models: Pool[ChatModel],
    log: ChatLog,
    agent_id: str,
    *,
    structure: probatio.Schema | None = None,
    images: Sequence[bytes] = (),
) -> Any:
    """Return what a model makes of the last message of a chat log.

    Without `structure` that is a text; with it, the data that fulfils it. Raises a
    `ModelServerError` when no server can, `StructureError` when the answer does not
    fulfil the structure twice over, `PoolEmptyError` without a server.
    """
    schema = _json_schema(structure)
    messages = _messages(log, images, schema)
    for left in reversed(range(TRIES)):
        text = await _async_ask(
            models, log, ChatRequest(messages=messages, schema=schema)
        )
        if structure is None:
            log.async_add_assistant_content_without_tools(
                AssistantContent(agent_id=agent_id, content=text)
            )
            return text
        try:
            data = _read(text, structure)
        except (ValueError, probatio.Invalid) as err:
            if not left:
                raise StructureError(str(err), reason=str(err)) from err
            messages += _once_more(text, str(err))
        else:
            log.async_add_assistant_content_without_tools(
                AssistantContent(agent_id=agent_id, content=text)
            )
            return data
    raise AssertionError


async def _async_ask(
    models: Pool[ChatModel], log: ChatLog, request: ChatRequest
) -> str:
    """Return the whole answer; raises `ModelServerError` when there is none."""
    text = ""
    events: AsyncGenerator[ChatEvent] = chat_over(models, request, TASK_LIMITS)
    async with aclosing(events):
        async for event in events:
            if isinstance(event, ChatDelta):
                text += event.text
            elif isinstance(event, ChatDone):
                log.async_trace(
                    {
                        "server": event.server,
                        "model": event.model,
                        "stats": {
                            "input_tokens": event.prompt_tokens,
                            "output_tokens": event.answer_tokens,
                        },
                    }
                )
    if not text.strip():
        raise ModelServerError("the model said nothing")
    return text


def _json_schema(structure: probatio.Schema | None) -> Mapping[str, Any] | None:
    if structure is None:
        return None
    schema = probatio.to_openapi(
        structure,
        custom_serializer=llm.selector_serializer,
        openapi_version="3.1.0",
    )
    return cast("Mapping[str, Any]", schema)


def _messages(
    log: ChatLog, images: Sequence[bytes], schema: Mapping[str, Any] | None
) -> list[Message]:
    """Return system prompt and task; a task has no turns before it."""
    system, *_, task = log.content
    assert isinstance(system, SystemContent)
    assert isinstance(task, UserContent)
    text = task.content
    if schema is not None:
        # A server makes a model keep to the schema without showing it to the model.
        text += f"\n\nAnswer with JSON that fulfils this schema: {json_dumps(schema)}"
    return [
        Message(role=Role.SYSTEM, content=system.content),
        Message(role=Role.USER, content=text, images=tuple(images)),
    ]


def _once_more(text: str, reason: str) -> list[Message]:
    request = (
        f"That does not fulfil the schema: {reason}. Answer again, with JSON only."
    )
    return [
        Message(role=Role.ASSISTANT, content=text),
        Message(role=Role.USER, content=request),
    ]


def _read(text: str, structure: probatio.Schema) -> Any:
    """Return the data of an answer; raises ValueError or `probatio.Invalid`."""
    raw = json.loads(text)
    if not isinstance(raw, dict):
        return structure(raw)
    # Models write null for what they leave out.
    raw = {key: value for key, value in raw.items() if value is not None}
    data = structure(raw)
    # A number selector makes a float of everything: three things stay 3 of them.
    return {
        key: raw[key] if type(raw.get(key)) is int and raw[key] == value else value
        for key, value in data.items()
    }
