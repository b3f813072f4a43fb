"""The contract of a language model that can chat, and the plain values it speaks in."""

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ...core.errors import ModelServerError


class Role(StrEnum):
    """Who speaks in a message."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"
    TOOL = "tool"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolCall:
    """A call of a tool that the model asks for."""

    name: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of the chat, as the model sees it."""

    role: Role
    content: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
    tool_name: str = ""
    """In a message of role `tool`: which tool answers."""
    images: tuple[bytes, ...] = ()
    aside: bool = False
    """In a message of role `user`: not the user speaks, so no turn begins with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolSpec:
    """A tool offered to the model."""

    name: str
    description: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """JSON schema of the arguments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRequest:
    """What the model is asked."""

    messages: Sequence[Message]
    tools: Sequence[ToolSpec] = ()
    schema: Mapping[str, Any] | None = None
    """JSON schema that the answer must fulfil; None for free text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatLimits:
    """How long a chat may take, in seconds."""

    first_token: float = 10.0
    hand_over: float = 6.0
    """For the first token too, while another server could still be asked."""
    between_tokens: float = 10.0
    total: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatDelta:
    """A piece of the answer."""

    text: str = ""
    thinking: str = ""
    """What the model says to itself; never spoken."""
    tool_calls: tuple[ToolCall, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatDone:
    """The last event of a complete answer."""

    server: str = ""
    model: str = ""
    reason: str = ""
    prompt_tokens: int = 0
    answer_tokens: int = 0
    cached_tokens: int = 0
    """Of the prompt: those that the server had read before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatFailed:
    """A server of a pool gave up; the next one, if there is one, goes on."""

    server: str
    model: str
    error: ModelServerError


type ChatEvent = ChatDelta | ChatDone | ChatFailed


class ChatModel(ABC):
    """One model on one server.

    Every failure is raised as a `ModelServerError` of `core.errors`.
    """

    @property
    @abstractmethod
    def server(self) -> str:
        """Name of the server as a person knows it, "192.168.1.5:11434"."""

    @property
    @abstractmethod
    def model(self) -> str:
        """Name of the model on the server, "qwen3:4b"."""

    @property
    @abstractmethod
    def token_budget(self) -> int:
        """Tokens that a prompt may take: the context without the answer."""

    @abstractmethod
    def count(self, request: ChatRequest) -> int:
        """Return the tokens that a request is likely to be."""

    def __str__(self) -> str:
        """Name server and model for logs."""
        return f"{self.model} on {self.server}"

    @abstractmethod
    def chat(
        self, request: ChatRequest, limits: ChatLimits
    ) -> AsyncGenerator[ChatEvent]:
        """Stream the answer: deltas, then one `ChatDone`.

        An answer that ends without `ChatDone` raises. Closing the generator cancels
        the request at the server. A request that is longer than `token_budget` loses its
        earliest turns, and raises `PromptTooLongError` when that does not help.
        """

    @abstractmethod
    async def list_models(self) -> list[str]:
        """Return the names of the models that the server has."""

    @abstractmethod
    async def list_chat_models(self) -> list[str]:
        """Return the names of those that can chat, as far as that is told."""

    @abstractmethod
    async def check(self) -> None:
        """Raise unless the server answers and has the model."""

    @abstractmethod
    async def try_key(self) -> None:
        """Raise unless the server takes the key; asked where a user gives one."""

    @abstractmethod
    async def sees(self) -> bool:
        """Return whether the model takes pictures; True where the server cannot say."""

    @abstractmethod
    async def warm(self, beginning: ChatRequest | None = None) -> None:
        """Have the server load the model, so that the next answer starts sooner.

        It also reads `beginning`, what the next request will begin with; what it has
        read of another one may be lost by that.
        """

    @abstractmethod
    async def close(self) -> None:
        """Close all connections."""
