"""The words of English."""

from .en_units import CURRENCIES, UNITS
from .language_rules import Tables

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip

MONTH_NAMES = {name.lower(): number for number, name in enumerate(MONTHS, 1)} | {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip

ABBREVIATIONS = (
    (r"\bMrs\b\.?", "missus"),
    (r"\bMr\b\.?", "mister"),
    (r"\bMs\b\.?(?= [A-Z])", "miz"),
    (r"\bDr\b\.?(?= [A-Z])", "doctor"),
    (r"\bProf\.(?= [A-Z])", "professor"),
    (r"(\b\d{1,5} [A-Z][a-z]+(?: [A-Z][a-z]+)?) St\b\.?", r"\1 street"),
    (r"\bSt\b\.?(?= [A-Z])", "saint"),
    (r"(?<=[a-z]) St\b\.?", " street"),
    (r"(?<=[a-z]) Ave\b\.?", " avenue"),
    (r"(?<=[a-z]) Rd\b\.?", " road"),
    (r"(?<=[a-z]) Blvd\b\.?", " boulevard"),
    (r"(?<=[a-z]) Dr\b\.?(?! [A-Z])", " drive"),
    (r"(?<=[a-z]) Ln\b\.?", " lane"),
    (r"\b[Nn]o\. ?(?=\d)", "number "),
    (r"\b[Nn]os\. ?(?=\d)", "numbers "),
    (r"\b[Nn][°º] ?(?=\d)", "number "),
    (r"\betc\b(?:\.(?= [^A-Z]|,))?", "et cetera"),
    (r"\b[Aa]pprox\.", "approximately"),
    (r"\be\.g\.,?", "for example"),
    (r"\bE\.g\.,?", "For example"),
    (r"\bi\.e\.,?", "that is"),
    (r"\bI\.e\.,?", "That is"),
    (r"\bcf\.(?= )", "see"),
    (r"\bvs\b\.?", "versus"),
    (r"\b[Mm]ax\.(?= )", "maximum"),
    (r"\b[Mm]in\.(?= [\d-])", "minimum"),
    (r"\b[Tt]el\.", "telephone"),
    (r"\b[Aa]pt\.? (?=\d)", "apartment "),
    (r"\bJr\b\.?", "junior"),
    (r"\b[Ww]/o(?= )", "without"),
    (r"\b[Ww]/(?= )", "with"),
    (r"\b([A-F])-(?![\w-])", r"\1 minus"),
    (r"\b24/7\b", "twenty-four seven"),
    (r"(?<=\d)['’′](\d{1,2})\b[\"″]?", r" foot \1"),
    (r"(?<=\d)[\"″](?!\w)", " inches"),
    (r"(?<=\d) ?in(?=\.$|[,;)]| [x×] ?\d)", " inches"),
)

EMOJI = {
    "✅": "yes", "✔": "yes", "☑": "yes", "✓": "yes", "👍": "yes", "👌": "okay",
    "❌": "no", "✖": "no", "✗": "no", "✘": "no", "🚫": "no", "👎": "no",
    "⚠": "warning", "🚨": "alert", "☀": "sunny", "🌞": "sunny",
    "🌤": "partly cloudy", "⛅": "partly cloudy", "🌥": "cloudy", "☁": "cloudy",
    "🌧": "rain", "☔": "rain", "🌦": "showers", "⛈": "thunderstorm",
    "🌩": "thunderstorm", "🌨": "snow", "❄": "snow", "🌫": "fog", "💨": "windy",
    "🔒": "locked", "🔓": "unlocked", "🟢": "green", "🟡": "yellow", "🟠": "orange",
    "🔴": "red", "❤": "heart", "🙂": "smile", "😊": "smile", "😀": "smile",
    "😢": "sad", "🎉": "hooray",
}  # fmt: skip

TABLES = Tables(
    number=r"(?:\d{1,3}(?:,\d{3})++(?!\d)(?:\.\d++)?|\d++(?:\.\d++|,\d{1,2}(?!\d))?)",
    grouping=",",
    units=UNITS,
    currencies=CURRENCIES,
    scales={"k": 3, "K": 3, "M": 6, "B": 9, "bn": 9, "m": 6},
    scale_words=r"hundred|thousand|million|billion|trillion",
    months=MONTHS,
    month_names=MONTH_NAMES,
    ordinal_endings=r"(?:st|nd|rd|th)",
    abbreviations=ABBREVIATIONS,
    numbered=r"[Cc]hapter|[Vv]olume|[Aa]ct|[Bb]ook|[Pp]art|[Pp]hase|World War|Appendix"
    r"|Super Bowl|Type|Mark",
    sovereigns=r"Louis|Henry|Francis|Charles|Philip|Napoleon|Elizabeth|Edward|James"
    r"|George|William|Richard|Leopold|Albert|Benedict|John Paul|Pius|Paul|Frederick"
    r"|Nicholas|Alexander|Leo|Mary",
    signs={
        "-": "minus", "+": "plus", "±": "plus or minus", "~": "about", "≈": "about",
        ">": "more than", "<": "less than", "≥": "at least", "≤": "at most",
        "⩾": "at least", "⩽": "at most",
    },
    symbols={
        "^": "to the power of", "&": "and", "+": "plus", "=": "equals", "≠": "is not", "×": "times",
        "÷": "divided by", "→": "to", "⇒": "gives", "←": "from", "↔": "and",
        "↑": "up", "↓": "down", "%": "percent", "‰": "per mille",
        "°": "degrees", "#": "hash", "@": "at", "§": "section",
        "€": "euros", "$": "dollars", "£": "pounds", "¥": "yen", "<": "less than",
        ">": "greater than", "≥": "at least", "≤": "at most",
        "≈": "about", "~": "about", "±": "plus or minus", "√": "square root of",
        "∞": "infinity", "²": "squared", "³": "cubed", "Ω": "ohms",
        "©": "copyright",
    },
    emoji=EMOJI,
    warnings=frozenset("⚠🚨❌🚫"),
    address={
        ".": "dot", "-": "dash", "_": "underscore", "/": "slash", "@": "at",
        ":": "colon", "+": "plus",
    },
    to="to",
    per="per",
    rated=r"scored?|rated|rating|levels?|steps?|pages?|episode|result",
    rates=r"day|month|year|week|hour|minute|second|night|person|kWh",
    number_sign="number",
    done="done",
    todo="to do",
    clock_joint="at",
    extra={"over": "out of", "above": "over", "point": "point", "version": "point", "by": "by"},
)  # fmt: skip
