"""Model servers of any kind: found, set up, used, in one pool, and what goes wrong."""

import asyncio
import datetime as dt
import json
import re
import socket
import ssl
import sys
import threading
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from homeassistant import config_entries
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.jarvis import runtime
from custom_components.jarvis.const import DOMAIN
from custom_components.jarvis.engines.llm import ServerKind, load_client
from custom_components.jarvis.flows.places import is_local
from tests.custom_components.jarvis.common import JOKE, SetUp, model_server
from tests.fakes.home import Lamp, async_ask, async_furnish, speech
from tests.fakes.llama_cpp import running_llama_cpp
from tests.fakes.ollama import Call, Cut, FakeOllama, Refuse, Say
from tests.fakes.openai_server import FakeOpenAI

KEY = "sk-9f8e7d6c5b4a39281706"
FAR = "models.example"


@pytest.fixture
async def openai_server(socket_enabled: None) -> AsyncGenerator[FakeOpenAI]:
    async with FakeOpenAI() as server:
        yield server


@pytest.fixture
async def _core(hass: HomeAssistant) -> None:
    for component in ("homeassistant", "conversation", "assist_pipeline"):
        assert await async_setup_component(hass, component, {})


@pytest.fixture
def far_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a name an address that is nobody's home, and lead there to the fakes."""
    real = socket.getaddrinfo

    def found(host: Any, port: Any, *args: Any, **options: Any) -> Any:
        if host not in {FAR, FAR.encode()}:
            return real(host, port, *args, **options)
        return real("127.0.0.1" if port else "8.8.8.8", port, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", found)


async def begin(hass: HomeAssistant, **typed: str) -> Any:
    """Go to the form of the model server, and fill it in."""
    flows = hass.config_entries.flow
    source = {"source": config_entries.SOURCE_USER}
    result = await flows.async_init(DOMAIN, context=source)
    result = await flows.async_configure(result["flow_id"], {})
    return await go_on(hass, result, **typed)


async def go_on(hass: HomeAssistant, result: Any, **typed: Any) -> Any:
    flow = hass.config_entries.flow
    if result["flow_id"] not in {f["flow_id"] for f in flow.async_progress()}:
        flow = hass.config_entries.subentries
    result = await flow.async_configure(result["flow_id"], typed)
    await hass.async_block_till_done()
    return result


async def finish(hass: HomeAssistant, result: Any) -> Any:
    result = await go_on(hass, result, language="en", create_pipeline=False)
    assert result["type"] is FlowResultType.CREATE_ENTRY, result
    return result["result"]


@pytest.mark.parametrize(
    ("base", "typed", "saved"),
    [
        ("/v1", "{server}", "http://{server}/v1"),
        ("/v1", "http://{server}/v1/chat/completions", "http://{server}/v1"),
        ("/api/v1", "{server}/api/v1/", "http://{server}/api/v1"),
        ("/openai/v1", "{server}/openai", "http://{server}/openai/v1"),
        ("/v1beta/openai", "{server}/v1beta/openai", "http://{server}/v1beta/openai"),
    ],
)
@pytest.mark.usefixtures("_core")
async def test_a_server_is_found_wherever_its_interface_begins(
    hass: HomeAssistant, socket_enabled: None, base: str, typed: str, saved: str
) -> None:
    async with FakeOpenAI(
        ["qwen3:4b", "bge-m3", "whisper-1", "gpt-4o-mini-tts", "dall-e-3"], base=base
    ) as server:
        result = await begin(hass, url=typed.format(server=server.server))
        assert result["step_id"] == "model", result
        (selector,) = result["data_schema"].schema.values()
        assert selector.config["options"] == ["qwen3:4b"]
        entry = await finish(hass, await go_on(hass, result, model="qwen3:4b"))
        (subentry,) = entry.subentries.values()
        assert dict(subentry.data) == {
            "kind": "openai",
            "url": saved.format(server=server.server),
            "model": "qwen3:4b",
        }
        server.queue(Say("Toc toc toc."))
        assert speech(await async_ask(hass, JOKE["fr"])) == "Toc toc toc."


@pytest.mark.process
@pytest.mark.usefixtures("_core")
async def test_llama_cpp_itself_is_found_and_answers(
    hass: HomeAssistant, socket_enabled: None, tmp_path: Path
) -> None:
    with running_llama_cpp(tmp_path / "log", "--api-key", KEY) as server:
        result = await begin(hass, url=server.url)
        assert result["errors"] == {"api_key": "auth_missing"}
        result = await go_on(hass, result, url=server.url, api_key="sk-wrong")
        assert result["errors"] == {"api_key": "invalid_auth"}
        result = await go_on(hass, result, url=server.url, api_key=KEY)
        (selector,) = result["data_schema"].schema.values()
        assert selector.config["options"] == [server.model]
        entry = await finish(hass, await go_on(hass, result, model=server.model))
        # A task has the time that a small machine needs to read.
        done = await hass.services.async_call(
            "ai_task",
            "generate_data",
            {
                "entity_id": hass.states.async_entity_ids("ai_task")[0],
                "task_name": "a joke",
                "instructions": JOKE["en"],
            },
            blocking=True,
            return_response=True,
        )
        assert done
        assert done["data"]
        (model,) = entry.runtime_data.models
        # What it was started with, shared by two, less what an answer takes.
        assert 0 < model.token_budget < 8192


def tells(text: str, kind: str = "text/html") -> web.Response:
    return web.Response(text=text, content_type=kind)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (tells("<html>Welcome</html>"), "no_model_server"),
        (tells("{}", "application/json"), "no_model_server"),
        (tells('{"data": {"id": "x"}}', "application/json"), "no_model_server"),
        (tells("[]", "application/json"), "no_model_server"),
        (web.Response(status=503, text="Loading model"), "server_busy"),
        (web.Response(status=302, headers={"Location": "/login"}), "no_model_server"),
        (None, "server_silent"),
    ],
)
@pytest.mark.usefixtures("_core")
async def test_what_is_no_model_server(
    hass: HomeAssistant,
    openai_server: FakeOpenAI,
    monkeypatch: pytest.MonkeyPatch,
    answer: web.Response | None,
    error: str,
) -> None:
    async def tell(request: web.Request) -> web.Response:
        assert answer
        return answer

    if answer is None:
        openai_server.mute = True
        module = "custom_components.jarvis.engines.llm.openai_compatible"
        monkeypatch.setattr(f"{module}.LIST_TIMEOUT", 0.2)
    else:
        await openai_server.stop()
        monkeypatch.setattr(openai_server, "_list", tell)
        await openai_server.start()
    result = await begin(hass, url=openai_server.url)
    assert result["errors"] == {"url": error}


