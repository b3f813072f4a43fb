"""Tells whether what a model wants to do is what the user asked for.

A model may be wrong, and it reads what others have written: names, lists, calendars,
pages. So nothing moves by its word alone: the user's own words must be an order, or a
need, name or imply what is moved, and go the same way to the same value. Whatever else
it calls waits for the user's yes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import intent, llm

from ...engines.language import Axis, folded
from ..home import LISTS, TIMERS, can_move, key_words, thing_names
from .directions import (
    goes_as_said,
    is_meant_in_place,
    is_met,
    is_needed,
    is_none_left,
    is_opposed,
    is_small,
    is_untold,
    ways_said,
)
from .list_requests import is_list_wanted
from .mentions import (
    TOPIC,
    Mentions,
    implies,
    is_called,
    is_in_place,
    is_said,
    names_anything,
)
from .set_values import is_as_said, setting_of
from .timer_requests import is_timer_wanted, tells_when
from .topics import EVERYTHING, REPEATING, topics_of
from .user_request import RequestedPart, UserRequest, user_request_of

__all__ = ["is_tool_wanted", "is_wanted", "user_request_of"]

_PLAIN = frozenset({Axis.POWER, Axis.OPENING, Axis.LOCK, Axis.RUN})
"""Axes whose words are verbs that tell by themselves what is to be done."""
_ROUTINES = frozenset({"script", "scene"})
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|_")


def is_wanted(
    hass: HomeAssistant,
    request: UserRequest,
    kind: str,
    targets: Sequence[State],
    arguments: Mapping[str, Any],
    *,
    named: bool = False,
) -> bool:
    """Return whether a call is what the user has asked for.

    `kind` is an intent, or "" for a tool that is none. `named`: "everything" will not
    do, nor a room alone.
    """
    moved = [state for state in targets if can_move(hass, state)]
    if kind == intent.INTENT_START_TIMER and tells_when(request, arguments):
        return True
    if not request.said:
        # "Good night": a routine may be called by its name alone.
        return bool(moved) and all(
            state.domain in _ROUTINES and _is_whole(hass, request, state)
            for state in moved
        )
    if kind in LISTS:
        return is_list_wanted(hass, request, kind, moved, arguments)
    if kind in TIMERS and not is_timer_wanted(request, kind, arguments):
        return False
    if kind in TOPIC:
        return _tells(request, kind, arguments)
    if request.forbidden and any(_is_barred(hass, request, s) for s in moved):
        return False
    if request.owners and _are_elsewhere(hass, request):
        return False
    asked = _Match(hass, request, named=named)
    return all(
        any(
            asked.goes_along(part, kind, arguments, state)
            for part in asked.parts_about(state)
        )
        for state in moved
    )


def _is_barred(hass: HomeAssistant, request: UserRequest, state: State) -> bool:
    """Return whether a thing is to be left as it is.

    "Without the floor lamp" leaves out what is called so, and no other lamp.
    """
    called: dict[str, frozenset[str]] = {
        other.entity_id: words
        for other in hass.states.async_all()
        if can_move(hass, other)
        for name in thing_names(hass, other)
        if (words := key_words(folded(name), request.language))
        and words <= request.forbidden
    }
    if state.entity_id in called:
        return True
    rest = request.forbidden.difference(*called.values())
    return implies(hass, Mentions.of(hass, rest, request.language), state)


class _Match:
    """Finds, for each of the things that a call moves, the parts of an order about it."""

    def __init__(
        self, hass: HomeAssistant, request: UserRequest, *, named: bool
    ) -> None:
        self._hass = hass
        self._named = named
        self._request = request
        self._moving = [
            part
            for part in request.parts
            if not part.passed_on
            # "The same for the lamp" goes on with an order, not with a poem.
            and (request.goes_on or part.said.isdisjoint(REPEATING))
        ]
        # "Louder" behind a poem is about its words, and no thing is meant but by name.
        of_text = request.after_text and not any(map(_says_plainly, self._moving))

        def mentions(said: frozenset[str]) -> Mentions:
            found = Mentions.of(hass, said, request.language)
            return replace(found, topics=frozenset()) if of_text else found

        self._parts = [(part, mentions(part.said)) for part in self._moving]
        self._all = mentions(
            frozenset[str]().union(*(part.said for part in self._moving))
        )
        self._before: Mentions | None = None

    def parts_about(self, state: State) -> list[RequestedPart]:
        """Return the parts that have a thing moved, none where nothing does."""
        naming = [
            part
            for part, heard in self._parts
            if self._may_move(part, state)
            and implies(self._hass, heard, state, switching=self._switches(part, state))
        ]
        naming = naming or [
            part
            for part, heard in self._parts
            if part.need
            and is_needed(part.directions, state)
            and is_in_place(self._hass, heard, state)
            and not names_anything(self._hass, heard, places=False)
        ]
        if naming:
            return naming
        moving = [part for part in self._moving if self._may_move(part, state)]
        switching = any(self._switches(part, state) for part in moving)
        if implies(self._hass, self._all, state, switching=switching):
            return moving
        points = self._request.points
        if not points and (not switching or names_anything(self._hass, self._all)):
            return []
        if not (self._request.goes_on and state.entity_id in self._request.spoken):
            # "Again", "the rest": after an order that moved a thing this moves it too,
            # after mere talk of a thing only an order of its own does: "close it".
            moving = [part for part in moving if self._goes_alone(part, state)]
        if state.entity_id in self._request.spoken:
            return moving
        if state.domain == "light" and not points:
            # "Switch off behind me": what is switched without a name is light.
            return [part for part in moving if _says_power(part)]
        if self._before is None:
            said = self._all.said | (self._request.earlier - EVERYTHING)
            self._before = Mentions.of(self._hass, said, self._request.language)
        if implies(self._hass, self._before, state, switching=switching):
            return moving
        return []

    def _goes_alone(self, part: RequestedPart, state: State) -> bool:
        """Return whether a part says by itself what is to be done to a thing."""
        plain = {(axis, up) for axis, up in part.directions if axis in _PLAIN}
        return bool(
            ways_said(plain, state)
            or (
                self._request.names_it
                and not self._request.after_text
                and ways_said(part.directions, state)
            )
        )

    def _may_move(self, part: RequestedPart, state: State) -> bool:
        # "I can take care of the home", "shall we go on?": no act is offered.
        vague = self._request.agreed and not (part.numbers or state.domain in _ROUTINES)
        return (part.moves and not vague) or bool(ways_said(part.directions, state))

    def _switches(self, part: RequestedPart, state: State) -> bool:
        # What a routine does is not told by its room, nor by "everything".
        by_name = self._named or state.domain in _ROUTINES
        return not by_name and _switches(part, state)

    def goes_along(
        self, part: RequestedPart, kind: str, arguments: Mapping[str, Any], state: State
    ) -> bool:
        """Return whether a call goes the way that a part says, to the value it says."""
        if part.need and not is_met(part.directions, kind, state):
            return False
        if (
            part.lessened
            and not _says_power(part)
            and is_none_left(kind, arguments, state)
        ):
            return False
        setting = setting_of(kind, arguments)
        # "All but the lamp": what nobody named goes one way, and to no value.
        if (
            self._request.forbidden
            and not part.numbers
            and (
                setting is not None
                or not goes_as_said(part.directions, kind, arguments, state)
            )
        ):
            return False
        if setting is None:
            again = self._request.goes_on and self._request.points
            if (
                part.verb
                and not again
                and is_untold(part.directions, kind, arguments, state)
            ):
                # "See to the spots"
                return False
            return not is_opposed(part.directions, kind, arguments, state) and (
                not part.slight or is_small(kind, arguments, state)
            )
        # "The lamp in bedroom 2"
        numbers = frozenset(
            number
            for number in part.numbers or self._values_alone()
            if f"{number:g}" not in self._all.rooms
        )
        if self._request.agreed and not numbers:
            return False
        if not is_as_said(setting, numbers, state):
            return False
        if setting.value in numbers:
            return True
        if part.slight and not numbers and not is_small(kind, arguments, state):
            return False
        return not is_opposed(part.directions, kind, arguments, state)

    def _values_alone(self) -> frozenset[float]:
        """Return the values of parts that name nothing: "the heating, to 19"."""
        return frozenset(
            number
            for part, heard in self._parts
            if part.numbers and not names_anything(self._hass, heard)
            for number in part.numbers
        )


def _are_elsewhere(hass: HomeAssistant, request: UserRequest) -> bool:
    """Return whether an order is about the home of somebody whom this one does not know."""
    names = [state.name for state in hass.states.async_all()]
    for area in ar.async_get(hass).async_list_areas():
        names += (area.name, *area.aliases)
    for entry in er.async_get(hass).entities.values():
        names += (alias for alias in entry.aliases if isinstance(alias, str))
    known = {word for name in names for word in folded(name)}
    known |= {word.removesuffix("'s") for word in known}
    return not request.owners <= known


def _says_plainly(part: RequestedPart) -> bool:
    return bool(part.numbers) or any(axis in _PLAIN for axis, _ in part.directions)


def _says_power(part: RequestedPart) -> bool:
    return any(axis is Axis.POWER for axis, _ in part.directions)


def _switches(part: RequestedPart, state: State) -> bool:
    """Return whether a part means a thing by the place that it names."""
    if not part.said.isdisjoint(EVERYTHING):
        return bool(part.numbers or part.moves or ways_said(part.directions, state))
    return not part.need and is_meant_in_place(
        part.directions, state, valued=bool(part.numbers)
    )


def is_tool_wanted(request: UserRequest, tool: llm.IntentTool) -> bool:
    """Return whether a tool that the user has made is what is asked for."""
    about = f"{_CAMEL.sub(' ', tool.intent_type)} {tool.description or ''}"
    return is_called(request.said, [about], request.language) or bool(
        request.whole
        and request.whole
        <= key_words(folded(about.replace("_", " ")), request.language)
    )


def _is_whole(hass: HomeAssistant, request: UserRequest, state: State) -> bool:
    ident = state.entity_id.partition(".")[2].replace("_", " ")
    return any(
        key_words(folded(name), request.language) == request.whole
        for name in (*thing_names(hass, state), ident)
    )


def _tells(request: UserRequest, kind: str, arguments: Mapping[str, Any]) -> bool:
    """Return whether the user has said what a call would say, or have done later."""
    topic = TOPIC[kind]
    text = " ".join(
        str(arguments[slot])
        for slot in ("message", "conversation_command")
        if arguments.get(slot)
    )
    own = key_words(folded(text), request.language)
    said = request.said | (request.earlier if request.points else frozenset())
    about = topic in topics_of(said) or topic in said
    if not own:
        return about
    known = [word for word in own if is_said(word, said, request.language)]
    if topic == "broadcast":
        # "Tell everyone that dinner is ready": a model may put it in other words.
        return about and len(known) * 3 >= len(own)
    return about and len(known) == len(own)
