"""What is an order, and what must not be taken for one."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from custom_components.jarvis.engines.language import (
    Action,
    Order,
    Unit,
    detect,
    likeness,
    read_orders,
)

PHRASES = Path(__file__).parents[5] / "bench" / "nlu"


def short(order: Order) -> str:
    parts: list[Any] = [order.action, " ".join(order.target)]
    parts += ["it"] if order.refers else []
    parts += ["again"] if order.repeats else []
    parts += [f"{order.value:g} {order.unit}"] if order.value is not None else []
    return " ".join(str(part) for part in parts if part)


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("pourriez-vous éteindre la lampe s'il vous plaît", ["off lampe"]),
        ("Jarvis, tu veux bien m'allumer le salon ?", ["on salon"]),
        ("est-ce qu'on peut fermer les volets", ["close volets"]),
        ("je voudrais que les volets soient fermés", ["close volets"]),
        ("je veux la lampe éteinte merci", ["off lampe"]),
        ("éteins-la", ["off it"]),
        ("tu peux la rallumer", ["on it"]),
        ("mets-la à trente pour cent", ["set it 30 percent"]),
        ("mets le chauffage à vingt et un degrés", ["set chauffage 21 degrees"]),
        ("mets la lampe à quatre-vingt-dix %", ["set lampe 90 percent"]),
        ("ouvre les volets à moitié", ["set volets 50 percent"]),
        ("mets la hotte en marche", ["on hotte"]),
        ("et dans la cuisine ?", ["cuisine again"]),
        (
            "allume le salon et la cuisine puis ferme les volets",
            ["on salon", "on cuisine", "close volets"],
        ),
        ("éteint la lumière", ["off lumiere"]),
        ("mais la lumière", ["on lumiere"]),
    ],
)
def test_french_orders(text: str, orders: list[str]) -> None:
    assert [short(order) for order in read_orders(text, "fr") or []] == orders


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("could you please turn the lamp off", ["off lamp"]),
        ("would you mind turning off the lamp?", ["off lamp"]),
        ("I'd like you to open the blinds", ["open blinds"]),
        ("I want the lamp on", ["on lamp"]),
        ("make sure that the door is locked", ["lock door"]),
        ("turn it off again please", ["off it"]),
        ("turn them back on", ["on it"]),
        ("set it to half", ["set it 50 percent"]),
        ("turn the heating to twenty degrees", ["set heating 20 degrees"]),
        ("turn the lights in the kitchen off", ["off lights kitchen"]),
        ("turn of the lamp", ["off lamp"]),
        ("and in the kitchen?", ["kitchen again"]),
        ("turn the lamp off and the fan on", ["off lamp", "on fan"]),
        ("turn off the lights, then lock the door", ["off lights", "lock door"]),
        ("lamp off", ["off lamp"]),
    ],
)
def test_english_orders(text: str, orders: list[str]) -> None:
    assert [short(order) for order in read_orders(text, "en") or []] == orders


def refusals() -> list[tuple[str, str]]:
    """Return what must not act and is refused by its form alone."""
    return [
        ("fr", "est-ce que la lampe est allumée ?"),
        ("fr", "n'allume pas la lampe"),
        ("fr", "j'ai éteint la lampe"),
        ("fr", "as-tu éteint la lampe ?"),
        ("fr", "allume la lampe si je rentre"),
        ("fr", "je ne veux pas que tu allumes la lampe"),
        ("fr", "je n'aimerais pas que la lampe soit allumée"),
        ("fr", "bonjour"),
        ("fr", ""),
        ("en", "is the lamp on?"),
        ("en", "don't turn on the lamp"),
        ("en", "I turned off the lamp"),
        ("en", "did you turn off the lamp"),
        ("en", "turn on the lamp when I come home"),
        ("en", "I don't want the lamp on"),
        ("en", "would you mind not turning off the lamp"),
        ("en", "hello"),
        ("en", ""),
    ]


@pytest.mark.parametrize(("language", "text"), refusals())
def test_what_is_no_order(language: str, text: str) -> None:
    assert read_orders(text, language) is None


def test_time_is_left_to_whoever_knows_time() -> None:
    orders = read_orders("peux-tu allumer la lampe dans dix minutes", "fr")
    assert orders is not None
    assert orders[0].plain_only
    assert orders[0].sentence == "allume la lampe dans dix minutes"


def test_plain_sentence_keeps_the_accents() -> None:
    orders = read_orders("Pourrais-tu éteindre l'entrée d'à côté ?", "fr")
    assert orders is not None
    assert orders[0].sentence == "éteins l'entrée d'à côté"
    assert orders[0].action is Action.OFF


def test_value_has_its_unit() -> None:
    orders = read_orders("set the heating to 20.5 degrees", "en")
    assert orders is not None
    assert (orders[0].value, orders[0].unit) == (20.5, Unit.DEGREES)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("éteins la lumière du salon", "fr"),
        ("turn off the kitchen light", "en"),
        ("télévision", None),
        ("ok", None),
    ],
)
def test_language_of_words(text: str, language: str | None) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("language", ["fr", "en"])
def test_language_of_all_phrases(language: str) -> None:
    """No phrase of one language is taken for the other, but for those that are."""
    cases = yaml.safe_load((PHRASES / f"{language}.yaml").read_text("utf-8"))
    phrases = [case["say"] for group in cases.values() for case in group]
    other = {"fr": "en", "en": "fr"}[language]
    assert [text for text in phrases if detect(text) == other] == {
        "fr": ["turn off the télévision please", "please turn on the guirlande"],
        "en": [
            "éteins la television s'il te plaît",
            "allume la kitchen light s'il te plaît",
            "tu peux éteindre la floor lamp",
            "éteins la floor lamp s'il te plaît",
        ],
    }[language]


@pytest.mark.parametrize(
    ("heard", "name", "language"),
    [
        ("lampe de chevais", "Lampe de chevet", "fr"),
        ("ote", "Hotte", "fr"),
        ("plafonié", "Plafonnier", "fr"),
        ("floor lamb", "Floor lamp", "en"),
        ("sealing fan", "Ceiling fan", "en"),
    ],
)
def test_misheard_names_are_alike(heard: str, name: str, language: str) -> None:
    assert likeness(heard, name, language) >= 0.8


@pytest.mark.parametrize(
    ("heard", "name", "language"),
    [
        ("lampe de bureau", "Lampe de chevet", "fr"),
        ("salon", "Garage", "fr"),
        ("garden light", "Kitchen light", "en"),
    ],
)
def test_other_names_are_not(heard: str, name: str, language: str) -> None:
    assert likeness(heard, name, language) < 0.68
