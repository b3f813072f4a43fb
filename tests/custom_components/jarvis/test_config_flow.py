"""Setting Jarvis up, as its user does it."""

import json
import re
from collections.abc import AsyncGenerator
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from homeassistant import config_entries
from homeassistant.components import conversation
from homeassistant.components.assist_pipeline import (
    async_get_pipeline,
    async_update_pipeline,
)
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import Context, HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers.intent import IntentResponseType
from homeassistant.helpers.service_info.hassio import HassioServiceInfo
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo
from homeassistant.setup import async_setup_component
from wyoming.error import Error
from wyoming.info import Info

from custom_components.jarvis.const import DOMAIN
from custom_components.jarvis.flows import forms
from custom_components.jarvis.flows.addresses import (
    LAST_PORT,
    model_addresses,
    voice_address,
)
from custom_components.jarvis.flows.options import MOST_TURNS
from tests.custom_components.jarvis.common import SetUp, voice_node
from tests.fakes.ollama import FakeOllama, Say
from tests.fakes.wyoming_node import FakeNode, serving

FOLDER = Path(__file__).parents[3] / "custom_components/jarvis"
SOURCES = "".join(
    path.read_text()
    for path in [FOLDER / "config_flow.py", *(FOLDER / "flows").iterdir()]
    if path.suffix == ".py"
)

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
        {"kind": "ollama", "url": ollama.url, "model": "llama3.2:3b"}
    ]


async def test_voice_server_is_tried_before_it_is_saved(
    hass: HomeAssistant, socket_enabled: None
) -> None:
    async with serving() as gone:
        where = address(gone)
    result = await step(hass, await begin(hass), where)
    assert (result["step_id"], result["errors"]) == ("user", {"host": "cannot_connect"})
    async with serving(port=where["port"], info=Info()):
        result = await step(hass, result, where)
        assert result["errors"] == {"host": "no_services"}
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
        {"url": "cannot_connect"},
    )
    ollama.api_key = "secret"
    result = await step(hass, result, {"url": ollama.url})
    assert result["errors"] == {"api_key": "auth_missing"}
    result = await step(hass, result, {"url": ollama.url, "api_key": "wrong"})
    assert result["errors"] == {"api_key": "invalid_auth"}
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
    assert result["errors"] == {"api_key": "invalid_auth"}
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
    for host in ("LOCALHOST.", "tcp://127.0.0.1/", "::1"):
        same = {"host": host, "port": node.port}
        result = await substep(hass, result, same)
        assert result["errors"] == {"host": "already_configured"}
    async with serving() as second:
        data = {"name": "Grenier", **address(second)}
        taken = await substep(hass, result, {**data, "name": "Salon"})
        assert taken["errors"] == {"name": "name_taken"}
        wrong = await substep(hass, result, {**data, "port": 1})
        assert wrong["errors"] == {"host": "cannot_connect"}
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
    assert result["errors"] == {"url": "cannot_connect"}
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
    hass: HomeAssistant,
    node: FakeNode,
    ollama: FakeOllama,
    caplog: pytest.LogCaptureFixture,
) -> None:
    ollama.broken = True
    result = await step(hass, await begin(hass), address(node))
    result = await step(hass, result, {"url": ollama.url})
    assert result["errors"] == {"url": "no_model_server"}
    # The form says that the log tells more.
    assert "out of order" in caplog.text


