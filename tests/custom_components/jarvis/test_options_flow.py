"""The settings of the assistant and the rules of access, as the user sets them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from homeassistant import config_entries
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.fakes.home import DoorLock, Lamp, async_furnish
from tests.fakes.home import async_install_jarvis as install

pytestmark = pytest.mark.usefixtures("socket_enabled")
TRANSLATIONS = Path(__file__).parents[3] / "custom_components/jarvis/translations"


@pytest.fixture
async def entry(hass: HomeAssistant) -> MockConfigEntry:
    await async_furnish(hass, {"Chambre": [Lamp("Lampe"), DoorLock("Serrure")]}, "fr")
    return await install(hass)


def texts(language: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(
        (TRANSLATIONS / f"{language}.json").read_text("utf-8")
    )
    return content


async def open_page(hass: HomeAssistant, entry: MockConfigEntry, page: str) -> Any:
    menu = await hass.config_entries.options.async_init(entry.entry_id)
    assert menu["type"] is FlowResultType.MENU
    assert page in menu["menu_options"]
    return await hass.config_entries.options.async_configure(
        menu["flow_id"], {"next_step_id": page}
    )


async def save(
    hass: HomeAssistant, entry: MockConfigEntry, page: str, data: dict[str, Any]
) -> Any:
    result = await open_page(hass, entry, page)
    result = await hass.config_entries.options.async_configure(result["flow_id"], data)
    await hass.async_block_till_done()
    return result


def suggested(result: Any) -> dict[str, Any]:
    """Return what the form shows before the user writes."""
    return {
        str(key): key.description["suggested_value"]
        for key in result["data_schema"].schema
        if key.description and "suggested_value" in key.description
    }


async def test_behavior_takes_effect_at_once(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    before = entry.runtime_data
    result = await save(
        hass,
        entry,
        "behavior",
        {"confirmations": "chime", "critical": ["light.lampe"], "rate_limit": 5},
    )
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert entry.state is config_entries.ConfigEntryState.LOADED
    assert entry.runtime_data is not before
    lamp = er.async_get(hass).async_get("light.lampe")
    assert lamp is not None
    assert entry.options == {
        "confirmations": "chime",
        "critical": [lamp.id],
        "rate_limit": 5,
    }
    er.async_get(hass).async_update_entity(
        "light.lampe", new_entity_id="light.veilleuse"
    )
    again = await open_page(hass, entry, "behavior")
    assert suggested(again)["critical"] == ["light.veilleuse"]
    assert suggested(again)["confirmations"] == "chime"


async def test_defaults(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    hass.config_entries.async_update_entry(entry, options={})
    await hass.async_block_till_done()
    result = await open_page(hass, entry, "behavior")
    assert result["data_schema"]({}) == {"confirmations": "words", "rate_limit": 30}


@pytest.mark.parametrize("turns", [0, 121])
async def test_turns_have_limits(
    hass: HomeAssistant, entry: MockConfigEntry, turns: int
) -> None:
    result = await save(
        hass, entry, "behavior", {"confirmations": "words", "rate_limit": turns}
    )
    assert result["errors"] == {"rate_limit": "turns_range"}
    assert suggested(result)["rate_limit"] == turns


@pytest.mark.parametrize("code", ["123", "123456789", "12a4", "12 34", "١٢٣٤"])
async def test_bad_code_is_refused_and_not_shown(
    hass: HomeAssistant, entry: MockConfigEntry, code: str
) -> None:
    result = await save(hass, entry, "pin", {"pin": code})
    assert result["errors"] == {"pin": "invalid_pin"}
    assert suggested(result) == {}
    assert "pin" not in entry.options
    for language in ("fr", "en"):
        assert texts(language)["options"]["error"]["invalid_pin"]


@pytest.mark.parametrize(
    "code", ["1984", "2026", "2100", "0000", "77777", "1212", "1234", "98765", "7890"]
)
async def test_code_that_is_guessed_first_is_refused(
    hass: HomeAssistant, entry: MockConfigEntry, code: str
) -> None:
    result = await save(hass, entry, "pin", {"pin": code})
    assert result["errors"] == {"pin": "weak_pin"}
    assert "pin" not in entry.options
    for language in ("fr", "en"):
        assert texts(language)["options"]["error"]["weak_pin"]


async def test_code_set_before_that_is_guessed_first_is_a_repair(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    registry = ir.async_get(hass)
    for code, told in (
        ("1984", True),
        ("4711", False),
        ("12345678", True),
        ("", False),
    ):
        hass.config_entries.async_update_entry(entry, options={"pin": code})
        await hass.async_block_till_done()
        assert (registry.async_get_issue("jarvis", "weak_code") is not None) is told
    for language in ("fr", "en"):
        assert texts(language)["issues"]["weak_code"]["description"]


async def test_code_is_set_kept_hidden_and_removed(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    await save(hass, entry, "pin", {"pin": "0471"})
    assert entry.options["pin"] == "0471"
    page = await open_page(hass, entry, "pin")
    assert "0471" not in repr({k: v for k, v in page.items() if k != "flow_id"})
    (field,) = page["data_schema"].schema.values()
    assert field.config["type"] == "password"
    await save(hass, entry, "behavior", {"confirmations": "none", "rate_limit": 30})
    assert entry.options["pin"] == "0471"
    await save(hass, entry, "pin", {})
    assert "pin" not in entry.options


async def add_rule(
    hass: HomeAssistant, entry: MockConfigEntry, data: dict[str, Any]
) -> Any:
    result = await hass.config_entries.subentries.async_init(
        (entry.entry_id, "access_rule"),
        context={"source": config_entries.SOURCE_USER},
    )
    result = await hass.config_entries.subentries.async_configure(
        result["flow_id"], data
    )
    await hass.async_block_till_done()
    return result


async def test_rule_is_added_and_changed(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    user = await hass.auth.async_create_user("Léa")
    assert await async_setup_component(hass, "assist_satellite", {})
    satellite = er.async_get(hass).async_get_or_create(
        "assist_satellite", "test", "1", suggested_object_id="tablette"
    )
    area = ar.async_get(hass).async_get_area_by_name("Chambre")
    assert area is not None
    result = await add_rule(
        hass,
        entry,
        {
            "areas": [area.id],
            "satellites": [satellite.entity_id],
            "users": [user.id],
            "domains": ["light"],
        },
    )
    assert result["type"] is FlowResultType.CREATE_ENTRY
    (rule,) = entry.get_subentries_of_type("access_rule")
    assert rule.title == "Chambre, assist_satellite.tablette, Léa"
    assert rule.data == {
        "areas": [area.id],
        "satellites": [satellite.id],
        "users": [user.id],
        "domains": ["light"],
    }
    result = await entry.start_subentry_reconfigure_flow(hass, rule.subentry_id)
    assert suggested(result)["satellites"] == ["assist_satellite.tablette"]
    options = {
        str(key): selector.config.get("options")
        for key, selector in result["data_schema"].schema.items()
    }["users"]
    assert {"value": user.id, "label": "Léa"} in options
    result = await hass.config_entries.subentries.async_configure(
        result["flow_id"], {"users": [user.id], "domains": []}
    )
    await hass.async_block_till_done()
    assert result["reason"] == "reconfigure_successful"
    (rule,) = entry.get_subentries_of_type("access_rule")
    assert rule.title == "Léa"
    assert rule.data["areas"] == rule.data["domains"] == []


async def test_rule_names_somebody(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    result = await add_rule(hass, entry, {"domains": ["light"]})
    assert result["errors"] == {"base": "nobody_named"}
    assert entry.get_subentries_of_type("access_rule") == []


def leaves(content: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield from leaves(value, f"{path}.{key}")
        return
    yield path, content


async def test_both_languages_name_every_field(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    french, english = dict(leaves(texts("fr"))), dict(leaves(texts("en")))
    assert french.keys() == english.keys()
    assert all(french.values())
    for page in ("behavior", "pin"):
        result = await open_page(hass, entry, page)
        for field in map(str, result["data_schema"].schema):
            assert english[f".options.step.{page}.data.{field}"]
            assert english[f".options.step.{page}.data_description.{field}"]
    result = await hass.config_entries.subentries.async_init(
        (entry.entry_id, "access_rule"),
        context={"source": config_entries.SOURCE_USER},
    )
    for field in map(str, result["data_schema"].schema):
        assert english[f".config_subentries.access_rule.step.user.data.{field}"]
