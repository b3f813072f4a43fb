"""Notices an answer in the wrong language before any of it is heard.

Small models fall back into English, or into the language of their makers. A voice speaks
whole sentences, so to wait for the first one costs a listener nothing.
"""

import re
import unicodedata
from typing import Final

from ...engines.language import LANGUAGES, detect, folded
from ..turn import Turn
from ..verification import split_sentences

ENOUGH = 80
"""Characters after which a sentence that does not end is judged as it is."""

_OTHER_WANTED: Final = re.compile(
    r"\b(anglais\w*|english|francais\w*|french|espagnol\w*|spanish|allemand\w*|german|"
    r"italien\w*|italian|chinois\w*|chinese|japonais\w*|japanese|arabe|arabic|russe|"
    r"russian|portug\w+|latin|langues?|languages?|tradui\w*|translat\w*|dit on|"
    r"how do you say)\b"
)


class ReplyLanguageGate:
    """Holds back the first sentence of an answer that is heard."""

    def __init__(self, turn: Turn) -> None:
        tag = (turn.heard_language or turn.tag).partition("-")[0]
        self._language = tag
        self._open = (
            not turn.by_voice
            or turn.foreign
            or tag not in LANGUAGES
            or bool(_OTHER_WANTED.search(" ".join(folded(turn.text))))
        )
        self._held = ""
        self.foreign = False
        """True when the answer is in another language: none of it is let through."""

    def feed(self, text: str) -> str:
        """Take a piece of the answer; return what may be said now."""
        if self._open:
            return text
        self._held += text
        if len(self._held) < ENOUGH and len(split_sentences(self._held + " ")) < 2:
            return ""
        return self.end()

    def end(self) -> str:
        """Return what was held back, unless it is foreign."""
        held, self._held = self._held, ""
        if self._open or self.foreign:
            return held if self._open else ""
        self.foreign = is_foreign(held, self._language)
        self._open = not self.foreign
        return "" if self.foreign else held


def is_foreign(text: str, language: str) -> bool:
    """Return whether a text is plainly in another language, "fr" or "en"."""
    letters = [letter for letter in text if letter.isalpha()]
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    if letters and latin * 2 < len(letters):
        return True
    # "La la la" is one word that tells.
    found = detect(" ".join(dict.fromkeys(folded(text))))
    return found is not None and found != language
