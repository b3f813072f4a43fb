"""Turns a model's call of a tool into one that can be made, or says what would be.

`engines/llm` fits the arguments to the tool's schema. Here the names of entities, areas
and floors are compared with those of the home: a name that plainly means one of them
becomes it, for the rest the model is told the nearest ones. What must never be moved on
a guess is only ever told.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import probatio
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import floor_registry as fr
from homeassistant.helpers import intent, llm

from ...engines.language import folded, likeness
from ...engines.llm import (
    ToolCall,
    ToolSpec,
    nearest_names,
    nearest_tool,
    repair,
    whole_text,
)
from ..home import Home, Thing, key_words, kinds_of, look_around
from ..turn import Turn
from .home_outline import quoted

MEANT = 0.82
"""From here on a name that is not in the home is taken for one that is."""
AHEAD = 0.1
"""By how much the best must be ahead of the next."""
PERHAPS = 0.45
"""From here on a name is told to the model as perhaps meant."""
MOST_TOLD = 3

_EVERYTHING = frozenset({"all", "everything", "tout", "tous", "toutes", "toute"})


def repair_call(turn: Turn, api: llm.APIInstance, call: ToolCall) -> llm.ToolInput:
    """Return the call of a tool that a model means."""
    call = ToolCall(name=whole_text(call.name), arguments=whole_text(call.arguments))
    name = nearest_tool(call.name, [tool.name for tool in api.tools])
    tool = next((tool for tool in api.tools if tool.name == name), None)
    if tool is None:
        return llm.ToolInput(tool_name=name, tool_args=dict(call.arguments))
    schema = _schema(tool, api)
    meant = ToolCall(name=name, arguments=call.arguments)
    arguments = dict(repair(meant, [ToolSpec(name=name, parameters=schema)]).arguments)
    # A timer or an item of a list has a name, too, and any will do.
    if _names_entities(tool, schema.get("properties", {})):
        arguments = _mend_names(turn, tool, arguments)
    return llm.ToolInput(tool_name=name, tool_args=arguments)


def explain_failure(
    turn: Turn, api: llm.APIInstance, call: llm.ToolInput, error: Exception
) -> str:
    """Return what a model is told of a call that failed, with what would be right."""
    tool = next((tool for tool in api.tools if tool.name == call.tool_name), None)
    if tool is None:
        near = nearest_names(call.tool_name, [tool.name for tool in api.tools])
        hint = f" Did you mean: {', '.join(near)}?" if near else ""
        return f"There is no tool {quoted(call.tool_name)}.{hint}"
    text = str(error) or type(error).__name__
    if isinstance(error, intent.MatchFailedError):
        return f"{text}.{_nearest_in_home(turn, call.tool_args)}"
    if isinstance(error, probatio.Invalid | intent.InvalidSlotInfo):
        properties: Mapping[str, Any] = _schema(tool, api).get("properties", {})
        wanted = ", ".join(
            f"{key}: {_kind(about)}" for key, about in properties.items()
        )
        return f"{text}. The arguments are {wanted}."
    return text


def _schema(tool: llm.Tool, api: llm.APIInstance) -> dict[str, Any]:
    if not tool.parameters.schema:
        return {}
    schema: dict[str, Any] = probatio.to_openapi(
        tool.parameters,
        custom_serializer=api.custom_serializer,
        openapi_version="3.1.0",
    )
    return schema


def _kind(about: Mapping[str, Any]) -> str:
    choices = about.get("enum") or about.get("items", {}).get("enum")
    kind = str(about.get("type", "any"))
    if choices and len(choices) <= 12:
        return f"{kind} of {'|'.join(map(str, choices))}"
    if "maximum" in about:
        return f"{kind} from {about.get('minimum', 0)} to {about['maximum']}"
    return kind


def _names_entities(tool: llm.Tool, properties: Mapping[str, Any]) -> bool:
    return "name" in properties and ("area" in properties or tool.integration == "todo")


def _mend_names(
    turn: Turn, tool: llm.Tool, arguments: dict[str, Any]
) -> dict[str, Any]:
    home = look_around(turn.hass, turn.language, turn.area_id, turn.reader)
    for slot, names in (("area", _areas(turn)), ("floor", _floors(turn))):
        if isinstance(said := arguments.get(slot), str):
            arguments[slot] = _meant(said, names, turn.language) or said
    if isinstance(said := arguments.get("name"), str):
        domains = {"todo"} if tool.integration == "todo" else _listed(arguments)
        _mend_name(turn, home, arguments, said, domains)
    elif "domain" in arguments:
        arguments["domain"] = _domains(home, _listed(arguments), turn.language)
    return arguments


def _mend_name(
    turn: Turn, home: Home, arguments: dict[str, Any], said: str, domains: set[str]
) -> None:
    """Put the name of the entity that is meant in the place of what was said."""
    words = key_words(folded(said), turn.language)
    exact = [t for t in home.things if _is_called(t, said, words)]
    if exact:
        # The name is plain; a domain that it does not have can only be a mistake.
        if domains and not any(t.domain in domains for t in exact):
            arguments.pop("domain", None)
        if not any(said.strip().casefold() in _known(thing) for thing in exact):
            arguments["name"] = exact[0].names[0]
        return
    kinds = {kind.domain for kind in kinds_of(words, turn.language)}
    if words and (words <= _EVERYTHING or (len(words) == 1 and kinds)):
        # "all", or a kind such as "lights", is no name. Without a place to do it in,
        # the tool asks for one.
        if kinds or domains:
            arguments["domain"] = sorted(kinds or domains)
        if "area" in arguments or "floor" in arguments:
            del arguments["name"]
        return
    area = _meant(said, _areas(turn), turn.language, strict=True)
    if area and "area" not in arguments and domains:
        arguments["area"] = area
        del arguments["name"]
        return
    allowed = [t for t in home.things if not domains or t.domain in domains]
    thing = _only(home, words, said, allowed or home.things, turn.language)
    if thing is not None and not thing.guarded:
        arguments["name"] = thing.names[0]
        if domains and thing.domain not in domains:
            arguments.pop("domain", None)


def _is_called(thing: Thing, said: str, words: frozenset[str]) -> bool:
    if said.strip().casefold() in _known(thing):
        return True
    return bool(words) and not thing.guarded and words in thing.name_words


def _known(thing: Thing) -> set[str]:
    return {thing.entity_id, *(name.strip().casefold() for name in thing.names)}


def _only(
    home: Home,
    words: frozenset[str],
    said: str,
    things: Sequence[Thing],
    language: str,
) -> Thing | None:
    """Return the thing that words or their spelling plainly mean, None for no one."""
    rooms = {area_id: names for names, area_id in home.area_words}
    by_words = []
    for thing in things:
        room = rooms.get(thing.area_id or "", frozenset())
        if words and any(
            words & name and words <= name | room for name in thing.name_words
        ):
            by_words.append(thing)
    if len(by_words) == 1:
        return by_words[0]
    plain = said.rpartition(".")[2].replace("_", " ")
    ranked = sorted(
        ((_alike(plain, thing, language), thing.entity_id) for thing in things),
        reverse=True,
    )
    if not ranked or ranked[0][0] < MEANT:
        return None
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < AHEAD:
        return None
    return home.index.by_id[ranked[0][1]]


def _telling(name: str, language: str) -> str:
    """Return the words of a name that tell it apart."""
    return " ".join(word for word in folded(name) if key_words([word], language))


def _alike(said: str, thing: Thing, language: str) -> float:
    # A lamp 2 is not a misspelt lamp 3.
    numbers = {word for word in folded(said) if word[0].isdigit()}
    return max(
        (
            likeness(_telling(said, language), _telling(name, language), language)
            for name in thing.names
            if {word for word in folded(name) if word[0].isdigit()} == numbers
        ),
        default=0.0,
    )


def _meant(
    said: str, names: Sequence[tuple[str, ...]], language: str, *, strict: bool = False
) -> str:
    """Return the first of the names that are meant, "" where that is not plain.

    `names` holds a tuple for each thing: its name, its aliases, its id.
    """
    plain = key_words(folded(said.replace("_", " ")), language)
    for known in names:
        if said.strip().casefold() in (name.strip().casefold() for name in known):
            return said if said in known else known[0]
    same = [
        known
        for known in names
        if any(key_words(folded(name), language) == plain for name in known)
    ]
    if len(same) == 1 or strict:
        return same[0][0] if same else ""
    ranked = sorted(
        (
            (max(likeness(said, name, language) for name in known), known[0])
            for known in names
        ),
        reverse=True,
    )
    if not ranked or ranked[0][0] < MEANT:
        return ""
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < AHEAD:
        return ""
    return ranked[0][1]


def _areas(turn: Turn) -> list[tuple[str, ...]]:
    areas = ar.async_get(turn.hass).async_list_areas()
    return [(area.name, *sorted(area.aliases), area.id) for area in areas]


def _floors(turn: Turn) -> list[tuple[str, ...]]:
    floors = fr.async_get(turn.hass).async_list_floors()
    return [(floor.name, *sorted(floor.aliases), floor.floor_id) for floor in floors]


def _listed(arguments: Mapping[str, Any]) -> set[str]:
    domain = arguments.get("domain") or ()
    return {domain} if isinstance(domain, str) else {str(entry) for entry in domain}


def _domains(home: Home, said: Iterable[str], language: str) -> list[str]:
    """Return domains by their real names: "Lights" and "lumières" are "light"."""
    known = home.index.by_domain
    found: set[str] = set()
    for word in said:
        plain = word.strip().casefold().replace(" ", "_")
        kinds = {
            k.domain for k in kinds_of(key_words(folded(word), language), language)
        }
        if plain not in known and plain.removesuffix("s") in known:
            plain = plain.removesuffix("s")
        elif plain not in known and len(kinds & known.keys()) == 1:
            (plain,) = kinds & known.keys()
        found.add(plain)
    return sorted(found)


def _nearest_in_home(turn: Turn, arguments: Mapping[str, Any]) -> str:
    """Return the names that come closest to those that a call gave."""
    home = look_around(turn.hass, turn.language, turn.area_id, turn.reader)
    hints = []
    if isinstance(said := arguments.get("name"), str):
        words = key_words(folded(said), turn.language)
        ranked = sorted(
            (
                (-_closeness(said, words, thing, turn.language), thing.names[0])
                for thing in home.things
            ),
        )
        near = [name for score, name in ranked if -score >= PERHAPS][:MOST_TOLD]
        hints.append(("name", near))
    if isinstance(said := arguments.get("area"), str):
        close = sorted(
            (
                (-max(likeness(said, name, turn.language) for name in known), known[0])
                for known in _areas(turn)
            ),
        )
        # All rooms are told where none is near: there are few.
        near = [name for score, name in close if -score >= PERHAPS][:MOST_TOLD]
        hints.append(("area", near or [name for _, name in close[:12]]))
    return "".join(
        f" Did you mean {slot}: {', '.join(map(quoted, dict.fromkeys(near)))}?"
        if near
        else f" No {slot} is like it: find the right one first, or say it is not there."
        for slot, near in hints
    )


def _closeness(said: str, words: frozenset[str], thing: Thing, language: str) -> float:
    common = max(
        (len(words & name) / len(words | name) for name in thing.name_words if name),
        default=0.0,
    )
    return max(_alike(said, thing, language), min(1.0, common + 0.25) if common else 0)
