"""Orders for later: nothing is done at once, and what is promised is kept."""

import asyncio
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.intent.const import TIMER_DATA
from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.event import async_track_state_change_event
from pytest_homeassistant_custom_component.common import async_capture_events

from tests.fakes.home import (
    DoorLock,
    Lamp,
    Shutter,
    Thermostat,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)

NAMES = {
    "fr": ("Lampe", "Radiateur", "Porte", "Volet"),
    "en": ("Lamp", "Heater", "Door", "Blind"),
}

KEPT = [
    ("fr", "allume le salon dans dix minutes", "allume le salon", 600),
    ("fr", "dans une demi-heure éteins la lampe", "éteins la lampe", 1800),
    ("fr", "éteins le radiateur à 19 heures", "éteins le radiateur", 9 * 3600),
    ("fr", "dans un quart d'heure ouvre le volet", "ouvre le volet", 900),
    ("fr", "tu peux éteindre la lampe dans 5 minutes stp", "éteindre la lampe", 300),
    ("fr", "dans 20 secondes, éteins la lampe", "éteins la lampe", 20),
    ("en", "turn on the lamp in ten minutes", "turn on the lamp", 600),
    ("en", "in half an hour turn off the lamp", "turn off the lamp", 1800),
    ("en", "turn off the heater at 7 pm", "turn off the heater", 9 * 3600),
    ("en", "turn off the lamp in an hour and a half", "turn off the lamp", 5400),
    ("en", "could you turn off the lamp in 5 minutes please", "turn off the lamp", 300),
    ("en", "open the blind at quarter past eleven", "open the blind", 4500),
]
CANNOT = {
    "fr": "Je ne sais pas encore le faire {when} : je n'ai rien fait.",
    "en": "I can't do that {when} yet, so I have done nothing.",
}
CRITICAL = {
    "fr": "Cela, je ne le fais pas sans te demander confirmation",
    "en": "I don't do that without asking you first",
}
HELP = {"fr": "Je n'ai pas compris.", "en": "I didn't understand."}
UNKNOWN = {
    "fr": "Je ne connais rien qui s'appelle « {when} ».",
    "en": 'I know nothing called "{when}".',
}
NOT_SO = {
    "fr": "Je connais {when}, mais cela, je ne sais pas le faire avec.",
    "en": "I know {when}, but I can't do that with it.",
}


async def furnish(hass: HomeAssistant, language: str) -> None:
    lamp, heater, door, blind = NAMES[language]
    lock = DoorLock(door, locked=True)
    devices = {"Salon": [Lamp(lamp), Shutter(blind)], "": [Thermostat(heater), lock]}
    await async_furnish(hass, devices, language)
    await async_install_jarvis(hass)


def waiting(hass: HomeAssistant) -> list[tuple[str | None, int]]:
    """Return what waits for its time, and stop it from waiting."""
    manager = hass.data[TIMER_DATA]
    found = [
        (t.conversation_command, t.created_seconds) for t in manager.timers.values()
    ]
    for timer_id in list(manager.timers):
        manager.cancel_timer(timer_id)
    return found


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_order_waits_for_its_time(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, language: str
) -> None:
    await hass.config.async_set_time_zone("UTC")
    freezer.move_to("2026-11-20 10:00:00")
    await furnish(hass, language)
    calls = async_capture_events(hass, EVENT_CALL_SERVICE)
    for told, text, command, seconds in KEPT:
        if told == language:
            result = await async_ask(hass, text, language)
            assert waiting(hass) == [(command, seconds)], text
            agreed = {"fr": "D'accord, je le ferai ", "en": "All right, I'll do that "}
            assert speech(result).startswith(agreed[language])
            assert not result.continue_conversation
    assert not calls


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("fr", "éteins la lampe à 19h30", "D'accord, je le ferai à 19 h 30."),
        ("fr", "éteins la lampe demain à 7 h", "D'accord, je le ferai demain à 7 h."),
        ("fr", "éteins la lampe à minuit", "D'accord, je le ferai à minuit."),
        (
            "fr",
            "Dans dix minutes éteins la lampe",
            "D'accord, je le ferai dans dix minutes.",
        ),
        ("en", "turn off the lamp at 7:30", "All right, I'll do that at 7:30 pm."),
        (
            "en",
            "turn off the lamp tomorrow at 7",
            "All right, I'll do that tomorrow at 7 am.",
        ),
        ("en", "turn off the lamp at noon", "All right, I'll do that at noon."),
    ],
)
async def test_answer_tells_the_time_that_was_understood(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    language: str,
    text: str,
    answer: str,
) -> None:
    await hass.config.async_set_time_zone("UTC")
    freezer.move_to("2026-11-20 10:00:00")
    await furnish(hass, language)
    assert speech(await async_ask(hass, text, language)) == answer
    assert len(waiting(hass)) == 1


