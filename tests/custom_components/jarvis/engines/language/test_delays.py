"""Times of orders: which are read, and what is no time though it looks like one."""

from datetime import UTC, datetime

import pytest

from custom_components.jarvis.engines.language import read_delay

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
MINUTE, HOUR = 60, 3600

SPANS = [
    ("fr", "allume le salon dans dix minutes", "allume le salon", 10 * MINUTE),
    ("fr", "dans une demi-heure éteins la lampe", "éteins la lampe", 30 * MINUTE),
    ("fr", "dans un quart d'heure, ouvre le volet", "ouvre le volet", 15 * MINUTE),
    ("fr", "éteins la lampe dans 1 heure et demie", "éteins la lampe", 1.5 * HOUR),
    ("fr", "éteins la lampe dans 1 h 30", "éteins la lampe", 1.5 * HOUR),
    ("fr", "éteins la lampe dans vingt-deux minutes", "éteins la lampe", 22 * MINUTE),
    ("fr", "mets le volet à 50 % dans deux heures", "mets le volet à 50 %", 2 * HOUR),
    ("fr", "éteins-la dans une minute et demie stp", "éteins-la", 90),
    ("fr", "éteins la lampe dans deux jours", "éteins la lampe", 48 * HOUR),
    ("en", "turn on the lamp in ten minutes", "turn on the lamp", 10 * MINUTE),
    ("en", "in half an hour turn off the lamp", "turn off the lamp", 30 * MINUTE),
    ("en", "turn it off in an hour and a half", "turn it off", 1.5 * HOUR),
    ("en", "turn it off in two and a half hours", "turn it off", 2.5 * HOUR),
    ("en", "turn it off in 1 hour and 20 minutes please", "turn it off", 80 * MINUTE),
    ("en", "in 20 seconds, open the blind", "open the blind", 20),
    ("en", "turn it off after a minute", "turn it off", MINUTE),
]


@pytest.mark.parametrize(("language", "text", "command", "seconds"), SPANS)
def test_span(language: str, text: str, command: str, seconds: float) -> None:
    delay = read_delay(text, language, NOW)
    assert delay
    assert (delay.command, delay.seconds, delay.clock) == (command, seconds, None)


@pytest.mark.parametrize(
    ("language", "text", "when"),
    [
        ("fr", "éteins la lampe à 19 heures", (20, 19, 0)),
        ("fr", "éteins la lampe à 19h30", (20, 19, 30)),
        ("fr", "à 8 heures et demie éteins la lampe", (20, 20, 30)),
        ("fr", "éteins la lampe à 8 heures du matin", (21, 8, 0)),
        ("fr", "ferme le volet à 9 heures moins le quart", (20, 20, 45)),
        ("fr", "éteins la lampe ce soir à 10 heures", (20, 22, 0)),
        ("fr", "éteins la lampe à 10 heures du soir", (20, 22, 0)),
        ("fr", "éteins la lampe demain à 7 h", (21, 7, 0)),
        ("fr", "éteins la lampe à midi", (20, 12, 0)),
        ("fr", "éteins la lampe à minuit", (21, 0, 0)),
        ("en", "turn it off at 7 pm", (20, 19, 0)),
        ("en", "turn it off at 7 p.m.", (20, 19, 0)),
        ("en", "turn it off at 7:30", (20, 19, 30)),
        ("en", "turn it off at ten thirty", (20, 10, 30)),
        ("en", "turn it off at half past eleven", (20, 11, 30)),
        ("en", "at quarter to nine turn it off", (20, 20, 45)),
        ("en", "turn it off tonight at 10", (20, 22, 0)),
        ("en", "turn it off tomorrow at 7", (21, 7, 0)),
        ("en", "turn it off at 7 o'clock", (20, 19, 0)),
        ("en", "turn it off at noon", (20, 12, 0)),
        ("en", "turn it off at midnight", (21, 0, 0)),
    ],
)
def test_clock(language: str, text: str, when: tuple[int, int, int]) -> None:
    delay = read_delay(text, language, NOW)
    assert delay
    assert delay.clock == datetime(2026, 11, *when, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "text", "when"),
    [
        ("fr", "allume la lampe demain matin", "demain matin"),
        ("fr", "allume la lampe plus tard", "plus tard"),
        ("fr", "tous les soirs à 20 h allume la lampe", "tous les soirs à 20 h"),
        ("fr", "allume la lampe pendant dix minutes", "pendant dix minutes"),
        ("fr", "allume la lampe jusqu'à 22 h", "jusqu'à 22 h"),
        ("fr", "allume la lampe samedi soir", "samedi soir"),
        ("en", "turn on the lamp tomorrow morning", "tomorrow morning"),
        ("en", "every evening at 8 turn on the lamp", "every evening at 8"),
        ("en", "turn on the lamp for ten minutes", "for ten minutes"),
        ("en", "turn on the lamp until 10 pm", "until 10 pm"),
        ("en", "turn on the lamp on saturday", "on saturday"),
        ("en", "turn on the lamp later", "later"),
    ],
)
def test_no_single_moment(language: str, text: str, when: str) -> None:
    delay = read_delay(text, language, NOW)
    assert delay
    assert (delay.when, delay.seconds) == (when, None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "allume la lampe dans le salon"),
        ("fr", "mets le radiateur à 19"),
        ("fr", "mets le volume à 20 %"),
        ("fr", "quelle heure est-il"),
        ("fr", "dans dix minutes"),
        ("fr", "allume la lampe du matin calme"),
        ("en", "turn on the lamp in the kitchen"),
        ("en", "set the lamp at 50"),
        ("en", "set the lamp at 50 percent"),
        ("en", "what time is it"),
        ("en", "in ten minutes"),
    ],
)
def test_no_time(language: str, text: str) -> None:
    assert read_delay(text, language, NOW) is None
