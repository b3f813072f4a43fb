"""Which way a call goes, compared with how things are, and whether words go that way."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from homeassistant.const import STATE_OFF
from homeassistant.core import State
from homeassistant.helpers import intent

from ...engines.language import Axis, Direction
from ..home import number
from .set_values import Setting, setting_of

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
    "humidifier": _SWITCHED | {Axis.DAMP},
    "media_player": _SWITCHED | {Axis.SOUND},
    "vacuum": frozenset({Axis.POWER, Axis.RUN}),
    "lawn_mower": frozenset({Axis.POWER, Axis.RUN}),
}
"""What words may ask of the things of a domain."""
_NAMED: Final = frozenset({"scene", "script"})
"""What is started by a name that may be an order: "all lights off"."""
_TELLING_NO_WAY: Final = frozenset({Axis.WISH, Axis.LIST, Axis.TRACK, Axis.LOCK})
"""Axes that say nothing of a thing that does not have them."""
_OPENED: Final = frozenset({"cover", "valve", "lock"})
_OTHERWISE: Final = _SWITCHED | {Axis.HEAT}
_LITTLE: Final = 50
"""Percent up to which what is off may be said to be dimmed, or turned down."""
_FAINT: Final = 10
"""Percent below which nothing is said to be on, or more."""
_STEPS: Final = {"volume_level": 20.0, "temperature": 3.0}
_STEP: Final = 30.0
"""By how much a small change may change something: percent, or degrees."""
_DIMMED: Final = 25
"""Percent to which a light may be dimmed "a bit"."""
_FAHRENHEIT: Final = 45.0
"""From here on a temperature that is set in a home is in degrees Fahrenheit."""
_IN_PLACE: Final[Mapping[Direction, frozenset[str]]] = {
    (Axis.POWER, True): frozenset({"light"}),
    (Axis.POWER, False): frozenset({"light", "media_player", "fan"}),
    **{
        (axis, up): frozenset(domains.split())
        for axis, domains in (
            (Axis.LEVEL, "light"),
            (Axis.LIGHT, "light cover"),
            (Axis.HEAT, "climate fan water_heater"),
            (Axis.SOUND, "media_player"),
            (Axis.OPENING, "cover"),
            (Axis.LOCK, "lock"),
            (Axis.RUN, "vacuum lawn_mower"),
            (Axis.DAMP, "humidifier"),
        )
        for up in (True, False)
    },
}
"""What words mean of the things in a place, where they name no more than the place."""
_FELT: Final = frozenset({Axis.LIGHT, Axis.HEAT, Axis.SOUND, Axis.RUN, Axis.DAMP})
_BESIDE_NEEDS: Final = frozenset({"lawn_mower", "water_heater"})
"""What nobody means who only says how it is in a room."""
_SHARED: Final = frozenset({"light", "cover", "fan", "media_player", "climate"})
"""What is set to a value that is said for a place."""
_VOLUME: Final = frozenset(
    {
        "HassSetVolume",
        "HassSetVolumeRelative",
        "HassMediaPlayerMute",
        "HassMediaPlayerUnmute",
    }
)


def ways_said(directions: Collection[Direction], state: State) -> set[bool]:
    """Return the ways in which words would have a thing go: True is on, more or open."""
    domain = state.domain
    axes = _AXES.get(domain, _OTHERWISE)
    found = {(axis, up) for axis, up in directions if axis in axes}
    modes = set(state.attributes.get("hvac_modes") or ())
    if state.attributes.get("device_class") == "dehumidifier":
        found = {(axis, up is not (axis is Axis.DAMP)) for axis, up in found}
    if domain == "fan" or (modes and "heat" not in modes and "auto" not in modes):
        # What cools runs against the heat.
        found = {(axis, up is not (axis is Axis.HEAT)) for axis, up in found}
    return {up for _, up in found}


def is_meant_in_place(
    directions: Collection[Direction], state: State, *, valued: bool
) -> bool:
    """Return whether words that only name its place mean a thing.

    `valued` is whether they say a value.
    """
    return (valued and state.domain in _SHARED) or any(
        state.domain in _IN_PLACE.get(direction, ()) for direction in directions
    )


def is_needed(directions: Collection[Direction], state: State) -> bool:
    """Return whether a need that names nothing is for things of a domain.

    "It is like an oven in here": for what warms and cools.
    """
    return any(
        axis in _FELT and state.domain in _IN_PLACE[axis, up] - _BESIDE_NEEDS
        for axis, up in directions
    )


def is_met(directions: Collection[Direction], kind: str, state: State) -> bool:
    """Return whether an intent is one that a need calls for, which way it may go.

    How things are is no order: no direction that is known, nothing to be done.
    """
    known = (
        _warmer(directions)
        if state.domain == "climate"
        else ways_said(directions, state)
    )
    heard = {axis for axis, _ in directions} & _AXES.get(state.domain, _OTHERWISE)
    sounds = heard <= {Axis.SOUND, Axis.LEVEL} and state.domain == "media_player"
    return bool(known) and (not sounds or kind in _VOLUME)


def is_small(kind: str, arguments: Mapping[str, Any], state: State) -> bool:
    """Return whether a call changes a thing by as little as "a bit" means."""
    if (setting := setting_of(kind, arguments)) is None:
        if kind == "HassSetVolumeRelative":
            step = number(arguments.get("volume_step"))
            return step is None or abs(step) <= _STEPS["volume_level"]
        on = _switches(kind, arguments, state)
        return on is None or (on and state.domain not in _OPENED)
    now = setting.current(state)
    if setting.percent and (now is None or state.state == STATE_OFF):
        return 0 < setting.value <= _LITTLE
    most = _STEPS.get(setting.attribute, _STEP)
    if not setting.percent and (now or 0) >= _FAHRENHEIT:
        most *= 2
    if state.domain == "light" and now is not None and setting.value < now:
        # Half the light is hardly less to the eye.
        return setting.value >= _DIMMED
    return now is not None and abs(setting.value - now) <= most and setting.value != 0


def is_none_left(kind: str, arguments: Mapping[str, Any], state: State) -> bool:
    """Return whether a call switches off or silences what was to be less."""
    setting = setting_of(kind, arguments)
    if setting is not None:
        return setting.value == 0
    return _switches(kind, arguments, state) is False and kind not in {
        "HassSetVolumeRelative",
        "HassVacuumReturnToBase",
    }


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
        if not said and (Axis.POWER, True) in directions:
            return _is_faint(setting_of(kind, arguments), state)
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


def is_untold(
    directions: Collection[Direction],
    kind: str,
    arguments: Mapping[str, Any],
    state: State,
) -> bool:
    """Return whether words that have a thing moved do not tell that it goes this way.

    "See to the lamp" may well switch it on, and tells of nothing else.
    """
    on = _switches(kind, arguments, state)
    if on is None or state.domain in _NAMED or (Axis.WISH, True) in directions:
        return False
    if on and state.domain not in _OPENED:
        return False
    # "Turn off everything" closes blinds, too.
    told = {up for axis, up in directions if axis not in _TELLING_NO_WAY}
    return on not in (ways_said(directions, state) or told)


def _is_faint(setting: Setting | None, state: State) -> bool:
    """Return whether what was to be on would hardly be."""
    return bool(
        setting
        and setting.percent
        and setting.value < _FAINT
        and state.domain != "cover"
    )


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
        if setting.value < _FAINT:
            return {False}
        return {True} if setting.value > _LITTLE else {True, False}
    if found is None or abs(found - setting.value) < 1:
        return {True, False}
    return {setting.value > found}
