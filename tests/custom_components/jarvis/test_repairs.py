"""A pipeline that acts before Jarvis is asked is told of, and mended on request."""

from typing import Any

import pytest
from homeassistant.components.assist_pipeline.pipeline import KEY_ASSIST_PIPELINE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component

from custom_components.jarvis.const import DOMAIN
from tests.custom_components.jarvis.common import SetUp, voice_node
from tests.fakes.wyoming_node import FakeNode


def issues(hass: HomeAssistant) -> list[str]:
    return [issue for domain, issue in ir.async_get(hass).issues if domain == DOMAIN]


async def prefer_local(hass: HomeAssistant, pipeline: Any, *, local: bool) -> None:
    store = hass.data[KEY_ASSIST_PIPELINE].pipeline_store
    data = pipeline.to_json() | {"prefer_local_intents": local}
    del data["id"]
    await store.async_update_item(pipeline.id, data)
    await hass.async_block_till_done()


@pytest.fixture
async def pipeline(hass: HomeAssistant, node: FakeNode, set_up: SetUp) -> Any:
    assert await async_setup_component(hass, "repairs", {})
    await set_up(voice_node(node), create_pipeline=True)
    store = hass.data[KEY_ASSIST_PIPELINE].pipeline_store
    return store.data[store.async_get_preferred_item()]


async def test_own_pipeline_needs_no_repair(hass: HomeAssistant, pipeline: Any) -> None:
    assert issues(hass) == []


async def test_issue_comes_and_goes_with_the_setting(
    hass: HomeAssistant, pipeline: Any
) -> None:
    await prefer_local(hass, pipeline, local=True)
    assert issues(hass) == [f"prefer_local_{pipeline.id}"]
    await prefer_local(hass, pipeline, local=False)
    assert issues(hass) == []


async def test_repair_turns_the_setting_off(
    hass: HomeAssistant, pipeline: Any, hass_client: Any
) -> None:
    await prefer_local(hass, pipeline, local=True)
    client = await hass_client()
    (issue,) = issues(hass)
    response = await client.post(
        "/api/repairs/issues/fix", json={"handler": DOMAIN, "issue_id": issue}
    )
    step = await response.json()
    assert step["step_id"] == "confirm"
    assert step["description_placeholders"] == {"pipeline": "Jarvis"}
    done = await client.post(f"/api/repairs/issues/fix/{step['flow_id']}", json={})
    assert (await done.json())["type"] == "create_entry"
    await hass.async_block_till_done()
    store = hass.data[KEY_ASSIST_PIPELINE].pipeline_store
    assert store.data[pipeline.id].prefer_local_intents is False
    assert issues(hass) == []
