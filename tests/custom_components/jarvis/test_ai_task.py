"""Tasks of automations, done by the model servers."""

from pathlib import Path
from typing import Any

import pytest
from homeassistant.components import ai_task
from homeassistant.components.ai_task import AITaskEntityFeature
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import llm, selector
from homeassistant.helpers.translation import async_get_translations
from homeassistant.setup import async_setup_component

from custom_components.jarvis import ai_task as door
from custom_components.jarvis.assistant.agent import tasks
from custom_components.jarvis.const import DOMAIN, SUBENTRY_MODEL_SERVER
from custom_components.jarvis.core.errors import (
    JarvisError,
    ModelServerError,
    PoolEmptyError,
    StructureError,
)
from tests.custom_components.jarvis.common import let_fail, subclasses
from tests.fakes.home import async_furnish, async_install_jarvis
from tests.fakes.ollama import Break, Cut, FakeOllama, Refuse, Say, Stall, Think

pytestmark = pytest.mark.usefixtures("socket_enabled")

ENTITY = "ai_task.jarvis"
TASK = "Count the cars on the drive."
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000000000200013fbf8a5d0000000049454e44ae426082"
)
STRUCTURE = {
    "cars": {
        "description": "How many cars",
        "required": True,
        "selector": {"number": {"min": 0, "max": 20}},
    },
    "color": {"selector": {"select": {"options": ["red", "blue"]}}},
}


@pytest.fixture(autouse=True)
async def _home(hass: HomeAssistant) -> None:
    await async_furnish(hass, {}, "en")


async def generate(hass: HomeAssistant, **data: Any) -> Any:
    answer = await hass.services.async_call(
        "ai_task",
        "generate_data",
        {
            "entity_id": ENTITY,
            "task_name": "cars",
            "instructions": TASK,
            **data,
        },
        blocking=True,
        return_response=True,
    )
    assert answer is not None
    return answer["data"]


async def refusal(hass: HomeAssistant, **data: Any) -> dict[str, str]:
    """Return what the user reads, by language, of a task that fails."""
    with pytest.raises(HomeAssistantError) as caught:
        await generate(hass, **data)
    error = caught.value
    assert error.translation_domain == DOMAIN
    name = f"component.{DOMAIN}.exceptions.{error.translation_key}.message"
    return {
        language: (
            await async_get_translations(hass, language, "exceptions", {DOMAIN})
        )[name].format(**(error.translation_placeholders or {}))
        for language in ("fr", "en")
    }


async def test_what_is_offered(hass: HomeAssistant, ollama: FakeOllama) -> None:
    await async_install_jarvis(hass, ollama)
    state = hass.states.get(ENTITY)
    assert state is not None
    assert state.name == "Jarvis AI tasks"
    features = AITaskEntityFeature(state.attributes["supported_features"])
    assert features == (
        AITaskEntityFeature.GENERATE_DATA | AITaskEntityFeature.SUPPORT_ATTACHMENTS
    )


async def test_text(hass: HomeAssistant, ollama: FakeOllama) -> None:
    await async_install_jarvis(hass, ollama)
    ollama.queue(Think("hm"), Say("There are two cars."))
    assert await generate(hass) == "There are two cars."
    sent = ollama.chats[0].json
    assert [message["role"] for message in sent["messages"]] == ["system", "user"]
    assert sent["messages"][1]["content"] == TASK
    assert not sent.get("format")
    assert not sent["tools"]


async def test_data(hass: HomeAssistant, ollama: FakeOllama) -> None:
    await async_install_jarvis(hass, ollama)
    ollama.queue(Say('{"cars": 2, "color": null}'))
    data = await generate(hass, structure=STRUCTURE)
    assert data == {"cars": 2}
    assert type(data["cars"]) is int
    sent = ollama.chats[0].json
    assert sent["format"]["required"] == ["cars"]
    assert sent["format"]["properties"]["color"]["enum"] == ["red", "blue"]
    assert "How many cars" in sent["messages"][1]["content"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("two cars", "Expecting value"),
        ('{"color": "red"}', "required key not provided at 'cars'"),
        ('{"cars": 21}', "Value 21.0 is too large at 'cars'"),
        ('{"cars": 1, "color": "green"}', "value must be one of"),
        ('{"cars": 1, "boats": 1}', "not a valid option at 'boats'"),
        ("[1]", "expected a mapping"),
    ],
)
async def test_data_that_does_not_fulfil_the_structure_is_asked_for_once_more(
    hass: HomeAssistant, ollama: FakeOllama, answer: str, reason: str
) -> None:
    await async_install_jarvis(hass, ollama)
    ollama.queue(Say(answer))
    ollama.queue(Say('{"cars": 3}'))
    assert await generate(hass, structure=STRUCTURE) == {"cars": 3}
    again = ollama.chats[1].json["messages"]
    assert again[2] == {"role": "assistant", "content": answer}
    assert reason in again[3]["content"]
    ollama.queue(Say(answer))
    ollama.queue(Say(answer))
    told = await refusal(hass, structure=STRUCTURE)
    assert told["fr"].startswith(
        "La réponse du modèle de langage ne respecte pas la structure : "
    )
    assert told["en"].startswith(
        "The language model's answer does not fulfil the structure: "
    )
    assert reason in told["fr"]
    assert reason in told["en"]
    assert len(ollama.chats) == 4


