"""What text-to-speech is told along with a text, in characters that nobody sees.

Home Assistant gives text-to-speech what it shows, and files speech under it. So a hint has to
be a part of the text: "done" as a chime is another text than "done" in words. Unicode's
tag characters, once made to name the language of a text, are drawn by nobody.
"""

from enum import StrEnum

_BEGIN = "\N{LANGUAGE TAG}"
_END = "\N{CANCEL TAG}"
_TAGS = 0xE0000
_LONGEST = 16


class Sound(StrEnum):
    """What is heard in the place of words."""

    CHIME = "chime"
    SILENCE = "silence"


def hinted(text: str, hint: str) -> str:
    """Return a text that looks the same, with a `Sound` or its language ("fr")."""
    tags = "".join(chr(_TAGS + ord(character)) for character in hint)
    return f"{_BEGIN}{tags}{_END}{text}"


def read_hint(text: str) -> tuple[str, str]:
    """Return the hint that a text begins with, "" for none, and the text without it."""
    if not text.startswith(_BEGIN):
        return "", text
    end = text.find(_END, 0, _LONGEST)
    if end < 0:
        return "", text.lstrip(_BEGIN)
    tags = text[1:end]
    return "".join(chr((ord(tag) - _TAGS) & 0x7F) for tag in tags), text[end + 1 :]
