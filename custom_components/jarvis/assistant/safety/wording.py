"""Says in clauses what a call would do: "que j'allume la lampe", "turn on the lamp"."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import intent

from ...engines.language import enumerate_phrases, named, of_phrase, others_of
from ..home import TIMERS, can_move, common_kind, number, thing_name
from ..sentences import say, say_duration
from ..turn import Clause

MOST_NAMED: Final = 4
"""Things that are named one by one; of more, some are, and the rest is counted."""
LONGEST: Final = 200
"""Characters of a text that are repeated."""

_BY_DOMAIN: Final = {
    ("turn_on", "alarm_control_panel"): "activate",
    ("turn_on", "automation"): "activate",
    ("turn_on", "button"): "press",
    ("turn_on", "cover"): "open",
    ("turn_on", "input_button"): "press",
    ("turn_on", "lawn_mower"): "run",
    ("turn_on", "lock"): "lock",
    ("turn_on", "scene"): "activate",
    ("turn_on", "script"): "run",
    ("turn_on", "vacuum"): "run",
    ("turn_on", "valve"): "open",
    ("turn_off", "alarm_control_panel"): "deactivate",
    ("turn_off", "automation"): "deactivate",
    ("turn_off", "cover"): "close",
    ("turn_off", "lock"): "unlock",
    ("turn_off", "script"): "stop",
    ("turn_off", "valve"): "close",
    ("", "script"): "run",
}
_BY_KIND: Final = {
    intent.INTENT_TURN_ON: "turn_on",
    intent.INTENT_TURN_OFF: "turn_off",
    intent.INTENT_STOP_MOVING: "stop",
    "HassOpenCover": "open",
    "HassCloseCover": "close",
    "HassLawnMowerDock": "dock",
    "HassLawnMowerStartMowing": "run",
    "HassMediaNext": "next",
    "HassMediaPause": "pause",
    "HassMediaPlayerMute": "mute",
    "HassMediaPlayerUnmute": "unmute",
    "HassMediaPrevious": "previous",
    "HassMediaUnpause": "resume",
    "HassVacuumReturnToBase": "dock",
    "HassVacuumStart": "run",
}
_VALUES: Final = {
    "HassClimateSetTemperature": ("temperature", "temperature"),
    "HassFanSetSpeed": ("percentage", "share"),
    "HassHumidifierSetpoint": ("humidity", "humidity"),
    "HassSetPosition": ("position", "position"),
    "HassSetVolume": ("volume_level", "volume"),
}
"""Slot and sentence of what sets one number."""
_ENDS: Final[Mapping[tuple[str, float], str]] = {
    ("HassFanSetSpeed", 0): "turn_off",
    ("HassLightSet", 0): "turn_off",
    ("HassSetPosition", 0): "close",
    ("HassSetPosition", 100): "open",
}
"""What the least and the most of these are called."""
_ITEMS: Final = {
    "HassListAddItem": "add",
    "HassListCompleteItem": "complete",
    "HassListRemoveItem": "remove",
    "HassShoppingListAddItem": "add",
    "HassShoppingListCompleteItem": "complete",
}
_MODES: Final = {
    "HassClimateSetFanMode": "fan_mode",
    "HassHumidifierMode": "mode",
}


_OPPOSITES: Final = (
    {"turn_on", "turn_off"},
    {"open", "close"},
    {"lock", "unlock"},
    {"activate", "deactivate"},
    {"run", "dock"},
    {"run", "stop"},
    {"run", "turn_off"},
    {"mute", "unmute"},
    {"louder", "quieter"},
    {"pause", "resume"},
    {"next", "previous"},
    {"add", "remove"},
    {"add", "complete"},
)
_SINGLE: Final = frozenset(
    {"temperature", "share", "humidity", "position", "volume", "mode"}
)
"""What sets the one value that a thing has."""
_OFF: Final = frozenset({"light", "share", "temperature", "humidity", "play"})
"""What is not done to a thing that is switched off."""
_POSITION: Final = "HassSetPosition"
_COVERS: Final = frozenset({"cover", "valve"})


def clauses_for(
    hass: HomeAssistant,
    language: str,
    kind: str,
    targets: Sequence[State],
    arguments: Mapping[str, Any],
    title: str = "",
) -> tuple[Clause, ...]:
    """Return a clause for each thing that a call would do.

    `kind` is its intent, "" for a tool that is none; `title` names a tool whose acts
    are not known.
    """
    asked = _Asked(language, arguments)
    if kind in TIMERS:
        return (asked.timer(kind),)
    if kind in _ITEMS:
        return (asked.item(_ITEMS[kind], targets),)
    if kind == intent.INTENT_BROADCAST:
        return (Clause.of("announce", said=asked.quoted("message")),)
    things = _outermost([s for s in targets if can_move(hass, s)] or targets)
    if not things:
        return (asked.use(title or kind),)
    return tuple(asked.moves(kind, things, title))


def joined(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Put together what is done in the same way to several things."""
    found: dict[tuple[str, tuple[tuple[str, str], ...]], tuple[str, ...]] = {}
    for clause in clauses:
        way = clause.key, clause.parts
        found[way] = tuple(dict.fromkeys((*found.get(way, ()), *clause.entity_ids)))
    return tuple(
        Clause(key=key, parts=parts, entity_ids=ids)
        for (key, parts), ids in found.items()
    )


