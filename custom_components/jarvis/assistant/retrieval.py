"""Which of the home's entities an utterance is about: the few that the model is told.

A model on a home's own box reads some hundred tokens a second. So it is not told of the
whole home but of what the words name: entities, areas, kinds, what was spoken of before.
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Callable, Collection

from homeassistant.core import HomeAssistant

from ..engines.language import LANGUAGES, folded
from .understanding import Home, Thing, key_words, kinds_of, look_around

MOST_ENTITIES = 20
"""Entities that one prompt carries at most."""

_RARE = 1.0
_KIND = 1.2
_AREA = 2.0
_SPOKEN = 2.5
_HERE = 0.3
_WHOLE_NAME = 3.0


def retrieve(
    hass: HomeAssistant,
    text: str,
    language: str,
    *,
    area_id: str | None = None,
    reader: Callable[[str], bool] | None = None,
    spoken: Collection[str] = (),
    limit: int = MOST_ENTITIES,
) -> list[Thing]:
    """Return the exposed entities that a text is about, best first.

    `reader` tells which of them the speaker may know of, where that is not all.
    """
    home = look_around(hass, language, area_id, reader)
    said = key_words(folded(text), language)
    weights = _weights(home, said)
    areas = {area for words, area in home.area_words if words and words <= said}
    kinds = [kind for tongue in LANGUAGES for kind in kinds_of(said, tongue)]
    # "Which lights are on?" is about kinds, "turn on the garland" about a name: being
    # nearby only decides between things that the words speak of alike.
    scores: defaultdict[str, float] = defaultdict(float)
    index = home.index
    for thing in {
        t.entity_id: t for word in weights for t in index.by_word[word]
    }.values():
        scores[thing.entity_id] += _name_score(thing, said, weights)
    for entity_id in {
        thing.entity_id
        for domain in {kind.domain for kind in kinds}
        for thing in index.by_domain.get(domain, ())
        if any(kind.covers(thing) for kind in kinds)
    }:
        scores[entity_id] += _KIND
    for area in areas:
        for thing in index.by_area.get(area, ()):
            scores[thing.entity_id] += _AREA
    for entity_id in index.by_id.keys() & set(spoken):
        scores[entity_id] += _SPOKEN
    for thing in index.by_area.get(area_id or "", ()):
        if thing.entity_id in scores:
            scores[thing.entity_id] += _HERE
    best = heapq.nsmallest(limit, ((-score, name) for name, score in scores.items()))
    return [index.by_id[name] for _, name in best]


def _weights(home: Home, said: frozenset[str]) -> dict[str, float]:
    """Weigh the words that were said: one that many names hold tells little."""
    total = len(home.things)
    return {
        word: _RARE * math.log(1 + total / len(named)) / math.log(1 + total)
        for word in said
        if (named := home.index.by_word.get(word))
    }


def _name_score(thing: Thing, said: frozenset[str], weights: dict[str, float]) -> float:
    best = 0.0
    for words in thing.name_words:
        common = words & said
        if not common:
            continue
        part = len(common) / len(words)
        score = sum(weights[word] for word in common) * (1 + part)
        best = max(best, score + (_WHOLE_NAME if part == 1 else 0.0))
    return best
