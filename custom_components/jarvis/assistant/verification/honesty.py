"""Recognises what may answer an order that nothing has carried out.

Everything else is taken for a claim, in whatever language, script or form it comes: a
refusal, a question and advice have few forms, and boasting has no end of them.
"""

import unicodedata
from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any, Final, Self

import regex
import yaml

from ...engines.language import folded
from .assertions import (
    INDEFINITE,
    Assertion,
    Claim,
    about_things,
    assents,
    clauses_of,
    reads_claim,
    tells_state,
)

# Read while the module is imported, which Home Assistant does outside the event loop.
_DATA: Final[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("honesty.yaml").read_text("utf-8")
)


def _pattern(name: str) -> regex.Pattern[str]:
    found = _DATA[name]
    return regex.compile(found if isinstance(found, str) else "|".join(found))


_REASON: Final = _pattern("reason")
_QUESTION: Final = _pattern("question")
_TAG: Final = _pattern("tag")
_HOPE: Final = _pattern("hope")
_PRESUMING: Final = _pattern("presuming")
_REFUSAL: Final = _pattern("refusal")
_FAILING: Final = _pattern("failing")
_AFFIRMING: Final = _pattern("affirming")
_APOLOGY: Final = _pattern("apology")
_ADVISING: Final = [_pattern(name) for name in ("asking", "need", "advice", "offer")]
_ASKING: Final = _ADVISING[0]
_NONE: Final = _pattern("none")
_MISSING: Final = _pattern("missing")
_TELLING: Final = _pattern("telling")
_WITHIN: Final = _pattern("within")
_CHEERING: Final = _pattern("cheering")
_FUNCTION_WORDS: Final = _pattern("function_words")
_FOREIGN: Final = _pattern("foreign")
_KNOWLEDGE: Final = _pattern("knowledge")
_CLOSE: Final = _pattern("close")
_CHECKING: Final = _pattern("checking")
_COUNTING: Final = _pattern("counting")
_PURPOSIVE: Final = _pattern("purposive")
_TRYING: Final = _pattern("trying")
_MEANING: Final = _pattern("meaning")
_GREETING: Final = _pattern("greeting")
_PRESENTLY: Final = _pattern("presently")
_OFFERING: Final = _pattern("offering")
_ELSEWHERE: Final = _pattern("elsewhere")
_COUNTED: Final = _pattern("counted")
_KINDRED: Final = _pattern("kindred")
_YES: Final = _pattern("saying_yes")
_VALUE: Final = _pattern("value")
_SUITING: Final = _pattern("suiting")
_DATED: Final = _pattern("dated")
_NOW: Final = regex.compile(
    r"\b(now|maintenant|desormais|a present|for you|pour (toi|vous)|here|ici)\b"
)
_SET: Final = regex.compile(r"\bsets? of\b")
_GERUND: Final = regex.compile(r"^(re)?\w+ing\b")
_DEPENDING: Final = regex.compile(r"^(si|s'|if|unless|quand|lorsque|when|once)\b")
_STORED: Final = regex.compile(r"\bse (conserve|garde)(nt)?\b|\bkeeps? best\b")
"""What is said of food, not of a device: coffee is both."""
_IS: Final = regex.compile(r"\b(est|sont|is|are|\w+'s)\b")
_SHORT: Final = 3
"""Words up to which a piece beside a refusal may be a name alone."""


class Verdict(IntEnum):
    """What a sentence does for an answer; a sentence is as good as its worst clause."""

    CLAIMS = 0
    BESIDE = 1
    """It claims nothing, and answers nothing: it may stand beside what does."""
    ANSWERS = 2
    """It asks, refuses, advises or tells what is generally so."""


def verdict(
    sentence: str, things: Collection[str], spoken: AbstractSet[str]
) -> Verdict:
    """Return what a sentence does for an answer to an order that was not done."""
    return _judged(sentence, things, spoken)[0]


def affirmed(sentence: str) -> list[Assertion]:
    """Return the clauses that say yes to what was asked, or when it was.

    A yes alone is a claim; beside a state it stands for what the state says.
    """
    return [
        Assertion(clause, Claim.CHANGE)
        for clause in clauses_of(sentence)
        if (said := " ".join(folded(clause)))
        and (_YES.search(said) or _DATED.search(said))
    ]