@pytest.mark.parametrize(
    ("failure", "french", "english"),
    [
        (
            "down",
            "Le serveur du modèle de langage, {server}, est injoignable.",
            "The language model's server, {server}, cannot be reached.",
        ),
        (
            Refuse(401),
            "Le serveur du modèle de langage, {server}, refuse la clé.",
            "The language model's server, {server}, refuses the key.",
        ),
        (
            "missing",
            (
                "Le modèle qwen3:4b n'est pas installé sur {server}. "
                "Il s'installe avec : ollama pull qwen3:4b"
            ),
            (
                "The model qwen3:4b is not installed on {server}. "
                "It is installed by: ollama pull qwen3:4b"
            ),
        ),
        (
            Refuse(503),
            "Le modèle de langage est occupé sur {server}. Réessayez dans un instant.",
            "The language model is busy on {server}. Try again in a moment.",
        ),
        (
            Break("the model crashed"),
            "Le modèle de langage a rencontré une erreur sur {server}.",
            "The language model ran into an error on {server}.",
        ),
        (
            Stall(),
            "Le modèle de langage met trop de temps à répondre sur {server}.",
            "The language model takes too long to answer on {server}.",
        ),
    ],
)
async def test_each_failure_is_told(
    hass: HomeAssistant,
    ollama: FakeOllama,
    failure: Any,
    french: str,
    english: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tasks, "TASK_LIMITS", tasks.ChatLimits(first_token=1.0))
    await async_install_jarvis(hass, ollama)
    await let_fail(ollama, failure)
    told = await refusal(hass)
    assert told["fr"] == french.format(server=ollama.server)
    assert told["en"] == english.format(server=ollama.server)


@pytest.mark.parametrize("failure", [Refuse(500), Cut()])
async def test_second_server_takes_over(
    hass: HomeAssistant, ollama: FakeOllama, second: FakeOllama, failure: Any
) -> None:
    await async_install_jarvis(hass, ollama, second)
    ollama.queue(failure)
    second.queue(Say('{"cars": 4}'))
    assert await generate(hass, structure=STRUCTURE) == {"cars": 4}


async def test_model_that_says_nothing(hass: HomeAssistant, ollama: FakeOllama) -> None:
    await async_install_jarvis(hass, ollama)
    ollama.queue(Think("hm"))
    told = await refusal(hass)
    assert told["en"].startswith("The language model ran into an error")


def place(hass: HomeAssistant, name: str) -> Path:
    return Path(hass.config.media_dirs["local"], name)


async def attach(hass: HomeAssistant, name: str, content: bytes) -> dict[str, Any]:
    """Put a file where Home Assistant finds media, and return the attachment."""
    place(hass, name).write_bytes(content)
    return {
        "media_content_id": f"media-source://media_source/local/{name}",
        "media_content_type": "",
    }


@pytest.fixture
async def _media(hass: HomeAssistant, tmp_path: Path) -> None:
    hass.config.media_dirs = {"local": str(tmp_path)}
    assert await async_setup_component(hass, "media_source", {})


