"""What Home Assistant's own sentences understand, held against what was said."""

import logging
from dataclasses import replace

from hassil.recognize import RecognizeResult
from homeassistant.components import conversation
from homeassistant.components.media_player.const import (
    DOMAIN as MEDIA_PLAYER,
)
from homeassistant.components.media_player.const import (
    INTENT_MEDIA_SEARCH_AND_PLAY,
    MediaPlayerEntityFeature,
)
from homeassistant.exceptions import TemplateError
from homeassistant.helpers.intent import (
    INTENT_GET_STATE,
    INTENT_GET_TEMPERATURE,
    INTENT_RESPOND,
    IntentError,
    IntentHandleError,
    IntentResponse,
    IntentResponseErrorCode,
    IntentUnexpectedError,
    MatchFailedError,
    MatchTargetsConstraints,
    async_match_targets,
)

from ...engines.language import read_courtesy, speech_language
from ...ha_internals import default_agent, is_custom_sentence
from ...skills.base import Answer
from ..intents import Step, async_run
from ..safety import GuardedError
from ..sentences import say
from ..telling import CORES_OWN, async_answer_from
from ..turn import Turn
from .agreement import agrees, slots_of
from .listed import async_split_listed, nothing_new
from .lists import (
    items_apart,
    items_of,
    leaves_items_open,
    swallows_a_list,
    without_article,
)
from .players import only_player

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

    None where they understand nothing, or something else than was said.
    Home Assistant reads the text; what it does is done here, without its templates.
    Raises `GuardedError` and whatever else the guard raises.
    """
    read: list[RecognizeResult] = []
    steps: list[Step] = []
    items: list[Step] = []
    language = speech_language(user_input.language or turn.tag)

    def is_ours(result: RecognizeResult) -> bool:
        if not recognized_right(turn, user_input, result):
            return True
        items.extend(items_apart(user_input.text, result, language))
        steps.extend(items or only_player(turn, user_input.text, result))
        return bool(steps) or _is_ours(turn, result, read)

    async def resume(later: Turn) -> Answer | None:
        response = await async_handle(later, replace(user_input, context=later.context))
        return None if response is None else await async_answer_from(later, response)

    try:
        response = await conversation.async_handle_intents(
            turn.hass,
            user_input,
            turn.chat_log,
            intent_filter=is_ours,
        )
        done = await _async_run_all(
            turn, steps or [_step(each, language) for each in read], items
        )
        return done or response
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


async def async_run_items(turn: Turn, steps: list[Step]) -> IntentResponse:
    """Change items of a list; what cannot be is told."""
    try:
        response = await _async_run_all(turn, steps, steps if len(steps) > 1 else [])
    except IntentHandleError as err:
        return _failed(turn, err.response_key or "")
    assert response is not None
    return response


async def _async_run_all(
    turn: Turn, steps: list[Step], items: list[Step]
) -> IntentResponse | None:
    """Handle intents in order; the last one's response tells of all items of a list."""
    response: IntentResponse | None = None
    new, listed = await async_split_listed(turn, steps)
    if listed and not new:
        return nothing_new(turn, listed)
    for step in new:
        response = await async_run(turn, step)
    if response is not None and response.intent is not None:
        if items:
            added = items_of([step for step in items if step in new], turn.language)
            response.intent.slots["item"] = {"value": added, "text": added}
        if listed:
            response.async_set_speech_slots({"listed": items_of(listed, turn.language)})
    return response


def _is_ours(turn: Turn, result: RecognizeResult, read: list[RecognizeResult]) -> bool:
    """Return whether Home Assistant is to leave what it has read to Jarvis.

    What is to be done is added to `read`, a question about states noted in the turn.
    """
    slots = {entity.name: entity.value for entity in result.entities_list}
    kind = result.intent.name
    # Core would agree to put off whatever is said: see understanding/later.
    if "conversation_command" in slots:
        return True
    asks = kind in _STATES and not is_custom_sentence(result)
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
    if (
        kind == INTENT_RESPOND
        and not is_custom_sentence(result)
        and read_courtesy(turn.text)
    ):
        # Jarvis greets in its own name.
        return True
    if kind in CORES_OWN or is_custom_sentence(result):
        return False
    read.append(result)
    return True


async def async_recognize(turn: Turn, sentence: str) -> RecognizeResult | None:
    """Return what Home Assistant's sentences make of a text, when that is what it says."""
    agent = default_agent(turn.hass)
    if agent is None:
        return None
    user_input = replace(turn.heard_input, text=sentence)
    result = await agent.async_recognize_intent(user_input, strict_intents_only=True)
    if result is None or not recognized_right(turn, user_input, result):
        return None
    return result


def recognized_right(
    turn: Turn, user_input: conversation.ConversationInput, result: RecognizeResult
) -> bool:
    """Return whether a result is what was said; the user's own sentences always are."""
    if is_custom_sentence(result):
        return True
    if swallows_a_list(result) or not _plays(turn, result):
        return False
    language = speech_language(user_input.language or turn.tag)
    if leaves_items_open(result, language):
        return False
    return agrees(turn, user_input.text, language, result.intent.name, slots_of(result))


def _plays(turn: Turn, result: RecognizeResult) -> bool:
    """Return False for a title where nothing can look for one: any words would be one."""
    if result.intent.name != INTENT_MEDIA_SEARCH_AND_PLAY:
        return True
    constraints = MatchTargetsConstraints(
        domains={MEDIA_PLAYER},
        features=MediaPlayerEntityFeature.SEARCH_MEDIA
        | MediaPlayerEntityFeature.PLAY_MEDIA,
        assistant=conversation.DOMAIN,
    )
    return async_match_targets(turn.hass, constraints).is_match


def _step(result: RecognizeResult, language: str) -> Step:
    step = Step(
        intent_type=result.intent.name,
        slots={
            entity.name: {"value": entity.value, "text": entity.text or entity.value}
            for entity in result.entities_list
        },
    )
    if (item := step.slots.get("item")) and isinstance(item["value"], str):
        item["value"] = without_article(item["value"], language)
    return step


def _failed(turn: Turn, key: str) -> IntentResponse:
    """Return the response that tells why something could not be done."""
    response = IntentResponse(language=turn.tag)
    text = say(turn.language, f"failed.{key if key in _FAILURES else 'default'}")
    response.async_set_error(IntentResponseErrorCode.FAILED_TO_HANDLE, text)
    return response
