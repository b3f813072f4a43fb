"""Everyday questions are answered from the states, and nothing is moved."""

import pytest
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.intent import IntentResponseErrorCode
from pytest_homeassistant_custom_component.common import async_capture_events

from tests.fakes.home import (
    DoorLock,
    Lamp,
    Shutter,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)

NAMES = {
    "fr": {
        "kitchen": "Cuisine",
        "bedroom": "Chambre",
        "bathroom": "Salle de bain",
        "hall": "Entrée",
        "lamp": "Lumière de la cuisine",
        "worktop": "Plafonnier",
        "blinds": "Volets de la chambre",
        "lock": "Serrure de l'entrée",
        "temperature": "Température de la chambre",
        "humidity": "Humidité de la salle de bain",
        "outside": "Température extérieure",
        "window": "Fenêtre de la cuisine",
    },
    "en": {
        "kitchen": "Kitchen",
        "bedroom": "Bedroom",
        "bathroom": "Bathroom",
        "hall": "Hall",
        "lamp": "Kitchen light",
        "worktop": "Worktop",
        "blinds": "Bedroom blinds",
        "lock": "Front door lock",
        "temperature": "Bedroom temperature",
        "humidity": "Bathroom humidity",
        "outside": "Outside temperature",
        "window": "Kitchen window",
    },
}


