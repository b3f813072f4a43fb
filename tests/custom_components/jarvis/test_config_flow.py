"""Setting Jarvis up, as its user does it."""

from collections.abc import AsyncGenerator
from ipaddress import ip_address
from types import MappingProxyType
from typing import Any

import pytest
from homeassistant import config_entries
from homeassistant.components import conversation
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import Context, HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers.service_info.hassio import HassioServiceInfo
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo
from homeassistant.setup import async_setup_component
from wyoming.info import Info

from custom_components.jarvis.const import DOMAIN
from tests.custom_components.jarvis.common import SetUp, voice_node
from tests.fakes.ollama import FakeOllama, Say
from tests.fakes.wyoming_node import FakeNode, serving

pytestmark = pytest.mark.usefixtures("_core")


@pytest.fixture
async def _core(hass: HomeAssistant) -> None:
    for component in ("homeassistant", "conversation", "assist_pipeline"):
        assert await async_setup_component(hass, component, {})


@pytest.fixture
async def ollama(socket_enabled: None) -> AsyncGenerator[FakeOllama]:
    async with FakeOllama(["qwen3:4b", "llama3.2:3b"]) as server:
        yield server


def address(node: FakeNode) -> dict[str, Any]:
    return {"host": node.host, "port": node.port}


async def step(hass: HomeAssistant, result: Any, data: dict[str, Any]) -> Any:
    result = await hass.config_entries.flow.async_configure(result["flow_id"], data)
    await hass.async_block_till_done()
    return result


async def begin(
    hass: HomeAssistant, source: str = config_entries.SOURCE_USER, data: Any = None
) -> Any:
    return await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": source}, data=data
    )


async def test_with_a_voice_server_only(hass: HomeAssistant, node: FakeNode) -> None:
    hass.config.language = "fr"
    result = await begin(hass)
    assert (result["type"], result["step_id"]) == (FlowResultType.FORM, "user")
    result = await step(hass, result, address(node))
    assert result["step_id"] == "model_server"
    result = await step(hass, result, {})
    assert result["step_id"] == "assistant"
    assert result["data_schema"]({}) == {"language": "fr", "create_pipeline": True}
    result = await step(hass, result, {"language": "fr", "create_pipeline": True})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    entry = result["result"]
    assert entry.state is config_entries.ConfigEntryState.LOADED
    (subentry,) = entry.subentries.values()
    assert (subentry.subentry_type, dict(subentry.data)) == (
        "voice_node",
        address(node),
    )
    for entity in ("conversation.jarvis", "stt.jarvis", "tts.jarvis"):
        assert hass.states.get(entity), entity


async def test_with_a_language_model(
    hass: HomeAssistant, node: FakeNode, ollama: FakeOllama
) -> None:
    result = await step(hass, await begin(hass), address(node))
    result = await step(hass, result, {"url": ollama.url})
    assert result["step_id"] == "model"
    (selector,) = result["data_schema"].schema.values()
    assert selector.config["options"] == ["qwen3:4b", "llama3.2:3b"]
    result = await step(hass, result, {"model": "llama3.2:3b"})
    result = await step(hass, result, {"language": "en", "create_pipeline": False})
    servers = result["result"].get_subentries_of_type("model_server")
    assert [dict(server.data) for server in servers] == [
        {"url": ollama.url, "model": "llama3.2:3b"}
    ]


async def test_voice_server_is_tried_before_it_is_saved(
    hass: HomeAssistant, socket_enabled: None
) -> None:
    async with serving() as gone:
        where = address(gone)
    result = await step(hass, await begin(hass), where)
    assert (result["step_id"], result["errors"]) == ("user", {"base": "cannot_connect"})
    async with serving(port=where["port"], info=Info()):
        result = await step(hass, result, where)
        assert result["errors"] == {"base": "no_services"}
    async with serving(port=where["port"]):
        result = await step(hass, result, where)
        assert result["step_id"] == "model_server"


async def test_model_server_is_tried_before_it_is_saved(
    hass: HomeAssistant, node: FakeNode, ollama: FakeOllama
) -> None:
    result = await step(hass, await begin(hass), address(node))
    result = await step(hass, result, {"url": "http://127.0.0.1:9"})
    assert (result["step_id"], result["errors"]) == (
        "model_server",
        {"base": "cannot_connect"},
    )
    ollama.api_key = "secret"
    result = await step(hass, result, {"url": ollama.url, "api_key": "wrong"})
    assert result["errors"] == {"base": "invalid_auth"}
    result = await step(hass, result, {"url": ollama.url, "api_key": "secret"})
    assert result["step_id"] == "model"


