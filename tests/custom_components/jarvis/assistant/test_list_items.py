"""What is written on a list of what was said for it."""

import pytest

from custom_components.jarvis.assistant.understanding.lists import without_article


@pytest.mark.parametrize(
    ("language", "said", "written"),
    [
        ("en", "call the dentist", "call the dentist"),
        ("en", "some milk", "milk"),
        ("en", "the big bag of the dog food", "big bag of the dog food"),
        ("fr", "du lait de la ferme", "lait de la ferme"),
        ("fr", "appeler le dentiste", "appeler le dentiste"),
        ("fr", "de l'huile", "huile"),
    ],
)
def test_only_the_first_article_goes(language: str, said: str, written: str) -> None:
    assert without_article(said, language) == written
