"""Says web and mail addresses, file names, entity ids and version numbers."""

import re
from collections.abc import Mapping

_URL = re.compile(r"\b(?:https?|ftp|wss?|rtsp)://([^\s<>\"«»]++)")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+")
_HOST = re.compile(
    r"(?<![\w@.-])(?:[a-z\d-]++\.)+"
    r"(?:com|org|net|io|fr|be|ch|ca|eu|de|uk|us|tv|dev|app|local|info|home|lan)"
    r"(?::\d{2,5})?(?![\w-])(?:/[^\s<>\"«»]*+)?",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"(?<![\w./-])(?:/?[\w-]++/)*+[\w-]++"
    r"(?:\.(?:ya?ml|json|py|txt|log|md|mp3|wav|mp4|png|jpe?g|pdf|zip|conf|db|sh|js|css))+"
    r"(?!\w)"
)
_PATH = re.compile(r"(?<![\w/.<])(?:/[a-z][\w.-]*+){2,}/?(?!\w)")
_ENTITY = re.compile(
    r"(?<![\w.])(?:light|switch|sensor|binary_sensor|cover|climate|media_player|lock|fan"
    r"|vacuum|camera|scene|script|automation|input_boolean|input_number|input_select"
    r"|input_text|input_datetime|input_button|timer|counter|person|device_tracker|zone"
    r"|weather|sun|todo|calendar|button|number|select|text|event|update|valve|siren"
    r"|humidifier|water_heater|alarm_control_panel|lawn_mower|remote|group|notify|tts"
    r"|stt|conversation|assist_satellite|image|schedule|homeassistant)"
    r"\.(?=[\d_]*+[a-z])[a-z\d_]++"
)
_SNAKE = re.compile(r"(?<=\w)_+(?=\w)")
_VERSION = re.compile(r"(?<![\w.,])[vV]?\d++(?:\.\d++){2,}+(?!\w)")
_RELEASE = re.compile(
    r"\b((?:version|ios|android|python|firmware|core|release|windows|matter|v) ?\d++)"
    r"\.(?=\d)",
    re.IGNORECASE,
)
_END = re.compile(r"[.,;:!?)\]}'…]+$")
_SPLIT = re.compile(r"([./@:_+-])")


def spoken_versions(text: str, point: str) -> str:
    """Return text with the points inside "2026.10.4" said."""
    text = _VERSION.sub(lambda m: m[0].replace(".", f" {point} "), text)
    return _RELEASE.sub(rf"\1 {point} ", text)


def spoken_addresses(text: str, signs: Mapping[str, str]) -> str:
    """Return text with addresses as words; `signs` are the names of ". - _ / @ :".

    What stands behind the ? or # of a web address is left out: nobody can follow it.
    """

    def url(match: re.Match[str]) -> str:
        return _named(match[1].removeprefix("www."), signs, cut=True)

    def named(match: re.Match[str]) -> str:
        return _named(match[0].removeprefix("www."), signs, cut=True)

    text = _URL.sub(url, text)
    for pattern in (_MAIL, _HOST, _FILE, _PATH):
        text = pattern.sub(named, text)
    text = _ENTITY.sub(lambda m: m[0].replace(".", " "), text)
    return _SNAKE.sub(" ", text)


def _named(address: str, signs: Mapping[str, str], *, cut: bool) -> str:
    end = match[0] if (match := _END.search(address)) else ""
    address = address.removesuffix(end)
    if cut:
        address = re.split(r"[?#]", address, maxsplit=1)[0]
    parts = _SPLIT.split(address.rstrip("/"))
    return " ".join(signs.get(part, part) for part in parts if part) + end
