"""Words that imply what kind of thing is to be moved, without naming one.

Folded and in the singular, in both languages: a request may mix them.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from ..home import key_words

_TOPICS: Final = {
    "light": """
        light lighting lamp bulb bright brighter brighten brightness dark darker darkness dim
        dimmer gloomy lit can't cannot barely hardly cosy cozy candle glow illuminate illumination colour color red blue green white purple
        orange yellow pink turquoise romantic mood nightlight black luminaire shine shining glowing
        brille briller brillent brillant luit luisent
        lumiere lampe ampoule clair claire eclaire eclairage eclairer lumineux lumineuse
        luminosite sombre noir obscur tamisee voit voi vois ambiance cocooning
        couleur rouge bleu vert blanc violet jaune rose chaleureux eblouissant romantique illumine illuminer tenebre
    """,
    "cover": """
        blind shutter shade curtain cover awning drape sun sunlight daylight privacy glare
        dark bright roller
        volet store rideau voilage banne soleil jour sombre clair eblouissant persienne
    """,
    "climate": """
        heat heating heater warm warmer cold colder cool cooler chilly freezing hot boiling
        temperature degree thermostat radiator ac conditioning aircon stuffy comfortable
        toasty cosy cozy
        chauffage chauffe chauffer chaud chaude froid froide frais fraiche temperature degre
        thermostat radiateur clim climatisation gele gelon caille rafraichi rafraichir
        tiede etouffe rechauffe rechauffer rafraichis
    """,
    "fan": """
        fan air breeze ventilate ventilation ventilator stuffy hot boiling hood extractor
        ventilateur ventilo ventile ventiler aere aerer chaud etouffant etouffe hotte brasseur
    """,
    "media_player": """
        music song track album playlist podcast radio tv telly television speaker volume
        sound loud louder quiet quieter noisy noise play playing listen watch movie film
        pause resume unpause mute unmute next previous skip rewind jazz rock pop classical
        concert film show series channel audio stereo
        musique chanson morceau titre disque tele enceinte son bruit bruyant fort doucement
        joue jouer ecoute ecouter regarder regarde serie chaine reprend reprends suivant
        suivante precedent precedente muet sourdine silence podcast classique emission
    """,
    "humidifier": """
        humidifier dehumidifier humidity humid dry damp
        humidificateur deshumidificateur humidite humide sec seche
    """,
    "vacuum": """
        vacuum hoover clean cleaning cleaner sweep dust dusty dirty crumb robot floor mop base dock
        aspirateur aspi aspire aspirer nettoie nettoyer nettoyage balai menage poussiere
        poussiereux sale robot sol miette base
    """,
    "lawn_mower": """
        mow mower mowing lawn grass garden dock
        tondeuse tond tonds tondre tonte pelouse gazon herbe
    """,
    "lock": "lock unlock bolt door serrure verrou verrouille deverrouille porte cle",
    "valve": "valve water tap sprinkler irrigation watering vanne eau robinet arrosage arrose",
    "switch": "outlet plug socket prise appliance appareil",
    "scene": "scene mood ambiance atmosphere cosy cozy romantic",
    "todo": """
        list todo task shopping grocery groceries errand buy ingredient add remind reminder
        liste tache course achat acheter ingredient ajoute ajouter note noter rappel rappelle
        coche raye
    """,
    "timer": """
        timer alarm countdown minute hour second wake remind reminder snooze egg
        minuteur minuterie compte rebour heure minute seconde reveille reveil rappel rappelle
        chrono oeuf
    """,
    "broadcast": """
        broadcast announce announcement tell say shout call inform everyone everybody
        annonce annoncer annonces dis dire dites diffuse previen previens prevenir appelle
        monde signale
    """,
    "water_heater": "water heater hot boiler chauffe eau ballon cumulus",
    "alarm_control_panel": "alarm arm disarm alarme arme desarme",
}

EVERYTHING: Final = frozenset(
    "all everything everywhere whole entire tout toute tous toutes partout entier".split()  # noqa: SIM905
)
REPEATING: Final = frozenset("same likewise ditto pareil idem meme".split())  # noqa: SIM905
"""Words that have done again what was done before, to something else."""
TEXTS: Final = frozenset(
    "joke story poem haiku limerick song dialogue tale riddle speech letter essay rap rhyme slogan scene blague histoire poeme chanson conte devinette discours lettre scenario rime comptine fable".split()  # noqa: SIM905
)
"""What is asked for to be heard: "louder" behind it is about its words."""
_POINTING: Final = frozenset(
    "it them one ones same again too ca cela celui celle ceux celles pareil idem aussi encore refais refaites refaire recommence recommencez".split()  # noqa: SIM905
)
_NO_THING: Final = frozenset(
    "one ones same again too pareil idem aussi encore refais refaites refaire recommence recommencez".split()  # noqa: SIM905
)
"""Of those, what goes on with what was done and stands for no thing."""
_COUNTED: Final = frozenset(
    ("", "un", "une", "d'", "de", "deux", "encore", "plus", "moins", "aussi")
)
"""Behind "en" these make it a pronoun: "allume-en une"; "en mode nuit" points nowhere."""
_DETERMINERS: Final = frozenset("la le les l' that this these those".split())  # noqa: SIM905
"""Words that mean what was spoken of before, unless a noun follows them."""
_NO_NOUNS: Final = frozenset(
    "a au aux dans sur en plus moins aussi encore tout maintenant vite bien un s' pour et on off up down to in at please now again too all".split()  # noqa: SIM905
)


def _single(words: str) -> frozenset[str]:
    """Return words in the form in which those of an utterance are compared."""
    return key_words(words.split(), "en")


_BY_WORD: Final[dict[str, frozenset[str]]] = {
    word: frozenset(d for d, words in _TOPICS.items() if word in _single(words))
    for words in _TOPICS.values()
    for word in _single(words)
}


def topics_of(words: Iterable[str]) -> frozenset[str]:
    """Return the domains that words imply; "timer" and "broadcast" stand for those."""
    return frozenset[str]().union(*(_BY_WORD.get(word, frozenset()) for word in words))


def points(said: Sequence[str], *, at_thing: bool = False) -> bool:
    """Return whether folded words point at what was spoken of before: "turn it off".

    `at_thing`: "one more" and "again" will not do, they point at what was done.
    """
    pointing = _POINTING - _NO_THING if at_thing else _POINTING
    return any(
        word in pointing
        or (word == "en" and after in _COUNTED and not at_thing)
        or (word in _DETERMINERS and (not after or after in _NO_NOUNS))
        for word, after in zip(said, (*said[1:], ""), strict=False)
    )
