"""Controls what plays, cleans or moves: the one that runs, where none is named."""

from collections.abc import Sequence
from typing import Final

from homeassistant.components.media_player.const import ATTR_MEDIA_VOLUME_LEVEL
from homeassistant.components.vacuum.const import VacuumEntityFeature
from homeassistant.const import ATTR_SUPPORTED_FEATURES
from homeassistant.core import State
from homeassistant.helpers import intent

from ...engines.language import Amount, Control, ControlRequest, Size, Unit, named
from ...skills.base import Answer
from ..home import KINDS, Home, Thing, key_words, kinds_of, thing_name
from ..intents import Slots, Step
from ..sentences import say
from ..turn import Turn
from .doing import async_do
from .memory import Memory
from .plans import Plan
from .steps import step_size
from .stopping import async_play, async_stop_all

_GENERIC: Final = {
    "media_player": frozenset(
        """
        musique lecture son volume film video chanson morceau serie music song track
        media playback movie show sound it ca cela le la tv
        """.split()  # noqa: SIM905
    ),
    "vacuum": frozenset("aspirateur robot vacuum cleaner hoover roomba".split()),  # noqa: SIM905
    "cover": frozenset[str](),
}
_INTENTS: Final = {
    Control.PAUSE: "HassMediaPause",
    Control.RESUME: "HassMediaUnpause",
    Control.NEXT: "HassMediaNext",
    Control.PREVIOUS: "HassMediaPrevious",
    Control.LOUDER: "HassSetVolumeRelative",
    Control.QUIETER: "HassSetVolumeRelative",
    Control.MUTE: "HassMediaPlayerMute",
    Control.CLEAN: "HassVacuumStart",
    Control.DOCK: "HassVacuumReturnToBase",
    Control.HALT: intent.INTENT_STOP_MOVING,
}
_STEPS: Final = {Control.LOUDER: "up", Control.QUIETER: "down"}
_DOMAINS: Final = {
    Control.CLEAN: "vacuum",
    Control.DOCK: "vacuum",
    Control.HALT: "cover",
}
_RUNNING: Final = {
    Control.PAUSE: frozenset({"playing"}),
    Control.RESUME: frozenset({"paused"}),
    Control.NEXT: frozenset({"playing"}),
    Control.PREVIOUS: frozenset({"playing"}),
    Control.LOUDER: frozenset({"playing"}),
    Control.QUIETER: frozenset({"playing"}),
    Control.MUTE: frozenset({"playing"}),
    Control.HALT: frozenset({"opening", "closing"}),
}


_UNNAMED: Final = {Control.PLAY: async_play, Control.STOP: async_stop_all}
"""What is asked of whichever is there."""
BEFORE_CORE: Final = frozenset({Control.CLEAN, Control.PLAY, Control.STOP})
"""What Home Assistant reads otherwise: any words as a title, a room as a robot's."""


async def async_control(
    turn: Turn, request: ControlRequest, home: Home, memory: Memory
) -> Answer | None:
    """Do what is asked of what runs; None where it is about something else."""
    if unnamed := _UNNAMED.get(request.control):
        return await unnamed(turn, home, memory)
    if request.control in {Control.PAUSE, Control.RESUME} and (
        robots := _robots(request, home)
    ):
        return await _async_pause_robot(turn, request.control, robots)
    planned = plan_control(turn, request, home, memory)
    if planned is None or isinstance(planned, Answer):
        return planned
    return await async_do(turn, planned, memory)


def plan_control(
    turn: Turn, request: ControlRequest, home: Home, memory: Memory
) -> list[Plan] | Answer | None:
    """Return how to do what is asked of what runs; None where it is something else."""
    if request.control in _UNNAMED:
        return None
    spoken = memory.spoken_of(turn.conversation_id)
    lights = spoken and all(each.startswith("light.") for each in spoken.entity_ids)
    if request.control in _STEPS and not request.target and lights:
        return None
    domain = _DOMAINS.get(request.control, "media_player")
    if _GENERIC["vacuum"] & set(request.target):
        domain = "vacuum"
    if request.control is Control.CLEAN and (place := _room(home, request)):
        return _by_rooms(turn, home, place)
    things = _meant(home, request, domain)
    if not things:
        return None
    if domain == "vacuum" and request.control in {Control.PAUSE, Control.RESUME}:
        return None
    found = [state for t in things if (state := turn.hass.states.get(t.entity_id))]
    running = _RUNNING.get(request.control)
    fitting = [s for s in found if running is None or s.state in running]
    if not fitting:
        # Who names a thing is told of it by Home Assistant; else nothing runs.
        if request.target and len(found) == 1 and request.control in _STEPS:
            fitting = found
        else:
            return Answer(speech=say(turn.language, f"controls.{request.control}"))
    here = {t.entity_id for t in things if home.here and t.area_id == home.here}
    near = [state for state in fitting if state.entity_id in here] or fitting
    if len(near) > 1 and request.control is not Control.HALT:
        return Answer(
            speech=say(turn.language, "controls.which", names=_names(turn, near))
        )
    return [
        Plan(
            steps=[
                Step(
                    intent_type=_INTENTS[request.control],
                    slots={"name": {"value": state.entity_id}}
                    | _how_much(request, state),
                )
            ]
        )
        for state in near
    ]


