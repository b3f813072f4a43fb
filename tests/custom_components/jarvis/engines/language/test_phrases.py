"""Names of things in a sentence."""

import pytest

from custom_components.jarvis.engines.language import (
    counted,
    enumerate_phrases,
    named,
    speech_language,
)


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("Lumière du salon", "la lumière du salon", "fs"),
        ("Lampe", "la lampe", "fs"),
        ("Lumière Salon", "la lumière salon", "fs"),
        ("Plafonnier de la chambre", "le plafonnier de la chambre", "ms"),
        ("Éclairage extérieur", "l'éclairage extérieur", "ms"),
        ("Ampoule du couloir", "l'ampoule du couloir", "fs"),
        ("Volets de la chambre", "les volets de la chambre", "mp"),
        ("Lumières de la cuisine", "les lumières de la cuisine", "fp"),
        ("Rideaux", "les rideaux", "mp"),
        ("Porte du garage", "la porte du garage", "fs"),
        ("TV du salon", "la TV du salon", "fs"),
        ("Le bureau", "le bureau", "ms"),
        ("L'applique du bureau", "l'applique du bureau", "fs"),
        ("Chambre de Léa", "la chambre de Léa", "fs"),
        ("Hotte", "la hotte", "fs"),
        ("Haut-parleur", "le haut-parleur", "ms"),
        ("Climatisation", "la climatisation", "fs"),
        ("Lave-vaisselle", "le lave-vaisselle", "ms"),
        ("Robot aspirateur", "le robot aspirateur", "ms"),
        ("Zorglub", "Zorglub", "ms"),
    ],
)
def test_french_names(name: str, text: str, form: str) -> None:
    phrase = named(name, "fr")
    assert (phrase.text, phrase.form) == (text, form)


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("Kitchen light", "the kitchen light", "s"),
        ("Kitchen Light", "the kitchen light", "s"),
        ("Bedroom Lights", "the bedroom lights", "p"),
        ("Lights in the kitchen", "the lights in the kitchen", "p"),
        ("The big lamp", "the big lamp", "s"),
        ("Alice's lamp", "Alice's lamp", "s"),
        ("LED strip", "the LED strip", "s"),
        ("Bus", "the bus", "s"),
        ("Glass door", "the glass door", "s"),
        ("My lamp", "my lamp", "s"),
    ],
)
def test_english_names(name: str, text: str, form: str) -> None:
    phrase = named(name, "en")
    assert (phrase.text, phrase.form) == (text, form)


@pytest.mark.parametrize(
    ("count", "kind", "area", "language", "text", "form"),
    [
        (1, "light", "Salon", "fr", "la lumière du salon", "fs"),
        (3, "light", "Salon", "fr", "les 3 lumières du salon", "fp"),
        (2, "shutter", "Chambre", "fr", "les 2 volets de la chambre", "mp"),
        (2, "light", "Entrée", "fr", "les 2 lumières de l'entrée", "fp"),
        (2, "light", "Combles", "fr", "les 2 lumières de Combles", "fp"),
        (5, "", None, "fr", "les 5 appareils", "mp"),
        (1, "light", "Kitchen", "en", "the kitchen light", "s"),
        (4, "blind", "Living Room", "en", "the 4 living room blinds", "p"),
        (5, "", None, "en", "the 5 devices", "p"),
    ],
)
def test_counted(
    count: int, kind: str, area: str | None, language: str, text: str, form: str
) -> None:
    phrase = counted(count, kind, area, language)
    assert (phrase.text, phrase.form) == (text, form)


def test_lists() -> None:
    assert enumerate_phrases(["a"], "fr") == "a"
    assert enumerate_phrases(["a", "b", "c"], "fr") == "a, b et c"
    assert enumerate_phrases(["a", "b"], "en") == "a and b"


@pytest.mark.parametrize(
    ("tag", "language"),
    [("fr", "fr"), ("fr-CA", "fr"), ("en_GB", "en"), ("de", "en"), ("", "en")],
)
def test_speech_language(tag: str, language: str) -> None:
    assert speech_language(tag) == language
