"""Reads what a sentence of a model claims, by what the user wanted of it."""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Self

import regex
import yaml

from ...engines.language import Word, folded, words
from .assertions import Assertion, Claim, assents, assertions, tells_state, undecided
from .honesty import Verdict, affirmed, unproven, verdict
from .purpose import Purpose, asks_of_past, only_replies, purposes_of

# Read while the module is imported, which Home Assistant does outside the event loop.
_DATA: Final[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("claims.yaml").read_text("utf-8")
)
_PARTS: Final = {
    name: f"(?:{_DATA[name]})"
    for name in (
        "done_fr",
        "do_fr",
        "soon_fr",
        "done_en",
        "state_en",
        "soon_en",
        "verb",
    )
}
# The gaps hold braces of their own.
_FILLED: Final = {name: part.format() for name, part in _PARTS.items()}


def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile("|".join(f"(?:{x.format(**_FILLED)})" for x in _DATA[name]))


_ALWAYS: Final = _pattern("always")
_STATES: Final = _pattern("unless_asked")
_ELLIPTICAL: Final = _pattern("elliptical")
_OFFERING: Final = regex.compile(_DATA["offering"].format())
_ARTICLES: Final = frozenset(_DATA["articles"])
_PRONOUNS: Final = frozenset(_DATA["pronouns"])
_SUPPOSING: Final = frozenset(_DATA["supposing"])
_REPORTING: Final = _SUPPOSING | frozenset(_DATA["reporting"])
_THINGS: Final = frozenset(_DATA["things"].split())
_EVERYTHING: Final = frozenset(_DATA["everything"])
_ROOMS: Final = frozenset(_DATA["rooms"].split())
_ANSWERED: Final = frozenset({Purpose.QUESTION, Purpose.KNOWLEDGE})
"""What is answered with how things are."""
_BEFORE_ASIDE: Final = regex.compile(_DATA["before_aside"])
_ASIDE: Final = regex.compile(_DATA["aside"])
_SPOKEN: Final = regex.compile('[«»“”"]')
_OF_WORDS: Final = regex.compile(_DATA["of_words"])
_CRITICAL: Final = regex.compile(_DATA["critical"])
_WORLDS: Final = {
    name: regex.compile(pattern) for name, pattern in _DATA["worlds"].items()
}
_NEIGHBOURS: Final[dict[str, list[str]]] = _DATA["neighbours"]
_BEING: Final = frozenset({"est", "sont", "a", "ont", "is", "are", "has", "have"})
_END: Final = regex.compile(r"(?<![.!?…])[.!?…]++[\s\"»)*]+|\n+")
_CLAUSE: Final = regex.compile(r"[,;:–—(]")

LONG_WORD = 4
"""Letters of a word that may name what was ordered."""
LONGEST_SUBJECT = 8
"""Words after which a sentence that began with a thing is not about its state."""
LONGEST_SENTENCE: Final = 600
"""Characters after which a sentence is judged as if it had ended."""


def worlds_of(text: str) -> set[str]:
    """Return what a text speaks of: "device", "list", "timer" and others."""
    said = " ".join(folded(text))
    return {name for name, pattern in _WORLDS.items() if pattern.search(said)}