async def test_without_any_server(hass: HomeAssistant, socket_enabled: None) -> None:
    result = await step(hass, await begin(hass), {})
    assert result["step_id"] == "model_server"
    result = await step(hass, result, {"url": "  "})
    result = await step(hass, result, {"language": "en", "create_pipeline": True})
    entry = result["result"]
    assert dict(entry.subentries) == {}
    pipeline = async_get_pipeline(hass)
    assert pipeline.conversation_engine == "conversation.jarvis"
    assert (pipeline.stt_engine, pipeline.tts_engine) == (None, None)
    assert hass.states.get("stt.jarvis") is hass.states.get("tts.jarvis") is None
    result = await conversation.async_converse(
        hass, "what time is it", None, Context(), "en", "conversation.jarvis"
    )
    assert result.response.response_type is not IntentResponseType.ERROR

    # A voice server that is added later gives the pipeline a voice, once.
    async with serving() as node:
        result = await begin_subentry(hass, entry, "voice_node")
        await substep(hass, result, address(node))
        pipeline = async_get_pipeline(hass)
        assert (pipeline.stt_engine, pipeline.tts_engine) == (
            "stt.jarvis",
            "tts.jarvis",
        )
        assert (pipeline.tts_language, pipeline.tts_voice) == ("en-US", "amy")
        await async_update_pipeline(hass, pipeline, stt_engine=None, tts_engine=None)
        await hass.config_entries.async_reload(entry.entry_id)
        assert async_get_pipeline(hass).stt_engine is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  {host} ", None),
        ("tcp://{host}:{port}", None),
        ("http://{host}:{port}/", None),
        ("{host}:{port}", None),
        ("{host}:99999", "port_range"),
        ("{host}:0", "port_range"),
        ("user:pw@{host}", "voice_password"),
        ("{host}/api", "voice_path"),
        ("https://{host}", "voice_scheme"),
        ("ftp://{host}", "voice_scheme"),
        ("10.0.0.256", "invalid_address"),
        ("my living room", "invalid_address"),
        ("[::1", "invalid_address"),
        ("http://", "invalid_address"),
        ("a..b", "invalid_address"),
        ("x" * 80 + ".local", "invalid_address"),
    ],
)
async def test_addresses_of_voice_servers(
    hass: HomeAssistant, node: FakeNode, typed: str, expected: str | None
) -> None:
    host = typed.format(host=node.host, port=node.port)
    result = await step(hass, await begin(hass), {"host": host, "port": node.port})
    if expected is None:
        assert result["step_id"] == "model_server"
    else:
        assert result["errors"] == {"host": expected}


@pytest.mark.parametrize("port", [0, 99999, -1, 10300.5])
async def test_ports(hass: HomeAssistant, port: float) -> None:
    result = await step(hass, await begin(hass), {"host": "localhost", "port": port})
    assert result["errors"] == {"port": "port_range"}


@pytest.mark.parametrize(
    ("transcript", "expected"),
    [(Error(text="", code="busy"), "server_busy"), (Error(text=""), "no_voice_server")],
)
async def test_what_is_no_voice_server(
    hass: HomeAssistant, node: FakeNode, transcript: Error, expected: str
) -> None:
    node.refusal = transcript
    result = await step(hass, await begin(hass), address(node))
    assert result["errors"] == {"host": expected}


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        (" {server} ", "http://{server}"),
        ("{server}/", "http://{server}"),
        ("HTTP://{server}/api", "http://{server}"),
        ("http://{server}/v1/", "http://{server}"),
        ("http://{server}/v1/chat/completions", "http://{server}"),
        ("http://user:p%40ss@{server}/api/tags", "http://user:p%40ss@{server}"),
        ("http://user:p@ss@{server}", "http://user:p%40ss@{server}"),
        ("127.0.0.1:99999", {"url": "port_range"}),
        ("ftp://{server}", {"url": "model_scheme"}),
        ("http://{server}?key=x", {"url": "invalid_address"}),
        ("http://my server", {"url": "invalid_address"}),
        ("https://{server}", {"url": "not_encrypted"}),
        ("http://{server}/elsewhere", {"url": "no_model_server"}),
    ],
)
async def test_addresses_of_model_servers(
    hass: HomeAssistant,
    ollama: FakeOllama,
    typed: str,
    saved: str | dict[str, str],
) -> None:
    if "user" in typed:
        ollama.login = ("user", "p@ss")
    result = await step(hass, await begin(hass), {})
    result = await step(hass, result, {"url": typed.format(server=ollama.server)})
    if isinstance(saved, dict):
        assert result["errors"] == saved
        return
    assert result["step_id"] == "model"
    result = await step(hass, result, {"model": "qwen3:4b"})
    result = await step(hass, result, {"language": "en", "create_pipeline": False})
    (server,) = result["result"].subentries.values()
    assert server.data["url"] == saved.format(server=ollama.server)
    assert server.title == f"qwen3:4b ({ollama.server})"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("::1", ("::1", 10300)),
        ("[2001:DB8:0::1]:10301", ("2001:db8::1", 10301)),
        ("tcp://[fe80::1%eth0]", ("fe80::1%eth0", 10300)),
        ("salon.local.", ("salon.local", 10300)),
        ("bücher.example", ("bücher.example", 10300)),
    ],
)
def test_other_ways_to_write_a_host(typed: str, expected: tuple[str, int]) -> None:
    assert voice_address(typed, 10300) == expected


