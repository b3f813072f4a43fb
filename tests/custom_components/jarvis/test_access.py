"""Rules of access: what may be moved from where, and by whom, whichever way it comes."""

from typing import Any

import pytest
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import floor_registry as fr
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_mock_service,
)

from custom_components.jarvis.const import CONF_CRITICAL
from tests.custom_components.jarvis.common import TIDY, YES, add_rule, only
from tests.fakes.home import (
    DoorLock,
    Lamp,
    Plug,
    Shutter,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import Call, FakeOllama

pytestmark = pytest.mark.usefixtures("small_talk")

NURSERY = {"fr": "Chambre des enfants", "en": "Nursery"}
LOCK = {"fr": "Serrure", "en": "Lock"}
LAMP = {"fr": "Lampe", "en": "Lamp"}
BLIND = {"fr": "Volet", "en": "Blind"}

FROM_NURSERY = {
    "fr": "Depuis la chambre des enfants, je ne peux pas commander les serrures.",
    "en": "From the nursery, I cannot control the locks.",
}
FROM_HERE = {
    "fr": "Depuis cet appareil, je ne peux pas commander les serrures.",
    "en": "From this device, I cannot control the locks.",
}
FOR_YOU = {
    "fr": "Tu n'as pas le droit de commander les serrures.",
    "en": "You are not allowed to control the locks.",
}
NO_SCRIPTS = {
    "fr": "Depuis cet appareil, je ne peux pas commander les scripts.",
    "en": "From this device, I cannot control the scripts.",
}
NO_BLINDS = {
    "fr": "Depuis cet appareil, je ne peux pas commander les volets et les portes.",
    "en": "From this device, I cannot control the covers and doors.",
}


@pytest.fixture(params=["fr", "en"])
async def language(request: pytest.FixtureRequest, hass: HomeAssistant) -> str:
    tag: str = request.param
    await async_furnish(
        hass,
        {
            NURSERY[tag]: [Lamp(LAMP[tag]), Plug("Pump"), Shutter(BLIND[tag])],
            {"fr": "Entrée", "en": "Hall"}[tag]: [DoorLock(LOCK[tag])],
        },
        tag,
    )
    floor = fr.async_get(hass).async_create("Upstairs")
    for area in ar.async_get(hass).async_list_areas():
        ar.async_get(hass).async_update(area.id, floor_id=floor.floor_id)
    return tag


@pytest.fixture
def satellite(hass: HomeAssistant, language: str) -> er.RegistryEntry:
    """Register a satellite that stands in the children's room."""
    entry = MockConfigEntry(domain="test")
    entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={("test", "satellite")}
    )
    area = ar.async_get(hass).async_get_area_by_name(NURSERY[language])
    assert area is not None
    dr.async_get(hass).async_update_device(device.id, area_id=area.id)
    return er.async_get(hass).async_get_or_create(
        "assist_satellite", "test", "1", config_entry=entry, device_id=device.id
    )


def nursery(hass: HomeAssistant, language: str) -> str:
    area = ar.async_get(hass).async_get_area_by_name(NURSERY[language])
    assert area is not None
    return area.id


async def install(
    hass: HomeAssistant, *servers: FakeOllama, **rule: list[str]
) -> MockConfigEntry:
    entry = await async_install_jarvis(hass, *servers)
    await add_rule(hass, entry, **rule)
    return entry


def lock_it(language: str) -> str:
    return {"fr": "verrouille la serrure", "en": "lock the lock"}[language]


async def test_area_may_move_what_its_rule_names_and_no_more(
    hass: HomeAssistant, language: str, satellite: er.RegistryEntry
) -> None:
    await install(hass, areas=[nursery(hass, language)], domains=["light"])
    here = {"satellite_id": satellite.entity_id}
    result = await async_ask(hass, lock_it(language), language, **here)
    assert speech(result) == FROM_NURSERY[language]
    assert only(hass, "lock") == "unlocked"
    text = {"fr": "allume la lampe", "en": "turn on the lamp"}[language]
    await async_ask(hass, text, language, **here)
    assert only(hass, "light") == "on"
    # Nobody else is restricted, and asking never is.
    question = {
        "fr": "est-ce que la serrure est verrouillée",
        "en": "is the lock locked",
    }[language]
    answer = speech(await async_ask(hass, question, language, **here))
    assert answer.startswith({"fr": "Non", "en": "No"}[language])
    await async_ask(hass, lock_it(language), language)
    assert only(hass, "lock") == "locked"


