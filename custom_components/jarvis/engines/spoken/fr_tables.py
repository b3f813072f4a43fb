"""The words of French."""

from .tongue import Tables, Unit


def _m(one: str, many: str | None = None, *, halves: bool = False) -> Unit:
    return Unit(one=one, many=many or f"{one}s", halves=halves)


def _f(one: str, many: str | None = None, *, halves: bool = False) -> Unit:
    return Unit(one=one, many=many or f"{one}s", feminine=True, halves=halves)


_METRE = _m("mètre")
_LITRE = _m("litre")
_DEGREE = _m("degré", halves=True)
_HOUR = _f("heure", halves=True)
_REVOLUTION = _m("tour par minute", "tours par minute")

UNITS = {
    "ct": _m("centime"),
    "cts": _m("centime"),
    "%": _m("pour cent", "pour cent"),
    "‰": _m("pour mille", "pour mille"),
    "°": _DEGREE,
    "°C": _DEGREE,
    "°F": _m("degré Fahrenheit", "degrés Fahrenheit"),
    "K": _m("kelvin"),
    # energy, electricity
    "W": _m("watt"),
    "kW": _m("kilowatt"),
    "MW": _m("mégawatt"),
    "mW": _m("milliwatt"),
    "Wh": _m("wattheure"),
    "kWh": _m("kilowattheure"),
    "Wc": _m("watt-crête", "watts-crête"),
    "kWc": _m("kilowatt-crête", "kilowatts-crête"),
    "kwh": _m("kilowattheure"),
    "KWh": _m("kilowattheure"),
    "MWh": _m("mégawattheure"),
    "VA": _m("voltampère"),
    "kVA": _m("kilovoltampère"),
    "V": _m("volt"),
    "mV": _m("millivolt"),
    "kV": _m("kilovolt"),
    "A": _m("ampère"),
    "mA": _m("milliampère"),
    "Ah": _m("ampèreheure"),
    "mAh": _m("milliampèreheure"),
    "Ω": _m("ohm"),
    "J": _m("joule"),
    "MJ": _m("mégajoule"),
    "kJ": _m("kilojoule"),
    "cal": _f("calorie"),
    "kcal": _f("kilocalorie"),
    # length, surface, volume
    "nm": _m("nanomètre"),
    "µm": _m("micromètre"),
    "mm": _m("millimètre"),
    "cm": _m("centimètre"),
    "dm": _m("décimètre"),
    "m": _METRE,
    "km": _m("kilomètre"),
    "mm²": _m("millimètre carré", "millimètres carrés"),
    "cm²": _m("centimètre carré", "centimètres carrés"),
    "m²": _m("mètre carré", "mètres carrés"),
    "m2": _m("mètre carré", "mètres carrés"),
    "km²": _m("kilomètre carré", "kilomètres carrés"),
    "cm³": _m("centimètre cube", "centimètres cubes"),
    "dm³": _m("décimètre cube", "décimètres cubes"),
    "m³": _m("mètre cube", "mètres cubes"),
    "m3": _m("mètre cube", "mètres cubes"),
    "ha": _m("hectare"),
    "mL": _m("millilitre"),
    "ml": _m("millilitre"),
    "cL": _m("centilitre"),
    "cl": _m("centilitre"),
    "dL": _m("décilitre"),
    "dl": _m("décilitre"),
    "L": _LITRE,
    "l": _LITRE,
    "hL": _m("hectolitre"),
    "hl": _m("hectolitre"),
    # mass, concentration, pressure, sound, light
    "µg": _m("microgramme"),
    "mg": _m("milligramme"),
    "g": _m("gramme"),
    "kg": _m("kilogramme"),
    "t": _f("tonne"),
    "ppm": _f("partie par million", "parties par million"),
    "ppb": _f("partie par milliard", "parties par milliard"),
    "Pa": _m("pascal"),
    "hPa": _m("hectopascal"),
    "kPa": _m("kilopascal"),
    "bar": _m("bar"),
    "mbar": _m("millibar"),
    "dB": _m("décibel"),
    "dBm": _m("décibel milliwatt", "décibels milliwatt"),
    "dBA": _m("décibel A", "décibels A"),
    "lx": _m("lux", "lux"),
    "lm": _m("lumen"),
    "Hz": _m("hertz", "hertz"),
    "kHz": _m("kilohertz", "kilohertz"),
    "MHz": _m("mégahertz", "mégahertz"),
    "GHz": _m("gigahertz", "gigahertz"),
    # speed and rates
    "km/h": _m("kilomètre heure", "kilomètres heure"),
    "tr/min": _REVOLUTION,
    "rpm": _REVOLUTION,
    "bpm": _m("battement par minute", "battements par minute"),
    "mph": _m("mille à l'heure", "milles à l'heure"),
    # time
    "ms": _f("milliseconde"),
    "µs": _f("microseconde"),
    "s": _f("seconde"),
    "sec": _f("seconde"),
    "min": _f("minute"),
    "mn": _f("minute"),
    "h": _HOUR,
    "j": _m("jour", halves=True),
    "jours": _m("jour", halves=True),
    "jour": _m("jour", halves=True),
    "degrés": _DEGREE,
    "degré": _DEGREE,
    "heures": _HOUR,
    "heure": _HOUR,
    "ans": _m("an", halves=True),
    # data
    "o": _m("octet"),
    "ko": _m("kilooctet"),
    "Ko": _m("kilooctet"),
    "Mo": _m("mégaoctet"),
    "Go": _m("gigaoctet"),
    "To": _m("téraoctet"),
    "kB": _m("kilooctet"),
    "KB": _m("kilooctet"),
    "MB": _m("mégaoctet"),
    "GB": _m("gigaoctet"),
    "TB": _m("téraoctet"),
    "kbit": _m("kilobit"),
    "Mbit": _m("mégabit"),
    "Gbit": _m("gigabit"),
    "kb": _m("kilobit"),
    "Mb": _m("mégabit"),
    "Gb": _m("gigabit"),
    "kbps": _m("kilobit par seconde", "kilobits par seconde"),
    "Mbps": _m("mégabit par seconde", "mégabits par seconde"),
    "Gbps": _m("gigabit par seconde", "gigabits par seconde"),
    "px": _m("pixel"),
}

