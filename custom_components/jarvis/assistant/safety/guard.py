"""What must not happen on one sentence alone: asked for again, or for a code.

This is code on the way of every action, not a rule in a prompt: what a model, a name in
the home or a misheard sentence asks for makes no difference here.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import intent, llm

from ...const import CONF_CRITICAL, CONF_PIN
from ...core.errors import JarvisError, NotAllowedError
from ...skills.base import Answer, Effect, Risk, effect_of
from ..home import (
    READING,
    intent_targets,
    is_known,
    is_made_by_user,
    match_failure,
    moves_entities,
    tool_targets,
)
from ..turn import HeldAction, Turn
from .access import Access, AccessRule
from .attempts import Attempts
from .critical import Critical
from .pin import is_code

HELD = "Not done: the user is asked to confirm it."
"""What a model is told of a tool that waits for the user."""
REFUSED = "Not done: it is not allowed, and the user is told so."
"""What a model is told of a tool that may not be called."""

type Resume = Callable[[Turn], Awaitable[Answer | None]]


class GuardedError(JarvisError):
    """An action that has to be confirmed first; never reaches the user as an error."""

    # Its sentence is only heard if an action is held back where nobody can ask.
    key = "not_confirmed"

    def __init__(self, action: HeldAction) -> None:
        super().__init__()
        self.action = action
        self.resume: Resume | None = None


class Guard:
    """Tells of every action whether it may be done at once, later, or not at all."""

    def __init__(
        self,
        hass: HomeAssistant,
        options: Mapping[str, Any],
        rules: Sequence[AccessRule],
        attempts: Attempts,
    ) -> None:
        self._hass = hass
        self._attempts = attempts
        self._code = str(options.get(CONF_PIN) or "")
        self._critical = Critical(hass, options.get(CONF_CRITICAL) or ())
        self._access = Access(hass, rules)

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
        if (effect := effect_of(tool)) is not None:
            self._check_declared(turn, tool, effect, targets)
            return
        if not targets:
            if tool.integration:
                self._access.check(turn, {tool.integration})
            if not is_made_by_user(tool):
                self._check_unknown(turn, tool.name, tool.title or "")
        self._check_acting(turn, "", {}, targets)

    def _check_declared(
        self, turn: Turn, tool: llm.Tool, effect: Effect, targets: Sequence[State]
    ) -> None:
        """Raise unless a skill's tool may do what it declares."""
        self._check_allowed(turn, targets)
        if not (effect.keeps or targets):
            self._access.check(turn, {tool.integration or ""})
        asking = effect.risk is Risk.CRITICAL or (effect.moves and not targets)
        critical = (s.entity_id for s in targets if self._critical.verb("", {}, s))
        wanted = [tool.name] if asking else []
        left = [i for i in (*wanted, *critical) if i not in turn.permitted]
        if not left:
            return
        self._check_pause(turn)
        what = (tool.title or tool.name) if asking else ""
        raise GuardedError(HeldAction(entity_ids=tuple(left), verb="use", what=what))

    def _check_unknown(self, turn: Turn, name: str, title: str = "") -> None:
        """Raise unless what nothing is known of was confirmed."""
        if name in turn.permitted:
            return
        self._check_pause(turn)
        what = title or name.rpartition("__")[2].replace("_", " ")
        raise GuardedError(HeldAction(entity_ids=(name,), verb="use", what=what))

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
        self._check_pause(turn)
        verb = next(iter(verbs.values())) if len(set(verbs.values())) == 1 else "use"
        raise GuardedError(HeldAction(entity_ids=tuple(verbs), verb=verb))

    def _check_pause(self, turn: Turn) -> None:
        """Raise where too many codes of this speaker were wrong."""
        if self._code:
            self._attempts.check(turn.speaker, is_user=turn.user is not None)

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

    def is_secret(self, text: str) -> bool:
        """Return whether a text speaks the code, asked for or not."""
        return bool(self._code) and is_code(text, self._code)

    def critical_names(self) -> list[str]:
        """Return the names of all that is not moved on one sentence alone."""
        return [
            state.name
            for state in self._critical.candidates()
            if state.entity_id in self._critical
        ]


def _does_all(user: User) -> bool:
    return user.permissions.access_all_entities(POLICY_CONTROL)
