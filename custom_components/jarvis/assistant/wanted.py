"""Tells whether what a model wants to do is what the user asked for.

A model may be wrong, and it reads what others have written: names, lists, calendars,
pages. So nothing moves by its word alone: the user's own words must be an order, or a
need, and name or imply what is moved. Whatever else it calls waits for the user's yes.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from homeassistant.components import conversation
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import floor_registry as fr
from homeassistant.helpers import intent, llm

from ..engines.language import (
    LANGUAGES,
    Act,
    detect,
    folded,
    offered_order,
    read_acts,
    reads_yes,
    words_alike,
)
from .names import thing_names
from .targets import LISTS, TIMERS
from .topics import EVERYTHING, contradicts, points, topics_of
from .turn import Turn
from .understanding import KEPT_RUNNING, Kind, key_words, kinds_of

ALIKE = 0.8
"""From here on a word is taken for one of a name that was misheard."""
EARLIER = 3
"""Messages of the user's before, in which what "it" means may have been named."""

_VERBS = frozenset(
    """
    switch turn set start stop put get make mode home house status
    maison mets met mettre fais fait faire
    """.split()  # noqa: SIM905
)
"""Words of orders that tell nothing of the thing, also where its name holds them."""
_VAGUE = frozenset(
    "ingredient stuff thing need needed missing everything tout faut manque necessaire".split()  # noqa: SIM905
)
_ON = {intent.INTENT_TURN_ON: True, intent.INTENT_TURN_OFF: False,
       "HassOpenCover": True, "HassCloseCover": False}  # fmt: skip
_ROUTINES = frozenset({"script", "scene"})
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the user has asked for, in words that tell things apart."""

    ordered: frozenset[str]
    """The folded words of the order."""
    said: frozenset[str]
    """Those of them that tell things apart."""
    earlier: frozenset[str]
    """Those of what was said before, for an order that points at it."""
    spoken: Collection[str]
    """Entity ids that were spoken of before."""
    language: str
    points: bool
    forbidden: frozenset[str]
    """Words of what is to be left as it is, those that tell things apart."""
    whole: frozenset[str]
    """All words of the utterance."""


def wish_of(turn: Turn, spoken: Collection[str]) -> Wish:
    """Return what the user has asked for; nothing is `said` where that is nothing."""
    language = _language_of(turn.text, turn.language)
    other = _said_before(turn)
    text = turn.text
    if reads_yes(text):
        # A yes agrees to what was offered, and to no other words of the question.
        asked = _last_answer(turn)
        other += folded(asked)
        language = _language_of(asked, language)
        text = offered_order(_question(asked), language)
    ordered: list[str] = []
    forbidden: list[str] = []
    for part in read_acts(text, language):
        if part.act is Act.FORBID:
            forbidden.extend(part.said)
        (ordered if part.act in {Act.ORDER, Act.NEED} else other).extend(part.said)
    said = key_words(ordered, language)
    earlier = key_words(other, language)
    return Wish(
        ordered=frozenset(ordered),
        said=said,
        earlier=earlier,
        spoken=spoken,
        language=language,
        points=points(ordered),
        forbidden=key_words(forbidden, language),
        whole=key_words(folded(turn.text), language),
    )


def is_wanted(
    hass: HomeAssistant,
    wish: Wish,
    kind: str,
    targets: Sequence[State],
    arguments: Mapping[str, Any],
) -> bool:
    """Return whether a call is what the user has asked for.

    `kind` is an intent, or "" for a tool that is none.
    """
    moved = [state for state in targets if _can_move(hass, state)]
    if not wish.said:
        # "Good night": a routine may be called by its name alone.
        return bool(moved) and all(
            state.domain in _ROUTINES and _is_whole(hass, wish, state)
            for state in moved
        )
    if words := _words_for(kind, arguments, wish.language):
        return _tells(wish, kind, words)
    on = _ON.get(kind)
    if on is not None and any(
        contradicts(wish.ordered, state.domain, on=on) for state in moved
    ):
        return False
    if wish.forbidden:
        barred = _Heard.of(hass, wish.forbidden, wish.language)
        if any(_implies(hass, barred, state) for state in moved):
            return False
    heard = _Heard.of(hass, wish.said, wish.language)
    if all(_implies(hass, heard, state) for state in moved):
        return True
    if not (wish.points or not _names_anything(hass, heard)):
        return False
    before = _Heard.of(hass, wish.said | wish.earlier, wish.language)
    return all(
        state.entity_id in wish.spoken or _implies(hass, before, state)
        for state in moved
    )


def is_tool_wanted(wish: Wish, tool: llm.IntentTool) -> bool:
    """Return whether a tool that the user has made is what is asked for."""
    about = f"{_CAMEL.sub(' ', tool.intent_type)} {tool.description or ''}"
    return is_called(wish.said, [about], wish.language) or bool(
        wish.whole
        and wish.whole <= key_words(folded(about.replace("_", " ")), wish.language)
    )


def _is_whole(hass: HomeAssistant, wish: Wish, state: State) -> bool:
    return any(
        key_words(folded(name), wish.language) == wish.whole
        for name in thing_names(hass, state)
    )


def is_called(said: Iterable[str], names: Iterable[str], language: str) -> bool:
    """Return whether words name what has one of these names."""
    words = key_words(said, language)
    return any(
        own and any(_is_said(word, words, language) for word in own)
        for own in (key_words(folded(name), language) - _VERBS for name in names)
    )


def _words_for(
    kind: str, arguments: Mapping[str, Any], language: str
) -> frozenset[str]:
    """Return the words that a call would note or say for the user."""
    if kind not in _TOPIC:
        return frozenset()
    texts = [
        str(arguments[slot])
        for slot in ("item", "message", "conversation_command")
        if arguments.get(slot)
    ]
    return key_words(folded(" ".join(texts)), language) | {_TOPIC[kind]}


_TOPIC = {
    intent.INTENT_BROADCAST: "broadcast",
    **dict.fromkeys(LISTS, "todo"),
    **dict.fromkeys(TIMERS, "timer"),
}
"""What intents are about whose words are the user's own."""