_CENT = _m("centime")
_DOLLAR = Unit(one="dollar", many="dollars", cent=_m("cent"))
_POUND = Unit(one="livre", many="livres", feminine=True, cent=_m("penny", "pence"))
_EURO = Unit(one="euro", many="euros", cent=_CENT)
_FRANC = Unit(one="franc suisse", many="francs suisses", cent=_CENT)

CURRENCIES = {
    "€": _EURO,
    "EUR": _EURO,
    "$": _DOLLAR,
    "US$": _DOLLAR,
    "USD": _DOLLAR,
    "£": _POUND,
    "GBP": _POUND,
    "CHF": _FRANC,
    "¥": Unit(one="yen", many="yens"),
}

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
    "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

MONTH_NAMES = {name: number for number, name in enumerate(MONTHS, 1)} | {
    "janv": 1, "févr": 2, "fév": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10,
    "nov": 11, "déc": 12, "fevrier": 2, "aout": 8, "decembre": 12,
}  # fmt: skip

# Singular, lower case: what is counted in a home or by an assistant.
FEMININE = frozenset({
    "lumière", "lampe", "porte", "fenêtre", "pièce", "prise", "minute", "seconde",
    "heure", "personne", "chose", "ampoule", "alarme", "caméra", "chambre", "fois",
    "tâche", "routine", "semaine", "journée", "année", "étape", "recette", "bouteille",
    "carte", "question", "réponse", "page", "photo", "vidéo", "chanson", "piste",
    "playlist", "scène", "entrée", "sortie", "zone", "clé", "pile", "batterie",
    "machine", "lessive", "voiture", "place", "maison", "voix", "serrure", "alerte",
    "erreur", "panne", "liste", "course", "tasse", "cuillère", "part", "partie",
    "tranche", "pomme", "orange", "tonne", "livre", "calorie", "nuit", "mise",
    "nouvelle", "petite", "grande", "belle", "bonne", "dernière", "première", "vieille",
    "ancienne", "ligne", "adresse", "radio", "chaîne", "émission", "marche", "main",
    "vanne", "trappe", "borne", "sirène", "enceinte", "fille", "femme", "amie", "mère",
    "sœur", "vache", "poule", "plante", "fleur", "idée", "feuille", "couche", "série",
    "saison", "dizaine", "douzaine", "centaine", "goutte", "pincée",
})  # fmt: skip
FEMININE_ENDINGS = ("tion", "sion", "ette", "ance", "ence", "ture", "té", "ée", "elle")
MASCULINE = frozenset({
    "comité", "côté", "été", "traité", "musée", "lycée", "trophée", "bastion",
    "silence",
})  # fmt: skip

