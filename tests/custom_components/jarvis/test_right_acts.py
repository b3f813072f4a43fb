"""An act covers what was said: kind, direction, value, room. All else is left alone.

Every case plays in one home, where what is easily mixed up stands side by side.
"""

from collections.abc import Sequence
from typing import Any, override

import pytest
from homeassistant.components.climate import HVACMode
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.components.media_player import (
    MediaPlayerDeviceClass,
    MediaPlayerEntityFeature,
    MediaPlayerState,
)
from homeassistant.components.switch import SwitchDeviceClass
from homeassistant.components.todo import (
    TodoItem,
    TodoListEntity,
    TodoListEntityFeature,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    setup_test_component_platform,
)

from tests.custom_components.jarvis.common import YES
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


def made[T: Device](device: T, **attributes: Any) -> T:
    """Set what differs from the usual device."""
    for name, value in attributes.items():
        setattr(device, f"_attr_{name}", value)
    return device


def opened(name: str, device_class: str | None = None) -> Shutter:
    return made(
        Shutter(name, device_class=device_class),
        is_closed=False,
        current_cover_position=100,
    )


def lit(name: str) -> Lamp:
    return made(Lamp(name), is_on=True, brightness=255)


def playing(name: str, device_class: MediaPlayerDeviceClass) -> Player:
    features = (
        MediaPlayerEntityFeature.TURN_ON
        | MediaPlayerEntityFeature.TURN_OFF
        | MediaPlayerEntityFeature.VOLUME_SET
        | MediaPlayerEntityFeature.VOLUME_MUTE
        | MediaPlayerEntityFeature.PAUSE
    )
    return made(
        Player(name),
        state=MediaPlayerState.PLAYING,
        supported_features=features,
        device_class=device_class,
        is_volume_muted=False,
    )


def running(name: str, device_class: SwitchDeviceClass | None = None) -> Plug:
    return made(Plug(name), is_on=True, device_class=device_class)


COOLS = {"hvac_modes": [HVACMode.COOL, HVACMode.OFF], "hvac_mode": HVACMode.COOL}


def french() -> dict[str, Sequence[Device]]:
    return {
        "Salon": [
            opened("Volet salon"),
            opened("Fenêtre de toit"),
            lit("Lumière"),
            made(Thermostat("Daikin"), **COOLS),
            Thermostat("Poêle"),
            playing("Télé", MediaPlayerDeviceClass.TV),
            playing("Chaîne stéréo", MediaPlayerDeviceClass.SPEAKER),
        ],
        "Chambre": [opened("Volet chambre"), lit("Plafonnier"), lit("Chevet")],
        "Cuisine": [
            lit("Suspension"),
            running("Congélateur", SwitchDeviceClass.OUTLET),
            running("Bouilloire", SwitchDeviceClass.OUTLET),
            running("Arrosage"),
        ],
        "Garage": [opened("Porte de garage", "garage"), lit("Garage")],
        "Jardin": [opened("Portail")],
    }


def english() -> dict[str, Sequence[Device]]:
    return {
        "Living room": [
            opened("Living room curtain"),
            opened("Roof window"),
            lit("Light"),
            made(Thermostat("Daikin"), **COOLS),
            Thermostat("Stove"),
            playing("Telly", MediaPlayerDeviceClass.TV),
            playing("Stereo", MediaPlayerDeviceClass.SPEAKER),
        ],
        "Bedroom": [opened("Bedroom curtain"), lit("Ceiling"), lit("Bedside")],
        "Tom's room": [lit("Nursery lamp")],
        "Kitchen": [
            lit("Pendant"),
            running("Freezer", SwitchDeviceClass.OUTLET),
            running("Kettle", SwitchDeviceClass.OUTLET),
            running("Sprinkler"),
        ],
        "Garage": [opened("Garage door", "garage"), lit("Garage")],
        "Garden": [opened("Gate")],
    }


HOMES = {"fr": french, "en": english}

