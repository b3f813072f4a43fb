"""Recognises what may answer an order that nothing has carried out.

Everything else is taken for a claim, in whatever language, script or form it comes: a
refusal, a question and advice have few forms, and boasting has no end of them.
"""

import unicodedata
from collections.abc import Collection
from collections.abc import Set as AbstractSet
from enum import IntEnum
from pathlib import Path
from typing import Any, Final

import regex
import yaml

from ..engines.language import folded
from .assertions import (
    INDEFINITE,
    Assertion,
    Claim,
    about_things,
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
_WISH: Final = _pattern("wish")
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
_TONGUE: Final = _pattern("tongue")
_FOREIGN: Final = _pattern("foreign")
_KNOWLEDGE: Final = _pattern("knowledge")
_CLOSE: Final = _pattern("close")
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
        if (said := " ".join(folded(part)))
    ]
    if not parts and any(map(str.isalpha, plain)):
        return Verdict.CLAIMS, [Assertion(sentence, Claim.CHANGE)]
    supposed = bool(parts) and _supposes(parts[0][1])
    for place, (part, said) in enumerate(parts):
        if supposed and not (place and _IS.search(said) and tells_state(said)):
            one = _follows(said, things, spoken)
        elif asked and place == len(parts) - 1:
            one = _question(said, things, spoken)
        else:
            one = _statement(said, things, spoken, alone=len(parts) == 1)
        if one is Verdict.CLAIMS:
            kind = Claim.CHANGE if asked else _kind(said, things, spoken)
            found.append(Assertion(part, kind))
        best = max(best, one)
    return (Verdict.CLAIMS if found else best), found


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
    if not _QUESTION.search(said):
        return _statement(said, things, spoken, alone=False)
    if _PRESUMING.search(said) or _CHEERING.search(said):
        return Verdict.CLAIMS
    if _WISH.search(said) or not tells_state(said):
        return Verdict.ANSWERS
    return Verdict.CLAIMS


def _statement(
    said: str, things: Collection[str], spoken: AbstractSet[str], *, alone: bool
) -> Verdict:
    fails = bool(_FAILING.search(said))
    affirms = bool(
        _AFFIRMING.search(said)
        or (_WITHIN.search(said) and not fails)
        or (_NONE.search(said) and tells_state(said) and not _MISSING.search(said))
    )
    if _APOLOGY.fullmatch(said) or ((_REFUSAL.search(said) or fails) and not affirms):
        return Verdict.ANSWERS
    boasts = affirms or bool(_TELLING.search(said) or _CHEERING.search(said))
    if _ASKING.search(said) and not (boasts or tells_state(said)):
        return Verdict.ANSWERS
    if _of_a_kind(said) and not boasts:
        return Verdict.ANSWERS
    if affirms or reads_claim(said, things, spoken) is not None:
        return Verdict.CLAIMS
    if any(pattern.search(said) for pattern in _ADVISING):
        return Verdict.CLAIMS if boasts else Verdict.ANSWERS
    if _CHEERING.search(said) or _FOREIGN.search(said):
        return Verdict.CLAIMS
    if _knows(said, things):
        return Verdict.ANSWERS
    return _unknown(said, alone=alone)


def _of_a_kind(said: str) -> bool:
    """Return whether a clause tells of any of a kind, in whatever state."""
    whose = said.split(maxsplit=1)[0] in INDEFINITE or " is easier " in said
    return whose and bool(_KNOWLEDGE.search(said))


def _unknown(said: str, *, alone: bool) -> Verdict:
    """Judge what neither answers nor is known for a claim."""
    if _DEPENDING.search(said):
        return Verdict.BESIDE
    readable = _TONGUE.search(said) or (not alone and len(said.split()) <= _SHORT)
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
