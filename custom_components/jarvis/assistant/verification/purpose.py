"""Tells what a user wants of an answer: that something is done, known or told.

An utterance may hold several: "tell me a joke and make it warm". What is neither a
question, nor news, nor something to be told counts as an order, so that an order whose
verb nobody thought of is held to the same as one that is known.
"""

from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import regex
import yaml

from ...engines.language import LANGUAGES, Act, Word, detect, read_acts, words

# Read while the module is imported, which Home Assistant does outside the event loop.
_DATA: Final[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("purpose.yaml").read_text("utf-8")
)


def _pattern(name: str) -> regex.Pattern[str]:
    found = _DATA[name]
    return regex.compile(found if isinstance(found, str) else "|".join(found))


_ACTING: Final = frozenset({Act.ORDER, Act.NEED})
_SENTENCE: Final = regex.compile(r"[^.!?…\n]+[.!?…\n]*")
_MARK: Final = regex.compile(r"[,;:()–—]")
_CONJUNCTIONS: Final = frozenset(_DATA["conjunctions"])
_LEADING: Final = _pattern("leading")
_COURTESY: Final = _pattern("courtesy")
_WISHING: Final = _pattern("wishing")
_POLITE: Final = _pattern("polite")
_ASKING: Final = _pattern("asking")
_WITHIN: Final = _pattern("asking_within")
_LATE: Final = _pattern("asking_late")
_TELLING: Final = _pattern("telling")
_INFORMING: Final = _pattern("informing")
_WORDING: Final = _pattern("wording")
_WITH_THINGS: Final = _pattern("with_things")
_PAST: Final = _pattern("past")
_NEWS: Final = _pattern("news")
_NO_VERB: Final = _pattern("no_verb_first")
_STYLE: Final = _pattern("style")

LONGEST_REPLY: Final = 2
"""Words; "blue", "the second"."""


class Purpose(StrEnum):
    """What the answer is for."""

    ORDER = "order"
    """Something is to be done, perhaps besides something else."""
    TALE = "tale"
    """A joke, a story, a song, a text."""
    QUESTION = "question"
    KNOWLEDGE = "knowledge"
    """An explanation, a recipe, advice: "give me an idea"."""
    TALK = "talk"
    """News, thanks, a greeting."""


def purpose_of(text: str) -> Purpose:
    """Return what the user wants; an order outweighs all else, then what is told."""
    return min(purposes_of(text), key=list(Purpose).index, default=Purpose.TALK)


def purposes_of(text: str) -> set[Purpose]:
    """Return all that the user wants."""
    # Whoever may move something by these words is held to it.
    order = {Purpose.ORDER} if _acts(text) else set()
    found: list[Purpose] = []
    for sentence in _SENTENCE.findall(text):
        for clause in _clauses(sentence):
            said = _LEADING.sub("", " ".join(word.fold for word in clause))
            if not said:
                continue
            if _is_wording(_bare(said)) and ":" in sentence:
                # What follows is the text to be worked on.
                found.append(Purpose.KNOWLEDGE)
                break
            kind = _kind(said, first=not found, marked="?" in sentence)
            if kind is not None:
                found.append(kind)
    return order | set(found)


def only_replies(text: str) -> bool:
    """Return whether a word or two, no order by its verb, may reply to a question."""
    return len(words(text)) <= LONGEST_REPLY and not _acts(text)


def _acts(text: str) -> bool:
    language = detect(text)
    return any(
        # What somebody else does is often no more than news: "my brother moves house".
        (part.act in _ACTING or (part.act is Act.RELAY and part.verb))
        for tag in ([language] if language in LANGUAGES else LANGUAGES)
        for part in read_acts(text, tag)
        # "Pick a number" orders words, whatever its verb may do to a lamp.
        if not _is_wording(_bare(" ".join(part.said)))
    )


def asks_of_past(text: str) -> bool:
    """Return whether somebody asks what was done, or what happened at home."""
    return any(
        _PAST.search(_LEADING.sub("", " ".join(word.fold for word in words(sentence))))
        for sentence in _SENTENCE.findall(text)
    )


def _is_wording(said: str) -> bool:
    """Return whether folded words ask for words alone."""
    return bool(_WORDING.match(said)) and not _WITH_THINGS.search(said)


def _bare(said: str) -> str:
    """Return folded words without what only makes them polite."""
    said = _LEADING.sub("", said)
    polite = _POLITE.match(said)
    return said[polite.end() :] if polite else said


def _clauses(sentence: str) -> list[list[Word]]:
    clauses: list[list[Word]] = [[]]
    end = 0
    for word in words(sentence):
        if _MARK.search(sentence, end, word.start):
            clauses.append([])
        end = word.end
        if word.fold in _CONJUNCTIONS:
            clauses.append([])
        else:
            clauses[-1].append(word)
    return [clause for clause in clauses if clause]


def _kind(said: str, *, first: bool, marked: bool) -> Purpose | None:
    """Return what a clause wants, None for what only goes on with the one before."""
    if _COURTESY.match(said):
        return Purpose.TALK
    polite = _POLITE.match(said)
    if polite and _WITHIN.search(said[polite.end() :]):
        return Purpose.QUESTION
    if _WISHING.match(said):
        return Purpose.ORDER
    if polite:
        said = said[polite.end() :]
        return _imperative(said) or Purpose.ORDER
    if kind := _imperative(said):
        return kind
    if marked or _ASKING.match(said) or _LATE.search(said):
        return Purpose.QUESTION
    if _NEWS.match(said):
        return Purpose.TALK
    if first:
        return Purpose.ORDER
    # "... about cats and dogs", "and in the kitchen", "and make it short".
    if " " not in said or _NO_VERB.match(said) or _STYLE.match(said):
        return None
    return Purpose.ORDER


def _imperative(said: str) -> Purpose | None:
    if _TELLING.match(said):
        return Purpose.TALE
    informs = _INFORMING.match(said) or _is_wording(said)
    return Purpose.KNOWLEDGE if informs else None
