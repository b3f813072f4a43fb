"""What is wrong with a turn, in the language of the turn."""

from typing import Final

from .rooms import Language

_TEXTS: Final[dict[str, tuple[str, str]]] = {
    # key: French, English
    "pipeline": (
        "Home Assistant a interrompu le tour : {error}",
        "Home Assistant gave the turn up: {error}",
    ),
    "not_heard": ("pas entendu : « {answer} »", 'not heard: "{answer}"'),
    "misheard": (
        "dit « {said} », entendu « {heard} »",
        'said "{said}", heard "{heard}"',
    ),
    "not_understood": ("pas compris : « {answer} »", 'not understood: "{answer}"'),
    "unchanged": (
        "rien n'a changé dans la maison : « {answer} »",
        'nothing in the home has changed: "{answer}"',
    ),
    "no_reply": ("aucun son en réponse", "no sound came as a reply"),
    "silent_reply": ("la réponse est muette", "the reply is silent"),
}


def text(key: str, language: Language, **values: object) -> str:
    """Return a text in the language of the turn."""
    french, english = _TEXTS[key]
    return (french if language is Language.FRENCH else english).format(**values)
