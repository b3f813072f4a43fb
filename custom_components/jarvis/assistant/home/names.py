"""What to call things and rooms in the language of the turn.

A home is named in one language and may have aliases in another: an answer uses the name
that the user used, else one in the language of the answer.
"""

from collections.abc import Iterable, Sequence

from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import intent

from ...engines.language import folded, name_language

_ARTICLES = frozenset({"le", "la", "les", "l'", "un", "une", "the", "a", "an"})


def thing_names(hass: HomeAssistant, state: State) -> list[str]:
    """Return the names of an entity, the one that the home shows first."""
    entry = er.async_get(hass).async_get(state.entity_id)
    aliases = intent.async_get_entity_aliases(hass, entry, state=state)
    return [state.name, *aliases]


def thing_name(hass: HomeAssistant, state: State, language: str, said: str = "") -> str:
    """Return what to call an entity; `said` is what the user called it."""
    return _best(thing_names(hass, state), language, said)


def area_name(hass: HomeAssistant, area_id: str, language: str, said: str = "") -> str:
    """Return what to call an area, "" for one that is gone."""
    area = ar.async_get(hass).async_get_area(area_id)
    if area is None:
        return ""
    # A set has no order of its own: the same name every time.
    return _best([area.name, *sorted(area.aliases)], language, said)


def speaks(name: str, language: str) -> bool:
    """Return whether a name can stand in a sentence of a language."""
    return name_language(name) in {language, None}


def _plain(text: str) -> tuple[str, ...]:
    return tuple(word for word in folded(text) if word not in _ARTICLES)


def _best(names: Sequence[str], language: str, said: str) -> str:
    if said and (used := _used(names, said)):
        return used
    shown, *others = names
    if speaks(shown, language):
        return shown
    own = (name for name in others if name_language(name) == language)
    neutral = (name for name in others if name_language(name) is None)
    return next(own, None) or next(neutral, shown)


def _used(names: Iterable[str], said: str) -> str:
    """Return the longest name that the words end with: articles go before it."""
    words = _plain(said)
    found: tuple[int, str] = (0, "")
    for name in names:
        own = _plain(name)
        if len(own) > found[0] and words[-len(own) :] == own:
            found = len(own), name
    return found[1]
