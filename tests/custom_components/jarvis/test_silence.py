"""When Jarvis listens on after it has spoken, and when it stops."""

from typing import Any

import pytest
from homeassistant.core import HomeAssistant

from custom_components.jarvis.engines.spoken import read_hint
from tests.custom_components.jarvis.common import SetUp, answer, run, voice_node
from tests.fakes.home import DoorLock, Lamp, async_furnish
from tests.fakes.wyoming_node import FakeNode

SATELLITE = "assist_satellite.salon"


@pytest.fixture
def expected_lingering_tasks() -> bool:
    """Let the garbage collector close what a pipeline leaves open."""
    return True


class Talk:
    """One conversation with a satellite."""

    def __init__(self, hass: HomeAssistant, node: FakeNode) -> None:
        self._hass = hass
        self._node = node
        self._conversation_id: str | None = None

    async def __call__(self, said: str) -> tuple[str, bool]:
        """Say something, "" for silence; return the answer and if Jarvis listens on."""
        self._node.transcript = said
        events = await run(
            self._hass, satellite_id=SATELLITE, conversation_id=self._conversation_id
        )
        output = events["intent-end"]["intent_output"]
        self._conversation_id = output["conversation_id"]
        return read_hint(answer(events))[1], output["continue_conversation"]


@pytest.fixture
async def talks(hass: HomeAssistant, node: FakeNode, set_up: SetUp) -> Any:
    """Return a function that begins a conversation in a language."""

    async def talks(language: str) -> Talk:
        devices = [
            DoorLock("Porte", locked=True),
            Lamp("Lampe bleue"),
            Lamp("Lampadaire"),
        ]
        await async_furnish(hass, {"": devices}, language)
        await set_up(voice_node(node), language=language, create_pipeline=True)
        return Talk(hass, node)

    return talks


CRITICAL = {
    "fr": (
        "déverrouille la porte",
        "Tu es sûr de vouloir déverrouiller la porte ?",
        "Je ne t'ai pas entendu. Tu es sûr de vouloir déverrouiller la porte ?",
        "D'accord, je ne fais rien.",
        "oui",
        "Je n'ai rien entendu.",
    ),
    "en": (
        "unlock the porte",
        "Are you sure you want to unlock the porte?",
        "I did not hear you. Are you sure you want to unlock the porte?",
        "All right, I'll leave it.",
        "yes",
        "I didn't hear anything.",
    ),
}


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_silence_is_asked_about_once_and_then_dropped(
    hass: HomeAssistant, talks: Any, language: str
) -> None:
    order, question, again, dropped, yes, nothing = CRITICAL[language]
    talk = await talks(language)
    assert await talk(order) == (question, True)
    assert await talk("") == (again, True)
    assert await talk("") == (dropped, False)
    assert await talk("") == (nothing, False)
    await talk(yes)
    assert hass.states.get("lock.porte").state == "locked"


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_reply_after_a_silent_round_counts(
    hass: HomeAssistant, talks: Any, language: str
) -> None:
    order, _question, again, _dropped, yes, _nothing = CRITICAL[language]
    talk = await talks(language)
    await talk(order)
    assert await talk("…") == (again, True)
    _said, listens = await talk(yes)
    assert not listens
    assert hass.states.get("lock.porte").state == "unlocked"


async def test_a_question_of_which_is_dropped_too(
    hass: HomeAssistant, talks: Any
) -> None:
    talk = await talks("fr")
    question = "Tu veux dire le lampadaire ?"
    assert await talk("allume le lampader") == (question, True)
    assert await talk("") == (f"Je ne t'ai pas entendu. {question}", True)
    assert await talk("") == ("D'accord, je ne fais rien.", False)
    await talk("oui")
    assert hass.states.get("light.lampadaire").state == "off"


async def test_question_is_repeated_in_the_language_it_was_asked_in(
    talks: Any,
) -> None:
    talk = await talks("fr")
    said, _ = await talk("could you unlock the porte please")
    assert said == CRITICAL["en"][1]
    assert await talk("") == (CRITICAL["en"][2], True)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "said",
    ["allume la lampe bleue", "turn on the lampe bleue"],
)
async def test_jarvis_does_not_listen_on_when_it_has_not_asked(
    talks: Any, language: str, said: str
) -> None:
    talk = await talks(language)
    for text in (said, "récite un poème", "chut", ""):
        words, listens = await talk(text)
        assert not listens, words
        assert not words.endswith("?"), words


async def test_another_wish_ends_the_question(hass: HomeAssistant, talks: Any) -> None:
    talk = await talks("fr")
    await talk("déverrouille la porte")
    assert await talk("allume la lampe bleue") == (
        "C'est fait, la lampe bleue est allumée.",
        False,
    )
    assert await talk("") == ("Je n'ai rien entendu.", False)
