"""What Home Assistant's gazetteer makes of an English utterance that nobody else read.

It tags what it knows and passes over the rest, so that "all but" and "a quarter of the
way" get lost. What it reads is done only where every word has a place in it, and where
it agrees with the words like everything else: see agreement.
"""

import asyncio
from collections.abc import Iterable
from functools import cache, partial

from gazetteer_matcher import FrameCandidate, GazetteerMatcher, Interpretation
from gazetteer_matcher import Home as MatcherHome
from homeassistant.components.conversation.gazetteer import async_build_home
from homeassistant.core import HomeAssistant
from homeassistant.helpers import intent

from ...engines.language import bare, folded, speaks_of_sound
from ..home import ALIKE, Home, Thing, async_look_ahead, look_around
from ..intents import Slots, Step
from ..turn import Turn
from .agreement import JUDGED, agrees

LANGUAGE = "en"

MOST_WORDS = 40
"""Words of an utterance that is read so: what the matcher does with it grows steeply."""

_FILLERS = frozenset(
    "just now please then mate love ok okay jarvis teh pls plz quick there".split()  # noqa: SIM905
)
"""Words that may be passed over."""
_PERCENT = frozenset({"percent", "%", "cent"})
_POINTING = frozenset("it them this those these both other one ones another".split())  # noqa: SIM905
"""Words for what was spoken of, which this reading knows nothing of."""
_OPPOSED = {
    intent.INTENT_TURN_ON: frozenset({"off", "close", "shut", "unlock"}),
    intent.INTENT_TURN_OFF: frozenset({"open", "lock"}),
}
_ATTENDANT = frozenset({"with", "without", "like", "as"})
"""Words before what only goes with something else: "with the light on"."""
_DIRECTIONS = frozenset({"on", "off", "up", "down", "open", "closed", "shut"})


class Gazetteer:
    """Home Assistant's matcher, over what of the home may be spoken of now."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._matcher: GazetteerMatcher | None = None
        self._things: list[Thing] | None = None

    async def async_prepare(self, hass: HomeAssistant) -> GazetteerMatcher:
        """Return a matcher of the home as it is now, made off the event loop."""
        async with self._lock:
            await async_look_ahead(hass, [LANGUAGE])
            # What changes while it is made is not in it: the next call makes another.
            things = look_around(hass, LANGUAGE, None).things
            if self._matcher is None or self._things is not things:
                build = partial(_matcher, async_build_home(hass))
                self._matcher = await hass.async_add_executor_job(build)
                self._things = things
            return self._matcher

    async def async_read(self, turn: Turn) -> list[Step]:
        """Return the intents that an utterance asks for; none when that is not certain."""
        text = bare(turn.text, LANGUAGE)
        said = folded(text)
        if not 0 < len(said) <= MOST_WORDS or not _POINTING.isdisjoint(said):
            return []
        matcher = await self.async_prepare(turn.hass)
        areas = matcher.config.home["areas"]
        area_id = turn.area_id if turn.area_id in areas else None
        read = await turn.hass.async_add_executor_job(
            partial(matcher.interpret, text, context_area=area_id)
        )
        if not read.accepted or not read.frames:
            return []
        home = look_around(turn.hass, LANGUAGE, turn.area_id)
        frames = [_vetted(turn, frame, read, home) for frame in read.frames]
        return [step for step in frames if step] if all(frames) else []


@cache
def _data() -> GazetteerMatcher:
    """Return a matcher of no home. Its data files take most of a second to read."""
    return GazetteerMatcher()


def _matcher(home: MatcherHome) -> GazetteerMatcher:
    data = _data().config
    return GazetteerMatcher(
        home=home,
        vocabulary=data.vocabulary,
        intents=data.intents,
        responses=data.responses,
    )


def _vetted(
    turn: Turn, frame: FrameCandidate, read: Interpretation, home: Home
) -> Step | None:
    """Return an intent when each word of its part of the utterance has a place in it."""
    handler = turn.hass.data.get(intent.DATA_KEY, {}).get(frame.intent)
    acts = isinstance(handler, intent.DynamicServiceIntentHandler)
    if not acts and frame.intent not in JUDGED:
        return None
    said = [token.text for token in read.tokens[slice(*frame.segment)]]
    left = {read.tokens[place].text for place in frame.unexplained_tokens}
    slots: Slots = {
        name: {"value": value, "text": _text(frame, name) or value}
        for name, value in frame.slots.items()
    }
    if (
        left <= _FILLERS
        and not frame.violations
        and _ATTENDANT.isdisjoint(said[:1])
        and _value_fits(frame, said)
        and _same_direction(frame, said)
        and _spelt_right(frame, home)
        and agrees(turn, " ".join(said), LANGUAGE, frame.intent, slots)
    ):
        return Step(intent_type=frame.intent, slots=slots)
    return None


def _same_direction(frame: FrameCandidate, said: list[str]) -> bool:
    """Return whether no word says the opposite of what was read.

    A part without a verb has the one before it, but "put the blanket on" has its own.
    """
    named = {word for name in frame.slots for word in folded(_text(frame, name))}
    words = [word for word in said if word not in named]
    if frame.inherited_action and not _DIRECTIONS.isdisjoint(words):
        return False
    if not _OPPOSED.get(frame.intent, frozenset()).isdisjoint(words):
        return False
    # "turn off the lights on the landing" is none, "the lamp off, the fan on" is.
    return frame.intent != intent.INTENT_TURN_OFF or words[-1:] != ["on"]


def _value_fits(frame: FrameCandidate, said: list[str]) -> bool:
    """Return whether a volume is one: "set the telly to 21" is a channel, or nothing."""
    if frame.intent != "HassSetVolume":
        return True
    text = " ".join(said)
    return speaks_of_sound(text, LANGUAGE) or not _PERCENT.isdisjoint(said)


def _spelt_right(frame: FrameCandidate, home: Home) -> bool:
    """Return whether a name that was misheard can be no other name."""
    unlike = [option for option in frame.slot_options.values() if option.similarity < 1]
    if len(unlike) > 1 or any(option.similarity < ALIKE for option in unlike):
        return False
    known = home.known_words()
    for option in unlike:
        thing = home.index.by_id.get(str(option.value))
        if thing is None or (thing.guarded and not _secures(frame, thing)):
            return False
        heard = _words(span.text for span in option.spans)
        own = frozenset[str]().union(*thing.name_words)
        if heard - own & known or any(word[0].isdigit() for word in heard ^ own):
            return False
    return True


def _secures(frame: FrameCandidate, thing: Thing) -> bool:
    """Return whether something is only closed or locked: that may be a guess."""
    locks = frame.intent == intent.INTENT_TURN_ON and thing.domain == "lock"
    return locks or (frame.intent == intent.INTENT_TURN_OFF and thing.domain == "cover")


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in folded(text))


def _text(frame: FrameCandidate, slot: str) -> str:
    option = frame.slot_options.get(slot)
    return " ".join(span.text for span in option.spans) if option else ""
