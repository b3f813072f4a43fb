"""Reads the reply to "do you mean this or that?"."""

from collections.abc import Mapping

from ...engines.language import folded, likeness, reads_no, reads_yes
from ..home import ALIKE, key_words

_ORDINALS = (
    frozenset({"premier", "premiere", "first"}),
    frozenset({"deuxieme", "second", "seconde"}),
    frozenset({"troisieme", "third"}),
)
_LAST = frozenset({"dernier", "derniere", "last"})


def chosen(text: str, names: Mapping[str, str], language: str) -> str | None:
    """Return the entity that was chosen, "" for none of them.

    Returns None when this is no reply but something new.
    """
    if reads_no(text):
        return ""
    options = list(names)
    if len(options) == 1 and reads_yes(text):
        return options[0]
    said = folded(text)
    words = set(said)
    for place, ordinals in enumerate(_ORDINALS):
        if words & ordinals and place < len(options):
            return options[place]
    if words & _LAST:
        return options[-1]
    return _by_name(said, names, language)


def _by_name(
    said: tuple[str, ...], names: Mapping[str, str], language: str
) -> str | None:
    keys = {
        entity_id: key_words(folded(name), language)
        for entity_id, name in names.items()
    }
    shared = frozenset.intersection(*keys.values()) if len(keys) > 1 else frozenset()
    heard = key_words(said, language) - shared
    if not heard:
        return None
    exact = [entity_id for entity_id, words in keys.items() if heard <= words]
    alike = [
        entity_id
        for entity_id, words in keys.items()
        if any(
            likeness(one, other, language) >= ALIKE
            for one in heard
            for other in words - shared
        )
    ]
    hits = exact or alike
    return hits[0] if len(hits) == 1 else None