def _how_much(request: ControlRequest, state: State) -> Slots:
    if request.control not in _STEPS:
        return {}
    return volume_slot(state, request.amount, up=request.control is Control.LOUDER)


def volume_slot(state: State, amount: Amount | None, *, up: bool) -> Slots:
    """Return the slot for more or less of the sound of a player."""
    if amount is not None and amount.unit is Unit.DEGREES:
        amount = None
    by = step_size("media_player", amount)
    usual = amount is None or (amount.figure is None and amount.size is Size.USUAL)
    # A player has a step of its own, and one that tells no volume can do nothing else.
    if usual or state.attributes.get(ATTR_MEDIA_VOLUME_LEVEL) is None:
        return {"volume_step": {"value": "up" if up else "down"}}
    return {"volume_step": {"value": round(by if up else -by)}}


def _robots(request: ControlRequest, home: Home) -> list[Thing]:
    if not _GENERIC["vacuum"] & set(request.target):
        return []
    return _meant(home, request, "vacuum")


async def _async_pause_robot(
    turn: Turn, control: Control, things: Sequence[Thing]
) -> Answer | None:
    """Pause a robot where it is, or let it go on: Home Assistant has no intent for it."""
    if len(things) != 1:
        return None
    (robot,) = things
    turn.guard.check(turn, intent.INTENT_TURN_OFF, {"name": robot.entity_id})
    service = "pause" if control is Control.PAUSE else "start"
    await turn.hass.services.async_call(
        "vacuum",
        service,
        {"entity_id": robot.entity_id},
        blocking=True,
        context=turn.context,
    )
    return Answer(speech=say(turn.language, "guard.done"))


def _room(home: Home, request: ControlRequest) -> frozenset[str]:
    """Return the rooms that are to be cleaned; none where none is named."""
    said = key_words(request.target, home.language)
    place = home.place_of(said - _GENERIC["vacuum"]) or frozenset()
    robots = home.index.by_domain.get("vacuum", ())
    if said & _GENERIC["vacuum"] and any(robot.area_id in place for robot in robots):
        return frozenset()  # "the vacuum of the living room" is one that lives there
    return place


def _by_rooms(turn: Turn, home: Home, place: frozenset[str]) -> Answer | None:
    """Say that no robot here cleans single rooms; None where one does, or is there."""
    robots = [
        state
        for thing in home.index.by_domain.get("vacuum", ())
        if (state := turn.hass.states.get(thing.entity_id))
    ]
    features = [state.attributes.get(ATTR_SUPPORTED_FEATURES) or 0 for state in robots]
    if not robots or any(each & VacuumEntityFeature.CLEAN_AREA for each in features):
        return None
    return Answer(
        speech=say(turn.language, "controls.whole_home", names=_names(turn, robots[:1]))
    )


def _meant(home: Home, request: ControlRequest, domain: str) -> list[Thing]:
    """Return the things of a domain that the words name: one, a room's or all."""
    words, generic = key_words(request.target, home.language), _GENERIC[domain]
    things = [thing for thing in home.things if thing.domain == domain]
    if exact := [thing for thing in things if words in thing.name_words]:
        return exact
    kinds = {
        word for word, kind in KINDS[home.language].items() if kind.domain == domain
    }
    rest = words - generic - kinds
    if not rest:
        if any(
            kind.domain != domain for kind in kinds_of(words - generic, home.language)
        ):
            return []
        return things
    if (area_id := home.area_of(rest)) is not None:
        return [thing for thing in things if thing.area_id == area_id]
    rooms = {area_id: names for names, area_id in home.area_words}
    return [
        thing
        for thing in things
        if any(
            rest <= name | rooms.get(thing.area_id or "", frozenset()) and rest & name
            for name in thing.name_words
        )
    ]


def _names(turn: Turn, states: Sequence[State]) -> str:
    names = [
        named(thing_name(turn.hass, state, turn.language), turn.language).text
        for state in states
    ]
    return ", ".join(names)
