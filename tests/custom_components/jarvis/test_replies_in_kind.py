"""A reply to a question of Jarvis's is answered in the language of the question.

A code, a "no" or a name alone does not tell what language it is in.
"""

import pytest
from homeassistant.core import HomeAssistant

from custom_components.jarvis.const import CONF_PIN
from tests.custom_components.jarvis.common import let_fail, only
from tests.fakes.home import (
    DoorLock,
    Lamp,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import FakeOllama

pytestmark = pytest.mark.usefixtures("small_talk")

HOME = "fr"
"""What the pipeline is set to; English is spoken to it."""


async def ask(hass: HomeAssistant, *texts: str) -> list[str]:
    """Say one text after the other in one conversation; return the answers."""
    answers: list[str] = []
    conversation = None
    for text in texts:
        result = await async_ask(hass, text, HOME, conversation_id=conversation)
        conversation = result.conversation_id
        answers.append(speech(result))
    return answers


@pytest.mark.parametrize(
    ("code", "replies", "told"),
    [
        ("", ["yes"], "unlocked"),
        ("", ["no"], "All right"),
        ("4071", ["four zero seven one"], "unlocked"),
        ("4071", ["4071"], "unlocked"),
        ("4071", ["one two three four"], "That is not the right code"),
        ("4071", ["one two three four", "4071"], "unlocked"),
        ("4071", ["1111", "2222", "3333"], "Too many wrong codes"),
    ],
)
async def test_the_guard_stays_in_the_language_of_its_question(
    hass: HomeAssistant, code: str, replies: list[str], told: str
) -> None:
    await async_furnish(hass, {"": [DoorLock("Front door", locked=True)]}, HOME)
    entry = await async_install_jarvis(hass)
    hass.config_entries.async_update_entry(entry, options={CONF_PIN: code})
    await hass.async_block_till_done()
    question, *answers = await ask(hass, "unlock the front door", *replies)
    assert "unlock the front door" in question
    assert told in answers[-1]
    assert only(hass, "lock") == ("unlocked" if told == "unlocked" else "locked")


@pytest.mark.parametrize(
    ("reply", "told"),
    [("anna", "Done, the lamp anna is on."), ("none", "All right, I'll leave it.")],
)
async def test_a_choice_stays_in_the_language_of_its_question(
    hass: HomeAssistant, reply: str, told: str
) -> None:
    await async_furnish(hass, {"": [Lamp("Lamp Anna"), Lamp("Lamp Hanna")]}, HOME)
    await async_install_jarvis(hass)
    question, answer = await ask(hass, "please turn on the lamp hannah", reply)
    assert question.startswith("Do you mean")
    assert answer == told


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("what can you do?", "I can"),
        ("set a timer for five minutes", "I can't keep a timer"),
        ("cancel that", "All right."),
        ("hello", "Hello!"),
        ("good evening Jarvis", "Good evening!"),
        ("thank you", "You're welcome."),
        ("Bonjour", "Bonjour !"),
        ("bonsoir", "Bonsoir !"),
        ("tell me something about the old Greeks", "The model"),
    ],
)
async def test_words_that_tell_their_language_are_answered_in_it(
    hass: HomeAssistant, ollama: FakeOllama, text: str, heard: str
) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe")]}, HOME)
    await async_install_jarvis(hass, ollama)
    await let_fail(ollama, "missing")
    (said,) = await ask(hass, text)
    assert heard in said, said
