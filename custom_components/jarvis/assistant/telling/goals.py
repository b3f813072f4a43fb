"""What each intent wants of each entity, and whether a state is what was wanted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from homeassistant.const import ATTR_ASSUMED_STATE, STATE_OFF, STATE_ON
from homeassistant.core import State
from homeassistant.helpers import intent
from homeassistant.util import color

from ..home import number, silent, word_of

_SWITCHED = frozenset(
    """
    automation fan group humidifier input_boolean light remote siren switch
    """.split()  # noqa: SIM905 - a text is easier to keep in order
)
_OFF = {STATE_OFF, "standby"}
_PLAYING = {"playing", "buffering"}
_COLORED = frozenset({"hs", "rgb", "rgbw", "rgbww", "xy"})
_DIMMED = _COLORED | {"brightness", "color_temp", "white"}
_ALIKE = 25.0
"""Degrees of hue, and percent of saturation, within which a color is the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What an action wants of one entity."""

    word: str
    """The entry of the sentences' `states` that says it."""
    test: Callable[[State], bool]
    """Whether a state is what was wanted."""
    value: Callable[[State], str] = lambda _state: ""
    """What stands for {value} in the sentence."""
    lacking: Callable[[State], str] = lambda _state: ""
    """The entry that says what a thing is not able to, "" where it is."""
    unsure: Callable[[State], bool] = lambda _state: False
    """Whether a state does not tell: what is only assumed denies nothing."""
    whole: bool = False
    """True where only the state's own text tells, not its attributes."""
    changes: bool = False
    """True for what is never already so: the next song, louder."""

    def reached(self, state: State) -> bool:
        """Return whether the state is what was wanted.

        Attributes that are only assumed deny nothing.
        """
        assumed = bool(state.attributes.get(ATTR_ASSUMED_STATE)) and not self.whole
        return not silent(state) and (
            self.test(state)
            or self.unsure(state)
            or (assumed and not self.lacking(state))
        )


def goal_of(asked: intent.Intent, entity_id: str) -> Goal | None:
    """Return what an intent wants of an entity; None where no state can tell."""
    domain = entity_id.partition(".")[0]
    make = _GOALS.get(asked.intent_type)
    return make(asked.slots, domain) if make else None


def _in(word: str, *states: str) -> Goal:
    return Goal(word=word, test=lambda state: state.state in states, whole=True)


def _turn(*, on: bool) -> Callable[[Mapping[str, Any], str], Goal | None]:
    def goal(_slots: Mapping[str, Any], domain: str) -> Goal | None:
        match domain:
            case "cover" | "valve":
                word = "open" if on else "closed"
                return _in(word, word, "opening" if on else "closing")
            case "lock":
                # A lock that is on is locked.
                word = "locked" if on else "unlocked"
                return _in(word, word, "locking" if on else "unlocking")
            case "media_player" if on:
                # What was paused and stays so cannot be heard.
                return Goal(
                    word="on",
                    test=lambda state: state.state not in _OFF | {"paused"},
                    whole=True,
                )
            case "climate" | "water_heater" if on:
                return Goal(
                    word="on", test=lambda state: state.state not in _OFF, whole=True
                )
            case "media_player" | "climate" | "water_heater":
                return _in("off", *_OFF)
            case "vacuum" | "lawn_mower":
                return (_clean if on else _dock)(_slots, domain)
            case _ if domain in _SWITCHED:
                return _in("on" if on else "off", STATE_ON if on else STATE_OFF)
        return None

    return goal


def _toggle(_slots: Mapping[str, Any], domain: str) -> Goal | None:
    if domain not in _SWITCHED | {"cover", "valve", "lock", "media_player", "climate"}:
        return None
    return Goal(word="", test=lambda _state: True, changes=True)