REFUSED = [
    ("fr", "allume la lampe demain matin", CANNOT, "demain matin"),
    ("fr", "éteins la lampe dans deux jours", CANNOT, "dans deux jours"),
    ("fr", "tous les soirs à 20 h allume la lampe", CANNOT, "tous les soirs à 20 h"),
    ("fr", "allume la lampe pendant dix minutes", CANNOT, "pendant dix minutes"),
    ("fr", "allume la lampe jusqu'à 22 h", CANNOT, "jusqu'à 22 h"),
    ("fr", "allume la lampe plus tard", CANNOT, "plus tard"),
    ("fr", "déverrouille la porte dans dix minutes", CRITICAL, ""),
    ("fr", "allume la lampe et ouvre la porte à 19 h", CRITICAL, ""),
    ("fr", "allume la lampe et verrouille la lampe à 19 h", NOT_SO, "la lampe"),
    # What is not known is called by its name alone, without the time.
    ("fr", "allume le zorglub dans dix minutes", UNKNOWN, "zorglub"),
    ("fr", "allume la lampe et dans une heure ouvre le zorglub", UNKNOWN, "zorglub"),
    ("fr", "brûle la maison dans cinq minutes", HELP, ""),
    ("fr", "éteins-la dans une minute", HELP, ""),
    ("fr", "allume la lampe et dans dix minutes brûle la maison", HELP, ""),
    ("fr", "allume la lampe et dans dix minutes déverrouille la porte", CRITICAL, ""),
    ("fr", "allume la lampe et demain éteins-la", CANNOT, "demain"),
    ("en", "turn on the lamp tomorrow morning", CANNOT, "tomorrow morning"),
    ("en", "turn off the lamp in two days", CANNOT, "in two days"),
    ("en", "every evening at 8 turn on the lamp", CANNOT, "every evening at 8"),
    ("en", "turn on the lamp for ten minutes", CANNOT, "for ten minutes"),
    ("en", "turn on the lamp until 10 pm", CANNOT, "until 10 pm"),
    ("en", "turn on the lamp later", CANNOT, "later"),
    ("en", "unlock the door in ten minutes", CRITICAL, ""),
    ("en", "turn on the lamp and open the door at 7 pm", CRITICAL, ""),
    ("en", "turn on the lamp and lock the lamp at 7 pm", NOT_SO, "the lamp"),
    ("en", "turn on the zorglub in ten minutes", UNKNOWN, "zorglub"),
    ("en", "turn on the lamp and in an hour open the zorglub", UNKNOWN, "zorglub"),
    ("en", "burn the house in five minutes", HELP, ""),
    ("en", "turn it off in a minute", HELP, ""),
    ("en", "turn on the lamp and in ten minutes burn the house", HELP, ""),
    ("en", "turn on the lamp and in ten minutes unlock the door", CRITICAL, ""),
    ("en", "turn on the lamp and tomorrow turn it off", CANNOT, "tomorrow"),
]


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_what_cannot_wait_is_refused_aloud(
    hass: HomeAssistant, language: str
) -> None:
    await furnish(hass, language)
    calls = async_capture_events(hass, EVENT_CALL_SERVICE)
    for told, text, answer, when in REFUSED:
        if told == language:
            words = speech(await async_ask(hass, text, language))
            assert words.startswith(answer[language].format(when=when)), text
            assert waiting(hass) == []
    assert not calls


@pytest.mark.parametrize(
    ("language", "first", "then", "command"),
    [
        ("fr", "allume la lampe", "éteins-la dans une minute", "éteins la lampe"),
        ("en", "turn on the lamp", "turn it off in a minute", "turn off the lamp"),
    ],
)
async def test_it_is_called_by_its_name(
    hass: HomeAssistant, language: str, first: str, then: str, command: str
) -> None:
    await furnish(hass, language)
    result = await async_ask(hass, first, language)
    await async_ask(hass, then, language, conversation_id=result.conversation_id)
    assert waiting(hass) == [(command, 60)]


@pytest.mark.parametrize(
    ("language", "order", "text", "answer"),
    [
        (
            "fr",
            "allume la lampe dans dix minutes",
            "annule",
            "D'accord, je ne le ferai",
        ),
        (
            "fr",
            "allume la lampe à midi",
            "non, laisse tomber",
            "D'accord, je ne le ferai",
        ),
        ("en", "turn on the lamp in ten minutes", "cancel that", "All right, I won't"),
        ("en", "turn on the lamp at noon", "never mind, Jarvis", "All right, I won't"),
    ],
)
async def test_it_can_be_called_off(
    hass: HomeAssistant, language: str, order: str, text: str, answer: str
) -> None:
    await furnish(hass, language)
    other = await async_ask(hass, order, language)
    first = await async_ask(hass, order, language)
    said = {"conversation_id": first.conversation_id}
    assert speech(await async_ask(hass, text, language, **said)).startswith(answer)
    assert len(hass.data[TIMER_DATA].timers) == 1
    assert not speech(await async_ask(hass, text, language, **said)).startswith(answer)
    said = {"conversation_id": other.conversation_id}
    assert speech(await async_ask(hass, text, language, **said)).startswith(answer)
    assert waiting(hass) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "tu peux allumer la lampe dans une seconde"),
        ("fr", "please turn on the lampe in one second"),
        ("en", "could you turn on the lamp in one second"),
    ],
)
async def test_it_is_done_when_its_time_has_come(
    hass: HomeAssistant, language: str, text: str
) -> None:
    await furnish(hass, language)
    entity_id = f"light.{NAMES[language][0].lower()}"
    changed = asyncio.Event()

    @callback
    def note(_event: Any) -> None:
        changed.set()

    async_track_state_change_event(hass, entity_id, note)
    await async_ask(hass, text, language)
    assert not changed.is_set()
    async with asyncio.timeout(20):
        await changed.wait()
    state = hass.states.get(entity_id)
    assert state
    assert state.state == "on"
    await hass.async_block_till_done(wait_background_tasks=True)
