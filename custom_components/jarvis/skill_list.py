"""The skills of Jarvis, in the order in which they are asked: one line each."""

from .skills.base import Skill
from .skills.weather import Weather

SKILLS: tuple[type[Skill], ...] = (Weather,)
