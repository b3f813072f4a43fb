"""Timers: as they are asked for, by name and length, and where none can ring."""

from collections.abc import Iterator

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.intent import async_register_timer_handler
from homeassistant.components.intent.const import TIMER_DATA
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.fakes.home import (
    Lamp,
    Plug,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)

STARTED = [
    ("fr", "minuteur d'un quart d'heure", 900, None),
    ("fr", "mets un minuteur d'1h30", 5400, None),
    ("fr", "lance un minuteur d'une heure et demie s'il te plaît", 5400, None),
    ("fr", "minuteur de trois quarts d'heure", 2700, None),
    ("fr", "minuteur pâtes 8 minutes", 480, "pâtes"),
    ("fr", "mets un minuteur de dix minutes pour les pâtes", 600, "pâtes"),
    ("fr", "compte à rebours de 2 minutes 30", 150, None),
    ("fr", "un minuteur de deux minutes et demie", 150, None),
    ("fr", "peux-tu mettre un minuteur de 90 secondes ?", 90, None),
    ("en", "half an hour timer", 1800, None),
    ("en", "set a timer for an hour and a half", 5400, None),
    ("en", "timer for 90 seconds please", 90, None),
    ("en", "start a two and a half minute timer", 150, None),
    ("en", "set a pasta timer for 8 minutes", 480, "pasta"),
    ("en", "add a 5 minute timer", 300, None),
    ("en", "can you set a quarter of an hour timer?", 900, None),
]


@pytest.fixture(autouse=True)
def _stopped(hass: HomeAssistant) -> Iterator[None]:
    """Let no timer run on."""
    yield
    for timer_id in list(hass.data[TIMER_DATA].timers):
        hass.data[TIMER_DATA].cancel_timer(timer_id)


async def furnish(hass: HomeAssistant, language: str, *devices: str) -> list[str]:
    """Set up a home with devices that know timers; return their ids."""
    await async_furnish(hass, {"": [Lamp("Lampe")]}, language)
    await async_install_jarvis(hass)
    owner = MockConfigEntry(domain="test")
    owner.add_to_hass(hass)
    ids = []
    for name in devices:
        device = dr.async_get(hass).async_get_or_create(
            config_entry_id=owner.entry_id, identifiers={("test", name)}, name=name
        )
        async_register_timer_handler(hass, device.id, lambda *_: None)
        ids.append(device.id)
    return ids


def running(hass: HomeAssistant) -> list[tuple[int, str | None, bool]]:
    timers = hass.data[TIMER_DATA].timers.values()
    return [(timer.seconds_left, timer.name, timer.is_active) for timer in timers]


@pytest.mark.parametrize(("language", "text", "seconds", "name"), STARTED)
async def test_timer_is_set(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    language: str,
    text: str,
    seconds: int,
    name: str | None,
) -> None:
    (device_id,) = await furnish(hass, language, "Satellite")
    await async_ask(hass, text, language, device_id=device_id)
    assert running(hass) == [(seconds, name, True)]


