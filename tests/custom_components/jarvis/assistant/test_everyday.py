"""Everyday sentences that need no model: everything off, dimmer, warmer, thanks."""

from typing import Any

import pytest
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)

from custom_components.jarvis.const import CONF_CRITICAL
from tests.fakes.home import (
    Device,
    DoorLock,
    Lamp,
    Player,
    Plug,
    Shutter,
    Thermostat,
    Ventilator,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)

NAMES = {
    "fr": {
        "room": "Salon", "other": "Bureau", "lamp": "Lampadaire", "desk": "Liseuse",
        "plug": "Cafetière", "fridge": "Congélateur", "tv": "Télé", "fan": "Hotte",
        "blind": "Volet", "door": "Serrure", "heater": "Radiateur",
    },
    "en": {
        "room": "Lounge", "other": "Office", "lamp": "Floor lamp", "desk": "Reader",
        "plug": "Coffee maker", "fridge": "Freezer", "tv": "Telly", "fan": "Extractor",
        "blind": "Blind", "door": "Door", "heater": "Heater",
    },
}  # fmt: skip


async def furnish(hass: HomeAssistant, language: str) -> dict[str, Device]:
    names = NAMES[language]
    home: dict[str, Device] = {
        "lamp": Lamp(names["lamp"]), "desk": Lamp(names["desk"]),
        "plug": Plug(names["plug"]), "fridge": Plug(names["fridge"]),
        "tv": Player(names["tv"]), "fan": Ventilator(names["fan"]),
        "blind": Shutter(names["blind"]), "door": DoorLock(names["door"]),
        "heater": Thermostat(names["heater"]),
    }  # fmt: skip
    everything: Any = home
    for key in ("lamp", "desk", "plug", "fridge"):
        everything[key]._attr_is_on = True
    everything["lamp"]._attr_brightness = 128
    everything["desk"]._attr_brightness = 255
    everything["tv"]._attr_state = "playing"
    everything["fan"]._attr_percentage = 50
    everything["blind"]._attr_is_closed = False
    everything["door"]._attr_is_locked = True
    here = [device for key, device in home.items() if key not in {"desk", "fan"}]
    await async_furnish(
        hass,
        {names["room"]: here, names["other"]: [home["desk"], home["fan"]]},
        language,
    )
    entry = await async_install_jarvis(hass)
    critical = [home["fridge"].entity_id]
    hass.config_entries.async_update_entry(
        entry, options={**entry.options, CONF_CRITICAL: critical}
    )
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    return home


def satellite(hass: HomeAssistant, area: str) -> str:
    entry = MockConfigEntry(domain="satellites")
    entry.add_to_hass(hass)
    devices = dr.async_get(hass)
    device = devices.async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={("satellites", area)}
    )
    found = ar.async_get(hass).async_get_area_by_name(area)
    assert found is not None
    devices.async_update_device(device.id, area_id=found.id)
    return device.id


def running(hass: HomeAssistant, home: dict[str, Device]) -> set[str]:
    """Return what is on, playing or open of what "everything" might be."""
    return {
        key
        for key, device in home.items()
        if (state := hass.states.get(device.entity_id))
        and state.state not in {"off", "closed", "unlocked"}
    }


KEPT = {"fridge", "blind", "door", "heater"}
"""What is never meant by everything."""


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("fr", "éteins tout", set()),
        ("fr", "tu peux tout éteindre s'il te plaît", set()),
        ("fr", "éteins toute la maison", set()),
        ("fr", "bonne nuit Jarvis, éteins tout", set()),
        ("fr", "éteins tout dans le bureau", {"lamp", "plug", "tv"}),
        ("en", "turn everything off", set()),
        ("en", "good night, turn off everything", set()),
        ("en", "could you switch off everything in the house please", set()),
        ("en", "turn off everything in the office", {"lamp", "plug", "tv"}),
    ],
)
async def test_everything_off(
    hass: HomeAssistant, language: str, text: str, left: set[str]
) -> None:
    home = await furnish(hass, language)

    result = await async_ask(hass, text, language)

    assert running(hass, home) == KEPT | left
    done = {"fr": "C'est fait, ", "en": "Done, "}[language]
    assert speech(result).startswith(done)


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("fr", "éteins tout", "C'est fait, la hotte et la liseuse sont éteintes."),
        ("en", "turn everything off", "Done, the extractor and the reader are off."),
    ],
)
async def test_everything_is_that_of_the_room(
    hass: HomeAssistant, language: str, text: str, told: str
) -> None:
    home = await furnish(hass, language)
    device_id = satellite(hass, NAMES[language]["other"])

    result = await async_ask(hass, text, language, device_id=device_id)

    assert running(hass, home) == KEPT | {"lamp", "plug", "tv"}
    assert speech(result) == told
    again = await async_ask(hass, text, language, device_id=device_id)
    nothing = {"fr": "Rien n'est allumé.", "en": "Nothing is on."}
    assert speech(again) == nothing[language]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "éteins tout sauf le machin bleu"),
        ("fr", "éteins tout dans la cave"),
        ("fr", "éteins tout ici"),
        ("fr", "est-ce que tout est éteint ?"),
        ("fr", "n'éteins pas tout"),
        ("fr", "allume tout"),
        ("en", "turn everything off except the blue thing"),
        ("en", "turn everything off in the cellar"),
        ("en", "turn everything off in here"),
        ("en", "did you turn everything off"),
        ("en", "don't turn everything off"),
        ("en", "turn everything on"),
    ],
)
async def test_not_everything(hass: HomeAssistant, language: str, text: str) -> None:
    await furnish(hass, language)
    calls = async_capture_events(hass, EVENT_CALL_SERVICE)

    await async_ask(hass, text, language)

    assert not calls


