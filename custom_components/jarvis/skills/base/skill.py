"""The base of every skill."""

import inspect
from abc import ABC
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import probatio
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.storage import Store

from ...const import DOMAIN
from .dialogue import Dialogue
from .sentences import Said, Sentences
from .texts import Texts
from .tools import SkillTool
from .values import Answer, Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """An action of Home Assistant's that a skill offers while it runs."""

    name: str
    handle: Callable[[ServiceCall], Coroutine[Any, Any, ServiceResponse]]
    schema: probatio.Schema = field(default_factory=lambda: probatio.Schema({}))
    description: Mapping[str, Any] | None = None
    """What the interface shows, as in services.yaml."""
    answers: bool = False
    """True when it returns data."""


class Skill(ABC):
    """One thing Jarvis can do; its folder holds its sentences and texts.

    Everything but `name` may be left out.
    """

    name: ClassVar[str]
    """That of its folder; never translated, and part of what it stores."""
    store_version: ClassVar[int] = 0
    """Version of what it keeps in `store`, 0 where it keeps nothing."""
    replaces: ClassVar[frozenset[str]] = frozenset()
    """Intents of Home Assistant's that models need no tool for, since this has one."""

    sentences: Sentences
    texts: Texts

    def __init__(self, hass: HomeAssistant) -> None:
        """Do nothing yet that could fail."""
        self.hass = hass
        self.store: Store[dict[str, Any]] = store_of(hass, type(self))

    @classmethod
    def folder(cls) -> Path:
        """Return the folder of sentences and texts."""
        return Path(inspect.getfile(cls)).parent

    async def async_set_up(self) -> None:  # noqa: B027 - most have nothing to start
        """Start. What is raised here is reported, and Jarvis goes on without it."""

    async def async_close(self) -> None:  # noqa: B027 - nor to close
        """Stop listening, and save: a reload follows at once, and must lose nothing."""

    def might(self, text: str, language: str) -> bool:
        """Return at once whether an utterance may be for this skill."""
        return self.sentences.might(text, language)

    def read(self, text: str, language: str) -> Said | None:
        """Return which of the own sentences an utterance is; not in the event loop."""
        return self.sentences.read(text, language)

    async def async_handle(self, request: Request, said: Said) -> Answer | None:
        """Answer one of the own sentences; None where it is not meant after all."""
        return None

    async def async_reply(self, request: Request, dialogue: Dialogue) -> Answer | None:
        """Take an utterance for the reply to an open dialogue; None when it is none.

        The dialogue is over unless the answer opens the next one.
        """
        return None

    async def async_leave(self, request: Request, dialogue: Dialogue) -> Answer | None:
        """Say something when the user breaks a dialogue off; None for the usual words."""
        return None

    def tools(self) -> Sequence[SkillTool]:
        """Return the tools for models, the same ones each time."""
        return ()

    def help(self, request: Request) -> Sequence[str]:
        """Return what can be asked for here, to follow "I can": the texts' `help`."""
        return self.texts.lines(request.language, "help")

    def entities(self, platform: Platform) -> Sequence[Entity]:
        """Return the entities that it adds to a platform of Jarvis's."""
        return ()

    def actions(self) -> Sequence[Action]:
        """Return the actions that it offers."""
        return ()


def store_of(hass: HomeAssistant, kind: type[Skill]) -> Store[dict[str, Any]]:
    """Return where a skill keeps its data, which goes when Jarvis is removed."""
    return Store(hass, max(kind.store_version, 1), f"{DOMAIN}.skill.{kind.name}")
