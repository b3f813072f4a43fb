"""Every error has a sentence in both languages, and both files say the same things."""

import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from custom_components.jarvis.assistant import spoken_error
from custom_components.jarvis.assistant.sentences.speech import say_error
from custom_components.jarvis.core.errors import (
    JarvisError,
    ModelNotFoundError,
    TextTooLongError,
)

FOLDER = Path("custom_components/jarvis/assistant/sentences")
ROOT = Path(__file__).parents[4]


def tree(error: type[JarvisError]) -> Iterator[type[JarvisError]]:
    yield error
    for child in error.__subclasses__():
        yield from tree(child)


def sentences(language: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(
        (ROOT / FOLDER / f"{language}.yaml").read_text("utf-8")
    )
    return content


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("error", list(tree(JarvisError)), ids=lambda e: e.key)
def test_every_error_is_said(error: type[JarvisError], language: str) -> None:
    entry = sentences(language)["errors"][error.key]
    names = {
        name
        for text in entry.values()
        for _, name, _, _ in string.Formatter().parse(text)
        if name
    }
    assert names <= set(
        (error.__doc__ or "").replace("`", " ").replace(".", " ").split()
    )
    placeholders = dict.fromkeys(names, "XYZ")
    spoken, written = say_error(language, error("detail", **placeholders))
    assert spoken[0].isupper()
    assert spoken[-1] in ".?"
    assert "{" not in spoken + written
    assert (spoken + written).count("XYZ") >= len(names)


def test_no_sentence_is_left_over() -> None:
    keys = {error.key for error in tree(JarvisError)}
    assert set(sentences("fr")["errors"]) == keys
    assert set(sentences("en")["errors"]) == keys


def test_both_languages_have_the_same_entries() -> None:
    french, english = sentences("fr"), sentences("en")
    assert french.keys() == english.keys()
    for section in (
        "answers",
        "help",
        "commands",
        "confirmations",
        "domains",
        "states",
    ):
        assert french[section].keys() == english[section].keys()
    # A verb alone has one form for both genders.
    assert all(
        set(forms) in ({"ms", "fs", "mp", "fp"}, {"s", "p"})
        for forms in french["states"].values()
    )
    assert all(set(forms) == {"s", "p"} for forms in english["states"].values())


def test_error_for_the_ear_and_for_the_eye() -> None:
    error = ModelNotFoundError(server="192.168.1.5:11434", model="qwen3:4b")
    spoken, written = say_error("fr", error)
    assert "192.168.1.5" not in spoken
    assert "qwen3:4b" in written
    assert "192.168.1.5:11434" in written


def test_error_that_lacks_what_it_names_is_still_said() -> None:
    assert say_error("en", TextTooLongError()) == (
        "That is too long for me. Say it more briefly, please.",
        "That is too long for me. Say it more briefly, please.",
    )


def test_error_in_any_language() -> None:
    assert spoken_error(JarvisError(), "fr-CA").startswith("Désolé")
    assert spoken_error(JarvisError(), "de").startswith("Sorry")


def test_errors_ask_nothing() -> None:
    """Jarvis does not listen on after an error."""
    for language in ("fr", "en"):
        for error in sentences(language)["errors"].values():
            assert not error["spoken"].endswith("?")
