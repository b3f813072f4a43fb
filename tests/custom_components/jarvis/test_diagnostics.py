"""The file that a user hands over when asking for help."""

import json

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.jarvis.const import CONF_PIN
from tests.custom_components.jarvis.common import SetUp, voice_node
from tests.fakes.home import Lamp, async_ask, async_furnish
from tests.fakes.ollama import Call, FakeOllama, Refuse, Say
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
    assert server["last_error"] == (
        "ModelServerError: no route to ftp://**REDACTED**@there"
    )
    (voice,) = report["voice_servers"]
    assert voice["failures"] == 0
    assert voice["info"]["hears"]
    failed, done = report["turns"]
    assert failed["error"] == "model_failed"
    assert done["tools"][0]["targets"][0]["entity_id"] == "light.lampe"
    assert done["servers"][0]["prompt_tokens"] == 42