@pytest.mark.usefixtures("_core")
async def test_a_server_with_a_certificate_of_its_own(
    hass: HomeAssistant, openai_server: FakeOpenAI, tmp_path: Path
) -> None:
    await openai_server.stop()
    openai_server.tls = self_signed(tmp_path)
    await openai_server.start()
    result = await begin(hass, url=openai_server.url)
    assert result["errors"] == {"url": "certificate"}


def self_signed(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "box")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / "both.pem"
    path.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


@pytest.mark.usefixtures("_core")
async def test_a_server_without_a_model_that_chats(
    hass: HomeAssistant, openai_server: FakeOpenAI
) -> None:
    openai_server.models = ["nomic-embed-text"]
    result = await begin(hass, url=openai_server.url)
    assert (result["type"], result["step_id"]) == (
        FlowResultType.MENU,
        "nothing_served",
    )
    openai_server.models.append("qwen3:4b")
    result = await go_on(hass, result, next_step_id="look_again")
    assert result["step_id"] == "model"


@pytest.mark.usefixtures("_core", "far_away")
async def test_what_leaves_the_home_is_marked(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    openai_server: FakeOpenAI,
    ollama: FakeOllama,
) -> None:
    """The list of models is public there: only its use tells that a key is wrong."""
    assert await async_setup_component(hass, "diagnostics", {})
    port = openai_server.server.partition(":")[2]
    openai_server.owner, openai_server.api_key = "someone", KEY
    openai_server.public = {"/v1/models"}
    typed = {"url": f"http://{FAR}:{port}"}
    result = await begin(hass, **typed, api_key="sk-wrong")
    result = await go_on(hass, result, model="qwen3:4b")
    assert (result["step_id"], result["errors"]) == ("model", {"base": "invalid_auth"})

    openai_server.queue(Refuse(400, "Unsupported parameter: max_tokens"))
    result = await begin(hass, **typed, api_key=KEY)
    result = await go_on(hass, result, model="qwen3:4b")
    assert (result["type"], result["step_id"]) == (FlowResultType.MENU, "outside")
    assert result["description_placeholders"]["server"] == f"{FAR}:{port}"
    result = await go_on(hass, result, next_step_id="model_server")
    assert result["step_id"] == "model_server"
    openai_server.queue(Say("H"))
    result = await go_on(hass, result, **typed, api_key=KEY)
    result = await go_on(hass, result, model="qwen3:4b")
    result = await go_on(hass, result, next_step_id="assistant")
    entry = await finish(hass, result)
    (subentry,) = entry.subentries.values()
    assert subentry.title == f"qwen3:4b ({FAR}:{port}, cloud)"
    assert subentry.data["local"] is False

    # Changed without leaving its place it is not asked about again; at home it is none.
    for url, title in (
        (typed["url"], subentry.title),
        (openai_server.url, f"qwen3:4b ({openai_server.server})"),
    ):
        openai_server.queue(Say("H"))
        result = await hass.config_entries.subentries.async_init(
            (entry.entry_id, "model_server"),
            context={
                "source": config_entries.SOURCE_RECONFIGURE,
                "subentry_id": subentry.subentry_id,
            },
        )
        result = await go_on(hass, result, url=url, api_key=KEY)
        result = await go_on(hass, result, model="qwen3:4b")
        assert result["reason"] == "reconfigure_successful"
        (subentry,) = entry.subentries.values()
        assert subentry.title == title
        openai_server.forget()
    assert subentry.data.get("local", True)

    # What Ollama hands on to its cloud leaves the home, too.
    ollama.models = ["gpt-oss:120b-cloud"]
    result = await hass.config_entries.subentries.async_init(
        (entry.entry_id, "model_server"),
        context={"source": config_entries.SOURCE_USER},
    )
    result = await go_on(hass, result, url=ollama.url)
    result = await go_on(hass, result, model="gpt-oss:120b-cloud")
    assert result["step_id"] == "outside"
    result = await go_on(hass, result, next_step_id="save")
    assert result["type"] is FlowResultType.CREATE_ENTRY

    report = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    told = [(one["kind"], one["local"]) for one in report["model_servers"]]
    assert told == [("openai", True), ("ollama", False)]
    assert KEY not in json.dumps(report)


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://192.168.1.20:8080/v1", True),
        ("http://10.0.0.4", True),
        ("http://100.101.102.103", True),
        ("http://[fd00::4]:8000", True),
        ("http://[fe80::1]", True),
        ("http://box:1234", True),
        ("http://box.local", True),
        ("http://user:pw@ai.home.arpa./v1", True),
        ("http://8.8.8.8/v1", False),
        ("http://[2606:4700::1111]", False),
        (f"https://{FAR}/v1", False),
    ],
)
@pytest.mark.usefixtures("far_away", "socket_enabled")
async def test_what_is_at_home(url: str, local: bool) -> None:
    assert await is_local(url, "qwen3:4b") is local
    assert not await is_local(url, "gpt-oss:120b-cloud")


