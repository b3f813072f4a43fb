"""The words of French."""

from .fr_units import CURRENCIES, UNITS
from .language_rules import Tables

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
