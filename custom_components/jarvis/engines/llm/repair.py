"""Repairs the calls of tools that small models write badly.

A call is fitted to the JSON schema of its tool. Only what has one meaning is repaired;
the rest stays as it is, so that the tool refuses it and the model learns why.
"""

import difflib
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from .base import ToolCall, ToolSpec

ALIKE = 0.84
"""From here on a misspelt name of a tool or value is taken for the real one."""
MARGIN = 0.1
"""By how much the best must be ahead of the next."""

MOST_LAYERS = 4
"""Layers of wrapping that are taken off."""
MOST: Final = 1e6
"""No number of a tool is larger; a power of ten in it is a slip."""

_NOTHING: Final = frozenset({"", "null", "none", "undefined", "n/a", "nil"})
_WRAPPERS: Final = frozenset({"arguments", "args", "parameters", "params", "input"})
_TOOL_KEYS: Final = frozenset({"name", "tool", "toolname", "function", "type", "id"})
"""Under these a whole call names its tool."""
_TRUE: Final = frozenset({"true", "yes", "on", "1", "oui", "vrai"})
_FALSE: Final = frozenset({"false", "no", "off", "0", "non", "faux"})
_NUMBER: Final = re.compile(
    r"[-+]?\d+(?:[.,]\d+)?(?=\s*(?:%|°|degr|percent|pour|[CF]?\s*$))"
)

# What models call the parameters of Home Assistant's tools.
_SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "area": ("room", "location", "areaname", "areaid", "piece", "zone", "place"),
    "brightness": ("brightnesspct", "brightnesspercent", "level", "luminosity"),
    "color": ("colour", "colorname", "couleur"),
    "domain": ("domains", "type", "devicetype", "entitytype"),
    "floor": ("floorname", "etage", "storey"),
    "item": ("itemname", "task", "product"),
    "name": (
        "device", "devicename", "entity", "entityid", "entityname", "target", "light",
        "lightname", "nom", "names", "devices", "entities",
    ),
    "percentage": ("speed", "percent", "level"),
    "position": ("level", "percentage", "percent"),
    "temperature": ("temp", "targettemperature", "degrees", "settemperature"),
    "volume_level": ("volume", "level", "percentage"),
}  # fmt: skip


def repair(call: ToolCall, tools: Sequence[ToolSpec]) -> ToolCall:
    """Return the call as its tool can take it, as far as its meaning is plain."""
    name = nearest_tool(call.name, [tool.name for tool in tools])
    tool = next((tool for tool in tools if tool.name == name), None)
    if tool is None:
        return call
    properties: Mapping[str, Any] = tool.parameters.get("properties", {})
    given = _unwrap(call.arguments, properties, name)
    required = frozenset(tool.parameters.get("required", ()))
    arguments: dict[str, Any] = {}
    for key, value in _rename(given, properties).items():
        if _is_nothing(value) and key not in required:
            continue
        arguments[key] = _fit(value, properties.get(key, {}))
    return ToolCall(name=name, arguments=arguments)


def nearest_tool(name: str, names: Sequence[str]) -> str:
    """Return the tool that is meant, the name itself where that is not plain."""
    if name in names:
        return name
    # Models drop the "intent__" of a name, or put something of their own before it.
    plain = _plain(name)
    for candidates in (
        [n for n in names if _plain(n) == plain],
        [n for n in names if _plain(n.rpartition("__")[2]) == plain],
        [n for n in names if core_name(n) == core_name(name)],
    ):
        if len(candidates) == 1:
            return candidates[0]
    return _nearest(core_name(name), {n: core_name(n) for n in names}) or name


def nearest_names(name: str, names: Iterable[str], most: int = 3) -> list[str]:
    """Return the names that come closest, best first."""
    by_core = {core_name(n): n for n in names}
    close = difflib.get_close_matches(core_name(name), by_core, n=most, cutoff=0.4)
    return [by_core[core] for core in close]


def _plain(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())


def core_name(name: str) -> str:
    """Return "turnon" of "intent__HassTurnOn", "light.turn_on" and "hass_turn_on"."""
    last = re.split(r"__|[.:/]", name)[-1]
    return _plain(last).removeprefix("hass")


def _nearest(word: str, candidates: Mapping[str, str]) -> str:
    """Return the key whose value is clearly the nearest to a word, "" for none."""
    ranked = sorted(
        (
            (difflib.SequenceMatcher(None, word, value).ratio(), key)
            for key, value in candidates.items()
        ),
        reverse=True,
    )
    if not ranked or ranked[0][0] < ALIKE:
        return ""
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN:
        return ""
    return ranked[0][1]


def _unwrap(
    given: Mapping[str, Any], properties: Mapping[str, Any], tool: str
) -> dict[str, Any]:
    """Take arguments out of further layers: {"name": TOOL, "arguments": {"name": …}}.

    What stands beside a layer stays, unless it only names the tool; what both say
    differently has no plain meaning and is left as it is.
    """
    flat = dict(given)
    for _ in range(MOST_LAYERS):
        wrappers = [
            key
            for key in flat
            if key not in properties and (_plain(key) in _WRAPPERS or _is(key, tool))
        ]
        inner = _parse(flat[wrappers[0]]) if len(wrappers) == 1 else None
        if not isinstance(inner, Mapping):
            break
        beside = {
            key: value
            for key, value in flat.items()
            if key != wrappers[0]
            and not (
                _plain(key) in _TOOL_KEYS
                and (key not in properties or _is(value, tool))
            )
        }
        if any(inner.get(key, value) != value for key, value in beside.items()):
            break
        flat = {**beside, **inner}
    return flat


