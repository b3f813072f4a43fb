"""What a turn notes on its way: the routes that were tried, the servers asked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A route that was asked for an answer."""

    route: str
    answered: bool = False
    why: str = ""
    """Why it had no answer, a key of the sentences `explain.why`; "" where unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCall:
    """A model server that was asked, once."""

    server: str
    model: str
    error: str = ""
    """Key of what went wrong, "" when it answered."""
    prompt_tokens: int = 0
    answer_tokens: int = 0
