"""The seam for skills: life cycle, dialogues, tools that declare what they do."""

from collections.abc import Iterator
from typing import Any

import pytest
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers import llm

from custom_components.jarvis import runtime
from custom_components.jarvis.const import DOMAIN
from custom_components.jarvis.diagnostics import async_get_config_entry_diagnostics
from custom_components.jarvis.skill_list import SKILLS
from custom_components.jarvis.skills.base import Sentences, Texts, dialogue
from tests.custom_components.jarvis.common import TIDY, YES, add_rule
from tests.custom_components.jarvis.skills.eggs import Eggs
from tests.fakes.home import (
    DoorLock,
    Lamp,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import Call, FakeOllama, Say

ORDER = {"fr": "il faut des œufs", "en": "we need eggs"}
HOW_MANY = {"fr": "Combien d'œufs ?", "en": "How many eggs?"}
ORDERED = {"fr": "6 œufs, c'est retenu.", "en": "6 eggs, I'll keep that in mind."}
DROPPED = {"fr": "D'accord, je ne fais rien.", "en": "All right, I'll leave it."}


@pytest.fixture(autouse=True)
def _eggs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(runtime, "SKILLS", (Eggs, *SKILLS))
    monkeypatch.setattr(Eggs, "fails", False)
    Eggs.calls.clear()
    yield
    Eggs.calls.clear()


@pytest.fixture(params=["fr", "en"])
async def language(request: pytest.FixtureRequest, hass: HomeAssistant) -> str:
    tag: str = request.param
    lock = DoorLock("Serrure" if tag == "fr" else "Lock", locked=True)
    await async_furnish(hass, {"": [Lamp("Lampe"), lock]}, tag)
    return tag


async def test_skill_that_fails_is_reported_and_the_rest_works(
    hass: HomeAssistant, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Eggs, "fails", True)
    entry = await async_install_jarvis(hass)
    issues = ir.async_get(hass).issues
    assert issues[DOMAIN, "skill_failed_eggs"].translation_placeholders == {
        "skill": "eggs",
        "error": "OSError",
    }
    report = await async_get_config_entry_diagnostics(hass, entry)
    assert report["skills"]["eggs"] == {"state": "failed", "error": "OSError"}
    assert report["skills"]["weather"] == {"state": "running", "error": ""}
    text = {"fr": "allume la lampe", "en": "turn on lampe"}[language]
    assert (
        speech(await async_ask(hass, ORDER[language], language)) != HOW_MANY[language]
    )
    await async_ask(hass, text, language)
    assert hass.states.is_state("light.lampe", "on")
    # What was wrong is put right: the report goes with a reload.
    monkeypatch.setattr(Eggs, "fails", False)
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert (DOMAIN, "skill_failed_eggs") not in issues
    assert (
        speech(await async_ask(hass, ORDER[language], language)) == HOW_MANY[language]
    )


async def test_question_of_a_skill(
    hass: HomeAssistant, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = await async_install_jarvis(hass)

    async def say(text: str, conversation_id: str | None = None) -> Any:
        return await async_ask(hass, text, language, conversation_id=conversation_id)

    async def begin() -> str:
        result = await say(ORDER[language])
        assert speech(result) == HOW_MANY[language]
        assert result.continue_conversation
        return result.conversation_id

    talk = await begin()
    why = await say({"fr": "pourquoi ?", "en": "why?"}[language], talk)
    assert {"fr": "Tu as parlé d'œufs.", "en": "You spoke of eggs."}[
        language
    ] in speech(why)
    # Neither "why?" nor a reload ends it.
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert speech(await say("6", talk)) == ORDERED[language]
    assert speech(await say("6", talk)) != ORDERED[language]  # it is over
    # What was counted outlives a reload.
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    counted = await hass.services.async_call(
        DOMAIN, "count_eggs", blocking=True, return_response=True
    )
    assert counted == {"count": 6}
    assert hass.states.is_state("sensor.eggs", "6")
    for way_out in {"fr": ("stop", "laisse tomber"), "en": ("stop", "never mind")}[
        language
    ]:
        talk = await begin()
        assert speech(await say(way_out, talk)) == DROPPED[language]
        assert speech(await say("6", talk)) != ORDERED[language]
    # Something else is answered as what it is, and nobody else's number is the reply.
    talk = await begin()
    await say({"fr": "allume la lampe", "en": "turn on lampe"}[language], talk)
    assert hass.states.is_state("light.lampe", "on")
    assert speech(await say("6", talk)) != ORDERED[language]
    talk = await begin()
    assert speech(await say("6")) != ORDERED[language]
    now = dialogue.time.monotonic
    monkeypatch.setattr(dialogue.time, "monotonic", lambda: now() + 61)
    assert speech(await say("6", talk)) != ORDERED[language]
    monkeypatch.undo()
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert not hass.services.has_service(DOMAIN, "count_eggs")


async def test_success_of_a_skill_is_no_lie(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    said = {"fr": "C'est noté.", "en": "It's noted."}[language]
    ollama.queue(Call("jarvis__remember", what="tea"))
    ollama.queue(Say(said))
    text = {
        "fr": "retiens que j'aime le thé vert",
        "en": "remember that I like green tea",
    }[language]
    result = await async_ask(hass, text, language)
    assert Eggs.calls == ["remember"]
    assert speech(result) == said
    why = {"fr": "qu'est-ce que tu viens de faire ?", "en": "what did you just do?"}
    told = speech(
        await async_ask(
            hass, why[language], language, conversation_id=result.conversation_id
        )
    )
    assert {"fr": "retenir", "en": "remember"}[language] in told
    # It proves no more than that.
    ollama.queue(Call("jarvis__remember", what="milk"))
    lie = {"fr": "J'ai ajouté le lait à la liste.", "en": "I added milk to the list."}
    ollama.queue(
        Say(lie[language]),
    )
    ollama.queue(Say(lie[language]))
    result = await async_ask(hass, text, language)
    assert lie[language] not in speech(result)


MYSTERY = {
    "fr": "Tu es sûr de vouloir utiliser le mystère ?",
    "en": "Are you sure you want to use the mystery?",
}
SESAME = {
    "fr": "Tu es sûr de vouloir utiliser le sésame ?",
    "en": "Are you sure you want to use the sesame?",
}
SESAME_ON_LOCK = {
    "fr": "Tu veux vraiment que j'utilise « le sésame » sur la serrure ?",
    "en": "Are you sure you want me to use “the sesame” on the lock?",
}


@pytest.mark.parametrize(
    ("tool", "arguments", "question"),
    [
        ("mystery", {}, MYSTERY),
        ("mystery", {"what": "light.lampe"}, MYSTERY),
        ("sesame", {"what": "LOCK"}, SESAME_ON_LOCK),
        ("sesame", {}, SESAME),
    ],
)
async def test_tool_of_a_skill_passes_the_guard(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    tool: str,
    arguments: dict[str, str],
    question: dict[str, str],
) -> None:
    await async_install_jarvis(hass, ollama)
    lock = {"fr": "Serrure", "en": "Lock"}[language]
    filled = {key: value.replace("LOCK", lock) for key, value in arguments.items()}
    ollama.queue(Call(f"jarvis__{tool}", **filled))
    first = await async_ask(hass, TIDY[language], language)
    assert speech(first) == question[language]
    assert not Eggs.calls
    second = await async_ask(
        hass, YES[language], language, conversation_id=first.conversation_id
    )
    assert Eggs.calls == [tool]
    assert speech(second) == {"fr": "C'est fait.", "en": "Done."}[language]


async def test_restricted_speaker_only_has_things_kept(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    user = await hass.auth.async_create_user("Léa")
    entry = await async_install_jarvis(hass, ollama)
    ollama.handler = lambda body: [Say("Hm.")]
    await add_rule(hass, entry, users=[user.id], domains=["light"])
    for tool in ("announce", "mystery", "sesame", "remember"):
        ollama.queue(Call(f"jarvis__{tool}", what="Lock"))
        await async_ask(hass, TIDY[language], language, user_id=user.id)
    assert Eggs.calls == ["remember"]


async def test_other_agents_get_the_same_tools_guarded(
    hass: HomeAssistant, language: str
) -> None:
    await async_install_jarvis(hass)
    api = await llm.async_get_api(
        hass,
        llm.LLM_API_ASSIST,
        llm.LLMContext(
            platform="acme",
            context=Context(),
            language=language,
            assistant="conversation",
            device_id=None,
        ),
    )
    names = {tool.name for tool in api.tools}
    assert {"jarvis__remember", "jarvis__mystery", "jarvis__weather"} <= names

    async def call(tool: str, **arguments: str) -> llm.ToolResult:
        return await api.async_call_tool(
            llm.ToolInput(tool_name=f"jarvis__{tool}", tool_args=arguments)
        )

    assert not (await call("remember", what="tea")).error
    assert not (await call("sesame", what="Lampe")).error
    lock = {"fr": "Serrure", "en": "Lock"}[language]
    for refused in (
        await call("mystery"),
        await call("sesame", what=lock),
        await call("sesame", what="light.lampe, lock." + lock.lower()),
    ):
        assert refused.error
        assert "has to confirm" in str(refused.data)
    assert Eggs.calls == ["remember", "sesame"]
    await call("announce")
    with pytest.raises(Exception, match="Too often"):
        await call("announce")


async def test_help_is_made_of_the_skills(hass: HomeAssistant, language: str) -> None:
    await async_install_jarvis(hass)
    text = {"fr": "que sais-tu faire ?", "en": "what can you do?"}[language]
    told = speech(await async_ask(hass, text, language))
    assert {"fr": "compter les œufs", "en": "count the eggs"}[language] in told
    assert {"fr": "météo", "en": "weather"}[language] not in told  # there is none here


@pytest.mark.parametrize("kind", SKILLS, ids=lambda kind: kind.name)
async def test_every_skill_speaks_both_languages(
    hass: HomeAssistant, kind: type[Any]
) -> None:
    folder = kind.folder()
    texts = await hass.async_add_executor_job(Texts.load, folder)
    await hass.async_add_executor_job(Sentences.load, folder)
    assert _keys(texts._texts["fr"]) == _keys(texts._texts["en"])
    skill = kind(hass)
    skill.texts = texts
    names = {tool.name for tool in skill.tools()}
    assert folder.name == kind.name
    for tool in skill.tools():
        assert tool.effect is not None
        assert set(tool.title or {}) == {"fr", "en"}
        assert not tool.effect.undone_by or tool.effect.undone_by in names


def _keys(texts: Any, path: str = "") -> set[str]:
    if not isinstance(texts, dict):
        return {path}
    return {
        key for name, inner in texts.items() for key in _keys(inner, f"{path}.{name}")
    }