async def test_each_kind_has_its_own_options(
    hass: HomeAssistant, openai_server: FakeOpenAI, ollama: FakeOllama, set_up: SetUp
) -> None:
    openai_server.context_length = 32768
    entry = await set_up(model_server(openai_server), model_server(ollama))
    fields = {}
    for subentry in list(entry.subentries.values()):
        result = await hass.config_entries.subentries.async_init(
            (entry.entry_id, "model_server"),
            context={
                "source": config_entries.SOURCE_RECONFIGURE,
                "subentry_id": subentry.subentry_id,
            },
        )
        result = await go_on(hass, result, url=subentry.data["url"])
        kind = subentry.data["kind"]
        fields[kind] = {str(field) for field in result["data_schema"].schema}
        result = await go_on(
            hass, result, model="qwen3:4b", context_length=16384, think=True
        )
        assert result["reason"] == "reconfigure_successful"
    assert fields["openai"] == {"model", "context_length", "think"}
    assert fields["ollama"] == fields["openai"] | {"keep_alive"}
    openai_server.queue(Say("Oui."))
    await async_ask(hass, JOKE["fr"])
    (chat,) = openai_server.chats
    assert chat.json["chat_template_kwargs"] == {"enable_thinking": True}
    first, _ = entry.runtime_data.models
    assert first.token_budget == 16384 - 1024