def test_servers_are_looked_for_at_their_usual_ports() -> None:
    ports = [":11434", "", ":8080", ":1234", ":8000", ":4000"]
    for typed, path in (
        ("192.168.1.20", ""),
        ("http://192.168.1.20/v1", ""),
        ("http://192.168.1.20/x/v1/models", "/x"),
        ("http://192.168.1.20/api/v1/chat/completions", None),
    ):
        bases = [f"http://192.168.1.20{port}" for port in ports]
        expected = [
            [("ollama", f"{base}{path or ''}"), ("openai", f"{base}{path}/v1")]
            if path is not None
            else [("ollama", base), ("openai", f"{base}/api/v1")]
            for base in bases
        ]
        assert model_addresses(typed) == expected
    assert model_addresses("https://models.example.org/v1beta/openai/") == [
        [
            ("ollama", "https://models.example.org/v1beta/openai"),
            ("openai", "https://models.example.org/v1beta/openai/v1"),
            ("openai", "https://models.example.org/v1beta/openai"),
        ]
    ]
    assert model_addresses("fe80::1")[0][1] == (
        "openai",
        "http://[fe80::1]:11434/v1",
    )


async def test_a_busy_model_server(
    hass: HomeAssistant, ollama: FakeOllama, monkeypatch: pytest.MonkeyPatch
) -> None:
    ollama.broken = 503
    result = await step(hass, await begin(hass), {})
    result = await step(hass, result, {"url": ollama.url})
    assert result["errors"] == {"url": "server_busy"}


@pytest.mark.parametrize("way", ["look_again", "model", "assistant"])
async def test_a_server_without_models(
    hass: HomeAssistant, ollama: FakeOllama, way: str
) -> None:
    ollama.models = ["nomic-embed-text:latest"]
    ollama.abilities_of = {"nomic-embed-text:latest": ["embedding"]}
    result = await step(hass, await begin(hass), {})
    result = await step(hass, result, {"url": ollama.url})
    assert (result["type"], result["step_id"]) == (FlowResultType.MENU, "no_models")
    assert result["description_placeholders"] == {
        "server": ollama.server,
        "model": "qwen3:4b",
    }
    if way == "look_again":
        result = await step(hass, result, {"next_step_id": way})
        assert result["step_id"] == "no_models"
        before = ollama.url
        await ollama.stop()
        result = await step(hass, result, {"next_step_id": way})
        assert result["errors"] == {"url": "cannot_connect"}
        (url, _) = result["data_schema"].schema
        assert url.description["suggested_value"] == ollama.url
        await ollama.start()
        assert ollama.url == before
        result = await step(hass, result, {"url": ollama.url})
        ollama.models.append("qwen3:4b")
    result = await step(hass, result, {"next_step_id": way})
    if way != "assistant":
        result = await step(hass, result, {"model": "qwen3:4b"})
    result = await step(hass, result, {"language": "en", "create_pipeline": False})
    titles = [s.title for s in result["result"].subentries.values()]
    expected = [] if way == "assistant" else [f"qwen3:4b ({ollama.server})"]
    assert titles == expected


@pytest.mark.parametrize("told", [True, False])
async def test_models_that_only_embed_are_not_offered(
    hass: HomeAssistant, ollama: FakeOllama, told: bool
) -> None:
    ollama.models = ["bge-m3:latest", "gemma3:4b", "qwen3:4b", "nomic-embed-text"]
    if told:
        ollama.abilities_of = {
            "bge-m3:latest": ["embedding"],
            "nomic-embed-text": ["embedding"],
            "gemma3:4b": ["completion", "vision"],
        }
    else:
        ollama.abilities = []
    result = await step(hass, await begin(hass), {})
    result = await step(hass, result, {"url": ollama.url})
    (selector,) = result["data_schema"].schema.values()
    # Those that call tools come first.
    offered = ["qwen3:4b", "gemma3:4b"] if told else ["gemma3:4b", "qwen3:4b"]
    assert selector.config["options"] == offered


