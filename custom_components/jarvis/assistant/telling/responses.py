"""Sentence triggers, and what is said of intents that were handled."""

import logging
import time
from collections.abc import Sequence

from homeassistant.components import conversation
from homeassistant.helpers.intent import (
    IntentResponse,
    IntentResponseType,
)

from ...skills.base import Answer
from ..sentences import say
from ..turn import Turn
from .confirmation import async_confirm, goals_of
from .replies import CORES_OWN, TELLS_ONE_VALUE, tell, whole_sentence

_LOGGER = logging.getLogger(__name__)


async def async_answer_trigger(turn: Turn) -> Answer | None:
    """Run the automations whose sentence was said."""
    speech = await conversation.async_handle_sentence_triggers(
        turn.hass, turn.said_input, turn.chat_log
    )
    return None if speech is None else Answer(speech=speech)


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
    return Answer(
        speech=speech,
        response=responses[-1],
        before=responses[:-1],
        confirms=confirms,
    )


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
    if kind in TELLS_ONE_VALUE:
        return whole_sentence(spoken, turn.language)
    return spoken or ("" if kind in CORES_OWN else say(turn.language, "guard.done"))