# What may follow a million without being what is counted.
NOT_COUNTED = frozenset({
    "de", "d", "et", "ou", "à", "en", "sur", "par", "pour", "est", "sont", "dans",
    "avec", "contre", "au", "aux", "du", "ce", "le", "la", "les", "que", "qui", "plus",
    "moins", "environ", "puis", "mais", "soit", "a", "ont", "fois",
})  # fmt: skip

ABBREVIATIONS = (
    (r"\bav\. J\.-C\.", "avant Jésus-Christ"),
    (r"\b(?:apr|ap)\. J\.-C\.", "après Jésus-Christ"),
    (r"\bMM\. (?=[A-ZÉ])", "messieurs "),
    (r"\bM\. (?=[A-ZÉ]|l[ea] )", "monsieur "),
    (r"\bMmes\b\.?", "mesdames"),
    (r"\bMme\b\.?", "madame"),
    (r"\bMlles\b\.?", "mesdemoiselles"),
    (r"\bMlle\b\.?", "mademoiselle"),
    (r"\bDr\b\.?(?= [A-ZÉ])", "docteur"),
    (r"\bPr\b\.?(?= [A-ZÉ])", "professeur"),
    (r"\bMe (?=[A-ZÉ][a-zé]+\b)", "maître "),
    (r"\bSt[- ](?=[A-ZÉ])", "saint "),
    (r"\bSte[- ](?=[A-ZÉ])", "sainte "),
    (r"\b[nN][°º] ?(?=\d)", "numéro "),
    (r"\b[nN]os (?=\d)", "numéros "),
    (r"\betc\b(?:\.(?= [^A-ZÉ]|,))?", "et cetera"),
    (r"\b(?:env|Env)\. ?(?=[\d~])", "environ "),
    (r"\bp\. ?ex\.", "par exemple"),
    (r"\bc(?:\.-|-)à-d\.?", "c'est-à-dire"),
    (r"\bcf\.(?= )", "voir"),
    (r"\bvs\b\.?", "contre"),
    (r"\b[Bb](?:oule)?v?d\b\.?(?= [A-ZÉd])", "boulevard"),
    (r"(?<=\d) av\.(?= )", " avenue"),
    (r"\b[Tt]él\.", "téléphone"),
    (r"\b[Mm]ax\.(?= )", "maximum"),
    (r"\b[Mm]in\.(?= [\d-])", "minimum"),
    (r"\b[Aa]ppt\b\.?", "appartement"),
    (r"\b(?:[Ss]vp|SVP|s\.v\.p\.)(?!\w)", "s'il vous plaît"),
    (r"\b(?:[Ss]tp|STP)\b", "s'il te plaît"),
    (r"\b(?:[Rr]dv|RDV)\b", "rendez-vous"),
    (r"\b[Pp]\. (?=\d)", "page "),
    (r"\bc\. ?à ?(?:s\.|soupe\b)", "cuillère à soupe"),
    (r"\bc\. ?à ?(?:c\.|café\b)", "cuillère à café"),
    (r"\b([A-F])-(?![\w-])", r"\1 moins"),
    (r"\b24 ?h ?/ ?24\b", "vingt-quatre heures sur vingt-quatre"),
    (r"\b7 ?j ?/ ?7\b", "sept jours sur sept"),
    (r"\b24/7\b", "vingt-quatre heures sur vingt-quatre"),
)

