"""What goes into a skill and what comes out: a request, and an answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from homeassistant.core import Context
from homeassistant.helpers.intent import IntentResponse

from .dialogue import Dialogue


class Request(Protocol):
    """What a skill may know of the turn that it is asked to answer."""

    @property
    def text(self) -> str:
        """What was said or written."""

    @property
    def language(self) -> str:
        """Language of the answer, "fr" or "en"."""

    @property
    def context(self) -> Context:
        """Home Assistant's context; actions are done in its name."""

    @property
    def conversation_id(self) -> str:
        """The conversation that the turn belongs to."""

    @property
    def device_id(self) -> str | None:
        """The device that heard it, None for a message from an app."""

    @property
    def satellite_id(self) -> str | None:
        """The satellite entity that heard it."""

    @property
    def area_id(self) -> str | None:
        """The area that the device or satellite is in."""

    @property
    def reader(self) -> Callable[[str], bool] | None:
        """Tells of an entity id whether the speaker may know of it; None: of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What Jarvis says at the end of a turn."""

    speech: str
    """The words to speak."""
    written: str = ""
    """The form to read, where it says more than the spoken one."""
    response: IntentResponse | None = None
    """What Home Assistant's intent did, when one ran."""
    before: tuple[IntentResponse, ...] = ()
    """What others did in the same turn, before that one."""
    asks: bool = False
    """True when Jarvis asked something and waits for the reply."""
    confirms: bool = False
    """True when it says no more than that all was done: a chime can stand for it."""
    because: str = ""
    """What "why?" tells of it: a sentence in the language of the answer."""
    dialogue: Dialogue | None = None
    """The question that is open now, where a skill waits for the reply."""
