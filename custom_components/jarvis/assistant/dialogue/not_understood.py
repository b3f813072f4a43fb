"""Says what was not understood of an order that was half understood."""

import re
from typing import Final

from homeassistant.components.light.const import (
    ATTR_SUPPORTED_COLOR_MODES,
    COLOR_MODES_COLOR,
)
from homeassistant.core import State
from homeassistant.helpers import area_registry as ar
from homeassistant.util import dt as dt_util

from ...engines.language import (
    Order,
    named,
    none_of,
    read_delay,
    read_later,
    read_orders,
    words,
)
from ..home import Home, key_words, kinds_of, look_around, thing_name
from ..sentences import say
from ..turn import LONGEST_ORDER, Turn

_COLOURS: Final = re.compile(
    r"rouges?|bleue?s?|verte?s?|jaunes?|oranges?|violete?t?e?s?|roses?|blanc|blanche"
    r"|turquoise|cyan|magenta|red|blue|green|yellow|purple|violet|pink|white|couleur"
    r"|colou?r"
)
_NOUNS: Final = {
    "volet": "shutter", "store": "blind", "rideau": "curtain", "blind": "blind",
    "shutter": "shutter", "curtain": "curtain", "prise": "outlet", "outlet": "outlet",
}  # fmt: skip
"""What blinds and sockets of a kind are called, as they were."""
_PRONOUNS: Final = frozenset({"it", "that", "them", "ca", "cela", "tout", "this"})
_MOST_SAID = 6
"""Words of a name; what is longer was no name."""


def missed(turn: Turn, command: str) -> str:
    """Return what could not be found or done; "" where nothing was understood.

    `command` is one that would work.
    """
    if len(turn.text) > LONGEST_ORDER:
        return ""
    language = turn.language
    home = look_around(turn.hass, language, turn.area_id, turn.reader)
    for text in _without_time(turn.text, language):
        for order in read_orders(text, language) or []:
            if order.target and not home.find(order):
                return _told(turn, home, text, order, command)
    return ""


def _without_time(text: str, language: str) -> list[str]:
    """Return the orders of a text without the time of them, which is no name."""
    now = dt_util.now()
    if delay := read_delay(text, language, now):
        return [delay.command]
    if parts := read_later(text, language, now):
        return [parts[0], parts[1].command]
    return [text]


def _told(turn: Turn, home: Home, text: str, order: Order, command: str) -> str:
    language = turn.language
    said = key_words(order.target, language)
    plain = frozenset(word for word in said if not _COLOURS.fullmatch(word))
    if state := _known(turn, home, plain):
        what = named(thing_name(turn.hass, state, language), language).text
        modes = state.attributes.get(ATTR_SUPPORTED_COLOR_MODES) or ()
        colourless = COLOR_MODES_COLOR.isdisjoint(modes)
        if plain != said and colourless:
            told = say(language, "help.no_colour", what=what)
            return told[:1].upper() + told[1:]
        if order.action is None:
            return ""
        return say(language, "help.not_so", what=what, command=command)
    if order.action is None or home.area_of(said) or said <= _PRONOUNS:
        return ""
    for word in said:
        kinds = kinds_of([word], language)
        area_id = home.area_of(said - {word})
        if kinds and area_id is not None:
            area = ar.async_get(turn.hass).async_get_area(area_id)
            noun = _NOUNS.get(word) or kinds[0].device_class or kinds[0].domain
            none = none_of(noun, area.name if area else None, language)
            return say(language, "help.none_there", what=none, command=command)
    if len(said) == 1 and kinds_of(said, language):
        return ""  # "la lumière": which one is meant is not what is unknown
    what = _quoted(text, order.target)
    if not what:
        return ""
    return say(language, "help.unknown_thing", what=what, command=command)


def _known(turn: Turn, home: Home, said: frozenset[str]) -> State | None:
    """Return the one thing that is named, whatever can be done with it."""
    found = [thing.entity_id for thing in home.things if said in thing.name_words]
    return turn.hass.states.get(found[0]) if len(found) == 1 else None


def _quoted(text: str, target: tuple[str, ...]) -> str:
    """Return the words of a target as they were said."""
    if not 0 < len(target) <= _MOST_SAID:
        return ""
    said = words(text)
    folds = [word.fold for word in said]
    if target[0] not in folds or target[-1] not in folds:
        return ""
    first = folds.index(target[0])
    last = len(folds) - 1 - folds[::-1].index(target[-1])
    return text[said[first].start : said[last].end] if first <= last else ""
