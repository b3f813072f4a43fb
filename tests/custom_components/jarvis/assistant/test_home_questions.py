"""Questions about everything else of a home, said in many ways."""

from typing import Any

import pytest
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import floor_registry as fr
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.fakes.home import async_ask, async_furnish, async_install_jarvis, speech

type Row = tuple[str, str | None, str, str | None, str, dict[str, Any]]
"""Domain, device class, name, area, state and attributes."""

DEGREES = {"unit_of_measurement": "°C"}
PERCENT = {"unit_of_measurement": "%"}
HEATING = {"temperature": 20.5, "current_temperature": 19.04}
FILM = {"media_title": "Le Mans", "media_artist": "Lee"}

HOME: dict[str, list[Row]] = {
    "fr": [
        ("binary_sensor", "window", "Fenêtre de la cuisine", "Cuisine", "on", {}),
        ("binary_sensor", "window", "Fenêtre du bureau", "Bureau", "unavailable", {}),
        ("binary_sensor", "window", "Fenêtre du salon", "Salon", "off", {}),
        ("binary_sensor", "door", "Porte d'entrée", "Entrée", "off", {}),
        ("lock", None, "Serrure de l'entrée", "Entrée", "unlocked", {}),
        ("cover", "garage", "Porte du garage", "Garage", "closed", {}),
        ("cover", "shutter", "Volet du salon", "Salon", "open", {}),
        ("light", None, "Lampe du garage", "Garage", "on", {}),
        ("light", None, "Plafonnier", "Salon", "unavailable", {}),
        ("climate", None, "Chauffage du salon", "Salon", "heat", HEATING),
        ("sensor", "temperature", "Température de la chambre", "Chambre", "21.46", DEGREES),
        ("sensor", "temperature", "Température du bureau", "Bureau", "unavailable", DEGREES),
        ("sensor", "carbon_dioxide", "CO2 du bureau", "Bureau", "812.4", {"unit_of_measurement": "ppm"}),
        ("sensor", "battery", "Télécommande batterie", None, "12", PERCENT),
        ("person", None, "Paul", None, "home", {}),
        ("person", None, "Inge", None, "not_home", {}),
        ("media_player", None, "Radio de la cuisine", "Cuisine", "paused", {}),
        ("media_player", "tv", "Télé", "Salon", "playing", FILM),
        ("alarm_control_panel", None, "Alarme", None, "armed_away", {}),
        ("vacuum", None, "Aspirateur", None, "docked", {}),
        ("binary_sensor", "motion", "Détecteur du couloir", "Couloir", "on", {}),
    ],
    "en": [
        ("binary_sensor", "window", "Kitchen window", "Kitchen", "on", {}),
        ("binary_sensor", "window", "Office window", "Office", "unavailable", {}),
        ("binary_sensor", "window", "Lounge window", "Lounge", "off", {}),
        ("binary_sensor", "door", "Front door", "Hall", "off", {}),
        ("lock", None, "Front door lock", "Hall", "unlocked", {}),
        ("cover", "garage", "Garage door", "Garage", "closed", {}),
        ("cover", "shutter", "Lounge blind", "Lounge", "open", {}),
        ("light", None, "Garage lamp", "Garage", "on", {}),
        ("light", None, "Ceiling lamp", "Lounge", "unavailable", {}),
        ("climate", None, "Heating", "Lounge", "heat", HEATING),
        ("sensor", "temperature", "Bedroom temperature", "Bedroom", "21.46", DEGREES),
        ("sensor", "carbon_dioxide", "Office CO2", "Office", "812.4", {"unit_of_measurement": "ppm"}),
        ("sensor", "battery", "Remote battery", None, "12", PERCENT),
        ("person", None, "Paul", None, "home", {}),
        ("person", None, "Inge", None, "not_home", {}),
        ("media_player", None, "Kitchen radio", "Kitchen", "paused", {}),
        ("media_player", "tv", "TV", "Lounge", "playing", FILM),
        ("alarm_control_panel", None, "Alarm", None, "armed_away", {}),
        ("vacuum", None, "Vacuum", None, "docked", {}),
        ("binary_sensor", "motion", "Hall detector", "Hall", "on", {}),
    ],
}  # fmt: skip
GROUND = {"Cuisine", "Salon", "Bureau", "Kitchen", "Lounge", "Office"}