def _light(slots: Mapping[str, Any], domain: str) -> Goal | None:
    if domain != "light":
        return None
    tests: list[Callable[[State], bool]] = []
    needed: list[tuple[str, frozenset[str]]] = []
    word, value = "", ""
    if (wanted := _number(slots, "brightness")) is not None:
        tests.append(lambda state: _near(_brightness(state), wanted, 2))
        needed.append(("no_brightness", _DIMMED))
        word, value = "brightness", f"{wanted:g}"
        if wanted == 0:
            return _in("off", STATE_OFF)
    if (kelvin := _number(slots, "temperature")) is not None:
        tests.append(
            lambda state: _near(
                state.attributes.get("color_temp_kelvin"), kelvin, kelvin * 0.05
            )
        )
        needed.append(("no_kelvin", _COLORED | {"color_temp"}))
        word, value = "kelvin", f"{kelvin:g}"
    if "color" in slots:
        tests.append(lambda state: _colored(state, slots["color"]["value"]))
        needed.append(("no_color", _COLORED))
        value = _said(slots, "color")
        word = "color" if value else "recolored"
    if not tests:
        return _in("on", STATE_ON)

    def lacking(state: State) -> str:
        modes = set(state.attributes.get("supported_color_modes") or ())
        return next((name for name, able in needed if modes and not modes & able), "")

    return Goal(
        word=word,
        test=lambda state: all(test(state) for test in tests),
        value=lambda _state: value,
        lacking=lacking,
        unsure=lambda state: (
            state.state == STATE_ON
            and not lacking(state)
            and _assumed(state, "brightness" if word == "brightness" else "rgb_color")
        ),
    )


def _attribute(
    slot: str, attribute: str, word: str, *, within: float = 0.5, scale: float = 1.0
) -> Callable[[Mapping[str, Any], str], Goal | None]:
    """Return what makes goals of an attribute that is to have the value of a slot."""

    def goal(slots: Mapping[str, Any], _domain: str) -> Goal | None:
        wanted = _number(slots, slot)
        if wanted is None:
            return None
        if isinstance(slots[slot]["value"], float) and wanted <= 1:
            # The handler has made the share of it that the service takes.
            wanted *= scale

        def reached(state: State) -> bool:
            found = state.attributes.get(attribute)
            # A fan has few speeds: the nearest one is meant.
            step = state.attributes.get("percentage_step") or 0
            return found is not None and _near(
                found * scale, wanted, max(within, step / 2 + 0.5)
            )

        return Goal(
            word=word,
            test=reached,
            value=lambda state: _shown(state.attributes.get(attribute), scale, wanted),
            unsure=lambda state: (
                bool(state.attributes.get(ATTR_ASSUMED_STATE))
                and state.attributes.get(attribute) is None
            ),
        )

    return goal


def _position(slots: Mapping[str, Any], domain: str) -> Goal | None:
    goal = _attribute("position", "current_position", "position", within=2)
    made = goal(slots, domain)
    if made is None or domain not in {"cover", "valve"}:
        return None
    return Goal(
        word="position",
        test=lambda state: state.state in {"opening", "closing"} or made.test(state),
        value=made.value,
    )


def _climate(slots: Mapping[str, Any], domain: str) -> Goal | None:
    return _attribute("temperature", "temperature", "temperature")(slots, domain)


def _text(
    slot: str, attribute: str, word: str
) -> Callable[[Mapping[str, Any], str], Goal | None]:
    def goal(slots: Mapping[str, Any], _domain: str) -> Goal | None:
        wanted = str(slots.get(slot, {}).get("value") or "")
        said = _said(slots, slot)
        names = {wanted.casefold(), said.casefold()}
        return Goal(
            word=word,
            test=lambda state: str(state.attributes.get(attribute)).casefold() in names,
            value=lambda _state: said,
        )

    return goal


def _muted(*, muted: bool) -> Callable[[Mapping[str, Any], str], Goal | None]:
    return lambda _slots, _domain: Goal(
        word="muted" if muted else "unmuted",
        test=lambda state: bool(state.attributes.get("is_volume_muted")) is muted,
    )


def _volume_step(_slots: Mapping[str, Any], _domain: str) -> Goal | None:
    return Goal(
        word="volume",
        test=lambda state: state.attributes.get("volume_level") is not None,
        value=lambda state: _shown(state.attributes.get("volume_level"), 100, 0),
        changes=True,
    )


def _skip(word: str) -> Callable[[Mapping[str, Any], str], Goal | None]:
    return lambda _slots, _domain: Goal(
        word=word, test=lambda state: state.state in _PLAYING, changes=True
    )


def _clean(_slots: Mapping[str, Any], domain: str) -> Goal | None:
    word = "mowing" if domain == "lawn_mower" else "cleaning"
    return _in(word, word)


