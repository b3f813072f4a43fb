"""Holds back what a model says it did, until it is known whether it did.

Words are passed on as they come. Only while what was said may still become a claim does
it wait for the next word; a sentence that does claim something waits, with all that
follows, for the end of the answer.
"""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Self

import regex
import yaml

from ..engines.language import Word, folded, words
from .assertions import Assertion, Claim, assents, assertions, undecided
from .purpose import Purpose, purpose_of

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
SHORT: Final = 120
"""Characters up to which a sentence is looked at whenever it has grown."""
LOOKS: Final = 16
"""A longer one is looked at again when it has grown by such a part of the rest."""


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
    while end := _end_of(text, start):
        found.append(text[start:end])
        start = end
    return [sentence for sentence in (*found, text[start:]) if sentence.strip()]


def _end_of(text: str, start: int = 0) -> int:
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

    @classmethod
    def of(cls, text: str, names: frozenset[str] = frozenset()) -> Self:
        """Return what a user's text asks for."""
        spoken = frozenset(word for word in folded(text) if len(word) >= LONG_WORD)
        return cls(purpose=purpose_of(text), spoken=spoken, names=names)


def claim_of(sentence: str, request: Request) -> Claim | None:
    """Return what a sentence claims, None for nothing."""
    purpose = request.purpose
    if purpose is Purpose.TALE:
        return None
    claim = _known(sentence, purpose, request.names)
    if claim is Claim.DEED or purpose in _ANSWERED:
        return claim
    found = {each.claim for each in asserted(sentence, request)}
    if purpose is not Purpose.ORDER:
        found &= {Claim.DEED}
    # The worst one: only a state can be true as it is.
    return min(
        {*found, *([claim] if claim else [])}, key=list(Claim).index, default=None
    )


def asserted(sentence: str, request: Request) -> list[Assertion]:
    """Return the clauses of a sentence that claim something, after an order."""
    things = (_THINGS - _ROOMS) | request.names
    return assertions(sentence, things, request.spoken)


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


class ClaimGate:
    """Lets the words of one answer pass, but for claims.

    After an order whole sentences wait; else words, while they may become a claim.
    `idle` is whether nothing was done yet: then an order that is answered by no more
    than "sure" is answered by a claim.
    """

    def __init__(self, request: Request, *, idle: bool = False) -> None:
        self.request = request
        self._idle = idle and request.purpose is Purpose.ORDER
        self._assent = ""
        self._sentence = ""
        self._passed = 0
        self._looked = 0
        self.claimed = ""
        """What was held back for good, from the beginning of its sentence on."""
        self.passed = ""
        """What of that sentence was let through."""

    def feed(self, text: str) -> str:
        """Take a piece of the answer; return what may be said now."""
        if self.request.purpose is Purpose.TALE:
            return text
        if self.claimed:
            self.claimed += text
            return ""
        self._sentence += text
        out = ""
        while end := _end_of(self._sentence):
            sentence = self._sentence[:end]
            if claim_of(sentence, self.request):
                self._hold()
                return out
            out += self._take(sentence)
            self._sentence, self._passed, self._looked = self._sentence[end:], 0, 0
        grown = len(self._sentence) - self._looked
        if (
            self.request.purpose is Purpose.ORDER
            or grown * LOOKS < self._looked - SHORT
        ):
            return out
        self._looked = len(self._sentence)
        free = self._free()
        if free > self._passed:
            out += self._sentence[self._passed : free]
            self._passed = free
        return out

    def end(self) -> str:
        """Return what may still be said when the answer is over."""
        if self.claimed:
            return ""
        if claim_of(self._sentence, self.request):
            self._hold()
            return ""
        rest = self._take(self._sentence)
        self._sentence, self._passed = "", 0
        if any(map(str.isalnum, self._assent)):
            self._hold()
            return rest
        return self._assent + rest

    def _take(self, sentence: str) -> str:
        """Return what of a sentence that claims nothing was not said yet.

        While nothing but "sure" was said, it waits for what follows.
        """
        rest = sentence[self._passed :]
        if not self._idle:
            return rest
        if assents(sentence) or not any(map(str.isalnum, sentence)):
            self._assent += rest
            return ""
        rest, self._assent, self._idle = self._assent + rest, "", False
        return rest

    def _hold(self) -> None:
        self.claimed = self._assent + self._sentence
        self.passed = self._sentence[: self._passed]

    def _free(self) -> int:
        """Return up to where the sentence can no longer become a claim."""
        said = words(self._sentence)
        if not said:
            return len(self._sentence)
        text = " ".join(word.fold for word in said)
        asked = self.request.purpose in _ANSWERED
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
        if self.request.purpose is Purpose.TALK:
            held = min(held, len(text[: undecided(text)].split()))
        if not asked and self._begins_with_thing(folds, alive=held < len(said)):
            held = 0
        if held == len(said):
            return len(self._sentence)
        return said[held].start

    def _begins_with_thing(self, said: list[str], *, alive: bool) -> bool:
        """Return whether a sentence may say of a thing in which state it is."""
        lead = next((i for i, w in enumerate(said) if w not in _ARTICLES), len(said))
        if lead == len(said):
            # "La", "toutes les": the noun is still to come.
            return True
        # The thing itself may follow what it is like: "the front door".
        first, over = said[lead : lead + 2], len(said) > lead + 2
        if lead > 3 or not (
            any(_is_thing(word, self.request.names) for word in first)
            or (not over and _is_thing(said[-1], self.request.names, begun=True))
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
