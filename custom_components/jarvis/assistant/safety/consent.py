"""What waits for the user's yes or code, and who may give it.

While a question of the guard is open, an utterance of who was asked is, in this order:

- a code: the action is done, or the code was wrong and the question stays open;
- a no, "stop", "never mind": the question is dropped, and Jarvis says so;
- a yes: the action is done; where a code is needed, it is asked for again;
- anything else: answered as what it is, and the question is dropped, so that no later
  yes can mean it.

"Why?" is answered before that and leaves the question open, and so does silence once
(`dialogue/open_question`). What others say leaves it open too, and never answers it.
"""

import time
from collections import OrderedDict
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any

from homeassistant.components import conversation
from homeassistant.core import HomeAssistant
from homeassistant.util.hass_dict import HassKey

from ...const import CONF_PIN, DOMAIN
from ...core.errors import JarvisError, PinPausedError
from ...engines.language import (
    calls_off,
    enumerate_phrases,
    hushes,
    named,
    reads_no,
    reads_yes,
)
from ...ha_internals import runs_in_script
from ...skills.base import Answer
from ..home import thing_name
from ..sentences import say
from ..turn import HeldAction, Turn
from .attempts import Attempts
from .guard import Guard, GuardedError, Resume
from .pin import is_right
from .redaction import HIDDEN, Shield
from .wording import say_clauses

TIMEOUT = 60.0
"""Seconds in which a question may be answered."""
_KEPT = 64
_MOST_ACTIONS = 16
"""Critical actions that one code may confirm: those of one utterance."""