@pytest.mark.parametrize(
    ("language", "talk"),
    [
        (
            "fr",
            [
                ("mets un minuteur", "Dis-moi aussi pour combien de temps"),
                ("combien reste-t-il au minuteur ?", "Aucun minuteur n'est en cours."),
                ("minuteur pâtes 8 minutes", "Minuteur « pâtes » réglé sur 8 minutes."),
                ("minuteur d'une heure", "Minuteur réglé sur une heure."),
                (
                    "quels minuteurs sont en cours ?",
                    (
                        "Minuteur « pâtes » : il reste 8 minutes. "
                        "Minuteur réglé sur une heure : il reste une heure."
                    ),
                ),
                ("mets en pause le minuteur pâtes", "Minuteur en pause, il reste 8"),
                ("reprends le minuteur pâtes", "Minuteur relancé, il reste 8 minutes."),
                ("ajoute deux minutes au minuteur pâtes", "Il reste maintenant 10"),
                ("enlève 5 minutes au minuteur des pâtes", "Il reste maintenant 5"),
                ("annule le minuteur du riz", "Je ne trouve pas ce minuteur. "),
                ("annule le minuteur d'une heure", "Minuteur annulé."),
                ("combien de temps reste-t-il au minuteur ?", "Il reste 5 minutes."),
                ("minuteur de 20 minutes", "Minuteur réglé sur 20 minutes."),
                ("annule le minuteur", "Il y a plusieurs minuteurs : "),
                ("annule tous les minuteurs", "Les 2 minuteurs sont annulés."),
            ],
        ),
        (
            "en",
            [
                ("set a timer", "Tell me for how long"),
                ("how long is left on the timer?", "No timer is running."),
                ("set a pasta timer for 8 minutes", 'Timer "pasta" set for 8 minutes.'),
                ("one hour timer", "Timer set for one hour."),
                ("what timers are running?", 'Timer "pasta" has 8 minutes left. The'),
                ("pause the pasta timer", "Timer paused with 8 minutes left."),
                ("resume the pasta timer", "Timer resumed with 8 minutes left."),
                ("add two minutes to the pasta timer", "Now 10 minutes left."),
                ("take 5 minutes off the pasta timer", "Now 5 minutes left."),
                ("cancel the rice timer", "I can't find that timer. "),
                ("cancel the one hour timer", "Timer cancelled."),
                ("how much time is left on the timer", "5 minutes left."),
                ("timer 20 minutes", "Timer set for 20 minutes."),
                ("cancel the timer", "There are several timers: "),
                ("cancel all timers", "The 2 timers are cancelled."),
            ],
        ),
    ],
)
async def test_several_timers(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    language: str,
    talk: list[tuple[str, str]],
) -> None:
    (device_id,) = await furnish(hass, language, "Satellite")
    for text, answer in talk:
        result = await async_ask(hass, text, language, device_id=device_id)
        assert speech(result).startswith(answer), text
    assert not running(hass)


@pytest.mark.parametrize(
    ("language", "text", "answers"),
    [
        (
            "fr",
            "minuteur de dix minutes",
            [
                "Je ne peux pas tenir de minuteur : aucun",
                "Minuteur réglé sur 10 minutes. Il sonnera sur Cuisine.",
                (
                    "Ici, rien ne peut faire sonner un minuteur. Demande-le à un appareil "
                    "qui le peut : "
                ),
            ],
        ),
        (
            "en",
            "timer for ten minutes",
            [
                "I can't keep a timer: none of your devices can make one ring.",
                "Timer set for 10 minutes. It will ring on Cuisine.",
                "Nothing here can make a timer ring. Ask a device that can: ",
            ],
        ),
    ],
)
async def test_typed_timer_rings_where_it_can(
    hass: HomeAssistant, language: str, text: str, answers: list[str]
) -> None:
    await furnish(hass, language)
    for devices, answer in enumerate(answers):
        result = await async_ask(hass, text, language)
        assert speech(result).startswith(answer)
        assert len(running(hass)) == int(devices > 0)
        owner = MockConfigEntry(domain="test")
        owner.add_to_hass(hass)
        name = ["Cuisine", "Salon", "Bureau"][devices]
        device = dr.async_get(hass).async_get_or_create(
            config_entry_id=owner.entry_id, identifiers={("test", name)}, name=name
        )
        async_register_timer_handler(hass, device.id, lambda *_: None)


@pytest.mark.parametrize(
    ("language", "name", "text"),
    [
        ("fr", "Minuteur piscine", "éteins le minuteur piscine"),
        ("en", "Pool timer", "turn off the pool timer"),
    ],
)
async def test_thing_called_timer_is_no_timer(
    hass: HomeAssistant, language: str, name: str, text: str
) -> None:
    plug = Plug(name)
    plug._attr_is_on = True
    await async_furnish(hass, {"": [plug]}, language)
    await async_install_jarvis(hass)
    await async_ask(hass, text, language)
    assert not plug.is_on
