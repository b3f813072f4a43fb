"""Finds the order in a question that offers to act: "shall I close the blinds?".

A yes agrees to that order and to nothing else: no other question offers anything,
whatever things it speaks of.
"""

import re

from .text import folded

MOST_CHARACTERS = 400
"""A longer question is no plain offer."""

_CLAUSE = re.compile(r"[,;:–—()]+\s")
_LEADING = r"(?:(?:alors|et|ou|donc|sinon|du coup|bon|so|and|or|then|ok|okay|d' accord|jarvis|maintenant|now|well|peut etre|maybe|plutot) )*"
_OFFERS = {
    "fr": re.compile(
        rf"{_LEADING}(?:est ce (?:que |qu' ))?(?:"
        r"(?:(?:veux|voudrais|souhaites|aimerais|preferes|desires) tu|(?:voulez|voudriez|souhaitez|aimeriez|preferez|desirez) vous"
        r"|tu (?:veux|voudrais|souhaites|aimerais|preferes|desires)|vous (?:voulez|voudriez|souhaitez|aimeriez|preferez|desirez)"
        r"|(?:ca|cela) (?:te|vous) (?:va|dit|dirait|convient|irait)|faut il|il faut|(?:ca|cela) (?:te|vous) derange)"
        r"(?: bien| plutot| vraiment| maintenant)* (?:que (?:je|j')|si (?:je|j'|on)|qu' on)"
        r"|(?:dois|puis|devrais|pourrais) je|(?:je|on) (?:dois|peux|vais|devrais|pourrais|peut|va|devrait)|j'|je|on"
        r") (?P<order>.+)"
    ),
    "en": re.compile(
        rf"{_LEADING}(?:"
        r"(?:shall|should|can|could|may|might) (?:i|we)"
        r"|(?:(?:do|would|did) you |you(?:'d)? |you would )?(?:still |really |rather )?(?:want|like|prefer|need|wish)(?: for)? me to"
        r"|(?:do|would) you (?:mind|like it|prefer it|care)? ?if (?:i|we)|(?:is|would) it (?:be )?(?:ok|okay|all right|alright|fine) (?:if i|for me to)"
        r"|would you rather i|(?:i|we) (?:can|could|will|should)|i'll|i'd|we'll|i|we"
        r") (?:just |now |quickly |go ahead and )*(?P<order>.+)"
    ),
}
_OTHERWISE = re.compile(
    r"(?:^| )(?:ou (?:je|j'|on|dois|que|preferes|plutot|bien|tu|alors)|or (?:i|should|shall|do|would|rather|leave|is|was|can|not to))(?: |$)"
)
"""An offer of two things: a yes tells neither."""
_TO_THE_USER = re.compile(
    r"(?:tell|show|read|explain|give|sing|teach)\w* (?:\w+ )?you "
)
"""Words for the user, not an act."""
_GOES_ON = re.compile(r"(?:go|carry|move|read|press) on\b(?! the\b)")
"""To go on talking is no act: "shall I go on?" is about nothing that is switched on."""
_AND_I = re.compile(r" (?:et|puis) (?:(?:que |qu' )?(?:je|on) |que j'|j')\s*")
_SUBJUNCTIVES = (
    (re.compile(r"^eteigne"), "eteins"),
    (re.compile(r"^(re)?mette"), r"\1mets"),
    (re.compile(r"^(re)?fasse"), r"\1fais"),
    (re.compile(r"^prenne"), "prends"),
    (re.compile(r"^reprenne"), "reprends"),
    (re.compile(r"^previenne"), "previens"),
    (re.compile(r"^maintienne"), "maintiens"),
    (re.compile(r"^inscrive"), "inscris"),
    (re.compile(r"^((?:re)?descend|rend|tond)e"), r"\1s"),
    (re.compile(r"^(redui)se"), r"\1s"),
    (re.compile(r"^(\w+i)sse"), r"\1s"),
)
"""French forms after "que je" and the imperative of the same verb, where they differ."""
_CLITICS = re.compile(r"(?:(?:te|t'|vous|nous|me|m') )*((?:(?:le|la|l'|les|en|y) )*)")


def offered_order(question: str, language: str) -> str:
    """Return the order that a question offers to carry out, "" where it offers none.

    The order is in folded words: "dois-je la fermer ?" offers "fermer la".
    """
    clauses = _CLAUSE.split(question) if len(question) <= MOST_CHARACTERS else []
    for place, clause in enumerate(clauses):
        said = " ".join(folded(clause))
        match = _OFFERS[language].fullmatch(said)
        if match is None:
            continue
        rest = ", ".join(clauses[place + 1 :])
        if _OTHERWISE.search(f"{match['order']} {' '.join(folded(rest))}"):
            return ""
        order = match["order"]
        if _TO_THE_USER.match(order) or _GOES_ON.match(order):
            return ""
        if language == "fr":
            order = " et ".join(map(_imperative, _AND_I.split(order)))
        return f"{order}, {rest}" if rest else order
    return ""


def _imperative(order: str) -> str:
    """Return "allume la" for "l'allume", "eteins" for "eteigne"."""
    if clitics := _CLITICS.match(order):
        it = clitics[1].replace("l'", "la")
        order = f"{order[clitics.end() :]} {it}".strip()
    for form, imperative in _SUBJUNCTIVES:
        order = form.sub(imperative, order)
    return order