async def test_one_entry_is_enough(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    await set_up(voice_node(node))
    result = await begin(hass)
    assert (result["type"], result["reason"]) == (
        FlowResultType.ABORT,
        "single_instance_allowed",
    )


def announcement(node: FakeNode, uuid: str = "abc") -> ZeroconfServiceInfo:
    host = ip_address(node.host)
    return ZeroconfServiceInfo(
        ip_address=host,
        ip_addresses=[host],
        port=node.port,
        hostname="box.local.",
        type="_jarvis._tcp.local.",
        name="Box._jarvis._tcp.local.",
        properties={"uuid": uuid, "name": "Box"},
    )


def app(node: FakeNode) -> HassioServiceInfo:
    return HassioServiceInfo(
        config={"uri": f"tcp://{node.host}:{node.port}"},
        name="Box",
        slug="jarvis",
        uuid="abc",
    )


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (config_entries.SOURCE_ZEROCONF, announcement),
        (config_entries.SOURCE_HASSIO, app),
    ],
)
async def test_discovered(
    hass: HomeAssistant, node: FakeNode, source: str, found: Any
) -> None:
    result = await begin(hass, source, found(node))
    assert (result["type"], result["step_id"]) == (
        FlowResultType.FORM,
        "discovery_confirm",
    )
    assert result["description_placeholders"]["name"] == "Box"
    result = await step(hass, result, {})
    result = await step(hass, result, {})
    result = await step(hass, result, {"language": "fr", "create_pipeline": True})
    (subentry,) = result["result"].subentries.values()
    assert (subentry.title, subentry.unique_id) == ("Box", "abc")
    assert dict(subentry.data) == address(node)


async def test_discovered_and_gone(hass: HomeAssistant, socket_enabled: None) -> None:
    async with serving() as gone:
        result = await begin(hass, config_entries.SOURCE_ZEROCONF, announcement(gone))
    result = await step(hass, result, {})
    assert result["errors"] == {"base": "cannot_connect"}


async def test_further_node_is_discovered(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    entry = await set_up(voice_node(node))
    async with serving() as second:
        result = await begin(hass, config_entries.SOURCE_ZEROCONF, announcement(second))
        result = await step(hass, result, {})
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "node_added")
    assert [dict(s.data) for s in entry.subentries.values()] == [
        address(node),
        address(second),
    ]
    assert len(entry.runtime_data.voices) == 2


