"""Whether someone asks why Jarvis did what it did: "pourquoi ?", "what did you do?"."""

import re
from dataclasses import dataclass

from .text import set_phrase

_AROUND = (
    r"jarvis|ok|okay|hey|dis|dis moi|et|mais|alors|ben|bah|euh|au fait|donc"
    r"|s' il te plait|s' il vous plait|please|tell me|but|and|so|well|wait|attends"
)

# "Pourquoi as-tu peur ?" and "why is the sky blue?" are for whoever knows: each of these
# is the whole utterance, and the explicit ones speak of what was just done or said.
_BARE = {
    "fr": (r"pourquoi(?: (?:ca|cela|donc))?", r"pour quelle raison"),
    "en": (r"why(?: (?:is )?that| so)?", r"how come", r"for what reason"),
}
_THAT = r"(?: (?:comme )?(?:ca|cela|ceci))"
_YOU_DID = r"(?:est ce que )?(?:as tu|tu as|t' as|avez vous|vous avez)"
_YOU_DO = r"(?:est ce que )?(?:tu|vous)"
_NOW = r"(?: (?:la|a l' instant|maintenant|juste|just now|right now|there|now))?"
_EXPLICIT = {
    "fr": (
        rf"(?:explique(?: moi)? )?pourquoi {_YOU_DID} (?:fait|dit|repondu|reagi){_THAT}",
        rf"pourquoi {_YOU_DO} (?:fais|faites|dis|dites|reponds|repondez){_THAT}",
        rf"pourquoi (?:fais tu|faites vous|dis tu|dites vous|reponds tu){_THAT}",
        rf"pourquoi {_YOU_DO} viens de (?:faire|dire|repondre){_THAT}",
        rf"pourquoi {_YOU_DID} (?:mis|pris) (?:autant|tant|si longtemps)(?: de temps)?",
        r"pourquoi (?:tu ne l' as|tu l' as|ne l' as tu) pas fait",
        r"pourquoi (?:tu n' as|tu as|n' as tu|t' as) (?:rien|pas) (?:fait|compris)",
        r"pourquoi (?:ca|cela) (?:n' )?a (?:pas (?:marche|fonctionne)|echoue|rate)",
        r"pourquoi (?:ca|cela) a (?:pris|mis) (?:autant|tant) de temps",
        r"pourquoi (?:ca|cela|c') (?:a ete|etait) (?:si|aussi) (?:long|lent)",
        rf"qu' est ce que (?:tu viens|vous venez) de faire{_NOW}",
        rf"(?:que viens tu|que venez vous) de faire{_NOW}",
        rf"(?:qu' as tu|qu' avez vous|qu' est ce que (?:tu as|t' as|vous avez)) fait{_NOW}",
        rf"(?:tu viens de faire|tu as fait|t' as fait) quoi{_NOW}",
        r"explique(?: moi)? ce que tu (?:viens de faire|as fait)",
        r"explique(?: moi)? ta (?:derniere )?(?:reponse|action)",
        r"explique toi|justifie toi",
        r"(?:qu' est ce qui vient|que vient il) de se passer",
    ),
    "en": (
        (r"(?:explain )?why did you (?:just )?(?:do|say|answer|reply)(?: with| like)? "
        r"(?:that|this|it|so)"),
        r"why have you (?:just )?(?:done|said) (?:that|this|it)",
        (r"why (?:would you|do you|did you just|are you) (?:do|say|doing|saying)"
        r" (?:that|this|it)"),
        (r"why (?:didn't|did|couldn't|could) (?:that|it|you)(?: not)?"
        r" (?:work|fail|do (?:that|it|anything)|understand(?: me)?)"),
        r"why did (?:that|it|you) take (?:so|that) long",
        r"why (?:was|were) (?:that|it|you) so slow",
        rf"what (?:did you (?:just )?do|have you (?:just )?done){_NOW}",
        r"what was that (?:for|about|all about)",
        r"what just happened",
        r"explain (?:yourself|what you (?:just )?did|your (?:last )?(?:answer|action))",
    ),
}  # fmt: skip


def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{_AROUND}) )*(?:{'|'.join(forms)})(?: (?:{_AROUND}))*")


_PATTERNS = [
    (language, bare, _pattern(forms[language]))
    for bare, forms in ((True, _BARE), (False, _EXPLICIT))
    for language in forms
]


@dataclass(frozen=True, slots=True)
class WhyQuestion:
    """A request to hear why Jarvis did what it did."""

    language: str
    """The language it was asked in, "fr" or "en"."""
    bare: bool
    """True for a mere "why?", which may also be about the matter of a talk."""


def read_why(text: str) -> WhyQuestion | None:
    """Return the request for an explanation that the whole utterance is, or None."""
    said = set_phrase(text)
    for language, bare, pattern in _PATTERNS:
        if pattern.fullmatch(said):
            return WhyQuestion(language, bare)
    return None
