"""What must not happen on one sentence alone: asked for again, or for a code.

This is code on the way of every action, not a rule in a prompt: what a model, a name in
the home or a misheard sentence asks for makes no difference here.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.components import conversation
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import intent, llm

from ..const import CONF_CRITICAL, CONF_PIN
from ..core.errors import JarvisError, NotAllowedError, PinPausedError
from ..engines.language import (
    calls_off,
    enumerate_phrases,
    hushes,
    named,
    reads_no,
    reads_yes,
)
from ..skills.base import Answer
from .access import Access, AccessRule
from .concealing import rewrite
from .critical import Critical
from .names import thing_name
from .pin import is_code, speaks_digits, without_code
from .speech import say
from .targets import (
    READING,
    intent_targets,
    is_known,
    is_made_by_user,
    match_failure,
    moves_entities,
    tool_targets,
)

if TYPE_CHECKING:
    from .turn import Turn

PATIENCE = 60.0
"""Seconds in which a question may be answered."""
WRONG_CODES = 3
PAUSE = 300.0
"""Seconds without critical actions after too many wrong codes."""
HIDDEN = "(code)"
"""What takes the place of a spoken code, for everyone but the guard."""

HELD = "Not done: the user is asked to confirm it."
"""What a model is told of a tool that waits for the user."""
REFUSED = "Not done: it is not allowed, and the user is told so."
"""What a model is told of a tool that may not be called."""

concealed_text: ContextVar[str] = ContextVar("concealed_text", default="")
"""What `HIDDEN` stands for, within one run of a pipeline."""

type Resume = Callable[["Turn"], Awaitable[Answer | None]]


class GuardedError(JarvisError):
    """An action that has to be confirmed first; never reaches the user as an error."""

    # Its sentence is only heard if an action is held back where nobody can ask.
    key = "not_confirmed"

    def __init__(
        self,
        detail: str = "",
        entity_ids: tuple[str, ...] = (),
        verb: str = "",
        what: str = "",
        *,
        critical: bool = True,
    ) -> None:
        """Take what would be moved, and how.

        What is not `critical` needs the user's yes and never a code.
        """
        super().__init__(detail)
        self.what = what
        self.entity_ids = entity_ids
        self.verb = verb
        self.critical = critical
        self.resume: Resume | None = None


@dataclass(slots=True, kw_only=True)
class _Pending:
    error: GuardedError
    who: str | None
    language: str
    """That of the question; a code or a "no" tells none."""
    asked: float = field(default_factory=time.monotonic)
    spoken: str = ""


class Guard:
    """The critical things of the home, and what is waiting to be confirmed."""

    def __init__(
        self,
        hass: HomeAssistant,
        options: Mapping[str, Any],
        rules: Sequence[AccessRule] = (),
    ) -> None:
        self._hass = hass
        self._code = str(options.get(CONF_PIN) or "")
        self._critical = Critical(hass, options.get(CONF_CRITICAL) or ())
        self._access = Access(hass, rules)
        self._pending: dict[str, _Pending] = {}
        self._wrong = 0
        self._paused_until = 0.0

    def check(self, turn: Turn, kind: str, slots: Mapping[str, Any]) -> None:
        """Raise unless an intent may be handled now.

        Raises `NotAllowedError` for what the user may not touch, `GuardedError` for
        what has to be confirmed, `PinPausedError` after too many wrong codes,
        `intent.MatchFailedError` where nothing was found that could be judged.
        """
        if kind in READING:
            if reader := turn.reader:
                targets = intent_targets(self._hass, kind, slots)
                if targets and not any(reader(s.entity_id) for s in targets):
                    raise NotAllowedError
            return
        # To match names costs milliseconds in a big home: of one who may do anything,
        # only what is critical has to be known.
        limited = self._limited(turn)
        among = None if limited else self._critical.candidates()
        if not is_known(self._hass, kind):
            among = None
        targets = intent_targets(self._hass, kind, slots, among)
        if kind == intent.INTENT_START_TIMER and slots.get("conversation_command"):
            self._check_later(turn)
        if not targets and not is_known(self._hass, kind):
            self._check_unknown(turn, kind)
        elif not targets and limited and moves_entities(self._hass, kind):
            raise match_failure(self._hass, kind, slots)
        self._check_acting(turn, kind, slots, targets)

    def check_tool(
        self, turn: Turn, tool: llm.Tool, arguments: Mapping[str, Any]
    ) -> None:
        """Raise unless a tool that is no intent may be called now; see `check`.

        A tool that names no entity counts as one of the integration that offers it, and
        as critical: nothing tells what it does.
        """
        if tool.annotations.read_only:
            return
        targets = tool_targets(self._hass, tool, arguments)
        if not targets:
            if tool.integration:
                self._access.check(turn, {tool.integration})
            if not is_made_by_user(tool):
                self._check_unknown(turn, tool.name, tool.title or "")
        self._check_acting(turn, "", {}, targets)

    def _check_unknown(self, turn: Turn, name: str, title: str = "") -> None:
        """Raise unless what nothing is known of was confirmed."""
        if name in turn.permitted:
            return
        if self._code and time.monotonic() < self._paused_until:
            raise PinPausedError
        what = title or name.rpartition("__")[2].replace("_", " ")
        raise GuardedError(entity_ids=(name,), verb="use", what=what)

    def may_use(self, turn: Turn, state: State) -> bool:
        """Return whether the speaker may have an entity moved."""
        try:
            self._check_allowed(turn, [state])
        except NotAllowedError:
            return False
        return True

    def hides(self, turn: Turn, kind: str, slots: Mapping[str, Any]) -> bool:
        """Return whether an answer would tell more than the speaker may know."""
        if kind not in READING or (reader := turn.reader) is None:
            return False
        targets = intent_targets(self._hass, kind, slots)
        return not all(reader(state.entity_id) for state in targets)

    def is_critical(self, entity_id: str) -> bool:
        """Return whether an entity is one that is not opened on one sentence alone."""
        return entity_id in self._critical

    def _check_acting(
        self,
        turn: Turn,
        kind: str,
        slots: Mapping[str, Any],
        targets: Sequence[State],
    ) -> None:
        self._check_allowed(turn, targets)
        verbs = {
            state.entity_id: verb
            for state in targets
            if state.entity_id not in turn.permitted
            and (verb := self._critical.verb(kind, slots, state))
        }
        if not verbs:
            return
        if self._code and time.monotonic() < self._paused_until:
            raise PinPausedError
        verb = next(iter(verbs.values())) if len(set(verbs.values())) == 1 else "use"
        raise GuardedError(entity_ids=tuple(verbs), verb=verb)

    def _check_allowed(self, turn: Turn, targets: Sequence[State]) -> None:
        if turn.user is not None:
            may = turn.user.permissions.check_entity
            if not all(may(state.entity_id, POLICY_CONTROL) for state in targets):
                raise NotAllowedError
        # "Everything off" also means the sensors of a room, which nothing moves.
        services = self._hass.services.async_services_for_domain
        # Rules are about what moves; a broadcast only speaks.
        domains = {state.domain for state in targets} - {"assist_satellite"}
        self._access.check(turn, filter(services, domains))

    def _check_later(self, turn: Turn) -> None:
        """Raise for an order whose speaker is forgotten until it is carried out."""
        if turn.user is not None and (
            self._access.names(turn.user.id) or not _does_all(turn.user)
        ):
            raise NotAllowedError

    def _limited(self, turn: Turn) -> bool:
        return bool(self._access) or (
            turn.user is not None and not _does_all(turn.user)
        )

    def ask(self, turn: Turn, error: GuardedError) -> Answer:
        """Return the question, and remember what it is about."""
        # Questions that nobody answers must not pile up.
        now = time.monotonic()
        self._pending = {
            key: pending
            for key, pending in self._pending.items()
            if now - pending.asked < PATIENCE
        }
        self._pending[turn.conversation_id] = _Pending(
            error=error, who=turn.user_id, language=turn.language
        )
        names = [
            named(thing_name(self._hass, state, turn.language), turn.language).text
            for entity_id in error.entity_ids
            if (state := self._hass.states.get(entity_id))
        ]
        question = say(
            turn.language,
            "guard.code" if self._code and error.critical else "guard.sure",
            action=say(turn.language, f"guard.{error.verb}"),
            what=error.what or enumerate_phrases(names, turn.language),
        )
        return Answer(speech=f"{turn.done} {question}".strip(), asks=True)

    def is_secret(self, text: str) -> bool:
        """Return whether a text speaks the code, asked for or not."""
        return bool(self._code) and is_code(text, self._code)

    def drop(self, conversation_id: str) -> None:
        """Forget the open question of a conversation."""
        self._pending.pop(conversation_id, None)

    def shield(
        self, user_input: conversation.ConversationInput
    ) -> conversation.ConversationInput:
        """Take a spoken code out of a request before anyone writes it down."""
        said = user_input.text
        if said == HIDDEN and (heard := concealed_text.get()):
            concealed_text.set("")
            said = heard
        pending = self._open(user_input.conversation_id or "")
        if self._code and pending and speaks_digits(said):
            pending.spoken = said
            rewrite(self._hass, said, HIDDEN)
            return replace(user_input, text=HIDDEN)
        # Nobody has asked for it: it will be asked for where it is needed.
        kept = self._cut(said)
        if kept != user_input.text:
            rewrite(self._hass, user_input.text, kept)
        return replace(user_input, text=kept)

    def conceal(self, text: str) -> str:
        """Return what may be written down of a text that was just heard.

        An ear is not told whom it serves: while anybody is asked for a code, numbers
        are kept from everyone until `shield` knows who said them.
        """
        asked = self._code and any(map(self._open, self._pending))
        if not (asked and speaks_digits(text)):
            return self._cut(text)
        concealed_text.set(text)
        return HIDDEN

    def _cut(self, text: str) -> str:
        """Take the code from the end of an order."""
        if not self._code:
            return text
        return without_code(text, self._code) or HIDDEN

    async def async_answer(self, turn: Turn) -> Answer | None:
        """Take a turn for the reply to the question, when one is open."""
        pending = self._open(turn.conversation_id)
        if pending is None:
            return None
        del self._pending[turn.conversation_id]
        # In a household with several users the one who asked has to confirm.
        if pending.who != turn.user_id:
            return None
        tried = bool(self._code and pending.spoken)
        refused = any(f(turn.text) for f in (reads_no, hushes, calls_off))
        agreed = not (self._code and pending.error.critical) and reads_yes(
            turn.text, verb=pending.error.verb
        )
        if not (tried or refused or agreed):
            return None
        turn.heard_language = pending.language
        if tried:
            return await self._async_try(turn, pending)
        if refused:
            return Answer(speech=say(turn.language, "ask.dropped"))
        return await self._async_resume(turn, pending.error)

    async def _async_try(self, turn: Turn, pending: _Pending) -> Answer | None:
        if time.monotonic() < self._paused_until:
            raise PinPausedError
        if is_code(pending.spoken, self._code):
            self._wrong = 0
            return await self._async_resume(turn, pending.error)
        self._wrong += 1
        # A script that guesses fast should gain nothing by it.
        await asyncio.sleep(0)
        if self._wrong >= WRONG_CODES:
            self._wrong = 0
            self._paused_until = time.monotonic() + PAUSE
            raise PinPausedError
        pending.spoken = ""
        self._pending[turn.conversation_id] = pending
        return Answer(speech=say(turn.language, "guard.wrong"), asks=True)

    async def _async_resume(self, turn: Turn, error: GuardedError) -> Answer | None:
        turn.permitted |= set(error.entity_ids)
        return await error.resume(turn) if error.resume else None

    def _open(self, conversation_id: str) -> _Pending | None:
        pending = self._pending.get(conversation_id)
        if pending is None or time.monotonic() - pending.asked > PATIENCE:
            return None
        return pending


def _does_all(user: User) -> bool:
    return user.permissions.access_all_entities(POLICY_CONTROL)