SAID = [
    # Shutters and curtains, never what else opens; the home tells them by name only.
    ("fr", None, "ferme tous les volets", {"volet_salon": 0, "volet_chambre": 0}),
    ("fr", "Salon", "ferme les volets", {"volet_salon": 0}),
    ("en", None, "close all the curtains",
     {"living_room_curtain": 0, "bedroom_curtain": 0}),
    # Sockets are what says so; a freezer is only switched off by name.
    ("fr", "Cuisine", "éteins toutes les prises", {"bouilloire": "off"}),
    ("fr", "Cuisine", "éteins le congélateur", {"congelateur": "off"}),
    ("fr", "Cuisine", "éteins tout",
     {"suspension": "off", "bouilloire": "off", "arrosage": "off"}),
    ("en", "Kitchen", "turn off all the outlets", {"kettle": "off"}),
    ("en", "Kitchen", "turn everything off in the kitchen",
     {"pendant": "off", "kettle": "off", "sprinkler": "off"}),
    # What cools is not what heats, and the screen not the loudspeaker.
    ("fr", "Salon", "éteins la climatisation du salon", {"daikin": "off"}),
    ("fr", "Salon", "éteins le chauffage du salon", {"poele": "off"}),
    ("fr", "Salon", "éteins la télé", {"tele": "off"}),
    ("en", "Living room", "turn off the heating", {"stove": "off"}),
    ("en", "Living room", "turn off the television", {"telly": "off"}),
    # Closed to 80 % is open to 20 %; told to close, nothing opens.
    ("fr", None, "ferme le volet du salon à 80 %", {"volet_salon": 20}),
    ("fr", None, "ouvre le volet du salon à 40 %", {"volet_salon": 40}),
    ("fr", None, "baisse le volet du salon à 30 %", {"volet_salon": 30}),
    ("en", None, "close the living room curtain to 80%", {"living_room_curtain": 20}),
    # The speaker's own room first.
    ("fr", "Chambre", "éteins la lumière", {"plafonnier": "off", "chevet": "off"}),
    ("fr", "Salon", "éteins la lumière", {"lumiere": "off"}),
    ("en", "Bedroom", "turn off the light", {"ceiling": "off", "bedside": "off"}),
    ("en", "Bedroom", "turn off the room lights",
     {"ceiling": "off", "bedside": "off"}),
    # A word for opening moves what opens, and no lamp.
    ("fr", "Cuisine", "ferme le garage", {"porte_de_garage": 0}),
    ("fr", "Salon", "ferme le portail", {"portail": 0}),
    ("fr", "Salon", "ouvre la cuisine", {}),
    ("fr", "Cuisine", "ferme la lumière", {"suspension": "off"}),
    ("en", "Kitchen", "close the garage", {"garage_door": 0}),
    ("en", "Kitchen", "open the kitchen", {}),
    # Sound is muted, not switched off; and the only player that plays is meant.
    ("fr", "Salon", "coupez le son de la chaîne stéréo", {"chaine_stereo": "muted"}),
    ("en", "Living room", "turn the sound off on the stereo", {"stereo": "muted"}),
]  # fmt: skip


def seen(hass: HomeAssistant) -> dict[str, Any]:
    """Return what each thing does: its position, its sound, or its state."""
    result: dict[str, Any] = {}
    for state in hass.states.async_all(
        ("climate", "cover", "light", "lock", "media_player", "switch")
    ):
        name = state.entity_id.partition(".")[2]
        if state.domain == "cover":
            result[name] = state.attributes["current_position"]
        elif state.attributes.get("is_volume_muted"):
            result[name] = "muted"
        else:
            result[f"{name}"] = state.state
    return result


def satellite_in(hass: HomeAssistant, area: str | None) -> str | None:
    """Return the id of a device in an area."""
    if area is None:
        return None
    owner = MockConfigEntry(domain="test")
    owner.add_to_hass(hass)
    registry = dr.async_get(hass)
    device = registry.async_get_or_create(
        config_entry_id=owner.entry_id, identifiers={("test", "satellite")}
    )
    area_id = ar.async_get(hass).async_get_or_create(area).id
    registry.async_update_device(device.id, area_id=area_id)
    return device.id


@pytest.mark.parametrize(("language", "area", "text", "changed"), SAID)
async def test_only_what_was_said(
    hass: HomeAssistant,
    language: str,
    area: str | None,
    text: str,
    changed: dict[str, Any],
) -> None:
    await async_furnish(hass, HOMES[language](), language)
    await async_install_jarvis(hass)
    device_id = satellite_in(hass, area)
    before = seen(hass)
    result = await async_ask(hass, text, language, device_id=device_id)
    await hass.async_block_till_done()
    after = seen(hass)
    assert {k: v for k, v in after.items() if before[k] != v} == changed, speech(result)


