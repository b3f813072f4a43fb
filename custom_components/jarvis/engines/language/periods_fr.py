"""French times: "demain après-midi", "ce week-end", "à 18 h 30", "d'ici deux heures"."""

from typing import Final

from .numbers import number_pattern

_N: Final = number_pattern("fr")
DAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS: Final = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
    "octobre", "novembre", "decembre",
)  # fmt: skip
RELATIVE: Final = (
    ("aujourd'hui", "aujourd hui"),
    ("demain", "lendemain"),
    ("apres demain", "surlendemain"),
)
"""Names of today, tomorrow and the day after."""
PARTS: Final = {
    "matin": "morning", "matinee": "morning", "midi": "noon", "apres midi": "afternoon",
    "aprem": "afternoon", "fin de journee": "evening", "debut de soiree": "evening", "soir": "evening", "soiree": "evening", "nuit": "night",
    "du matin": "morning", "du soir": "evening", "de l' apres midi": "afternoon",
    "de l' aprem": "afternoon",
}  # fmt: skip
SMALL_HOURS_ARE_LATE: Final = False
HOLIDAYS: Final = {
    "noel": (12, 25), "reveillon": (12, 24), "nouvel an": (1, 1),
    "jour de l' an": (1, 1),
}  # fmt: skip
ONE: Final = frozenset({"une", "un", "1er", "premier"})
DAY_UNITS: Final = frozenset({"jour", "jours"})
WEEK_UNITS: Final = frozenset({"semaine", "semaines"})
MINUTE_UNITS: Final = frozenset({"minute", "minutes", "min", "mn"})
ONE_HOUR: Final = frozenset({"heure"})

_NEXT: Final = (
    r"(?:prochaine?s?|qui viennent|qui vient|qui arrivent?|a venir|suivante?s?)"
)
_FOR: Final = r"(?:(?:pour|des|sur|durant|pendant|jusqu'|d' ici|de|d'|du) )?"
_WITHIN: Final = r"(?:(?:d' ici|dans|pour|sur|pendant|durant|au cours de|au cours) )?"
_PART: Final = (
    r"fin de journee|debut de soiree|matinee|matin|midi|apres midi|aprem|soiree|soir"
    # Not in "when is it dark".
    r"|(?<!fait il )(?<!fera t il )(?<!il fait )(?<!il fera )(?<!tombe la )"
    r"(?<!tombera la )nuit"
)
_HALF: Final = r"(?: (?P<half_day>du matin|du soir|de l' apres midi|de l' aprem))?"
_H: Final = r"(?:heures?|h)"

PATTERNS: Final = (
    (
        "range",
        rf"(?:entre|de) (?P<from_n>{_N})(?: {_H})? (?:et|a) (?P<to_n>{_N}) {_H}{_HALF}",
    ),
    (
        "within",
        (
            rf"{_WITHIN}(?:les |ces |la |des )?(?:(?P<count_n>{_N}) )?prochaine?s? "
            rf"(?:(?P<count_b_n>{_N}) )?(?P<unit>heures?|jours?)"
        ),
    ),
    (
        "within",
        (
            rf"{_WITHIN}(?:les |ces |l' |la |des )(?:(?P<count_n>{_N}) )?"
            rf"(?P<unit>heures?|jours?) {_NEXT}"
        ),
    ),
    ("within", rf"d' ici (?P<count_n>{_N}|une?) (?P<unit>heures?|jours?)"),
    ("within", r"dans (?P<count_n>)l' (?P<unit>heure)"),
    (
        "in",
        (
            rf"(?:dans|d' ici) (?:(?P<half>une demi) |(?P<count_n>{_N}|une?) )"
            rf"(?P<unit>heures?|h|jours?|minutes?|min|mn|semaines?)"
        ),
    ),
    (
        "clock",
        (
            rf"{_FOR}(?:(?:a|vers|des|pour|aux alentours de|autour de|d' ici|avant) )?"
            rf"(?:(?P<noon>midi)(?= (?:pile|et demie?|et quart))|(?P<midnight>minuit)"
            rf"|(?P<hour_n>{_N}) {_H}(?! qui))"
            rf"(?: (?:(?P<half>et demie?)|(?P<quarter>et quart)|(?P<minute_n>{_N})(?! degres?)))?"
            rf"{_HALF}(?: pile)?"
        ),
    ),
    (
        "weekend",
        (
            rf"{_FOR}(?:(?:ce|le|au|du)? ?(?:prochain )?week ?end"
            rf"|(?:en |la )?fin de (?:la |cette )?semaine)(?: (?P<next>{_NEXT}))?"
        ),
    ),
    (
        "week",
        (
            rf"{_FOR}(?:(?:en |au )?(?:debut|milieu|cours) de )?(?:cette semaine"
            rf"|(?:la )?semaine (?P<next>{_NEXT})|(?:la|de la|en) semaine)"
        ),
    ),
    (
        "relative_day",
        (
            rf"{_FOR}(?:le )?(?P<day>apres demain|surlendemain|lendemain|aujourd'hui"
            rf"|aujourd hui|demain)"
        ),
    ),
    (
        "date",
        (
            rf"{_FOR}le (?:(?:{'|'.join(DAYS)}) )?(?P<date_n>{_N}|premier)(?: er)?"
            rf"(?: (?P<month>{'|'.join(MONTHS)}))?"
        ),
    ),
    (
        "holiday",
        (
            rf"{_FOR}(?:a |pour |le jour de |au )?"
            rf"(?P<holiday>{'|'.join(sorted(HOLIDAYS, key=len, reverse=True))})"
        ),
    ),
    (
        "weekday",
        rf"{_FOR}(?:ce |le |au |du )?(?P<weekday>{'|'.join(DAYS)})(?: (?P<next>{_NEXT}))?",
    ),
    (
        "part",
        (
            rf"{_FOR}(?:(?P<this>ce|cet|cette) |(?:dans|en|a|au|pour|en fin de|en debut de"
            rf"|en fin d'|en debut d'|en milieu d') (?:la |l' |le )?|(?:le|la|l') |(?:fin|debut)"
            rf" (?:de |d'))?(?P<part>{_PART})(?: prochaine)?"
        ),
    ),
    (
        "daytime",
        r"(?:dans|en|pendant|durant|au cours de|de|pour) (?:la |cours de )?journee",
    ),
    (
        "now",
        (
            r"(?:maintenant|en ce moment(?: meme)?|actuellement|a l' instant|tout de suite"
            r"|pour l' instant|pour le moment|a cette heure ci|present(?:ement)?)"
        ),
    ),
    ("later", r"(?:un peu )?plus tard"),
    ("soon", r"(?:tout a l' heure|bientot|prochainement|sous peu|d' ici peu)"),
)