OFFICE_FR = "la fenêtre du bureau ne répond pas."
OFFICE_EN = "the office window does not respond."
ASKED: dict[str, dict[str, str]] = {
    "fr": {
        "tout est fermé ?": f"Non, la fenêtre de la cuisine et le volet du salon sont ouverts et la serrure de l'entrée est déverrouillée ; {OFFICE_FR}",
        "est-ce que tout est bien verrouillé ?": f"Non, la serrure de l'entrée est déverrouillée et la fenêtre de la cuisine est ouverte ; {OFFICE_FR}",
        "qu'est-ce qui est ouvert ?": f"La fenêtre de la cuisine et le volet du salon sont ouverts ; {OFFICE_FR}",
        "qu'est-ce qui est verrouillé ?": "La serrure de l'entrée est déverrouillée.",
        "est-ce que la porte d'entrée est verrouillée ?": "Non, la serrure de l'entrée est déverrouillée.",
        "la porte d'entrée est ouverte ou fermée ?": "Non, la porte d'entrée est fermée.",
        "est-ce que le garage est ouvert ?": "Non, la porte du garage est fermée.",
        "la lumière du garage est allumée ?": "Oui, la lampe du garage est allumée.",
        "est-ce que le plafonnier est allumé ?": "Le plafonnier ne répond pas.",
        "quelle fenêtre n'est pas fermée ?": f"La fenêtre de la cuisine est ouverte ; {OFFICE_FR}",
        "laquelle n'est pas fermée ?": "La fenêtre de la cuisine est ouverte.",
        "y a-t-il une fenêtre ouverte au rez-de-chaussée ?": f"Oui, la fenêtre de la cuisine est ouverte ; {OFFICE_FR}",
        "les fenêtres et les portes sont fermées ?": f"Non, la fenêtre de la cuisine est ouverte ; {OFFICE_FR}",
        "quelles fenêtres sont ouvertes dans le salon ?": "La fenêtre du salon est fermée.",
        "aucune fenêtre n'est ouverte ?": f"La fenêtre de la cuisine est ouverte ; {OFFICE_FR}",
        "ai-je oublié de fermer la fenêtre de la cuisine ?": "La fenêtre de la cuisine est ouverte.",
        "est-ce que les volets sont fermés ?": "Non, le volet du salon est ouvert.",
        "où est Inge ?": "Inge n'est pas à la maison.",
        "est-ce que Paul est au travail ?": "Non, Paul est à la maison.",
        "est-ce que Paul et Inge sont à la maison ?": "Non, Inge n'est pas à la maison.",
        "qu'est-ce qui joue ?": "La télé joue « Le Mans » de Lee.",
        "est-ce que la radio de la cuisine est allumée ?": "Oui, la radio de la cuisine est en pause.",
        "sur combien est réglé le chauffage ?": "Le chauffage du salon est réglé sur 20,5 degrés.",
        "quelle est la température du chauffage ?": "Le chauffage du salon indique 19 °C.",
        "quelle est la température du bureau ?": "La température du bureau ne répond pas.",
        "quelle température fait-il dans la chambre ?": "La température de la chambre est de 21,5 °C.",
        "quel est le taux de CO2 dans le bureau ?": "Le CO2 du bureau est de 812 ppm.",
        "quel est le niveau de batterie de la télécommande ?": "La télécommande batterie est à 12 %.",
        "est-ce que l'alarme est activée ?": "Oui, l'alarme est armée en mode absence.",
        "quel est l'état de l'aspirateur ?": "L'aspirateur est à sa base.",
        "y a-t-il quelqu'un dans le couloir ?": "Oui, le détecteur du couloir détecte un mouvement.",
        "y a-t-il quelqu'un dans la cuisine ?": "Je ne connais aucun détecteur de mouvement de la cuisine.",
        "dans quel état est la serrure de l'entrée ?": "La serrure de l'entrée est déverrouillée.",
    },
    "en": {
        "is everything closed?": f"No, the kitchen window and the lounge blind are open and the front door lock is unlocked; {OFFICE_EN}",
        "is everything locked?": f"No, the front door lock is unlocked and the kitchen window is open; {OFFICE_EN}",
        "is anything open?": f"Yes, the kitchen window and the lounge blind are open; {OFFICE_EN}",
        "what is locked?": "The front door lock is unlocked.",
        "is the front door locked?": "No, the front door lock is unlocked.",
        "is the front door closed?": "Yes, the front door is closed.",
        "is the garage open?": "No, the garage door is closed.",
        "is the ceiling lamp on?": "The ceiling lamp does not respond.",
        "which windows aren't closed?": f"The kitchen window is open; {OFFICE_EN}",
        "which one isn't closed?": "The kitchen window is open.",
        "is any window not closed?": f"Yes, the kitchen window is open; {OFFICE_EN}",
        "are any windows open on the ground floor?": f"Yes, the kitchen window is open; {OFFICE_EN}",
        "are the windows and doors closed?": f"No, the kitchen window is open; {OFFICE_EN}",
        "did I leave the kitchen window open?": "Yes, the kitchen window is open.",
        "did I forget to lock the front door?": "The front door lock is unlocked.",
        "where's Paul?": "Paul is home.",
        "is Paul at work?": "No, Paul is home.",
        "is everyone home?": "No, Inge is away.",
        "what's playing?": "The TV is playing “Le Mans” by Lee.",
        "is the kitchen radio on?": "Yes, the kitchen radio is paused.",
        "what is the heating set to?": "The heating is set to 20.5 degrees.",
        "how warm is it in the bedroom?": "The bedroom temperature is 21.5 °C.",
        "what's the co2 level in the office?": "The office CO2 is 812 ppm.",
        "what's the battery level of the remote?": "The remote battery is at 12 %.",
        "is the alarm on?": "Yes, the alarm is armed for away.",
        "what is the state of the vacuum?": "The vacuum is docked.",
        "is anyone in the hall?": "Yes, the hall detector detects motion.",
        "is there any smoke?": "I don't know of any smoke detectors.",
    },
}  # fmt: skip
OF_THE_WORLD = {
    "fr": ("qui est Napoléon ?", "où est Paris ?", "quelle est la capitale de la France ?"),
    "en": ("who is Einstein?", "what is the capital of France?", "is the world round?"),
}  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_questions_about_the_home(hass: HomeAssistant, language: str) -> None:
    await async_furnish(hass, {}, language)
    ground = fr.async_get(hass).async_create(
        {"fr": "Rez-de-chaussée", "en": "Ground floor"}[language]
    )
    areas = ar.async_get(hass)
    for place, (domain, kind, name, room, state, more) in enumerate(HOME[language]):
        entry = er.async_get(hass).async_get_or_create(
            domain, "test", f"thing {place}", original_name=name
        )
        if room:
            area = areas.async_get_or_create(room)
            if room in GROUND:
                areas.async_update(area.id, floor_id=ground.floor_id)
            er.async_get(hass).async_update_entity(entry.entity_id, area_id=area.id)
        told = {"friendly_name": name, **more}
        if kind:
            told["device_class"] = kind
        hass.states.async_set(entry.entity_id, state, told)
        async_expose_entity(hass, "conversation", entry.entity_id, True)
    work = {"fr": "Travail", "en": "Work"}[language]
    hass.states.async_set("zone.work", "0", {"friendly_name": work})
    await async_install_jarvis(hass)
    conversation_id = None
    for text, answer in ASKED[language].items():
        result = await async_ask(hass, text, language, conversation_id=conversation_id)
        conversation_id = result.conversation_id
        assert speech(result) == answer, text
    for text in OF_THE_WORLD[language]:
        result = await async_ask(hass, text, language)
        assert result.response.error_code == "no_intent_match", text


