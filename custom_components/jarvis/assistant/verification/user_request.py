"""What the user has asked for in a turn: each part of an order, and what surrounds it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from homeassistant.components import conversation
from homeassistant.core import HomeAssistant

from ...engines.language import (
    ACTING,
    LANGUAGES,
    Act,
    Axis,
    Direction,
    Part,
    detect,
    directions_of,
    folded,
    is_lessened,
    is_slight,
    offered_order,
    owners_said,
    read_acts,
    reads_yes,
)
from ..home import key_words, thing_names
from ..turn import Turn
from .set_values import numbers_said
from .topics import TEXTS, points

_FOLLOWED = 8
"""Messages before, among which the order is looked for that an utterance goes on with."""
_ELLIPTIC = 2
"""Words up to which an order may have no verb and no object: "a bit louder"."""
EARLIER = 3
"""Messages of the user's before, in which what "it" means may have been named."""

_LOOSE_AXES = frozenset({Axis.WISH, Axis.LIST, Axis.TRACK})
"""Axes whose words do not carry over to the next part of an order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedPart:
    """A part of an utterance that has something done."""

    said: frozenset[str]
    """Its folded words, those that tell things apart."""
    directions: frozenset[Direction]
    """Which way it goes, or else the part before it: "the lamp and the radio off"."""
    numbers: frozenset[float]
    """The values in it."""
    moves: bool
    """Whether it may move what it names, though it does not say which way."""
    verb: bool
    """Whether it has a verb: "the lamp" alone can only mean that it is to be on."""
    need: bool
    """Whether it tells how things are, and not what is to be done."""
    slight: bool
    """Whether it asks for a small change only."""
    lessened: bool
    """Whether it asks for less, and not for none."""
    passed_on: bool = False
    """Whether it is for a message, a list or a timer, and moves nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRequest:
    """What the user has asked for, in words that tell things apart."""

    parts: Sequence[RequestedPart]
    said: frozenset[str]
    """The words of all parts."""
    earlier: frozenset[str]
    """Those of what was said before, for an order that points at it."""
    spoken: Collection[str]
    """Entity ids that were spoken of before."""
    language: str
    points: bool
    """Whether the order points at what was said or done before."""
    names_it: bool
    """Whether a pronoun of it stands for a thing."""
    goes_on: bool
    """Whether what was said last before is an order, or an offer that is agreed to."""
    after_text: bool
    """Whether what was said last before asks for a tale, a song or the like."""
    owners: frozenset[str]
    """Folded words for those whose things are spoken of: "Paul's kitchen"."""
    forbidden: frozenset[str]
    """Words of what is to be left as it is."""
    whole: frozenset[str]
    """All words of the utterance."""
    text: str
    """What the user has said, or has said yes to."""
    agreed: bool
    """Whether all this is what was offered and agreed to: it names each thing or its
    kind, its direction and its value, as nobody has said any more than yes."""


def user_request_of(turn: Turn, spoken: Collection[str]) -> UserRequest:
    """Return what the user has asked for; nothing is `said` where that is nothing."""
    language = _language_of(turn.text, turn.language)
    other = _said_before(turn)
    text = turn.text
    goes_on = _follows_order(turn)
    agreed = reads_yes(text)
    if agreed:
        # A yes agrees to what was offered, and to no other words of the question.
        asked = _last_answer(turn)
        other += folded(asked)
        language = _language_of(asked, language)
        text = offered_order(_question(asked), language)
        goes_on = bool(text)
    ordered: list[Part] = []
    forbidden: list[str] = []
    for part in read_acts(text, language):
        if part.act is Act.FORBID:
            forbidden.extend(part.said)
        if part.act in ACTING:
            ordered.append(part)
        else:
            other.extend(part.said)
    words = [word for part in ordered for word in part.said]
    return UserRequest(
        parts=_parts(ordered, language, _names_in(turn.hass, text)),
        agreed=agreed,
        said=key_words(words, language),
        earlier=key_words(other, language),
        spoken=spoken,
        language=language,
        points=points(words),
        names_it=points(words, at_thing=True),
        goes_on=goes_on,
        after_text=not TEXTS.isdisjoint(folded((_messages_before(turn) or [""])[-1])),
        owners=owners_said(text, language) if ordered else frozenset(),
        forbidden=key_words(forbidden, language),
        whole=key_words(folded(turn.text), language),
        text=text,
    )