async def furnish(hass: HomeAssistant, language: str) -> None:
    names = NAMES[language]
    await async_furnish(
        hass,
        {
            names["kitchen"]: [Lamp(names["lamp"]), Lamp(names["worktop"])],
            names["bedroom"]: [Shutter(names["blinds"])],
            names["hall"]: [DoorLock(names["lock"])],
            names["bathroom"]: [],
        },
        language,
    )
    measured = (
        ("temperature", "bedroom", "sensor", "temperature", "21.5", "°C"),
        ("humidity", "bathroom", "sensor", "humidity", "55", "%"),
        ("outside", None, "sensor", "temperature", "-3.0", "°C"),
        ("window", "kitchen", "binary_sensor", "window", "on", None),
    )
    for key, room, domain, kind, value, unit in measured:
        entry = er.async_get(hass).async_get_or_create(
            domain, "test", key, suggested_object_id=key, original_name=names[key]
        )
        if room is not None:
            area = ar.async_get(hass).async_get_or_create(names[room])
            er.async_get(hass).async_update_entity(entry.entity_id, area_id=area.id)
        attributes = {"friendly_name": names[key], "device_class": kind}
        if unit is not None:
            attributes["unit_of_measurement"] = unit
        hass.states.async_set(entry.entity_id, value, attributes)
        async_expose_entity(hass, "conversation", entry.entity_id, True)
    await async_install_jarvis(hass)
    await async_ask(
        hass,
        {"fr": "allume le plafonnier", "en": "turn on the worktop"}[language],
        language,
    )


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (
            "quelle température fait-il dans la chambre ?",
            "La température de la chambre est de 21,5 °C.",
        ),
        (
            "il fait combien de degrés dans la chambre",
            "La température de la chambre est de 21,5 °C.",
        ),
        (
            "tu peux me dire quelle température il fait dehors ?",
            "La température extérieure est de -3 °C.",
        ),
        (
            "quel est le taux d'humidité dans la salle de bain ?",
            "L'humidité de la salle de bain est de 55 %.",
        ),
        ("qu'est-ce qui est allumé ?", "Le plafonnier est allumé."),
        (
            "il reste des lumières allumées en cuisine ?",
            "Oui, le plafonnier est allumé.",
        ),
        ("qu'est-ce qui est allumé dans la chambre ?", "Rien n'est allumé."),
        (
            "est-ce que j'ai laissé la lumière de la cuisine allumée ?",
            "Non, la lumière de la cuisine est éteinte.",
        ),
        (
            "tu peux me dire si le plafonnier est encore allumé ?",
            "Oui, le plafonnier est allumé.",
        ),
        (
            "est-ce que j'ai bien verrouillé la serrure de l'entrée ?",
            "Non, la serrure de l'entrée est déverrouillée.",
        ),
        (
            "dis-moi si les volets de la chambre sont fermés",
            "Oui, les volets de la chambre sont fermés.",
        ),
        (
            "dis-moi si la fenêtre de la cuisine est bien fermée",
            "Non, la fenêtre de la cuisine est ouverte.",
        ),
    ],
)
async def test_french_question(hass: HomeAssistant, text: str, answer: str) -> None:
    await furnish(hass, "fr")
    calls = async_capture_events(hass, EVENT_CALL_SERVICE)
    assert speech(await async_ask(hass, text)) == answer
    assert not calls


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("how warm is it in the bedroom?", "The bedroom temperature is 21.5 °C."),
        (
            "can you tell me the temperature in the bedroom",
            "The bedroom temperature is 21.5 °C.",
        ),
        ("how cold is it outside?", "The outside temperature is -3 °C."),
        ("how humid is it in the bathroom?", "The bathroom humidity is 55 %."),
        ("what is on?", "The worktop is on."),
        ("is there any light still on in the kitchen?", "Yes, the worktop is on."),
        ("what's on in the bedroom?", "Nothing is on."),
        ("did I leave the kitchen light on?", "No, the kitchen light is off."),
        ("can you tell me if the worktop is still on", "Yes, the worktop is on."),
        ("did I lock the front door lock?", "No, the front door lock is unlocked."),
        (
            "do you know if the bedroom blinds are shut",
            "Yes, the bedroom blinds are closed.",
        ),
        (
            "could you check whether the kitchen window is closed",
            "No, the kitchen window is open.",
        ),
    ],
)
async def test_english_question(hass: HomeAssistant, text: str, answer: str) -> None:
    await furnish(hass, "en")
    calls = async_capture_events(hass, EVENT_CALL_SERVICE)
    assert speech(await async_ask(hass, text, "en")) == answer
    assert not calls


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "fr",
            {
                "quelle heure est-il": (
                    "il est quelle heure ?",
                    "tu as l'heure s'il te plaît ?",
                    "dis-moi l'heure qu'il est",
                ),
                "quelle est la date": (
                    "on est quel jour ?",
                    "nous sommes le combien aujourd'hui ?",
                ),
            },
        ),
        (
            "en",
            {
                "what time is it": ("do you have the time?", "tell me the time please"),
                "what is the date": ("what day is it today?", "which day is it?"),
            },
        ),
    ],
)
async def test_time_and_date_in_free_words(
    hass: HomeAssistant,
    freezer: object,
    language: str,
    texts: dict[str, tuple[str, ...]],
) -> None:
    await furnish(hass, language)
    for plain, forms in texts.items():
        expected = await async_ask(hass, plain, language)
        assert expected.response.error_code is None
        for form in forms:
            assert speech(await async_ask(hass, form, language)) == speech(expected)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "quelle température fait-il sur Mars ?"),
        ("fr", "est-ce que le frigo est allumé ?"),
        ("en", "how warm is it on Mars?"),
        ("en", "is the fridge on?"),
    ],
)
async def test_what_the_home_does_not_know_is_not_made_up(
    hass: HomeAssistant, language: str, text: str
) -> None:
    await furnish(hass, language)
    result = await async_ask(hass, text, language)
    assert result.response.error_code is not None


async def test_what_is_not_exposed_stays_unknown(hass: HomeAssistant) -> None:
    await furnish(hass, "fr")
    async_expose_entity(hass, "conversation", "sensor.temperature", False)
    result = await async_ask(hass, "quelle température fait-il dans la chambre ?")
    assert result.response.error_code in {
        IntentResponseErrorCode.NO_INTENT_MATCH,
        IntentResponseErrorCode.NO_VALID_TARGETS,
    }
    assert "21" not in speech(result)
