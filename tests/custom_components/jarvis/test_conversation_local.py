"""Turns that need no language model, through the real agent of a real Home Assistant."""

import pytest
from homeassistant.components import conversation
from homeassistant.components.conversation.trace import async_get_traces
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry
from homeassistant.helpers.intent import IntentResponseErrorCode

from custom_components.jarvis.core.errors import NodeUnreachableError
from tests.custom_components.jarvis.common import automate
from tests.fakes.home import (
    AGENT,
    Blind,
    Device,
    DoorLock,
    Lamp,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)


async def furnish_fr(hass: HomeAssistant, *more: Device) -> None:
    await async_furnish(
        hass,
        {
            "Salon": [Lamp("Lumière du salon"), *more],
            "Chambre": [Blind("Volets de la chambre"), Lamp("Lampe de chevet")],
            "Entrée": [DoorLock("Serrure de l'entrée")],
        },
        "fr",
    )
    await async_install_jarvis(hass)


async def furnish_en(hass: HomeAssistant, *more: Device) -> None:
    await async_furnish(
        hass,
        {
            "Kitchen": [Lamp("Kitchen light"), *more],
            "Bedroom": [Blind("Bedroom blinds"), Lamp("Bedside lamp")],
            "Hall": [DoorLock("Front door lock")],
        },
        "en",
    )
    await async_install_jarvis(hass)


@pytest.mark.parametrize(
    ("text", "entity_id", "state", "answer"),
    [
        (
            "allume la lumière du salon",
            "light.lumiere_du_salon",
            "on",
            "C'est fait, la lumière du salon est allumée.",
        ),
        (
            "éteins la lumière du salon",
            "light.lumiere_du_salon",
            "off",
            "La lumière du salon est déjà éteinte.",
        ),
        (
            "ouvre les volets de la chambre",
            "cover.volets_de_la_chambre",
            "opening",
            "C'est fait, les volets de la chambre s'ouvrent.",
        ),
        (
            "verrouille la serrure de l'entrée",
            "lock.serrure_de_l_entree",
            "locked",
            "C'est fait, la serrure de l'entrée est verrouillée.",
        ),
        (
            "règle la luminosité de la lampe de chevet à 50 %",
            "light.lampe_de_chevet",
            "on",
            "C'est fait, la lampe de chevet est à 50 %.",
        ),
    ],
)
async def test_french_command_is_done_and_said(
    hass: HomeAssistant, text: str, entity_id: str, state: str, answer: str
) -> None:
    await furnish_fr(hass)
    result = await async_ask(hass, text)
    assert hass.states.get(entity_id).state == state
    assert speech(result) == answer
    assert result.response.error_code is None
    assert not result.continue_conversation


@pytest.mark.parametrize(
    ("text", "entity_id", "state", "answer"),
    [
        (
            "turn on the kitchen light",
            "light.kitchen_light",
            "on",
            "Done, the kitchen light is on.",
        ),
        (
            "turn off the kitchen light",
            "light.kitchen_light",
            "off",
            "The kitchen light is already off.",
        ),
        (
            "open the bedroom blinds",
            "cover.bedroom_blinds",
            "opening",
            "Done, the bedroom blinds are opening.",
        ),
        (
            "lock the front door lock",
            "lock.front_door_lock",
            "locked",
            "Done, the front door lock is locked.",
        ),
        (
            "set the bedside lamp brightness to 50%",
            "light.bedside_lamp",
            "on",
            "Done, the bedside lamp is at 50 %.",
        ),
    ],
)
async def test_english_command_is_done_and_said(
    hass: HomeAssistant, text: str, entity_id: str, state: str, answer: str
) -> None:
    await furnish_en(hass)
    result = await async_ask(hass, text, "en")
    assert hass.states.get(entity_id).state == state
    assert speech(result) == answer


async def test_lights_of_a_room_are_counted(hass: HomeAssistant) -> None:
    await furnish_fr(hass, Lamp("Lampadaire"), Lamp("Guirlande"))
    result = await async_ask(hass, "allume les lumières du salon")
    assert speech(result) == "C'est fait, les 3 lumières du salon sont allumées."


