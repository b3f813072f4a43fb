"""Numbers with their units, dates and times, as they are read aloud.

Numbers themselves stay digits, written so that a voice of the language reads them right.
"""

import re
from collections.abc import Callable

_MONTHS = {
    "fr": ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
    "en": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
}  # fmt: skip

# Symbol: singular and plural.
_UNITS: dict[str, dict[str, tuple[str, str]]] = {
    "fr": {
        "°C": ("degré", "degrés"), "°F": ("degré Fahrenheit", "degrés Fahrenheit"),
        "°": ("degré", "degrés"), "%": ("pour cent", "pour cent"),
        "km/h": ("kilomètre heure", "kilomètres heure"),
        "m/s": ("mètre par seconde", "mètres par seconde"),
        "kWh": ("kilowattheure", "kilowattheures"), "Wh": ("wattheure", "wattheures"),
        "MWh": ("mégawattheure", "mégawattheures"), "kW": ("kilowatt", "kilowatts"),
        "W": ("watt", "watts"), "V": ("volt", "volts"), "mA": ("milliampère", "milliampères"),
        "A": ("ampère", "ampères"), "lx": ("lux", "lux"), "lm": ("lumen", "lumens"),
        "hPa": ("hectopascal", "hectopascals"), "bar": ("bar", "bars"),
        "mm": ("millimètre", "millimètres"), "cm": ("centimètre", "centimètres"),
        "m²": ("mètre carré", "mètres carrés"), "m³": ("mètre cube", "mètres cubes"),
        "m": ("mètre", "mètres"), "km": ("kilomètre", "kilomètres"),
        "kg": ("kilo", "kilos"), "g": ("gramme", "grammes"), "mg": ("milligramme", "milligrammes"),
        "l": ("litre", "litres"), "L": ("litre", "litres"),
        "ml": ("millilitre", "millilitres"), "cl": ("centilitre", "centilitres"),
        "min": ("minute", "minutes"), "s": ("seconde", "secondes"),
        "ms": ("milliseconde", "millisecondes"), "dB": ("décibel", "décibels"),
        "ppm": ("partie par million", "parties par million"),
        "µg/m³": ("microgramme par mètre cube", "microgrammes par mètre cube"),
        "μg/m³": ("microgramme par mètre cube", "microgrammes par mètre cube"),
        "Go": ("gigaoctet", "gigaoctets"), "Mo": ("mégaoctet", "mégaoctets"),
        "To": ("téraoctet", "téraoctets"), "GHz": ("gigahertz", "gigahertz"),
        "MHz": ("mégahertz", "mégahertz"), "Hz": ("hertz", "hertz"),
        "€/kWh": ("euro par kilowattheure", "euros par kilowattheure"),
        "K": ("kelvin", "kelvins"), "j": ("jour", "jours"),
    },
    "en": {
        "°C": ("degree", "degrees"), "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
        "°": ("degree", "degrees"), "%": ("percent", "percent"),
        "km/h": ("kilometre per hour", "kilometres per hour"),
        "mph": ("mile per hour", "miles per hour"),
        "m/s": ("metre per second", "metres per second"),
        "kWh": ("kilowatt hour", "kilowatt hours"), "Wh": ("watt hour", "watt hours"),
        "MWh": ("megawatt hour", "megawatt hours"), "kW": ("kilowatt", "kilowatts"),
        "W": ("watt", "watts"), "V": ("volt", "volts"), "mA": ("milliamp", "milliamps"),
        "A": ("amp", "amps"), "lx": ("lux", "lux"), "lm": ("lumen", "lumens"),
        "hPa": ("hectopascal", "hectopascals"), "bar": ("bar", "bars"),
        "psi": ("P S I", "P S I"), "mm": ("millimetre", "millimetres"),
        "cm": ("centimetre", "centimetres"), "m²": ("square metre", "square metres"),
        "m³": ("cubic metre", "cubic metres"), "m": ("metre", "metres"),
        "km": ("kilometre", "kilometres"), "mi": ("mile", "miles"), "ft": ("foot", "feet"),
        "kg": ("kilo", "kilos"), "g": ("gram", "grams"), "mg": ("milligram", "milligrams"),
        "lb": ("pound", "pounds"), "oz": ("ounce", "ounces"),
        "l": ("litre", "litres"), "L": ("litre", "litres"),
        "ml": ("millilitre", "millilitres"), "cl": ("centilitre", "centilitres"),
        "min": ("minute", "minutes"), "s": ("second", "seconds"), "h": ("hour", "hours"),
        "ms": ("millisecond", "milliseconds"), "dB": ("decibel", "decibels"),
        "ppm": ("part per million", "parts per million"),
        "µg/m³": ("microgram per cubic metre", "micrograms per cubic metre"),
        "μg/m³": ("microgram per cubic metre", "micrograms per cubic metre"),
        "GB": ("gigabyte", "gigabytes"), "MB": ("megabyte", "megabytes"),
        "TB": ("terabyte", "terabytes"), "GHz": ("gigahertz", "gigahertz"),
        "MHz": ("megahertz", "megahertz"), "Hz": ("hertz", "hertz"),
        "€/kWh": ("euro per kilowatt hour", "euros per kilowatt hour"),
        "K": ("kelvin", "kelvins"),
    },
}  # fmt: skip

