"""The file that a user hands over when asking for help."""

import json
import logging

import pytest
from homeassistant.components import conversation
from homeassistant.core import Context, HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.jarvis.const import CONF_PIN
from custom_components.jarvis.core.scrubbing import scrub
from tests.custom_components.jarvis.common import SetUp, voice_node
from tests.fakes.home import AGENT, Lamp, async_ask, async_furnish
from tests.fakes.ollama import Break, Call, FakeOllama, Refuse, Say
from tests.fakes.wyoming_node import FakeNode


async def test_diagnostics_hold_no_secret_and_no_words(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    ollama: FakeOllama,
    node: FakeNode,
    set_up: SetUp,
) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe")]}, "fr")
    assert await async_setup_component(hass, "diagnostics", {})
    ollama.api_key = "the-key"
    address = ollama.url.replace("://", "://anna:geheim@")
    entry = await set_up(
        voice_node(node),
        {
            "subentry_type": "model_server",
            "title": "qwen3:4b",
            "unique_id": None,
            "data": {"url": address, "model": "qwen3:4b", "api_key": "the-key"},
        },
        options={CONF_PIN: "4711"},
    )
    ollama.queue(Call("intent__HassTurnOn", name="Lampe"))
    ollama.queue(Say("Chose faite, ma grande."))
    await async_ask(hass, "illumine mes ténèbres")
    ollama.queue(Refuse(500, "no route to ftp://anna:geheim@there"))
    await async_ask(hass, "illumine mes ténèbres")

    report = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    text = json.dumps(report, ensure_ascii=False)
    for secret in ("4711", "the-key", "geheim", "anna", "ténèbres", "ma grande"):
        assert secret not in text
    assert report["options"] == {CONF_PIN: "**REDACTED**"}
    (server,) = report["model_servers"]
    assert (server["server"], server["model"]) == (ollama.server, "qwen3:4b")
    assert (server["failures"], server["resting"]) == (1, False)
    assert server["last_error"] == "ModelServerError"
    (voice,) = report["voice_servers"]
    assert voice["failures"] == 0
    assert voice["info"]["hears"]
    failed, done = report["turns"]
    assert failed["error"] == "model_failed"
    assert done["tools"][0]["targets"][0]["entity_id"] == "light.lampe"
    assert done["servers"][0]["prompt_tokens"] == 42


KEY = "sk-9f8e7d6c5b4a39281706"
"""The key that the model server is given."""

# What a server says, and the secret in it.
SAID = [
    ("Incorrect API key provided: {}.", KEY),
    ("Authorization: Bearer {}", "abcdefghijklmnop"),
    ('{{"headers": {{"authorization": "Basic {}"}}}}', "YW5uYTpnZWhlaW0="),
    ("password={} refused", "Sommer2024!"),
    ("wrong password: {}", "hunter2"),
    ("login with token '{}' failed", "tok_Zq81Lm"),
    ("GET https://proxy.lan/v1/chat?access_token={}&x=1", "qwertz"),
    ("GET https://proxy.lan/{}/v1", "tenant-hydrangea"),
    ("no route to ftp://anna:{}@there", "geheim"),
    ("dial https://proxy.lan/#{}", "fragment-of-gold"),
    ("jwt {} expired", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"),
    ("session cookie: sid={}; Path=/", "s%3Aabcdef"),
    ("account {} is out of credit", "anna.martin@example.org"),
    ("open {}: no such file", "/home/anna/.ollama/id_ed25519"),
    ("cannot read {}", "C:\\Users\\anna\\models"),
    ("cannot read {}", "/Users/anna/models/blob"),
    ("no such device {}", "de:ad:be:ef:12:34"),
    ("digest {} not found", "d2c1a3b4e5f60718293a4b5c6d7e8f90"),
    ("invalid x-api-key: {}", "0aQm7Rz2Lw9"),
    ("key hf_{} is not allowed", "AbCdEfGhIjKl"),
    ("AWS {}", "AKIAIOSFODNN7EXAMPLE"),
    ("card 4111 1111 1111 1111: {}", "4111 1111 1111 1111"),
    ("secret: {}", "kiwi"),
    ("code {} is wrong", "4711"),
]


@pytest.mark.parametrize(("said", "secret"), SAID)
async def test_what_a_server_says_holds_no_secret(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    ollama: FakeOllama,
    set_up: SetUp,
    caplog: pytest.LogCaptureFixture,
    said: str,
    secret: str,
) -> None:
    caplog.set_level(logging.DEBUG, "custom_components.jarvis")
    assert await async_setup_component(hass, "diagnostics", {})
    ollama.api_key = KEY
    entry = await set_up(
        {
            "subentry_type": "model_server",
            "title": "qwen3:4b",
            "unique_id": None,
            "data": {"url": ollama.url, "model": "qwen3:4b", "api_key": KEY},
        },
        options={CONF_PIN: "4711"},
    )
    for status in (500, 401, 404, 503):
        ollama.queue(Refuse(status, said.format(secret)))
        await async_ask(hass, "raconte-moi une blague")
    ollama.queue(Say("Il é"), Break(said.format(secret)))
    await async_ask(hass, "raconte-moi une blague")
    assert len(ollama.chats) == 5

    report = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    logged = "\n".join(
        record.getMessage() + (record.exc_text or "")
        for record in caplog.records
        if record.name.startswith("custom_components.jarvis")
    )
    assert "rests" in logged
    for text in (json.dumps(report, ensure_ascii=False), logged):
        assert secret not in text
        assert secret.rsplit(" ", maxsplit=1)[-1] not in text


@pytest.mark.parametrize(
    ("address", "secret"),
    [
        ("http://anna:geheim@{}", "geheim"),
        ("http://anna@{}", "anna"),
        ("http://{}/?token=qwertz", "qwertz"),
        ("http://{}/?qwertz", "qwertz"),
        ("http://{}/tenant-hydrangea", "hydrangea"),
        ("http://{}/api?key=a%2Bbc", "bc"),
        ("http://{}#qwertz", "qwertz"),
    ],
)
async def test_settings_hold_no_secret(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    ollama: FakeOllama,
    set_up: SetUp,
    address: str,
    secret: str,
) -> None:
    assert await async_setup_component(hass, "diagnostics", {})
    entry = await set_up(
        {
            "subentry_type": "model_server",
            "title": f"My {KEY}",
            "unique_id": None,
            "data": {
                "url": address.format(ollama.server),
                "model": "qwen3:4b",
                "api_key": KEY,
            },
        },
        options={CONF_PIN: "4711"},
    )
    # A model and a client name things as they like, a secret they were told too.
    ollama.handler = lambda body: [Call(f"use {secret}", key=KEY), Say(secret)]
    await conversation.async_converse(
        hass, f"what about {secret}", f"c {secret} {KEY}", Context(), agent_id=AGENT
    )
    report = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    text = json.dumps(report, ensure_ascii=False)
    assert secret not in text
    assert KEY not in text
    assert ollama.server in text


@pytest.mark.parametrize(
    "text",
    [
        "model requires more system memory (5.6 GiB) than is available (3.1 GiB)",
        "registry.ollama.ai/library/qwen3:4b does not support tools",
        "model 'hf.co/bartowski/Mistral-Small-24B-Instruct-2501-GGUF:Q4_K_M' not found",
        "llama runner process has terminated: exit status 2",
        "the answer ended before it was complete",
        "http://ollama.lan:11434/api/chat: connection refused",
        "invalid key length, no token was given",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert scrub(text, {"4711", KEY}) == text
