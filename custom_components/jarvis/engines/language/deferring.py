"""Tells whether an utterance puts an order off, or makes it depend on something.

This stands guard over a model: what cannot be read here word for word may still be an
order, and of one that is put off nothing may be done at once. So it looks for a time or
a condition in each clause, and takes it for one of an order unless the clause asks or
tells something.
"""

import re
from datetime import datetime
from typing import Final

from . import grammar_en, grammar_fr
from .delays import find_time
from .grammar import joined
from .reading import split_clauses
from .text import words

_GRAMMARS: Final = {"fr": grammar_fr, "en": grammar_en}
_ANY_DAY: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - no moment, only a day
_ENDS: Final = ",;:.!?…"
_STRETCH: Final = 600
"""Characters that are read in one go."""
_OVERLAP: Final = 100

# What sounds like a condition and is only polite, or none at all.
_POLITE: Final = {
    "fr": re.compile(
        r"\b(?:s' il (?:te|vous) plait|(?:si|quand) (?:tu|vous) (?:le |l' )?(?:peux|veux"
        r"|pouvez|voulez|pouvais|pouviez|pourras|pourrez|voudras|preferes?|as|avez)"
        r"(?: bien| le temps| un moment)?|si (?:c' est )?possible|(?:meme|comme) (?:si|s' ils?)"
        r"|si ca ne (?:te|vous) (?:derange|ennuie) pas)(?!\w)"
    ),
    "en": re.compile(
        r"\b(?:if (?:you (?:could|can|would|will|please|like|want|don't mind"
        r"|wouldn't mind)|(?:it's |it is |that's )?(?:possible|ok|okay|not too much)"
        r"|i may)|when you (?:can|could|get a (?:chance|moment)|have (?:a moment|time))"
        r"|(?:even|as) if)(?!\w)"
    ),
}
_SUBJECT: Final = (
    r"(?:i|i'm|i've|we|we're|you|he|she|it|it's|they|the|my|our|everyone|everybody"
    r"|someone|somebody|nobody|there|there's)"
)
_CONDITION: Final = {
    "fr": re.compile(
        r"\b(?:si|s' ils?|quand|lorsqu\w*(?:'\w+)?|des qu(?:e|')|aussitot|une fois qu(?:e|')"
        r"|(?:a )?chaque fois|au cas ou|en cas d(?:e|')|a condition|a moins"
        r"|jusqu' a ce|avant (?:qu(?:e|')|de|d'|mon|ma|le|la|l'|les)|apres qu(?:e|')"
        r"|tant qu(?:e|'))(?!\w)"
    ),
    "en": re.compile(
        rf"\b(?:if|unless|when|whenever|once {_SUBJECT}|as (?:soon|long) as"
        r"|(?:every|each|any|next) time|until|till|in case|by the time"
        rf"|(?:before|after) {_SUBJECT})(?!\w)"
    ),
}
# "Dis-moi quand il pleut", "when is dinner": what is asked is no condition. The grammar
# takes the "dis" of "dis, allume" for a greeting, so "moi" is what is left.
_ASKS: Final = {
    "fr": re.compile(
        r"(?:moi|nous|raconte[rz]?|explique[rz]?|parle|lis|quand est ce|c' est quand)(?!\w)"
    ),
    "en": re.compile(
        r"(?:(?:tell|give|show|read) (?:me|us)|explain|tell an?"
        r"|when (?:is|are|was|were|will|does|do|did|can|should))(?!\w)"
    ),
}
_TELLS: Final = {
    "fr": re.compile(
        r"(?:rappelle[rz]?|rappeler|previens|prevenir|dire|dit|demande|regarde|verifie|donne|cherche|calcule|traduis|ajoute[rz]?|note[rz]?|inscris|reveille|quel\w*"
        r"|combien|qui|que|qu'|quoi|pourquoi|comment|ou|est ce|c' est|y a)(?!\w)"
    ),
    "en": re.compile(
        r"(?:say|remind|see|check|find|look|ask|search|add|note|calculate|translate|wake|what|what's|who|who's|how|how's"
        r"|why|where|where's|which|is|are|was|will|does|did|do)(?!\w)"
    ),
}
_STATES: Final = {
    "fr": re.compile(r"(?:je|j'|il|elle|ils|elles|on|nous|c'|ce|ca|tu|vous)(?!\w)"),
    "en": re.compile(rf"{_SUBJECT}(?!\w)"),
}
_SOME_TIME: Final = {
    "fr": re.compile(
        r"\b(?:a l' occasion|un jour|un de ces jours|un de ces quatre|tot ou tard|prochainement"
        r"|dans (?:la (?:semaine|journee|soiree|matinee)|le (?:mois|courant)|(?:un|quelques) (?:moment|instant)s?)"
        r"|une fois (?:le|la|les|l'|mon|ma|mes))(?!\w)"
    ),
    "en": re.compile(
        r"\b(?:at some (?:point|stage)|some ?times?(?= |$)|some ?day|one of these days|eventually"
        r"|sooner or later)(?!\w)"
    ),
}
"""A time that nobody can tell."""
_SETS_A_TIME: Final = re.compile(
    r"(?:set|put|create|make|add|mets|mettre|mettez|regle[rz]?|cree[rz]?|programme[rz]?)\b"
    r".* (?:minut(?:eur|erie)|timers?|rappels?|reminders?|listes?|lists?|agenda"
    r"|calend(?:rier|ar)|evenement|event|rendez|appointment)(?!\w)"
)


def defers(text: str) -> bool:
    """Return whether something is asked for that is not to be done at once."""
    # In stretches that overlap: no clause is as long.
    return any(
        _defers(text[at : at + _STRETCH], language)
        for language in _GRAMMARS
        for at in range(0, max(1, len(text) - _OVERLAP), _STRETCH - _OVERLAP)
    )


def _defers(text: str, language: str) -> bool:
    grammar = _GRAMMARS[language]
    said = words(text)
    for clause in split_clauses(text, said, grammar, _ENDS):
        bare = joined(grammar.strip_front(clause))
        if _ASKS[language].match(bare) or _SETS_A_TIME.match(bare):
            continue
        if _CONDITION[language].search(_POLITE[language].sub(" ", joined(clause))):
            return True
        tells = _TELLS[language].match(bare) or _STATES[language].match(bare)
        moves = not grammar.MOVING.isdisjoint(bare.split())
        if (moves or not tells) and (
            _SOME_TIME[language].search(bare) or find_time(bare, language, _ANY_DAY)
        ):
            return True
    return False
