"""French times: "dans une demi-heure", "à 19 h 30", "demain matin", "pendant 5 min"."""

from .numbers import number_pattern

CLUES = frozenset(
    """
    minute minutes min seconde secondes heure heures h jour jours semaine semaines midi
    minuit demain soir nuit matin tard tantot bientot apres pendant durant jusqu' jusque
    soleil aube aurore chaque lundi mardi mercredi jeudi vendredi samedi dimanche
    """.split()  # noqa: SIM905
)

SPANS = {
    "une demi heure": 1800.0,
    "une petite demi heure": 1800.0,
    "un quart d' heure": 900.0,
    "un petit quart d' heure": 900.0,
    "trois quarts d' heure": 2700.0,
    "une heure et quart": 4500.0,
    "une heure un quart": 4500.0,
    "1 heure et quart": 4500.0,
    "une heure trois quarts": 6300.0,
    "une heure et trois quarts": 6300.0,
    "une demi minute": 30.0,
    "demi heure": 1800.0,
    "quart d' heure": 900.0,
    "demi minute": 30.0,
    "une minute trente": 90.0,
}
UNITS = {
    "seconde": 1.0, "secondes": 1.0, "minute": 60.0, "minutes": 60.0, "min": 60.0,
    "mn": 60.0, "mins": 60.0, "sec": 1.0, "secs": 1.0, "h": 3600.0, "heure": 3600.0, "heures": 3600.0, "jour": 86400.0, "jours": 86400.0,
    "semaine": 604800.0, "semaines": 604800.0,
}  # fmt: skip
ONE = frozenset[str]()
IN = r"dans|d' ici"
AND = "et"
HALF = r" et demie?"

_N = number_pattern("fr")
CLOCK = (
    r"(?:(?P<before>demain matin|demain soir|demain|ce soir|cet apres midi) )?"
    r"(?:a|vers|pour) "
    rf"(?:(?P<noon>midi)|(?P<midnight>minuit)|(?P<hour>{_N}) (?:heures?|h))"
    rf"(?: (?:(?P<half>et demie?)|(?P<quarter>et quart)|(?P<to_quarter>moins le quart)"
    rf"|(?P<minute>{_N})(?: minutes?)?))?"
    r"(?: (?P<after>du matin|du soir|de l' apres midi|demain matin|demain soir|demain"
    r"|ce soir|cet apres midi))?"
)
MORNING = frozenset({"du matin", "demain matin"})
EVENING = frozenset(
    {"du soir", "de l' apres midi", "ce soir", "demain soir", "cet apres midi"}
)
TOMORROW = "demain"

_AT = rf"a (?:{_N} (?:heures?|h)(?: {_N})?|midi|minuit)"
_DAYS = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
OPEN = (
    r"(?:demain|ce|cette|cet)(?: (?:matin|soir|nuit|apres midi))|demain|plus tard"
    rf"|tout a l' heure|bientot|(?:le )?{_DAYS}(?: (?:matin|soir|prochain))?"
    rf"|(?:tous|toutes) les (?:jours|soirs|matins|nuits|heures|{_DAYS}s?)(?: {_AT})?"
    rf"|chaque (?:jour|soir|matin|nuit|heure|{_DAYS})(?: {_AT})?"
    r"|(?:au|avant le|apres le) (?:coucher|lever) du soleil|a l' au(?:be|rore)"
    r"|a la (?:tombee de la nuit|nuit tombee)|apres (?:le|la|les|l'|mon|ma) \w+"
    rf"|(?:pendant|durant) (?:{'|'.join(SPANS)}|{_N} (?:{'|'.join(UNITS)})(?: {_N})?)"
    r"|(?:pendant|durant) (?:la|toute la) (?:nuit|journee|soiree)"
    rf"|(?:jusqu' (?:a|au)|jusque) (?:{_N} (?:heures?|h)(?: {_N})?|midi|minuit|demain"
    r"|ce soir|matin|soir|lendemain)(?: (?:matin|soir))?"
)
