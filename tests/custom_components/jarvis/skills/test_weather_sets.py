"""Plays sentences at a home with a week of weather.

They are those of `weather_sets`, and of the first contacts with people who knew no grammar.

The week is that of `tests/fakes/weather.py`. A file holds `language` and `sentences`:

    - text: "va-t-il pleuvoir demain ?"
      now: "2026-12-01 10:20"      # local; this is also the default
      expect: [oui, "14 h"]         # all of these are in the answer, whatever the case
      any: [pluie, averse]          # and one of these
      never: [neige]                # and none of these
      after: "météo"                # what is said before, in the same conversation
      skill: false                  # true (default) or false: whether the skill answers
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant

from tests.fakes.home import Lamp, Thermostat, async_ask, async_furnish, speech
from tests.fakes.home import async_install_jarvis as install
from tests.fakes.weather import NOW, PARIS, Station, async_add_stations

ROOT = Path(__file__).parents[4]
SETS = {
    path.stem: yaml.safe_load(path.read_text("utf-8"))
    for folder in (
        Path(__file__).parent / "weather_sets",
        ROOT / "bench" / "first_contact" / "weather",
    )
    for path in sorted(folder.glob("*.yaml"))
}
ELSEWHERE = ("que d'ici", "only know the weather here")
"""How it says that it knows nothing of another town, which is an honest answer."""


def faults(row: dict[str, Any], said: str, route: str) -> list[str]:
    """Return what is wrong with an answer."""
    told, found = said.casefold(), []
    honest = any(words in told for words in ELSEWHERE)
    if not honest and (route == "skill_weather") != row.get("skill", True):
        found.append(f"answered by {route}")
    listed = {
        key: [row[key]] if isinstance(row[key], str) else row[key]
        for key in ("expect", "any", "never")
        if key in row
    }
    found += [
        f"lacks {x!r}" for x in listed.get("expect", ()) if x.casefold() not in told
    ]
    found += [f"has {x!r}" for x in listed.get("never", ()) if x.casefold() in told]
    if "any" in listed and not any(x.casefold() in told for x in listed["any"]):
        found.append(f"has none of {listed['any']}")
    return found


@pytest.mark.parametrize("name", SETS)
async def test_sentences(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, name: str
) -> None:
    told = SETS[name]
    language = told["language"]
    freezer.move_to(NOW)
    home = {
        "Salon" if language == "fr" else "Kitchen": [Lamp("Lampe"), Thermostat("T")]
    }
    await async_furnish(hass, home, language)
    await async_add_stations(hass, Station())
    entry = await install(hass)
    wrong: list[str] = []
    for row in told["sentences"]:
        now = row.get("now")
        freezer.move_to(
            datetime.fromisoformat(str(now)).replace(tzinfo=PARIS) if now else NOW
        )
        conversation = None
        if "after" in row:
            before = await async_ask(hass, row["after"], language)
            conversation = before.conversation_id
        result = await async_ask(
            hass, row["text"], language, conversation_id=conversation
        )
        trace = next(iter(entry.runtime_data.assistant.traces))
        route = trace.route
        if route == "skill_dialogue":
            route = "skill_weather"
        if found := faults(row, speech(result), route):
            wrong.append(f"{row['text']!r}: {'; '.join(found)}: {speech(result)!r}")
    assert not wrong, "\n".join(wrong)
