"""Homes of any size for the prompt bench, and commands for the things in them."""

import random
from dataclasses import dataclass

from homeassistant.components import conversation
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component

COMPONENTS = (
    "homeassistant", "conversation", "intent", "llm", "light", "switch", "cover",
    "climate", "media_player", "fan", "lock", "sensor", "binary_sensor",
)  # fmt: skip

AREAS = {
    "fr": (
        "Salon", "Cuisine", "Chambre", "Bureau", "Entrée", "Garage", "Cave", "Jardin",
        "Terrasse", "Couloir", "Grenier", "Buanderie", "Salle de bain", "Atelier",
        "Véranda", "Dressing", "Chambre d'amis", "Salle à manger", "Piscine", "Balcon",
    ),
    "en": (
        "Living room", "Kitchen", "Bedroom", "Office", "Hall", "Garage", "Cellar",
        "Garden", "Patio", "Corridor", "Attic", "Laundry", "Bathroom", "Workshop",
        "Conservatory", "Wardrobe", "Guest room", "Dining room", "Pool", "Balcony",
    ),
}  # fmt: skip
# Name, domain, device class, state, and how the thing is asked for. The sentences are
# ones that need the model: indirect, or with words around the name.
THINGS = {
    "fr": (
        ("Lampe", "light", "", "off", "il fait trop sombre, {the} serait la bienvenue"),
        ("Plafonnier", "light", "", "off", "tu veux bien t'occuper de {the} ?"),
        ("Volet", "cover", "shutter", "open", "j'aimerais que {the} soit à moitié"),
        ("Prise", "switch", "", "off", "est-ce que {the} est encore sous tension"),
        ("Température", "sensor", "temperature", "19.5", "il fait combien, {the}"),
        ("Humidité", "sensor", "humidity", "48", "{the}, c'est normal en ce moment ?"),
        ("Fenêtre", "binary_sensor", "window", "off", "ai-je laissé {the} ouverte"),
        ("Radiateur", "climate", "", "heat", "j'ai froid, pousse {the}"),
        ("Enceinte", "media_player", "", "idle", "mets du jazz sur {the}"),
        ("Ventilateur", "fan", "", "off", "fais tourner {the} doucement"),
    ),
    "en": (
        ("Lamp", "light", "", "off", "it's too dark, {the} would be nice"),
        ("Ceiling light", "light", "", "off", "could you take care of {the}?"),
        ("Blind", "cover", "blind", "open", "I'd like {the} to be about half way"),
        ("Socket", "switch", "", "off", "does {the} still have power"),
        ("Temperature", "sensor", "temperature", "19.5", "how warm is it, {the}"),
        ("Humidity", "sensor", "humidity", "48", "{the}, is that normal right now?"),
        ("Window", "binary_sensor", "window", "off", "did I leave {the} open"),
        ("Radiator", "climate", "", "heat", "I'm cold, push {the}"),
        ("Speaker", "media_player", "", "idle", "put some jazz on {the}"),
        ("Fan", "fan", "", "off", "make {the} turn slowly"),
    ),
}
MARKS = {
    "fr": ("", " gauche", " droite", " du fond", " de la porte", " du haut", " du bas"),
    "en": ("", " left", " right", " back", " door", " upper", " lower"),
}
OF = {"fr": "{thing} {area}", "en": "{area} {thing}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Words that need one entity."""

    text: str
    entity_id: str


async def async_build(hass: HomeAssistant, size: int, language: str) -> list[Command]:
    """Fill a home with `size` exposed entities; return a command for each."""
    hass.config.language = language
    for component in COMPONENTS:
        assert await async_setup_component(hass, component, {})
    registry = er.async_get(hass)
    areas = [ar.async_get(hass).async_get_or_create(name) for name in AREAS[language]]
    chance = random.Random(size)
    commands: list[Command] = []
    for number in range(size):
        area = areas[number % len(areas)]
        kind, domain, device_class, value, sentence = THINGS[language][
            number // len(areas) % len(THINGS[language])
        ]
        again = number // (len(areas) * len(THINGS[language]))
        marks = MARKS[language]
        thing = kind + marks[again % len(marks)]
        if again >= len(marks):
            thing += f" {again // len(marks) + 1}"
        # Half of the names say the room, as many users' do.
        named = OF[language].format(thing=thing, area=area.name)
        name = named if chance.random() < 0.5 else thing
        entry = registry.async_get_or_create(
            domain,
            "bench",
            f"{language} {number}",
            suggested_object_id=f"bench_{number}",
            original_name=name,
            original_device_class=device_class or None,
        )
        registry.async_update_entity(entry.entity_id, area_id=area.id)
        attributes = {"friendly_name": name}
        if device_class:
            attributes["device_class"] = device_class
        hass.states.async_set(entry.entity_id, value, attributes)
        async_expose_entity(hass, conversation.DOMAIN, entry.entity_id, True)
        the = f"{thing}, {area.name}," if name == thing else name
        text = sentence.format(the=the.lower())
        commands.append(Command(text=text, entity_id=entry.entity_id))
    await hass.async_block_till_done()
    return commands
