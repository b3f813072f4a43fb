"""What states tell: whether a thing is as was asked, and what it is."""

from collections.abc import Mapping, Sequence

from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import State

LOW_BATTERY = 20.0
"""Percent at which a battery is called low."""

CONTACTS = frozenset({"door", "garage_door", "opening", "window"})
"""Device classes of contact sensors."""

DETECTORS = frozenset(
    """
    carbon_monoxide cold connectivity gas heat light moisture motion moving occupancy
    plug power presence problem running safety smoke sound tamper vibration
    battery_charging
    """.split()  # noqa: SIM905 - a text is easier to keep in order
)
"""Device classes of binary sensors that tell of something with "on"."""

_OPPOSITES: Mapping[str, str] = {
    "off": "on",
    "closed": "open",
    "unlocked": "locked",
    "disarmed": "armed",
    "away": "home",
}
_POWERED = frozenset(
    """
    automation fan group humidifier input_boolean light remote siren switch
    """.split()  # noqa: SIM905
)
_IDLE = {
    "climate": {"off"},
    "lawn_mower": {"docked", "paused", "error", "returning"},
    "media_player": {"off", "standby"},
    "vacuum": {"docked", "paused", "error", "returning", "idle"},
    "water_heater": {"off"},
}
_NOT: Mapping[tuple[str, str], set[str]] = {
    **{(domain, "on"): states for domain, states in _IDLE.items()},
    # Not closed until it is: who asks wants to know about the gap.
    ("cover", "open"): {"closed"},
    ("valve", "open"): {"closed"},
    ("alarm_control_panel", "armed"): {"disarmed", "arming", "disarming"},
}
"""For a domain and what is asked, the states in which it is not so."""
_MEANT: Mapping[tuple[str, str], set[str]] = {
    ("lock", "open"): {"open", "opening"},
    ("media_player", "playing"): {"playing", "buffering"},
}


def without_groups(states: Sequence[State]) -> list[State]:
    """Return states without groups whose members are all among them: nothing counts twice."""
    ids = {state.entity_id for state in states}
    return [state for state in states if not _all_members_in(state, ids)]


def _all_members_in(state: State, ids: set[str]) -> bool:
    members = state.attributes.get("entity_id")
    if not isinstance(members, list | tuple | set) or state.entity_id in members:
        return False
    return bool(members) and ids.issuperset(members)


def silent(state: State | None) -> bool:
    """Return whether a thing does not tell what it is."""
    return state is None or state.state in {STATE_UNAVAILABLE, STATE_UNKNOWN, ""}


def tells(domain: str, device_class: str, asked: str) -> bool:
    """Return whether things of a kind can be in a state that is asked for."""
    match _OPPOSITES.get(asked, asked):
        case "on":
            return domain in _POWERED or domain in _IDLE or (
                domain == "binary_sensor" and device_class in DETECTORS
            )  # fmt: skip
        case "open":
            return domain in {"cover", "valve"} or (
                domain == "binary_sensor" and device_class in CONTACTS
            )
        case "locked":
            return domain == "lock" or (domain, device_class) == (
                "binary_sensor",
                "lock",
            )
        case "armed":
            return domain == "alarm_control_panel"
        case "home":
            return domain == "person"
        case "playing" | "paused":
            return domain == "media_player"
        case "low":
            return device_class == "battery"
        case "detected":
            return domain == "binary_sensor" and device_class in DETECTORS
    return False


def holds(state: State | None, asked: str) -> bool | None:
    """Return whether a thing is in the state that is asked for, None: not known."""
    if state is None or silent(state):
        return None
    if (opposite := _OPPOSITES.get(asked)) is not None:
        is_so = holds(state, opposite)
        return None if is_so is None else not is_so
    value, domain = state.state, state.domain
    if (domain, asked) == ("sensor", "low"):
        return _is_low(value)
    if domain == "binary_sensor":
        return value == ("off" if asked == "locked" else "on")
    if (domain, asked) in _NOT:
        return value not in _NOT[domain, asked]
    return value in _MEANT.get((domain, asked), {asked})


def _is_low(value: str) -> bool | None:
    try:
        return float(value) <= LOW_BATTERY
    except ValueError:
        return None


def word_of(state: State) -> tuple[str, str]:
    """Return the entry of the sentences' `states` that says a state, and its value."""
    value, domain = state.state, state.domain
    if silent(state):
        return "unavailable", ""
    if domain == "binary_sensor":
        return _contact(value, str(state.attributes.get("device_class") or "")), ""
    if domain in {"climate", "water_heater"}:
        return ("off" if value == "off" else "on"), ""
    if domain in {"person", "device_tracker"}:
        return (value, "") if value in {"home", "not_home"} else ("zone", value)
    if (word := _WORDS.get((domain, value))) is not None:
        return word, ""
    if value in _PLAIN.get(domain, {"on", "off"}):
        return value, ""
    return "value", value


def _contact(value: str, kind: str) -> str:
    if kind in CONTACTS:
        return "open" if value == "on" else "closed"
    if kind == "lock":
        return "unlocked" if value == "on" else "locked"
    if kind in DETECTORS or kind == "battery":
        return f"{kind}_{value}"
    return value


_MOVES = {"open", "closed", "opening", "closing"}
_PLAIN: Mapping[str, set[str]] = {
    "cover": _MOVES,
    "valve": _MOVES,
    "lock": {
        "locked", "unlocked", "locking", "unlocking", "jammed", "open", "opening",
    },
}  # fmt: skip
_WORDS: Mapping[tuple[str, str], str] = {
    ("alarm_control_panel", "disarmed"): "disarmed",
    ("alarm_control_panel", "arming"): "arming",
    ("alarm_control_panel", "pending"): "pending",
    ("alarm_control_panel", "triggered"): "triggered",
    ("alarm_control_panel", "armed_home"): "armed_home",
    ("alarm_control_panel", "armed_away"): "armed_away",
    ("alarm_control_panel", "armed_night"): "armed_night",
    ("alarm_control_panel", "armed_vacation"): "armed_away",
    ("alarm_control_panel", "armed_custom_bypass"): "armed",
    ("media_player", "off"): "off",
    ("media_player", "standby"): "off",
    ("media_player", "on"): "on",
    ("media_player", "idle"): "idle",
    ("media_player", "paused"): "paused",
    ("media_player", "playing"): "playing",
    ("media_player", "buffering"): "playing",
    ("vacuum", "cleaning"): "cleaning",
    ("vacuum", "docked"): "docked",
    ("vacuum", "returning"): "returning",
    ("vacuum", "paused"): "paused",
    ("vacuum", "idle"): "idle_robot",
    ("vacuum", "error"): "error",
    ("lawn_mower", "mowing"): "mowing",
    ("lawn_mower", "docked"): "docked",
    ("lawn_mower", "returning"): "returning",
    ("lawn_mower", "paused"): "paused",
    ("lawn_mower", "error"): "error",
}