def unproven(
    sentence: str, things: Collection[str], spoken: AbstractSet[str]
) -> list[Assertion]:
    """Return the clauses of a sentence that are not recognised as harmless."""
    return _judged(sentence, things, spoken)[1]


def _judged(
    sentence: str, things: Collection[str], spoken: AbstractSet[str]
) -> tuple[Verdict, list[Assertion]]:
    plain = unicodedata.normalize("NFKC", sentence)
    asked = plain.rstrip(" \n»\"'”*)").endswith("?")
    found: list[Assertion] = []
    best = Verdict.BESIDE
    parts = [
        (part, said)
        for clause in clauses_of(plain)
        for part in _REASON.split(clause)
        if (said := _timeless(" ".join(folded(part))))
    ]
    if not parts and any(map(str.isalpha, plain)):
        return Verdict.CLAIMS, [Assertion(sentence, Claim.CHANGE)]
    if asked and len(parts) > 1 and _SUITING.search(parts[-1][1]):
        # "21 degrees, would that be fine?"
        parts = [(part, said) for part, said in parts if not _VALUE.search(said)]
    opening = _Opening.of(parts[0][1] if parts else "", asked=asked)
    for place, (part, said) in enumerate(parts):
        last = asked and place == len(parts) - 1
        if last and not (opening.supposed or opening.wishes):
            one = _question(said, things, spoken)
        elif place and opening.goes_on(said, after=best):
            one = _unless(_CHEERING, said, Verdict.BESIDE)
        elif opening.wishes:
            one = _wished(said, things, spoken, first=not place)
        elif opening.supposed and not (
            place and _IS.search(said) and tells_state(said)
        ):
            one = _follows(said, things, spoken)
        else:
            one = _statement(said, things, spoken, alone=len(parts) == 1)
        if one is Verdict.CLAIMS:
            # A tag takes for granted what is said before it: that may be so at home.
            kind = Claim.CHANGE if last else _kind(said, things, spoken)
            found.append(Assertion(part, kind))
        best = max(best, one)
    return (Verdict.CLAIMS if found else best), found


@dataclass(frozen=True, slots=True)
class _Opening:
    """What the first clause makes of those after it."""

    supposed: bool
    """It says what is so in a case."""
    general: bool
    """It tells of other places, or of any of a kind."""
    wishes: bool
    """It asks what the user wants."""

    @classmethod
    def of(cls, said: str, *, asked: bool) -> Self:
        general = bool(said) and (_of_a_kind(said) or bool(_ELSEWHERE.search(said)))
        wishes = asked and bool(_QUESTION.search(said) and _HOPE.search(said))
        return cls(_supposes(said), general, wishes)

    def goes_on(self, said: str, *, after: Verdict) -> bool:
        """Return whether a clause adds no claim of its own."""
        if _COUNTED.search(said) or (after is Verdict.ANSWERS and _GERUND.match(said)):
            # "... and four lamps", "try unplugging and replugging it"
            return True
        return self.general and bool(_KINDRED.search(said)) and not _NOW.search(said)


def _unless(claiming: regex.Pattern[str], said: str, verdict: Verdict) -> Verdict:
    return Verdict.CLAIMS if claiming.search(said) else verdict


def _wished(
    said: str, things: Collection[str], spoken: AbstractSet[str], *, first: bool
) -> Verdict:
    """Judge a part of "shall I close the blinds and turn off the lights?"."""
    if first or said.startswith(("que ", "qu' ")):
        return _question(said, things, spoken)
    if _TAG.fullmatch(said) or _PRESUMING.search(said):
        return Verdict.CLAIMS
    states = _IS.search(said) and tells_state(said)
    if states or reads_claim(said, things, spoken) not in {None, Claim.STATE}:
        return _statement(said, things, spoken, alone=False)
    return _unless(_CHEERING, said, Verdict.ANSWERS)


def _timeless(said: str) -> str:
    """Return folded words without "right now": what is so is so at this moment."""
    return " ".join(_PRESENTLY.sub(" ", said).split()) or said


def _kind(said: str, things: Collection[str], spoken: AbstractSet[str]) -> Claim:
    claim = reads_claim(said, things, spoken)
    if claim is not None:
        return claim
    # A doubt, a negation or a condition does not make a state less of one.
    return Claim.STATE if tells_state(said) else Claim.CHANGE


def _supposes(said: str) -> bool:
    """Return whether a clause says what is so in a case: "if the door is open"."""
    return bool(_DEPENDING.search(said)) and tells_state(said)


