"""Which way a call goes, compared with how things are, and whether words go that way."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from homeassistant.const import STATE_OFF
from homeassistant.core import State
from homeassistant.helpers import intent

from ..engines.language import Axis, Direction
from .setting import setting_of
from .slot_values import number

_ON: Final = {
    intent.INTENT_TURN_ON: True,
    intent.INTENT_TURN_OFF: False,
    "HassOpenCover": True,
    "HassCloseCover": False,
    "HassMediaPause": False,
    "HassMediaUnpause": True,
    "HassMediaPlayerMute": False,
    "HassMediaPlayerUnmute": True,
    "HassMediaSearchAndPlay": True,
    "HassVacuumStart": True,
    "HassVacuumCleanArea": True,
    "HassVacuumReturnToBase": False,
    "HassLawnMowerStartMowing": True,
    "HassLawnMowerDock": False,
}
_TRACKS: Final = {"HassMediaNext": True, "HassMediaPrevious": False}
_SWITCHED: Final = frozenset({Axis.POWER, Axis.LEVEL})
_AXES: Final[Mapping[str, frozenset[Axis]]] = {
    "light": _SWITCHED | {Axis.LIGHT},
    "cover": frozenset({Axis.OPENING, Axis.LEVEL, Axis.LIGHT}),
    "valve": _SWITCHED | {Axis.OPENING},
    "lock": frozenset({Axis.LOCK}),
    "climate": _SWITCHED | {Axis.HEAT},
    "water_heater": _SWITCHED | {Axis.HEAT},
    "fan": _SWITCHED | {Axis.HEAT},
    "media_player": _SWITCHED | {Axis.SOUND},
    "vacuum": frozenset({Axis.POWER, Axis.RUN}),
    "lawn_mower": frozenset({Axis.POWER, Axis.RUN}),
}
"""What words may ask of the things of a domain."""
_NAMED: Final = frozenset({"scene", "script"})
"""What is started by a name that may be an order: "all lights off"."""
_OTHERWISE: Final = _SWITCHED | {Axis.HEAT}
_LITTLE: Final = 50
"""Percent up to which what is off may be said to be dimmed, or turned down."""


def ways_said(directions: Collection[Direction], state: State) -> set[bool]:
    """Return the ways in which words would have a thing go: True is on, more or open."""
    domain = state.domain
    axes = _AXES.get(domain, _OTHERWISE)
    found = {(axis, up) for axis, up in directions if axis in axes}
    modes = set(state.attributes.get("hvac_modes") or ())
    if domain == "fan" or (modes and "heat" not in modes and "auto" not in modes):
        # What cools runs against the heat.
        found = {(axis, up is not (axis is Axis.HEAT)) for axis, up in found}
    return {up for _, up in found}


def is_opposed(
    directions: Collection[Direction],
    kind: str,
    arguments: Mapping[str, Any],
    state: State,
) -> bool:
    """Return whether a call goes against the words that would have asked for it."""
    if kind in _TRACKS:
        said = {up for axis, up in directions if axis is Axis.TRACK}
        return bool(said) and _TRACKS[kind] not in said
    if setting_of(kind, arguments) is not None:
        # "Put it at 20" may well be less than now; "off" is never more.
        asked = {d for d in directions if d != (Axis.POWER, True)}
        if (Axis.POWER, False) in asked:
            asked = {(Axis.POWER, False)}
        said = _warmer(asked) if state.domain == "climate" else ways_said(asked, state)
        return bool(said) and said.isdisjoint(_change(kind, arguments, state))
    on = _switches(kind, arguments, state)
    if on is None or state.domain in _NAMED:
        return False
    # "Switch off the heated towel rail": on and off are said more plainly than all else.
    plain = {(axis, up) for axis, up in directions if axis is Axis.POWER}
    said = ways_said(plain, state) or ways_said(directions, state)
    if not said and (Axis.WISH, True) in directions:
        said = {True}
    return bool(said) and on not in said


def goes_as_said(
    directions: Collection[Direction],
    kind: str,
    arguments: Mapping[str, Any],
    state: State,
) -> bool:
    """Return whether a call that sets no value goes a way that words name."""
    on = _switches(kind, arguments, state)
    if on is None or state.domain in _NAMED:
        return True
    return on in ways_said(directions, state)


def _warmer(directions: Collection[Direction]) -> set[bool]:
    axes = {Axis.HEAT, Axis.LEVEL, Axis.POWER}
    return {up for axis, up in directions if axis in axes}


def _switches(kind: str, arguments: Mapping[str, Any], state: State) -> bool | None:
    """Return whether a call switches a thing on, None where it does neither."""
    if kind == intent.INTENT_TOGGLE:
        return state.state in {STATE_OFF, "closed", "unlocked", "paused", "idle"}
    if kind == "HassLightSet":
        return True
    if kind == "HassSetVolumeRelative":
        step = arguments.get("volume_step")
        amount = number(step)
        return amount > 0 if amount is not None else step == "up"
    return _ON.get(kind)


def _change(kind: str, arguments: Mapping[str, Any], state: State) -> set[bool]:
    """Return the ways in which a thing goes when it is set: more, less, or either."""
    setting = setting_of(kind, arguments)
    assert setting is not None
    found = setting.current(state)
    if setting.value == 0:
        return {False}
    if setting.percent and (found is None or state.state == STATE_OFF):
        return {True} if setting.value > _LITTLE else {True, False}
    if found is None or abs(found - setting.value) < 1:
        return {True, False}
    return {setting.value > found}
