"""Reads who asks for help, and who asks for what Jarvis cannot do."""

import re
from typing import Final

from . import grammar_en, grammar_fr
from .grammar import joined
from .text import words

_GRAMMARS: Final = {"fr": grammar_fr, "en": grammar_en}

_HELP: Final = re.compile(
    r"(?:a l' )?aide(?: moi| nous)?|au secours|help(?: me)?"
    r"|(?:que|qu' est ce que) (?:sais|peux) tu (?:faire|m' offrir)(?: pour (?:moi|nous))?"
    r"|qu' est ce que tu (?:sais|peux) faire(?: pour (?:moi|nous))?"
    r"|(?:tu (?:sais|peux)|sais tu|peux tu) faire quoi|a quoi (?:sers tu|tu sers)"
    r"|(?:comment (?:ca|tu) (?:marche|fonctionne)s?|comment (?:je )?(?:t' utiliser?|te parler))"
    r"|(?:que|qu' est ce que) (?:je peux|puis je|peut on|on peut)(?: te| t'| vous)?"
    r" (?:dire|demander|faire)(?: a jarvis| avec toi)?"
    r"|quelles? (?:sont tes|sont les)? ?(?:commandes?|fonctions?|capacites?|possibilites?)"
    r"(?: (?:disponibles|possibles|connais tu))?"
    r"|donne moi des exemples|(?:des )?exemples"
    r"|what (?:can|could) (?:you|jarvis) do(?: for (?:me|us))?|what do you do"
    r"|what (?:can|could|should|do) i (?:say|ask|do)(?: (?:to )?you)?(?: with you)?"
    r"|what (?:are )?(?:your )?(?:commands|abilities|skills|features|functions)"
    r"(?: are there| do you (?:know|have))?"
    r"|how (?:do|can|does) (?:i|you|this|it) (?:use you|work|talk to you)"
    r"|what are you (?:able to do|capable of|for|good for)|give me (?:some )?examples"
)

_CANNOT: Final = (
    (
        "reminders",
        (r"rappelle[rz]? (?:moi|nous|lui|leur)|me rappeler|fai(?:s|tes) (?:moi|nous) penser"
        r"|(?:un |des |mes |les )?rappels?(?! a)|remind|reminders?"),
    ),
    (
        "alarms",
        (r"reveille[rz]? (?:moi|nous)|me reveiller|(?:un|mon|le) reveil|wake (?:me|us)"
        r"|alarm clock|set an alarm|alarm for|(?:une|mon) alarme (?:a|pour)"),
    ),
    (
        "memory",
        (r"(?:souviens|rappelle) toi|retiens|memorise[rz]?|remember (?:that|my|i|this)"
        r"|n' oublie pas que|don't forget (?:that|my)|note que"),
    ),
    (
        "routines",
        (r"routines?|automatisations?|automations?"
        r"|(?:tous|toutes) les (?:jours|soirs|matins|nuits|semaines)|chaque (?:jour|soir"
        r"|matin|fois)|every (?:day|morning|evening|night|week|time)|whenever"),
    ),
    (
        "games",
        (r"(?:on |je veux |veux tu )?jou(?:e|ons|er) (?:a|au|aux|avec)|(?:un )?jeux?|pendu|quiz|devinettes?"
        r"|play (?:a game|hangman|with me|a quiz)|(?:a )?games?|hangman|riddles?|trivia"),
    ),
    (
        "news",
        (r"(?:les |l' )?(?:infos|informations|actualites?|actus?)|nouvelles du (?:jour|monde)"
        r"|(?:the |today's )?(?:news|headlines)"),
    ),
    (
        "weather",
        (r"meteo|quel temps (?:fait il|fera t il)|temps qu' il (?:fait|fera)|previsions"
        r"|(?:va t il|il va) pleuvoir|weather|forecast|will it (?:rain|snow)"),
    ),
    (
        "calls",
        (r"(?:appelle[rz]?|telephone[rz]?|passe un (?:appel|coup de fil))(?! moi)"
        r"|(?:call|phone|ring|dial)(?! (?:me|it|off))"),
    ),
    (
        "messages",
        (r"(?:envoie|envoyer|ecris|ecrire)(?: un| une| des| le| mon)? (?:message|sms|texto"
        r"|mail|e mail|courriel|email)s?|(?:send|write)(?: an?| the| my)? (?:message|text"
        r"|email|mail|sms)"),
    ),
)  # fmt: skip
_CANNOT_PATTERNS: Final = [
    (kind, re.compile(rf"(?<!\S)(?:{pattern})(?!\S)")) for kind, pattern in _CANNOT
]
_ASKS: Final = re.compile(
    r"(?:qu'|que|qui|quoi|quel(?:le)?s?|comment|pourquoi|combien|ou|quand|est ce|c' est"
    r"|raconte|explique|parle|dis|donne|moi|traduis|calcule|ecris|invente|recommande"
    r"|who|who's|what|what's|why|how|where|when|which|is|are|do|does|did|can|could"
    r"|tell|explain|give|write|translate|calculate|recommend|suggest|sing|chante)(?!\S)"
)


def asks_for_help(text: str) -> bool:
    """Return whether the whole utterance asks what Jarvis can do."""
    for grammar in _GRAMMARS.values():
        everything = words(text)
        bare = grammar.strip_back(everything)
        for said in (everything, bare, grammar.strip_front(bare)):
            if _HELP.fullmatch(joined(said)):
                return True
    return False


def asks_for_missing(text: str) -> str | None:
    """Return what is asked for that is not built: "reminders", "alarms", "news"."""
    said = joined(words(text))
    return next(
        (kind for kind, form in _CANNOT_PATTERNS if form.search(said)),
        None,
    )


def asks_or_tells(text: str, language: str) -> bool:
    """Return whether words ask to be told something, as far as the first one tells."""
    bare = joined(_GRAMMARS[language].strip_front(words(text)))
    return bool(_ASKS.match(joined(words(text))) or _ASKS.match(bare)) or (
        text.rstrip().endswith("?")
    )