async def test_known_node_is_followed_to_its_new_address(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    entry = await set_up(voice_node(node) | {"unique_id": "abc"})
    async with serving() as moved:
        result = await begin(hass, config_entries.SOURCE_ZEROCONF, announcement(moved))
        await hass.async_block_till_done()
    assert result["reason"] == "already_configured"
    (subentry,) = entry.subentries.values()
    assert dict(subentry.data) == address(moved)
    assert next(iter(entry.runtime_data.voices)).port == moved.port


async def test_node_of_a_known_address_is_recognised(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    entry = await set_up(voice_node(node))
    result = await begin(hass, config_entries.SOURCE_ZEROCONF, announcement(node))
    assert result["reason"] == "already_configured"
    (subentry,) = entry.subentries.values()
    assert subentry.unique_id == "abc"
    await hass.async_block_till_done()


async def test_reconfigure_makes_the_pipeline_again(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    entry = await set_up(voice_node(node))
    result = await entry.start_reconfigure_flow(hass)
    assert result["step_id"] == "reconfigure"
    result = await step(hass, result, {"language": "en", "create_pipeline": True})
    assert result["reason"] == "reconfigure_successful"
    assert dict(entry.data) == {"language": "en"}
    assert hass.states.get("tts.jarvis")


def model_server(server: FakeOllama, **data: str) -> ConfigSubentryData:
    return ConfigSubentryData(
        subentry_type="model_server",
        title="qwen",
        data=MappingProxyType({"url": server.url, "model": "qwen3:4b", **data}),
        unique_id=None,
    )


async def test_reauthentication(
    hass: HomeAssistant, node: FakeNode, ollama: FakeOllama, set_up: SetUp
) -> None:
    ollama.api_key = "new"
    entry = await set_up(voice_node(node), model_server(ollama, api_key="old"))
    result = await entry.start_reauth_flow(hass)
    assert result["step_id"] == "reauth_confirm"
    result = await step(hass, result, {"api_key": "wrong"})
    assert result["errors"] == {"base": "invalid_auth"}
    result = await step(hass, result, {"api_key": "new"})
    assert result["reason"] == "reauth_successful"
    (server,) = entry.get_subentries_of_type("model_server")
    assert server.data["api_key"] == "new"


async def test_a_refused_key_asks_for_a_new_one(
    hass: HomeAssistant, node: FakeNode, ollama: FakeOllama, set_up: SetUp
) -> None:
    ollama.api_key = "new"
    await set_up(voice_node(node), model_server(ollama, api_key="old"))
    result = await conversation.async_converse(
        hass, "raconte une blague", None, Context(), "fr", "conversation.jarvis"
    )
    assert "refuse" in result.response.speech["plain"]["speech"]
    await hass.async_block_till_done()
    (flow,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert flow["step_id"] == "reauth_confirm"


async def begin_subentry(
    hass: HomeAssistant, entry: Any, kind: str, subentry_id: str | None = None
) -> Any:
    context: dict[str, Any] = {"source": config_entries.SOURCE_USER}
    if subentry_id:
        source = config_entries.SOURCE_RECONFIGURE
        context = {"source": source, "subentry_id": subentry_id}
    return await hass.config_entries.subentries.async_init(
        (entry.entry_id, kind), context=context
    )


async def substep(hass: HomeAssistant, result: Any, data: dict[str, Any]) -> Any:
    flows = hass.config_entries.subentries
    result = await flows.async_configure(result["flow_id"], data)
    await hass.async_block_till_done()
    return result


async def test_add_a_voice_node(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    entry = await set_up(voice_node(node))
    result = await begin_subentry(hass, entry, "voice_node")
    result = await substep(hass, result, address(node))
    assert result["reason"] == "already_configured"
    result = await begin_subentry(hass, entry, "voice_node")
    async with serving() as second:
        data = {"name": "Grenier", **address(second)}
        wrong = await substep(hass, result, {**data, "port": 1})
        assert wrong["errors"] == {"base": "cannot_connect"}
        result = await substep(hass, result, data)
        assert result["type"] is FlowResultType.CREATE_ENTRY
        assert [n.name for n in entry.runtime_data.voices] == ["Salon", "Grenier"]


async def test_move_a_voice_node(
    hass: HomeAssistant, node: FakeNode, set_up: SetUp
) -> None:
    entry = await set_up(voice_node(node))
    (subentry_id,) = entry.subentries
    result = await begin_subentry(hass, entry, "voice_node", subentry_id)
    async with serving() as moved:
        data = {"name": "Cave", **address(moved)}
        result = await substep(hass, result, data)
        assert result["reason"] == "reconfigure_successful"
        (only,) = entry.runtime_data.voices
        assert (only.name, only.port) == ("Cave", moved.port)


async def test_add_and_change_a_model_server(
    hass: HomeAssistant, node: FakeNode, ollama: FakeOllama, set_up: SetUp
) -> None:
    entry = await set_up(voice_node(node))
    result = await begin_subentry(hass, entry, "model_server")
    result = await substep(hass, result, {"url": "http://127.0.0.1:9"})
    assert result["errors"] == {"base": "cannot_connect"}
    result = await substep(hass, result, {"url": ollama.url})
    assert result["step_id"] == "model"
    result = await substep(hass, result, {"model": "qwen3:4b"})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    (model,) = entry.runtime_data.models
    assert model.model == "qwen3:4b"

    (server,) = entry.get_subentries_of_type("model_server")
    result = await begin_subentry(hass, entry, "model_server", server.subentry_id)
    result = await substep(hass, result, {"url": ollama.url})
    result = await substep(hass, result, {"model": "llama3.2:3b"})
    assert result["reason"] == "reconfigure_successful"
    (model,) = entry.runtime_data.models
    assert model.model == "llama3.2:3b"


async def test_how_a_server_runs_its_model(
    hass: HomeAssistant, node: FakeNode, ollama: FakeOllama, set_up: SetUp
) -> None:
    entry = await set_up(voice_node(node), model_server(ollama))
    ollama.handler = lambda body: [Say("Oui.")]

    async def asked() -> tuple[int, int | str, bool]:
        await conversation.async_converse(
            hass, "raconte une blague", None, Context(), "fr", "conversation.jarvis"
        )
        body = ollama.chats[-1].json
        return body["options"]["num_ctx"], body["keep_alive"], body["think"]

    assert await asked() == (8192, "1800s", False)
    (server,) = entry.get_subentries_of_type("model_server")
    for given, expected in (
        ({"context_length": 4096, "keep_alive": -1, "think": True}, (4096, -1, True)),
        ({"context_length": 16384, "keep_alive": 5}, (16384, "300s", False)),
    ):
        result = await begin_subentry(hass, entry, "model_server", server.subentry_id)
        result = await substep(hass, result, {"url": ollama.url})
        await substep(hass, result, {"model": "qwen3:4b", **given})
        assert await asked() == expected


async def test_broken_model_server(
    hass: HomeAssistant, node: FakeNode, ollama: FakeOllama
) -> None:
    ollama.broken = True
    result = await step(hass, await begin(hass), address(node))
    result = await step(hass, result, {"url": ollama.url})
    assert result["errors"] == {"base": "unknown"}
