"""What words name and imply in a home: things, kinds, places."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import floor_registry as fr
from homeassistant.helpers import intent

from ...engines.language import folded, words_alike
from ..home import (
    KEPT_RUNNING,
    LISTS,
    TIMERS,
    Kind,
    can_move,
    key_words,
    kinds_of,
    thing_names,
)
from .topics import EVERYTHING, topics_of

ALIKE = 0.8
"""From here on a word is taken for one of a name that was misheard."""
_VERBS = frozenset(
    """
    switch turn set start stop put get make mode home house status
    maison mets met mettre fais fait faire
    """.split()  # noqa: SIM905
)
"""Words of orders that tell nothing of the thing, also where its name holds them."""
_MAKES = {
    tool: words.split()
    for tools, words in (
        ("kettle bouilloire", "tea water eau the infusion tisane"),
        ("cafetiere espresso nespresso percolator", "coffee cafe espresso cappuccino"),
    )
    for tool in tools.split()
}
"""What people ask for who want a thing to be started, by words of its name."""
_DRIVING = frozenset({"lawn_mower", "vacuum"})
"""What works in other places than its own."""
TOPIC = {
    intent.INTENT_BROADCAST: "broadcast",
    **dict.fromkeys(LISTS, "todo"),
    **dict.fromkeys(TIMERS, "timer"),
}
"""What intents are about whose words are the user's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """What some words name and imply in a home, found once for all targets."""

    said: frozenset[str]
    language: str
    areas: set[str]
    rooms: frozenset[str]
    kinds: Sequence[Kind]
    topics: frozenset[str]

    @classmethod
    def of(cls, hass: HomeAssistant, said: frozenset[str], language: str) -> Self:
        """Look for what words name."""
        return cls(
            said=said,
            language=language,
            areas=_areas_said(hass, said, language),
            rooms=_room_words(hass, language),
            kinds=kinds_of(said, language),
            topics=topics_of(said),
        )


def implies(
    hass: HomeAssistant, mentions: Mentions, state: State, *, switching: bool = True
) -> bool:
    """Return whether words name a thing, its kind or, naming no kind, its place.

    A place, or everything, is only meant where the words would have it switched.
    """
    said, language, areas = mentions.said, mentions.language, mentions.areas
    things_said = said - _VERBS
    in_place = is_in_place(hass, mentions, state)
    for name in thing_names(hass, state):
        own = key_words(folded(name), language) - _VERBS
        telling = own - mentions.rooms or own
        telling |= {word for tool in telling for word in _MAKES.get(tool, ())}
        if (in_place or own <= said) and any(
            is_said(word, things_said, language) for word in telling
        ):
            return True
    if not in_place:
        return False
    if (
        any(_is_of(kind, state) for kind in mentions.kinds)
        or state.domain in mentions.topics
    ):
        return True
    if not switching or mentions.kinds or mentions.topics - set(TOPIC.values()):
        return False
    if said.isdisjoint(EVERYTHING) and not areas:
        return False
    # What is critical is asked about by the guard.
    return KEPT_RUNNING.isdisjoint(key_words(folded(state.name), language))


def is_in_place(hass: HomeAssistant, mentions: Mentions, state: State) -> bool:
    """Return whether a thing may be where words say, or they say nothing of a place."""
    return (
        not mentions.areas
        or state.domain in _DRIVING
        or (area := _area_of(hass, state)) is None
        or area in mentions.areas
    )


def _is_of(kind: Kind, state: State) -> bool:
    return state.domain == kind.domain and kind.device_class in {
        "",
        state.attributes.get("device_class"),
    }


def names_anything(
    hass: HomeAssistant, mentions: Mentions, *, places: bool = True
) -> bool:
    """Return whether the words of the order itself name or imply anything at all.

    `places`: a place will do.
    """
    in_place = places and mentions.areas
    return bool(mentions.kinds or mentions.topics or in_place) or any(
        is_called(mentions.said, thing_names(hass, state), mentions.language)
        for state in hass.states.async_all()
        if can_move(hass, state)
    )


def is_said(word: str, said: Collection[str], language: str) -> bool:
    """Return whether a word is among those that were said, or much like one of them."""
    if word in said:
        return True
    if len(word) < 4 or not word.isalpha():
        return False
    return any(
        len(other) > 3
        and (
            other.startswith(word)
            or word.startswith(other)
            or words_alike((other,), (word,), language) >= ALIKE
        )
        for other in said
    )


def _areas_said(hass: HomeAssistant, said: frozenset[str], language: str) -> set[str]:
    """Return the areas that words name, also by their floor."""
    floors = {
        floor.floor_id
        for floor in fr.async_get(hass).async_list_floors()
        if _all_said((floor.name, *floor.aliases), said, language)
    }
    return {
        area.id
        for area in ar.async_get(hass).async_list_areas()
        if area.floor_id in floors
        or _all_said((area.name, *area.aliases), said, language)
    }


def _all_said(names: Iterable[str], said: frozenset[str], language: str) -> bool:
    return any(
        own and own <= said
        for own in (key_words(folded(name), language) for name in names)
    )


def _room_words(hass: HomeAssistant, language: str) -> frozenset[str]:
    return frozenset(
        word
        for area in ar.async_get(hass).async_list_areas()
        for name in (area.name, *area.aliases)
        for word in key_words(folded(name), language)
    )


def _area_of(hass: HomeAssistant, state: State) -> str | None:
    entry = er.async_get(hass).async_get(state.entity_id)
    if entry is None:
        return None
    if entry.area_id is not None:
        return entry.area_id
    device = dr.async_get(hass).async_get(entry.device_id or "")
    return dr.async_get_effective_area_id(hass, device) if device else None


def is_called(said: Iterable[str], names: Iterable[str], language: str) -> bool:
    """Return whether words name what has one of these names."""
    words = key_words(said, language) - _VERBS
    return any(
        own and any(is_said(word, words, language) for word in own)
        for own in (key_words(folded(name), language) - _VERBS for name in names)
    )
