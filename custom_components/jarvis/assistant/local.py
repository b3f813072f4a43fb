"""What Home Assistant understands by itself: sentence triggers and intents."""

from dataclasses import replace

from hassil.recognize import RecognizeResult
from homeassistant.components import conversation
from homeassistant.components.conversation.const import METADATA_CUSTOM_SENTENCE
from homeassistant.helpers.intent import (
    INTENT_GET_STATE,
    INTENT_GET_TEMPERATURE,
    IntentResponse,
    IntentResponseType,
    MatchFailedError,
    UnknownIntent,
)

from ..skills.base import Answer
from .confirmation import async_confirm
from .guard import GuardedError
from .turn import Turn

_STATES = frozenset({INTENT_GET_STATE, INTENT_GET_TEMPERATURE})
"""Intents that only tell states."""


async def async_answer_trigger(turn: Turn) -> Answer | None:
    """Run the automations whose sentence was said."""
    speech = await conversation.async_handle_sentence_triggers(
        turn.hass, turn.said_input, turn.chat_log
    )
    return None if speech is None else Answer(speech=speech)


async def async_answer_intent(turn: Turn) -> Answer | None:
    """Do what Home Assistant's sentences understand, and say what truly happened."""
    response = await async_handle(turn, turn.user_input)
    if response is None:
        return None
    return await async_answer_from(turn, response)


async def async_handle(
    turn: Turn, user_input: conversation.ConversationInput
) -> IntentResponse | None:
    """Let Home Assistant's sentences handle a text, unless the guard minds.

    Raises `GuardedError` and whatever else the guard raises.
    """

    def stopped(result: RecognizeResult) -> bool:
        slots = {entity.name: entity.value for entity in result.entities_list}
        # Core would agree to put off whatever is said: see understanding/later.
        if "conversation_command" in slots:
            return True
        asks = result.intent.name in _STATES and not _custom(result)
        try:
            turn.guard.check(turn, result.intent.name, slots)
        except MatchFailedError:
            if not asks:
                return True
        if asks:
            # Jarvis answers it from more than core looks at: see understanding.
            turn.asked = result
            return True
        return turn.guard.hides(turn, result.intent.name, slots)

    async def resume(later: Turn) -> Answer | None:
        response = await async_handle(later, replace(user_input, context=later.context))
        return None if response is None else await async_answer_from(later, response)

    try:
        return await conversation.async_handle_intents(
            turn.hass, user_input, turn.chat_log, intent_filter=stopped
        )
    except GuardedError as err:
        err.resume = resume
        raise
    except UnknownIntent:
        # Core has sentences for integrations that are not loaded.
        return None


async def async_answer_from(turn: Turn, *responses: IntentResponse) -> Answer:
    """Put into words what intents did; the last one's response stands for all."""
    turn.responses += responses
    speech = " ".join(
        dict.fromkeys(filter(None, (_core_speech(response) for response in responses)))
    )
    confirms = False
    if all(r.response_type is IntentResponseType.ACTION_DONE for r in responses):
        with turn.stage("confirmation"):
            confirmed = await async_confirm(turn.hass, responses, turn.language)
        confirms = all(r.success_results and not r.failed_results for r in responses)
        if confirmed is not None:
            speech, confirms = confirmed.speech, confirmed.complete
        # Of a door or an alarm one wants to be told.
        confirms &= not any(
            turn.guard.is_critical(target.id or "")
            for response in responses
            for target in response.success_results
        )
    return Answer(speech=speech, response=responses[-1], confirms=confirms)


def _custom(result: RecognizeResult) -> bool:
    """Return whether a sentence is the user's own."""
    return bool((result.intent_metadata or {}).get(METADATA_CUSTOM_SENTENCE))


def _core_speech(response: IntentResponse) -> str:
    return str(response.speech.get("plain", {}).get("speech", ""))