@pytest.mark.parametrize(
    ("language", "text", "told", "percent"),
    [
        ("fr", "baisse la lumière du salon",
         "C'est fait, le lampadaire est à 30 %.", 30),
        ("fr", "tu peux monter un peu la lumière du salon ?",
         "C'est fait, le lampadaire est à 70 %.", 70),
        ("fr", "augmente la luminosité du lampadaire",
         "C'est fait, le lampadaire est à 70 %.", 70),
        ("en", "dim the lounge lights", "Done, the floor lamp is at 30 %.", 30),
        ("en", "turn the lounge light up a bit", "Done, the floor lamp is at 70 %.", 70),
        ("en", "increase the brightness of the floor lamp",
         "Done, the floor lamp is at 70 %.", 70),
    ],
)  # fmt: skip
async def test_a_step_brighter_or_darker(
    hass: HomeAssistant, language: str, text: str, told: str, percent: int
) -> None:
    home = await furnish(hass, language)

    result = await async_ask(hass, text, language)

    assert speech(result) == told
    state = hass.states.get(home["lamp"].entity_id)
    assert state is not None
    assert round(state.attributes["brightness"] / 2.55) == percent


@pytest.mark.parametrize(
    ("language", "first", "more", "percent"),
    [
        ("fr", "allume le lampadaire", "un peu moins fort", 80),
        ("en", "turn on the floor lamp", "a bit darker", 80),
    ],
)
async def test_what_was_spoken_of_gets_darker(
    hass: HomeAssistant, language: str, first: str, more: str, percent: int
) -> None:
    home = await furnish(hass, language)
    begun = await async_ask(hass, first, language)

    await async_ask(hass, more, language, conversation_id=begun.conversation_id)

    state = hass.states.get(home["lamp"].entity_id)
    assert state is not None
    assert round(state.attributes["brightness"] / 2.55) == percent


@pytest.mark.parametrize(
    ("language", "text", "degrees"),
    [
        ("fr", "mets le radiateur sur 21", 21.0),
        ("fr", "mets le chauffage à 20 degrés et demi", 20.5),
        ("fr", "monte le chauffage à vingt virgule cinq", 20.5),
        ("fr", "tu peux mettre le thermostat à dix-sept et demi ?", 17.5),
        ("en", "set the heater to 21", 21.0),
        ("en", "set the heating to twenty and a half degrees", 20.5),
        ("en", "could you turn the heating up to 20.5", 20.5),
    ],
)
async def test_the_heating_is_set(
    hass: HomeAssistant, language: str, text: str, degrees: float
) -> None:
    home = await furnish(hass, language)

    result = await async_ask(hass, text, language)

    state = hass.states.get(home["heater"].entity_id)
    assert state is not None
    assert state.attributes["temperature"] == degrees
    told = {
        "fr": f"C'est fait, le radiateur est réglé sur {degrees:g} degrés.".replace(
            ".", ",", int(degrees % 1 > 0)
        ),
        "en": f"Done, the heater is set to {degrees:g} degrees.",
    }
    assert speech(result) == told[language]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "mets le radiateur sur 3"),
        ("fr", "mets la télé sur 21"),
        ("fr", "baisse le son"),
        ("fr", "baisse le ton"),
        ("en", "set the telly to 21"),
        ("en", "lower your voice"),
        ("en", "brighter"),
    ],
)
async def test_what_is_no_temperature_and_no_light(
    hass: HomeAssistant, language: str, text: str
) -> None:
    await furnish(hass, language)
    calls = async_capture_events(hass, EVENT_CALL_SERVICE)

    await async_ask(hass, text, language)

    assert not calls


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("fr", "merci", "Avec plaisir."),
        ("fr", "merci beaucoup Jarvis", "Avec plaisir."),
        ("fr", "bonjour Jarvis", "Bonjour !"),
        ("fr", "bonne nuit", "Bonne nuit !"),
        ("fr", "à demain", "À bientôt !"),
        ("en", "thank you so much", "You're welcome."),
        ("en", "good morning Jarvis", "Hello!"),
        ("en", "good evening", "Good evening!"),
        ("en", "good night", "Good night!"),
        ("en", "see you later", "See you!"),
    ],
)
async def test_courtesies_are_returned(
    hass: HomeAssistant, language: str, text: str, answer: str
) -> None:
    await furnish(hass, language)
    calls = async_capture_events(hass, EVENT_CALL_SERVICE)

    result = await async_ask(hass, text, language)

    assert speech(result) == answer
    assert result.response.error_code is None
    assert not calls


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "il fait quel temps ?"),
        ("fr", "dis-moi quel temps il fait dehors"),
        ("fr", "c'est quoi la météo aujourd'hui"),
        ("en", "how's the weather?"),
        ("en", "what's it like outside"),
        ("en", "can you tell me what the weather is like"),
    ],
)
async def test_the_weather_now(hass: HomeAssistant, language: str, text: str) -> None:
    await furnish(hass, language)
    assert await async_setup_component(hass, "weather", {})
    hass.states.async_set(
        "weather.home", "sunny", {"temperature": 21, "temperature_unit": "°C"}
    )
    async_expose_entity(hass, "conversation", "weather.home", True)

    result = await async_ask(hass, text, language)

    assert "21" in speech(result)


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "il fera quel temps demain"), ("en", "what's the weather like tomorrow")],
)
async def test_a_forecast_is_no_weather_now(
    hass: HomeAssistant, language: str, text: str
) -> None:
    await furnish(hass, language)
    assert await async_setup_component(hass, "weather", {})
    hass.states.async_set("weather.home", "sunny", {"temperature": 21})
    async_expose_entity(hass, "conversation", "weather.home", True)

    assert "21" not in speech(await async_ask(hass, text, language))
