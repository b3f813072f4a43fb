"""The tools of Home Assistant as the model is told of them, worked out once."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import probatio
from homeassistant.helpers import llm

from ...engines.llm import ToolSpec

SLICE = 0.005
"""Seconds after which other tasks get their turn."""
_SPARED = frozenset({"device_class", "floor"})
"""Slots of intents that name and area make needless; their lists of values are long."""

type _Serializer = Callable[[Any], Any] | None


class ToolSpecs:
    """Keeps what was worked out for as long as a tool is made of the same parts.

    Home Assistant makes its tools anew for each turn, of parts that stay: the
    description and the validators of their parameters.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[list[object], ToolSpec]] = {}
        self._last: Sequence[ToolSpec] = ()

    async def async_of(self, api: llm.APIInstance | None) -> Sequence[ToolSpec]:
        """Return the tools of an API; working many out keeps no others waiting."""
        rested = time.perf_counter()
        for tool in api.tools if api else ():
            self._spec(tool, api.custom_serializer if api else None)
            if time.perf_counter() - rested > SLICE:
                await asyncio.sleep(0)
                rested = time.perf_counter()
        return self.of(api)

    def of(self, api: llm.APIInstance | None) -> Sequence[ToolSpec]:
        """Return the tools of an API; the same object when none has changed."""
        if api is None:
            return ()
        specs = [self._spec(tool, api.custom_serializer) for tool in api.tools]
        if not _same(specs, self._last):
            self._last = specs
        return self._last

    def _spec(self, tool: llm.Tool, serializer: _Serializer) -> ToolSpec:
        parts = _parts(tool, serializer)
        known = self._known.get(tool.name)
        if known is None or not _same(parts, known[0]):
            known = self._known[tool.name] = parts, _work_out(tool, serializer)
        return known[1]


def _same(some: Sequence[object], others: Sequence[object]) -> bool:
    return len(some) == len(others) and all(
        one is other or (isinstance(one, str) and one == other)
        for one, other in zip(some, others, strict=True)
    )


def _parts(tool: llm.Tool, serializer: _Serializer) -> list[object]:
    schema = tool.parameters.schema
    if not isinstance(schema, Mapping):
        # Nothing that could be known again.
        return [object()]
    pairs = [part for pair in schema.items() for part in pair]
    return [type(tool), serializer, tool.description, *pairs]


def _work_out(tool: llm.Tool, serializer: _Serializer) -> ToolSpec:
    return ToolSpec(
        name=tool.name,
        description=tool.description or "",
        parameters=_compact(
            probatio.to_openapi(
                tool.parameters, custom_serializer=serializer, openapi_version="3.1.0"
            )
            if tool.parameters.schema
            else {"type": "object", "properties": {}},
            is_intent=isinstance(tool, llm.IntentTool),
        ),
    )


def _compact(schema: Any, *, is_intent: bool) -> dict[str, Any]:
    """Leave out of a tool's parameters what a model can do without."""
    properties: dict[str, Any] = schema.get("properties", {})
    if is_intent:
        properties = {
            name: about
            for name, about in properties.items()
            if name not in _SPARED and not _only_one(about)
        }
    kept = {"type": "object", "properties": properties}
    if required := schema.get("required"):
        kept["required"] = required
    return kept


def _only_one(about: Mapping[str, Any]) -> bool:
    """Return whether a parameter has only one possible value."""
    return len(about.get("items", {}).get("enum", ())) == 1