async def test_lights_of_a_room_are_counted_in_english(hass: HomeAssistant) -> None:
    await furnish_en(hass, Lamp("Ceiling"), Lamp("Worktop"))
    result = await async_ask(hass, "turn on the lights in the kitchen", "en")
    assert speech(result) == "Done, the 3 kitchen lights are on."


async def test_slow_light_is_waited_for(hass: HomeAssistant) -> None:
    await furnish_fr(hass, Lamp("Plafonnier", delay=0.3))
    result = await async_ask(hass, "allume le plafonnier")
    assert speech(result) == "C'est fait, le plafonnier est allumé."


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        (
            "fr",
            "allume la lampe bleue",
            "J'ai demandé, mais la lampe bleue est toujours éteinte.",
        ),
        ("en", "turn on the blue lamp", "I asked, but the blue lamp is still off."),
    ],
)
async def test_light_that_does_not_obey_is_not_claimed(
    hass: HomeAssistant, language: str, text: str, answer: str
) -> None:
    name = {"fr": "Lampe bleue", "en": "Blue lamp"}[language]
    await async_furnish(hass, {"": [Lamp(name, stuck=True)]}, language)
    await async_install_jarvis(hass)
    assert speech(await async_ask(hass, text, language)) == answer


async def test_part_that_did_not_obey_is_named(hass: HomeAssistant) -> None:
    await furnish_fr(hass, Lamp("Lampadaire", stuck=True))
    result = await async_ask(hass, "allume les lumières du salon")
    assert speech(result) == (
        "La lumière du salon est allumée, mais le lampadaire est toujours éteint."
    )


async def test_question_is_answered_from_the_state(hass: HomeAssistant) -> None:
    """Core says "no", and says it too of a lamp that does not answer."""
    await furnish_fr(hass)
    question = "est-ce que la lumière du salon est allumée ?"
    answer = speech(await async_ask(hass, question))
    assert answer == "Non, la lumière du salon est éteinte."
    assert hass.states.get("light.lumiere_du_salon").state == "off"


async def test_sentence_trigger_comes_first(hass: HomeAssistant) -> None:
    await furnish_fr(hass)
    await automate(hass, "bonne nuit Jarvis", "Dors bien.")
    assert speech(await async_ask(hass, "bonne nuit jarvis")) == "Dors bien."


async def test_answers_are_kept_in_the_chat_log(hass: HomeAssistant) -> None:
    await furnish_fr(hass)
    result = await async_ask(hass, "allume la lumière du salon")
    log = hass.data[conversation.chat_log.DATA_CHAT_LOGS][result.conversation_id]
    assert [content.role for content in log.content] == [
        "system",
        "user",
        "assistant",
        "tool_result",
        "assistant",
    ]
    assert log.content[-1].content == "C'est fait, la lumière du salon est allumée."
    assert log.content[-1].agent_id == AGENT


async def test_trace_tells_the_route_and_the_times(hass: HomeAssistant) -> None:
    await furnish_fr(hass)
    await async_ask(hass, "allume la lumière du salon")
    events = async_get_traces()[-1].as_dict()["events"]
    detail = events[-1]["data"]
    assert detail["route"] == "intent"
    assert set(detail["stages_ms"]) == {
        "explain",
        "guard",
        "skill_dialogue",
        "dialogue",
        "trigger",
        "skill_weather",
        "question",
        "intent",
        "confirmation",
        "help",
        "timers",
        "scheduled",
    }


@pytest.mark.parametrize(
    ("language", "answer"),
    [
        (
            "fr",
            (
                "Je n'ai pas compris. Tu peux dire, par exemple : "
                "allume la lumière du salon."
            ),
        ),
        (
            "en",
            "I didn't understand. You can say, for example: turn on the kitchen light.",
        ),
        (
            "de",
            "I didn't understand. You can say, for example: turn on the kitchen light.",
        ),
    ],
)
async def test_without_a_model_the_unknown_gets_an_example(
    hass: HomeAssistant, language: str, answer: str
) -> None:
    lamp = Lamp("Lumière du salon" if language == "fr" else "Kitchen light")
    await async_furnish(hass, {"": [lamp]}, language)
    await async_install_jarvis(hass)
    result = await async_ask(hass, "zorglub frimousse kaléidoscope", language)
    assert speech(result) == answer
    assert result.response.error_code is IntentResponseErrorCode.NO_INTENT_MATCH


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("fr", "quel temps fait-il", "Je ne connais pas la météo : aucun"),
        ("en", "what's the weather", "I don't know the weather: no"),
    ],
)
async def test_question_of_an_integration_that_is_not_there(
    hass: HomeAssistant, language: str, text: str, answer: str
) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe")]}, language)
    await async_install_jarvis(hass)
    assert speech(await async_ask(hass, text, language)).startswith(answer)


