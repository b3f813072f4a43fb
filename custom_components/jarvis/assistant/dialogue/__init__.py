"""How turns follow each other: routes, open questions, silence, help, what was missed."""

from .guidance import async_greet, async_guide
from .help import async_help
from .open_question import OpenQuestions
from .router import Route, Router
from .skill_routes import NOT_CONFIRMED, SkillRoutes, async_foreign_turn

__all__ = [
    "NOT_CONFIRMED",
    "OpenQuestions",
    "Route",
    "Router",
    "SkillRoutes",
    "async_foreign_turn",
    "async_greet",
    "async_guide",
    "async_help",
]