KINDS = [[FakeOllama, FakeOpenAI], [FakeOpenAI, FakeOllama]]


@pytest.mark.parametrize("kinds", KINDS)
async def test_a_pool_may_mix_both_kinds(
    hass: HomeAssistant,
    socket_enabled: None,
    set_up: SetUp,
    kinds: list[Callable[[], FakeOllama]],
) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe")]}, "fr")
    async with kinds[0]() as first, kinds[1]() as second:
        entry = await set_up(model_server(first), model_server(second))
        # A whole turn with a tool through each.
        for server in (first, second):
            hass.states.async_set("light.lampe", "off", {"friendly_name": "Lampe"})
            server.queue(Call("intent__HassTurnOn", name="Lampe"))
            server.queue(Say("Voilà."))
            await async_ask(hass, "illumine mes ténèbres")
            assert len(server.chats) == 2
            tools = {tool["function"]["name"] for tool in server.chats[0].json["tools"]}
            assert "intent__HassTurnOn" in tools
            sent = server.chats[1].json["messages"]
            assert [m["role"] for m in sent[-2:]] == ["assistant", "tool"]
            await first.stop()
        await first.start()
        for model in entry.runtime_data.models:
            entry.runtime_data.models.succeeded(model)
        # Before the first word, and in the middle of the answer.
        first.queue(Refuse(500))
        second.queue(Say("Toc toc."))
        assert speech(await async_ask(hass, JOKE["fr"])) == "Toc toc."
        entry.runtime_data.models.succeeded(next(iter(entry.runtime_data.models)))
        first.queue(Say("C'est l'histoire d'un"), Cut())
        second.queue(Say("pingouin."))
        told = speech(await async_ask(hass, JOKE["fr"]))
        assert "histoire d'un" in told
        assert "pingouin." in told
        resumed = second.chats[-1].json["messages"][-1]
        assert resumed["role"] == "assistant"


