"""Stops whatever plays, moves or runs; plays music on the player that is there."""

from collections.abc import Iterator
from typing import Final

from homeassistant.components.media_player.const import MediaPlayerEntityFeature
from homeassistant.const import (
    ATTR_SUPPORTED_FEATURES,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import State
from homeassistant.helpers import intent

from ...core.errors import JarvisError
from ...engines.language import named
from ...skills.base import Answer
from ..home import KINDS, Fit, Home, thing_name
from ..intents import Step
from ..sentences import say
from ..turn import Turn
from .doing import async_do
from .memory import Memory
from .plans import Plan

_STOPS: Final = {
    ("cover", "opening"): intent.INTENT_STOP_MOVING,
    ("cover", "closing"): intent.INTENT_STOP_MOVING,
    ("fan", "on"): intent.INTENT_TURN_OFF,
    ("lawn_mower", "mowing"): "HassLawnMowerDock",
    ("vacuum", "cleaning"): "HassVacuumReturnToBase",
    ("valve", "opening"): intent.INTENT_STOP_MOVING,
    ("valve", "closing"): intent.INTENT_STOP_MOVING,
}
_PLAYING: Final = frozenset({"buffering", "playing"})
_GONE: Final = frozenset({STATE_UNAVAILABLE, STATE_UNKNOWN})


async def async_stop_all(turn: Turn, home: Home, memory: Memory) -> Answer | None:
    """Stop what plays, moves or runs in the home; lights and heating stay as they are."""
    plans = [Plan(steps=[step]) for step in _stops(turn, home)]
    if not plans:
        return Answer(speech=say(turn.language, "controls.stop"))
    return await async_do(turn, plans, memory)


def _stops(turn: Turn, home: Home) -> Iterator[Step]:
    for thing in home.things:
        state = turn.hass.states.get(thing.entity_id)
        kind = _stop_of(state) if state is not None else None
        if kind is None or thing.keeps_running:
            continue
        try:
            turn.guard.check(turn, kind, {"name": thing.entity_id})
        except JarvisError, intent.IntentError:
            continue  # what may not be stopped from here goes on
        yield Step(intent_type=kind, slots={"name": {"value": thing.entity_id}})


def _stop_of(state: State) -> str | None:
    if state.domain != "media_player":
        return _STOPS.get((state.domain, state.state))
    if state.state not in _PLAYING:
        return None
    features = state.attributes.get(ATTR_SUPPORTED_FEATURES) or 0
    if features & MediaPlayerEntityFeature.PAUSE:
        return "HassMediaPause"
    return intent.INTENT_TURN_OFF


async def async_play(turn: Turn, home: Home, memory: Memory) -> Answer | None:
    """Let the player of the room, or the only one, go on: "mets de la musique"."""
    screen = KINDS[home.language]["tv"]
    players = [
        thing
        for thing in home.index.by_domain.get("media_player", ())
        if (state := turn.hass.states.get(thing.entity_id)) and state.state not in _GONE
    ]
    players = [thing for thing in players if screen.fit(thing) < Fit.SURE] or players
    if not players:
        return Answer(speech=say(turn.language, "controls.play"))
    players = [t for t in players if home.here and t.area_id == home.here] or players
    if any(_state(turn, t.entity_id) in _PLAYING for t in players):
        return Answer(speech=say(turn.language, "controls.plays"))
    players = [t for t in players if _state(turn, t.entity_id) == "paused"] or players
    if len(players) > 1:
        names = [
            named(thing_name(turn.hass, state, turn.language), turn.language).text
            for thing in players
            if (state := turn.hass.states.get(thing.entity_id))
        ]
        return Answer(
            speech=say(turn.language, "controls.which", names=", ".join(names))
        )
    slots = {"name": {"value": players[0].entity_id}}
    step = Step(intent_type="HassMediaUnpause", slots=slots)
    return await async_do(turn, [Plan(steps=[step])], memory)


def _state(turn: Turn, entity_id: str) -> str:
    state = turn.hass.states.get(entity_id)
    return state.state if state else STATE_UNKNOWN