def neighbours(worlds: Collection[str]) -> set[str]:
    """Return worlds and those whose tools people take for theirs."""
    return set(worlds).union(*(_NEIGHBOURS.get(world, ()) for world in worlds))


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text, each with the white space after it."""
    found: list[str] = []
    start = 0
    while end := end_of(text, start):
        found.append(text[start:end])
        start = end
    return [sentence for sentence in (*found, text[start:]) if sentence.strip()]


def end_of(text: str, start: int = 0) -> int:
    """Return where the sentence ends that begins at a place, 0 where it goes on."""
    longest = start + LONGEST_SENTENCE
    if match := _END.search(text, start, longest):
        # The white space after it may go on behind the longest sentence.
        return int(match.end())
    if len(text) <= longest:
        return 0
    return text.rfind(" ", start, longest) + 1 or longest


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the claims of an answer are judged by."""

    purpose: Purpose = Purpose.TALK
    """What the user wanted: "the light is on" answers a question, and claims something
    after an order."""
    spoken: frozenset[str] = frozenset()
    """Folded words of what the user said."""
    names: frozenset[str] = frozenset()
    """Folded words that name what this home has."""
    unfulfilled: bool = False
    """True while nothing has carried out an order: a sentence has to be recognised as
    harmless then, else it is taken for a claim."""
    mixed: bool = False
    """True where an order comes with a question, so that other things are answered."""
    past: bool = False
    """True where the user asks what was done or has happened."""
    unseen: bool = False
    """True while no tool has told anything: what has happened cannot be known."""
    fiction: bool = False
    """True where an order comes with a tale, which has any form."""

    @classmethod
    def of(cls, text: str, names: frozenset[str] = frozenset()) -> Self:
        """Return what a user's text asks for."""
        spoken = frozenset(word for word in folded(text) if len(word) >= LONG_WORD)
        wanted = purposes_of(text)
        named = worlds_of(text) or any(_is_thing(w, names) for w in folded(text))
        if wanted == {Purpose.ORDER} and not named and only_replies(text):
            # "Blue", after "which colour do you like?".
            wanted = {Purpose.TALK}
        return cls(
            purpose=min(wanted, key=list(Purpose).index, default=Purpose.TALK),
            spoken=spoken,
            names=names,
            mixed=bool(wanted & _ANSWERED),
            past=asks_of_past(text),
            fiction=Purpose.TALE in wanted,
        )

    @property
    def strict(self) -> bool:
        """Return whether an answer has to be recognised as harmless."""
        ordered = self.purpose is Purpose.ORDER and not self.fiction
        return self.unfulfilled and (ordered or self.guessed)

    @property
    def guessed(self) -> bool:
        """Return whether what a model tells of the past is made up."""
        return self.past and self.unseen and self.purpose is Purpose.QUESTION


def claim_of(sentence: str, request: Request) -> Claim | None:
    """Return what a sentence claims, None for nothing."""
    purpose = request.purpose
    if purpose is Purpose.TALE:
        return Claim.DEED if _aside(sentence, request) else None
    if request.strict:
        found = {each.claim for each in asserted(sentence, request)}
        return min(found, key=list(Claim).index, default=None)
    claim = _known(sentence, purpose, request.names)
    if claim is Claim.DEED or purpose in _ANSWERED:
        return claim
    found = {each.claim for each in asserted(sentence, request)}
    if request.fiction and not (
        names_something(sentence, request) or tells_state(" ".join(folded(sentence)))
    ):
        # "He lost his spark" goes on with the joke.
        found -= {Claim.STATE}
    if purpose is not Purpose.ORDER:
        found &= {Claim.DEED}
    # The worst one: only a state can be true as it is.
    return min(
        {*found, *([claim] if claim else [])}, key=list(Claim).index, default=None
    )


def asserted(sentence: str, request: Request) -> list[Assertion]:
    """Return the clauses of a sentence that claim something, after an order."""
    things = (_THINGS - _ROOMS) | request.names
    if request.strict:
        found = unproven(sentence, things, request.spoken)
        yes = affirmed(sentence) if request.guessed else []
        states = any(each.claim is Claim.STATE for each in found)
        # "Yes, it is off" is true where it is off.
        return [*found, *(each for each in yes if not (states and assents(each.text)))]
    return assertions(sentence, things, request.spoken)


def answers_nothing(sentence: str, request: Request) -> bool:
    """Return whether an order is still unanswered after a sentence that claims nothing.

    It may then stand beside what does answer it; alone it passes for a deed.
    """
    if assents(sentence) or not any(map(str.isalpha, sentence)):
        return True
    if not request.strict or request.mixed:
        return False
    things = (_THINGS - _ROOMS) | request.names
    return verdict(sentence, things, request.spoken) is Verdict.BESIDE


def _aside(sentence: str, request: Request) -> bool:
    """Return whether a tale stops to say what was done to a lock or the like."""
    text = " ".join(folded(sentence))
    if not (_ASIDE.search(text) and _ALWAYS.search(text)):
        return False
    # A person in the tale may well speak of a lamp.
    told = _SPOKEN.search(sentence) is None and "device" in worlds_of(sentence)
    return told or _CRITICAL.search(text) is not None


