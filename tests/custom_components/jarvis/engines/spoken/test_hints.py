"""Hints that travel in a text unseen."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.jarvis.engines.spoken import Sound, hinted, read_hint


@pytest.mark.parametrize("hint", [*Sound, "fr", "en"])
def test_hint_arrives_and_leaves_the_text_as_it_was(hint: str) -> None:
    text = "C'est fait, la lumière est allumée."
    marked = hinted(text, hint)
    assert read_hint(marked) == (hint, text)
    assert marked != text
    assert marked.endswith(text)
    unseen = marked.removesuffix(text)
    assert {unicodedata.category(character) for character in unseen} == {"Cf"}


@given(st.text())
def test_no_text_is_taken_for_a_hint(text: str) -> None:
    hint, rest = read_hint(text)
    assert rest == text or hint or text.startswith("\N{LANGUAGE TAG}")
    assert read_hint(hinted(text, "fr")) == ("fr", text)
