"""Tells of orders for later and calls them off, from anywhere in the home.

Home Assistant's timers hold them, whoever said them and wherever. What an order would
move is read from its words again: so it is known after a reload, too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from homeassistant.components.intent.timers import TimerInfo
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ...core.errors import NotAllowedError
from ...engines.language import (
    LANGUAGES,
    Action,
    Scheduling,
    calls_off,
    enumerate_phrases,
    folded,
    read_orders,
    read_scheduling,
    speech_language,
)
from ...ha_internals import timer_manager
from ...skills.base import Answer
from ..home import KINDS, Home, key_words, look_around
from ..sentences import say, say_duration
from ..turn import Turn
from .later import say_clock

_SOON = 3 * 3600
"""Seconds within which a moment is told as the time that is left."""
_CANCELS = frozenset({"annule", "annuler", "annulez", "cancel"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """An order that waits for its time."""

    timer: TimerInfo
    words: frozenset[str]
    """All that it may be called by."""
    actions: frozenset[Action | None]
    entity_ids: tuple[str, ...]

    @property
    def command(self) -> str:
        """The order itself."""
        return self.timer.conversation_command or ""


async def async_answer_scheduled(turn: Turn) -> Answer | None:
    """List or call off orders for later; None for what is about none of them."""
    if calls_off(turn.text):
        turn.note_language()
        return _call_off_here(turn)
    heard = turn.language
    for language in (heard, *(other for other in LANGUAGES if other != heard)):
        if (asked := read_scheduling(turn.text, language)) is not None:
            answer = _answer(turn, asked, language)
            if answer is not None and language != heard:
                turn.heard_language = language
            return answer
    return None


def _answer(turn: Turn, asked: Scheduling, language: str) -> Answer | None:
    pending = _pending(turn)
    if not asked.cancels:
        return Answer(speech=_listed(language, pending))
    chosen = pending if asked.everything else _chosen(pending, asked, language)
    if not chosen:
        if not asked.sure:
            return None
        speech = say(language, "scheduled.none_such") if pending else ""
        return Answer(speech=f"{speech} {_listed(language, pending)}".strip())
    if len(chosen) > 1 and not asked.everything:
        orders = _told(language, chosen)
        return Answer(speech=say(language, "scheduled.which", orders=orders))
    return _call_off(turn, chosen, language)


def _call_off_here(turn: Turn) -> Answer | None:
    """Answer a bare "cancel" where nothing of this conversation waits.

    The only order that this very device was given is meant; one of another room is
    rather told of than called off.
    """
    pending = _pending(turn)
    if _CANCELS.isdisjoint(folded(turn.text)) or not pending:
        return Answer(speech=say(turn.language, "scheduled.all_right"))
    own = [
        each
        for each in pending
        if turn.device_id is not None and each.timer.device_id == turn.device_id
    ]
    if len(own) == 1:
        return _call_off(turn, own, turn.language)
    speech = say(turn.language, "scheduled.not_here")
    return Answer(speech=f"{speech} {_listed(turn.language, pending)}")


def _call_off(turn: Turn, chosen: Sequence[Pending], language: str) -> Answer:
    for each in chosen:
        states = map(turn.hass.states.get, each.entity_ids)
        if not all(turn.guard.may_use(turn, state) for state in states if state):
            raise NotAllowedError
    manager = timer_manager(turn.hass)
    assert manager is not None
    for each in chosen:
        manager.cancel_timer(each.timer.id)
    if len(chosen) == 1:
        key = "scheduled.called_off"
        return Answer(speech=say(language, key, command=chosen[0].command))
    count = str(len(chosen))
    return Answer(speech=say(language, "scheduled.all_called_off", count=count))


def _pending(turn: Turn) -> list[Pending]:
    """Return what waits, the next first, of which the speaker may know."""
    found = [
        _read(turn.hass, timer)
        for timer in _timers(turn.hass)
        if timer.conversation_command
    ]
    if (reader := turn.reader) is not None:
        found = [
            each
            for each in found
            if each.entity_ids and all(map(reader, each.entity_ids))
        ]
    return sorted(found, key=lambda each: each.timer.seconds_left)


def _timers(hass: HomeAssistant) -> list[TimerInfo]:
    manager = timer_manager(hass)
    return list(manager.timers.values()) if manager else []


def _read(hass: HomeAssistant, timer: TimerInfo) -> Pending:
    command = timer.conversation_command or ""
    language = speech_language(timer.language)
    home = look_around(hass, language, timer.area_id)
    words = set(key_words(folded(command), language))
    actions: set[Action | None] = set()
    entity_ids: list[str] = []
    for order in read_orders(command, language) or []:
        actions.add(order.action)
        found = home.find(order)
        entity_ids += found.entity_ids
        if found.domain and not found.entity_ids:
            entity_ids += [
                thing.entity_id
                for thing in home.things
                if thing.domain == found.domain
                and found.device_class in {"", thing.device_class}
            ]
    for entity_id in entity_ids:
        words |= _names(home, entity_id)
    return Pending(
        timer=timer,
        words=frozenset(words),
        actions=frozenset(actions),
        entity_ids=tuple(dict.fromkeys(entity_ids)),
    )


def _names(home: Home, entity_id: str) -> frozenset[str]:
    """Return all words that a thing, its kind and its room are called by."""
    thing = home.index.by_id.get(entity_id)
    if thing is None:
        return frozenset()
    words = frozenset[str]().union(*thing.name_words)
    words |= {word for word, kind in KINDS[home.language].items() if kind.covers(thing)}
    return words.union(
        *(names for names, area in home.area_words if area == thing.area_id)
    )


def _chosen(
    pending: Sequence[Pending], asked: Scheduling, language: str
) -> list[Pending]:
    about = key_words(asked.about, language)
    return [
        each
        for each in pending
        if about <= each.words
        and (asked.action is None or not each.actions or asked.action in each.actions)
    ]


def _listed(language: str, pending: Sequence[Pending]) -> str:
    if not pending:
        return say(language, "scheduled.nothing")
    key = "scheduled.one" if len(pending) == 1 else "scheduled.many"
    orders = _told(language, pending)
    return say(language, key, orders=orders, count=str(len(pending)))


def _told(language: str, pending: Sequence[Pending]) -> str:
    return enumerate_phrases([_order(language, each) for each in pending], language)


def _order(language: str, each: Pending) -> str:
    left = each.timer.seconds_left
    if left <= _SOON:
        duration = say_duration(language, left)
        when = say(language, "scheduled.in", duration=duration)
    else:
        when = say_clock(language, dt_util.now() + timedelta(seconds=left))
    return say(language, "scheduled.order", command=each.command, when=when)