_MONEY = {
    "€": {"fr": ("euro", "euros"), "en": ("euro", "euros")},
    "$": {"fr": ("dollar", "dollars"), "en": ("dollar", "dollars")},
    "£": {"fr": ("livre", "livres"), "en": ("pound", "pounds")},
    "EUR": {"fr": ("euro", "euros"), "en": ("euro", "euros")},
    "USD": {"fr": ("dollar", "dollars"), "en": ("dollar", "dollars")},
}

_NUMBER = r"[-−]?\d+(?:[.,]\d+)?"
_SPACE = "[ \u00a0\u202f]"
_GROUPED = {
    "fr": re.compile(rf"(?<![\d.,])(\d{{1,3}}(?:{_SPACE}\d{{3}})+)(?!\d)"),
    "en": re.compile(r"(?<![\d.,])(\d{1,3}(?:,\d{3})+)(?![\d,])"),
}
_ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_FRENCH_DATE = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_HOURS = {
    "fr": re.compile(r"\b(\d{1,2}) ?(?:h|H|:) ?(\d{2})(?::\d{2})?\b"),
    "en": re.compile(
        r"\b(\d{1,2}):(\d{2})(?::\d{2})?(?: ?([ap])\.?m\b\.?)?", re.IGNORECASE
    ),
}
_FULL_HOUR = re.compile(r"\b(\d{1,2}) ?h\b(?!\w)")
_RANGE = re.compile(r"(?<![\w-])(\d+(?:[.,]\d+)?) ?[-–—] ?(\d+(?:[.,]\d+)?)(?![\w-])")
_MINUS = re.compile(r"(?<![\w\d)])[-−](?=\d)")
_ORDINALS = {
    "fr": re.compile(r"\b(\d{1,3})(er|re|ère|e|è|ème|eme|nd|nde)\b"),
    "en": re.compile(r"\b(\d{1,3})(st|nd|rd|th)\b"),
}
_FIRST = {"er": "premier", "re": "première", "ère": "première"}
_FRENCH_TENS = [
    "zéroième",
    "unième",
    "deuxième",
    "troisième",
    "quatrième",
    "cinquième",
    "sixième",
    "septième",
    "huitième",
    "neuvième",
    "dixième",
    "onzième",
    "douzième",
    "treizième",
    "quatorzième",
    "quinzième",
    "seizième",
    "dix-septième",
    "dix-huitième",
    "dix-neuvième",
    "vingtième",
]


def _unit_pattern(language: str) -> re.Pattern[str]:
    symbols = sorted({*_UNITS[language]}, key=len, reverse=True)
    joined = "|".join(map(re.escape, symbols))
    return re.compile(rf"({_NUMBER}){_SPACE}?({joined})(?![\w²³/])")


_UNIT = {language: _unit_pattern(language) for language in _UNITS}
_MONEY_AFTER = re.compile(rf"({_NUMBER}){_SPACE}?([€$£]|EUR\b|USD\b)(?!/)")
_MONEY_BEFORE = re.compile(rf"([€$£]){_SPACE}?({_NUMBER})")


