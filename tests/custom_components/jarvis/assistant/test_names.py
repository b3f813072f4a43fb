"""A home is named in one language and spoken to in two."""

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er

from custom_components.jarvis.engines.language import name_language
from tests.fakes.home import (
    DoorLock,
    Lamp,
    Shutter,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)


async def furnish(hass: HomeAssistant, shown: str) -> None:
    """Name a home in one language and give it aliases in the other."""
    pairs = {
        "cuisine": [
            (Lamp, "Lumière de la cuisine", "Kitchen light"),
            (Lamp, "Lampe du plan de travail", "Worktop light"),
        ],
        "bureau": [(Lamp, "Lumière du bureau", "Office light")],
        "chambre": [(Shutter, "Volets de la chambre", "Bedroom blinds")],
        "entree": [(DoorLock, "Serrure de l'entrée", "Front door lock")],
    }
    rooms = {
        "cuisine": ("Cuisine", "Kitchen"),
        "bureau": ("Bureau", "Office"),
        "chambre": ("Chambre", "Bedroom"),
        "entree": ("Entrée", "Hallway"),
    }
    side = ("fr", "en").index(shown)
    devices = {
        rooms[room][side]: [(kind, names) for kind, *names in group]
        for room, group in pairs.items()
    }
    built = {
        room: [kind(names[side]) for kind, names in group]
        for room, group in devices.items()
    }
    await async_furnish(hass, built, shown)
    registry = er.async_get(hass)
    for room, group in devices.items():
        for device, (_, names) in zip(built[room], group, strict=True):
            registry.async_update_entity(
                device.entity_id, aliases=[er.COMPUTED_NAME, names[1 - side]]
            )
    areas = ar.async_get(hass)
    for names in rooms.values():
        area = areas.async_get_area_by_name(names[side])
        assert area is not None
        areas.async_update(area.id, aliases={names[1 - side]})
    await async_install_jarvis(hass)


@pytest.mark.parametrize("shown", ["fr", "en"])
@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        (
            "en",
            "turn on the kitchen light",
            "Done, the kitchen light is on.",
        ),
        (
            "en",
            "could you please turn on the office light",
            "Done, the office light is on.",
        ),
        (
            "en",
            "turn on the lights in the kitchen",
            "Done, the 2 kitchen lights are on.",
        ),
        ("en", "turn on the lights in the office", "Done, the office light is on."),
        ("en", "lock the front door lock", "Done, the front door lock is locked."),
        (
            "fr",
            "allume la lumière de la cuisine",
            "C'est fait, la lumière de la cuisine est allumée.",
        ),
        (
            "fr",
            "tu peux ouvrir les volets de la chambre s'il te plaît",
            "C'est fait, les volets de la chambre sont ouverts.",
        ),
        (
            "fr",
            "allume les lumières de la cuisine",
            "C'est fait, les 2 lumières de la cuisine sont allumées.",
        ),
        (
            "fr",
            "verrouille la serrure de l'entrée",
            "C'est fait, la serrure de l'entrée est verrouillée.",
        ),
    ],
)
async def test_answer_names_things_in_the_language_of_the_turn(
    hass: HomeAssistant, shown: str, language: str, text: str, answer: str
) -> None:
    await furnish(hass, shown)
    assert speech(await async_ask(hass, text, language)) == answer


@pytest.mark.parametrize("shown", ["fr", "en"])
@pytest.mark.parametrize(
    ("language", "answer"),
    [
        (
            "fr",
            "Je n'ai pas compris. Tu peux dire, par exemple : allume la lumière du bureau.",
        ),
        (
            "en",
            "I didn't understand. You can say, for example: turn on the office light.",
        ),
    ],
)
async def test_example_is_a_command_of_the_language(
    hass: HomeAssistant, shown: str, language: str, answer: str
) -> None:
    await furnish(hass, shown)
    # The first by entity id, which has one language only, is no example.
    for entity_id in ("lumiere_de_la_cuisine", "lampe_du_plan_de_travail"):
        hass.states.async_remove(f"light.{entity_id}")
    for entity_id in ("kitchen_light", "worktop_light"):
        hass.states.async_remove(f"light.{entity_id}")
    assert speech(await async_ask(hass, "zorglub frimousse", language)) == answer


async def test_name_is_said_as_the_user_said_it(hass: HomeAssistant) -> None:
    await async_furnish(hass, {"Salon": [Lamp("Lampadaire")]}, "fr")
    er.async_get(hass).async_update_entity(
        "light.lampadaire", aliases=[er.COMPUTED_NAME, "Grande lampe", "Halogène"]
    )
    await async_install_jarvis(hass)
    for text, answer in (
        ("allume la grande lampe", "C'est fait, la grande lampe est allumée."),
        ("tu peux éteindre le lampadaire", "C'est fait, le lampadaire est éteint."),
    ):
        assert speech(await async_ask(hass, text)) == answer


async def test_turn_in_the_other_language_names_things_in_its_own(
    hass: HomeAssistant,
) -> None:
    await furnish(hass, "fr")
    result = await async_ask(hass, "turn on the kitchen light please", "fr")
    assert speech(result) == "Done, the kitchen light is on."


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Lumière de la cuisine", "fr"),
        ("Prise du bureau", "fr"),
        ("Volets", "fr"),
        ("Télévision", "fr"),
        ("Kitchen light", "en"),
        ("Office plug", "en"),
        ("Front door", "en"),
        ("Coffee machine", "en"),
        ("Living Room", "en"),
        ("Thermostat", None),
        ("Garage", None),
        ("TV", None),
        ("Hue 3", None),
    ],
)
def test_language_of_a_name(name: str, language: str | None) -> None:
    assert name_language(name) == language
