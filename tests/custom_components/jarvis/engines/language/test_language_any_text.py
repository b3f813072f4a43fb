"""Whatever is said or written: no error, no long thought."""

import time
from pathlib import Path

import pytest
from hypothesis import configuration, given, settings
from hypothesis import strategies as st

from custom_components.jarvis.engines.language import (
    detect,
    likeness,
    named,
    read_orders,
)

# Its own choice, `.hypothesis` in the root, is a folder that pytest would look into.
configuration.set_hypothesis_home_dir(
    Path(__file__).parents[5] / ".cache" / "hypothesis"
)

WORDS = st.sampled_from(
    [
        "allume",
        "éteins",
        "ouvre",
        "ferme",
        "mets",
        "règle",
        "la",
        "le",
        "les",
        "l'entrée",
        "lumière",
        "salon",
        "cuisine",
        "et",
        "puis",
        "à",
        "50",
        "%",
        "pour",
        "cent",
        "degrés",
        "s'il",
        "te",
        "plaît",
        "je",
        "voudrais",
        "que",
        "tu",
        "soit",
        "allumée",
        "en",
        "marche",
        "pas",
        "turn",
        "on",
        "off",
        "open",
        "close",
        "lock",
        "set",
        "it",
        "them",
        "the",
        "light",
        "kitchen",
        "and",
        "then",
        "to",
        "half",
        "percent",
        "please",
        "could",
        "you",
        "i'd",
        "like",
        "make",
        "sure",
        "is",
        "not",
        "-",
        ",",
        ".",
        "?",
        "!",
        "'",
        "21,5",
        "1er",
        "3h05",
        "€",
        "**x**",
        "[a](b)",
    ]
)
UTTERANCES = st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=80)
LANGUAGES = st.sampled_from(["fr", "en"])


@settings(max_examples=300, deadline=None)
@given(UTTERANCES, LANGUAGES)
def test_anything_can_be_read(text: str, language: str) -> None:
    for order in read_orders(text, language) or []:
        assert order.action or order.repeats or order.sentence or order.target
    detect(text)
    named(text, language)
    assert 0 <= likeness(text, "Lampe de chevet", language) <= 1


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "text",
    [
        "please " * 580,
        "je voudrais que " * 250,
        "[" * 4000,
        "1-" * 2000,
        " " * 4000,
        "|" * 4000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_nothing_takes_long(text: str, language: str) -> None:
    start = time.process_time()
    read_orders(text, language)
    assert time.process_time() - start < 0.5
