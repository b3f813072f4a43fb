"""What must not happen on one sentence alone: asked for again, or for a code.

This is code on the way of every action, not a rule in a prompt: what a model, a name in
the home or a misheard sentence asks for makes no difference here.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.components import conversation
from homeassistant.components.conversation import trace
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import intent

from ..const import CONF_CRITICAL, CONF_PIN
from ..core.errors import JarvisError, NotAllowedError, PinPausedError
from ..engines.language import enumerate_phrases, folded, named
from ..skills.base import Answer
from .names import thing_name
from .pin import is_code, speaks_digits
from .speech import say

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

_CRITICAL_COVERS = frozenset({"door", "garage", "gate"})
_READING = frozenset({"HassGetState", "HassClimateGetTemperature", "HassGetWeather"})
_YES = frozenset(
    "oui ouais yes yeah yep sure certain certaine absolument confirme confirm vas-y".split()  # noqa: SIM905
)
_NO = frozenset(
    "non nan no nope annule annuler cancel stop pas not don't rien laisse never".split()  # noqa: SIM905
)

type Resume = Callable[["Turn"], Awaitable[Answer | None]]


class GuardedError(JarvisError):
    """An action that has to be confirmed first; never reaches the user as an error."""

    # Its sentence is only heard if an action is held back where nobody can ask.
    key = "not_confirmed"

    def __init__(
        self, detail: str = "", entity_ids: tuple[str, ...] = (), verb: str = ""
    ) -> None:
        super().__init__(detail)
        self.entity_ids = entity_ids
        self.verb = verb
        self.resume: Resume | None = None
        self.done = ""
        """What was done before, in the same breath."""


@dataclass(slots=True, kw_only=True)
class _Pending:
    error: GuardedError
    who: str | None
    asked: float = field(default_factory=time.monotonic)
    spoken: str = ""


class Guard:
    """The critical things of the home, and what is waiting to be confirmed."""

    def __init__(self, hass: HomeAssistant, options: Mapping[str, Any]) -> None:
        self._hass = hass
        self._code = str(options.get(CONF_PIN) or "")
        self._marked = frozenset(options.get(CONF_CRITICAL) or ())
        self._pending: dict[str, _Pending] = {}
        self._wrong = 0
        self._paused_until = 0.0

    def check(self, turn: Turn, kind: str, slots: Mapping[str, Any]) -> None:
        """Raise unless an intent may be handled now.

        Raises `NotAllowedError` for what the user may not touch, `GuardedError` for
        what has to be confirmed, `PinPausedError` after too many wrong codes.
        """
        targets = self._targets(turn, slots)
        if turn.user is not None:
            policy = POLICY_READ if kind in _READING else POLICY_CONTROL
            for state in targets:
                if not turn.user.permissions.check_entity(state.entity_id, policy):
                    raise NotAllowedError
        verbs = {
            state.entity_id: verb
            for state in targets
            if state.entity_id not in turn.permitted
            and (verb := self._verb(kind, slots, state))
        }
        if not verbs:
            return
        if self._code and time.monotonic() < self._paused_until:
            raise PinPausedError
        verb = next(iter(verbs.values())) if len(set(verbs.values())) == 1 else "use"
        raise GuardedError(entity_ids=tuple(verbs), verb=verb)

    def is_critical(self, entity_id: str) -> bool:
        """Return whether an entity is one that is not opened on one sentence alone."""
        if entity_id in self._marked:
            return True
        if (domain := entity_id.partition(".")[0]) in {"lock", "alarm_control_panel"}:
            return True
        state = self._hass.states.get(entity_id) if domain == "cover" else None
        return bool(state) and state.attributes.get("device_class") in _CRITICAL_COVERS

    def is_critical(self, entity_id: str) -> bool:
        """Return whether an entity is one that is not opened on one sentence alone."""
        if entity_id in self._marked:
            return True
        if (domain := entity_id.partition(".")[0]) in {"lock", "alarm_control_panel"}:
            return True
        state = self._hass.states.get(entity_id) if domain == "cover" else None
        return bool(state) and state.attributes.get("device_class") in _CRITICAL_COVERS

    def ask(self, turn: Turn, error: GuardedError) -> Answer:
        """Return the question, and remember what it is about."""
        # Questions that nobody answers must not pile up.
        now = time.monotonic()
        self._pending = {
            key: pending
            for key, pending in self._pending.items()
            if now - pending.asked < PATIENCE
        }
        self._pending[turn.conversation_id] = _Pending(error=error, who=turn.user_id)
        names = [
            named(thing_name(self._hass, state, turn.language), turn.language).text
            for entity_id in error.entity_ids
            if (state := self._hass.states.get(entity_id))
        ]
        question = say(
            turn.language,
            "guard.code" if self._code else "guard.sure",
            action=say(turn.language, f"guard.{error.verb}"),
            what=enumerate_phrases(names, turn.language),
        )
        return Answer(speech=f"{error.done} {question}".strip(), asks=True)

    def is_secret(self, text: str) -> bool:
        """Return whether a text speaks the code, asked for or not."""
        return bool(self._code) and is_code(text, self._code)

    def drop(self, conversation_id: str) -> None:
        """Forget the open question of a conversation."""
        self._pending.pop(conversation_id, None)

    def drop(self, conversation_id: str) -> None:
        """Forget the open question of a conversation."""
        self._pending.pop(conversation_id, None)

    def shield(
        self, user_input: conversation.ConversationInput
    ) -> conversation.ConversationInput:
        """Take a spoken code out of a request before anyone writes it down."""
        pending = self._open(user_input.conversation_id or "")
        if not (self._code and pending and speaks_digits(user_input.text)):
            return user_input
        pending.spoken = user_input.text
        current = trace._current_trace.get()
        for event in current._events if current else ():
            if event.data and event.data.get("text") == user_input.text:
                event.data["text"] = HIDDEN
        return replace(user_input, text=HIDDEN)

    async def async_answer(self, turn: Turn) -> Answer | None:
        """Take a turn for the reply to the question, when one is open."""
        pending = self._open(turn.conversation_id)
        if pending is None:
            return None
        del self._pending[turn.conversation_id]
        # In a household with several users the one who asked has to confirm.
        if pending.who != turn.user_id:
            return None
        words = set(folded(turn.text))
        if self._code and pending.spoken:
            return await self._async_try(turn, pending)
        if words & _NO:
            return Answer(speech=say(turn.language, "ask.dropped"))
        if self._code or not words & _YES:
            return None
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

    def _targets(self, turn: Turn, slots: Mapping[str, Any]) -> list[State]:
        """Return what an intent would act on, found as Home Assistant finds it."""
        name = _text(slots.get("name"))
        constraints = intent.MatchTargetsConstraints(
            name=None if name == "all" else name,
            area_name=_text(slots.get("area")),
            floor_name=_text(slots.get("floor")),
            domains=_list(slots.get("domain")),
            device_classes=_list(slots.get("device_class")),
            assistant=conversation.DOMAIN,
            allow_duplicate_names=True,
        )
        if not constraints.has_constraints:
            return []
        return intent.async_match_targets(self._hass, constraints).states

    def _verb(self, kind: str, slots: Mapping[str, Any], state: State) -> str | None:
        """Return what would be done that is critical, None for what is not."""
        domain = state.domain
        marked = state.entity_id in self._marked
        match domain:
            case "lock":
                opens = kind in {"HassTurnOff", "HassToggle", "HassOpenLock"}
                return "unlock" if opens else None
            case "alarm_control_panel":
                return "disarm" if kind in {"HassTurnOff", "HassToggle"} else None
            case "cover" | "valve":
                guarded = marked or (
                    state.attributes.get("device_class") in _CRITICAL_COVERS
                )
                moves = kind in {"HassTurnOn", "HassToggle", "HassOpenCover"}
                wanted = _text(slots.get("position"))
                lifts = kind == "HassSetPosition" and wanted not in {"0", "0.0"}
                return "open" if guarded and (moves or lifts) else None
        return "use" if marked and kind not in _READING else None


def _text(value: Any) -> str | None:
    return None if value in (None, "") else str(value)


def _list(value: Any) -> list[str] | None:
    if not value:
        return None
    return [value] if isinstance(value, str) else [str(entry) for entry in value]