_tried: ContextVar[tuple[str, ...]] = ContextVar("tried", default=())
"""What the code may be that was said in the turn that runs, the likeliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Speaker:
    """Who asked: a user, wherever they are, or else a satellite or device."""

    user_id: str | None
    satellite_id: str | None
    device_id: str | None

    @property
    def known(self) -> bool:
        return any((self.user_id, self.satellite_id, self.device_id))

    def is_same(self, other: _Speaker) -> bool:
        if self.user_id or other.user_id:
            return self.user_id == other.user_id
        return self == other


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingAction:
    """An action that waits: what, who may confirm it, until when."""

    action: HeldAction
    resume: Resume | None
    """Does it, in the turn of who has confirmed it."""
    who: _Speaker
    conversation_id: str
    question: str
    asked_with: str
    """The words that asked for the action."""
    language: str
    """That of the question; a code or a "no" tells none."""
    until: float = field(default_factory=lambda: time.monotonic() + TIMEOUT)

    @property
    def open(self) -> bool:
        """Whether it may be confirmed still."""
        return time.monotonic() < self.until


_PENDING: HassKey[OrderedDict[str, PendingAction]] = HassKey(f"{DOMAIN}.pending")


def forget_questions(hass: HomeAssistant) -> None:
    """Close all open questions: nobody is left who could act on the answers."""
    hass.data.pop(_PENDING, None)


class Consent:
    """The actions that wait to be confirmed, and the code."""

    def __init__(
        self,
        hass: HomeAssistant,
        options: Mapping[str, Any],
        guard: Guard,
        attempts: Attempts,
    ) -> None:
        self._hass = hass
        self._code = str(options.get(CONF_PIN) or "")
        self._attempts = attempts
        self._shield = Shield(hass, self._code, guard.critical_names)
        # A change of settings builds all this anew: the question stays open.
        self._pending = hass.data.setdefault(_PENDING, OrderedDict())

    def shield(
        self,
        user_input: conversation.ConversationInput,
        *,
        question_open: bool,
    ) -> conversation.ConversationInput:
        """Take a code out of a request before anyone writes it down.

        `question_open` is whether Jarvis has asked anything in this conversation.
        """
        pending = self._pending.get(user_input.conversation_id or "")
        waits = bool(pending and pending.open)
        shielded = self._shield.receive(
            user_input,
            number_expected=question_open and not waits,
            expected=self._awaits_code(),
        )
        _tried.set(shielded.tried)
        return replace(user_input, text=shielded.text)

    def conceal(self, text: str) -> str:
        """Return what may be written down of a text that was just heard."""
        return self._shield.hear(text, expected=self._awaits_code())

    def _awaits_code(self) -> bool:
        """Return whether anybody was asked for the code: who answers may be elsewhere."""
        return any(
            kept.open and self._needs_code(kept.action)
            for kept in self._pending.values()
        )

    def drop(self, conversation_id: str) -> None:
        """Forget the open question of a conversation."""
        self._pending.pop(conversation_id, None)

    async def async_answer(self, turn: Turn) -> Answer | None:
        """Take a turn for the reply to a question of the guard, when one is open."""
        tried = bool(_tried.get())
        pending = self._waiting_for(turn)
        if pending is None:
            if turn.text != HIDDEN:
                return None
            return Answer(speech=say(turn.language, "guard.nothing_open"))
        needs_code = self._needs_code(pending.action)
        if tried and (turn.text == HIDDEN or _repeats(turn.text, pending)):
            turn.heard_language = pending.language
            return await self._async_try(turn, pending)
        if turn.text == HIDDEN:
            # Digits that nobody can read: asked for again, and not counted.
            turn.heard_language = pending.language
            return Answer(speech=pending.question, asks=True)
        if any(refuses(turn.text) for refuses in (reads_no, hushes, calls_off)):
            self.drop(pending.conversation_id)
            turn.heard_language = pending.language
            return Answer(speech=say(turn.language, "ask.dropped"))
        if reads_yes(
            turn.text, verb=pending.action.verb, repeated=(pending.asked_with,)
        ):
            turn.heard_language = pending.language
            if needs_code:
                return Answer(speech=pending.question, asks=True)
            self.drop(pending.conversation_id)
            return await self._async_resume(turn, pending.action, pending.resume)
        if pending.conversation_id == turn.conversation_id:
            self.drop(pending.conversation_id)
        return None

    async def async_ask(self, turn: Turn, error: GuardedError) -> Answer:
        """Ask for a yes or the code; where the code was said too, act at once.

        Raises `PinPausedError` after too many wrong codes, what acting raises, and the
        error itself where an automation or a script asks: nobody hears a question.
        """
        if _is_by_script(turn):
            raise error
        action, wrong = error.action, ""
        if action.contrary:
            self.drop(turn.conversation_id)
            return Answer(speech=self._which(turn, action), asks=True)
        if _tried.get() and action.asked_for and self._needs_code(action):
            if await self._async_is_right(turn):
                return await self._async_resume(
                    turn, action, error.resume, all_of_it=True
                )
            wrong = say(turn.language, "guard.wrong")
        turn.asked_first = action
        question = self._question(turn, action)
        who = _speaker(turn)
        # What is asked for anew, or elsewhere, must not stay open twice.
        for key, kept in list(self._pending.items()):
            if key == turn.conversation_id or (who.known and kept.who.is_same(who)):
                del self._pending[key]
        self._pending[turn.conversation_id] = PendingAction(
            action=action,
            resume=error.resume,
            who=who,
            conversation_id=turn.conversation_id,
            question=question,
            asked_with=turn.text,
            language=turn.language,
        )
        while len(self._pending) > _KEPT:
            self._pending.popitem(last=False)
        return Answer(speech=f"{turn.done} {wrong or question}".strip(), asks=True)

    def _which(self, turn: Turn, action: HeldAction) -> str:
        """Ask which of two things is meant; the answer is an order of its own."""
        one, other = (
            say_clauses(self._hass, turn.language, [clause])
            for clause in action.clauses[:2]
        )
        return say(turn.language, "offer.which", one=one, other=other)

    def _question(self, turn: Turn, action: HeldAction) -> str:
        code = self._needs_code(action)
        if action.clauses:
            key = "offer.ask"
            if action.critical:
                key = "guard.code_for" if code else "guard.sure_of"
            acts = say_clauses(self._hass, turn.language, action.clauses)
            return say(turn.language, key, acts=acts)
        names = [
            named(thing_name(self._hass, state, turn.language), turn.language).text
            for entity_id in action.entity_ids
            if (state := self._hass.states.get(entity_id))
        ]
        what = action.what or (
            enumerate_phrases(names, turn.language)
            if names
            else say(turn.language, "offer.all_of_it")
        )
        return say(
            turn.language,
            "guard.code" if code else "guard.sure",
            action=say(turn.language, f"guard.{action.verb}"),
            what=what,
        )

    def _needs_code(self, action: HeldAction) -> bool:
        return bool(self._code) and action.critical

    def _waiting_for(self, turn: Turn) -> PendingAction | None:
        """Return what waits for this very speaker, here or in a talk just left.

        A yes elsewhere is one only where nothing was said before that it might mean.
        """
        for key in [key for key, kept in self._pending.items() if not kept.open]:
            del self._pending[key]
        if _is_by_script(turn):
            return None
        who = _speaker(turn)
        mine = [kept for kept in self._pending.values() if kept.who.is_same(who)]
        for kept in mine:
            if kept.conversation_id == turn.conversation_id:
                return kept
        begins = not any(item.role == "assistant" for item in turn.chat_log.content)
        return mine[-1] if mine and who.known and begins else None

    async def _async_try(self, turn: Turn, pending: PendingAction) -> Answer:
        try:
            right = await self._async_is_right(turn)
        except PinPausedError:
            self.drop(pending.conversation_id)
            raise
        if right:
            self.drop(pending.conversation_id)
            return await self._async_resume(
                turn, pending.action, pending.resume, all_of_it=True
            )
        return Answer(speech=say(turn.language, "guard.wrong"), asks=True)

    async def _async_is_right(self, turn: Turn) -> bool:
        """Return whether the code was right that was said in this turn.

        Raises `PinPausedError` where too many were wrong.
        """
        right = bool(self._code) and is_right(_tried.get(), self._code)
        await self._attempts.async_count(
            turn.speaker, right=right, is_user=turn.user is not None
        )
        return right

    async def _async_resume(
        self,
        turn: Turn,
        action: HeldAction,
        resume: Resume | None,
        *,
        all_of_it: bool = False,
    ) -> Answer:
        """Do what was confirmed, judged anew by who confirms it.

        A code confirms `all_of_it`: whatever the same utterance asks for besides.
        """
        told = [turn.done]
        for _ in range(_MOST_ACTIONS):
            turn.permitted |= set(action.entity_ids)
            turn.held, turn.done = None, ""
            try:
                answer = await resume(turn) if resume else None
            except JarvisError as err:
                told.append(turn.done)
                if isinstance(err, GuardedError) and all_of_it and err.action.asked_for:
                    action, resume = err.action, err.resume
                    continue
                turn.done = " ".join(filter(None, told))
                raise
            if answer is None:
                answer = Answer(speech=say(turn.language, "claims.nothing_done"))
            speech = " ".join(filter(None, [*told, answer.speech]))
            return replace(answer, speech=speech)
        raise GuardedError(action)


def _repeats(text: str, pending: PendingAction) -> bool:
    """Return whether a text says again what was asked for: "unlock it" and the code."""
    return reads_yes(
        f"yes {text}", verb=pending.action.verb, repeated=(pending.asked_with,)
    )


def _is_by_script(turn: Turn) -> bool:
    """Return whether an automation or a script speaks: these never confirm.

    What runs inside a script is told by Home Assistant's stack of scripts, whoever
    started it; a user who calls the action "conversation.process" speaks for themselves.
    """
    return turn.context.parent_id is not None or runs_in_script()


def _speaker(turn: Turn) -> _Speaker:
    return _Speaker(
        user_id=turn.user_id,
        satellite_id=turn.satellite_id,
        device_id=turn.device_id,
    )
