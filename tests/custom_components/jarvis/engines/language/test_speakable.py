"""Replies are made for ears."""

import re
from collections.abc import AsyncGenerator

import pytest

from custom_components.jarvis.engines.language import speak_stream, speakable

SIGNS = re.compile(r"[*_#`|<>{}\[\]()°%€$£²³/\\=&@«»“”\"…]|https?|www\.")

FRENCH = [
    ("Il fait **21,5 °C**.", "Il fait 21,5 degrés."),
    ("Il fait 21.5°C", "Il fait 21,5 degrés"),
    ("Il fait 1 °C", "Il fait 1 degré"),
    ("Il fait -5 °C", "Il fait moins 5 degrés"),
    ("L'humidité est de 44 %.", "L'humidité est de 44 pour cent."),
    ("1,5 kWh et 2 kWh", "1,5 kilowattheure et 2 kilowattheures"),
    ("12 345 W", "12345 watts"),
    ("Vent : 20 km/h", "Vent : 20 kilomètres heure"),
    ("1013 hPa", "1013 hectopascals"),
    ("12 µg/m³", "12 microgrammes par mètre cube"),
    ("25 m² et 3 m³", "25 mètres carrés et 3 mètres cubes"),
    ("0,25 €/kWh", "0,25 euro par kilowattheure"),
    ("12 €", "12 euros"),
    ("1 €", "1 euro"),
    ("3,50 €", "3 euros 50"),
    ("1 234,05 €", "1234 euros 5"),
    ("5 $", "5 dollars"),
    ("3 h 05", "3 heures 5"),
    ("à 15h30", "à 15 heures 30"),
    ("à 15:30:00", "à 15 heures 30"),
    ("à 1 h", "à 1 heure"),
    ("dans 5 min", "dans 5 minutes"),
    ("le 1er mai", "le premier mai"),
    ("la 1re fois", "la première fois"),
    ("le 2e étage", "le deuxième étage"),
    ("le 21/11/2026", "le 21 novembre 2026"),
    ("le 2026-11-01", "le premier novembre 2026"),
    ("entre 18-21 °C", "entre 18 à 21 degrés"),
    ("M. Dupont et Mme Durand", "monsieur Dupont et madame Durand"),
    ("des fruits, p. ex. des pommes", "des fruits, par exemple des pommes"),
    ("le n° 5", "le numéro 5"),
    ("oui & non", "oui et non"),
    ("salon et/ou cuisine", "salon ou cuisine"),
    ("# Titre\n\nDu texte", "Titre. Du texte"),
    ("- lait\n- œufs\n- pain", "lait, œufs, pain"),
    ("1. Ouvrir.\n2. Fermer.", "Ouvrir. Fermer."),
    ("Voir [la doc](https://exemple.fr/a?b=c).", "Voir la doc."),
    ("Voir https://www.exemple.fr/a.", "Voir exemple point fr."),
    ("à jean@exemple.fr", "à jean arobase exemple point fr"),
    ("Bravo 🎉👍🏽 !", "Bravo !"),
    ("`code` et ~~barré~~", "code et barré"),
    ("***important***", "important"),
    ("Il dit « bonjour ».", "Il dit bonjour."),
    ("Bien (très bien) fait", "Bien, très bien, fait"),
    ("Attends… voilà", "Attends. voilà"),
    ("| a | b |\n|---|---|\n| 1 | 2 |", "a, b. 1, 2"),
    ("Aujourd'hui, il l'a dit.", "Aujourd'hui, il l'a dit."),
    ("L'arc-en-ciel", "L'arc-en-ciel"),
]

ENGLISH = [
    ("It is **21.5 °C**.", "It is 21.5 degrees."),
    ("It is 1 °C", "It is 1 degree"),
    ("It is -5°F", "It is minus 5 degrees Fahrenheit"),
    ("Humidity is 44%.", "Humidity is 44 percent."),
    ("1 kWh and 1.5 kWh", "1 kilowatt hour and 1.5 kilowatt hours"),
    ("1,234 W", "1234 watts"),
    ("20 mph and 30 km/h", "20 miles per hour and 30 kilometres per hour"),
    ("12 µg/m³", "12 micrograms per cubic metre"),
    ("25 m²", "25 square metres"),
    ("6 ft and 1 ft", "6 feet and 1 foot"),
    ("$5", "5 dollars"),
    ("$1", "1 dollar"),
    ("£3.20", "3 pounds 20"),
    ("€12.00", "12 euros"),
    ("at 3:05 pm", "at 3 oh 5 PM"),
    ("at 15:30", "at 3 30 PM"),
    ("at 7:00", "at 7 o'clock"),
    ("at 7:00 a.m. sharp", "at 7 AM sharp"),
    ("at 0:15", "at 12 15 AM"),
    ("in 5 min", "in 5 minutes"),
    ("on 2026-11-20", "on November 20, 2026"),
    ("18-21 °C", "18 to 21 degrees"),
    ("Mr. Smith and Dr. Jones", "Mister Smith and Doctor Jones"),
    ("fruit, e.g. apples", "fruit, for example, apples"),
    ("salt & pepper", "salt and pepper"),
    ("kitchen and/or hall", "kitchen or hall"),
    ("on/off", "on or off"),
    ("2 + 2 = 4", "2 plus 2 equals 4"),
    ("## Title\nText", "Title. Text"),
    ("* milk\n* eggs", "milk, eggs"),
    ("1. Open.\n2. Close.", "Open. Close."),
    ("See [the docs](https://example.com/a).", "See the docs."),
    ("See https://www.example.com/a/b.", "See example dot com."),
    ("to joe@example.com", "to joe at example dot com"),
    ("Done ✅🙂", "Done"),
    ("`code`", "code"),
    ("a_b and *very* good", "a b and very good"),
    ('He said "hello".', "He said hello."),
    ("Wait… there", "Wait. there"),
    ("Don't, it's fine.", "Don't, it's fine."),
    ("a well-known thing", "a well-known thing"),
]


@pytest.mark.parametrize(("written", "spoken"), FRENCH)
def test_french(written: str, spoken: str) -> None:
    assert speakable(written, "fr") == spoken
    assert not SIGNS.search(spoken)


@pytest.mark.parametrize(("written", "spoken"), ENGLISH)
def test_english(written: str, spoken: str) -> None:
    assert speakable(written, "en") == spoken
    assert not SIGNS.search(spoken)


async def test_stream_is_spoken_by_sentences() -> None:
    async def pieces() -> AsyncGenerator[str]:
        for piece in ("Il fait", " **21", ",5 °C**", ". M.", " Dup", "ont est", " là",
                      "\n- un", "\n- deux"):  # fmt: skip
            yield piece

    said = [piece async for piece in speak_stream(pieces(), "fr")]
    assert said == [
        "Il fait 21,5 degrés. ",
        "monsieur Dupont est là. ",
        "un. ",
        "deux.",
    ]


async def test_nothing_but_signs_is_not_spoken() -> None:
    async def pieces() -> AsyncGenerator[str]:
        yield "🙂 ***"

    assert [piece async for piece in speak_stream(pieces(), "en")] == []


async def test_sentence_without_an_end_is_spoken_in_parts() -> None:
    async def pieces() -> AsyncGenerator[str]:
        for _ in range(300):
            yield "encore "

    said = [piece async for piece in speak_stream(pieces(), "fr")]
    assert len(said) > 1
    assert "".join(said).split() == [*["encore"] * 299, "encore."]
