"""The assistant bears whatever its routes do, and asks skills in their order."""

import asyncio
from typing import ClassVar, override

import pytest
from homeassistant.components import conversation
from homeassistant.components.conversation.chat_log import chat_session
from homeassistant.core import Context, HomeAssistant

from custom_components.jarvis.assistant import Assistant
from custom_components.jarvis.assistant.turn import turn
from custom_components.jarvis.core.errors import JarvisError, NodeBusyError
from custom_components.jarvis.core.pool import Pool
from custom_components.jarvis.skills.base import Answer, Request, Said, Skill, Skills
from tests.fakes.home import async_furnish, speech

HELLO = {"fr": "bonjour", "en": "hello"}
INTERNAL = {
    "fr": "Désolé, quelque chose s'est mal passé de mon côté.",
    "en": "Sorry, something went wrong on my side.",
}


class Listening(Skill):
    """Takes every utterance for one of its own."""

    @override
    def might(self, text: str, language: str) -> bool:
        return True

    @override
    def read(self, text: str, language: str) -> Said | None:
        return Said(intent="any")


class Echo(Listening):
    """Says what it heard, with a question."""

    name = "echo"

    @override
    async def async_handle(self, request: Request, said: Said) -> Answer | None:
        if not request.text.startswith("echo"):
            return None
        return Answer(speech=f"{request.language}: {request.text}", asks=True)


class Broken(Listening):
    """Fails in the way that it was made for."""

    name = "broken"
    error: ClassVar[Exception | None] = None

    @override
    async def async_handle(self, request: Request, said: Said) -> Answer | None:
        if self.error is None:
            await asyncio.Event().wait()
            raise AssertionError
        raise self.error


async def assistant_with(
    hass: HomeAssistant, kind: type[Skill], error: Exception | None = None
) -> Assistant:
    """Return an assistant with one skill, which may fail."""
    if error is not None:
        kind = type("Failing", (kind,), {"error": error, "__module__": kind.__module__})
    skills = Skills(hass, [kind])
    await skills.async_set_up()
    return Assistant(hass, models=Pool(), skills=skills)


async def ask(
    hass: HomeAssistant, assistant: Assistant, text: str, language: str
) -> conversation.ConversationResult:
    user_input = conversation.ConversationInput(
        text=text,
        context=Context(),
        conversation_id=None,
        device_id=None,
        satellite_id=None,
        language=language,
        agent_id="conversation.jarvis",
    )
    with (
        chat_session.async_get_chat_session(hass) as session,
        conversation.async_get_chat_log(hass, session, user_input) as chat_log,
    ):
        return await assistant.async_answer(user_input, chat_log)


async def test_skill_answers_before_the_rest(hass: HomeAssistant) -> None:
    await async_furnish(hass, {}, "fr")
    assistant = await assistant_with(hass, Echo)
    result = await ask(hass, assistant, "echo un", "fr-CA")
    assert speech(result) == "fr: echo un"
    assert result.continue_conversation
    result = await ask(hass, assistant, "zorglub", "fr")
    assert speech(result).startswith("Je n'ai pas compris")
    assert not result.continue_conversation


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("error", [ValueError("a slip"), JarvisError()])
async def test_no_error_reaches_the_user(
    hass: HomeAssistant, language: str, error: Exception
) -> None:
    await async_furnish(hass, {}, language)
    assistant = await assistant_with(hass, Broken, error)
    result = await ask(hass, assistant, HELLO[language], language)
    assert speech(result) == INTERNAL[language]
    assert result.response.error_code == "unknown"


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_turn_without_an_end_is_ended(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(turn, "TURN_SECONDS", 0.2)
    await async_furnish(hass, {}, language)
    assistant = await assistant_with(hass, Broken)
    result = await ask(hass, assistant, HELLO[language], language)
    assert (
        speech(result)
        == {
            "fr": "Désolé, cela m'a pris trop de temps, j'ai abandonné.",
            "en": "Sorry, that took me too long, so I gave up.",
        }[language]
    )
    assert result.response.error_code == "unknown"


async def test_error_of_a_skill_is_said_in_its_own_words(hass: HomeAssistant) -> None:
    await async_furnish(hass, {}, "en")
    error = NodeBusyError(node="attic")
    assistant = await assistant_with(hass, Broken, error)
    result = await ask(hass, assistant, "hello", "en")
    assert speech(result) == "The voice server attic is busy, try again in a moment."
