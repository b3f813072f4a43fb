"""Reads what is asked about orders for later: "what's scheduled?", "annule l'extinction"."""

import re
from dataclasses import dataclass
from typing import Final

from . import grammar_en, grammar_fr
from .grammar import joined
from .orders import Action
from .text import words

_GRAMMARS: Final = {"fr": grammar_fr, "en": grammar_en}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduling:
    """What is asked about orders that wait for their time."""

    cancels: bool = False
    """True to call off, False to list."""
    everything: bool = False
    about: tuple[str, ...] = ()
    """Folded words that tell which order; none for the only one."""
    action: Action | None = None
    """What that order would do, where it was said."""
    sure: bool = False
    """True where the words can be about nothing but orders for later."""


_PLANNED: Final = {
    "fr": r"(?:prevu|programme|planifie|differe|retarde|reporte|agende)e?s?"
    r"|en attente|pour plus tard|plus tard|a venir",
    "en": r"scheduled|planned|pending|delayed|postponed|deferred|queued(?: up)?"
    r"|lined up|coming up|put off|waiting|for later|later",
}
_ORDER: Final = {
    "fr": r"(?:ordre|commande|action|programmation|tache|operation|truc|chose)s?",
    "en": r"(?:order|command|action|task|job|thing|schedule)s?",
}
_TODAY: Final = {
    "fr": r"(?: (?:aujourd'hui|pour aujourd'hui|maintenant|encore|pour (?:l'|la) "
    r"(?:instant|maison)|a la maison|ici|ce soir|pour ce soir))?",
    "en": r"(?: (?:today|tonight|now|for today|for tonight|still|right now|at home|here"
    r"|in the house))?",
}
_LISTS: Final = {
    language: re.compile(pattern)
    for language, pattern in (
        (
            "fr",
            (rf"(?:(?:qu' est ce (?:qui|qu' il y a)|qu' est ce qu' (?:on|il) (?:a|y a)|qu' y"
            rf" a t il|il y a quoi|y a quoi|quoi|qu' est ce que tu as|qu' as tu|tu as quoi"
            rf"|(?:est ce que |est ce qu' )?(?:tu as|as tu|il y a|y a t il|y a)"
            rf" (?:quelque chose|un ordre|des ordres)|c' est quoi)"
            rf"(?: est| sont)?(?: encore)?(?: de)? (?:{_PLANNED['fr']}){_TODAY['fr']}"
            rf"|(?:quels?|quelles?)(?: sont| est)?(?: les| l'| la)? {_ORDER['fr']}"
            rf"(?: (?:sont|est))? (?:{_PLANNED['fr']}){_TODAY['fr']}"
            rf"|(?:(?:fais|dis|donne|montre|lis|liste)(?: moi)?|moi)? ?(?:la liste des |les |l' |mes )"
            rf"{_ORDER['fr']} (?:{_PLANNED['fr']})"
            rf"|(?:que (?:vas|dois) tu|qu' est ce que tu (?:vas|dois)|tu (?:vas|dois)) "
            rf"faire(?: quoi)? (?:plus tard|ensuite|tout a l' heure))"),
        ),
        (
            "en",
            (rf"(?:(?:what's|what is|what are|what do you have|what have you got|what have i got"
            rf"|what did i|is|is there|do you have|have you got|are there|are)"
            rf"(?: (?:anything|something|any|the|my|all))*(?: {_ORDER['en']})?"
            rf"(?: (?:is|are|that's))?(?: still)? (?:{_PLANNED['en']})(?: {_ORDER['en']})?"
            rf"(?: (?:are there|for later|later))?{_TODAY['en']}"
            rf"|(?:what|which) (?:{_PLANNED['en']})? ?{_ORDER['en']}"
            rf" (?:are|do you have|is)(?: there)?(?: (?:{_PLANNED['en']}))?"
            rf"|(?:(?:list|show|tell|give)(?: me)? ?)(?:(?:the|all|my|any|your) )*"
            rf"(?:(?:{_PLANNED['en']}) {_ORDER['en']}|everything (?:that's |that is )?"
            rf"(?:{_PLANNED['en']})|what's (?:{_PLANNED['en']}))"
            rf"|what (?:are|will) you (?:going to )?do later)"),
        ),
    )
}  # fmt: skip

