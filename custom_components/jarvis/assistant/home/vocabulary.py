"""The names of the home, which speech-to-text should expect to hear."""

from itertools import chain, islice

from homeassistant.core import HomeAssistant, callback

from ...engines.language import speech_language
from .snapshot import look_around

MOST_NAMES = 120
"""More never fit into the tokens that Whisper is given as a hint."""


@callback
def spoken_names(hass: HomeAssistant) -> tuple[str, ...]:
    """Return the names of areas and floors, then of the exposed entities.

    Always in the same order: what is heard may depend on it.
    """
    home = look_around(hass, speech_language(hass.config.language), None)
    things = sorted(home.things, key=lambda thing: thing.entity_id)
    names = chain(home.places, *(thing.names for thing in things))
    return tuple(islice(dict.fromkeys(filter(str.strip, names)), MOST_NAMES))
