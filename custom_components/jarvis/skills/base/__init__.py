"""What a skill is: something Jarvis can do, known to the assistant only by this."""

from .dialogue import Dialogue, Dialogues
from .effects import READS, UNDECLARED, ActsOn, Effect, Risk
from .registry import Health, Skills
from .sentences import Said, Sentences, folded_forms
from .skill import Action, Skill
from .texts import Texts
from .tools import JarvisTool, SkillTool, ToolCall, effect_of, told_of
from .values import Answer, Request

__all__ = [
    "READS",
    "UNDECLARED",
    "Action",
    "ActsOn",
    "Answer",
    "Dialogue",
    "Dialogues",
    "Effect",
    "Health",
    "JarvisTool",
    "Request",
    "Risk",
    "Said",
    "Sentences",
    "Skill",
    "SkillTool",
    "Skills",
    "Texts",
    "ToolCall",
    "effect_of",
    "folded_forms",
    "told_of",
]
