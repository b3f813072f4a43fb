"""Language models: one contract, two kinds of servers behind it, failover over a pool."""

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
from .bounds import Bounds
from .failover import chat_over
from .kinds import ServerKind, load_client, open_model
from .leak_stream import without_leaks
from .ollama import DEFAULT_CONTEXT_LENGTH, DEFAULT_KEEP_ALIVE, OllamaModel
from .repair import nearest_names, nearest_tool, repair
from .whole_text import whole_text

__all__ = [
    "DEFAULT_CONTEXT_LENGTH",
    "DEFAULT_KEEP_ALIVE",
    "Bounds",
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
    "ServerKind",
    "ToolCall",
    "ToolSpec",
    "chat_over",
    "load_client",
    "nearest_names",
    "nearest_tool",
    "open_model",
    "repair",
    "whole_text",
    "without_leaks",
]
