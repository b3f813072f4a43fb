"""One utterance on its way to one answer."""

import asyncio
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from hassil.recognize import RecognizeResult
from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.components.conversation import ChatLog, ConversationInput
from homeassistant.core import Context, HomeAssistant, State
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import llm
from homeassistant.helpers.intent import IntentResponse
from homeassistant.util.ulid import ulid_now

from ...core.errors import JarvisError
from ...engines.language import plain_language, speech_language
from .held_action import HeldAction
from .notes import ModelCall, Tried
from .policy import TURN_SECONDS


class ActionGuard(Protocol):
    """Tells of every action whether it may be done; `guard` has the rules."""

    def check(self, turn: Turn, kind: str, slots: Mapping[str, Any]) -> None:
        """Raise unless an intent may be handled now."""

    def check_tool(
        self, turn: Turn, tool: llm.Tool, arguments: Mapping[str, Any]
    ) -> None:
        """Raise unless a tool that is no intent may be called now."""

    def may_use(self, turn: Turn, state: State) -> bool:
        """Return whether the speaker may have an entity moved."""

    def hides(self, turn: Turn, kind: str, slots: Mapping[str, Any]) -> bool:
        """Return whether an answer would tell more than the speaker may know."""

    def is_critical(self, entity_id: str) -> bool:
        """Return whether an entity is one that is not opened on one sentence alone."""

    def is_secret(self, text: str) -> bool:
        """Return whether a text speaks the code, asked for or not."""


def speaker_of(user_input: ConversationInput) -> str:
    """Return who or what speaks: a user, else a satellite, else a device, else ""."""
    return (
        user_input.context.user_id
        or user_input.satellite_id
        or user_input.device_id
        or ""
    )


@dataclass(slots=True, kw_only=True)
class Turn:
    """All that the stages know of the utterance, and what they note about it."""

    hass: HomeAssistant
    user_input: ConversationInput
    chat_log: ChatLog
    guard: ActionGuard
    heard: bool = False
    """True when it was spoken and Jarvis's own tts will say the answer."""
    user: User | None = None
    """The speaker, where it is known."""
    permitted: set[str] = field(default_factory=set)
    """Critical entities that were confirmed in this turn."""
    said: str = ""
    """The words themselves, where names in them are written otherwise."""
    started: float = field(default_factory=lambda: asyncio.get_running_loop().time())
    request_id: str = field(default_factory=ulid_now)
    route: str = ""
    """The route that answered."""
    heard_language: str = ""
    """The language of the words, where it is not that of the request."""
    entities: tuple[str, ...] = ()
    """The entities that the model was told of."""
    held: JarvisError | None = None
    """What the guard said of a tool that a model called: to be confirmed, or not
    allowed."""
    done: str = ""
    """What was done, in words, before the guard held back the rest."""
    claimed: str = ""
    """What the model claimed though nothing was done."""
    asked: RecognizeResult | None = None
    """The question about states that Home Assistant's sentences have read."""
    foreign: bool = False
    """True when the model began to answer in another language."""
    accompanied: bool = False
    """True when interim words are heard: the answer may then take until the end."""
    corrected: bool = False
    """True once the model was told that what it claimed is not so."""
    failure: str = ""
    """Key of the error that ended it."""
    unserved: JarvisError | None = None
    """Why no model was of use, where the user has to be told of it."""
    unheard: bool = False
    """True when the text only stands for a failure to hear."""
    asked_first: HeldAction | None = None
    """What was not done, because it has to be confirmed first."""
    tried: list[Tried] = field(default_factory=list)
    """The routes in the order in which they were asked."""
    servers: list[ModelCall] = field(default_factory=list)
    """The model servers in the order in which they were asked."""
    responses: list[IntentResponse] = field(default_factory=list)
    """What intents did that the answer tells of."""
    stages: dict[str, float] = field(default_factory=dict)
    """Milliseconds spent in each stage, in the order in which they ran."""

    @property
    def text(self) -> str:
        """What was said or written, with names as their owner writes them."""
        return self.user_input.text

    def respell(self, text: str) -> None:
        """Note what was said with the names in it as they are written."""
        if text != self.text:
            self.said = self.said or self.text
            self.user_input = replace(self.user_input, text=text)

    @property
    def said_input(self) -> ConversationInput:
        """The request in the words that were said."""
        return replace(self.user_input, text=self.said or self.text)

    @property
    def language(self) -> str:
        """Language of Jarvis's own sentences, "fr" or "en"."""
        return self.heard_language or speech_language(self.tag)

    def note_language(self) -> None:
        """Answer in the language of the words, where these tell and nothing else has."""
        found = None if self.unheard else plain_language(self.text[:500])
        if found and not self.heard_language and found != speech_language(self.tag):
            self.heard_language = found

    @property
    def heard_input(self) -> ConversationInput:
        """The request in the language that it was spoken in."""
        if not self.heard_language:
            return self.user_input
        return replace(self.user_input, language=self.heard_language)

    @property
    def tag(self) -> str:
        """Language tag of the request, "fr-CA"."""
        return self.user_input.language or self.hass.config.language

    @property
    def context(self) -> Context:
        """Home Assistant's context of the request."""
        return self.user_input.context

    @property
    def user_id(self) -> str | None:
        """The user, where the request came from one: voice satellites have none."""
        return self.user_input.context.user_id

    @property
    def reader(self) -> Callable[[str], bool] | None:
        """Tells of an entity id whether the speaker may know of it; None: of all.

        Who speaks to a satellite may know of all that is exposed.
        """
        if self.user is None or self.user.permissions.access_all_entities(POLICY_READ):
            return None
        permissions = self.user.permissions
        return lambda entity_id: permissions.check_entity(entity_id, POLICY_READ)

    @property
    def speaker(self) -> str:
        """Who or what speaks, for counting."""
        return speaker_of(self.user_input)

    @property
    def conversation_id(self) -> str:
        """The conversation that the turn belongs to."""
        return self.chat_log.conversation_id

    @property
    def device_id(self) -> str | None:
        """The device that heard it."""
        return self.user_input.device_id

    @property
    def satellite_id(self) -> str | None:
        """The satellite entity that heard it."""
        return self.user_input.satellite_id

    @property
    def by_voice(self) -> bool:
        """True when the answer is only heard: a device or satellite has no screen."""
        return self.device_id is not None or self.satellite_id is not None

    @property
    def area_id(self) -> str | None:
        """The area that the satellite or device is in."""
        device_id = self.device_id
        if self.satellite_id is not None and (
            entry := er.async_get(self.hass).async_get(self.satellite_id)
        ):
            if entry.area_id is not None:
                return entry.area_id
            device_id = entry.device_id
        if device_id is not None and (
            device := dr.async_get(self.hass).async_get(device_id)
        ):
            return dr.async_get_effective_area_id(self.hass, device)
        return None

    @property
    def elapsed(self) -> float:
        """Seconds since the turn began."""
        return asyncio.get_running_loop().time() - self.started

    @property
    def remaining(self) -> float:
        """Seconds until the turn has to be over."""
        return self.started + TURN_SECONDS - asyncio.get_running_loop().time()

    @contextmanager
    def stage(self, name: str) -> Generator[None]:
        """Note how long a stage takes."""
        start = time.perf_counter()
        try:
            yield
        finally:
            elapsed = (time.perf_counter() - start) * 1000
            self.stages[name] = self.stages.get(name, 0.0) + elapsed