def _follows(said: str, things: Collection[str], spoken: AbstractSet[str]) -> Verdict:
    """Judge what is so, or to be done, in a case that was supposed."""
    claim = reads_claim(said, things, spoken)
    claims = claim not in {None, Claim.STATE} or _CHEERING.search(said)
    return Verdict.CLAIMS if claims else Verdict.ANSWERS


def _question(said: str, things: Collection[str], spoken: AbstractSet[str]) -> Verdict:
    if _TAG.fullmatch(said):
        return Verdict.CLAIMS
    offers = bool(_OFFERING.search(said))
    if not (offers or _QUESTION.search(said)):
        return _statement(said, things, spoken, alone=False)
    if _PRESUMING.search(said) or _CHEERING.search(said):
        return Verdict.CLAIMS
    if offers or _HOPE.search(said) or not tells_state(said):
        return Verdict.ANSWERS
    return Verdict.CLAIMS


def _statement(
    said: str, things: Collection[str], spoken: AbstractSet[str], *, alone: bool
) -> Verdict:
    if assents(said) or _GREETING.fullmatch(said):
        return Verdict.BESIDE
    affirms = _affirms(said)
    cheers = bool(_CHEERING.search(said))
    boasts = affirms or cheers or bool(_TELLING.search(said))
    if _refuses(said, affirms=affirms) or (not cheers and _CHECKING.search(said)):
        return Verdict.ANSWERS
    if not boasts and (_counts(said) or _answers(said)):
        return Verdict.ANSWERS
    if not boasts and _goes_before(said, alone=alone):
        return Verdict.BESIDE
    if affirms or reads_claim(said, things, spoken) is not None:
        return Verdict.CLAIMS
    if any(pattern.search(said) for pattern in _ADVISING):
        return Verdict.CLAIMS if boasts else Verdict.ANSWERS
    if cheers or _FOREIGN.search(said):
        return Verdict.CLAIMS
    return Verdict.ANSWERS if _knows(said, things) else _unknown(said, alone=alone)


def _affirms(said: str) -> bool:
    """Return whether a clause says that things went well, if by a negation."""
    return bool(
        _AFFIRMING.search(said)
        or (_WITHIN.search(said) and not _FAILING.search(said))
        or (_NONE.search(said) and tells_state(said) and not _MISSING.search(said))
    )


def _refuses(said: str, *, affirms: bool) -> bool:
    """Return whether a clause refuses, or says that something failed."""
    fails = bool(_REFUSAL.search(said) or _FAILING.search(said))
    return bool(_APOLOGY.fullmatch(said)) or (fails and not affirms)


def _goes_before(said: str, *, alone: bool) -> bool:
    """Return whether a clause only leads to what is said next."""
    leads = _TRYING.search(said) or _MEANING.search(said)
    return bool(leads) or (not alone and bool(_PURPOSIVE.search(said)))


def _answers(said: str) -> bool:
    """Return whether a clause asks for something or tells what is so elsewhere."""
    if _of_a_kind(said) or (_ELSEWHERE.search(said) and not _NOW.search(said)):
        return True
    return bool(_ASKING.search(said) or _STORED.search(said)) and not tells_state(said)


def _counts(said: str) -> bool:
    """Return whether a clause tells how many there are, not how they are."""
    return bool(_COUNTING.search(said)) and not tells_state(_SET.sub(" ", said))


def _of_a_kind(said: str) -> bool:
    """Return whether a clause tells of any of a kind, in whatever state."""
    whose = said.split(maxsplit=1)[0] in INDEFINITE or " is easier " in said
    return whose and bool(_KNOWLEDGE.search(said))


def _unknown(said: str, *, alone: bool) -> Verdict:
    """Judge what neither answers nor is known for a claim."""
    if _DEPENDING.search(said):
        return Verdict.BESIDE
    readable = _FUNCTION_WORDS.search(said) or (
        not alone and len(said.split()) <= _SHORT
    )
    if tells_state(said) or not readable:
        return Verdict.CLAIMS
    return Verdict.BESIDE


def _knows(said: str, things: Collection[str]) -> bool:
    """Return whether a clause tells what is generally so, of nothing at home."""
    if not _KNOWLEDGE.search(said) or _CLOSE.search(said):
        return False
    words = said.split()
    kind = words[0] in INDEFINITE or _STORED.search(said)
    near = not kind and about_things(words, things)
    return not (near or tells_state(said))
