"""Whether someone wants no more to be said: "chut", "tais-toi", "be quiet"."""

import re

from .text import folded

_AROUND = r"jarvis|ok|hey|oh|please|s' il te plait|s' il vous plait|merci|thanks|now"
_SAID = {
    "fr": r"chut|silence|stop|assez|ca suffit|c' est bon|arrete|tais toi|taisez vous"
    r"|tu peux te taire|(?:arrete|arretez) (?:de parler|toi)|plus un mot",
    "en": r"hush|shush|shh+|quiet|silence|stop|enough|that's enough|shut up"
    r"|(?:be|stay|keep) quiet|stop (?:talking|speaking)|no more",
}
_ORDER = re.compile(
    rf"(?:(?:{_AROUND}) )*(?:{'|'.join(_SAID.values())})"
    rf"(?: (?:{_AROUND}|{'|'.join(_SAID.values())}))*"
)


def hushes(text: str) -> bool:
    """Return whether the whole utterance, in either language, asks for silence.

    "Stop the music" and "stop it" are about things and none of this.
    """
    return _ORDER.fullmatch(" ".join(folded(text))) is not None
