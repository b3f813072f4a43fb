"""Orders for later are told of and called off from anywhere in the home."""

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.intent.const import TIMER_DATA
from homeassistant.core import HomeAssistant

from tests.custom_components.jarvis.common import add_rule, device_with_timers
from tests.fakes.home import (
    Lamp,
    Shutter,
    Thermostat,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)

NAMES = {"fr": ("Lampe", "Volet", "Radiateur"), "en": ("Lamp", "Blind", "Heater")}
PUT_OFF = {
    "fr": [
        "éteins la lampe dans dix minutes",
        "ouvre le volet demain à 7 heures",
        "éteins le radiateur dans une heure",
    ],
    "en": [
        "turn off the lamp in ten minutes",
        "open the blind tomorrow at 7 am",
        "turn off the heater in an hour",
    ],
}
ALL = {
    "fr": (
        "3 ordres sont prévus : « éteins la lampe », dans 10 minutes, "
        "« éteins le radiateur », dans une heure et « ouvre le volet », demain à 7 h."
    ),
    "en": (
        '3 orders are scheduled: "turn off the lamp", in 10 minutes, '
        '"turn off the heater", in one hour and "open the blind", tomorrow at 7 am.'
    ),
}
NOTHING = {"fr": "Rien n'est prévu.", "en": "Nothing is scheduled."}


async def furnish(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, language: str
) -> None:
    await hass.config.async_set_time_zone("UTC")
    freezer.move_to("2026-11-20 10:00:00")
    lamp, blind, heater = NAMES[language]
    devices = {"Salon": [Lamp(lamp), Shutter(blind)], "Bureau": [Thermostat(heater)]}
    await async_furnish(hass, devices, language)
    await async_install_jarvis(hass)


async def put_off(hass: HomeAssistant, language: str) -> None:
    call_off(hass)
    for text in PUT_OFF[language]:
        await async_ask(hass, text, language)


def pending(hass: HomeAssistant) -> set[str | None]:
    timers = hass.data[TIMER_DATA].timers.values()
    return {timer.conversation_command for timer in timers}


def call_off(hass: HomeAssistant) -> None:
    for timer_id in list(hass.data[TIMER_DATA].timers):
        hass.data[TIMER_DATA].cancel_timer(timer_id)


@pytest.mark.parametrize(
    ("language", "questions"),
    [
        (
            "fr",
            [
                "qu'est-ce qui est prévu ?",
                "Qu'as-tu de prévu pour ce soir ?",
                "quels ordres sont en attente ?",
                "liste les ordres prévus",
            ],
        ),
        (
            "en",
            [
                "what's scheduled?",
                "is anything planned?",
                "list the pending orders",
                "can you tell me what's scheduled",
            ],
        ),
    ],
)
async def test_all_is_told_anywhere(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    language: str,
    questions: list[str],
) -> None:
    await furnish(hass, freezer, language)
    assert speech(await async_ask(hass, questions[0], language)) == NOTHING[language]
    await put_off(hass, language)
    for question in questions:
        for satellite_id in (None, "assist_satellite.bureau"):
            result = await async_ask(
                hass, question, language, satellite_id=satellite_id
            )
            assert speech(result) == ALL[language], question
    call_off(hass)


@pytest.mark.parametrize(
    ("language", "text", "gone"),
    [
        ("fr", "annule l'extinction de la lampe", {0}),
        ("fr", "annule l'extinction des lumières du salon", {0}),
        ("fr", "annule l'ordre d'éteindre le radiateur", {2}),
        ("fr", "annule le chauffage prévu", {2}),
        ("fr", "annule l'ouverture du volet", {1}),
        ("fr", "finalement, n'ouvre pas le volet", {1}),
        ("fr", "annule tout ce qui est prévu", {0, 1, 2}),
        ("fr", "annule tous les ordres en attente", {0, 1, 2}),
        ("fr", "annule l'extinction", set()),
        ("fr", "annule la fermeture du volet", set()),
        ("fr", "annule l'allumage de la lampe", set()),
        ("fr", "annule mon rendez-vous", set()),
        ("en", "cancel turning off the lamp", {0}),
        ("en", "cancel turning the lamp off", {0}),
        ("en", "cancel the delayed heater", {2}),
        ("en", "call off the scheduled opening of the blind", {1}),
        ("en", "don't open the blind after all", {1}),
        ("en", "cancel everything that's scheduled", {0, 1, 2}),
        ("en", "please cancel all pending orders", {0, 1, 2}),
        ("en", "cancel closing the blind", set()),
        ("en", "cancel my appointment", set()),
    ],
)
async def test_order_is_called_off_from_another_conversation(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    language: str,
    text: str,
    gone: set[int],
) -> None:
    await furnish(hass, freezer, language)
    await put_off(hass, language)
    before = pending(hass)
    assert len(before) == 3
    result = await async_ask(hass, text, language)
    kept = {o for o in before if not any(str(o) in PUT_OFF[language][g] for g in gone)}
    assert pending(hass) == kept, speech(result)
    call_off(hass)


@pytest.mark.parametrize(
    ("language", "text", "listed"),
    [
        ("fr", "annule la sirène prévue", "Je n'ai rien de tel de prévu. " + ALL["fr"]),
        ("fr", "annule l'extinction prévue", "Plusieurs ordres conviennent : "),
        ("en", "cancel the delayed siren", "I have nothing like that scheduled. "),
        ("en", "cancel the scheduled switching off", "Several orders fit: "),
    ],
)
async def test_what_does_not_fit_is_told(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    language: str,
    text: str,
    listed: str,
) -> None:
    await furnish(hass, freezer, language)
    await put_off(hass, language)
    assert speech(await async_ask(hass, text, language)).startswith(listed)
    assert len(pending(hass)) == 3
    call_off(hass)


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("fr", "annule", "Je n'ai rien à annuler dans cette conversation. "),
        ("fr", "laisse tomber", "D'accord."),
        ("en", "cancel that", "There is nothing to cancel in this conversation. "),
        ("en", "never mind", "All right."),
    ],
)
async def test_bare_cancel_calls_nothing_off_elsewhere(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    language: str,
    text: str,
    answer: str,
) -> None:
    await furnish(hass, freezer, language)
    device_id = device_with_timers(hass)
    assert (
        speech(await async_ask(hass, text, language))
        == {
            "fr": "D'accord.",
            "en": "All right.",
        }[language]
    )
    await async_ask(hass, PUT_OFF[language][0], language, device_id=device_id)
    assert speech(await async_ask(hass, text, language)).startswith(answer)
    assert len(pending(hass)) == 1
    # The device that was told so means its own.
    if "cancel" in text or "annule" in text:
        await async_ask(hass, text, language, device_id=device_id)
        assert not pending(hass)
    call_off(hass)


async def test_rule_holds_for_calling_off(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await furnish(hass, freezer, "fr")
    (entry,) = hass.config_entries.async_entries("jarvis")
    await add_rule(
        hass, entry, satellites=["assist_satellite.enfants"], domains=["light"]
    )
    await put_off(hass, "fr")
    for text, kept in (
        ("annule l'ouverture du volet", 3),
        ("annule tout ce qui est prévu", 3),
        ("annule l'extinction de la lampe", 2),
    ):
        await async_ask(hass, text, satellite_id="assist_satellite.enfants")
        assert len(pending(hass)) == kept, text
    call_off(hass)