def _is(value: Any, tool: str) -> bool:
    """Return whether a value is the name of a tool."""
    return isinstance(value, str) and core_name(value) == core_name(tool)


def _rename(given: Mapping[str, Any], properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return arguments by their real names; what has none keeps its own."""
    named = {key: value for key, value in given.items() if key in properties}
    by_plain = {_plain(name): name for name in properties}
    for key, value in given.items():
        if key in properties:
            continue
        plain = _plain(key)
        real = by_plain.get(plain) or next(
            (
                name
                for name, others in _SYNONYMS.items()
                if name in properties and plain in others
            ),
            key,
        )
        if real in named and real != key:
            real = key
        named[real] = value
    return named


def _is_nothing(value: Any) -> bool:
    if isinstance(value, str):
        return value.strip().casefold() in _NOTHING
    return value is None or value in ([], {})


def _parse(value: Any) -> Any:
    """Read a list or an object that came as text, perhaps as text within text."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if (text[:2], text[-1:]) in {('"{', '"'), ('"[', '"')}:
        with suppress(ValueError):
            text = str(json.loads(text)).strip()
    if (text[:1], text[-1:]) not in {("[", "]"), ("{", "}")}:
        return value
    for candidate in (text, text.replace("'", '"')):
        try:
            return json.loads(candidate)
        except ValueError, RecursionError:
            continue
    return value


def _fit(value: Any, schema: Mapping[str, Any]) -> Any:
    """Return a value as a JSON schema wants it, where that is plain."""
    if options := schema.get("anyOf") or schema.get("oneOf"):
        fitted = (_fit(value, option) for option in options)
        pairs = zip(fitted, options, strict=True)
        return next((new for new, option in pairs if _accepts(new, option)), value)
    match schema.get("type"):
        case "array":
            return _fit_list(_parse(value), schema.get("items", {}))
        case "object":
            return _parse(value)
        case "integer" | "number" as kind:
            number = _fit_number(_alone(_parse(value)))
            return _fit_whole(number, schema) if kind == "integer" else number
        case "boolean":
            word = str(_alone(_parse(value))).strip().casefold()
            return True if word in _TRUE else False if word in _FALSE else value
        case "string":
            return _fit_text(value, schema)
    return value


def _accepts(value: Any, schema: Mapping[str, Any]) -> bool:
    if "enum" in schema:
        return value in schema["enum"]
    match schema.get("type"):
        case "array":
            return isinstance(value, list)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "boolean":
            return isinstance(value, bool)
        case "string":
            return isinstance(value, str)
        case "object":
            return isinstance(value, Mapping)
    return True


def _alone(value: Any) -> Any:
    """Take the only value out of a list or an object."""
    if isinstance(value, list) and len(value) == 1:
        return _alone(value[0])
    if isinstance(value, Mapping) and len(value) == 1:
        return _alone(next(iter(value.values())))
    return value


def _fit_list(value: Any, items: Mapping[str, Any]) -> list[Any]:
    if isinstance(value, str):
        value = [part.strip() for part in value.split(",")]
    elif isinstance(value, Mapping):
        value = list(value.values()) if len(value) == 1 else [value]
    elif not isinstance(value, list):
        value = [value]
    return [_fit(entry, items) for entry in value if not _is_nothing(entry)]


def _fit_number(value: Any) -> Any:
    """Return a number; what a tool would take for one and is none is put in words.

    "NaN", "1e999" and true can be converted to numbers, and mean none.
    """
    found = value
    if isinstance(value, str):
        match = _NUMBER.match(value.strip())
        try:
            found = float(match[0].replace(",", ".") if match else value)
        except ValueError:
            return value
    if isinstance(found, bool) or (
        isinstance(found, int | float)
        and not (math.isfinite(found) and abs(found) <= MOST)
    ):
        return f"not a number: {value}"[:40]
    if isinstance(found, float) and found.is_integer():
        return int(found)
    return found


def _fit_whole(value: Any, schema: Mapping[str, Any]) -> Any:
    """Return a number as a whole one: 0.3, where percent is wanted, is 30 %."""
    if not isinstance(value, float):
        return value
    if 0 < value < 1 and schema.get("maximum") == 100:
        return max(1, round(value * 100))
    return round(value)


def _fit_text(value: Any, schema: Mapping[str, Any]) -> Any:
    # A text may well look like a list: only one that must be a choice is read as one.
    choices: Sequence[Any] = schema.get("enum", ())
    value = _alone(_parse(value) if choices or _is_listed(value) else value)
    if isinstance(value, bool | int | float):
        value = str(value)
    if not isinstance(value, str):
        return value
    if not choices or value in choices:
        return value.strip()
    plain = _plain(value)
    cores = {choice: _plain(str(choice)) for choice in choices}
    exact = [choice for choice, core in cores.items() if core in {plain, plain + "s"}]
    exact += [choice for choice, core in cores.items() if core + "s" == plain]
    return exact[0] if len(exact) == 1 else _nearest(plain, cores) or value


def _is_listed(value: Any) -> bool:
    return isinstance(value, str) and value.strip()[:2] in {'["', "['"}
