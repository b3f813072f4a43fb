"""Whether an utterance puts an order off, so that a model must not act at once."""

from datetime import datetime

import pytest

from custom_components.jarvis.engines.language import defers, read_later

NOW = datetime(2026, 11, 20, 10)  # noqa: DTZ001

LATER = [
    "allume le salon et dans dix minutes éteins-la",
    "quand je rentre, allume l'entrée",
    "turn off the light when I leave",
    "dans dix minutes éteins ça",
    "éteins dans une heure et demie la lumière",
    "éteins le salon à vingt et une heures",
    "at 7 p.m. turn off the light",
    "est-ce que tu peux éteindre la lumière dans dix minutes ?",
    "s'il pleut, ferme les volets",
    "dès que j'arrive allume le salon",
    "allume la lumière si quelqu'un sonne",
    "if it rains close the blinds",
    "turn on the lamp as soon as I get home",
    "once everyone is in bed turn off the lights",
    "in ten minutes, turn that off",
    "switch it off in a bit and tell me a joke",
    "allume le salon pendant dix minutes",
    "programme l'arrosage pour 19 heures",
    "turn everything off at half past ten",
    "éteins la télé après le film",
    "lorsqu'il fait nuit allume le jardin",
    "I want the lights off in ten minutes",
    "could you turn off the light when the movie ends",
    "je voudrais le salon éteint dans dix minutes",
    "turn the light off, but only in ten minutes",
    "allume la lumière ce soir",
    "ferme les volets au coucher du soleil",
    "close the blinds at sunset",
    "lower the blinds at sundown",
    "éteins la lumière dans 10 min",
    "arme l'alarme dans dix minutes",
    "toutes les heures allume la lampe",
    "tu allumeras le salon demain matin",
    "éteins la lumière d'ici un quart d'heure",
    "rappelle-moi d'éteindre la lampe dans dix minutes",
    "remind me to turn off the lamp in ten minutes",
    "dis à la lampe de s'éteindre dans dix minutes",
    "tell the lamp to turn off in ten minutes",
]

NOT_LATER = [
    "allume le salon et raconte une histoire",
    "quelle heure sera-t-il dans dix minutes ?",
    "rappelle-moi dans dix minutes",
    "allume le salon et dis-moi quel temps il fera demain",
    "turn on the light and tell me what the weather will be tomorrow",
    "allume la lumière s'il te plaît",
    "éteins la lumière si tu veux bien",
    "turn off the light if you can",
    "turn off the light please when you get a chance",
    "remind me in ten minutes to take the bread out",
    "mets un minuteur de dix minutes",
    "set a timer for ten minutes and turn on the light",
    "dis-moi si la lumière est allumée",
    "il fait sombre ce soir, allume la lumière",
    "what time will it be in ten minutes?",
    "turn on the light for me",
    "allume la lampe à 50 %",
    "set the light at 5",
    "je rentre dans dix minutes, allume le chauffage",
    "tell me a story about a soon famous dog and turn on the lamp",
    "is it going to rain tomorrow?",
    "mets la lumière comme avant",
    "I'm cold, turn up the heating",
    "allume le salon même s'il fait jour",
    "ajoute du pain à la liste pour demain et allume le salon",
    "raconte une histoire qui se passe demain soir et allume le salon",
    "mets de la musique",
    "play some jazz and dim the lights",
    "allume la deuxième lampe",
    "mets le chauffage à 19 degrés et demi",
]


@pytest.mark.parametrize("text", LATER)
def test_what_is_for_later_or_conditional(text: str) -> None:
    assert defers(text)


@pytest.mark.parametrize("text", NOT_LATER)
def test_what_may_be_done_at_once(text: str) -> None:
    assert not defers(text)


@pytest.mark.parametrize(
    ("language", "text", "now", "command", "seconds"),
    [
        (
            "fr",
            "allume le salon et dans dix minutes éteins-la",
            "allume le salon",
            "éteins-la",
            600,
        ),
        (
            "fr",
            "allume le salon puis à 19 h ferme les volets",
            "allume le salon",
            "ferme les volets",
            9 * 3600,
        ),
        (
            "en",
            "turn on the lamp and then in an hour turn it off",
            "turn on the lamp",
            "turn it off",
            3600,
        ),
    ],
)
def test_now_and_later(
    language: str, text: str, now: str, command: str, seconds: float
) -> None:
    found = read_later(text, language, NOW)
    assert found is not None
    assert found[0] == now
    assert (found[1].command, found[1].seconds) == (command, seconds)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "éteins le salon et la cuisine dans dix minutes"),
        ("fr", "dans dix minutes éteins le salon et la cuisine"),
        ("fr", "éteins la lampe dans une heure et dix minutes"),
        ("en", "turn off the lamp and the fan in ten minutes"),
        ("en", "turn off the lamp in an hour and a half"),
    ],
)
def test_one_time_for_all(language: str, text: str) -> None:
    assert read_later(text, language, NOW) is None
