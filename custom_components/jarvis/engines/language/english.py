"""English: "the kitchen light is", "the kitchen lights are"."""

from .nouns import NounPhrase, in_running_text

_KINDS = {
    "light": ("light", "lights"),
    "switch": ("switch", "switches"),
    "input_boolean": ("switch", "switches"),
    "fan": ("fan", "fans"),
    "cover": ("cover", "covers"),
    "blind": ("blind", "blinds"),
    "curtain": ("curtain", "curtains"),
    "shutter": ("shutter", "shutters"),
    "garage": ("garage door", "garage doors"),
    "door": ("door", "doors"),
    "window": ("window", "windows"),
    "lock": ("lock", "locks"),
    "climate": ("thermostat", "thermostats"),
    "media_player": ("player", "players"),
    "outlet": ("outlet", "outlets"),
    "gate": ("gate", "gates"),
    "opening": ("door or window", "doors and windows"),
    "alarm": ("alarm", "alarms"),
    "tv": ("TV", "TVs"),
    "speaker": ("speaker", "speakers"),
    "vacuum": ("vacuum cleaner", "vacuum cleaners"),
    "lawn_mower": ("lawn mower", "lawn mowers"),
    "humidifier": ("humidifier", "humidifiers"),
    "valve": ("valve", "valves"),
    "person": ("person", "people"),
    "battery": ("battery", "batteries"),
    "leak": ("leak detector", "leak detectors"),
    "smoke": ("smoke detector", "smoke detectors"),
    "gas": ("gas detector", "gas detectors"),
    "motion": ("motion detector", "motion detectors"),
    "problem": ("problem sensor", "problem sensors"),
}
_THING = ("device", "devices")

# Singular nouns that end in s; every other final s is taken for a plural.
_SINGULAR_S = frozenset(
    {"bus", "gas", "glass", "atlas", "canvas", "princess", "christmas"}
)
_PLURAL = frozenset({"children", "people"})
_DETERMINERS = frozenset({"the", "my", "our", "all", "his", "her", "their"})


_KNOWN = frozenset(
    word for forms in _KINDS.values() for text in forms for word in text.split()
) | {"lamp", "lamps", "shade", "shades", "plug", "plugs", "socket", "speaker", "bulb"}
_KNOWN -= {"and", "or"}


def knows(word: str) -> bool:
    """Return whether a folded word is a noun of a home, singular or plural."""
    return word in _KNOWN


def named(name: str) -> NounPhrase:
    """Return a name with its article and number."""
    text = in_running_text(name)
    words = text.split() or [name]
    if words[0].lower() not in _DETERMINERS and not words[0].endswith(("'s", "’s")):
        text = f"the {text}"
    # "the lights in the kitchen": the head stands before the preposition.
    head = words[-1]
    for place, word in enumerate(words[1:], start=1):
        if word in {"in", "of", "on", "at", "by", "near", "for"}:
            head = words[place - 1]
            break
    return NounPhrase(text=text, form="p" if _plural(head.lower()) else "s")


def counted(count: int, kind: str, area: str | None) -> NounPhrase:
    """Return "the kitchen light", "the 3 kitchen lights", "12 devices"."""
    singular, plural = _KINDS.get(kind, _THING)
    if area is not None:
        area = in_running_text(area)
    if count == 1:
        return NounPhrase(
            text=f"the {area} {singular}" if area else f"the {singular}", form="s"
        )
    return NounPhrase(
        text=f"the {count} {area} {plural}" if area else f"the {count} {plural}",
        form="p",
    )


def others_of(count: int, kind: str) -> str:
    """Return "4 other lights"."""
    singular, plural = _KINDS.get(kind, _THING)
    return f"one other {singular}" if count == 1 else f"{count} other {plural}"


def of_phrase(text: str) -> str:
    """Return "of the living room"."""
    return f"of {text}"


def none_of(kind: str, area: str | None) -> str:
    """Return "any kitchen windows"."""
    plural = _KINDS.get(kind, _THING)[1]
    return f"any {in_running_text(area)} {plural}" if area else f"any {plural}"


def _plural(word: str) -> bool:
    if word in _PLURAL:
        return True
    return word.endswith("s") and not word.endswith("ss") and word not in _SINGULAR_S