async def test_satellite_is_known_by_its_registry_and_by_its_device(
    hass: HomeAssistant, language: str, satellite: er.RegistryEntry
) -> None:
    await install(hass, satellites=[satellite.id], domains=["light"])
    er.async_get(hass).async_update_entity(
        satellite.entity_id, new_entity_id="assist_satellite.renamed"
    )
    for here in (
        {"satellite_id": "assist_satellite.renamed"},
        {"device_id": satellite.device_id},
    ):
        result = await async_ask(hass, lock_it(language), language, **here)
        assert speech(result) == FROM_HERE[language]
    assert only(hass, "lock") == "unlocked"


async def test_user_is_restricted_wherever_they_write(
    hass: HomeAssistant, language: str
) -> None:
    user = await hass.auth.async_create_user("Léa")
    await install(hass, users=[user.id], domains=["light"])
    result = await async_ask(hass, lock_it(language), language, user_id=user.id)
    assert speech(result) == FOR_YOU[language]
    assert only(hass, "lock") == "unlocked"


async def test_several_rules_leave_what_all_of_them_allow(
    hass: HomeAssistant, language: str, satellite: er.RegistryEntry
) -> None:
    here = {"satellite_id": satellite.entity_id}
    entry = await install(hass, satellites=[satellite.id], domains=["light", "lock"])
    await async_ask(hass, lock_it(language), language, **here)
    assert only(hass, "lock") == "locked"
    await add_rule(
        hass, entry, areas=[nursery(hass, language)], domains=["light", "cover"]
    )
    result = await async_ask(hass, lock_it(language), language, **here)
    assert speech(result) == FROM_NURSERY[language]


async def test_rule_without_domains_only_lets_ask(
    hass: HomeAssistant, language: str, satellite: er.RegistryEntry
) -> None:
    await install(hass, satellites=[satellite.id], domains=[])
    text = {"fr": "allume la lampe", "en": "turn on the lamp"}[language]
    await async_ask(hass, text, language, satellite_id=satellite.entity_id)
    assert only(hass, "light") == "off"


@pytest.mark.parametrize(
    "text",
    [
        {"fr": "ouvre les volets", "en": "open the blinds"},
        {
            "fr": "ouvre le volet de la chambre des enfants",
            "en": "open the nursery blinds",
        },
        {
            "fr": "est-ce que tu pourrais ouvrir le volet s'il te plaît",
            "en": "could you please open the blind",
        },
        {"fr": "mets le volet à 50 %", "en": "set the blind to 50 %"},
    ],
)
async def test_every_way_to_say_it_is_held_to_the_rule(
    hass: HomeAssistant,
    language: str,
    satellite: er.RegistryEntry,
    text: dict[str, str],
) -> None:
    await install(hass, satellites=[satellite.id], domains=["light"])
    result = await async_ask(
        hass, text[language], language, satellite_id=satellite.entity_id
    )
    assert speech(result) == NO_BLINDS[language]
    assert only(hass, "cover") == "closed"


async def test_what_was_done_before_is_told(
    hass: HomeAssistant, language: str, satellite: er.RegistryEntry
) -> None:
    await install(hass, satellites=[satellite.id], domains=["light"])
    text = {
        "fr": "allume la lampe et ouvre le volet",
        "en": "turn on the lamp and open the blind",
    }[language]
    result = await async_ask(hass, text, language, satellite_id=satellite.entity_id)
    assert only(hass, "light") == "on"
    assert only(hass, "cover") == "closed"
    assert LAMP[language].lower() in speech(result)
    assert speech(result).endswith(NO_BLINDS[language])


async def test_model_is_held_to_the_rule(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    satellite: er.RegistryEntry,
) -> None:
    await install(hass, ollama, satellites=[satellite.id], domains=["light"])
    ollama.queue(
        Call("HassTurnOn", name=LAMP[language]),
        Call("HassTurnOn", name=LOCK[language]),
    )
    result = await async_ask(
        hass, TIDY[language], language, satellite_id=satellite.entity_id
    )
    assert only(hass, "light") == "on"
    assert only(hass, "lock") == "unlocked"
    assert LAMP[language].lower() in speech(result)
    assert speech(result).endswith(FROM_HERE[language])


@pytest.mark.parametrize(
    "target",
    [
        {"floor": "Upstairs", "domain": ["cover"]},
        {"name": "all", "domain": ["cover"]},
        {"floor": "Upstairs"},
    ],
)
async def test_every_target_of_a_model_is_held_to_the_rule(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    satellite: er.RegistryEntry,
    target: dict[str, Any],
) -> None:
    await install(hass, ollama, satellites=[satellite.id], domains=["light"])
    ollama.queue(Call("HassTurnOn", **target))
    await async_ask(hass, TIDY[language], language, satellite_id=satellite.entity_id)
    assert only(hass, "cover") == "closed"
    # Without the rule the same call is carried out.
    ollama.queue(Call("HassTurnOn", **target))
    ollama.queue(Call("HassTurnOn", name=BLIND[language]))
    asked = await async_ask(hass, TIDY[language], language)
    # All of a floor is more than tidying asks for: it may want a yes.
    await async_ask(
        hass, YES[language], language, conversation_id=asked.conversation_id
    )
    assert only(hass, "cover") == "open"


