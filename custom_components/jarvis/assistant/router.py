"""Which part of Jarvis answers a turn: the first route that has an answer."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from ..skills.base import Answer
from .turn import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One way to an answer."""

    name: str
    answer: Callable[[Turn], Awaitable[Answer | None]]
    """Returns None when the turn is nothing for this route."""


class Router:
    """An ordered list of routes; the last one always answers."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self.routes = tuple(routes)

    async def async_answer(self, turn: Turn) -> Answer | None:
        """Return the first answer, None when no route has one."""
        for route in self.routes:
            with turn.stage(route.name):
                answer = await route.answer(turn)
            if answer is not None:
                turn.route = route.name
                return answer
        return None
