"""Language models: one contract, Ollama behind it, failover over a pool of servers."""

from .base import (
    ChatDelta,
    ChatDone,
    ChatEvent,
    ChatFailed,
    ChatLimits,
    ChatModel,
    ChatRequest,
    Message,
    Role,
    ToolCall,
    ToolSpec,
)
from .failover import chat_over
from .ollama import OllamaModel

__all__ = [
    "ChatDelta",
    "ChatDone",
    "ChatEvent",
    "ChatFailed",
    "ChatLimits",
    "ChatModel",
    "ChatRequest",
    "Message",
    "OllamaModel",
    "Role",
    "ToolCall",
    "ToolSpec",
    "chat_over",
]