def read_quantities(text: str, language: str) -> str:
    """Return the text with its numbers ready to be read aloud."""
    text = _GROUPED[language].sub(lambda m: re.sub(r"\D", "", m[1]), text)
    text = _ISO_DATE.sub(lambda m: _date(m[1], m[2], m[3], language), text)
    if language == "fr":
        text = _FRENCH_DATE.sub(lambda m: _date(m[3], m[2], m[1], language), text)
    text = _HOURS[language].sub(
        _french_time if language == "fr" else _english_time, text
    )
    if language == "fr":
        text = _FULL_HOUR.sub(
            lambda m: f"{m[1]} {_plural('heure', m[1], language)}", text
        )
    text = _RANGE.sub(rf"\1 {'à' if language == 'fr' else 'to'} \2", text)
    text = _MONEY_BEFORE.sub(lambda m: _money(m[2], m[1], language), text)
    text = _MONEY_AFTER.sub(lambda m: _money(m[1], m[2], language), text)
    text = _UNIT[language].sub(lambda m: _quantity(m[1], m[2], language), text)
    text = _ORDINALS[language].sub(_ordinal(language), text)
    text = _MINUS.sub("moins " if language == "fr" else "minus ", text)
    if language == "fr":
        text = re.sub(r"(?<=\d)\.(?=\d+\b(?!\.))", ",", text)
    return text


def _date(year: str, month: str, day: str, language: str) -> str:
    if not 1 <= int(month) <= 12:
        return f"{day} {month} {year}"
    name = _MONTHS[language][int(month) - 1]
    if language == "en":
        return f"{name} {int(day)}, {year}"
    return f"{'1er' if int(day) == 1 else int(day)} {name} {year}"


def _french_time(match: re.Match[str]) -> str:
    hours, minutes = match[1], int(match[2])
    if int(hours) > 24 or minutes > 59:
        return match[0]
    text = f"{int(hours)} {_plural('heure', hours, 'fr')}"
    return text if minutes == 0 else f"{text} {minutes}"


def _english_time(match: re.Match[str]) -> str:
    hours, minutes, half = int(match[1]), int(match[2]), (match[3] or "").lower()
    if hours > 24 or minutes > 59:
        return match[0]
    if not half and (hours > 12 or hours == 0):
        half = "p" if 12 <= hours < 24 else "a"
        hours = hours % 12 or 12
    end = f" {half.upper()}M" if half else ""
    if minutes == 0:
        return f"{hours}{end}" if end else f"{hours} o'clock"
    return f"{hours} {'oh ' if minutes < 10 else ''}{minutes}{end}"


def _money(number: str, symbol: str, language: str) -> str:
    whole, _, cents = re.sub(r"[-−]", "", number).replace(",", ".").partition(".")
    names = _MONEY[symbol][language]
    sign = number[:1] if number[:1] in "-−" else ""
    name = names[_many(whole, language)]
    small = f" {int(cents.ljust(2, '0')[:2])}" if cents.strip("0") else ""
    return f"{sign}{whole} {name}{small}"


def _quantity(number: str, symbol: str, language: str) -> str:
    return f"{number} {_UNITS[language][symbol][_many(number, language)]}"


def _plural(word: str, number: str, language: str) -> str:
    return word + "s" if _many(number, language) else word


def _many(number: str, language: str) -> bool:
    """Return whether a number takes the plural: from 2 on in French, but 1 in English."""
    value = abs(float(number.replace(",", ".").replace("−", "-")))
    return value >= 2 if language == "fr" else value != 1


def _ordinal(language: str) -> Callable[[re.Match[str]], str]:
    def french(match: re.Match[str]) -> str:
        number = int(match[1])
        if number == 1:
            return _FIRST.get(match[2], match[0])
        if match[2] in _FIRST or number >= len(_FRENCH_TENS):
            return f"{number}ième" if match[2] not in _FIRST else match[0]
        return _FRENCH_TENS[number]

    def english(match: re.Match[str]) -> str:
        return match[0]  # a voice reads "21st" as it is meant

    return french if language == "fr" else english