async def test_room_of_many_kinds_is_refused_for_what_is_forbidden(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    satellite: er.RegistryEntry,
) -> None:
    await install(hass, ollama, satellites=[satellite.id], domains=["light", "switch"])
    hass.states.async_set("sensor.dust", "3", {"friendly_name": "Dust"})
    ollama.queue(Call("HassTurnOn", area=NURSERY[language]))
    here = {"satellite_id": satellite.entity_id}
    result = await async_ask(hass, TIDY[language], language, **here)
    assert speech(result) == NO_BLINDS[language]
    assert {only(hass, domain) for domain in ("light", "switch")} == {"off"}
    ollama.queue(Call("HassLightSet", area=NURSERY[language], brightness=40))
    await async_ask(hass, TIDY[language], language, **here)
    assert only(hass, "light") == "on"


async def add_script(hass: HomeAssistant, language: str) -> list[ServiceCall]:
    """Expose a script that unlocks; return what it has called."""
    unlocked = async_mock_service(hass, "test", "unlock")
    name = {"fr": "Bonne nuit", "en": "Good night"}[language]
    config = {"good_night": {"alias": name, "sequence": [{"action": "test.unlock"}]}}
    assert await async_setup_component(hass, "script", {"script": config})
    async_expose_entity(hass, "conversation", "script.good_night", True)
    await hass.async_block_till_done()
    return unlocked


def run_it(language: str) -> str:
    return {
        "fr": "lance le script bonne nuit",
        "en": "run the good night script",
    }[language]


@pytest.mark.parametrize("by_model", [True, False])
async def test_script_needs_its_domain(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    satellite: er.RegistryEntry,
    by_model: bool,
) -> None:
    calls = await add_script(hass, language)
    await install(hass, ollama, satellites=[satellite.id], domains=["light"])
    text = run_it(language)
    if by_model:
        ollama.queue(Call("script__good_night"))
        text = TIDY[language]
    result = await async_ask(hass, text, language, satellite_id=satellite.entity_id)
    assert speech(result) == NO_SCRIPTS[language]
    assert calls == []
    # Elsewhere it runs; where the words do not name it, after a yes.
    ollama.queue(Call("script__good_night"))
    result = await async_ask(hass, text, language)
    if by_model:
        assert calls == []
        yes = {"fr": "oui", "en": "yes"}[language]
        same = result.conversation_id
        await async_ask(hass, yes, language, conversation_id=same)
    assert len(calls) == 1


@pytest.mark.parametrize("by_model", [True, False])
async def test_marked_script_is_asked_about(
    hass: HomeAssistant, ollama: FakeOllama, language: str, by_model: bool
) -> None:
    calls = await add_script(hass, language)
    entry = await async_install_jarvis(hass, ollama)
    script = er.async_get(hass).async_get("script.good_night")
    assert script is not None
    hass.config_entries.async_update_entry(
        entry, options={**entry.options, CONF_CRITICAL: [script.id]}
    )
    await hass.async_block_till_done()
    text = run_it(language)
    if by_model:
        ollama.queue(Call("script__good_night"))
        text = TIDY[language]
    first = await async_ask(hass, text, language)
    assert (
        speech(first)
        == {
            "fr": "Tu es sûr de vouloir lancer Bonne nuit ?",
            "en": "Are you sure you want to run the good night?",
        }[language]
    )
    assert calls == []
    yes = YES[language]
    second = await async_ask(hass, yes, language, conversation_id=first.conversation_id)
    assert len(calls) == 1
    assert speech(second).startswith({"fr": "C'est fait", "en": "Done"}[language]) or (
        not by_model
    )


async def test_own_sentences_are_the_users_own(
    hass: HomeAssistant, language: str, satellite: er.RegistryEntry
) -> None:
    calls = async_mock_service(hass, "test", "unlock")
    assert await async_setup_component(
        hass,
        "automation",
        {
            "automation": {
                "triggers": {"trigger": "conversation", "command": ["sesame"]},
                "actions": {"action": "test.unlock"},
            }
        },
    )
    await install(hass, satellites=[satellite.id], domains=["light"])
    await async_ask(hass, "sesame", language, satellite_id=satellite.entity_id)
    assert len(calls) == 1