_CANCELS: Final = {
    "fr": re.compile(
        r"(?:annule|annuler|annulez|supprime[rz]?|oublie[rz]?|abandonne[rz]?|efface[rz]?"
        r"|deprogramme[rz]?|laisse tomber|decommande[rz]?) (?P<what>.+)"
    ),
    "en": re.compile(
        r"(?:cancel|call off|abort|forget(?: about)?|scrap|delete|unschedule)"
        r" (?P<what>.+)"
    ),
}
_ALL: Final = {
    "fr": re.compile(
        rf"(?:absolument )?tout(?: ce qui (?:est|etait)| ce que tu as)?(?: de)?"
        rf" (?:{_PLANNED['fr']})|tou(?:s|tes) (?:les |mes |tes )?(?:{_ORDER['fr']}"
        rf"|extinctions|allumages|ouvertures|fermetures)(?: (?:{_PLANNED['fr']}))?"
        rf"|tout ce qui (?:doit|devait) (?:se faire|arriver|se passer)"
        rf"|les {_ORDER['fr']}(?: (?:{_PLANNED['fr']}))|tout"
    ),
    "en": re.compile(
        rf"(?:everything|all|anything)(?: (?:that's|that is|which is|you have|i have|we"
        rf" have|of it))* (?:{_PLANNED['en']})|all (?:of )?(?:the |my |your )?"
        rf"(?:(?:{_PLANNED['en']}) )?{_ORDER['en']}(?: (?:{_PLANNED['en']}))?"
        rf"|the (?:{_PLANNED['en']}) (?:orders|commands|actions|tasks|jobs|things)"
        rf"|everything|all"
    ),
}
_MARKED: Final = {
    language: re.compile(rf"(?<!\S)(?:{_PLANNED[language]}|{order}|{extra})(?!\S)")
    for language, order, extra in (
        ("fr", r"(?:ordre|commande|programmation)s?", r"ce qui est"),
        ("en", r"(?:order|command|schedule)s?", r"that's|that is|i scheduled"),
    )
}
_DEEDS: Final = {
    "fr": (
        ("extinction|arret|coupure|eteindre|eteint|eteins|eteigne[sz]?|couper|arreter", Action.OFF),
        ("allumage|allumer|allume|demarrage|mise en (?:marche|route)|activation", Action.ON),
        ("ouverture|ouvrir|ouvre[sz]?|montee|monter|lever", Action.OPEN),
        ("fermeture|fermer|ferme[sz]?|descente|descendre|baisser", Action.CLOSE),
        ("verrouillage|verrouiller|verrouille[sz]?", Action.LOCK),
        ("reglage|regler", Action.SET),
    ),
    "en": (
        (
            "(?:turning|switching|shutting|turn|switch|shut|powering) ?off|switch off|shutdown",
            Action.OFF,
        ),
        ("(?:turning|switching|turn|switch|powering) ?on", Action.ON),
        ("opening|open|raising|raise", Action.OPEN),
        ("closing|close|shutting|lowering|lower", Action.CLOSE),
        ("locking|lock", Action.LOCK),
        ("setting|set", Action.SET),
    ),
}  # fmt: skip
_DEED_PATTERNS: Final = {
    language: [
        (re.compile(rf"(?<!\S)(?:{pattern})(?!\S)"), action)
        for pattern, action in deeds
    ]
    for language, deeds in _DEEDS.items()
}
# "Turn the lamp off": the verb stands around its object.
_AROUND: Final = re.compile(
    r"(?:turning|switching|turn|switch|shut|shutting) (?P<what>.+) (?P<way>on|off)"
)
# Words of a time tell which order is meant only to people.
_TIME: Final = re.compile(
    r"(?<!\S)(?:dans|d' ici|in|at|a|de|du|d'|pour|for) (?:[\w']+ ){0,4}?"
    r"(?:minutes?|heures?|h|secondes?|hours?|seconds?|a ?m|p ?m|o'clock|midi|minuit|noon"
    r"|midnight)(?: \d+)?(?!\S)"
    r"|(?<!\S)(?:demain|ce soir|ce matin|tonight|tomorrow|this evening|tout a l' heure"
    r"|matin|morning|soir|evening)(?!\S)"
)
_FILLERS: Final = {
    "fr": frozenset(
        """
        le la les l' un une de du des d' que qu' qui est sont etait j' ai avais tu dois
        devais as mon ma mes ton ta tes ce cet cette ces pour a au aux sur finalement
        alors donc t' donne demande automatique prochain prochaine
        """.split()  # noqa: SIM905
    ),
    "en": frozenset(
        """
        the a an of to for that is are was which i you my your have has had gave asked
        please then after all anymore any this these next in on from at about going do
        """.split()  # noqa: SIM905
    ),
}
_REFUSED: Final = {
    "fr": re.compile(r"(?:ne |n' )(?P<what>.+?) (?:plus|pas)(?P<rest>(?: .+)?)"),
    "en": re.compile(r"(?:don't|do not) (?P<what>.+)"),
}


def read_scheduling(text: str, language: str) -> Scheduling | None:
    """Return what is asked about orders for later, None for anything else."""
    grammar = _GRAMMARS[language]
    everything = words(text)
    bare = grammar.strip_back(everything)
    for said in (everything, bare, grammar.strip_front(bare)):
        heard = joined(said)
        if _LISTS[language].fullmatch(heard):
            return Scheduling(sure=True)
        if match := _CANCELS[language].fullmatch(heard):
            return _cancelled(match["what"], language)
        if match := _REFUSED[language].fullmatch(heard):
            rest = match.groupdict().get("rest") or ""
            return _which(f"{match['what']}{rest}", language, sure=False)
    return None


def _cancelled(what: str, language: str) -> Scheduling | None:
    if _ALL[language].fullmatch(what):
        sure = what not in {"tout", "everything", "all"}
        return Scheduling(cancels=True, everything=True, sure=sure)
    sure = _MARKED[language].search(what) is not None
    return _which(what, language, sure=sure)


def _which(what: str, language: str, *, sure: bool) -> Scheduling | None:
    rest = _TIME.sub(" ", _MARKED[language].sub(" ", what))
    rest = " ".join(word for word in rest.split() if word not in _LEADING[language])
    action: Action | None = None
    if language == "en" and (match := _AROUND.fullmatch(rest)):
        action = Action.ON if match["way"] == "on" else Action.OFF
        rest = match["what"]
    else:
        for pattern, meant in _DEED_PATTERNS[language]:
            if match := pattern.search(rest):
                action = meant
                rest = f"{rest[: match.start()]} {rest[match.end() :]}"
                break
    about = tuple(word for word in rest.split() if word not in _FILLERS[language])
    if not about and not sure and action is None:
        return None
    return Scheduling(cancels=True, about=about, action=action, sure=sure)


_LEADING: Final = {
    "fr": frozenset({"l'", "le", "la", "d'", "de"}),
    "en": frozenset({"the", "to", "of"}),
}
