"""What is written on a list of what was said for it."""

import pytest

from custom_components.jarvis.assistant.understanding.lists import without_article
from custom_components.jarvis.engines.language import Listing, read_listing


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


@pytest.mark.parametrize(
    ("language", "said", "item"),
    [
        ("en", "take the milk off the groceries", "the milk"),
        ("en", "remove eggs from my shopping list", "eggs"),
        ("fr", "retire le lait des courses", "le lait"),
        ("fr", "enlève les œufs de la liste", "les œufs"),
    ],
)
def test_items_are_taken_off(language: str, said: str, item: str) -> None:
    request = read_listing(said, language)
    assert request is not None
    assert (request.listing, request.item) == (Listing.REMOVE, item)
