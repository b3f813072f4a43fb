"""Tools that are no intents, timers and groups: none of them leads around the guard."""

from types import SimpleNamespace
from typing import Any, override

import probatio
import pytest
from homeassistant.components import llm as llm_integration
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import llm
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (
    MockModule,
    async_mock_service,
    mock_integration,
    mock_platform,
)

from tests.custom_components.jarvis.common import (
    TIDY,
    YES,
    add_rule,
    device_with_timers,
    only,
)
from tests.fakes.home import (
    DoorLock,
    Lamp,
    Shutter,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import Call, FakeOllama, Say

pytestmark = pytest.mark.usefixtures("small_talk")

LOCK = {"fr": "Serrure", "en": "Lock"}
UNLOCK = {"fr": "déverrouille la serrure", "en": "unlock the lock"}
SESAME = {"fr": "fais ton sésame, je te prie", "en": "do your sesame, please"}
LATER = {
    "fr": "mets un minuteur en route pour allumer lamp et déverrouiller la serrure",
    "en": "make use of a timer: turn on lamp, unlock the lock",
}


class Acme(llm.Tool):
    """A tool of another integration, which notes what it is called with."""

    def __init__(self, name: str, *, read_only: bool = False) -> None:
        self.name = f"acme__{name}"
        self.integration = "acme"
        self.parameters = probatio.Schema({}, extra=probatio.ALLOW_EXTRA)
        self.annotations = llm.ToolAnnotations(read_only=read_only)
        self.calls: list[dict[str, Any]] = []

    @override
    async def async_call(
        self,
        hass: HomeAssistant,
        tool_input: llm.ToolInput,
        llm_context: llm.LLMContext,
    ) -> llm.ToolResult:
        self.calls.append(tool_input.tool_args)
        return llm.ToolResult(data={"result": "ok"})


@pytest.fixture(params=["fr", "en"])
async def language(request: pytest.FixtureRequest, hass: HomeAssistant) -> str:
    tag: str = request.param
    lock = DoorLock(LOCK[tag], locked=True)
    await async_furnish(
        hass, {"Hall": [lock, Lamp("Lamp"), Shutter("Box", device_class="garage")]}, tag
    )
    return tag


@pytest.fixture
async def acme(hass: HomeAssistant, language: str) -> dict[str, Acme]:
    """Offer a tool that reads and one that writes."""
    tools = {
        "look": Acme("look", read_only=True),
        "work": Acme("work"),
    }
    mock_integration(hass, MockModule("acme"))
    offered = llm_integration.LLMTools(tools=list(tools.values()))
    mock_platform(hass, "acme.llm", SimpleNamespace(async_get_tools=lambda *_: offered))
    assert await async_setup_component(hass, "acme", {})
    await hass.async_block_till_done()
    return tools


@pytest.mark.parametrize(
    "arguments",
    [
        {"entity_id": "LOCK"},
        {"target": {"entity_id": ["light.lamp", "LOCK"]}},
        {"calls": [{"action": "lock.unlock", "on": "light.lamp, LOCK"}]},
    ],
)
async def test_tool_that_is_given_a_critical_entity_asks(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    acme: dict[str, Acme],
    arguments: dict[str, Any],
) -> None:
    await async_install_jarvis(hass, ollama)
    lock = f"lock.{LOCK[language].lower()}"
    ollama.queue(Call("acme__work", **_fill(arguments, lock)))
    first = await async_ask(hass, TIDY[language], language)
    told = {"fr": "j'utilise « work » sur la serrure", "en": "use “work” on the lock"}
    assert told[language] in speech(first)
    assert acme["work"].calls == []
    yes = YES[language]
    second = await async_ask(hass, yes, language, conversation_id=first.conversation_id)
    assert len(acme["work"].calls) == 1
    assert speech(second) == {"fr": "C'est fait.", "en": "Done."}[language]


def _fill(value: Any, lock: str) -> Any:
    match value:
        case str():
            return value.replace("LOCK", lock)
        case dict():
            return {key: _fill(inner, lock) for key, inner in value.items()}
        case list():
            return [_fill(inner, lock) for inner in value]


async def test_restricted_speaker_only_reads_with_tools_of_others(
    hass: HomeAssistant, ollama: FakeOllama, language: str, acme: dict[str, Acme]
) -> None:
    user = await hass.auth.async_create_user("Léa")
    entry = await async_install_jarvis(hass, ollama)
    await add_rule(hass, entry, users=[user.id], domains=["light"])
    ollama.queue(Call("acme__look"), Call("llm__GetDateTime"))
    await async_ask(hass, TIDY[language], language, user_id=user.id)
    assert len(acme["look"].calls) == 1
    ollama.queue(Call("acme__work"))
    result = await async_ask(hass, TIDY[language], language, user_id=user.id)
    assert (
        speech(result)
        == {
            "fr": "Tu n'as pas le droit de commander ces appareils.",
            "en": "You are not allowed to control those devices.",
        }[language]
    )
    assert acme["work"].calls == []
    # The integration itself can be allowed; what it does nobody knows, so it asks.
    await add_rule(hass, entry, users=["nobody"], domains=[])
    for subentry in entry.get_subentries_of_type("access_rule"):
        data = {**subentry.data, "domains": ["acme"]}
        hass.config_entries.async_update_subentry(entry, subentry, data=data)
    await hass.async_block_till_done()
    ollama.queue(Call("acme__work"))
    first = await async_ask(hass, TIDY[language], language, user_id=user.id)
    assert acme["work"].calls == []
    assert "work" in speech(first)
    await async_ask(
        hass,
        YES[language],
        language,
        user_id=user.id,
        conversation_id=first.conversation_id,
    )
    assert len(acme["work"].calls) == 1


async def test_own_intents_are_the_users_own(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    calls = async_mock_service(hass, "test", "unlock")
    scripts = {"Sesame": {"action": {"action": "test.unlock"}}}
    assert await async_setup_component(
        hass, "intent_script", {"intent_script": scripts}
    )
    user = await hass.auth.async_create_user("Léa")
    entry = await async_install_jarvis(hass, ollama)
    # Its slots are what the user takes them for, not what is moved.
    call = Call("intent_script__Sesame", name=LOCK[language])
    ollama.queue(call)
    result = await async_ask(hass, SESAME[language], language, user_id=user.id)
    assert not result.continue_conversation
    assert len(calls) == 1
    await add_rule(hass, entry, users=[user.id], domains=["light"])
    ollama.queue(call)
    await async_ask(hass, SESAME[language], language, user_id=user.id)
    assert len(calls) == 1


async def test_order_that_a_model_puts_off_comes_back_to_the_guard(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    device_id = device_with_timers(hass)
    lamp = {"fr": "allume lamp", "en": "turn on lamp"}[language]
    for command in (UNLOCK[language], lamp):
        ollama.queue(
            Call("intent__HassStartTimer", seconds=0, conversation_command=command)
        )
        ollama.queue(Say("Hm."))
        asked = await async_ask(hass, LATER[language], language, device_id=device_id)
        # Who did not plainly ask for a timer is asked first.
        await async_ask(
            hass,
            YES[language],
            language,
            device_id=device_id,
            conversation_id=asked.conversation_id,
        )
        await hass.async_block_till_done(wait_background_tasks=True)
    assert only(hass, "light") == "on"
    assert only(hass, "lock") == "locked"


async def test_group_is_as_critical_as_what_is_in_it(
    hass: HomeAssistant, language: str
) -> None:
    group = {"shed": {"name": "Shed", "entities": ["cover.box", "light.lamp"]}}
    assert await async_setup_component(hass, "group", {"group": group})
    await hass.async_block_till_done()
    async_expose_entity(hass, "conversation", "group.shed", True)
    await async_install_jarvis(hass)
    text = {"fr": "allume shed", "en": "turn on shed"}[language]
    result = await async_ask(hass, text, language)
    assert result.continue_conversation
    assert "box" in speech(result).lower()


async def test_timers_are_not_taken_for_things(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    """A timer may be named as a lock is, and be set in a room with one."""
    await async_install_jarvis(hass, ollama)
    area = ar.async_get(hass).async_get_area_by_name("Hall")
    assert area is not None
    device_id = device_with_timers(hass)
    started = Call("intent__HassStartTimer", minutes=5, name=LOCK[language])
    ollama.queue(started)
    asked = await async_ask(hass, TIDY[language], language, device_id=device_id)
    # No question about the lock, but whether a timer is wanted.
    assert asked.continue_conversation
    assert "minuteur" in speech(asked) or "timer" in speech(asked)
    first = await async_ask(
        hass,
        YES[language],
        language,
        device_id=device_id,
        conversation_id=asked.conversation_id,
    )
    assert not first.continue_conversation
    text = {"fr": "annule le minuteur", "en": "cancel the timer"}[language]
    result = await async_ask(hass, text, language, device_id=device_id)
    assert not result.continue_conversation