_SUN = "soleil"
EMOJI = {
    "✅": "oui", "✔": "oui", "☑": "oui", "✓": "oui", "👍": "oui", "👌": "d'accord",
    "❌": "non", "✖": "non", "✗": "non", "✘": "non", "🚫": "non", "👎": "non",
    "⚠": "attention", "🚨": "alerte", "☀": _SUN, "🌞": _SUN, "🌤": "éclaircies",
    "⛅": "éclaircies", "🌥": "nuages", "☁": "nuages", "🌧": "pluie", "☔": "pluie",
    "🌦": "averses", "⛈": "orage", "🌩": "orage", "🌨": "neige", "❄": "neige",
    "🌫": "brouillard", "💨": "vent", "🔒": "verrouillé", "🔓": "déverrouillé",
    "🟢": "vert", "🟡": "jaune", "🟠": "orange", "🔴": "rouge", "❤": "cœur",
    "🙂": "sourire", "😊": "sourire", "😀": "sourire", "😢": "triste", "🎉": "bravo",
}  # fmt: skip

TABLES = Tables(
    number=r"(?:\d{1,3}(?: \d{3})++(?!\d)(?:[.,]\d++)?|\d++(?:[.,]\d++)?)",
    grouping=" ",
    units=UNITS,
    currencies=CURRENCIES,
    scales={"k": 3, "K": 3, "M": 6, "Md": 9, "Mds": 9},
    scale_words=r"millions?|milliards?",
    months=MONTHS,
    month_names=MONTH_NAMES,
    ordinal_endings=r"(?:ers?|[eè]res?|res?|ièmes?|[eè]mes?|es?|nde?s?)",
    abbreviations=ABBREVIATIONS,
    numbered=r"chapitre|tome|acte|livre|partie|volume|phase|annexe|titre",
    sovereigns=r"Louis|Henri|François|Charles|Philippe|Napoléon|Elizabeth|Élisabeth"
    r"|Édouard|Jacques|George|Guillaume|Léopold|Albert|Benoît|Jean-Paul|Jean|Pie|Paul"
    r"|Frédéric|Nicolas|Alexandre|Léon|Felipe|Mohammed",
    signs={
        "-": "moins", "+": "plus", "±": "plus ou moins", "~": "environ", "≈": "environ",
        ">": "plus de", "<": "moins de", "≥": "au moins", "≤": "au plus",
        "⩾": "au moins", "⩽": "au plus",
    },
    symbols={
        "^": "puissance", "&": "et", "+": "plus", "=": "égale", "≠": "différent de", "×": "fois",
        "÷": "divisé par", "→": "vers", "⇒": "donne", "←": "depuis", "↔": "et",
        "↑": "en hausse", "↓": "en baisse", "%": "pour cent", "‰": "pour mille",
        "°": "degrés", "#": "dièse", "@": "arobase", "§": "paragraphe",
        "€": "euros", "$": "dollars", "£": "livres", "¥": "yens", "<": "inférieur à",
        ">": "supérieur à", "≥": "supérieur ou égal à", "≤": "inférieur ou égal à",
        "≈": "environ", "~": "environ", "±": "plus ou moins", "√": "racine de",
        "∞": "infini", "²": "au carré", "³": "au cube", "Ω": "ohms",
        "©": "copyright",
    },
    emoji=EMOJI,
    warnings=frozenset("⚠🚨❌🚫"),
    address={
        ".": "point", "-": "tiret", "_": "tiret bas", "/": "slash", "@": "arobase",
        ":": "deux-points", "+": "plus",
    },
    to="à",
    per="par",
    rated=r"scores?|notes?|niveau|étape|page|épisode|noté|résultat",
    rates=r"jour|mois|an|semaine|heure|minute|seconde|nuit|personne|kWh",
    number_sign="numéro",
    done="fait",
    todo="à faire",
    clock_joint="à",
    extra={"over": "sur", "above": "sur", "point": "virgule", "version": "point", "by": "par"},
)  # fmt: skip
