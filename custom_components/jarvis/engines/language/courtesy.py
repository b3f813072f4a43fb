"""Greetings and thanks that are all of an utterance: "merci Jarvis", "good night"."""

import re

from .text import set_phrase

_AROUND = (
    r"jarvis|hey|oh|ok|et|and|bon|bien|alors|well|a toi|a vous|everyone|tout le monde"
)
_FORMS = {
    "thanks": r"(?:merci|thanks|thank you|thank|cheers)(?: (?:bien|beaucoup|infiniment"
    r"|mille fois|pour tout|c' est (?:gentil|sympa|parfait)|a lot|so much|very much"
    r"|that's (?:great|perfect|nice|kind)))*",
    "hello": r"bonjour|salut|coucou|hello|hi|hey|hiya|good (?:morning|day|afternoon)",
    "evening": r"bonsoir|good evening",
    "night": r"bonne nuit|(?:good ?night|night night)|fais de beaux reves|sweet dreams"
    r"|dors bien|sleep (?:well|tight)",
    "bye": r"au revoir|a (?:demain|bientot|plus|tout a l' heure|ce soir)|salut a plus"
    r"|bonne (?:journee|soiree|apres midi)|(?:good)?bye(?: bye)?|see you(?: (?:later"
    r"|tomorrow|soon))?|have a (?:nice|good) (?:day|evening|night)",
}
_PATTERNS = [
    (kind, re.compile(rf"(?:(?:{_AROUND}) )*(?:{form})(?: (?:{_AROUND}))*"))
    for kind, form in _FORMS.items()
]


_TELLING = {
    "en": frozenset(
        "cheers good goodbye have hello hi hiya night see sleep sweet thank thanks".split()  # noqa: SIM905
    ),
    "fr": frozenset(
        "au beaux bien bonjour bonne bonsoir bientot coucou demain merci revoir salut".split()  # noqa: SIM905
    ),
}
"""Words that tell which language a courtesy is in; "hey" and "bye" do not."""


def read_courtesy(text: str) -> tuple[str, str | None] | None:
    """Return which courtesy the whole utterance is, and its language where it tells.

    The courtesy is a key of the sentences; None for what is none, or more than one.
    """
    said = set_phrase(text)
    kind = next((kind for kind, form in _PATTERNS if form.fullmatch(said)), None)
    if kind is None:
        return None
    words = set(said.split())
    found = [language for language, telling in _TELLING.items() if words & telling]
    return kind, found[0] if len(found) == 1 else None
