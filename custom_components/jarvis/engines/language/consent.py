"""Whether a whole utterance says yes, or no, and nothing else.

"Yes turn on the lamp instead", "oui attends" and "who said yes" say more than yes; what
ends in "yes but" was cut off. None of these is read as either.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby

from .text import folded

MOST_WORDS = 20
"""A longer utterance says more than yes or no."""

# Before a yes or a no, never after it: "mais oui" is one, "oui mais" is not.
_BEFORE = (
    r"oh|ah|eh|hey|bah|ben|bon|bien|eh bien|euh+|heu+|he|hum+|hm+|mm+|u[hm]+|er|well|so"
    r"|and|et|mais|alors|donc|but|then"
)
_AROUND = (
    r"jarvis|please|pls|thanks|thank you|merci(?: (?:bien|beaucoup))?|stp|svp|cheers"
    r"|s' il (?:te|vous) plait|je (?:te|vous) (?:prie|en prie)|sir|madame|monsieur"
    r"|mate|man|buddy|right now|right away|now|maintenant|tout de suite|anyway"
    r"|quand meme|for me|pour moi"
)
_SURE = (
    r"(?:sure?|certaine?|positive)(?: et certaine?)?"
    r"|(?:je (?:suis|le suis)|j' en suis|c' est|ca c' est)"
    r" (?:absolument |tout a fait |bien |vraiment )?(?:sure?s?|certaine?s?)"
    r"(?: et certaine?s?)?"
    r"|(?:i'm|i am|we're|we are)"
    r"(?: (?:absolutely|quite|very|really|pretty|completely|totally|100 %))?"
    r" (?:sure|certain|positive)"
)
_YES = (
    r"oui+|ouais?|oue|ouaip|ouep|yes+|yeah+|yea|yep|yup|ya|yah|aye|yessir"
    r"|u(?:h|m) (?:huh|hum)|mm+ hm+|mhm+"
    r"|o ?k(?:ay|ey)?|okay dokey|dac|d' ac+|d' accord|entendu|va pour"
    r"|sure thing|sure enough|bien sur(?: que (?:oui|si))?|bien entendu|evidemment"
    r"|naturellement|(?:oui )?je (?:le )?(?:veux|confirme)(?: bien)?"
    r"|of course(?: i am| i do)?|naturally|by all means|you bet|indeed|i do|i am"
    r"|i (?:do )?confirm(?: (?:it|that))?|confirm(?:e|er|ed|ez)?"
    r"|absolument|tout a fait|carrement|certainement|assurement|volontiers|affirmatif"
    r"|absolutely|totally|definitely|certainly|affirmative|surely|gladly"
    r"|exact|exacte|exactement|exactly|precisement|precisely|correct"
    r"|that's (?:right|correct|it)|that is (?:right|correct)|c' est (?:ca|exact|cela)"
    r"|sans aucun doute|without (?:a )?doubt|no doubt"
    r"|(?:tu peux|vous pouvez|you (?:can|may))(?: (?:y aller|le faire"
    r"|go ahead|do (?:it|that|so)|proceed))?"
    r"|va ?s?[ -]?y(?: (?:fais le|ouvre))?|allez(?: |-)?y|on y va|fonce"
    r"|go (?:ahead|for it)(?: and do (?:it|that|so))?|proceed|please do"
    r"|(?:just )?do (?:it|that|so)|make it so|let's do (?:it|that)"
    r"|fais(?: le| la| ca)|faites(?: le| ca)|je (?:t'|vous) en prie"
    r"|(?:tu as|you have) (?:le feu vert|my permission)|permission granted|feu vert"
)
_NO = (
    r"non+|nan+|no+(?: wait(?: stop)?)?|nope|nah|naw|nein|negatif|negative|surtout pas|pas question"
    r"|pas (?:du tout|d' accord|maintenant|tout de suite|encore|la peine|ca|celle? ?ci)"
    r"|bien sur que non|of course not|absolument pas|certainement pas|absolutely not"
    r"|certainly not|definitely not|not (?:at all|now|yet|really|that|this one)"
    r"|jamais(?: de la vie)?|never|no way|hors de question|out of the question"
    r"|(?:ne )?(?:le |la |les )?fai(?:s|tes) (?:pas|rien|surtout pas)(?: ca)?"
    r"|ne (?:le|la|les) fai(?:s|tes) (?:surtout )?pas|n' y va pas|don't|do not"
    r"|(?:don't|do not)(?: (?:do (?:it|that|so|anything)|go ahead))|i (?:don't|do not)"
    r"|i (?:said|meant) no|j' ai dit non|i'd rather not|plutot pas|je ne (?:veux|prefere)"
    r" pas|(?:finalement |en fait )?(?:non )?finalement(?: non| pas)?|ni l' une? ni l'"
    r" autre|aucune?(?: des deux)?|none(?: of (?:them|those|these))?"
    r"|neither(?: of (?:them|those|these))?|rien(?: du tout| de tout ca)?|nothing"
    r"|annule[rz]?(?: (?:ca|tout|cela))?|cancel(?: (?:it|that|everything))?|abort"
    r"|stop(?: (?:it|that|ca))?|arretez?(?: (?:ca|tout))?|laissez?(?: (?:tomber|ca))?"
    r"|oubliez?(?: (?:ca|cela))?|never ?mind|forget (?:it|that|about it)|leave it"
    r"|ca ira(?: comme ca)?|on (?:oublie|annule|laisse tomber)"
    r"|(?:i'm|i am) not(?: (?:so|too|really))?(?: sure| certain)?|not (?:so )?sure"
    r"|je (?:ne )?(?:le )?suis pas (?:sur|sure|certaine?)|pas (?:sure?|certaine?)"
    r"|j' en suis pas (?:sur|sure|certaine?)|je n' en suis pas (?:sur|sure|certaine?)"
)


def _whole(said: str) -> re.Pattern[str]:
    front = rf"(?:(?:{_BEFORE}|{_AROUND}) )*"
    return re.compile(rf"{front}(?:{said})(?: {front}(?:{said}))*(?: (?:{_AROUND}))*")


_WHOLE_YES = _whole(f"{_YES}|{_SURE}")
# "Si" agrees alone: with any other word it may be a condition.
_SI = re.compile(
    r"(?:(?:jarvis|mais|oh|ah|eh|ben|bah) )*si"
    r"(?: (?:jarvis|merci|stp|svp|s' il (?:te|vous) plait))*"
)
_WHOLE_NO = _whole(_NO)
# "Oui non" and "yes no don't" mean no.
_MEANT_NO = re.compile(
    rf"(?:(?:{_YES}|{_BEFORE}|{_AROUND}) )*(?:{_NO})"
    rf"(?: (?:{_NO}|{_BEFORE}|{_AROUND}))*"
)

# What a question of each kind may be answered with besides a yes: "oui, ouvre-la".
_VERBS = {
    "unlock": "unlock|open|deverrouillez?|ouvrez?|debloquez?",
    "open": "open|raise|ouvrez?|levez?|montez?",
    "disarm": "disarm|switch off|turn off|desarmez?|desactivez?|coupez?|eteins",
    "run": "run|start|launch|execute|lancez?|demarrez?|executez?",
    "activate": "activate|start|run|activez?|lancez?",
    "use": "use|utilisez?",
    "turn_on": "turn on|switch on|turn (?:it|them) on|start|allumez?|mettez?|mets|lancez?",
    "turn_off": "turn off|switch off|turn (?:it|them) off|stop|eteins|eteignez|coupez?",
    "close": "close|shut|lower|fermez?|baissez?",
    "lock": "lock|verrouillez?|fermez?",
    "set": "set|change|adjust|reglez?|changez?",
    "add": "add|put|ajoutez?|notez?",
    "strike": "remove|strike|tick|enlevez?|cochez?|retirez?",
    "start_timer": "start|set|lancez?|mettez?|mets",
    "change_timer": "change|cancel|stop|changez?|annulez?|arretez?",
    "announce": "announce|tell|say|annoncez?|dis|dites",
}
# Said in passing, or to wake the assistant: nobody agrees with these to an action.
_NO_ANSWER = frozenset({"ok jarvis", "okay jarvis", "yeah right"})
# "So you can", "ah oui": said of something else, or in surprise.
_PASSING = re.compile(
    rf"(?:.* )?(?:so|and|but|then|et|mais|alors|donc)"
    rf" (?:you (?:can|may)|tu peux|vous pouvez|i (?:am|do))(?: (?:{_AROUND}))*"
    r"|(?:ah|oh)(?: bon)? (?:oui|d' accord|ok|okay|sure|really|right|yeah)"
)
_AGREEING_SIGNS = frozenset("👍👌✅✔☑🙏🏻🏼🏽🏾🏿")
_PLAIN_SIGNS = frozenset(".,;:!'’‘ʼ`-‐‑–—%")
_IT = r"it|them|this|that|le|la|les|l'|ca|cela"


def reads_yes(text: str, *, verb: str = "", repeated: Iterable[str] = ()) -> bool:
    """Return whether the whole utterance agrees, in either language.

    A yes may be followed by what was asked about: its `verb` (a key of `_VERBS`) with a
    pronoun ("yes, unlock it"), or one of the texts in `repeated`, word for word.
    """
    said = _joined(text)
    if said is None or _doubts(text) or said in _NO_ANSWER:
        return False
    if _PASSING.fullmatch(said):
        return False
    if _WHOLE_YES.fullmatch(said) or _SI.fullmatch(said):
        return True
    ends = (
        [f"(?:{_VERBS[verb]})(?: up)?(?: (?:{_IT}))?(?: up)?"] if verb in _VERBS else []
    )
    ends += [re.escape(end) for text in repeated if (end := _joined(text))]
    if not ends:
        return False
    again = _WHOLE_YES.pattern.removesuffix(rf"(?: (?:{_AROUND}))*")
    return bool(
        re.fullmatch(
            rf"{again}(?: (?:{_BEFORE}|{_AROUND}))* (?:{'|'.join(ends)})"
            rf"(?: (?:{_AROUND}))*",
            said,
        )
    )


def _doubts(text: str) -> bool:
    """Return whether a sign asks back, contradicts or quotes: "Sure?", "≠ yes"."""
    shown = unicodedata.normalize("NFKC", text).strip()
    signs = {c for c in shown if unicodedata.category(c)[0] in "PS"}
    return shown.startswith("!") or bool(signs - _AGREEING_SIGNS - _PLAIN_SIGNS)


def reads_no(text: str) -> bool:
    """Return whether the whole utterance refuses or doubts, in either language."""
    said = _joined(text)
    return said is not None and bool(
        _WHOLE_NO.fullmatch(said) or _MEANT_NO.fullmatch(said)
    )


def _joined(text: str) -> str | None:
    # "Yes yes yes" is one yes; so is the search through a long row of them short.
    words = [word for word, _ in groupby(folded(text.replace("-", " ")))]
    return " ".join(words) if 0 < len(words) <= MOST_WORDS else None
