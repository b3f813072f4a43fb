"""French: "la lumière du salon est allumée", "les volets de la chambre sont fermés"."""

from .nouns import NounPhrase, in_running_text
from .text import fold

# Head nouns of devices and rooms. What is not listed is judged by its ending.
_FEMININE = frozenset(
    """
    alarme ambiance ampoule antenne applique armoire arrivée baie baignoire balise
    balance bande batterie bibliothèque borne bouilloire boucle buanderie cabane cafetière
    caisse caméra cave chaîne chaise chambre chaudière cheminée clé clim climatisation
    cloche colonne commande console corniche cour couverture cuisine cuisinière cuve
    douche échelle enceinte enseigne entrée étagère façade fenêtre fontaine friteuse
    galerie guirlande hotte imprimante lampe lanterne lumière machine maison mezzanine
    multiprise niche passerelle pelouse pergola photocopieuse piscine plante plaque pièce
    pompe porte prise radio rampe salle serre serrure sirène sonde sonnette sono source
    station suspension table tablette télé télécommande télévision terrasse tondeuse
    tour tringle tv vanne veilleuse véranda ventilation vitrine vmc webcam box baladeuse
    """.split()  # noqa: SIM905 - a text is easier to keep in order
)
_MASCULINE = frozenset(
    """
    garage éclairage chauffage étage volet store rideau portail portillon arrosage
    interrupteur ventilateur radiateur thermostat détecteur capteur plafonnier lampadaire
    lustre luminaire spot néon projecteur réverbère ruban lave-linge lave-vaisselle
    sèche-linge réfrigérateur frigo congélateur four cumulus ballon aspirateur robot verrou
    ordinateur écran lecteur haut-parleur ampli amplificateur salon séjour bureau couloir
    grenier jardin balcon cellier dressing palier hall escalier sous-sol atelier abri
    pétrole meuble miroir mode groupe téléviseur poêle système scénario script appareil
    co2 taux niveau humidificateur déshumidificateur purificateur climatiseur vélux velux lit
    """.split()  # noqa: SIM905
)
_FEMININE_ENDINGS = (
    "tion",
    "sion",
    "ette",
    "ance",
    "ence",
    "té",
    "ière",
    "ure",
    "elle",
    "euse",
    "trice",
    "erie",
    "ée",
    "ille",
    "une",
)

_KINDS = {
    "light": ("lumière", "lumières", "f"),
    "switch": ("prise", "prises", "f"),
    "input_boolean": ("interrupteur", "interrupteurs", "m"),
    "fan": ("ventilateur", "ventilateurs", "m"),
    "cover": ("volet", "volets", "m"),
    "blind": ("store", "stores", "m"),
    "shade": ("store", "stores", "m"),
    "curtain": ("rideau", "rideaux", "m"),
    "shutter": ("volet", "volets", "m"),
    "garage": ("porte de garage", "portes de garage", "f"),
    "door": ("porte", "portes", "f"),
    "window": ("fenêtre", "fenêtres", "f"),
    "lock": ("serrure", "serrures", "f"),
    "climate": ("thermostat", "thermostats", "m"),
    "media_player": ("lecteur", "lecteurs", "m"),
    "outlet": ("prise", "prises", "f"),
    "gate": ("portail", "portails", "m"),
    "opening": ("porte ou fenêtre", "portes et fenêtres", "f"),
    "alarm": ("alarme", "alarmes", "f"),
    "tv": ("télévision", "télévisions", "f"),
    "speaker": ("enceinte", "enceintes", "f"),
    "vacuum": ("aspirateur", "aspirateurs", "m"),
    "lawn_mower": ("tondeuse", "tondeuses", "f"),
    "humidifier": ("humidificateur", "humidificateurs", "m"),
    "valve": ("vanne", "vannes", "f"),
    "person": ("personne", "personnes", "f"),
    "battery": ("pile", "piles", "f"),
    "leak": ("détecteur de fuite", "détecteurs de fuite", "m"),
    "smoke": ("détecteur de fumée", "détecteurs de fumée", "m"),
    "gas": ("détecteur de gaz", "détecteurs de gaz", "m"),
    "motion": ("détecteur de mouvement", "détecteurs de mouvement", "m"),
    "problem": ("capteur de panne", "capteurs de panne", "m"),
}
_THING = ("appareil", "appareils", "m")

