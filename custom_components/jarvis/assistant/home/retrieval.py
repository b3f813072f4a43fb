"""Which of the home's entities an utterance is about: the few that the model is told.

A model on a home's own box reads some hundred tokens a second. So it is not told of the
whole home but of what the words name: entities, areas, kinds, what was spoken of before.
"""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping

from homeassistant.core import HomeAssistant

from ...engines.language import LANGUAGES, folded
from .home import Home
from .kinds import Kind, kinds_of
from .snapshot import look_around
from .things import Index, Thing, key_words

MOST_ENTITIES = 20
"""Entities that one prompt carries at most."""

_WEATHER, _PERSON = Kind("weather"), Kind("person")
_MOWER, _VACUUM = Kind("lawn_mower"), Kind("vacuum")
_KINDS: dict[str, tuple[Kind, ...]] = {
    word: kinds
    for words, kinds in (
        (
            (
                "temps vent pression uv orage neige soleil dehors wind pressure sunny snow "
                "storm outside"
            ),
            (_WEATHER,),
        ),
        ("fait", (_WEATHER, Kind("climate"), Kind("sensor", "temperature"))),
        (
            (
                "qui quelqu'un personne monde gens who anyone anybody everyone everybody "
                "somebody people"
            ),
            (_PERSON,),
        ),
        (
            "tonte tondre tond tondeuse pelouse gazon herbe mow mowing mower lawn grass",
            (_MOWER,),
        ),
        (
            "aspire aspirer nettoie nettoyer clean cleaning sweep",
            (_VACUUM,),
        ),
        ("base station dock", (_MOWER, _VACUUM)),
        (
            "couleur luminosite intensite color colour brightness dim",
            (Kind("light"),),
        ),
        ("switches interrupteurs", (Kind("switch"),)),
        ("liste list courses shopping", (Kind("todo"),)),
    )
    for word in key_words(words.split(), "fr")
}
"""Words that tell a model's question, rather than an order, is about a kind."""

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
    kinds = [kind for known in LANGUAGES for kind in kinds_of(said, known)]
    kinds += [kind for word in said for kind in _KINDS.get(word, ())]
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
    return [index.by_id[entity_id] for entity_id in _best(scores, index, limit)]


def _best(scores: Mapping[str, float], index: Index, limit: int) -> list[str]:
    """Return the best; what is equally good takes turns, so that no kind is left out."""
    rank: Counter[tuple[float, str, str]] = Counter()
    places: list[tuple[float, int, str]] = []
    for entity_id in sorted(scores):
        thing, score = index.by_id[entity_id], scores[entity_id]
        group = (score, thing.domain, thing.device_class)
        places.append((-score, rank[group], entity_id))
        rank[group] += 1
    return [entity_id for _, _, entity_id in heapq.nsmallest(limit, places)]


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