async def test_keys_that_stop_working_are_asked_for_one_by_one(
    hass: HomeAssistant, openai_server: FakeOpenAI, ollama: FakeOllama, set_up: SetUp
) -> None:
    openai_server.api_key, ollama.api_key = "sk-new-1", "sk-new-2"
    entry = await set_up(
        model_server(openai_server, api_key="sk-old"),
        model_server(ollama, api_key="sk-old"),
    )
    assert "refuse" in speech(await async_ask(hass, JOKE["fr"]))
    await hass.async_block_till_done()
    (flow,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    sent: list[tuple[str, str]] = []
    for key, errors, server in (
        ("sk-new-2", {"api_key": "invalid_auth"}, openai_server),
        ("sk-new-1", {}, ollama),
    ):
        flow = await go_on(hass, flow, api_key=key)
        assert flow["errors"] == errors
        assert server.server in flow["description_placeholders"]["server"]
        sent.append((key, server.server))
    flow = await go_on(hass, flow, api_key="sk-new-2")
    assert flow["reason"] == "reauth_successful"
    keys = [s.data["api_key"] for s in entry.subentries.values()]
    assert keys == ["sk-new-1", "sk-new-2"]
    openai_server.queue(Say("Toc toc."))
    assert speech(await async_ask(hass, JOKE["fr"])) == "Toc toc."


async def test_a_model_that_is_not_offered_is_told(
    hass: HomeAssistant, openai_server: FakeOpenAI, set_up: SetUp
) -> None:
    openai_server.owner = "vllm"
    openai_server.models = ["another"]
    await set_up(model_server(openai_server))
    await hass.async_block_till_done(wait_background_tasks=True)
    told = speech(await async_ask(hass, JOKE["fr"]))
    assert "ne propose pas le modèle qwen3:4b" in told
    assert "ollama" not in told.lower()
    kinds = {issue.translation_key for issue in ir.async_get(hass).issues.values()}
    assert "model_not_served" in kinds


async def test_a_model_without_tools_talks(
    hass: HomeAssistant, openai_server: FakeOpenAI, set_up: SetUp
) -> None:
    """What is refused once for its content is no reason to leave tools out for ever."""
    await set_up(model_server(openai_server))
    for refusal, tools in (
        ("Failed to parse tool call arguments as JSON", [True]),
        ("tools param requires --jinja flag", [True, False]),
    ):
        before = len(openai_server.chats)
        openai_server.queue(Refuse(500, refusal))
        openai_server.queue(Say("Toc toc."))
        await async_ask(hass, JOKE["fr"])
        openai_server.forget()
        sent = openai_server.chats[before:]
        assert ["tools" in chat.json for chat in sent] == tools


FOLDER = Path(__file__).parents[3] / "custom_components/jarvis"
IMPORTS = re.compile(r"^(?:import|from) (?:openai|\.openai_)", re.MULTILINE)
LOADED = """
import asyncio, sys, types

# Not the whole of Home Assistant, which the integration imports.
package = types.ModuleType("custom_components.jarvis")
package.__path__ = ["custom_components/jarvis"]
sys.modules["custom_components.jarvis"] = package
from custom_components.jarvis.engines.llm import *

def modules():
    parts = {name: name.partition(".")[0] for name in sys.modules}
    return {name for name, part in parts.items() if part in {"openai", "httpx2"}}

assert not modules(), "imported at the start"
load_client(ServerKind.OPENAI)
before = modules()
assert before

async def talk():
    model = open_model(ServerKind.OPENAI, url=sys.argv[1], model="qwen3:4b")
    await model.list_models()
    request = ChatRequest(messages=[Message(role=Role.USER, content="Hello")])
    async for event in model.chat(request, ChatLimits()):
        pass
    await model.close()

asyncio.run(talk())
assert modules() == before, f"imported in the event loop: {modules() - before}"
"""


@pytest.mark.process
async def test_the_client_is_imported_beforehand_and_by_its_users_alone(
    openai_server: FakeOpenAI,
) -> None:
    """It takes seconds, most of them at its first use: never while anybody waits."""
    for path in FOLDER.rglob("*.py"):
        if not path.name.startswith("openai_"):
            assert not IMPORTS.search(path.read_text()), path
    openai_server.queue(Say("Oui."))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        LOADED,
        openai_server.url,
        cwd=FOLDER.parents[1],
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()


async def test_the_client_is_imported_outside_the_event_loop(
    hass: HomeAssistant,
    openai_server: FakeOpenAI,
    set_up: SetUp,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    threads = []

    def load(kind: ServerKind) -> None:
        threads.append((kind, threading.current_thread() is threading.main_thread()))
        load_client(kind)

    monkeypatch.setattr(runtime, "load_client", load)
    await set_up(model_server(openai_server))
    assert threads == [(ServerKind.OPENAI, False)]
