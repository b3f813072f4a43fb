"""More or less of what is: "monte un peu le radiateur", "two degrees warmer"."""

from typing import Any

import pytest
from homeassistant.components.climate import HVACMode
from homeassistant.core import HomeAssistant
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM

from tests.fakes.home import (
    Blind,
    Device,
    Lamp,
    Player,
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
        "lamp": "Lampadaire", "little": "Petite lampe", "fan": "Ventilateur",
        "blind": "Store cuisine", "awning": "Rideau", "shutter": "Volet",
        "heater": "Radiateur chambre", "cooler": "Clim", "radio": "Radio", "tv": "Télé",
        "den": "Petit salon", "bedroom": "Chambre", "kitchen": "Cuisine",
    },
    "en": {
        "lamp": "Floor lamp", "little": "Little lamp", "fan": "Fan",
        "blind": "Kitchen blind", "awning": "Curtain", "shutter": "Shutter",
        "heater": "Bedroom radiator", "cooler": "Aircon", "radio": "Radio", "tv": "Telly",
        "den": "Little lounge", "bedroom": "Bedroom", "kitchen": "Kitchen",
    },
}  # fmt: skip
START: dict[str, dict[str, Any]] = {
    "lamp": {"is_on": True, "brightness": 128},
    "little": {"is_on": True, "brightness": 128},
    "fan": {"percentage": 50},
    "blind": {"current_cover_position": 50, "is_closed": False},
    "shutter": {"current_cover_position": 90, "is_closed": False},
    "awning": {"is_closed": True, "is_opening": False},
    "heater": {"target_temperature": 19.0, "hvac_mode": HVACMode.HEAT},
    "cooler": {"target_temperature": 24.0, "hvac_mode": HVACMode.COOL},
    "radio": {"state": "off", "volume_level": 0.5},
    "tv": {"state": "playing", "volume_level": 0.5},
}


class AirCon(Thermostat):
    """What cools."""

    _attr_hvac_modes = [HVACMode.COOL, HVACMode.OFF]  # noqa: RUF012


async def furnish(hass: HomeAssistant, language: str) -> dict[str, Device]:
    names = NAMES[language]
    home: dict[str, Device] = {
        "lamp": Lamp(names["lamp"]), "little": Lamp(names["little"]),
        "fan": Ventilator(names["fan"]), "blind": Shutter(names["blind"]),
        "awning": Blind(names["awning"]), "shutter": Shutter(names["shutter"]),
        "heater": Thermostat(names["heater"]), "cooler": AirCon(names["cooler"]),
        "radio": Player(names["radio"]), "tv": Player(names["tv"]),
    }  # fmt: skip
    den = ["lamp", "little", "fan", "shutter", "cooler", "tv"]
    rooms = {
        names["den"]: [home[key] for key in den],
        names["bedroom"]: [home["heater"], home["awning"]],
        names["kitchen"]: [home["blind"], home["radio"]],
    }
    await async_furnish(hass, rooms, language)
    await async_install_jarvis(hass)
    return home


def reset(home: dict[str, Device]) -> None:
    for key, attributes in START.items():
        home[key]._change(attributes)


def changed(home: dict[str, Device]) -> dict[str, Any]:
    """Return what is not as it was at the start: one value a device."""
    return {
        key: getattr(home[key], f"_attr_{name}")
        for key, attributes in START.items()
        for name, value in attributes.items()
        if getattr(home[key], f"_attr_{name}") != value
    }


