"""Answers everyday questions from the states of what is exposed, and never acts.

What the user keeps from the assistant, and what the speaker may not know of, is not in
the home that is looked at, so it stays unknown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from homeassistant.components import conversation
from homeassistant.core import State
from homeassistant.helpers import intent

from ...engines.language import Asking, Question, enumerate_phrases
from ...skills.base import Answer
from ..home import Home, Thing, key_words, silent
from ..sentences import say, say_state
from ..telling import whole_sentence
from ..turn import Turn
from .answering import Answering, Told, phrase_of, sentence, told_of
from .measuring import LISTED_AT_MOST, Measuring, measured_word, number, reading
from .scope import Scope, Scoping
from .subjects import PERSON, PRESENCE

_ALSO = {
    "armed": "on",
    "disarmed": "off",
    "detected": "on",
    "off": "disarmed",
    "on": "armed",
}
"""What a word may mean of other things: an alarm that is on is armed."""
_ALARM = frozenset({"alarme", "alarm"})
_ONE_ANSWER = frozenset({Asking.IS, Asking.ALL})
"""What is answered by yes or no for all together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Answers the questions of one turn."""

    turn: Turn
    home: Home
    spoken_of: tuple[str, ...] = ()
    """Entities that the turn before was about."""

    async def async_answer(self, question: Question) -> Answer | None:
        """Return the answer, None where the home does not know it."""
        match question.asking:
            case Asking.TIME | Asking.DATE | Asking.WEATHER:
                return await self._async_plain(question.plain)
            case Asking.VALUE:
                return self._told(self._value(question))
            case Asking.SETPOINT:
                return self._told(self._setpoint(question))
            case Asking.PLAYING:
                return self._told(self._playing(question))
            case Asking.WHERE:
                return self._told(self._where(question))
            case Asking.PLACE:
                return self._told(self._place(question))
        return self._told(self._state(question))

    async def _async_plain(self, text: str) -> Answer | None:
        """Ask Home Assistant in words that it knows."""
        turn = self.turn
        response = await conversation.async_handle_intents(
            turn.hass, replace(turn.heard_input, text=text), turn.chat_log
        )
        if response is None or response.error_code is not None:
            return None
        speech = str(response.speech.get("plain", {}).get("speech", ""))
        told = whole_sentence(speech, turn.language)
        return Answer(speech=told, response=response)

    def _told(self, told: Told | None) -> Answer | None:
        if told is None:
            return None
        response = intent.IntentResponse(language=self.turn.tag)
        response.response_type = intent.IntentResponseType.QUERY_ANSWER
        response.async_set_states(list(told.matched), list(told.unmatched))
        if not (told.matched or told.unmatched):
            code = intent.IntentResponseErrorCode.NO_VALID_TARGETS
            response.async_set_error(code, told.speech)
        return Answer(speech=told.speech, response=response)

    @property
    def _scoping(self) -> Scoping:
        return Scoping(
            hass=self.turn.hass,
            home=self.home,
            language=self.turn.language,
            spoken_of=self.spoken_of,
        )

    def _scope(self, question: Question, state: str) -> Scope | None:
        scoping = replace(self._scoping, one_answer=question.asking in _ONE_ANSWER)
        return scoping.find(question.target, question.where, state)

    def _state(self, question: Question) -> Told | None:
        asked = [question.state, _ALSO.get(question.state, "")]
        if _ALARM & set(question.target):
            asked.reverse()
        first: Scope | None = None
        for state in asked if question.state else [""]:
            if question.state and not state:
                continue
            scope = self._scope(question, state)
            if scope is not None and scope.things:
                return self._answer(question, scope, scope.asked or state)
            first = first or (scope and replace(scope, asked=scope.asked or state))
        return self._answer(question, first, first.asked) if first else None

    def _answer(self, question: Question, scope: Scope, asked: str) -> Told | None:
        if not asked:
            return None
        here = [t for t in scope.things if t.area_id and t.area_id == self.home.here]
        one = question.asking is Asking.IS and not _plural(question.target)
        nearby = scope.noun and not (question.where or scope.place or scope.parts)
        if one and here and nearby:
            # "Is the light on?" is asked of the one that is seen.
            scope = replace(scope, things=tuple(here))
        return Answering(
            hass=self.turn.hass,
            language=self.turn.language,
            scope=scope,
            question=question,
            asked=asked,
        ).answer()

    def _value(self, question: Question) -> Told | None:
        measuring = Measuring(
            hass=self.turn.hass, home=self.home, scoping=self._scoping
        )
        found = measuring.find(question.target, question.where)
        if found is None:
            return None
        states = self._states(found[:LISTED_AT_MOST])
        if not states:
            return Told(speech=self._say("no_sensor"))
        said = " ".join((*question.target, *question.where))
        clauses = [self._reading(state, said) for state in states]
        return self._list(clauses, states)

    def _reading(self, state: State, said: str) -> str:
        language, hass = self.turn.language, self.turn.hass
        phrase = phrase_of(hass, state, language, said)
        if state.domain not in {"sensor", "climate", "water_heater"}:
            word, value = told_of(hass, state)
            return say_state(language, phrase, word, value=value)
        if not (value := reading(hass, state)):
            return say_state(language, phrase, "unavailable")
        return say_state(language, phrase, measured_word(state), value=value)

    def _setpoint(self, question: Question) -> Told | None:
        measuring = Measuring(
            hass=self.turn.hass, home=self.home, scoping=self._scoping
        )
        found = measuring.setpoints(question.target, question.where)
        if found is None:
            return None
        states = self._states(found[:LISTED_AT_MOST])
        if not states:
            return Told(speech=self._say("no_thermostat"))
        return self._list([self._set_to(state) for state in states], states)

    def _set_to(self, state: State) -> str:
        language = self.turn.language
        phrase = phrase_of(self.turn.hass, state, language)
        if silent(state):
            return say_state(language, phrase, "unavailable")
        if state.state == "off":
            return say_state(language, phrase, "off")
        if (value := number(state.attributes.get("temperature"))) is None:
            return say_state(language, phrase, "on")
        return say_state(language, phrase, "temperature", value=value)

    def _playing(self, question: Question) -> Told | None:
        place = self._scoping.place(question.where) if question.where else None
        if question.where and place is None:
            return None
        inside = [
            thing
            for thing in self.home.things
            if thing.domain == "media_player"
            and (place is None or not place.area_ids or thing.area_id in place.area_ids)
        ]
        states = self._states(inside)
        playing = [s for s in states if s.state in {"playing", "buffering"}]
        if not states:
            return Told(speech=self._say("no_player"))
        if not playing:
            return Told(speech=self._say("nothing_plays"), unmatched=tuple(states))
        return self._list([self._plays(state) for state in playing], playing)

    def _plays(self, state: State) -> str:
        language = self.turn.language
        title = state.attributes.get("media_title")
        artist = state.attributes.get("media_artist")
        phrase = phrase_of(self.turn.hass, state, language)
        if not title:
            return say_state(language, phrase, "playing")
        key = "plays_by" if artist else "plays"
        value = say(language, f"answers.{key}", title=str(title), artist=str(artist))
        return say_state(language, phrase, "plays", value=value)

    def _where(self, question: Question) -> Told | None:
        person = self._person(question.target)
        if person is None:
            return None
        phrase = phrase_of(self.turn.hass, person, self.turn.language)
        word, value = told_of(self.turn.hass, person)
        return self._list(
            [say_state(self.turn.language, phrase, word, value=value)], [person]
        )

    def _place(self, question: Question) -> Told | None:
        """Answer "is Paul at work?" and "is anyone in the kitchen?"."""
        language = self.home.language
        if key_words(question.target, language) & (PERSON.words | _SOMEBODY):
            place = self._scoping.place(question.where)
            if place is None or not place.area_ids:
                return None
            return self._state(
                replace(
                    question, asking=Asking.ANY, target=_FIRST_WORD, state="detected"
                )
            )
        person = self._person(question.target)
        zone = self._zone(question.where)
        if person is None or zone is None:
            return None
        word, value = told_of(self.turn.hass, person)
        phrase = phrase_of(self.turn.hass, person, self.turn.language)
        clause = say_state(self.turn.language, phrase, word, value=value)
        if silent(person):
            return self._list([clause], [person])
        there = person.state in {zone.name, zone.entity_id.partition(".")[2]}
        key = "as_asked" if there else "otherwise"
        return Told(speech=self._say(key, clauses=clause), matched=(person,))

    def _person(self, words: Sequence[str]) -> State | None:
        keys = key_words(words, self.home.language)
        found = [
            thing
            for thing in self.home.things
            if thing.domain in {"person", "device_tracker"}
            and any(keys and keys <= names for names in thing.name_words)
        ]
        # Who has a tracker of the same name is still one person.
        found.sort(key=lambda thing: thing.domain != "person")
        states = self._states(found[:1])
        return states[0] if states else None

    def _zone(self, words: Sequence[str]) -> State | None:
        keys = key_words(words, self.home.language)
        for state in self.turn.hass.states.async_all("zone"):
            name = key_words(state.name.casefold().split(), self.home.language)
            if keys and keys == name:
                return state
        return None

    def _states(self, things: Iterable[Thing]) -> list[State]:
        found = (self.turn.hass.states.get(thing.entity_id) for thing in things)
        return [state for state in found if state is not None]

    def _list(self, clauses: Sequence[str], states: Sequence[State]) -> Told:
        text = enumerate_phrases(list(clauses), self.turn.language)
        return Told(speech=sentence(text), matched=tuple(states))

    def _say(self, key: str, **parts: str) -> str:
        return sentence(say(self.turn.language, f"answers.{key}", **parts))


_SOMEBODY = frozenset(
    "anyone anybody someone somebody quelqu'un monde".split()  # noqa: SIM905
)
_FIRST_WORD = (min(PRESENCE.words),)


def _plural(words: Iterable[str]) -> bool:
    return any(len(w) > 3 and w.endswith(("s", "x")) for w in words)
