"""Reads what is asked of things that run: "mets la radio en pause", "send the vacuum home"."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from . import grammar_en, grammar_fr
from .amounts import strip_amount
from .grammar import joined
from .orders import Amount
from .text import words

_GRAMMARS: Final = {"fr": grammar_fr, "en": grammar_en}


class Control(StrEnum):
    """What is asked of something that plays, cleans or moves."""

    PAUSE = "pause"
    RESUME = "resume"
    NEXT = "next"
    PREVIOUS = "previous"
    LOUDER = "louder"
    QUIETER = "quieter"
    MUTE = "mute"
    CLEAN = "clean"
    DOCK = "dock"
    HALT = "halt"
    PLAY = "play"
    """Some music, whichever: on the player that is there."""
    STOP = "stop"
    """Whatever plays, moves or runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlRequest:
    """One such request."""

    control: Control
    target: tuple[str, ...] = ()
    """Folded words that name the thing; none for the one that runs."""
    relative: bool = False
    """True for "plus fort", which names neither a thing nor its sound."""
    amount: Amount | None = None
    """Of a step: by how much."""


_TRACK_FR: Final = r"(?:chanson|morceau|titre|piste|musique|video|plage|episode|chaine)"
_TRACK_EN: Final = r"(?:song|track|title|video|episode|item|tune|channel)"
_ROBOT_FR: Final = (
    r"(?P<what>(?:l' |le |mon |notre )?(?:aspirateur|robot)(?: \S+){0,4}?)"
)
_ROBOT_EN: Final = (
    r"(?P<what>(?:the |my |our )?(?:robot |\S+ )?(?:vacuum|hoover|robot|roomba)"
    r"(?: cleaner| robot)?)"
)
_COVER_FR: Final = (
    r"(?P<what>(?:le |les |l' |la )?(?:volets?|stores?|rideaux?|portail|portes? de garage"
    r"|voilages?|velux)(?: .+)?)"
)
_COVER_EN: Final = (
    r"(?P<what>(?:the )?(?:\S+ ){0,3}(?:blinds?|shutters?|curtains?|shades?|covers?"
    r"|awning|gate|garage door)(?: (?:in|of) .+)?)"
)
_SOUNDING: Final = (
    r"(?:the |my |our |that )?(?P<what>(?:\S+ )?(?:radio|telly|tv|television|speaker|stereo"
    r"|sound ?bar|wireless))"
)
_SOUNDING_TOO: Final = _SOUNDING.replace("what", "too")
_ON_FR: Final = r"(?: (?:sur|dans|de|du|des|d') (?P<what>.+))?"
_ON_EN: Final = r"(?: (?:on|in|of) (?P<what>.+))?"
_PATTERNS: Final = {
    "fr": (
        (
            Control.STOP,
            (r"(?:arrete|arreter|arretez|arretes|stop|stoppe|stopper|stoppez)(?: moi)?"
            r" (?:absolument )?tout(?: ca)?(?: de suite)?(?P<what>)|tout arreter(?P<more>)"),
        ),
        (
            Control.PLAY,
            (r"(?:mets|met|mettre|mettez|lance|lancer|joue|jouer|passe|balance|envoie)(?: nous| moi)?"
            r" (?:de la |la |un peu de |une )?(?:musique|zik|zique)(?P<what>)"),
        ),
        (Control.PAUSE, r"(?:mets|met|mettre|mettez|passe|passer)(?: (?P<what>.+))? en pause"),
        (Control.PAUSE, r"(?:mets|met|mettre|mettez|passe|passer) en pause(?: (?P<what>.+))?"),
        (Control.PAUSE, r"(?:fais |faire |faites )?(?:une )?pause(?: (?:sur|dans) (?P<what>.+))?"),
        (Control.PAUSE, r"(?:suspends|suspendre|interromps|interrompre) (?P<what>.+)"),
        (
            Control.RESUME,
            (r"(?:reprends|reprendre|reprenez|relance|relancer|remets|remettre|continue"
            r"|continuer)(?: (?P<what>.+))?"),
        ),
        (Control.RESUME, r"(?:enleve|enlever|retire|arrete) la pause" + _ON_FR),
        (
            Control.NEXT,
            (rf"(?:(?:passe|passer|mets|va|saute|sauter|joue)(?: a| au)?(?: la| le| l')? ?)?"
            rf"(?:(?:la |le |l' )?{_TRACK_FR} )?suivante?{_ON_FR}"),
        ),
        (
            Control.NEXT,
            rf"(?:saute|sauter|zappe|zapper|passe) (?:cette|ce|cet|la|le) {_TRACK_FR}{_ON_FR}",
        ),
        (
            Control.PREVIOUS,
            (rf"(?:(?:reviens|revenir|retourne|remets|passe|mets|va|joue)(?: a| au)?"
            rf"(?: la| le| l')? ?)?(?:(?:la |le |l' )?{_TRACK_FR} )?precedente?{_ON_FR}"),
        ),
        (Control.LOUDER, r"(?:un peu |beaucoup )?plus (?:forte?|haute?)" + _ON_FR),
        (
            Control.LOUDER,
            r"(?:monte|monter|montez|augmente|augmenter|augmentez|hausse)(?: un peu)?"
            r" (?:le )?(?:son|volume)" + _ON_FR,
        ),
        (
            Control.QUIETER,
            r"(?:(?:un peu |beaucoup )?(?:moins (?:forte?|haute?)|plus (?:bas|basse)|plus doucement))" + _ON_FR,
        ),
        (
            Control.QUIETER,
            r"(?:baisse|baisser|baissez|diminue|diminuer|reduis)(?: un peu)?"
            r" (?:le )?(?:son|volume)" + _ON_FR,
        ),
        (
            Control.MUTE,
            r"(?:coupe|coupez|couper|eteins|eteindre|enleve) le (?:son|volume)(?P<what>)",
        ),
        (
            Control.DOCK,
            (rf"(?:renvoie|renvoyer|ramene|ramener|rentre|rentrer|range|ranger|retourne"
            rf"|fai(?:s|re) (?:rentrer|revenir|retourner)|envoie|envoyer) {_ROBOT_FR}"
            rf"(?: (?:a|sur|vers|au)? ?(?:sa |la |son )?(?:base|station|place|socle|dock"
            rf"|maison|borne)(?: de (?:charge|recharge))?)?"),
        ),
        (
            Control.CLEAN,
            (rf"(?:demarre|demarrer|lance|lancer|passe|passer|sors|fai(?:s|re) (?:passer"
            rf"|demarrer|tourner)|mets en (?:marche|route)) (?:un coup d' )?{_ROBOT_FR}"),
        ),
        (Control.CLEAN, r"(?:fais|faire|lance|lancer) le (?:menage|nettoyage)(?P<what>)"),
        (
            Control.CLEAN,
            (r"(?:nettoie|nettoyer|nettoyez|aspire|aspirer|passe (?:un coup d' )?(?:l' )?aspi(?:rateur)? (?:dans|sur|a)"
            r"|passe(?:r)? le balai (?:dans|sur)|fais le (?:menage|sol) (?:dans|de|du)) (?P<what>.+)"),
        ),
        (
            Control.HALT,
            rf"(?:arrete|arreter|arretez|stoppe|stopper|stop|bloque|immobilise) {_COVER_FR}",
        ),
    ),
    "en": (
        (
            Control.STOP,
            r"(?:stop|halt|freeze) (?:absolutely )?(?:everything|it all|all of it|all that)(?P<what>)",
        ),
        (
            Control.PLAY,
            (r"(?:(?:play|start|put|stick|get)(?: me| us)?(?: on)? (?:some |the |a bit of |any )?"
            r"(?:music|tunes)(?: on| playing)?)(?P<what>)"),
        ),
        (Control.PAUSE, r"(?:pause|put|suspend)(?: (?P<what>.+?))?(?: on (?:pause|hold))?"),
        (Control.RESUME, r"(?:resume|unpause|continue)(?: playing)?(?: (?P<what>.+))?"),
        (
            Control.NEXT,
            rf"(?:(?:play|go to|skip to|put on|switch to) )?(?:the )?next(?: {_TRACK_EN})?{_ON_EN}",
        ),
        (Control.NEXT, rf"skip(?: (?:this|the|that))?(?: {_TRACK_EN})?{_ON_EN}"),
        (
            Control.PREVIOUS,
            (rf"(?:(?:play|go (?:back )?to|back to|skip back to|put on) )?(?:the )?"
            rf"(?:previous|last)(?: {_TRACK_EN}){_ON_EN}"),
        ),
        (
            Control.PREVIOUS,
            rf"(?:previous|go back (?:a|one) {_TRACK_EN}|skip back){_ON_EN}",
        ),
        (Control.LOUDER, r"(?:a (?:bit|little) |make it )?louder" + _ON_EN),
        (
            Control.LOUDER,
            r"(?:turn up|raise|increase|crank up) (?:the )?(?:volume|sound|music)" + _ON_EN,
        ),
        (Control.LOUDER, r"turn (?:the )?(?:volume|sound|music) up" + _ON_EN),
        (Control.LOUDER, rf"turn {_SOUNDING} up|turn up {_SOUNDING_TOO}"),
        (Control.QUIETER, rf"turn {_SOUNDING} down|turn down {_SOUNDING_TOO}"),
        (Control.QUIETER, r"(?:a (?:bit|little) |make it )?(?:quieter|softer)" + _ON_EN),
        (
            Control.QUIETER,
            r"(?:turn down|lower|decrease|reduce) (?:the )?(?:volume|sound|music)" + _ON_EN,
        ),
        (Control.QUIETER, r"turn (?:the )?(?:volume|sound|music) down" + _ON_EN),
        (
            Control.MUTE,
            r"(?:mute|cut|turn off)(?: the)? (?:sound|volume|audio)(?P<what>)",
        ),
        (Control.MUTE, r"turn (?:the )?(?:sound|volume|audio) off(?P<what>)"),
        (
            Control.DOCK,
            (rf"(?:send|return|bring|take|put|dock|park) {_ROBOT_EN}(?: back| home| to"
            rf"| its| the| his| her| base| dock| docking| charging| charger| station)*"),
        ),
        (Control.CLEAN, rf"(?:start|run|launch|turn on|activate) {_ROBOT_EN}"),
        (Control.CLEAN, r"(?:start|do) (?:the )?(?:vacuuming|cleaning|hoovering)(?P<what>)"),
        (Control.CLEAN, r"(?:clean|vacuum|hoover|sweep)(?: up)?(?: in)? (?P<what>.+)"),
        (Control.HALT, rf"(?:stop|halt|freeze|hold) {_COVER_EN}"),
    ),
}  # fmt: skip
_STEPS: Final = frozenset({Control.LOUDER, Control.QUIETER})
_MUSIC: Final = frozenset({"music", "musique", "volume", "sound", "son"})
_FORMS: Final = {
    language: [(control, re.compile(pattern)) for control, pattern in patterns]
    for language, patterns in _PATTERNS.items()
}


def read_control(text: str, language: str) -> ControlRequest | None:
    """Return what is asked of something that runs, None for anything else."""
    grammar = _GRAMMARS[language]
    said, amount = strip_amount(words(text), language)
    bare = grammar.strip_back(said)
    for said in (bare, grammar.strip_front(bare)):
        if grammar.stopped(said):
            continue
        for control, form in _FORMS[language]:
            if amount is not None and control not in _STEPS:
                continue
            if match := form.fullmatch(joined(said)):
                # "Put the light": only what says so is a pause.
                if control is Control.PAUSE and match[0].startswith("put ") != (
                    match[0].endswith((" on pause", " on hold"))
                ):
                    continue
                said_of = match.groupdict()
                target = (said_of.get("what") or said_of.get("too") or "").split()
                return ControlRequest(
                    control=control,
                    target=tuple(target),
                    amount=amount,
                    relative=control in _STEPS
                    and not target
                    and _MUSIC.isdisjoint(match[0].split()),
                )
    return None