OPENINGS: dict[str, list[Row]] = {
    "fr": [
        ("cover", "garage", "Porte du garage", "Garage", "closed", {}),
        ("cover", "blind", "Volet de la chambre", "Chambre", "open", {}),
        ("lock", None, "Serrure de l'entrée", "Entrée", "locked", {}),
        ("binary_sensor", "window", "Fenêtre du salon", "Salon", "off", {}),
        ("light", None, "Lampe du salon", "Salon", "off", {}),
        ("humidifier", None, "Humidificateur", "Chambre", "off", {}),
    ],
    "en": [
        ("cover", "garage", "Garage door", "Garage", "closed", {}),
        ("cover", "blind", "Bedroom blind", "Bedroom", "open", {}),
        ("lock", None, "Hall lock", "Hall", "locked", {}),
        ("binary_sensor", "window", "Lounge window", "Lounge", "off", {}),
        ("light", None, "Lounge lamp", "Lounge", "off", {}),
        ("humidifier", None, "Humidifier", "Bedroom", "off", {}),
    ],
}
"""In the order of what `CHANGED` gives another state."""
ALL_CLOSED = {
    "fr": ("tout est fermé ?", "vérifie si tout est fermé", "la maison est bien fermée ?",
           "est-ce que tout est fermé dans la maison"),
    "en": ("is everything closed?", "check if everything is closed", "are all things shut?",
           "is the house closed up?"),
}  # fmt: skip
ALL_LOCKED = {"fr": "tout est verrouillé ?", "en": "is everything locked?"}
ALL_OFF = {"fr": "tout est éteint ?", "en": "is everything off?"}
CHANGED: list[tuple[dict[int, str], dict[str, str | tuple[str, ...]], str, str]] = [
    ({}, ALL_CLOSED, "Non, le volet de la chambre est ouvert.", "No, the bedroom blind is open."),
    ({1: "closed", 2: "unlocked"}, ALL_CLOSED, "Non, la serrure de l'entrée est déverrouillée.", "No, the hall lock is unlocked."),
    ({2: "locked", 3: "on"}, ALL_LOCKED, "Non, la fenêtre du salon est ouverte.", "No, the lounge window is open."),
    ({3: "unavailable"}, ALL_CLOSED,
     "Je ne peux pas l'affirmer : la fenêtre du salon ne répond pas. Sinon, la porte du garage et le volet de la chambre sont fermés et la serrure de l'entrée est verrouillée.",
     "I can't be sure: the lounge window does not respond. Otherwise, the garage door and the bedroom blind are closed and the hall lock is locked."),
    ({0: "open", 1: "opening", 2: "jammed", 3: "on"}, ALL_CLOSED,
     "Non, la porte du garage et la fenêtre du salon sont ouvertes et le volet de la chambre s'ouvre, et 1 de plus.",
     "No, the garage door and the lounge window are open and the bedroom blind is opening, and 1 more."),
    ({5: "on"}, ALL_OFF, "Non, l'humidificateur est allumé.", "No, the humidifier is on."),
]  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_everything_leaves_nothing_out(
    hass: HomeAssistant, language: str
) -> None:
    """Whatever opens counts, wherever the question is heard."""
    await async_furnish(hass, {}, language)
    ids = []
    for place, (domain, kind, name, room, state, _) in enumerate(OPENINGS[language]):
        entry = er.async_get(hass).async_get_or_create(
            domain, "test", f"opening {place}", original_name=name
        )
        area = ar.async_get(hass).async_get_or_create(str(room))
        er.async_get(hass).async_update_entity(entry.entity_id, area_id=area.id)
        told = {"friendly_name": name, "device_class": kind}
        hass.states.async_set(entry.entity_id, state, told)
        async_expose_entity(hass, "conversation", entry.entity_id, True)
        ids.append(entry.entity_id)
    source = MockConfigEntry()
    source.add_to_hass(hass)
    speaker = dr.async_get(hass).async_get_or_create(
        config_entry_id=source.entry_id, identifiers={("test", "speaker")}
    )
    garage = ar.async_get(hass).async_get_or_create("Garage")
    dr.async_get(hass).async_update_device(speaker.id, area_id=garage.id)
    await async_install_jarvis(hass)
    for states, asked, *answers in CHANGED:
        for place, state in states.items():
            old = hass.states.get(ids[place])
            assert old is not None
            hass.states.async_set(ids[place], state, old.attributes)
        texts = asked[language]
        for text in [texts] if isinstance(texts, str) else texts:
            for device_id in (None, speaker.id):
                result = await async_ask(hass, text, language, device_id=device_id)
                assert speech(result) == answers[language == "en"], text
