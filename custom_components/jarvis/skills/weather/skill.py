"""The skill: which entity is asked, and what for."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, override

import probatio
from homeassistant.components.weather.const import INTENT_GET_WEATHER
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import sun
from homeassistant.util import dt as dt_util

from ...engines.language import Period, Span, find_period, folded
from ..base import (
    READS,
    Answer,
    Dialogue,
    Request,
    Said,
    Skill,
    SkillTool,
    ToolCall,
)
from .asked import Asked
from .forecast import async_forecast
from .places import Places
from .reading import fold_said, follow, read
from .times import Times
from .vocabulary import Vocabulary
from .wording import Wording

_MOST_SLOTS = 12
_NOW = frozenset({Span.NOW})
_MEASURED = frozenset(
    {"temperature", "feels", "cold", "warm", "humidity", "wind", "pressure"}
)
"""Topics that a sensor of the home may tell as well."""


class Weather(Skill):
    """Answers questions about the weather from the weather entities of the home."""

    name = "weather"
    replaces = frozenset({INTENT_GET_WEATHER})

    _vocabulary: Mapping[str, Vocabulary]

    @override
    async def async_set_up(self) -> None:
        """Read the words of questions."""
        self._vocabulary = await self.hass.async_add_executor_job(
            Vocabulary.load, self.folder()
        )

    @override
    def might(self, text: str, language: str) -> bool:
        """Return at once whether any word is one of the weather's."""
        return self._vocabulary[language].might(fold_said(text))

    @override
    def read(self, text: str, language: str) -> Said | None:
        """Return what is asked about the weather, for when and where."""
        asked = read(self._vocabulary[language], text, dt_util.now())
        if asked is None:
            return None
        return Said(intent=asked.topic, slots={"asked": asked}, text=text)

    @override
    async def async_handle(self, request: Request, said: Said) -> Answer | None:
        """Answer a question about the weather."""
        return await self._async_answer(request, said.slots["asked"])

    @override
    async def async_reply(self, request: Request, dialogue: Dialogue) -> Answer | None:
        """Answer the same for another time: "and tomorrow?"."""
        vocabulary = self._vocabulary[request.language]
        now, before = dt_util.now(), Asked.of_data(dialogue.data)
        asked = await self.hass.async_add_executor_job(
            follow, vocabulary, request.text, now, before
        )
        return None if asked is None else await self._async_answer(request, asked)

    async def _async_answer(self, request: Request, asked: Asked) -> Answer | None:
        places = self._places(request.reader)
        language = request.language
        if places.is_inside(asked):
            return None
        if asked.topic in _MEASURED and not places.entities():
            # Without a weather service a sensor of the home may know it.
            return None
        if asked.topic in {"sunrise", "sunset"} and places.is_here(asked.place):
            speech = self._sun(asked, language)
            because = self.texts.say(language, "because_sun")
        else:
            state = places.entity(asked.place)
            if state is None or state.state == STATE_UNAVAILABLE:
                return Answer(speech=self._failure(places, asked, language))
            speech = await self._async_speech(state, asked, language)
            because = self.texts.say(language, "because", name=state.name)
        return Answer(
            speech=speech,
            because=because,
            dialogue=Dialogue(
                step="more",
                data=asked.as_data(),
                asked=False,
            ),
        )

    def _places(self, reader: Callable[[str], bool] | None) -> Places:
        here = frozenset().union(*(each.here for each in self._vocabulary.values()))
        return Places(self.hass, reader, here)

    async def _async_speech(self, state: State, asked: Asked, language: str) -> str:
        now = dt_util.now()
        wording = Wording(
            texts=self.texts,
            language=language,
            now=now,
            state=state,
            name=state.name,
            forecast=await async_forecast(self.hass, state),
        )
        return wording.answer(asked)

    def _failure(self, places: Places, asked: Asked, language: str) -> str:
        """Say why there is no answer."""
        if not (known := places.entities()):
            return self.texts.say(language, "none")
        named = places.entity(asked.place)
        if named is None and not places.is_here(asked.place):
            return self.texts.say(language, "elsewhere")
        return self.texts.say(language, "unavailable", name=(named or known[0]).name)

    def _sun(self, asked: Asked, language: str) -> str:
        """Say when the sun rises or sets: on a day, or the next time."""
        now = dt_util.now()
        times = Times(texts=self.texts, language=language, now=now)
        day = asked.period.day if asked.period else now.date()
        moment = self._sun_at(asked.topic, day)
        if moment is not None and moment < now and asked.period is None:
            day += timedelta(days=1)
            moment = self._sun_at(asked.topic, day)
        if moment is None:
            return times.say(f"{asked.topic}.none", day=times.day(day))
        key = "past" if moment < now else "next"
        return times.say(
            f"{asked.topic}.{key}", time=times.clock(moment), day=times.day(day)
        )

    def _sun_at(self, event: str, day: date) -> datetime | None:
        found = sun.get_astral_event_date(self.hass, event, day)
        return None if found is None else dt_util.as_local(found)

    @override
    def help(self, request: Request) -> Sequence[str]:
        """Return what can be asked for, where there is a weather service."""
        known = self._places(request.reader).entities()
        return super().help(request) if known else ()

    @override
    def tools(self) -> Sequence[SkillTool]:
        """Return the one tool: the weather at a time."""
        return (
            SkillTool(
                name="weather",
                description=(
                    "Tells the weather here, now or forecast. Leave `when` out for now; "
                    "else a time in words: 'tomorrow afternoon', 'this weekend', "
                    "'at 6 pm'."
                ),
                parameters=_PARAMETERS,
                call=self._async_tool,
                effect=READS,
                title=self._titles(),
            ),
        )

    def _titles(self) -> Mapping[str, str]:
        return {language: self.texts.get(language, "tool") for language in ("fr", "en")}

    async def _async_tool(self, call: ToolCall) -> Mapping[str, Any]:
        """Return the answer in words, and the entries of the forecast for that time."""
        when = str(call.arguments.get("when") or "")
        period = self._when(when, call.language)
        places = self._places(call.reader)
        asked = Asked(topic="general", period=period)
        state = places.entity("")
        if state is None or state.state == STATE_UNAVAILABLE:
            raise HomeAssistantError(self._failure(places, asked, call.language))
        speech = await self._async_speech(state, asked, call.language)
        found: dict[str, Any] = {"summary": speech}
        if period is not None:
            forecast = await async_forecast(self.hass, state)
            slots = forecast.within(period.start, period.end, fine=True)
            step = -(-len(slots) // _MOST_SLOTS) or 1
            found["forecast"] = [
                {
                    key: value
                    for key, value in {
                        "time": slot.start.strftime("%a %Y-%m-%d %H:%M"),
                        "condition": slot.condition,
                        "temperature": slot.temperature,
                        "low": slot.low,
                        "rain_chance": slot.chance,
                        "wind": slot.wind,
                    }.items()
                    if value is not None
                }
                for slot in slots[::step]
            ]
        return found

    @staticmethod
    def _when(when: str, language: str) -> Period | None:
        """Read a model's words, in either language; raises where they are no time."""
        said = " ".join(folded(when))
        if not said:
            return None
        for each in (language, "en", "fr"):
            period, _ = find_period(said, each, dt_util.now())
            if period is not None:
                return None if period.span in _NOW else period
        raise HomeAssistantError(f"No time that is known: {when}")


_PARAMETERS = probatio.Schema({probatio.Optional("when"): str})
