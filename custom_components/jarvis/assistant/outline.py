"""The home as the model reads it: an outline that stays, and the entities of a turn."""

from collections import Counter
from collections.abc import Sequence

from homeassistant.components import conversation
from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.json import json_dumps

from .understanding import Thing

MOST_AREAS = 40
LONGEST_NAME = 60
"""Characters of a name or value that the model is shown."""

_TOLD = {
    "current_position": "position",
    "current_temperature": "measured",
    "humidity": "humidity",
    "media_title": "playing",
    "percentage": "speed",
    "temperature": "target",
    "volume_level": "volume",
}


def outline(hass: HomeAssistant) -> str:
    """Return the areas and how many things of each domain they hold."""
    areas = ar.async_get(hass)
    registry = er.async_get(hass)
    counts: dict[str, Counter[str]] = {}
    for state in hass.states.async_all():
        if not async_should_expose(hass, conversation.DOMAIN, state.entity_id):
            continue
        entry = registry.async_get(state.entity_id)
        area_id = er.async_get_effective_area_id(hass, entry) if entry else None
        area = areas.async_get_area(area_id) if area_id else None
        counts.setdefault(area.name if area else "", Counter())[state.domain] += 1
    if not counts:
        return "No device of this home may be used: say so when one is asked for."
    lines = []
    for name in sorted(counts)[:MOST_AREAS]:
        things = ", ".join(f"{n} {kind}" for kind, n in sorted(counts[name].items()))
        lines.append(f"{quoted(name) if name else 'no area'}: {things}")
    return "Areas of the home and what they hold:\n" + "\n".join(lines)


def describe(hass: HomeAssistant, things: Sequence[Thing]) -> str:
    """Return a line for each entity: name, domain, area, state."""
    areas = ar.async_get(hass)
    lines = []
    for thing in things:
        state = hass.states.get(thing.entity_id)
        if state is None:
            continue
        area = areas.async_get_area(thing.area_id) if thing.area_id else None
        where = f", {quoted(area.name)}" if area else ""
        names = quoted((thing.names or (state.name,))[0])
        lines.append(f"{names} ({state.domain}{where}): {_value(state)}")
    return "\n".join(lines)


def quoted(text: str) -> str:
    """Return a name as the data it is: one line, in quotes, never too long.

    Whoever names a device writes into the prompt: a name must not look like a rule.
    """
    line = " ".join(text.split())
    if len(line) > LONGEST_NAME:
        line = line[: LONGEST_NAME - 1] + "…"
    return json_dumps(line)


def _value(state: State) -> str:
    attributes = state.attributes
    unit = attributes.get("unit_of_measurement")
    parts = [_plain(state.state) + (f" {_plain(unit)}" if unit else "")]
    brightness = attributes.get("brightness")
    if isinstance(brightness, int):
        parts.append(f"brightness {max(1, round(brightness / 2.55))} %")
    parts += [
        f"{label} {_plain(attributes[name])}"
        for name, label in _TOLD.items()
        if attributes.get(name) is not None
    ]
    return ", ".join(parts)


def _plain(value: object) -> str:
    """Return a value as it is when it is one word or number, in quotes otherwise."""
    text = str(value)
    return text if text.replace(".", "").replace("_", "").isalnum() else quoted(text)
