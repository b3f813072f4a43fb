"""Reads what an answer to an order asserts, by exclusion rather than by known claims.

When something was to be done and no tool has done it, a sentence may refuse, ask, offer,
doubt or explain. What speaks of a deed of Jarvis's, of a thing of the home, of what is to
come or of how things now are, and does none of that, asserts something.
"""

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import regex
import yaml

from ...engines.language import folded

# Read while the module is imported, which Home Assistant does outside the event loop.
_DATA: Final[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("assertions.yaml").read_text("utf-8")
)


def _pattern(name: str) -> regex.Pattern[str]:
    found = _DATA[name]
    return regex.compile(found if isinstance(found, str) else "|".join(found))


_CLAUSE: Final = regex.compile(
    r"[,;:–—()|•\n]|->|→|\s-\s|…|\.{2,}"
    r"|(?<!\w)(?:et|mais|car|and|but|puis|then|pendant que|tandis que|while)(?!\w)",
    regex.IGNORECASE,
)
_SIGNS: Final = regex.compile(r"[✅✔☑👍🔓🔒⏲⏰⏸▶]")
_CONDITION: Final = _pattern("condition")
_ENDING: Final = _pattern("ending_negation")
_NEGATION: Final = _pattern("negation")
_DOUBT: Final = _pattern("doubt")
_FAILURE: Final = _pattern("failure")
_GENERAL: Final = _pattern("general")
_FORGETTING: Final = _pattern("forgetting")
_IDIOM: Final = _pattern("idiom")
_CHANGE: Final = _pattern("change")
_NOW: Final = _pattern("now")
_FUTURE: Final = _pattern("future")
_NO_FUTURE: Final = frozenset(_DATA["no_future"])
_FIRST: Final = _pattern("first_person")
_MENTAL: Final = _pattern("mental")
_HEDGE: Final = _pattern("hedge")
_ACTING: Final = _pattern("acting")
_PRONOUN: Final = _pattern("pronoun")
_DEFINING: Final = _pattern("defining")
_STATE: Final = _pattern("state")
_MOVING: Final = _pattern("moving")
_ALREADY: Final = frozenset({"already", "deja"})
_ROOM: Final = _pattern("room")
_BEING: Final = _pattern("being")
_ASSENT: Final = _pattern("assent")
INDEFINITE: Final = frozenset(_DATA["indefinite"])

FIRST_WORDS = 6
"""Words at the beginning of a clause in which its subject stands."""


SUBJECT_WORDS = 3
"""Words in which a subject stands that is told apart by a verb after it."""


class Claim(StrEnum):
    """What is claimed."""

    DEED = "deed"
    """That Jarvis does something, did it or will do it."""
    CHANGE = "change"
    """That something has changed or will come."""
    STATE = "state"
    """That something is so: the home may be asked."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """A clause that claims something."""

    text: str
    claim: Claim


def assertions(
    sentence: str, things: Collection[str], spoken: AbstractSet[str] = frozenset()
) -> list[Assertion]:
    """Return what a sentence claims.

    `things` are folded words for what is at home, `spoken` those of the order.
    """
    if sentence.rstrip(' \n»"*').endswith("?"):
        return []
    found: list[Assertion] = []
    if _SIGNS.search(sentence):
        found.append(Assertion(sentence, Claim.CHANGE))
    for clause in clauses_of(sentence):
        said = " ".join(folded(clause))
        if condition := _CONDITION.search(said):
            # All that follows an "if" at the beginning depends on it.
            if condition.start() == 0 and not found:
                break
            said = said[: condition.start()].rstrip()
        claim = _claim(said, things, spoken)
        if claim is not None:
            found.append(Assertion(clause, claim))
    return found


def assents(sentence: str) -> bool:
    """Return whether a sentence only says yes: "d'accord", "sure"."""
    return bool(_ASSENT.fullmatch(" ".join(folded(sentence))))


def clauses_of(sentence: str) -> list[str]:
    """Return the clauses of a sentence as they stand."""
    return [str(clause) for clause in _CLAUSE.split(sentence)]


def reads_claim(
    said: str, things: Collection[str], spoken: AbstractSet[str]
) -> Claim | None:
    """Return what the folded words of one clause claim, None for nothing."""
    if condition := _CONDITION.search(said):
        said = said[: condition.start()].rstrip()
    return _claim(said, things, spoken)


def tells_state(said: str) -> bool:
    """Return whether folded words hold a state or what things do."""
    return bool(_STATE.search(said) or _MOVING.search(said))


def acts(text: str) -> bool:
    """Return whether folded words say that Jarvis does, did or will do something."""
    if _ACTING.search(text) or _FORGETTING.search(text):
        return True
    return any(not _MENTAL.match(text[m.end() :]) for m in _FIRST.finditer(text))


def undecided(text: str) -> int:
    """Return from where on folded words may still say that Jarvis does something."""
    for match in _FIRST.finditer(text):
        rest = text[match.end() :]
        if not (rest.strip() and _MENTAL.match(rest)) and not _HEDGE.match(rest):
            return int(match.start())
    return len(text)


def _claim(
    said: str, things: Collection[str], spoken: AbstractSet[str]
) -> Claim | None:
    if _FORGETTING.search(said):
        return Claim.DEED
    ends = bool(_ENDING.search(said))
    idiom = bool(_IDIOM.search(said))
    if _harmless(said, ended=ends):
        return Claim.CHANGE if idiom else None
    if acts(said):
        return Claim.DEED
    if idiom or ends or _CHANGE.search(said) or _comes(said):
        return Claim.CHANGE
    return Claim.STATE if _describes(said, things, spoken) else None


def _harmless(said: str, *, ended: bool) -> bool:
    if not said or (_NEGATION.search(said) and not ended):
        return True
    if _DOUBT.search(said) or _FAILURE.search(said):
        return True
    return bool(_GENERAL.search(said)) and not _NOW.search(said)


def _describes(said: str, things: Collection[str], spoken: AbstractSet[str]) -> bool:
    """Return whether a clause says how something of the home is."""
    if pronoun := _PRONOUN.match(said):
        return not _DEFINING.match(said[pronoun.end() :])
    words = said.split()
    if words[0] in INDEFINITE:
        return bool(_MOVING.search(said))
    if _MOVING.search(said) or not _ALREADY.isdisjoint(words):
        return True
    being = bool(_BEING.search(said))
    if _STATE.search(said) or (being and _ROOM.search(said)):
        return True
    if being and not spoken.isdisjoint(words[:SUBJECT_WORDS]):
        return True
    return about_things(words, things)


def _comes(said: str) -> bool:
    return any(match[0] not in _NO_FUTURE for match in _FUTURE.finditer(said))


def about_things(words: list[str], things: Collection[str]) -> bool:
    """Return whether folded words begin with a thing of the home, not any of a kind."""
    for place, word in enumerate(words[:FIRST_WORDS]):
        if word in things or (len(word) > 3 and word[:-1] in things):
            return place == 0 or words[place - 1] not in INDEFINITE
    return False
