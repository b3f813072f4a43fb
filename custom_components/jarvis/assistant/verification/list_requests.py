"""Whether an item of a list is to be put on it or taken off it, in the user's words."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from homeassistant.core import HomeAssistant, State

from ...engines.language import Axis, folded
from ..home import key_words, thing_names
from .mentions import is_called, is_said
from .topics import EVERYTHING, topics_of
from .user_request import RequestedPart, UserRequest

_ADDS: Final = frozenset({"HassListAddItem", "HassShoppingListAddItem"})
_TOPIC: Final = "todo"
_VAGUE: Final = frozenset(
    "ingredient stuff everything necessaire".split()  # noqa: SIM905
)
"""With these a model may choose what to put on a list."""
_NEEDED: Final = frozenset(
    "need needed missing lacking require takes faut manque besoin".split()  # noqa: SIM905
)
_ALL_OF_IT: Final = frozenset("all what whatever tout ce".split())  # noqa: SIM905
"""With one of these, what is needed is for the model to choose: "tout ce qu'il faut"."""
_CLEARING: Final = EVERYTHING | frozenset("clear empty wipe vide vider videz".split())  # noqa: SIM905
"""With one of these, all of a list is to be taken off it."""
_ENDING: Final = 1
"""Letters by which forms of a word may differ: no buttermilk for butter."""


def is_list_wanted(
    hass: HomeAssistant,
    request: UserRequest,
    kind: str,
    lists: Sequence[State],
    arguments: Mapping[str, Any],
) -> bool:
    """Return whether the user has asked for what an intent does to a list.

    Every word of the item has to be said, and whether it comes on the list or off it.
    """
    if not _is_list_meant(hass, request, lists):
        return False
    adds = kind in _ADDS
    language = request.language
    item = key_words(folded(str(arguments.get("item") or "")), language)
    parts = [part for part in request.parts if _is_about(part, item, language)]
    parts = parts or (list(request.parts) if request.points else [])
    if _way(parts) is not adds:
        return False
    said = frozenset[str]().union(*(part.said for part in parts))
    if adds and _is_vague(said) and _TOPIC in topics_of(request.said):
        return True
    if not adds or request.points:
        # "I got the milk, you can take it off the list"
        said |= request.whole
    if request.points:
        said |= request.earlier
    if not adds and _TOPIC in topics_of(said) and not said.isdisjoint(_CLEARING):
        # "Clear the whole list but the bread"
        said |= item
    barred = [word for word in item if is_said(word, request.forbidden, language)]
    return not barred and all(_is_item_said(word, said, language) for word in item)


def _is_vague(said: frozenset[str]) -> bool:
    """Return whether words leave it to the model what comes on a list."""
    return not said.isdisjoint(_VAGUE) or not (
        said.isdisjoint(_NEEDED) or said.isdisjoint(_ALL_OF_IT)
    )


def _is_item_said(word: str, said: frozenset[str], language: str) -> bool:
    alike = [
        other
        for other in said
        if abs(len(other) - len(word)) <= _ENDING or not other.startswith(word[:4])
    ]
    return is_said(word, alike, language)


def _is_about(part: RequestedPart, item: frozenset[str], language: str) -> bool:
    return _TOPIC in topics_of(part.said) or any(
        is_said(word, part.said, language) for word in item
    )


def _way(parts: Sequence[RequestedPart]) -> bool | None:
    """Return whether words put something on a list; None where they do neither."""
    ways = {up for part in parts for axis, up in part.directions if axis is Axis.LIST}
    # "Get it off the list": what takes off is said more plainly.
    return None if not ways else False not in ways


def _is_list_meant(
    hass: HomeAssistant, request: UserRequest, lists: Sequence[State]
) -> bool:
    """Return whether no other list was named than what a call would change."""

    def called(state: State) -> bool:
        return is_called(request.said, thing_names(hass, state), request.language)

    named = {
        state.entity_id for state in hass.states.async_all("todo") if called(state)
    }
    return not named or not lists or any(s.entity_id in named for s in lists)
