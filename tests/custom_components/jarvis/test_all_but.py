"""How much of a kind is meant: all but some, all of the home, a floor, a number of them.

What is left out stays as it is, whatever else is done; an exception that names nothing
lets nothing move. Every case plays in the same home, put back before each.
"""

from collections.abc import Sequence
from typing import Any

import pytest
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import floor_registry as fr

from tests.fakes.home import (
    Device,
    Lamp,
    Shutter,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)

from .test_right_acts import lit, made, opened, satellite_in, seen

HOMES: dict[str, dict[str, Sequence[Device]]] = {
    "fr": {
        "Salon": [opened("Volet salon"), lit("Lampadaire"), lit("Guirlande")],
        "Chambre d'Éva": [opened("Volet Éva"), lit("Chevet Éva")],
        "Chambre": [
            opened("Volet chambre"),
            lit("Lampe de chevet gauche"),
            lit("Lampe de chevet droite"),
        ],
        "Jardin": [opened("Portail", "gate")],
    },
    "en": {
        "Living room": [opened("Patio blind"), lit("Floor lamp"), lit("Fairy lights")],
        "Eva's room": [opened("Eva's blind"), lit("Night light")],
        "Bedroom": [
            opened("Bedroom blind"),
            lit("Left bedside lamp"),
            lit("Right bedside lamp"),
        ],
        "Garden": [opened("Gate", "gate")],
    },
}
UPSTAIRS = {
    "fr": ("Étage", ["en haut"], ["Chambre", "Chambre d'Éva"]),
    "en": ("First floor", ["upstairs"], ["Bedroom", "Eva's room"]),
}
SAID: dict[str, list[tuple[str, set[str]]]] = {
    "fr": [
        ("éteins toutes les lumières sauf le lampadaire",
         {"guirlande", "chevet_eva", "lampe_de_chevet_gauche", "lampe_de_chevet_droite"}),
        ("éteins toutes les lumières à l'exception du lampadaire et de la guirlande",
         {"chevet_eva", "lampe_de_chevet_gauche", "lampe_de_chevet_droite"}),
        ("éteins toutes les lumières de la maison sauf la chambre et le salon", {"chevet_eva"}),
        ("ferme tous les volets sauf celui d'Éva", {"volet_salon", "volet_chambre"}),
        ("ferme tous les volets mais pas celui de la chambre", {"volet_salon", "volet_eva"}),
        ("éteins la guirlande mais laisse le lampadaire allumé", {"guirlande"}),
        ("éteins tout sauf la guirlande", {"lampadaire"}),
        ("éteins toutes les lumières sauf la machine à laver", set()),
        ("éteins toutes les lumières sauf s'il fait nuit", set()),
        ("éteins toutes les lumières",
         {"lampadaire", "guirlande", "chevet_eva", "lampe_de_chevet_gauche",
          "lampe_de_chevet_droite"}),
        ("éteins les lumières", {"lampadaire", "guirlande"}),
        ("ferme tous les volets", {"volet_salon", "volet_eva", "volet_chambre"}),
        ("éteins les lumières d'en haut",
         {"chevet_eva", "lampe_de_chevet_gauche", "lampe_de_chevet_droite"}),
        ("ferme les volets et les stores de l'étage", set()),
        ("éteins les deux lampes de chevet",
         {"lampe_de_chevet_gauche", "lampe_de_chevet_droite"}),
        ("éteins les trois lampes de chevet", set()),
    ],
    "en": [
        ("turn off all the lights except the floor lamp",
         {"fairy_lights", "night_light", "left_bedside_lamp", "right_bedside_lamp"}),
        ("turn off every light in the house but the floor lamp and the night light",
         {"fairy_lights", "left_bedside_lamp", "right_bedside_lamp"}),
        ("turn all the lights off apart from the bedroom and the living room", {"night_light"}),
        ("close all the blinds except Eva's", {"patio_blind", "bedroom_blind"}),
        ("close all the blinds bar the one in the bedroom", {"patio_blind", "eva_s_blind"}),
        ("turn off the fairy lights but leave the floor lamp on", {"fairy_lights"}),
        ("turn everything off except the fairy lights", {"floor_lamp"}),
        ("turn off all the lights except the washing machine", set()),
        ("turn off all the lights except when it is dark", set()),
        ("turn off all the lights",
         {"floor_lamp", "fairy_lights", "night_light", "left_bedside_lamp",
          "right_bedside_lamp"}),
        ("turn off the lights", {"floor_lamp", "fairy_lights"}),
        ("close all the blinds", {"patio_blind", "eva_s_blind", "bedroom_blind"}),
        ("turn the lights off upstairs",
         {"night_light", "left_bedside_lamp", "right_bedside_lamp"}),
        ("turn off the lights in Evas room", {"night_light"}),
        ("turn off both bedside lamps", {"left_bedside_lamp", "right_bedside_lamp"}),
        ("turn off all three bedside lamps", set()),
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_as_much_as_was_said(hass: HomeAssistant, language: str) -> None:
    await async_furnish(hass, HOMES[language], language)
    name, aliases, rooms = UPSTAIRS[language]
    floor = fr.async_get(hass).async_create(name, aliases=set(aliases))
    areas = ar.async_get(hass)
    for room in rooms:
        area = areas.async_get_or_create(room)
        areas.async_update(area.id, floor_id=floor.floor_id)
    await async_install_jarvis(hass)
    here = satellite_in(hass, next(iter(HOMES[language])))
    for text, moved in SAID[language]:
        for domain, service in (("light", "turn_on"), ("cover", "open_cover")):
            await hass.services.async_call(
                domain, service, {ATTR_ENTITY_ID: "all"}, blocking=True
            )
        before = seen(hass)
        result = await async_ask(hass, text, language, device_id=here)
        await hass.async_block_till_done()
        after = seen(hass)
        changed = {k for k, v in after.items() if before[k] != v}
        assert changed == moved, (text, speech(result))


async def test_a_group_goes_with_what_is_left_out(hass: HomeAssistant) -> None:
    """A lamp that stays on is not switched off by the group that it is a member of."""
    group: Any = made(
        Lamp("Spots"),
        is_on=True,
        extra_state_attributes={"entity_id": ["light.spot_one"]},
    )
    lamps = [lit("Spot one"), lit("Spot two"), group, Shutter("Blind")]
    await async_furnish(hass, {"Hall": lamps}, "en")
    await async_install_jarvis(hass)
    await async_ask(hass, "turn off all the lights except spot one", "en")
    assert seen(hass)["spot_one"] == seen(hass)["spots"] == "on"
    assert seen(hass)["spot_two"] == "off"