@pytest.mark.usefixtures("_media")
class TestAttachments:
    """Pictures go to models that can see them."""

    async def test_picture(
        self, hass: HomeAssistant, ollama: FakeOllama, second: FakeOllama
    ) -> None:
        second.abilities.append("vision")
        await async_install_jarvis(hass, ollama, second)
        second.queue(Say("A white dot."))
        picture = await attach(hass, "dot.png", PIXEL)
        assert await generate(hass, attachments=[picture]) == "A white dot."
        (image,) = second.chats[0].json["messages"][1]["images"]
        assert image.startswith("iVBORw0KGgo")
        # The first server's model would have talked of a picture it cannot see.
        assert ollama.chats == []

    async def test_no_model_sees(self, hass: HomeAssistant, ollama: FakeOllama) -> None:
        entry = await async_install_jarvis(hass, ollama)
        picture = await attach(hass, "dot.png", PIXEL)
        assert await refusal(hass, attachments=[picture]) == {
            "fr": (
                f"Le modèle qwen3:4b sur {ollama.server} ne voit pas les images. "
                "Choisissez-en un qui les voit, par exemple gemma3 ou qwen2.5vl."
            ),
            "en": (
                f"The model qwen3:4b on {ollama.server} cannot see pictures. "
                "Use one that can, for example gemma3 or qwen2.5vl."
            ),
        }
        (model,) = entry.runtime_data.models
        assert entry.runtime_data.models.breaker(model).failures == 0

    async def test_server_that_is_down(
        self, hass: HomeAssistant, ollama: FakeOllama
    ) -> None:
        await async_install_jarvis(hass, ollama)
        await ollama.stop()
        picture = await attach(hass, "dot.png", PIXEL)
        told = await refusal(hass, attachments=[picture])
        assert told["en"].endswith("cannot be reached.")

    async def test_other_kinds(self, hass: HomeAssistant, ollama: FakeOllama) -> None:
        await async_install_jarvis(hass, ollama)
        sound = await attach(hass, "bell.mp3", b"ID3")
        told = await refusal(hass, attachments=[sound])
        name = "media-source://media_source/local/bell.mp3"
        assert told == {
            "fr": (
                f"{name} est du type audio/mpeg, et les modèles de langage ne "
                "regardent que des images."
            ),
            "en": (
                f"{name} is of the kind audio/mpeg, and the language models only "
                "look at pictures."
            ),
        }
        assert ollama.chats == []

    async def test_too_large(
        self,
        hass: HomeAssistant,
        ollama: FakeOllama,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(door, "LARGEST_IMAGE", 1024 * 1024)
        await async_install_jarvis(hass, ollama)
        picture = await attach(hass, "dot.png", bytes(1024 * 1024 + 1))
        told = await refusal(hass, attachments=[picture])
        assert told["fr"].endswith("dot.png dépasse 1 Mo.")
        assert told["en"].endswith("dot.png is larger than 1 MB.")

    async def test_gone(self, hass: HomeAssistant, ollama: FakeOllama) -> None:
        await async_install_jarvis(hass, ollama)
        picture = await attach(hass, "dot.png", PIXEL)
        place(hass, "dot.png").unlink()
        told = await refusal(hass, attachments=[picture])
        assert told["fr"].endswith("dot.png n'a pas pu être lu.")
        assert told["en"].endswith("dot.png could not be read.")


async def test_tools_are_refused(hass: HomeAssistant, ollama: FakeOllama) -> None:
    await async_install_jarvis(hass, ollama)
    (api,) = llm.async_get_apis(hass)
    with pytest.raises(HomeAssistantError) as caught:
        await ai_task.async_generate_data(
            hass, task_name="t", entity_id=ENTITY, instructions=TASK, llm_api=api
        )
    assert caught.value.translation_key == "task_without_tools"


async def test_no_tasks_without_a_model(
    hass: HomeAssistant, ollama: FakeOllama
) -> None:
    entry = await async_install_jarvis(hass, ollama)
    (subentry,) = entry.get_subentries_of_type(SUBENTRY_MODEL_SERVER)
    hass.config_entries.async_remove_subentry(entry, subentry.subentry_id)
    await hass.async_block_till_done()
    assert hass.states.get(ENTITY) is None
    assert er.async_get(hass).async_get(ENTITY) is None


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_every_error_has_its_words(hass: HomeAssistant, language: str) -> None:
    keys = {error.key for error in subclasses(ModelServerError)}
    keys |= {JarvisError.key, PoolEmptyError.key, StructureError.key}
    texts = await async_get_translations(hass, language, "exceptions", {DOMAIN})
    for key in keys:
        assert texts[f"component.{DOMAIN}.exceptions.{key}.message"]


async def test_selectors_of_structures_are_all_readable() -> None:
    structure = tasks.probatio.Schema(
        {"when": selector.selector({"datetime": {}})},
        extra=tasks.probatio.PREVENT_EXTRA,
    )
    assert tasks._read('{"when": "2026-11-20 12:00:00"}', structure) == {
        "when": "2026-11-20 12:00:00"
    }
