"""What the stream of an OpenAI-compatible server has brought so far."""

from collections.abc import Mapping
from typing import Any

from openai.types.chat import ChatCompletionChunk

from .base import ChatDelta
from .openai_messages import CallsInPieces


class StreamedAnswer:
    """An answer while it comes in."""

    def __init__(self) -> None:
        self.reason = ""
        """Why it ended; empty while it goes on."""
        self.calls = CallsInPieces()
        self.prompt_tokens = self.answer_tokens = self.cached_tokens = 0

    def add(self, chunk: ChatCompletionChunk) -> ChatDelta | None:
        """Take a chunk; return what it adds to be heard, calls wait for their end."""
        if (usage := chunk.usage) is not None:
            self.prompt_tokens = usage.prompt_tokens or 0
            self.answer_tokens = usage.completion_tokens or 0
            details = usage.prompt_tokens_details
            self.cached_tokens = (details.cached_tokens or 0) if details else 0
        if not chunk.choices:
            return None
        choice = chunk.choices[0]
        self.reason = choice.finish_reason or self.reason
        delta = choice.delta
        for call in delta.tool_calls or ():
            if (function := call.function) is not None:
                self.calls.add(call.index or 0, function.name, function.arguments)
        more: Mapping[str, Any] = delta.model_extra or {}
        thinking = more.get("reasoning_content") or more.get("reasoning")
        thinking = thinking if isinstance(thinking, str) else ""
        text = delta.content or ""
        return ChatDelta(text=text, thinking=thinking) if text or thinking else None
