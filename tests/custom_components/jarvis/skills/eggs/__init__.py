"""A skill for tests: counts eggs, and has a tool of each kind."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, override

import probatio
from homeassistant.components.sensor import SensorEntity
from homeassistant.const import Platform
from homeassistant.core import ServiceCall, ServiceResponse
from homeassistant.helpers.entity import Entity

from custom_components.jarvis.skills.base import (
    Action,
    ActsOn,
    Answer,
    Dialogue,
    Effect,
    Request,
    Risk,
    Said,
    Skill,
    SkillTool,
    ToolCall,
)


class Count(SensorEntity):
    """How many eggs were ordered."""

    _attr_unique_id = "eggs"
    _attr_name = "Eggs"
    _attr_should_poll = False

    def __init__(self, skill: Eggs) -> None:
        self._attr_native_value = skill.count


class Eggs(Skill):
    """Asks how many, keeps the number, and offers tools."""

    name = "eggs"
    store_version = 1
    fails: ClassVar[bool] = False
    calls: ClassVar[list[str]] = []
    count = 0

    @override
    async def async_set_up(self) -> None:
        if self.fails:
            raise OSError("no hen")
        self.count = (await self.store.async_load() or {}).get("count", 0)

    @override
    async def async_close(self) -> None:
        await self.store.async_save({"count": self.count})

    @override
    async def async_handle(self, request: Request, said: Said) -> Answer | None:
        return Answer(
            speech=self.texts.say(request.language, "how_many"),
            asks=True,
            because=self.texts.say(request.language, "because"),
            dialogue=Dialogue(step="count"),
        )

    @override
    async def async_reply(self, request: Request, dialogue: Dialogue) -> Answer | None:
        if not request.text.isdigit():
            return None
        self.count = int(request.text)
        speech = self.texts.say(request.language, "ordered", count=request.text)
        return Answer(speech=speech)

    @override
    def tools(self) -> Sequence[SkillTool]:
        return (
            self._tool(
                "remember",
                Effect(
                    acts_on=frozenset({ActsOn.THINGS}),
                    risk=Risk.NONE,
                    proves=frozenset({"memory", "noting"}),
                ),
            ),
            self._tool("sesame", Effect(acts_on=frozenset({ActsOn.ENTITIES}))),
            self._tool("mystery", None),
            self._tool(
                "announce",
                Effect(
                    acts_on=frozenset({ActsOn.PEOPLE}),
                    proves=frozenset({"message"}),
                    most_a_minute=1,
                ),
            ),
        )

    def _tool(self, name: str, effect: Effect | None) -> SkillTool:
        async def call(asked: ToolCall) -> Mapping[str, Any]:
            self.calls.append(name)
            told = self.texts.get(asked.language, "noted") if name == "remember" else ""
            return {"result": "ok", "told": told}

        return SkillTool(
            name=name,
            description=f"Does {name}",
            parameters=_WHAT,
            call=call,
            effect=effect,
            title={x: self.texts.get(x, f"titles.{name}") for x in ("fr", "en")},
        )

    @override
    def entities(self, platform: Platform) -> Sequence[Entity]:
        return [Count(self)] if platform is Platform.SENSOR else []

    @override
    def actions(self) -> Sequence[Action]:
        async def handle(call: ServiceCall) -> ServiceResponse:
            return {"count": self.count}

        return [
            Action(
                name="count_eggs",
                handle=handle,
                description={"name": "Count", "description": "Counts", "fields": {}},
                answers=True,
            )
        ]


_WHAT = probatio.Schema({probatio.Optional("what"): str})
