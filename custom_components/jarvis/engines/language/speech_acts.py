"""Tells what an utterance is for: to have something done, to be told something, or to tell.

This stands guard over a model, which may do things that nobody asked for: so it reads any
words, not only those that Jarvis itself can carry out. A part of which nothing speaks
against it is taken for an order, as imperatives are an open class; questions, tales,
thanks and reports are known by their beginnings, of which there are few.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from . import grammar_en, grammar_fr, speech_acts_en, speech_acts_fr
from .text import folded


class Act(StrEnum):
    """What a part of an utterance is for."""

    ORDER = "order"
    NEED = "need"
    """ "It is too dark in here": something is to be done about it."""
    ASK = "ask"
    """The user wants words: an answer, an explanation, a tale."""
    TELL = "tell"
    """The user reports, thanks, greets or forbids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of an utterance, its words folded."""

    act: Act
    said: tuple[str, ...]


class Forms(Protocol):
    """What the module of a language offers: patterns for the beginnings of parts.

    All are matched against folded words with single spaces.
    """

    JOINTS: re.Pattern[str]
    """What joins two parts; a group "so" where the second has its own subject."""
    FILLERS: re.Pattern[str]
    POLITE: re.Pattern[str]
    """What makes an order of the verb after it."""
    TALKS: re.Pattern[str]
    """Verbs of saying, seeing and thinking: they ask for words."""
    MESSAGES: re.Pattern[str]
    """Such a verb all the same, but others are to be told something."""
    QUESTIONS: re.Pattern[str]
    FORBIDS: re.Pattern[str]
    NEEDS: re.Pattern[str]
    NO_NEED: re.Pattern[str]
    TELLS: re.Pattern[str]
    """A subject and its verb, thanks, a beginning of a tale."""
    FRAGMENTS: re.Pattern[str]
    """The beginning of what has no verb of its own."""
    FINITE: re.Pattern[str]
    """A verb that makes a sentence of a fragment, anywhere."""
    RELATIVE: re.Pattern[str]
    QUOTES: re.Pattern[str]
    """What announces the words of somebody, at the end."""


_FORMS: dict[str, Forms] = {"en": speech_acts_en, "fr": speech_acts_fr}
_MOVING = {"en": grammar_en.MOVING, "fr": grammar_fr.MOVING}
_QUOTED = re.compile(r"[\"“«][^\"”»]{0,400}[\"”»]|(?<!\w)'[^']{1,400}'(?!\w)")
_SENTENCE = re.compile(r"[^.!?…;:\n]+(?:(?<=\d)\.(?=\d)[^.!?…;:\n]+)*[.!?…;:\n]*")
_COMMA = re.compile(r",(?!\d)|[–—]|\s-\s|\(|\)")


def read_acts(text: str, language: str) -> list[Part]:
    """Return the parts of an utterance in their order, with what each is for."""
    forms = _FORMS[language]
    parts: list[Part] = []
    quoted = False
    for sentence in _SENTENCE.findall(_QUOTED.sub(" ", text)):
        before: Part | None = None
        for joint, said in _split(sentence, forms):
            part = _read(said, forms, language, marked=_is_marked(sentence))
            if quoted and before is None:
                part = replace(part, act=Act.TELL)
            elif before is not None:
                part = _after(before, part, joint, forms)
            if part.said:
                parts.append(part)
                before = part
        quoted = before is not None and bool(forms.QUOTES.search(" ".join(before.said)))
    return [part for part in parts if part.said]


def _is_marked(sentence: str) -> bool:
    return "?" in sentence[-3:]


def _split(sentence: str, forms: Forms) -> Iterator[tuple[str, str]]:
    """Yield the parts of a sentence, each with the word that joins it to the last."""
    for clause in _COMMA.split(sentence):
        joint = ","
        rest = " ".join(folded(clause))
        while match := forms.JOINTS.search(rest):
            if before := rest[: match.start()].strip():
                yield joint, before
                joint = match[0].strip()
            elif joint == ",":
                joint = f", {match[0].strip()}"
            rest = rest[match.end() :]
        if rest.strip():
            yield joint, rest.strip()


def _read(said: str, forms: Forms, language: str, *, marked: bool) -> Part:
    """Read a part by itself."""
    words = tuple(said.split())
    bare = _without(said, forms.FILLERS)
    if not bare:
        # "Please, the lamp": it is for nothing by itself.
        return Part(act=Act.TELL, said=())
    return Part(act=_act(bare, forms, language, marked=marked), said=words)


def _without(said: str, fillers: re.Pattern[str]) -> str:
    while match := fillers.match(said):
        said = said[match.end() :].lstrip()
    return said


def _act(said: str, forms: Forms, language: str, *, marked: bool) -> Act:
    polite = False
    while match := forms.POLITE.match(said):
        said = _without(said[match.end() :].lstrip(), forms.FILLERS)
        polite = True
    if forms.MESSAGES.match(said):
        return Act.ORDER
    if forms.TALKS.match(said):
        return Act.ASK
    if forms.FORBIDS.match(said):
        return Act.TELL
    if polite:
        return Act.ORDER
    if forms.NEEDS.search(said) and not forms.NO_NEED.search(said):
        return Act.ASK if marked and forms.QUESTIONS.match(said) else Act.NEED
    if forms.QUESTIONS.match(said):
        return Act.ASK
    if forms.TELLS.match(said):
        return Act.ASK if marked else Act.TELL
    if forms.FRAGMENTS.match(said) and forms.FINITE.search(said):
        return Act.ASK if marked else Act.TELL
    known = said.split()[0] in _MOVING[language]
    return Act.ASK if marked and not known else Act.ORDER


def _after(before: Part, part: Part, joint: str, forms: Forms) -> Part:
    """Return a part as it is after another one of the same sentence."""
    said = " ".join(part.said)
    bare = _without(said, forms.FILLERS)
    if forms.FRAGMENTS.match(bare) and part.act is Act.ORDER:
        # "the kitchen and the hall", "dans la cuisine, allume"
        return replace(part, act=before.act)
    if part.act not in {Act.ORDER, Act.NEED} or before.act in {Act.ORDER, Act.NEED}:
        return part
    earlier = " ".join(before.said)
    if forms.QUOTES.search(earlier):
        return replace(part, act=Act.TELL)
    if bare != said or forms.POLITE.match(bare) or joint.endswith("so"):
        return part
    tale = bool(forms.RELATIVE.search(earlier))
    joined = joint != ","
    if tale or (joined and before.act is Act.TELL):
        return replace(part, act=before.act)
    return part
