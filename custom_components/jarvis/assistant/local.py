"""What Home Assistant understands by itself: sentence triggers and intents."""

import logging
import time
from collections.abc import Sequence
from dataclasses import replace

from hassil.recognize import RecognizeResult
from homeassistant.components import conversation
from homeassistant.components.conversation.const import METADATA_CUSTOM_SENTENCE
from homeassistant.exceptions import TemplateError
from homeassistant.helpers.intent import (
    INTENT_GET_STATE,
    INTENT_GET_TEMPERATURE,
    IntentError,
    IntentHandleError,
    IntentResponse,
    IntentResponseErrorCode,
    IntentResponseType,
    IntentUnexpectedError,
    MatchFailedError,
)

from ..skills.base import Answer
from .confirmation import async_confirm, goals_of
from .guard import GuardedError
from .running import Step, async_run
from .speech import say
from .telling import CORES_OWN, tell
from .turn import Turn

_LOGGER = logging.getLogger(__name__)

_STATES = frozenset({INTENT_GET_STATE, INTENT_GET_TEMPERATURE})
"""Intents that only tell states."""
_FAILURES = frozenset(
    """
    item_not_found list_not_found timer_not_found multiple_timers_matched
    no_timer_support
    """.split()  # noqa: SIM905 - a text is easier to keep in order
)
"""Why something could not be done, as Home Assistant names it."""


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

    Home Assistant reads the text; what it does is done here, without its templates.
    Raises `GuardedError` and whatever else the guard raises.
    """
    read: list[RecognizeResult] = []

    async def resume(later: Turn) -> Answer | None:
        response = await async_handle(later, replace(user_input, context=later.context))
        return None if response is None else await async_answer_from(later, response)

    try:
        response = await conversation.async_handle_intents(
            turn.hass,
            user_input,
            turn.chat_log,
            intent_filter=lambda result: _is_ours(turn, result, read),
        )
        return await async_run(turn, _step(read[0])) if read else response
    except GuardedError as err:
        err.resume = resume
        raise
    except TemplateError:
        # Words for what only tells: nothing was done.
        return None
    except IntentHandleError as err:
        _LOGGER.info("Turn %s: %r", turn.request_id, err)
        return _failed(turn, err.response_key or "")
    except IntentUnexpectedError as err:
        _LOGGER.warning("Turn %s: %r", turn.request_id, err)
        return _failed(turn, "")
    except IntentError:
        # Nothing fits, or core has sentences for integrations that are not loaded.
        return None


def _is_ours(turn: Turn, result: RecognizeResult, read: list[RecognizeResult]) -> bool:
    """Return whether Home Assistant is to leave what it has read to Jarvis.

    What is to be done is added to `read`, a question about states noted in the turn.
    """
    slots = {entity.name: entity.value for entity in result.entities_list}
    kind = result.intent.name
    # Core would agree to put off whatever is said: see understanding/later.
    if "conversation_command" in slots:
        return True
    asks = kind in _STATES and not _custom(result)
    try:
        turn.guard.check(turn, kind, slots)
    except MatchFailedError:
        if not asks:
            return True
    if asks:
        # Jarvis answers it from more than core looks at: see understanding.
        turn.asked = result
        return True
    if turn.guard.hides(turn, kind, slots):
        return True
    if kind in CORES_OWN or _custom(result):
        return False
    read.append(result)
    return True


async def async_answer_from(turn: Turn, *responses: IntentResponse) -> Answer:
    """Put into words what intents did; the last one's response stands for all.

    What was done stays done when its words fail: it is then told without them.
    """
    turn.responses += responses
    try:
        speech, confirms = await _async_words(turn, responses)
    except Exception:
        _LOGGER.exception("Turn %s has no words for what it did", turn.request_id)
        speech, confirms = say(turn.language, "guard.done"), False
    return Answer(speech=speech, response=responses[-1], confirms=confirms)


async def _async_words(
    turn: Turn, responses: Sequence[IntentResponse]
) -> tuple[str, bool]:
    """Return what to say of intents, and whether a sound would say as much."""
    done = [r for r in responses if r.response_type is IntentResponseType.ACTION_DONE]
    told = [r for r in done if goals_of(turn.hass, r)]
    confirms = False
    said: list[str] = []
    if len(done) == len(responses):
        confirms = all(r.success_results and not r.failed_results for r in responses)
    if told:
        with turn.stage("confirmation"):
            since = time.time() - turn.elapsed
            confirmed = await async_confirm(turn.hass, told, turn.language, since)
        if confirmed is not None:
            said.append(confirmed.speech)
            confirms &= confirmed.complete
    said += [_words(turn, r) for r in responses if r not in told]
    # Of a door or an alarm one wants to be told.
    confirms &= not any(
        turn.guard.is_critical(target.id or "")
        for response in responses
        for target in response.success_results
    )
    return " ".join(dict.fromkeys(filter(None, said))), confirms


def _words(turn: Turn, response: IntentResponse) -> str:
    """Return what to say of an intent that no state tells of."""
    spoken = str(response.speech.get("plain", {}).get("speech", ""))
    if response.response_type is not IntentResponseType.ACTION_DONE:
        return spoken
    if own := tell(response, turn.language):
        return own
    kind = response.intent.intent_type if response.intent else ""
    return spoken or ("" if kind in CORES_OWN else say(turn.language, "guard.done"))


def _step(result: RecognizeResult) -> Step:
    return Step(
        intent_type=result.intent.name,
        slots={
            entity.name: {"value": entity.value, "text": entity.text or entity.value}
            for entity in result.entities_list
        },
    )


def _failed(turn: Turn, key: str) -> IntentResponse:
    """Return the response that tells why something could not be done."""
    response = IntentResponse(language=turn.tag)
    text = say(turn.language, f"failed.{key if key in _FAILURES else 'default'}")
    response.async_set_error(IntentResponseErrorCode.FAILED_TO_HANDLE, text)
    return response


def _custom(result: RecognizeResult) -> bool:
    """Return whether a sentence is the user's own."""
    return bool((result.intent_metadata or {}).get(METADATA_CUSTOM_SENTENCE))
