"""Which part of Jarvis answers a turn: the first route that has an answer."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from ...const import MAX_TEXT
from ...skills.base import Answer
from ..turn import Tried, Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One way to an answer."""

    name: str
    answer: Callable[[Turn], Awaitable[Answer | None]]
    """Returns None when the turn is nothing for this route."""
    passes: str = ""
    """What that means, a key of the sentences `explain.why`."""
    longest: int = MAX_TEXT
    """Characters of a text that may be something for this route."""


class Router:
    """An ordered list of routes; the last one always answers."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self.routes = tuple(routes)

    async def async_answer(self, turn: Turn) -> Answer | None:
        """Return the first answer, None when no route has one."""
        for route in self.routes:
            if len(turn.text) > route.longest:
                turn.tried.append(Tried(route=route.name, why=route.passes))
                continue
            try:
                with turn.stage(route.name):
                    answer = await route.answer(turn)
            except BaseException:
                turn.tried.append(Tried(route=route.name, why="broke_off"))
                raise
            if answer is not None:
                turn.route = route.name
                turn.tried.append(Tried(route=route.name, answered=True))
                return answer
            turn.tried.append(Tried(route=route.name, why=route.passes))
        return None
