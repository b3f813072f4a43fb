"""A real HTTP server that speaks OpenAI's chat completions, scripted like `FakeOllama`."""

import asyncio
import json
from typing import Any, override

from aiohttp import web

from tests.fakes.ollama import (
    Break,
    Call,
    FakeOllama,
    Refuse,
    Say,
    Stall,
    Think,
    pieces,
)

ARGUMENT_PIECE = 7
"""Characters of a call's arguments that come at once."""


class FakeOpenAI(FakeOllama):
    """As llama.cpp, vLLM and others answer; `owner` is what they call themselves."""

    content_type = "text/event-stream; charset=utf-8"
    kind = "openai"

    def __init__(self, *args: Any, owner: str = "llamacpp", base: str = "/v1") -> None:
        super().__init__(*args)
        self.owner = owner
        self.base = base  # where its interface begins
        self.cached_tokens = 0
        self.counts = True
        """Whether it knows `stream_options` and tells what it has counted."""

    @property
    @override
    def chats(self) -> list[Any]:
        path = f"{self.base}/chat/completions"
        return [r for r in self.requests if r.path == path]

    @override
    def _routes(self) -> list[web.RouteDef]:
        return [
            web.post(f"{self.base}/chat/completions", self._chat),
            web.get(f"{self.base}/models", self._list),
            web.get("/props", self._props),
        ]

    @override
    async def _answer(self, request: web.Request, body: Any) -> web.StreamResponse:
        if body["model"] not in self.models:
            return _error(404, f"The model `{body['model']}` does not exist.")
        if not self.counts and "stream_options" in body:
            return _error(400, "Unrecognized request argument: stream_options")
        if not body.get("stream"):
            steps = self._steps(body)
            if Stall() in steps:
                await asyncio.Event().wait()
            if steps and isinstance(steps[0], Refuse):
                return _error(steps[0].status, steps[0].error)
            text = "".join(step.text for step in steps if isinstance(step, Say))
            message = {"role": "assistant", "content": text}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            return web.json_response(
                {
                    "id": "1",
                    "object": "chat.completion",
                    "created": 1,
                    "model": body["model"],
                    "choices": [choice],
                }
            )
        return await super()._answer(request, body)

    @override
    def _steps(self, body: Any) -> Any:
        steps = super()._steps(body)
        self._called = any(isinstance(step, Call) for step in steps)
        return steps

    @override
    async def _play(self, response: web.StreamResponse, model: str, step: Any) -> None:
        match step:
            case Say(text):
                for piece in pieces(text):
                    await self._delta(response, model, content=piece)
            case Think(text):
                for piece in pieces(text):
                    await self._delta(response, model, reasoning_content=piece)
            case Call(name, arguments):
                await self._call(response, model, name, arguments)
            case Break(error):
                await self._send(response, {"error": {"code": 500, "message": error}})
            case _:
                await super()._play(response, model, step)

    async def _call(
        self, response: web.StreamResponse, model: str, name: str, arguments: Any
    ) -> None:
        number = self._number = getattr(self, "_number", -1) + 1
        head = {"id": f"c{number}", "type": "function"}
        function = {"name": name, "arguments": ""}
        calls = [{"index": number, **head, "function": function}]
        await self._delta(response, model, tool_calls=calls)
        text = json.dumps(arguments)
        for at in range(0, len(text), ARGUMENT_PIECE):
            part = {"arguments": text[at : at + ARGUMENT_PIECE]}
            calls = [{"index": number, "function": part}]
            await self._delta(response, model, tool_calls=calls)

    @override
    async def _end(self, response: web.StreamResponse, body: Any) -> None:
        self._number = -1
        reason = "tool_calls" if self._called else "stop"
        await self._delta(response, body["model"], reason)
        if body.get("stream_options"):
            usage = {
                "prompt_tokens": self.tokens(body),
                "completion_tokens": 7,
                "total_tokens": 49,
                "prompt_tokens_details": {"cached_tokens": self.cached_tokens},
            }
            await self._send(response, _chunk(body["model"], [], usage=usage))
        await response.write(b"data: [DONE]\n\n")

    async def _delta(
        self,
        response: web.StreamResponse,
        model: str,
        reason: str | None = None,
        **delta: Any,
    ) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        await self._send(response, _chunk(model, [choice]))

    @staticmethod
    @override
    async def _send(response: web.StreamResponse, chunk: dict[str, Any]) -> None:
        data = json.dumps(chunk, ensure_ascii=False)
        await response.write(f"data: {data}\n\n".encode())

    async def _list(self, request: web.Request) -> web.Response:
        await self._note(request)
        if self.mute:
            await asyncio.Event().wait()
        data = [
            {"id": name, "object": "model", "created": 1, "owned_by": self.owner}
            for name in self.models
        ]
        if self.owner == "vllm":
            data = [{**one, "max_model_len": self.context_length} for one in data]
        return web.json_response({"object": "list", "data": data})

    async def _props(self, request: web.Request) -> web.Response:
        await self._note(request)
        if self.owner != "llamacpp":
            return _error(404, "not found")
        return web.json_response(
            {
                "default_generation_settings": {"n_ctx": self.context_length},
                "modalities": {"vision": "vision" in self.abilities, "audio": False},
            }
        )


def _chunk(model: str, choices: list[Any], **more: Any) -> dict[str, Any]:
    return {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": model,
        "choices": choices,
        **more,
    }


def _error(status: int, message: str) -> web.Response:
    return web.json_response({"error": {"message": message}}, status=status)
