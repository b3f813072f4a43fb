"""Answers everyday questions from the states of what is exposed, and never acts.

Home Assistant's own intents read the states, so that what the user keeps from the
assistant stays unknown to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from homeassistant.components import conversation
from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import intent

from ...engines.language import (
    Action,
    Asking,
    NounPhrase,
    Order,
    Question,
    enumerate_phrases,
    named,
)
from ...skills.base import Answer
from ..confirmation import plural_form
from ..names import thing_name
from ..speech import say, say_state
from ..turn import Turn
from .acting import Step, async_run
from .home import Home
from .kinds import KINDS
from .things import Thing, key_words

_ACTIONS = {
    "on": Action.ON,
    "off": Action.OFF,
    "open": Action.OPEN,
    "closed": Action.CLOSE,
    "locked": Action.LOCK,
    "unlocked": Action.UNLOCK,
}
_OPENINGS = frozenset({"door", "garage_door", "opening", "window"})
_POWERED = frozenset({"light", "switch", "fan", "input_boolean", "media_player"})
# Folded and without a final s, like all key words: "dehors" is "dehor".
_OUTSIDE = frozenset({"dehor", "exterieur", "exterieure", "outside", "outdoor"})
NAMED_AT_MOST = 8
"""Things that are listed by name in an answer; nobody remembers more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Answers the questions of one turn."""

    turn: Turn
    home: Home

    async def async_answer(self, question: Question) -> Answer | None:
        """Return the answer, None where the home does not know it."""
        match question.asking:
            case Asking.TIME | Asking.DATE | Asking.WEATHER:
                return await self._async_plain(question.plain)
            case Asking.TEMPERATURE:
                return await self._async_reading(
                    question, SensorDeviceClass.TEMPERATURE
                )
            case Asking.HUMIDITY:
                return await self._async_reading(question, SensorDeviceClass.HUMIDITY)
            case Asking.WHICH:
                return await self._async_which(question)
            case Asking.STATE:
                return await self._async_state(question)

    async def _async_plain(self, sentence: str) -> Answer | None:
        """Ask Home Assistant in words that it knows."""
        turn = self.turn
        response = await conversation.async_handle_intents(
            turn.hass, _in_words(turn, sentence), turn.chat_log
        )
        if response is None or response.error_code is not None:
            return None
        speech = str(response.speech.get("plain", {}).get("speech", ""))
        return Answer(speech=speech, response=response)

    async def _async_reading(
        self, question: Question, kind: SensorDeviceClass
    ) -> Answer | None:
        words = key_words((*question.target, *question.where), self.home.language)
        entity_id = self._sensor(words, kind)
        if entity_id is None:
            return None
        response = await self._async_get({"name": {"value": entity_id}})
        state = next(iter(response.matched_states), None)
        if state is None:
            return None
        return Answer(speech=self._say_reading(state), response=response)

    def _sensor(self, words: frozenset[str], kind: SensorDeviceClass) -> str | None:
        """Return the sensor, or for a temperature the thermostat, of a place."""
        sensors = [thing for thing in self.home.things if _reads(thing, kind)]
        if words & _OUTSIDE:
            outside = [
                t for t in sensors if any(_OUTSIDE & names for names in t.name_words)
            ]
            return outside[0].entity_id if len(outside) == 1 else None
        area_id = self.home.area_of(words) if words else self.home.here
        if area_id is None:
            by_name = [t for t in sensors if words and words in t.name_words]
            return by_name[0].entity_id if len(by_name) == 1 else None
        chosen = _chosen_sensor(self.turn.hass, area_id, kind)
        inside = [t.entity_id for t in sensors if t.area_id == area_id]
        if chosen in {thing.entity_id for thing in sensors}:
            return chosen
        # A sensor rather than a thermostat: it stands where people are.
        inside.sort(key=lambda entity_id: not entity_id.startswith("sensor."))
        return inside[0] if inside else None

    def _say_reading(self, state: State) -> str:
        language = self.turn.language
        name = named(thing_name(self.turn.hass, state, language), language).text
        value: Any = state.state
        unit = str(state.attributes.get(ATTR_UNIT_OF_MEASUREMENT) or "")
        if state.domain == "climate":
            value = state.attributes.get("current_temperature")
            unit = str(self.turn.hass.config.units.temperature_unit)
        try:
            number = f"{float(value):.1f}".removesuffix(".0")
        except TypeError, ValueError:
            return _sentence(
                say_state(language, named(name, language), "unavailable") + "."
            )
        if language == "fr":
            number = number.replace(".", ",")
        text = say(
            language,
            "answers.reading",
            what=name,
            value=f"{number} {unit}".strip(),
        )
        return _sentence(text)

    async def _async_which(self, question: Question) -> Answer | None:
        slots: dict[str, Any] = {}
        language = self.home.language
        word = next(iter(key_words(question.target, language)), "")
        domains: Iterable[str]
        if word:
            kind = KINDS[language].get(word)
            if kind is None:
                return None
            domains = {kind.domain}
        elif question.state in {"on", "off"}:
            domains = _POWERED
        elif question.state in {"open", "closed"}:
            domains = {"cover", "valve"}
        else:
            domains = {"lock"}
        if question.where:
            area_id = self.home.area_of(key_words(question.where, language))
            if area_id is None:
                return None
            slots["area"] = {"value": area_id}
        response = await self._async_get(slots | {"domain": {"value": sorted(domains)}})
        states = [
            state for state in response.matched_states if _word(state) == question.state
        ]
        response.async_set_states(states)
        spoken = self.turn.language
        if not states:
            text = say(spoken, f"answers.none.{question.state}")
        else:
            text = _sentence(f"{self._clauses(states[:NAMED_AT_MOST])}.")
        return Answer(speech=text, response=response)

    async def _async_state(self, question: Question) -> Answer | None:
        entity_ids = self._things(question)
        if not entity_ids:
            return None
        states: list[State] = []
        for entity_id in entity_ids[:NAMED_AT_MOST]:
            response = await self._async_get({"name": {"value": entity_id}})
            states += response.matched_states
        if not states:
            return None
        said = " ".join(question.target) if len(states) == 1 else ""
        response.async_set_states(states)
        right = all(_word(state) == question.state for state in states)
        text = say(
            self.turn.language,
            f"answers.{'as_asked' if right else 'otherwise'}",
            clauses=self._clauses(states, said),
        )
        return Answer(speech=text, response=response)

    def _things(self, question: Question) -> tuple[str, ...]:
        home = self.home
        words = key_words(question.target, home.language)
        contacts = [
            thing.entity_id
            for thing in home.things
            if thing.domain == "binary_sensor"
            and thing.device_class in _OPENINGS
            and words in thing.name_words
        ]
        if question.state in {"open", "closed"} and len(contacts) == 1:
            return (contacts[0],)
        order = Order(action=_ACTIONS[question.state], target=question.target)
        found = home.find(order)
        if found.domain and not found.entity_ids:
            return tuple(t.entity_id for t in home.things if t.domain == found.domain)
        return found.entity_ids

    async def _async_get(self, slots: dict[str, Any]) -> intent.IntentResponse:
        return await async_run(
            self.turn, Step(intent_type=intent.INTENT_GET_STATE, slots=slots)
        )

    def _clauses(self, states: Iterable[State], said: str = "") -> str:
        """Say how things are, those that are alike together."""
        language = self.turn.language
        groups: dict[str, list[NounPhrase]] = {}
        for state in states:
            name = thing_name(self.turn.hass, state, language, said)
            groups.setdefault(_word(state), []).append(named(name, language))
        return enumerate_phrases(
            [
                say_state(language, _together(phrases, language), word)
                for word, phrases in groups.items()
            ],
            language,
        )


def _together(phrases: list[NounPhrase], language: str) -> NounPhrase:
    if len(phrases) == 1:
        return phrases[0]
    text = enumerate_phrases([phrase.text for phrase in phrases], language)
    return NounPhrase(text=text, form=plural_form(phrases))


def _in_words(turn: Turn, sentence: str) -> conversation.ConversationInput:
    return replace(turn.heard_input, text=sentence)


def _reads(thing: Thing, kind: SensorDeviceClass) -> bool:
    if thing.domain == "sensor":
        return thing.device_class == kind
    return thing.domain == "climate" and kind is SensorDeviceClass.TEMPERATURE


def _chosen_sensor(
    hass: HomeAssistant, area_id: str, kind: SensorDeviceClass
) -> str | None:
    """Return the sensor that the user chose for an area."""
    area = ar.async_get(hass).async_get_area(area_id)
    if area is None:
        return None
    if kind is SensorDeviceClass.TEMPERATURE:
        return area.temperature_entity_id
    return area.humidity_entity_id


def _word(state: State) -> str:
    """Return the entry of the sentences' `states` that says a state."""
    value = state.state
    if value in {"unavailable", "unknown"}:
        return "unavailable"
    if state.domain == "binary_sensor":
        return {"on": "open", "off": "closed"}.get(value, "unavailable")
    if state.domain in {"climate", "media_player", "water_heater"}:
        return "off" if value in {"off", "standby"} else "on"
    return value


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