def _dock(_slots: Mapping[str, Any], _domain: str) -> Goal | None:
    return _in("docked", "docked", "returning")


def _fixed(goal: Goal) -> Callable[[Mapping[str, Any], str], Goal | None]:
    return lambda _slots, _domain: goal


_GOALS: Mapping[str, Callable[[Mapping[str, Any], str], Goal | None]] = {
    intent.INTENT_TURN_ON: _turn(on=True),
    intent.INTENT_TURN_OFF: _turn(on=False),
    intent.INTENT_TOGGLE: _toggle,
    "HassOpenCover": _turn(on=True),
    "HassCloseCover": _turn(on=False),
    intent.INTENT_SET_POSITION: _position,
    intent.INTENT_STOP_MOVING: _fixed(
        Goal(word="stopped", test=lambda s: s.state not in {"opening", "closing"})
    ),
    "HassLightSet": _light,
    "HassClimateSetTemperature": _climate,
    "HassClimateSetFanMode": _text("fan_mode", "fan_mode", "fan_mode"),
    "HassFanSetSpeed": _attribute("percentage", "percentage", "speed", within=1),
    "HassSetVolume": _attribute(
        "volume_level", "volume_level", "volume", within=2, scale=100
    ),
    "HassSetVolumeRelative": _volume_step,
    "HassMediaPlayerMute": _muted(muted=True),
    "HassMediaPlayerUnmute": _muted(muted=False),
    "HassMediaPause": _fixed(
        Goal(word="paused", test=lambda s: s.state not in _PLAYING, whole=True)
    ),
    "HassMediaUnpause": _fixed(_in("playing", *_PLAYING)),
    "HassMediaNext": _skip("next"),
    "HassMediaPrevious": _skip("previous"),
    "HassVacuumStart": _clean,
    "HassVacuumReturnToBase": _dock,
    "HassVacuumCleanArea": _clean,
    "HassLawnMowerStartMowing": _clean,
    "HassLawnMowerDock": _dock,
    "HassHumidifierSetpoint": _attribute("humidity", "humidity", "humidity"),
    "HassHumidifierMode": _text("mode", "mode", "mode"),
}


def told_word(goal: Goal, state: State) -> str:
    """Return the entry that says a goal that is reached, as the state has it."""
    if not goal.word:
        return word_of(state)[0]
    if state.state in {"opening", "closing", "locking", "unlocking", "returning"}:
        return state.state
    if goal.word == "temperature" and state.state == STATE_OFF:
        return "temperature_off"
    return goal.word


def _number(slots: Mapping[str, Any], name: str) -> float | None:
    return number(slots.get(name, {}).get("value"))


def _said(slots: Mapping[str, Any], name: str) -> str:
    """Return the words for a slot, "" for a value that is no words: a colour's parts."""
    slot = slots.get(name, {})
    said = slot.get("text") or slot.get("value")
    return said if isinstance(said, str) else ""


def _near(found: Any, wanted: float, within: float) -> bool:
    return found is not None and abs(float(found) - wanted) <= within


def _brightness(state: State) -> float:
    return (state.attributes.get("brightness") or 0) / 2.55


def _assumed(state: State, attribute: str) -> bool:
    """Return whether an attribute of a light does not tell what the light does."""
    found = state.attributes
    return bool(found.get(ATTR_ASSUMED_STATE)) or found.get(attribute) is None


def _shown(found: Any, scale: float, wanted: float) -> str:
    value = wanted if found is None else float(found) * scale
    return f"{round(value, 1):g}"


def _colored(state: State, wanted: Any) -> bool:
    found = state.attributes.get("rgb_color")
    if not found:
        return False
    try:
        rgb = color.color_name_to_rgb(wanted) if isinstance(wanted, str) else wanted
    except ValueError:
        return False
    hue, saturation = color.color_RGB_to_hs(*rgb)
    hue_found, saturation_found = color.color_RGB_to_hs(*found)
    apart = abs(hue - hue_found)
    if abs(saturation - saturation_found) > _ALIKE:
        return False
    # White and grey have no hue.
    return saturation < _ALIKE or min(apart, 360 - apart) <= _ALIKE
