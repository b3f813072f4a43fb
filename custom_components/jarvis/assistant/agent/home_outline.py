"""The home as the model reads it: an outline that stays, and the entities of a turn."""

import logging
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers.json import json_dumps

from ..home import Thing

_LOGGER = logging.getLogger(__name__)

NO_AREA = "no area"
OUTLINE_SHARE = 0.5
"""Characters of outline for each token of the prompt: a sixth of it."""
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


def outline(hass: HomeAssistant, things: Sequence[Thing], token_budget: int) -> str:
    """Return the areas and how many things of each domain they hold.

    An outline that is too long for a prompt of `token_budget` tokens leaves out the counts
    first, then the areas with the fewest things; both are told to the model and to the
    log.
    """
    longest = round(token_budget * OUTLINE_SHARE)
    if not things:
        return "No device of this home may be used: say so when one is asked for."
    areas = ar.async_get(hass)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for thing in things:
        area = areas.async_get_area(thing.area_id) if thing.area_id else None
        counts[quoted(area.name) if area else NO_AREA][thing.domain] += 1
    lines = [
        f"{name}: "
        + ", ".join(f"{n} {kind}" for kind, n in sorted(counts[name].items()))
        for name in sorted(counts)
    ]
    whole = "Areas of the home and what they hold:\n" + "\n".join(lines)
    if len(whole) <= longest:
        return whole
    _warn(len(whole), longest)
    return _only_areas(counts, longest)


@lru_cache(maxsize=8)
def _warn(length: int, longest: int) -> None:
    """Log it once a home, not once a turn."""
    _LOGGER.warning(
        "The outline of the home takes %s characters where %s are left for it: "
        "the language model is told the names of areas only",
        length,
        longest,
    )


def _only_areas(counts: Mapping[str, Counter[str]], longest: int) -> str:
    fullest = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    kept: list[str] = []
    left = longest
    for name, _ in fullest:
        left -= len(name) + len(", ")
        if left < 0:
            break
        kept.append(name)
    more = len(counts) - len(kept)
    rest = f" and {more} more, which a search finds" if more else ""
    return f"Areas of the home: {', '.join(sorted(kept))}{rest}"


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
