"""Turns everything off, of a room or of the home: what "everything" may be and is.

Only what is on and harmless: no locks, covers or alarms, nothing that is critical, and
nothing that has to keep running, like a freezer.
"""

import asyncio
from collections.abc import Iterator, Sequence

from homeassistant.components.media_player.const import MediaPlayerEntityFeature
from homeassistant.const import (
    ATTR_SUPPORTED_FEATURES,
    STATE_OFF,
    STATE_ON,
    STATE_STANDBY,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import State
from homeassistant.helpers import intent

from ...core.errors import JarvisError, NotAllowedError
from ...engines.language import Order
from ..home import Home, key_words
from ..intents import Step, async_run
from ..turn import Turn

_DOMAINS = frozenset({"fan", "light", "media_player", "switch"})
_SILENT = frozenset({STATE_OFF, STATE_STANDBY, STATE_UNAVAILABLE, STATE_UNKNOWN})


def all_off(turn: Turn, order: Order, home: Home) -> list[Step] | None:
    """Return how to turn everything off that is on; None for an unknown place.

    Without a place it is the speaker's room, and without that the home. Raises
    `NotAllowedError` where something is on and the speaker may turn off none of it.
    """
    area_id = None if order.everywhere else home.here
    if order.here and area_id is None:
        return None
    if order.target:
        area_id = home.area_of(key_words(order.target, home.language))
        if area_id is None:
            return None
    steps: list[Step] = []
    refused: NotAllowedError | None = None
    for entity_id in _running(turn, home, area_id):
        try:
            turn.guard.check(turn, intent.INTENT_TURN_OFF, {"name": entity_id})
        except NotAllowedError as err:
            refused = err
        except JarvisError:
            continue  # a group with something critical in it
        else:
            slots = {"name": {"value": entity_id}}
            steps.append(Step(intent_type=intent.INTENT_TURN_OFF, slots=slots))
    if refused is not None and not steps:
        raise refused
    return steps


def _running(turn: Turn, home: Home, area_id: str | None) -> Iterator[str]:
    """Yield what is on and may be turned off without a thought, of an area or of all."""
    for thing in home.things:
        state = turn.hass.states.get(thing.entity_id)
        if (
            thing.domain in _DOMAINS
            and area_id in {None, thing.area_id}
            and state is not None
            and _runs(state)
            and not thing.keeps_running
            and not (thing.guarded or turn.guard.is_critical(thing.entity_id))
        ):
            yield thing.entity_id


async def async_run_together(
    turn: Turn, steps: Sequence[Step]
) -> intent.IntentResponse:
    """Handle intents at once, and return one response for all of them.

    Raises `intent.IntentError` when all of them fail.
    """
    results = await asyncio.gather(
        *(async_run(turn, step) for step in steps), return_exceptions=True
    )
    merged: intent.IntentResponse | None = None
    failed: list[intent.IntentResponseTarget] = []
    for step, result in zip(steps, results, strict=True):
        if isinstance(result, intent.IntentResponse):
            if merged is None:
                merged = result
                continue
            merged.success_results += result.success_results
            merged.failed_results += result.failed_results
        elif isinstance(result, intent.IntentError):
            entity_id = step.slots["name"]["value"]
            failed.append(
                intent.IntentResponseTarget(
                    name=entity_id,
                    type=intent.IntentResponseTargetType.ENTITY,
                    id=entity_id,
                )
            )
        else:
            raise result
    if merged is None:
        raise intent.IntentHandleError(turn.text)
    merged.failed_results += failed
    return merged


def _runs(state: State) -> bool:
    if state.domain != "media_player":
        return state.state == STATE_ON
    features = state.attributes.get(ATTR_SUPPORTED_FEATURES) or 0
    return state.state not in _SILENT and bool(
        features & MediaPlayerEntityFeature.TURN_OFF
    )
