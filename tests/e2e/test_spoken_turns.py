"""Spoken and written turns through a real Home Assistant, in both languages."""

from array import array
from collections.abc import Callable
from pathlib import Path

import pytest
from demo import speech
from demo.errors import DemoError
from demo.rooms import Language
from demo.speech import Speech

from tests.e2e.stage import OnStage

pytestmark = pytest.mark.timeout(300)

FR, EN = Language.FRENCH, Language.ENGLISH
TURNS = [
    # sentence, language, entity, state before and after, a word of the answer
    ("allume la lumière du salon", FR, "light.salon", "off", "on"),
    ("éteins la lumière de la cuisine", FR, "light.cuisine", "on", "off"),
    ("turn off the kitchen light", EN, "light.cuisine", "on", "off"),
    ("turn on the bedroom light", EN, "light.chambre", "off", "on"),
]
KEY_WORDS = {
    FR: {"allumé", "allumée", "éteint", "éteinte", "lumière", "salon", "cuisine"},
    EN: {"turned", "light", "on", "off", "kitchen", "bedroom"},
}


@pytest.fixture(params=["french_home", "english_home"])
def home(request: pytest.FixtureRequest) -> OnStage:
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize(("sentence", "language", "entity", "before", "after"), TURNS)
def test_a_spoken_command_changes_the_home_and_is_answered_aloud(
    home: OnStage,
    ear: Callable[[Speech, Language], str],
    sentence: str,
    language: Language,
    entity: str,
    before: str,
    after: str,
) -> None:
    sound = home.say(sentence, language)

    result = home.play(home.home.turn(sound, language, sentence))

    assert result.error is None
    assert (result.entity_id, result.state_before, result.state_after) == (
        entity,
        before,
        after,
    )
    assert home.state(entity) == after
    assert result.ok
    assert set(ear(home.reply(), language).split()) & KEY_WORDS[language]
    stages = result.stages_ms
    assert None not in stages.values()
    assert 0 <= stages["stt"] <= stages["first_audio"] <= stages["total"]
    assert stages["understanding"] >= 0


def test_a_recording_is_heard_like_a_voice(
    french_home: OnStage, tmp_path: Path
) -> None:
    """A recording may ask for what is so already: the home is made otherwise first."""
    recording = tmp_path / "recording.wav"
    french_home.say("éteins la lumière du bureau", FR).save(recording)
    french_home.set("light.bureau", "turn_off")

    sound = french_home.play(speech.load(recording))
    result = french_home.play(french_home.home.turn(sound, FR))

    assert result.error is None
    assert (result.entity_id, result.state_after) == ("light.bureau", "off")


def test_a_recording_of_silence_is_refused(
    french_home: OnStage, tmp_path: Path
) -> None:
    recording = tmp_path / "silence.wav"
    Speech(array("h", bytes(32_000))).save(recording)

    with pytest.raises(DemoError, match="silent"):
        french_home.play(speech.load(recording))


WRITTEN = [
    ("allume la lumière de la chambre", FR, "light.chambre", "turn_off", "on"),
    ("ferme le volet du salon", FR, "cover.salon", "open_cover", "closed"),
    ("verrouille la porte d'entrée", FR, "lock.entree", "unlock", "locked"),
    ("turn on the coffee machine", EN, "switch.cafetiere", "turn_off", "on"),
    ("close the garage door", EN, "cover.garage", "open_cover", "closed"),
    ("turn off the dining room light", EN, "light.salle_a_manger", "turn_on", "off"),
]


@pytest.mark.parametrize(("text", "language", "entity", "first", "after"), WRITTEN)
def test_a_written_command_is_understood_in_either_home(
    home: OnStage, text: str, language: Language, entity: str, first: str, after: str
) -> None:
    home.set(entity, first)
    assert home.state(entity) != after

    answer = home.command(
        "conversation/process",
        text=text,
        language=language.value,
        agent_id="conversation.jarvis",
    )["response"]

    assert answer["response_type"] == "action_done"
    assert answer["speech"]["plain"]["speech"]
    assert home.state(entity) == after


def test_a_garage_door_opens_once_it_is_confirmed(home: OnStage) -> None:
    home.set("cover.garage", "close_cover")
    said = {"language": "en", "agent_id": "conversation.jarvis"}
    asked = home.command("conversation/process", text="open the garage door", **said)
    assert asked["continue_conversation"]
    assert "garage door" in asked["response"]["speech"]["plain"]["speech"]
    assert home.state("cover.garage") == "closed"

    home.command(
        "conversation/process",
        text="yes",
        conversation_id=asked["conversation_id"],
        **said,
    )
    assert home.state("cover.garage") == "open"


def test_a_question_is_answered(home: OnStage) -> None:
    answer = home.command(
        "conversation/process",
        text="what's the temperature in the living room",
        language="en",
        agent_id="conversation.jarvis",
    )["response"]

    assert answer["response_type"] == "query_answer"
    assert "20.5" in answer["speech"]["plain"]["speech"]


def test_what_nobody_understands_is_answered_with_help(home: OnStage) -> None:
    answer = home.command(
        "conversation/process",
        text="récite un poème sur la mer",
        language="fr",
        agent_id="conversation.jarvis",
    )["response"]

    assert answer["speech"]["plain"]["speech"]


@pytest.mark.parametrize(
    ("language", "order", "why", "told"),
    [
        (
            "fr",
            "allume la lumière du salon",
            "pourquoi ?",
            "J'ai donné l'ordre d'allumer",
        ),
        (
            "en",
            "turn on the living room light",
            "why did you do that?",
            "I gave the order to turn on",
        ),
    ],
)
def test_what_was_done_is_explained(
    home: OnStage, language: str, order: str, why: str, told: str
) -> None:
    said = {"language": language, "agent_id": "conversation.jarvis"}
    done = home.command("conversation/process", text=order, **said)
    again = {"conversation_id": done["conversation_id"], **said}
    answer = home.command("conversation/process", text=why, **again)
    assert told in answer["response"]["speech"]["plain"]["speech"]

    explained = home.command(
        "call_service",
        domain="jarvis",
        service="explain_last",
        service_data={"language": language},
        return_response=True,
    )["response"]
    assert told in explained["text"]
    assert explained["turn"]["text"] == order