def contradict(one: Iterable[Clause], other: Iterable[Clause]) -> bool:
    """Return whether two calls would do opposite things to one thing."""
    return any(_contradict(mine, its) for mine in one for its in other)


def _contradict(one: Clause, other: Clause) -> bool:
    if one.entity_ids or other.entity_ids:
        if set(one.entity_ids).isdisjoint(other.entity_ids):
            return False
        if one.key == other.key:
            return one.key in _SINGLE and one.parts != other.parts
        opposite = _OFF if "turn_off" in {one.key, other.key} else frozenset[str]()
        return {one.key, other.key} in _OPPOSITES or not opposite.isdisjoint(
            {one.key, other.key}
        )
    return {one.key, other.key} in _OPPOSITES and one.parts == other.parts


def say_clauses(hass: HomeAssistant, language: str, clauses: Sequence[Clause]) -> str:
    """Return what would be done, to stand after "veux-tu", "do you want me to"."""
    return enumerate_phrases([_said(hass, language, c) for c in clauses], language)


def _said(hass: HomeAssistant, language: str, clause: Clause) -> str:
    things = [s for i in clause.entity_ids if (s := hass.states.get(i))]
    what = _names(hass, language, things)
    return say(
        language,
        f"acts.{clause.key}",
        **dict(clause.parts),
        what=what,
        of_what=of_phrase(what, language) if what else "",
    )


def _names(hass: HomeAssistant, language: str, things: Sequence[State]) -> str:
    if not things:
        return ""
    names = [named(thing_name(hass, s, language), language).text for s in things]
    if len(names) > MOST_NAMED:
        rest = things[MOST_NAMED - 1 :]
        left = others_of(len(rest), common_kind(rest), language)
        names = [*names[: MOST_NAMED - 1], left]
    return enumerate_phrases(names, language)


