"""An utterance as words with labels, and as text with places of characters."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

_CHUNK = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Bit:
    """A stretch of text of one label; the same `group` is the same span."""

    text: str
    span: str | None = None
    group: int = 0


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a part of one, whether a space stands before it, and its labels."""

    text: str
    space: bool = True
    span: str | None = None
    group: int = 0
    act: str | None = None
    """The act or kind of the clause that begins here."""


type Words = tuple[Word, ...]


def to_words(bits: Iterable[Bit | str]) -> Words:
    """Return bits as words; a string among them begins a clause of that class."""
    words: list[Word] = []
    space, act = True, None
    for bit in bits:
        if isinstance(bit, str):
            act = bit
            continue
        for chunk in _CHUNK.findall(bit.text):
            if chunk.isspace():
                space = True
                continue
            words.append(Word(chunk, space, bit.span, bit.group, act))
            space, act = False, None
    return tuple(words)


def said_after(first: Words, second: Words) -> Words:
    """Return two utterances as one, spans kept apart."""
    top = max((word.group for word in first), default=0) + 1
    return (*first, *(replace(word, group=word.group + top) for word in second))


def text_of(words: Words) -> str:
    """Return the text of words."""
    text = "".join(f"{' ' if word.space else ''}{word.text}" for word in words)
    return text.strip()


def annotated(words: Words) -> dict[str, Any]:
    """Return the text and its clauses: `act`, `start` and spans by characters.

    {"text": str, "clauses": [{"act", "start", "spans": [{"type", "start", "end"}]}]}
    """
    text = ""
    clauses: list[dict[str, Any]] = []
    last: tuple[str | None, int] = (None, 0)
    for word in words:
        if word.space and text:
            text += " "
        start = len(text)
        text += word.text
        if word.act:
            clauses.append({"act": word.act, "start": start, "spans": []})
            last = (None, 0)
        label = (word.span, word.group)
        if word.span and clauses:
            spans = clauses[-1]["spans"]
            if label == last:
                spans[-1]["end"] = len(text)
            else:
                spans.append({"type": word.span, "start": start, "end": len(text)})
        last = label
    return {"text": text, "clauses": clauses}
