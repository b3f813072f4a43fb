"""However long a text is that never ends: reading it takes no more than its length."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from functools import partial

import pytest

from custom_components.jarvis.assistant.verification.claim_gate import ClaimGate
from custom_components.jarvis.assistant.verification.claims import (
    Request,
    split_sentences,
)
from custom_components.jarvis.assistant.verification.purpose import Purpose, purpose_of
from custom_components.jarvis.engines import language
from custom_components.jarvis.engines.spoken import speakable
from custom_components.jarvis.engines.voice import split_sentences as spoken_sentences

SHORT, LONG = 1024, 4096
MOST_RATIO = 9
"""Four times the length takes four times as long; sixteen times would be its square."""
SLACK = 0.004
"""Seconds that say nothing about a ratio."""
PARTS = (
    "a",
    "a ",
    "et ",
    "1.",
    "...",
    "…",
    "ne ",
    "n'",
    "je ",
    "the lamp is ",
    "M. ",
    "«",
)
ROWS = (
    ("", "the "),
    ("", "a little bit "),
    ("less ", "in here "),
    ("may i have a ", "to be turned "),
    ("", "tres un peu "),
    ("il fait froid ", "dans la "),
    ("il fait froid ", "pour lire "),
)
"""A beginning, and a part of which more may follow."""
PHRASES = ("stop ", "silence ", "ok stop ", "merci bien ", "why ", "oublie ", "hey ")


def gate(purpose: Purpose, piece: int, text: str) -> None:
    names = frozenset({"lamp", "lampe"})
    gate = ClaimGate(Request(purpose=purpose, spoken=names, names=names))
    for at in range(0, len(text), piece):
        gate.feed(text[at : at + piece])
    gate.end()


def aloud(piece: int, text: str) -> None:
    async def pieces() -> AsyncIterator[str]:
        for at in range(0, len(text), piece):
            yield text[at : at + piece]

    async def read() -> list[str]:
        return [sentence async for sentence in spoken_sentences(pieces())]

    asyncio.run(read())


READERS: dict[str, Callable[[str], object]] = {
    "purpose": purpose_of,
    "sentences": split_sentences,
    "defers": language.defers,
    "leftovers": language.without_leftovers,
    "acts fr": partial(language.read_acts, language="fr"),
    "acts en": partial(language.read_acts, language="en"),
    "speakable fr": partial(speakable, language="fr"),
    "speakable en": partial(speakable, language="en"),
    "aloud": partial(aloud, 7),
    "aloud whole": partial(aloud, LONG),
    **{
        f"gate {purpose} {piece}": partial(gate, purpose, piece)
        for purpose in (Purpose.ORDER, Purpose.QUESTION, Purpose.TALK)
        for piece in (7, 64, LONG)
    },
}


def seconds(reader: Callable[[str], object], text: str) -> float:
    """Return the processor's time that reading takes."""
    start = time.thread_time()
    reader(text)
    return time.thread_time() - start


@pytest.mark.parametrize("name", READERS)
def test_time_grows_with_the_length(name: str) -> None:
    reader = READERS[name]
    for part in PARTS:
        short, long = ((part * n)[:n] for n in (SHORT, LONG))
        reader(part)
        for _attempt in range(5):
            few, many = seconds(reader, short), seconds(reader, long)
            if many <= few * MOST_RATIO + SLACK:
                break
        else:
            pytest.fail(f"{part!r}: {few:.4f} s, four times as long: {many:.4f} s")


@pytest.mark.parametrize("part", PHRASES)
def test_a_row_of_set_phrases_is_soon_read(part: str) -> None:
    # Where each word can be read in two ways, this would not end.
    for count in (23, 400):
        said = f"{part * count}zzz"
        assert not language.hushes(said)
        assert not language.calls_off(said)
        assert language.read_courtesy(said) is None
        assert language.read_why(said) is None
        assert not language.reads_yes(said)
        assert not language.reads_no(said)


@pytest.mark.parametrize(("beginning", "part"), ROWS)
def test_a_row_of_parts_is_soon_read(beginning: str, part: str) -> None:
    for count in (40, 400):
        said = f"{beginning}{part * count}zzz"
        purpose_of(said)
        for tag in language.LANGUAGES:
            language.read_acts(said, tag)
            language.bare(said, tag)
            language.read_orders(said, tag)
            language.read_control(said, tag)
