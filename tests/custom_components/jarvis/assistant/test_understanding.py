"""What Jarvis understands by itself, and what it must leave alone."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.intent import IntentResponseErrorCode

from tests.fakes.home import (
    Device,
    DoorLock,
    Lamp,
    Plug,
    Shutter,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)

PHRASES = Path(__file__).parents[4] / "bench" / "nlu"


async def furnish_fr(hass: HomeAssistant, *more: Device) -> None:
    await async_furnish(
        hass,
        {
            "Salon": [Lamp("Lumière du salon"), Lamp("Lampadaire"), *more],
            "Cuisine": [Lamp("Plafonnier"), Plug("Cafetière")],
            "Chambre": [Lamp("Lampe de chevet"), Shutter("Volets de la chambre")],
            "Entrée": [DoorLock("Serrure de l'entrée")],
        },
        "fr",
    )
    await async_install_jarvis(hass)


async def furnish_en(hass: HomeAssistant, *more: Device) -> None:
    await async_furnish(
        hass,
        {
            "Kitchen": [Lamp("Kitchen light"), Plug("Coffee maker"), *more],
            "Bedroom": [Lamp("Bedside lamp"), Shutter("Bedroom blinds")],
            "Hall": [DoorLock("Front door lock")],
        },
        "en",
    )
    await async_install_jarvis(hass)


def states(hass: HomeAssistant, *entity_ids: str) -> list[str]:
    return [hass.states.get(entity_id).state for entity_id in entity_ids]


async def test_polite_french(hass: HomeAssistant) -> None:
    await furnish_fr(hass)
    result = await async_ask(
        hass, "pourriez-vous allumer la lampe de chevet s'il vous plaît"
    )
    assert speech(result) == "C'est fait, la lampe de chevet est allumée."
    assert states(hass, "light.lampe_de_chevet") == ["on"]


async def test_polite_english(hass: HomeAssistant) -> None:
    await furnish_en(hass)
    result = await async_ask(hass, "would you mind opening the bedroom blinds", "en")
    assert speech(result) == "Done, the bedroom blinds are open."
    assert states(hass, "cover.bedroom_blinds") == ["open"]


async def test_several_orders_get_one_answer(hass: HomeAssistant) -> None:
    await furnish_fr(hass)
    result = await async_ask(
        hass, "allume le lampadaire et ouvre les volets de la chambre"
    )
    assert speech(result) == (
        "C'est fait, le lampadaire est allumé et les volets de la chambre sont ouverts."
    )


async def test_several_orders_in_english(hass: HomeAssistant) -> None:
    await furnish_en(hass)
    result = await async_ask(
        hass, "turn the kitchen light on and the coffee maker on", "en"
    )
    assert speech(result) == "Done, the kitchen light is on and the coffee maker is on."


async def test_half_understood_is_not_done(hass: HomeAssistant) -> None:
    await furnish_fr(hass)
    result = await async_ask(hass, "allume le lampadaire et zorglube le frimousson")
    assert states(hass, "light.lampadaire") == ["off"]
    assert "« zorglube le frimousson »" in speech(result)
    assert result.response.error_code is IntentResponseErrorCode.NO_VALID_TARGETS


async def test_pronoun_means_what_was_spoken_of(hass: HomeAssistant) -> None:
    await furnish_fr(hass)
    first = await async_ask(hass, "allume le lampadaire")
    result = await async_ask(hass, "éteins-le", conversation_id=first.conversation_id)
    assert speech(result) == "C'est fait, le lampadaire est éteint."


async def test_pronoun_after_a_question(hass: HomeAssistant) -> None:
    await furnish_en(hass)
    first = await async_ask(hass, "is the kitchen light on", "en")
    result = await async_ask(
        hass, "turn it on", "en", conversation_id=first.conversation_id
    )
    assert speech(result) == "Done, the kitchen light is on."


async def test_pronoun_of_another_conversation_means_nothing(
    hass: HomeAssistant,
) -> None:
    await furnish_fr(hass)
    await async_ask(hass, "allume le lampadaire")
    result = await async_ask(hass, "éteins-le")
    assert result.response.error_code is not None
    assert states(hass, "light.lampadaire") == ["on"]


async def test_pronoun_must_fit_the_verb(hass: HomeAssistant) -> None:
    await furnish_fr(hass)
    first = await async_ask(hass, "verrouille la serrure de l'entrée")
    await async_ask(hass, "éteins-la", conversation_id=first.conversation_id)
    assert states(hass, "lock.serrure_de_l_entree") == ["locked"]


async def test_action_is_repeated_elsewhere(hass: HomeAssistant) -> None:
    await furnish_fr(hass)
    first = await async_ask(hass, "allume les lumières du salon")
    result = await async_ask(
        hass, "et dans la cuisine ?", conversation_id=first.conversation_id
    )
    assert speech(result) == "C'est fait, le plafonnier est allumé."
    assert states(hass, "light.plafonnier", "switch.cafetiere") == ["on", "off"]


async def test_misheard_name(hass: HomeAssistant) -> None:
    await furnish_fr(hass)
    result = await async_ask(hass, "allume la lampe de chevais")
    assert speech(result) == "C'est fait, la lampe de chevet est allumée."


@pytest.mark.parametrize(
    ("reply", "answer", "state"),
    [
        ("oui", "C'est fait, le lampadaire est allumé.", "on"),
        ("le lampadaire", "C'est fait, le lampadaire est allumé.", "on"),
        ("non", "D'accord, je ne fais rien.", "off"),
    ],
)
async def test_doubtful_name_is_asked(
    hass: HomeAssistant, reply: str, answer: str, state: str
) -> None:
    await furnish_fr(hass)
    first = await async_ask(hass, "allume le lampader")
    assert speech(first) == "Tu veux dire le lampadaire ?"
    assert first.continue_conversation
    assert states(hass, "light.lampadaire") == ["off"]
    result = await async_ask(hass, reply, conversation_id=first.conversation_id)
    assert speech(result) == answer
    assert not result.continue_conversation
    assert states(hass, "light.lampadaire") == [state]


@pytest.mark.parametrize(
    ("reply", "on"),
    [
        ("the first one", "light.lamp_anna"),
        ("Hanna", "light.lamp_hanna"),
        ("neither", None),
    ],
)
async def test_two_near_names_are_a_question(
    hass: HomeAssistant, reply: str, on: str | None
) -> None:
    await furnish_en(hass, Lamp("Lamp Anna"), Lamp("Lamp Hanna"))
    first = await async_ask(hass, "turn on lamp hannah please", "en")
    assert speech(first) in {
        "Do you mean the lamp hanna or the lamp anna?",
        "Do you mean the lamp anna or the lamp hanna?",
    }
    lamps = ["light.lamp_anna", "light.lamp_hanna"]
    assert states(hass, *lamps) == ["off", "off"]
    await async_ask(hass, reply, "en", conversation_id=first.conversation_id)
    lit = [lamp for lamp in lamps if hass.states.get(lamp).state == "on"]
    if reply == "the first one":
        assert len(lit) == 1
    else:
        assert lit == ([on] if on else [])


async def test_something_new_is_not_taken_for_the_reply(hass: HomeAssistant) -> None:
    await furnish_fr(hass)
    first = await async_ask(hass, "allume le lampader")
    result = await async_ask(
        hass, "allume la cafetière", conversation_id=first.conversation_id
    )
    assert speech(result) == "C'est fait, la cafetière est allumée."
    assert states(hass, "light.lampadaire") == ["off"]


async def test_lock_is_never_guessed(hass: HomeAssistant) -> None:
    await furnish_en(hass)
    await async_ask(hass, "lock the front door lock", "en")
    result = await async_ask(hass, "unlock the frond door lock", "en")
    assert result.response.error_code is not None
    assert states(hass, "lock.front_door_lock") == ["locked"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("turn on the lampadaire", "Done, the lampadaire is on."),
        ("could you turn on the lumière du salon", "Done, the lumière du salon is on."),
        (
            "could you turn off the cafetière please",
            "The cafetière is already off.",
        ),
    ],
)
async def test_other_language_is_answered_in_kind(
    hass: HomeAssistant, text: str, answer: str
) -> None:
    await furnish_fr(hass)
    assert speech(await async_ask(hass, text, "fr")) == answer


async def test_unknown_words_of_the_other_language(hass: HomeAssistant) -> None:
    await furnish_en(hass)
    result = await async_ask(hass, "raconte-moi la vie des fourmis", "en")
    assert speech(result).startswith("Pour répondre à cela, il me faut un modèle")


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_nothing_is_done_unasked(hass: HomeAssistant, language: str) -> None:
    """Questions, reports, refusals and conditions of the phrase sets never act."""
    cases = yaml.safe_load((PHRASES / f"{language}.yaml").read_text("utf-8"))
    await (furnish_fr if language == "fr" else furnish_en)(hass)
    calls: list[Any] = []
    hass.bus.async_listen(EVENT_CALL_SERVICE, calls.append)
    for case in cases["must_not"]:
        await async_ask(hass, case["say"], language)
        assert not calls, case["say"]


async def test_what_core_understands_but_cannot_place_is_placed(
    hass: HomeAssistant,
) -> None:
    """Core asks for covers of class shutter; these have no class."""
    await furnish_fr(hass)
    result = await async_ask(hass, "peux-tu ouvrir les volets dans la chambre")
    assert speech(result) == "C'est fait, les volets de la chambre sont ouverts."


async def test_failure_in_the_middle_is_told(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    await furnish_fr(hass)

    async def refuse(self: Plug, **kwargs: Any) -> None:
        raise HomeAssistantError("no power")

    monkeypatch.setattr(Plug, "async_turn_on", refuse)
    result = await async_ask(hass, "allume le lampadaire et la cafetière")
    assert speech(result) == (
        "C'est fait, le lampadaire est allumé. Le reste n'a pas marché."
    )
