"""The units and currencies of French."""

from .language_rules import Unit


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
    # Said of a scale, a half would tear the name apart.
    "degrés Celsius": _m("degré Celsius", "degrés Celsius"),
    "degrés Fahrenheit": _m("degré Fahrenheit", "degrés Fahrenheit"),
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