@pytest.mark.parametrize(
    ("language", "area", "text"),
    [
        ("fr", "Cuisine", "mets la musique en pause"),
        ("en", "Kitchen", "pause the music"),
    ],
)
async def test_the_only_player_that_plays_is_meant(
    hass: HomeAssistant, language: str, area: str, text: str
) -> None:
    player = playing("Sonos", MediaPlayerDeviceClass.SPEAKER)
    devices = {area: [lit("Suspension")], "Salon": [player, Player("Radio")]}
    await async_furnish(hass, devices, language)
    await async_install_jarvis(hass)
    await async_ask(hass, text, language, device_id=satellite_in(hass, area))
    assert seen(hass)["sonos"] == "paused"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "coupe le son"),
        ("fr", "éteins le volume s'il te plaît"),
        ("en", "mute the sound"),
        ("en", "turn the sound off"),
    ],
)
async def test_sound_without_a_name_is_that_of_what_plays(
    hass: HomeAssistant, language: str, text: str
) -> None:
    player = playing("Sonos", MediaPlayerDeviceClass.SPEAKER)
    devices = {"Salon": [lit("Suspension"), player, Player("Radio")]}
    await async_furnish(hass, devices, language)
    await async_install_jarvis(hass)
    await async_ask(hass, text, language)
    assert seen(hass)["sonos"] == "muted"


@pytest.mark.parametrize(
    ("language", "order"), [("fr", "déverrouille Nuki"), ("en", "unlock Nuki")]
)
async def test_a_sensor_of_the_same_name_is_not_meant(
    hass: HomeAssistant, language: str, order: str
) -> None:
    await async_furnish(hass, {"Hall": [DoorLock("Nuki", locked=True)]}, language)
    attributes = {"friendly_name": "Nuki", "device_class": "lock"}
    hass.states.async_set("binary_sensor.nuki", "off", attributes)
    async_expose_entity(hass, "conversation", "binary_sensor.nuki", True)
    await async_install_jarvis(hass)
    asked = await async_ask(hass, order, language)
    assert asked.continue_conversation
    await async_ask(
        hass, YES[language], language, conversation_id=asked.conversation_id
    )
    assert seen(hass)["nuki"] == "unlocked"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "ferme le volet à 80 %"),
        ("fr", "baisse le volet à 50 %"),
        ("en", "close the shutter to 80%"),
        ("en", "lower the shutter to 50%"),
    ],
)
async def test_nothing_opens_when_it_is_told_to_close(
    hass: HomeAssistant, language: str, text: str
) -> None:
    name = {"fr": "Volet", "en": "Shutter"}[language]
    await async_furnish(hass, {"Salon": [made(Shutter(name))]}, language)
    await async_install_jarvis(hass)
    await async_ask(hass, text, language)
    assert seen(hass)[name.lower()] == 0


FOLLOW_UPS = [
    ("fr", "mets le Dyson à 80 %", "plus doucement", "dyson", "percentage", -1),
    ("fr", "mets le Dyson à 40 %", "plus fort", "dyson", "percentage", 1),
    ("en", "set the Dyson to 80%", "quieter", "dyson", "percentage", -1),
    ("fr", "mets la lampe à 40 %", "plus fort", "lampe", "brightness", 1),
    ("fr", "ferme le volet", "moins fort", "", "", 0),
    # What can be neither more nor less is not meant: what plays is.
    ("fr", "allume la bouilloire", "moins fort", "radio", "volume_level", -1),
    ("en", "turn on the kettle", "louder", "radio", "volume_level", 1),
]


@pytest.mark.parametrize(
    ("language", "before", "text", "moved", "attribute", "way"), FOLLOW_UPS
)
async def test_more_or_less_is_of_what_was_spoken_of(
    hass: HomeAssistant,
    language: str,
    before: str,
    text: str,
    moved: str,
    attribute: str,
    way: int,
) -> None:
    radio = made(
        playing("Radio", MediaPlayerDeviceClass.SPEAKER),
        volume_level=0.5,
    )
    kettle = {"fr": "Bouilloire", "en": "Kettle"}[language]
    fan = made(Ventilator("Dyson"), is_on=True, percentage=60)
    devices = [radio, fan, Plug(kettle), lit("Lampe"), opened("Volet", "shutter")]
    await async_furnish(hass, {"Salon": devices}, language)
    await async_install_jarvis(hass)
    device_id = satellite_in(hass, "Salon")

    def values() -> dict[str, tuple[Any, ...]]:
        names = ("percentage", "brightness", "volume_level", "current_position")
        return {
            state.entity_id.partition(".")[2]: tuple(
                state.attributes.get(name) for name in names
            )
            for state in hass.states.async_all()
        }

    first = await async_ask(hass, before, language, device_id=device_id)
    at = {
        state.entity_id.partition(".")[2]: state.attributes.get(attribute)
        for state in hass.states.async_all()
    }
    stood = values()
    told = await async_ask(
        hass,
        text,
        language,
        device_id=device_id,
        conversation_id=first.conversation_id,
    )
    await hass.async_block_till_done()
    changed = {name for name, value in values().items() if stood[name] != value}
    assert changed == ({moved} if moved else set()), speech(told)
    if moved:
        now = {
            state.entity_id.partition(".")[2]: state.attributes.get(attribute)
            for state in hass.states.async_all()
        }
        assert (now[moved] - at[moved]) * way > 0


