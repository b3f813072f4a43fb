"""How many tokens a request is: estimated, and corrected by what the server counts.

A server tells the tokens of a prompt when it has answered. Until then a prompt is
measured in bytes, and the tokens of a byte are learned from one answer to the next.
"""

import json
from collections.abc import Sequence

from .base import ChatRequest, Message, ToolSpec

FIRST_GUESS = 1 / 3
"""Tokens of a byte of JSON and short sentences, rather too many than too few."""
LEAST, MOST = 1 / 8, 1 / 1.5
"""What is outside is no true count: a server that leaves out what it had cached."""
LEARNED_DOWN = 0.3
"""How fast a guess that was too high comes down; one too low is corrected at once."""
MESSAGE_TOKENS = 8
"""What a chat template puts around a message."""
IMAGE_TOKENS = 1024
"""What a vision model makes of a picture; models differ from 256 to 1600."""


class TokenMeter:
    """Counts the tokens of one model."""

    def __init__(self) -> None:
        self.per_byte = FIRST_GUESS
        self._tools: tuple[Sequence[ToolSpec], int] = ((), 0)

    def count(self, request: ChatRequest) -> int:
        """Return the tokens that a request is likely to be."""
        fixed = sum(map(_fixed, request.messages))
        return round(self._bytes(request) * self.per_byte) + fixed

    def count_messages(self, messages: Sequence[Message]) -> int:
        """Return the tokens that messages add to a request."""
        size = sum(map(message_bytes, messages))
        return round(size * self.per_byte) + sum(map(_fixed, messages))

    def learn(self, request: ChatRequest, tokens: int) -> None:
        """Take over what a server has counted for a request."""
        size = self._bytes(request)
        if not size:
            return
        found = (tokens - sum(map(_fixed, request.messages))) / size
        if not LEAST <= found <= MOST:
            return
        if found < self.per_byte:
            found = self.per_byte + (found - self.per_byte) * LEARNED_DOWN
        self.per_byte = found

    def _bytes(self, request: ChatRequest) -> int:
        # The rounds of a turn share one list of tools.
        if self._tools[0] is not request.tools:
            self._tools = (request.tools, sum(map(_tool_bytes, request.tools)))
        return self._tools[1] + sum(map(message_bytes, request.messages))


def message_bytes(message: Message) -> int:
    """Return the bytes of the text that a model reads of a message."""
    calls = [{"name": c.name, "arguments": c.arguments} for c in message.tool_calls]
    written = len(_dumped(calls)) if calls else 0
    return len(message.content.encode()) + written


def _tool_bytes(tool: ToolSpec) -> int:
    about = {"name": tool.name, "description": tool.description}
    return len(_dumped({**about, "parameters": tool.parameters}))


def _dumped(value: object) -> str:
    return json.dumps(value, default=str)


def _fixed(message: Message) -> int:
    return MESSAGE_TOKENS + IMAGE_TOKENS * len(message.images)