def names_something(text: str, request: Request) -> bool:
    """Return whether a text names a thing, a room or all of them."""
    return any(
        _is_thing(word, request.names) or word in _EVERYTHING for word in folded(text)
    )


def _known(sentence: str, purpose: Purpose, names: AbstractSet[str]) -> Claim | None:
    """Find the claims that are known word for word."""
    said = words(sentence)
    text = " ".join(word.fold for word in said)
    questions = sentence.rstrip().endswith("?")
    if questions and _OFFERING.search(text):
        return None
    for match in _ALWAYS.finditer(text):
        if purpose is Purpose.KNOWLEDGE and _OF_WORDS.search(match[0]):
            continue
        if not _supposed(sentence, said, text, match.start(), _SUPPOSING):
            return Claim.DEED
    if purpose in _ANSWERED or questions:
        return None
    for match in _STATES.finditer(text):
        before = [word.fold for word in said[: len(text[: match.end()].split())]]
        about = any(w in _PRONOUNS or _is_thing(w, names) for w in before)
        if about and not _supposed(sentence, said, text, match.start(), _REPORTING):
            return Claim.STATE
    first = [word.fold for word in said[:2]]
    if _ELLIPTICAL.search(text) and any(_is_thing(w, names) for w in first):
        return Claim.STATE
    return None


def begins_aside(begun: str) -> bool:
    """Return whether the beginning of a sentence in a tale may become an aside."""
    text = " ".join(folded(begun))
    return not text or _BEFORE_ASIDE.match(text, partial=True) is not None


def free_until(sentence: str, request: Request) -> int:
    """Return up to where the beginning of a sentence can become no claim any more."""
    said = words(sentence)
    if not said:
        return len(sentence)
    text = " ".join(word.fold for word in said)
    asked = request.purpose in _ANSWERED
    patterns = [_ALWAYS] if asked else [_ALWAYS, _STATES]
    starts = [
        match.start()
        for pattern in patterns
        if (match := pattern.search(text, partial=True))
    ]
    held = min(
        (len(text[:at].split()) for at in starts if at < len(text)),
        default=len(said),
    )
    folds = [word.fold for word in said]
    if request.purpose is Purpose.TALK:
        held = min(held, len(text[: undecided(text)].split()))
    if not asked and _begins_with_thing(folds, request.names, alive=held < len(said)):
        held = 0
    return len(sentence) if held == len(said) else said[held].start


def _begins_with_thing(said: list[str], names: Collection[str], *, alive: bool) -> bool:
    """Return whether a sentence may say of a thing in which state it is."""
    lead = next((i for i, w in enumerate(said) if w not in _ARTICLES), len(said))
    if lead == len(said):
        # "La", "toutes les": the noun is still to come.
        return True
    # The thing itself may follow what it is like: "the front door".
    first, over = said[lead : lead + 2], len(said) > lead + 2
    if lead > 3 or not (
        any(_is_thing(word, names) for word in first)
        or (not over and _is_thing(said[-1], names, begun=True))
        or (lead and len(first) == 1)
    ):
        return False
    if _BEING.isdisjoint(said[lead:]):
        return len(said) - lead <= LONGEST_SUBJECT
    return alive


def _is_thing(word: str, names: Collection[str], *, begun: bool = False) -> bool:
    one = word[:-1] if len(word) > 3 and word[-1] in "sx" else word
    if {word, one} & _THINGS or word in names or one in names:
        return True
    return begun and any(known.startswith(word) for known in (*_THINGS, *names))


def _supposed(
    sentence: str,
    said: Sequence[Word],
    text: str,
    at: int,
    words_of_doubt: Collection[str],
) -> bool:
    """Return whether a claim depends on an "if" before it in the same clause."""
    place = len(text[:at].split())
    if place >= len(said):
        return False
    clause = 0
    for match in _CLAUSE.finditer(sentence, 0, said[place].start):
        clause = match.end()
    before = [word.fold for word in said[: place + 1] if word.start >= clause]
    if any(word in words_of_doubt for word in before):
        return True
    return any(pair in {("s'", "il"), ("s'", "ils")} for pair in pairwise(before))