@pytest.mark.parametrize(
    ("language", "answer"),
    [
        (
            "fr",
            (
                "Je n'ai pas compris, et aucun appareil ne m'est confié. "
                "Choisis-en dans les réglages des assistants vocaux."
            ),
        ),
        (
            "en",
            (
                "I didn't understand, and no device is entrusted to me. "
                "Choose some in the settings of the voice assistants."
            ),
        ),
    ],
)
async def test_home_without_devices(
    hass: HomeAssistant, language: str, answer: str
) -> None:
    await async_furnish(hass, {}, language)
    await async_install_jarvis(hass)
    assert speech(await async_ask(hass, "zorglub frimousse", language)) == answer


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("fr", "", "Je n'ai rien entendu."),
        ("en", " … ", "I didn't hear anything."),
        pytest.param(
            "fr",
            "a" * 4097,
            "C'est trop long pour moi : 4096 caractères au plus.",
            id="fr long",
        ),
        pytest.param(
            "en",
            "a" * 4097,
            "That is too long for me: 4096 characters at most.",
            id="en long",
        ),
    ],
)
async def test_text_that_cannot_be_worked_on(
    hass: HomeAssistant, language: str, text: str, answer: str
) -> None:
    await async_furnish(hass, {}, language)
    await async_install_jarvis(hass)
    result = await async_ask(hass, text, language)
    assert speech(result) == answer
    assert result.response.error_code is not None


@pytest.mark.parametrize(
    ("language", "heard", "read"),
    [
        (
            "fr",
            "Désolé, je n'arrive pas à joindre mon serveur vocal.",
            "Désolé, je n'arrive pas à joindre le serveur vocal cuisine.",
        ),
        (
            "en",
            "Sorry, I can't reach my voice server.",
            "Sorry, I can't reach the voice server cuisine.",
        ),
    ],
)
async def test_failure_of_hearing_is_said_once(
    hass: HomeAssistant, language: str, heard: str, read: str
) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe")]}, language)
    entry = await async_install_jarvis(hass)
    failures = entry.runtime_data.voice_failures
    for device_id, answer in ((None, read), ("a satellite's device", heard)):
        failures.put("⚠ marker", NodeUnreachableError(node="cuisine"))
        result = await async_ask(hass, "⚠ marker", language, device_id=device_id)
        assert speech(result) == answer
        assert result.response.error_code is IntentResponseErrorCode.UNKNOWN
    again = await async_ask(hass, "⚠ marker", language)
    assert again.response.error_code is IntentResponseErrorCode.NO_INTENT_MATCH


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        (
            "fr",
            "allume les lumières de la cuisine",
            (
                "Je ne trouve aucune lumière de la cuisine. "
                "Tu peux dire, par exemple : allume la lampe."
            ),
        ),
        (
            "en",
            "turn on the lights in the kitchen",
            (
                "I can't find any kitchen lights. "
                "You can say, for example: turn on the lamp."
            ),
        ),
    ],
)
async def test_target_that_is_not_there_is_named(
    hass: HomeAssistant, language: str, text: str, answer: str
) -> None:
    await async_furnish(
        hass, {"": [Lamp({"fr": "Lampe", "en": "Lamp"}[language])]}, language
    )
    area_registry.async_get(hass).async_create(
        {"fr": "Cuisine", "en": "Kitchen"}[language]
    )
    await async_install_jarvis(hass)
    result = await async_ask(hass, text, language)
    assert speech(result) == answer
    assert result.response.error_code is IntentResponseErrorCode.NO_VALID_TARGETS
