"""Whether someone wants no more said or done: "chut", "be quiet", "laisse tomber"."""

import re

from .text import set_phrase

_AROUND = r"jarvis|ok|hey|oh|please|s' il te plait|s' il vous plait|merci|thanks|now"
# Each once: what can be read in two ways takes twice the time at each word.
_SAID = (
    r"chut|silence|stop|assez|ca suffit|c' est bon|arrete|tais toi|taisez vous"
    r"|tu peux te taire|(?:arrete|arretez) (?:de parler|toi)|plus un mot"
    r"|hush|shush|shh+|quiet|enough|that's enough|shut up"
    r"|(?:be|stay|keep) quiet|stop (?:talking|speaking)|no more"
)
_ORDER = re.compile(rf"(?:(?:{_AROUND}) )*(?:{_SAID})(?: (?:{_AROUND}|{_SAID}))*")


_CALLED_OFF = re.compile(
    rf"(?:(?:{_AROUND}|non|no|finalement|actually|euh|bon) )*"
    r"(?:annule(?:r|z)?(?: (?:ca|cela|tout|l' ordre))?|laisse(?:z)?(?: tomber| ca)?"
    r"|oublie(?:z)?(?: ca)?|ne le fais pas|(?:non )?finalement non|pas la peine"
    r"|cancel(?: (?:it|that|everything))?|never ?mind|forget (?:it|that|about it)"
    r"|(?:don't|do not)(?: do (?:it|that))?|leave it)"
    rf"(?: (?:{_AROUND}))*"
)


def calls_off(text: str) -> bool:
    """Return whether the whole utterance calls off what was asked for before."""
    return _CALLED_OFF.fullmatch(set_phrase(text)) is not None


def hushes(text: str) -> bool:
    """Return whether the whole utterance, in either language, asks for silence.

    "Stop the music" and "stop it" are about things and none of this.
    """
    return _ORDER.fullmatch(set_phrase(text)) is not None
