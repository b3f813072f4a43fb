"""Our plain values in the shape of OpenAI's chat completions, and back."""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from .base import ChatRequest, Message, Role, ToolCall, ToolSpec
from .wire import read_arguments

_JPEG, _WEBP = b"\xff\xd8", b"RIFF"


def messages_of(request: ChatRequest) -> list[dict[str, Any]]:
    """Return the messages; each tool's answer names the call that it answers.

    The calls of one message are answered in their order, which is how they get their
    numbers here: the same in each request, so that a prompt keeps its beginning.
    """
    found: list[dict[str, Any]] = []
    asked = answered = 0
    for message in request.messages:
        one: dict[str, Any] = {"role": message.role.value, "content": _content(message)}
        if message.tool_calls:
            one["tool_calls"] = [
                _call(call, asked + place)
                for place, call in enumerate(message.tool_calls)
            ]
            answered, asked = asked, asked + len(message.tool_calls)
        elif message.role is Role.TOOL:
            one["tool_call_id"] = f"call_{answered}"
            answered += 1
        found.append(one)
    return found


def tools_of(tools: Sequence[ToolSpec]) -> list[dict[str, Any]]:
    """Return the tools that are offered."""
    return [
        {
            "type": "function",
            "function": {
                "name": tool.name,
                "description": tool.description,
                "parameters": tool.parameters or {"type": "object", "properties": {}},
            },
        }
        for tool in tools
    ]


def format_of(schema: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return how an answer is bound to a schema."""
    if schema is None:
        return None
    return {
        "type": "json_schema",
        "json_schema": {"name": "answer", "schema": schema},
    }


class CallsInPieces:
    """Puts the calls together that a stream brings in pieces, by their place."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}
        self._arguments: dict[int, str] = {}

    def add(self, place: int, name: str | None, arguments: str | None) -> None:
        """Take a piece of a call; some servers send a name again with each."""
        self._names[place] = self._names.get(place) or name or ""
        self._arguments[place] = self._arguments.get(place, "") + (arguments or "")

    def take(self) -> tuple[ToolCall, ...]:
        """Return what is complete at the end of the answer, and forget it."""
        calls = tuple(
            ToolCall(name=name, arguments=read_arguments(self._arguments[place]))
            for place, name in sorted(self._names.items())
            if name
        )
        self._names, self._arguments = {}, {}
        return calls


def _content(message: Message) -> str | list[dict[str, Any]]:
    if not message.images:
        return message.content
    return [
        {"type": "text", "text": message.content},
        *({"type": "image_url", "image_url": {"url": _url(i)}} for i in message.images),
    ]


def _url(image: bytes) -> str:
    kind = "png"
    if image.startswith(_JPEG):
        kind = "jpeg"
    elif image.startswith(_WEBP):
        kind = "webp"
    return f"data:image/{kind};base64,{b64encode(image).decode()}"


def _call(call: ToolCall, number: int) -> dict[str, Any]:
    return {
        "id": f"call_{number}",
        "type": "function",
        "function": {
            "name": call.name,
            "arguments": json.dumps(call.arguments, ensure_ascii=False),
        },
    }