def _parts(
    ordered: Sequence[Part], language: str, names: Collection[str]
) -> tuple[RequestedPart, ...]:
    read = [
        RequestedPart(
            said=key_words(part.said, language),
            directions=_ways(part, _without(part.core, names), language)
            | _requested(part, language),
            numbers=numbers_said(part.said),
            moves=part.moves,
            verb=part.verb,
            passed_on=part.act is Act.RELAY,
            need=part.act is Act.NEED,
            slight=part.act is Act.ORDER and is_slight(" ".join(part.said), language),
            lessened=is_lessened(" ".join(part.said), language),
        )
        for part in ordered
    ]
    # "The lamp and the radio off", "in the kitchen, lights off"
    for places in (range(len(read)), reversed(range(len(read)))):
        carried: frozenset[Direction] = frozenset()
        for place in places:
            own = _own(read[place].directions)
            if not own:
                read[place] = replace(
                    read[place], directions=read[place].directions | carried
                )
            carried = own or carried
    return tuple(
        # What is called "Cosy light" tells how it is to be where nothing else does.
        one
        if _own(one.directions)
        else replace(one, directions=one.directions | _ways(part, part.core, language))
        for one, part in zip(read, ordered, strict=True)
    )


def _own(directions: Collection[Direction]) -> frozenset[Direction]:
    return frozenset((axis, up) for axis, up in directions if axis not in _LOOSE_AXES)


def _ways(part: Part, core: str, language: str) -> frozenset[Direction]:
    """Return which way words of a part go, or else those that it corrects."""
    found: frozenset[Direction] = frozenset()
    for said in (core, part.stands_for):
        if said and not _own(found):
            found |= directions_of(said, language, need=part.act is Act.NEED)
    return found


def _without(core: str, names: Collection[str]) -> str:
    """Return words without the names in them, unless they begin with one."""
    for name in names:
        core = f"{core} ".replace(f" {name} ", " ").rstrip()
    return core


def _names_in(hass: HomeAssistant, text: str) -> list[str]:
    """Return the folded names of things that a text holds, the longest first."""
    said = f" {' '.join(folded(text))} "
    names = {
        " ".join(folded(name))
        for state in hass.states.async_all()
        for name in thing_names(hass, state)
    }
    held = (name for name in names if name and f" {name} " in said)
    return sorted(held, key=len, reverse=True)


def _requested(part: Part, language: str) -> frozenset[Direction]:
    """Return that a thing is asked for: "I'd like some music"."""
    said = " ".join((*part.said, part.stands_for))
    return frozenset(
        (axis, up)
        for axis, up in directions_of(said, language)
        if axis in {Axis.WISH, Axis.LIST}
    )


def _said_before(turn: Turn) -> list[str]:
    """Return the words of the user's messages before this one."""
    return [word for text in _messages_before(turn)[-EARLIER:] for word in folded(text)]


def _messages_before(turn: Turn) -> list[str]:
    texts = [
        content.content
        for content in turn.chat_log.content
        if isinstance(content, conversation.UserContent)
    ]
    return texts[:-1]


def _follows_order(turn: Turn) -> bool:
    """Return whether the user's last message that says anything by itself is an order.

    "Another one" after a joke asks for a joke, after an order for one more thing.
    """
    for text in reversed(_messages_before(turn)[-_FOLLOWED:]):
        language = _language_of(text, turn.language)
        parts = read_acts(text, language)
        acting = [part for part in parts if part.act in ACTING]
        if any(
            part.act is Act.NEED
            or (part.act is Act.ORDER and part.moves and len(part.said) > _ELLIPTIC)
            for part in acting
        ):
            return True
        if not acting and not reads_yes(text):
            return False
    return False


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