@pytest.mark.parametrize(
    ("language", "name", "text"),
    [
        ("fr", "Portail", "ouvre le portail"),
        ("fr", "Garage", "ouvre le garage"),
        ("fr", "Portillon du jardin", "ouvre le portillon du jardin"),
        ("fr", "Volet roulant du garage", "ouvre le volet roulant du garage"),
        ("en", "Front gate", "open the front gate"),
        ("en", "Garage", "open the garage"),
        ("en", "Barn door", "set the barn door to 50%"),
    ],
)
async def test_what_is_a_way_in_by_name_waits_for_a_yes(
    hass: HomeAssistant, language: str, name: str, text: str
) -> None:
    """A cover without a device class is what its name says."""
    await async_furnish(hass, {"": [made(Shutter(name), device_class=None)]}, language)
    await async_install_jarvis(hass)
    (before,) = seen(hass).values()
    asked = await async_ask(hass, text, language)
    assert asked.continue_conversation, speech(asked)
    assert list(seen(hass).values()) == [before]


@pytest.mark.parametrize(
    ("language", "name", "text"),
    [
        ("fr", "Store de la porte", "ouvre le store de la porte"),
        ("en", "Front door blind", "open the front door blind"),
        ("fr", "Volet chambre", "ouvre le volet chambre"),
    ],
)
async def test_what_hangs_before_a_door_is_no_door(
    hass: HomeAssistant, language: str, name: str, text: str
) -> None:
    await async_furnish(hass, {"": [made(Shutter(name), device_class=None)]}, language)
    await async_install_jarvis(hass)
    asked = await async_ask(hass, text, language)
    assert not asked.continue_conversation, speech(asked)
    assert list(seen(hass).values()) == [100]


class Groceries(TodoListEntity):
    """A list of things to buy."""

    _attr_supported_features = TodoListEntityFeature.CREATE_TODO_ITEM

    def __init__(self, name: str) -> None:
        self._attr_name = name
        self.kept: list[TodoItem] = []
        self._attr_todo_items = self.kept

    @override
    async def async_create_todo_item(self, item: TodoItem) -> None:
        self.kept.append(item)


GAZETTEER = [
    # What no template knows, and every word of it is accounted for.
    ("switch off the pendant mate", {"pendant": "off"}),
    ("power off the pendant", {"pendant": "off"}),
    ("close the drapes in the living room", {"living_room_curtain": 0}),
    # One word left over may turn it round.
    ("don't switch off the pendant", {}),
    ("no need to power off the pendant", {}),
    ("power off every light in here bar the pendant", {}),
    ("open the living room curtain a quarter of the way", {}),
    ("power off the pendant when I leave", {}),
    ("tell Anna to power off the pendant", {}),
]


@pytest.mark.parametrize(("text", "changed"), GAZETTEER)
async def test_core_reads_on_only_where_no_word_is_left(
    hass: HomeAssistant, text: str, changed: dict[str, Any]
) -> None:
    await async_furnish(hass, english(), "en")
    await async_install_jarvis(hass)
    before = seen(hass)
    result = await async_ask(hass, text, "en", device_id=satellite_in(hass, "Kitchen"))
    await hass.async_block_till_done()
    after = seen(hass)
    assert {k: v for k, v in after.items() if before[k] != v} == changed, speech(result)


@pytest.mark.parametrize(
    ("language", "text", "items"),
    [
        ("fr", "ajoute du riz et des lentilles à la liste de courses",
         ["riz", "lentilles"]),
        ("fr", "ajoute du sucre, de la farine et du sel à la liste de courses",
         ["sucre", "farine", "sel"]),
        ("fr", "ajoute du beurre à la liste de courses", ["beurre"]),
        ("en", "put milk, eggs and flour on the shopping list",
         ["milk", "eggs", "flour"]),
    ],
)  # fmt: skip
async def test_several_things_are_several_items(
    hass: HomeAssistant, language: str, text: str, items: list[str]
) -> None:
    await async_furnish(hass, {"": [lit("Suspension")]}, language)
    groceries = Groceries({"fr": "Courses", "en": "Shopping"}[language])
    setup_test_component_platform(hass, "todo", [groceries])
    assert await async_setup_component(hass, "todo", {"todo": {"platform": "test"}})
    await hass.async_block_till_done()
    async_expose_entity(hass, "conversation", groceries.entity_id, True)
    await async_install_jarvis(hass)
    result = await async_ask(hass, text, language)
    kept = [item.summary or "" for item in groceries.kept]
    assert [item.lower() for item in kept] == items
    assert all(item in speech(result).lower() for item in items)


