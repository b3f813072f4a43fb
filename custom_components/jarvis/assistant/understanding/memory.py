"""What was spoken of in each conversation, for "it" and "and in the kitchen?"."""

import asyncio
from dataclasses import dataclass, field
from functools import partial

from homeassistant.helpers import chat_session
from homeassistant.helpers.intent import (
    INTENT_TURN_OFF,
    INTENT_TURN_ON,
    IntentResponse,
    IntentResponseTargetType,
    IntentResponseType,
)

from ...engines.language import Action, Order

KEPT = 180.0
"""Seconds in which "it" still means what was spoken of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What a turn was about."""

    entity_ids: tuple[str, ...]
    area_id: str | None = None
    action: Action | None = None
    """None after a question."""
    time: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenChoice:
    """An open question of Jarvis's: which of the options is meant."""

    order: Order
    options: tuple[str, ...]
    language: str
    time: float = 0.0


@dataclass(slots=True)
class Memory:
    """Bounded by the chat sessions: what a conversation was about ends with it."""

    _spoken: dict[str, Spoken] = field(default_factory=dict)
    _asked: dict[str, OpenChoice] = field(default_factory=dict)

    def spoken_of(self, conversation_id: str) -> Spoken | None:
        """Return what was last spoken of, unless that was long ago."""
        spoken = self._spoken.get(conversation_id)
        return spoken if spoken and _now() - spoken.time < KEPT else None

    def entities(self, conversation_id: str) -> tuple[str, ...]:
        """Return the entities that were last spoken of."""
        spoken = self.spoken_of(conversation_id)
        return spoken.entity_ids if spoken else ()

    def note(self, conversation_id: str, *responses: IntentResponse) -> None:
        """Remember what Home Assistant's intents were about."""
        entity_ids: list[str] = []
        area_id = None
        action: Action | None = None
        for response in responses:
            for target in response.success_results:
                if target.type is IntentResponseTargetType.ENTITY and target.id:
                    entity_ids.append(target.id)
                elif target.type is IntentResponseTargetType.AREA:
                    area_id = target.id
            if response.response_type is IntentResponseType.QUERY_ANSWER:
                entity_ids += [state.entity_id for state in response.matched_states[:3]]
            action = _action(response)
        if entity_ids:
            self._keep(conversation_id)
            self._spoken[conversation_id] = Spoken(
                entity_ids=tuple(dict.fromkeys(entity_ids)),
                area_id=area_id,
                action=action,
                time=_now(),
            )

    def speak_of(self, conversation_id: str, entity_ids: tuple[str, ...]) -> None:
        """Remember what is asked about: "it" in the reply."""
        self._keep(conversation_id)
        self._spoken[conversation_id] = Spoken(entity_ids=entity_ids, time=_now())

    def ask(self, conversation_id: str, asked: OpenChoice) -> None:
        """Remember a question."""
        self._keep(conversation_id)
        self._asked[conversation_id] = asked

    def take_question(self, conversation_id: str) -> OpenChoice | None:
        """Return the open question, once: the next turn answers it or drops it."""
        asked = self._asked.pop(conversation_id, None)
        return asked if asked and _now() - asked.time < KEPT else None

    def _keep(self, conversation_id: str) -> None:
        if conversation_id in self._spoken or conversation_id in self._asked:
            return
        if session := chat_session.current_session.get():
            session.async_on_cleanup(partial(self._forget, conversation_id))

    def _forget(self, conversation_id: str) -> None:
        self._spoken.pop(conversation_id, None)
        self._asked.pop(conversation_id, None)


def asked_now(order: Order, options: tuple[str, ...], language: str) -> OpenChoice:
    """Return a question that is asked now."""
    return OpenChoice(order=order, options=options, language=language, time=_now())


def _action(response: IntentResponse) -> Action | None:
    if response.response_type is not IntentResponseType.ACTION_DONE:
        return None
    kind = response.intent.intent_type if response.intent else ""
    domains = {
        (target.id or "").partition(".")[0]
        for target in response.success_results
        if target.type is IntentResponseTargetType.ENTITY
    }
    if kind == INTENT_TURN_ON:
        if domains == {"cover"}:
            return Action.OPEN
        return Action.LOCK if domains == {"lock"} else Action.ON
    if kind == INTENT_TURN_OFF:
        if domains == {"cover"}:
            return Action.CLOSE
        return Action.UNLOCK if domains == {"lock"} else Action.OFF
    return None


def _now() -> float:
    return asyncio.get_running_loop().time()