def _tells(wish: Wish, kind: str, words: frozenset[str]) -> bool:
    """Return whether the user has said what a call would note or say."""
    topic = _TOPIC[kind]
    said = wish.said | (wish.earlier if wish.points else frozenset())
    about = topic in topics_of(said) or bool(said & {topic})
    own = words - {topic}
    if not own:
        return about
    known = [word for word in own if _is_said(word, said, wish.language)]
    if topic == "todo":
        return bool(known) or (about and not said.isdisjoint(_VAGUE))
    if topic == "broadcast":
        # "Tell everyone that dinner is ready": a model may put it in other words.
        return about and len(known) * 3 >= len(own)
    return about and len(known) == len(own)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """What some words name and imply in a home, found once for all targets."""

    said: frozenset[str]
    language: str
    areas: set[str]
    rooms: frozenset[str]
    kinds: Sequence[Kind]
    topics: frozenset[str]

    @classmethod
    def of(cls, hass: HomeAssistant, said: frozenset[str], language: str) -> Self:
        return cls(
            said=said,
            language=language,
            areas=_areas_said(hass, said, language),
            rooms=_room_words(hass, language),
            kinds=kinds_of(said, language),
            topics=topics_of(said),
        )


def _implies(hass: HomeAssistant, heard: _Heard, state: State) -> bool:
    """Return whether words name a thing, its kind or, naming no kind, its place."""
    said, language, areas = heard.said, heard.language, heard.areas
    in_place = not areas or (area := _area_of(hass, state)) is None or area in areas
    for name in thing_names(hass, state):
        own = key_words(folded(name), language) - _VERBS
        telling = own - heard.rooms or own
        if (in_place or own <= said) and any(
            _is_said(word, said, language) for word in telling
        ):
            return True
    if not in_place:
        return False
    if any(_is_of(kind, state) for kind in heard.kinds) or state.domain in heard.topics:
        return True
    if heard.kinds or heard.topics - set(_TOPIC.values()):
        return False
    if said.isdisjoint(EVERYTHING):
        return bool(areas)
    # What is critical is asked about by the guard.
    return KEPT_RUNNING.isdisjoint(key_words(folded(state.name), language))


def _is_of(kind: Kind, state: State) -> bool:
    return state.domain == kind.domain and kind.device_class in {
        "",
        state.attributes.get("device_class"),
    }


def _names_anything(hass: HomeAssistant, heard: _Heard) -> bool:
    """Return whether the words of the order itself name or imply anything at all."""
    return bool(heard.kinds or heard.topics or heard.areas) or any(
        is_called(heard.said, thing_names(hass, state), heard.language)
        for state in hass.states.async_all()
        if _can_move(hass, state)
    )


def _is_said(word: str, said: Collection[str], language: str) -> bool:
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


def _can_move(hass: HomeAssistant, state: State) -> bool:
    return bool(hass.services.async_services_for_domain(state.domain))


def _said_before(turn: Turn) -> list[str]:
    """Return the words of the user's messages before this one."""
    texts = [
        content.content
        for content in turn.chat_log.content
        if isinstance(content, conversation.UserContent)
    ]
    return [w for text in texts[:-1][-EARLIER:] for w in folded(text)]


def _language_of(text: str, default: str) -> str:
    found = detect(text)
    return found if found in LANGUAGES else default


def _last_answer(turn: Turn) -> str:
    """Return what the user has read or heard last, "" where that is nothing."""
    log = turn.chat_log.content
    users = [
        place
        for place, content in enumerate(log)
        if isinstance(content, conversation.UserContent)
    ]
    return next(
        (
            content.content
            for content in reversed(log[: users[-1]] if users else ())
            if isinstance(content, conversation.AssistantContent) and content.content
        ),
        "",
    )


def _question(answer: str) -> str:
    """Return the question that an answer ends with: "" where it asks nothing."""
    asked = answer.rstrip().rstrip("\"'»”*_ ")
    if not asked.endswith("?"):
        return ""
    body = asked.rstrip("?!. ")
    return body[max(body.rfind(end) for end in ".!?\n") + 1 :]
