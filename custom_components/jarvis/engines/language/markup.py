"""What is written for the eye: Markdown, emoji and addresses become words or nothing."""

import re
import unicodedata

_FENCE = re.compile(r"^```.*$", re.MULTILINE)
_RULE = re.compile(r"^\s*(?:[-*_]\s*){3,}$", re.MULTILINE)
_TABLE_RULE = re.compile(r"^\s*\|?[\s:|-]*-{2,}[\s:|-]*$", re.MULTILINE)
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s*(.*?)\s*#*$", re.MULTILINE)
_QUOTE = re.compile(r"^\s{0,3}>\s?", re.MULTILINE)
_BULLET = re.compile(r"^\s*(?:[-*+•]|\d{1,2}[.)])\s+(?:\[[ xX]\]\s+)?", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]\[]{0,200})\]\([^)]{0,2000}\)")
_BOLD = re.compile(r"(\*\*|__|\*|_|~~|`)(?=\S)(.{1,200}?)(?<=\S)\1(?!\w)")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]+", re.IGNORECASE)
_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
# The repetitions are bounded: what a model writes must not keep the loop busy.
_END = re.compile(r"[.!?:;,…]$")

_SIGNS = {
    "fr": {".": " point ", "@": " arobase ", "-": " tiret ", "_": " tiret bas "},
    "en": {".": " dot ", "@": " at ", "-": " dash ", "_": " underscore "},
}


def without_markup(text: str, language: str) -> str:
    """Return the words of a Markdown text, each item of a list as a sentence."""
    for pattern in (_FENCE, _TABLE_RULE, _RULE):
        text = pattern.sub("", text)
    text = _LINK.sub(r"\1", text)
    text = _HEADING.sub(r"\1", text)
    text = _QUOTE.sub("", text)
    listed = {m.start() for m in _BULLET.finditer(text)}
    text = _join_lines(text, listed)
    for _ in range(3):  # ***both***
        text = _BOLD.sub(r"\2", text)
    text = _MAIL.sub(lambda match: _spell(match[0], language), text)
    text = _URL.sub(lambda match: _site(match[0], language), text)
    return _without_emoji(text)


def _join_lines(text: str, listed: set[int]) -> str:
    """Write lines one after the other, with a stop where a line is an item."""
    lines: list[str] = []
    place = 0
    for line in text.split("\n"):
        item = any(place <= start < place + len(line) + 1 for start in listed)
        place += len(line) + 1
        plain = _BULLET.sub("", line).strip()
        if "|" in plain:
            plain = ", ".join(cell for c in plain.split("|") if (cell := c.strip()))
        if not plain:
            continue
        if lines and not _END.search(lines[-1]):
            lines[-1] += "," if item else "."
        lines.append(plain)
    return " ".join(lines)


def _site(url: str, language: str) -> str:
    """Return the name of a site: its path is nothing for the ear."""
    tail = "." if url.endswith(".") else ""
    host = re.sub(
        r"^(?:https?://)?(?:www\.)?", "", url.rstrip("."), flags=re.IGNORECASE
    )
    host = re.split(r"[/?#:]", host, maxsplit=1)[0]
    return host.replace(".", _SIGNS[language]["."]) + tail


def _spell(address: str, language: str) -> str:
    return "".join(_SIGNS[language].get(character, character) for character in address)


def _without_emoji(text: str) -> str:
    kept = [
        c
        for c in unicodedata.normalize("NFC", text)
        if unicodedata.category(c) not in {"So", "Sk", "Cs", "Co", "Mn", "Me"}
        or c == "°"
    ]
    return "".join(kept).replace("\u200d", "").replace("\ufe0f", "")