ROWS: dict[str, list[tuple[str, str, dict[str, Any]]]] = {
    "fr": [
        ("monte un peu le radiateur de la chambre",
         "C'est fait, le radiateur chambre est réglé sur 19,5 degrés.", {"heater": 19.5}),
        ("augmente légèrement le chauffage de la chambre", "19,5 degrés", {"heater": 19.5}),
        ("baisse le radiateur de la chambre", "18 degrés", {"heater": 18.0}),
        ("monte le radiateur de la chambre de 2 degrés", "21 degrés", {"heater": 21.0}),
        ("deux degrés de plus dans la chambre", "21 degrés", {"heater": 21.0}),
        ("un peu moins chaud dans la chambre", "18,5 degrés", {"heater": 18.5}),
        ("baisse le radiateur de la chambre d'un degré et demi", "17,5 degrés", {"heater": 17.5}),
        ("monte le radiateur de la chambre à 21 degrés", "21 degrés", {"heater": 21.0}),
        ("monte le radiateur de la chambre de 60 degrés", "79", {}),
        ("monte la clim", "Plus chaud ou plus froid ?", {}),
        ("mets la clim un peu moins froide", "24,5 degrés", {"cooler": 24.5}),
        ("ouvre un peu le store de la cuisine", "65 %", {"blind": 65}),
        ("entrouvre le store de la cuisine", "65 %", {"blind": 65}),
        ("ferme un tout petit peu le store de la cuisine s'il te plaît", "35 %", {"blind": 35}),
        ("baisse le store de la cuisine de 20 %", "30 %", {"blind": 30}),
        ("ferme le store de la cuisine de 20 %", "30 %", {"blind": 30}),
        ("ouvre un peu le volet", "95 %", {"shutter": 95}),
        ("ouvre un peu le rideau de la chambre",
         "Le rideau ne s'ouvre qu'en entier. J'ouvre quand même ?", {}),
        ("baisse le son de la télé un chouïa", "45 %", {"tv": 0.45}),
        ("mets la télé beaucoup plus fort", "70 %", {"tv": 0.7}),
        ("monte un peu la radio", "La radio est éteinte.", {}),
        ("augmente un petit peu la lumière du petit salon", "70 %",
         {"lamp": 178, "little": 178}),
        ("baisse un peu la petite lampe", "30 %", {"little": 76}),
        ("tamise le lampadaire de 10 %", "40 %", {"lamp": 102}),
        ("accélère le ventilateur", "70 %", {"fan": 70}),
        ("un peu moins vite le ventilateur", "40 %", {"fan": 40}),
        ("monte un peu le chauffage de la chanbre", "19,5 degrés", {"heater": 19.5}),
        ("n'ouvre pas un peu le volet", "", {}),
    ],
    "en": [
        ("turn the bedroom radiator up",
         "Done, the bedroom radiator is set to 20 degrees.", {"heater": 20.0}),
        ("lower the bedroom radiator slightly", "18.5 degrees", {"heater": 18.5}),
        ("turn the bedroom heating up by two degrees", "21 degrees", {"heater": 21.0}),
        ("two degrees warmer in the bedroom", "21 degrees", {"heater": 21.0}),
        ("make the bedroom half a degree cooler", "18.5 degrees", {"heater": 18.5}),
        ("turn the bedroom radiator up to 21", "21 degrees", {"heater": 21.0}),
        ("turn the bedroom radiator up by 60 degrees", "79", {}),
        ("turn the aircon up", "Warmer or cooler?", {}),
        ("open the kitchen blind a wee bit", "65 %", {"blind": 65}),
        ("nudge the kitchen blind open", "65 %", {"blind": 65}),
        ("close the kitchen blind a bit more please", "35 %", {"blind": 35}),
        ("lower the kitchen blind by 20 percent", "30 %", {"blind": 30}),
        ("open the shutter a touch", "95 %", {"shutter": 95}),
        ("open the bedroom curtain a bit",
         "The curtain can only be opened all the way. Shall I?", {}),
        ("turn the telly down a touch", "45 %", {"tv": 0.45}),
        ("turn the telly up by ten percent", "60 %", {"tv": 0.6}),
        ("turn up the radio", "The radio is off.", {}),
        ("dim the little lounge lights a little", "30 %", {"lamp": 76, "little": 76}),
        ("turn the little lamp down a bit", "30 %", {"little": 76}),
        ("turn up the little lamp a lot", "90 %", {"little": 230}),
        ("brighten the floor lamp by ten percent", "60 %", {"lamp": 153}),
        ("turn the fan up a notch", "70 %", {"fan": 70}),
        ("turn the bettroom heating up", "20 degrees", {"heater": 20.0}),
        ("set the bedrum radiator to twenty one", "21 degrees", {"heater": 21.0}),
        ("don't open the shutter a bit", "", {}),
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_a_step_from_what_is(hass: HomeAssistant, language: str) -> None:
    """What is named changes by as much as was said, and the state is told."""
    home = await furnish(hass, language)
    found, wanted = [], []
    for text, said, changes in ROWS[language]:
        reset(home)
        heard = speech(await async_ask(hass, text, language))
        found.append((text, said if said in heard else heard, changed(home)))
        wanted.append((text, said, changes))
    assert found == wanted


@pytest.mark.parametrize(
    ("language", "turns", "changes"),
    [
        ("fr", ["ouvre un peu le rideau de la chambre", "oui"], {"awning": True}),
        ("en", ["open the bedroom curtain a bit", "no"], {}),
        ("fr", ["monte la clim", "plus froid"], {"cooler": 23.0}),
        ("en", ["turn the aircon up", "warmer"], {"cooler": 25.0}),
        (
            "en",
            ["turn the bedroom radiator up", "a bit more", "turn it down a bit"],
            {"heater": 19.5},
        ),
        (
            "fr",
            ["monte le radiateur de la chambre", "baisse-le un peu"],
            {"heater": 19.5},
        ),
    ],
)
async def test_a_step_in_a_conversation(
    hass: HomeAssistant, language: str, turns: list[str], changes: dict[str, Any]
) -> None:
    """What is asked back is answered, and "it" is what was changed."""
    home = await furnish(hass, language)
    reset(home)
    conversation_id = None
    for text in turns:
        result = await async_ask(hass, text, language, conversation_id=conversation_id)
        conversation_id = result.conversation_id
    assert changed(home) == changes


@pytest.mark.parametrize(
    ("language", "rows"),
    [
        (
            "fr",
            [
                (
                    "baisse le son de la télé et ouvre un peu le store de la cuisine",
                    {"tv": 0.4, "blind": 65},
                ),
                (
                    "éteins la petite lampe, baisse le son et accélère le ventilateur",
                    {"little": None, "tv": 0.4, "fan": 70},
                ),
                ("baisse le son de la télé et nourris le chat", {}),
                ("baisse le son de la télé et n'ouvre pas le store", {}),
            ],
        ),
        (
            "en",
            [
                (
                    "turn the telly down and dim the little lamp a bit",
                    {"tv": 0.4, "little": 76},
                ),
                (
                    "two degrees warmer in the bedroom and turn the sound down",
                    {"heater": 21.0, "tv": 0.4},
                ),
                ("turn the telly down and feed the cat", {}),
            ],
        ),
    ],
)
async def test_orders_that_are_joined(
    hass: HomeAssistant, language: str, rows: list[tuple[str, dict[str, Any]]]
) -> None:
    """What is understood alone is understood joined: all of it, or nothing is done."""
    home = await furnish(hass, language)
    found = []
    for text, _ in rows:
        reset(home)
        await async_ask(hass, text, language)
        found.append((text, changed(home)))
    assert found == rows


async def test_degrees_fahrenheit(hass: HomeAssistant) -> None:
    """A small step is a whole degree Fahrenheit: half of one is felt by nobody."""
    hass.config.units = US_CUSTOMARY_SYSTEM
    home = await furnish(hass, "en")
    reset(home)
    said = speech(await async_ask(hass, "turn the bedroom radiator up a bit", "en"))
    assert said == "Done, the bedroom radiator is set to 67 degrees."