async def test_a_model_is_added_once_a_server(
    hass: HomeAssistant, ollama: FakeOllama, set_up: SetUp
) -> None:
    entry = await set_up(model_server(ollama))
    result = await begin_subentry(hass, entry, "model_server")
    other_spelling = ollama.url.replace("http", "HTTP") + "/api/"
    result = await substep(hass, result, {"url": other_spelling})
    options = {"context_length": 8192, "keep_alive": 30}
    for wrong, error in (
        ({"model": "qwen3:4b"}, {"model": "already_configured"}),
        ({"context_length": 4095}, {"context_length": "context_range"}),
        ({"context_length": 262145}, {"context_length": "context_range"}),
        ({"keep_alive": -2}, {"keep_alive": "keep_alive_range"}),
        ({"keep_alive": 1441}, {"keep_alive": "keep_alive_range"}),
    ):
        data = {"model": "llama3.2:3b", **options, **wrong}
        result = await substep(hass, result, data)
        assert result["errors"] == error
    result = await substep(hass, result, {"model": "llama3.2:3b"})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    titles = [s.title for s in entry.get_subentries_of_type("model_server")]
    assert titles == ["qwen", f"llama3.2:3b ({ollama.server})"]


async def test_a_server_without_models_is_added_later(
    hass: HomeAssistant, ollama: FakeOllama, set_up: SetUp
) -> None:
    entry = await set_up()
    ollama.models = []
    result = await begin_subentry(hass, entry, "model_server")
    result = await substep(hass, result, {"url": ollama.url})
    assert (result["type"], result["step_id"]) == (FlowResultType.MENU, "no_models")
    result = await substep(hass, result, {"next_step_id": "look_again"})
    assert (result["type"], result["step_id"]) == (FlowResultType.MENU, "no_models")
    result = await substep(hass, result, {"next_step_id": "model"})
    result = await substep(hass, result, {"model": "qwen3:4b"})
    (server,) = entry.get_subentries_of_type("model_server")
    # Its title follows the model, unless the user gave it another.
    for title, expected in (
        (server.title, f"llama3.2:3b ({ollama.server})"),
        ("Office", "Office"),
    ):
        hass.config_entries.async_update_subentry(entry, server, title=title)
        result = await begin_subentry(hass, entry, "model_server", server.subentry_id)
        result = await substep(hass, result, {"url": ollama.url})
        result = await substep(hass, result, {"next_step_id": "model"})
        await substep(hass, result, {"model": "llama3.2:3b"})
        (server,) = entry.get_subentries_of_type("model_server")
        assert server.title == expected


def test_every_error_has_a_sentence_in_both_languages() -> None:
    keys = set(re.findall(r'FormError\([^,)]+, "(\w+)"\)', SOURCES))
    keys |= set(re.findall(r'errors\[\w+\] = "(\w+)"', SOURCES))
    assert len(keys) > 12
    for language in ("en", "fr"):
        texts = json.loads((FOLDER / f"translations/{language}.json").read_text())
        flows = [
            texts["config"],
            texts["options"],
            *texts["config_subentries"].values(),
        ]
        told: dict[str, str] = {}
        for flow in flows:
            told |= flow.get("error", {})
        assert keys <= set(told)
        limits = {
            "port_range": (1, LAST_PORT),
            "context_range": (forms.MIN_CONTEXT_LENGTH, forms.MAX_CONTEXT_LENGTH),
            "keep_alive_range": (-1, forms.LONGEST_KEEP_ALIVE),
            "turns_range": (1, MOST_TURNS),
        }
        for key, (least, most) in limits.items():
            numbers = [int(number) for number in re.findall(r"-?\d+", told[key])]
            assert numbers == [least, most], key
