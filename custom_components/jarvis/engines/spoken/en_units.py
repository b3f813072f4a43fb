"""The units and currencies of English."""

from .language_rules import Unit


def _u(one: str, many: str | None = None) -> Unit:
    return Unit(one=one, many=many or f"{one}s")


_DEGREE = _u("degree")
_FAHRENHEIT = _u("degree Fahrenheit", "degrees Fahrenheit")
_LITER = _u("liter")
_SECOND = _u("second")
_MINUTE = _u("minute")
_HOUR = _u("hour")
_REVOLUTION = _u("revolution per minute", "revolutions per minute")

UNITS = {
    "¢": _u("cent"),
    "%": _u("percent", "percent"),
    "‰": _u("per mille", "per mille"),
    "°": _DEGREE,
    "°C": _DEGREE,
    "°F": _FAHRENHEIT,
    "K": _u("kelvin"),
    # energy, electricity
    "W": _u("watt"),
    "kW": _u("kilowatt"),
    "MW": _u("megawatt"),
    "mW": _u("milliwatt"),
    "Wh": _u("watt hour"),
    "kWh": _u("kilowatt hour"),
    "kwh": _u("kilowatt hour"),
    "KWh": _u("kilowatt hour"),
    "MWh": _u("megawatt hour"),
    "VA": _u("volt-ampere"),
    "kVA": _u("kilovolt-ampere"),
    "V": _u("volt"),
    "mV": _u("millivolt"),
    "kV": _u("kilovolt"),
    "A": _u("amp"),
    "mA": _u("milliamp"),
    "Ah": _u("amp hour"),
    "mAh": _u("milliamp hour"),
    "Ω": _u("ohm"),
    "J": _u("joule"),
    "MJ": _u("megajoule"),
    "kJ": _u("kilojoule"),
    "cal": _u("calorie"),
    "kcal": _u("kilocalorie"),
    "BTU": _u("B T U"),
    # length, surface, volume
    "nm": _u("nanometer"),
    "µm": _u("micrometer"),
    "mm": _u("millimeter"),
    "cm": _u("centimeter"),
    "dm": _u("decimeter"),
    "m": _u("meter"),
    "km": _u("kilometer"),
    "mm²": _u("square millimeter"),
    "cm²": _u("square centimeter"),
    "m²": _u("square meter"),
    "m2": _u("square meter"),
    "km²": _u("square kilometer"),
    "cm³": _u("cubic centimeter"),
    "dm³": _u("cubic decimeter"),
    "m³": _u("cubic meter"),
    "m3": _u("cubic meter"),
    "ha": _u("hectare"),
    "ft": _u("foot", "feet"),
    "ft²": _u("square foot", "square feet"),
    "sq ft": _u("square foot", "square feet"),
    "ft³": _u("cubic foot", "cubic feet"),
    "yd": _u("yard"),
    "mi": _u("mile"),
    "acres": _u("acre"),
    "mL": _u("milliliter"),
    "ml": _u("milliliter"),
    "cL": _u("centiliter"),
    "cl": _u("centiliter"),
    "dL": _u("deciliter"),
    "dl": _u("deciliter"),
    "L": _LITER,
    "l": _LITER,
    "gal": _u("gallon"),
    "fl oz": _u("fluid ounce"),
    "tbsp": _u("tablespoon"),
    "tsp": _u("teaspoon"),
    # mass, concentration, pressure, sound, light
    "µg": _u("microgram"),
    "mg": _u("milligram"),
    "g": _u("gram"),
    "kg": _u("kilogram"),
    "t": _u("tonne"),
    "lb": _u("pound"),
    "lbs": _u("pound"),
    "oz": _u("ounce"),
    "ppm": _u("part per million", "parts per million"),
    "ppb": _u("part per billion", "parts per billion"),
    "Pa": _u("pascal"),
    "hPa": _u("hectopascal"),
    "kPa": _u("kilopascal"),
    "bar": _u("bar"),
    "mbar": _u("millibar"),
    "psi": _u("P S I", "P S I"),
    "inHg": _u("inch of mercury", "inches of mercury"),
    "dB": _u("decibel"),
    "dBm": _u("decibel milliwatt", "decibel milliwatts"),
    "dBA": _u("decibel A", "decibels A"),
    "lx": _u("lux", "lux"),
    "lm": _u("lumen"),
    "Hz": _u("hertz", "hertz"),
    "kHz": _u("kilohertz", "kilohertz"),
    "MHz": _u("megahertz", "megahertz"),
    "GHz": _u("gigahertz", "gigahertz"),
    # speed and rates
    "mph": _u("mile per hour", "miles per hour"),
    "rpm": _REVOLUTION,
    "RPM": _REVOLUTION,
    "bpm": _u("beat per minute", "beats per minute"),
    "kn": _u("knot"),
    # time
    "ms": _u("millisecond"),
    "µs": _u("microsecond"),
    "s": _SECOND,
    "sec": _SECOND,
    "secs": _SECOND,
    "min": _MINUTE,
    "mins": _MINUTE,
    "h": _HOUR,
    "hr": _HOUR,
    "hrs": _HOUR,
    # data
    "B": _u("byte"),
    "kB": _u("kilobyte"),
    "KB": _u("kilobyte"),
    "MB": _u("megabyte"),
    "GB": _u("gigabyte"),
    "TB": _u("terabyte"),
    "kbit": _u("kilobit"),
    "Mbit": _u("megabit"),
    "Gbit": _u("gigabit"),
    "kb": _u("kilobit"),
    "Mb": _u("megabit"),
    "Gb": _u("gigabit"),
    "kbps": _u("kilobit per second", "kilobits per second"),
    "Mbps": _u("megabit per second", "megabits per second"),
    "Gbps": _u("gigabit per second", "gigabits per second"),
    "px": _u("pixel"),
}

_CENT = _u("cent")
_DOLLAR = Unit(one="dollar", many="dollars", cent=_CENT)
_POUND = Unit(one="pound", many="pounds", cent=_u("penny", "pence"))
_EURO = Unit(one="euro", many="euros", cent=_CENT)

CURRENCIES = {
    "€": _EURO,
    "EUR": _EURO,
    "$": _DOLLAR,
    "US$": _DOLLAR,
    "USD": _DOLLAR,
    "£": _POUND,
    "GBP": _POUND,
    "CHF": Unit(one="Swiss franc", many="Swiss francs", cent=_u("centime")),
    "¥": Unit(one="yen", many="yen"),
}