LISTED = {
    "fr": [
        ("ajoute du lait à la liste de courses", {"lait"}, "ajouté"),
        ("ajoute du lait aux courses", {"lait"}, "déjà"),
        ("mets du Lait et du pain sur la liste de courses", {"lait", "pain"}, "déjà"),
        ("mets tout ce qu'il faut pour des crêpes sur la liste", {"lait", "pain"}, "modèle"),
        ("ajoute de quoi faire un gâteau aux courses", {"lait", "pain"}, "modèle"),
        ("Pierre est à la maison ?", {"lait", "pain"}, "personne qui s'appelle Pierre"),
        ("la lampe est à la maison ?", {"lait", "pain"}, "modèle"),
        ("où est Marie ?", {"lait", "pain"}, "personne qui s'appelle Marie"),
        ("est-ce que Marie est à la maison ?", {"lait", "pain"}, "personne"),
    ],
    "en": [
        ("add eggs to the shopping list", {"eggs"}, "added"),
        ("add an egg to the shopping list", {"eggs", "an egg"}, "added"),
        ("put Eggs on the shopping list", {"eggs", "an egg"}, "already"),
        ("put eggs and flour on the shopping", {"eggs", "an egg", "flour"}, "already"),
        ("put everything i need for pancakes on the shopping", None, "model"),
        ("add the ingredients for a cake to the shopping list", None, "model"),
        ("where is Marie?", None, "nobody called Marie"),
        ("is Marie home?", None, "nobody called Marie"),
        ("where is the remote?", None, "model"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_what_is_listed_or_only_described_is_not_written_down(
    hass: HomeAssistant, language: str
) -> None:
    await async_furnish(hass, {"": [lit("Suspension")]}, language)
    groceries = Groceries({"fr": "Courses", "en": "Shopping"}[language])
    setup_test_component_platform(hass, "todo", [groceries])
    assert await async_setup_component(hass, "todo", {"todo": {"platform": "test"}})
    await hass.async_block_till_done()
    async_expose_entity(hass, "conversation", groceries.entity_id, True)
    await async_install_jarvis(hass)
    on_it: set[str] = set()
    for text, wanted, heard in LISTED[language]:
        result = await async_ask(hass, text, language)
        on_it = on_it if wanted is None else wanted
        kept = [(item.summary or "").lower() for item in groceries.kept]
        assert sorted(kept) == sorted(on_it), text
        assert heard in speech(result), speech(result)


@pytest.mark.parametrize(
    ("language", "name", "orders"),
    [
        ("en", "Left blind", ["open the left blind half way", "set the left blind halfway down",
                              "lower the left blind midway", "put the left blind half open"]),
        ("fr", "Volet gauche", ["ouvre le volet gauche à moitié", "mets le volet gauche à mi-hauteur"]),
    ],
)  # fmt: skip
async def test_half_way_is_half(
    hass: HomeAssistant, language: str, name: str, orders: list[str]
) -> None:
    blind = Shutter(name)
    await async_furnish(hass, {"": [blind]}, language)
    await async_install_jarvis(hass)
    for order in orders:
        data = {"entity_id": blind.entity_id}
        await hass.services.async_call("cover", "open_cover", data, blocking=True)
        result = await async_ask(hass, order, language)
        state = hass.states.get(blind.entity_id)
        assert state is not None
        assert state.attributes["current_position"] == 50, (order, speech(result))


class LampGroup(Lamp):
    """A light that stands for others."""

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        return {"entity_id": ["light.globe", "light.spot"]}


@pytest.mark.parametrize(
    ("language", "area", "texts"),
    [
        ("en", "Kitchen", {"turn on the kitchen lights": "2 ", "how many lights are on?": "2 of 2"}),
        ("fr", "Cuisine", {"allume les lumières de la cuisine": "2 ", "combien de lumières sont allumées ?": "2 sur 2"}),
    ],
)  # fmt: skip
async def test_group_is_not_counted_beside_its_members(
    hass: HomeAssistant, language: str, area: str, texts: dict[str, str]
) -> None:
    lamps = [Lamp("Globe"), Lamp("Spot"), LampGroup("Ensemble")]
    await async_furnish(hass, {area: lamps}, language)
    await async_install_jarvis(hass)
    for text, counted in texts.items():
        told = speech(await async_ask(hass, text, language))
        assert counted in told, told