_DETERMINERS = frozenset({"le", "la", "les", "l", "mon", "ma", "mes", "notre", "nos"})
# Adjectives that stand before their noun, which tells the gender.
_BEFORE_NOUN = frozenset(
    """
    grand grande grands grandes petit petite petits petites gros grosse vieux vieille
    nouveau nouvelle premier première deuxième troisième dernier dernière autre
    """.split()  # noqa: SIM905
)
_VOWELS = "aeiouh"
_ASPIRATED = frozenset(
    {"hall", "haut-parleur", "haut-parleurs", "hotte", "hamac", "hifi"}
)


_KNOWN = frozenset(fold(noun) for noun in _FEMININE | _MASCULINE)


def knows(word: str) -> bool:
    """Return whether a folded word is a noun of a home, singular or plural."""
    return word in _KNOWN or word.removesuffix("s").removesuffix("x") in _KNOWN


def named(name: str) -> NounPhrase:
    """Return a name with its article, gender and number.

    A name whose head is no noun we know stands without an article, like a person's.
    """
    text = in_running_text(name)
    words = text.replace("’", "'").split()
    head = words[0].casefold() if words else ""
    article, apostrophe, rest = head.partition("'")
    if apostrophe and article in _DETERMINERS:
        return NounPhrase(text=text, form=_gender(rest) + "s")
    if head in _DETERMINERS and len(words) > 1:
        return NounPhrase(text=text, form=_form(words[1].casefold(), head))
    noun = head
    if head in _BEFORE_NOUN and len(words) > 1:
        noun = words[1].casefold()
    singular = _singular(noun)
    known = _known_gender(singular)
    if known is None:
        return NounPhrase(text=name, form="ms")
    if singular != noun:
        return NounPhrase(text=f"les {text}", form=f"{known}p")
    return NounPhrase(text=_definite(text, known), form=f"{known}s")


def counted(count: int, kind: str, area: str | None) -> NounPhrase:
    """Return "la lumière du salon", "les 3 lumières du salon", "les 12 appareils"."""
    singular, plural, gender = _KINDS.get(kind, _THING)
    where = f" {_of(area)}" if area else ""
    if count == 1:
        text = _definite(singular, gender) + where
        return NounPhrase(text=text, form=f"{gender}s")
    return NounPhrase(text=f"les {count} {plural}{where}", form=f"{gender}p")


def others_of(count: int, kind: str) -> str:
    """Return "4 autres lumières"."""
    singular, plural, gender = _KINDS.get(kind, _THING)
    if count == 1:
        return f"un{'e' if gender == 'f' else ''} autre {singular}"
    return f"{count} autres {plural}"


def none_of(kind: str, area: str | None) -> str:
    """Return "aucune fenêtre du salon"."""
    singular, _, gender = _KINDS.get(kind, _THING)
    where = f" {_of(area)}" if area else ""
    return f"aucun{'e' if gender == 'f' else ''} {singular}{where}"


def _of(area: str) -> str:
    return of_phrase(named(area).text)


def of_phrase(text: str) -> str:
    """Return "du salon", "de la cuisine", "de l'entrée", "des combles"."""
    if text.startswith("le "):
        return f"du {text[3:]}"
    if text.startswith("les "):
        return f"des {text[4:]}"
    return f"d'{text}" if _elides(text) else f"de {text}"


def _definite(text: str, gender: str) -> str:
    if _elides(text):
        return f"l'{text}"
    return f"{'le' if gender == 'm' else 'la'} {text}"


def _elides(text: str) -> bool:
    head = text.split(maxsplit=1)[0].casefold()
    return fold(head[:1]) in _VOWELS and head not in _ASPIRATED


def _form(word: str, determiner: str) -> str:
    if determiner in {"les", "mes", "nos"}:
        return _gender(_singular(word)) + "p"
    if determiner in {"le", "mon"}:
        return "ms"
    return "fs" if determiner in {"la", "ma"} else _gender(word) + "s"


def _gender(word: str) -> str:
    return _known_gender(word) or "m"


def _known_gender(word: str) -> str | None:
    if word in _FEMININE:
        return "f"
    if word in _MASCULINE:
        return "m"
    if len(word) > 4 and word.endswith(_FEMININE_ENDINGS):
        return "f"
    if len(word) > 4 and word.endswith(("eur", "age", "oir", "ment", "ier", "eau")):
        return "m"
    return None


def _singular(word: str) -> str:
    """Return the singular of a plural we know, else the word itself."""
    if word in _FEMININE or word in _MASCULINE:
        return word
    if word.endswith(("s", "x")) and _known_gender(word[:-1]) is not None:
        return word[:-1]
    return word
