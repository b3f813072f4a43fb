"""The names that speech-to-text is told to expect."""

from homeassistant.components.conversation import DOMAIN as CONVERSATION
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.setup import async_setup_component

from custom_components.jarvis.assistant.home.vocabulary import spoken_names


async def test_names_stand_in_one_order_and_follow_the_home(
    hass: HomeAssistant,
) -> None:
    assert await async_setup_component(hass, "homeassistant", {})
    areas = ar.async_get(hass)
    areas.async_create("Salon", aliases={"Séjour", "Lounge", "Living Room"})
    for number, name in ((2, "Plafonnier"), (1, "Lampe"), (3, "Cachée")):
        hass.states.async_set(f"light.n{number}", "off", {"friendly_name": name})
        async_expose_entity(hass, CONVERSATION, f"light.n{number}", number != 3)

    names = ("Salon", "Living Room", "Lounge", "Séjour", "Lampe", "Plafonnier")
    assert spoken_names(hass) == names

    areas.async_create("Cuisine")
    async_expose_entity(hass, CONVERSATION, "light.n1", False)
    await hass.async_block_till_done()
    assert spoken_names(hass) == (*names[:4], "Cuisine", "Plafonnier")