class _Asked:
    """One call, in the words of one language."""

    def __init__(self, language: str, arguments: Mapping[str, Any]) -> None:
        self._language = language
        self._arguments = arguments

    def moves(self, kind: str, things: Sequence[State], title: str) -> Iterator[Clause]:
        """Yield clauses for things that are moved: one for each way they go."""
        said = _BY_KIND.get(kind, "")
        if said == "mute" and self._arguments.get("is_volume_muted") is False:
            said = "unmute"
        groups: dict[str, list[str]] = {}
        for thing in things:
            key = _BY_DOMAIN.get((said, thing.domain), said)
            if not key and thing.domain not in _COVERS and kind == _POSITION:
                key = "share"
            groups.setdefault(key, []).append(thing.entity_id)
        for key, ids in groups.items():
            if not kind and key == "run" and (given := self._given()):
                yield Clause.of("run_with", ids, given=given)
            elif key and key != "share":
                yield Clause.of(key, ids)
            else:
                yield self._sets(kind, ids, title, key)

    def _sets(self, kind: str, ids: Sequence[str], title: str, key: str) -> Clause:
        """Return a clause for what is set to a value."""
        if kind == "HassLightSet":
            return self._light(ids)
        if kind == "HassSetVolumeRelative":
            return self._volume(ids)
        if kind == "HassVacuumCleanArea" and (area := self._text("area")):
            return Clause.of("clean", ids, area=named(area, self._language).text)
        if kind == "HassMediaSearchAndPlay":
            return Clause.of("play", ids, said=self.quoted("search_query"))
        if kind in _MODES:
            return Clause.of("mode", ids, said=self.quoted(_MODES[kind]))
        slot, own = _VALUES.get(kind, ("", ""))
        if (value := number(self._arguments.get(slot))) is None:
            return self.use(title or kind, ids)
        if end := _ENDS.get((kind, value)):
            return Clause.of(end, ids)
        return Clause.of(key or own, ids, value=self._number(value))

    def _light(self, ids: Sequence[str]) -> Clause:
        brightness = number(self._arguments.get("brightness"))
        if brightness == 0:
            return Clause.of("turn_off", ids)
        said: list[str] = []
        if brightness is not None:
            said.append(self._part("share_of", value=self._number(brightness)))
        if color := self._text("color"):
            said.append(self._part("in_color", color=color))
        if (kelvin := number(self._arguments.get("temperature"))) is not None:
            said.append(self._part("at_kelvin", value=self._number(kelvin)))
        if not said:
            return Clause.of("turn_on", ids)
        return Clause.of("light", ids, how=enumerate_phrases(said, self._language))

    def _volume(self, ids: Sequence[str]) -> Clause:
        step = self._arguments.get("volume_step")
        amount = number(step)
        up = amount > 0 if amount is not None else step == "up"
        key = "louder" if up else "quieter"
        if amount is None:
            return Clause.of(key, ids)
        return Clause.of(f"{key}_by", ids, value=self._number(abs(amount)))

    def timer(self, kind: str) -> Clause:
        """Return a clause for a timer, or for the order that it carries out."""
        length = self._duration("")
        name = self.quoted("name")
        if kind == intent.INTENT_START_TIMER:
            time = length or say_duration(self._language, 1)
            if command := self.quoted("conversation_command"):
                return Clause.of("order_later", time=time, said=command)
            of_time = of_phrase(time, self._language)
            key = "start_named" if name else "start"
            return Clause.of(key, time=time, of_time=of_time, name=name)
        which = self._part("timer")
        if name:
            which = self._part("timer_named", name=name)
        elif whole := self._duration("start_"):
            of_time = of_phrase(whole, self._language)
            which = self._part("timer_of", time=whole, of_time=of_time)
        # "Le minuteur", after "à".
        to = f"au{which.removeprefix('le')}" if self._language == "fr" else which
        return Clause.of(_TIMER_ACTS[kind], which=which, to_which=to, time=length)

    def item(self, key: str, targets: Sequence[State]) -> Clause:
        """Return a clause for an item of a list."""
        names = {state.name for state in targets}
        list_name = names.pop() if len(names) == 1 else self._text("name")
        where = say(self._language, "telling.the_list")
        if list_name:
            where = say(self._language, "telling.list", list=list_name)
        return Clause.of(key, said=self.quoted("item"), where=where)

    def use(self, title: str, ids: Sequence[str] = ()) -> Clause:
        """Return a clause for what is not known: the tool and what it is given."""
        if ids:
            return Clause.of("use_on" if title else "use_thing", ids, said=title)
        if given := self._given():
            return Clause.of("use_with", said=title, given=given)
        return Clause.of("use", said=title)

    def _given(self) -> str:
        """Return what a tool is given, in quotation marks, "" for nothing."""
        values = (
            str(value)
            for value in self._arguments.values()
            if isinstance(value, str | int | float)
        )
        said = ", ".join(filter(None, values))
        return self._quote(said) if said else ""

    def _part(self, key: str, **parts: str) -> str:
        return say(self._language, f"acts.{key}", **parts)

    def quoted(self, slot: str) -> str:
        """Return a slot's text in quotation marks, "" for an empty one."""
        return self._quote(said) if (said := self._text(slot)) else ""

    def _text(self, slot: str) -> str:
        value = self._arguments.get(slot)
        return str(value).strip(" .") if value not in (None, "") else ""

    def _quote(self, said: str) -> str:
        short = said if len(said) <= LONGEST else f"{said[:LONGEST].rstrip()}…"
        return f"« {short} »" if self._language == "fr" else f"“{short}”"

    def _duration(self, start: str) -> str:
        seconds = sum(
            (number(self._arguments.get(f"{start}{unit}")) or 0) * size
            for unit, size in (("hours", 3600), ("minutes", 60), ("seconds", 1))
        )
        return say_duration(self._language, seconds, exact=True) if seconds else ""

    def _number(self, value: float) -> str:
        said = f"{value:.1f}".removesuffix(".0")
        return said.replace(".", ",") if self._language == "fr" else said


_TIMER_ACTS: Final = {
    intent.INTENT_CANCEL_ALL_TIMERS: "cancel_all",
    intent.INTENT_CANCEL_TIMER: "cancel",
    intent.INTENT_DECREASE_TIMER: "decrease",
    intent.INTENT_INCREASE_TIMER: "increase",
    intent.INTENT_PAUSE_TIMER: "pause_timer",
    intent.INTENT_UNPAUSE_TIMER: "resume_timer",
}


def _outermost(things: Sequence[State]) -> list[State]:
    """Leave out the members of groups that are named themselves."""
    inner = {
        member
        for thing in things
        if thing.domain not in {"scene", "script", "automation"}
        for member in thing.attributes.get(ATTR_ENTITY_ID) or ()
        if member != thing.entity_id
    }
    return [thing for thing in things if thing.entity_id not in inner]
