"""Sets, changes and tells of timers.

Home Assistant keeps them and a device makes them ring; any device, and any app, may ask
for them. What no device can make ring is refused aloud.
"""

from collections.abc import Sequence

from homeassistant.components.intent.timers import TimerInfo, TimerManager
from homeassistant.helpers import device_registry as dr

from ...engines.language import (
    LANGUAGES,
    TimerDeed,
    TimerRequest,
    enumerate_choices,
    folded,
    plain_language,
    read_timer,
)
from ...ha_internals import timer_manager
from ...skills.base import Answer
from ..home import key_words, look_around
from ..sentences import say, say_duration
from ..turn import Turn


async def async_answer_timer(turn: Turn) -> Answer | None:
    """Do what is asked of timers; None for what is about none."""
    heard = turn.language
    first = plain_language(turn.text) or heard
    for language in (first, *(other for other in LANGUAGES if other != first)):
        request = read_timer(turn.text, language)
        if request is not None:
            if _names_thing(turn, language):
                return None
            if language != heard:
                turn.heard_language = language
            manager = timer_manager(turn.hass)
            if manager is None:
                return Answer(speech=say(language, "timers.no_device"))
            return Answer(speech=_answer(turn, manager, request, language))
    return None


def _names_thing(turn: Turn, language: str) -> bool:
    """Return whether a thing of the home is named, "Minuteur piscine", and no timer."""
    said = key_words(folded(turn.text), language)
    home = look_around(turn.hass, language, turn.area_id, turn.reader)
    return any(
        name <= said and read_timer(f"{' '.join(name)} 1 minute", language)
        for thing in home.things
        for name in thing.name_words
        if name
    )


def _answer(
    turn: Turn, manager: TimerManager, request: TimerRequest, language: str
) -> str:
    if request.deed is TimerDeed.START:
        return _start(turn, manager, request, language)
    timers = [t for t in manager.timers.values() if not t.conversation_command]
    if not timers:
        return say(language, "timers.none")
    found = timers if request.everything else _meant(turn, timers, request, language)
    if not found:
        return say(language, "timers.none_such", timers=_told(language, timers))
    if request.deed is TimerDeed.STATUS:
        if len(timers) == 1:
            return _left(language, "timers.left", timers[0])
        return _told(language, found)
    if request.deed is TimerDeed.CANCEL and request.everything and len(found) > 1:
        for timer in found:
            manager.cancel_timer(timer.id)
        return say(language, "timers.all_cancelled", count=str(len(found)))
    if len(found) > 1:
        return say(language, "timers.which", timers=_told(language, found))
    return _change(manager, found[0], request, language)


def _change(
    manager: TimerManager, timer: TimerInfo, request: TimerRequest, language: str
) -> str:
    match request.deed:
        case TimerDeed.CANCEL:
            manager.cancel_timer(timer.id)
            return say(language, "timers.cancelled")
        case TimerDeed.PAUSE:
            manager.pause_timer(timer.id)
            key = "timers.paused"
        case TimerDeed.RESUME:
            manager.unpause_timer(timer.id)
            key = "timers.resumed"
        case _:
            seconds = round(request.seconds or 0)
            add = request.deed is TimerDeed.ADD
            manager.add_time(timer.id, seconds if add else -seconds)
            key = "timers.changed"
    duration = say_duration(language, timer.seconds_left)
    return say(language, key, duration=duration)


def _start(
    turn: Turn, manager: TimerManager, request: TimerRequest, language: str
) -> str:
    device_id, refusal = _device(turn, manager, language)
    if device_id is None:
        return refusal
    if not request.seconds:
        return say(language, "timers.how_long")
    hours, rest = divmod(max(1, round(request.seconds)), 3600)
    minutes, seconds = divmod(rest, 60)
    manager.start_timer(
        device_id,
        hours or None,
        minutes or None,
        seconds or None,
        language=turn.tag,
        name=request.name or None,
    )
    key = "timers.started_named" if request.name else "timers.started"
    duration = say_duration(language, request.seconds, exact=True)
    speech = say(language, key, duration=duration, name=request.name)
    if device_id != turn.device_id:
        rings = say(language, "timers.rings_on", device=_called(turn, device_id))
        speech = f"{speech} {rings}"
    return speech


def _device(turn: Turn, manager: TimerManager, language: str) -> tuple[str | None, str]:
    """Return the device that a timer rings on, or why there is none."""
    if turn.device_id is not None and manager.is_timer_device(turn.device_id):
        return turn.device_id, ""
    able = sorted(manager.handlers)
    if not able:
        return None, say(language, "timers.no_device")
    near = [each for each in able if turn.area_id and _area(turn, each) == turn.area_id]
    if len(able) == 1 or len(near) == 1:
        return (near or able)[0], ""
    devices = enumerate_choices([_called(turn, each) for each in able], language)
    return None, say(language, "timers.not_here", devices=devices)


def _area(turn: Turn, device_id: str) -> str | None:
    device = dr.async_get(turn.hass).async_get(device_id)
    return dr.async_get_effective_area_id(turn.hass, device) if device else None


def _called(turn: Turn, device_id: str) -> str:
    device = dr.async_get(turn.hass).async_get(device_id)
    return (device and (device.name_by_user or device.name)) or device_id


def _meant(
    turn: Turn, timers: Sequence[TimerInfo], request: TimerRequest, language: str
) -> list[TimerInfo]:
    """Return the timers that a request may mean: by name and length, then the nearest."""
    name = key_words(folded(request.name), language)
    found = [
        timer
        for timer in timers
        if name
        <= key_words(folded(timer.name or ""), language) | _place(timer, language)
        and (request.of is None or _set_for(timer) == round(request.of))
    ]
    if request.deed is TimerDeed.PAUSE:
        found = [timer for timer in found if timer.is_active] or found
    if request.deed is TimerDeed.RESUME:
        found = [timer for timer in found if not timer.is_active] or found
    if len(found) > 1 and request.deed is not TimerDeed.STATUS:
        own = [t for t in found if turn.device_id and t.device_id == turn.device_id]
        near = [t for t in found if turn.area_id and t.area_id == turn.area_id]
        found = own or near or found
    return found


def _place(timer: TimerInfo, language: str) -> frozenset[str]:
    return key_words(folded(timer.area_name or ""), language)


def _set_for(timer: TimerInfo) -> int:
    """Return how long a timer was set to run, in seconds."""
    parts = (timer.start_hours, timer.start_minutes, timer.start_seconds)
    hours, minutes, seconds = (part or 0 for part in parts)
    return 3600 * hours + 60 * minutes + seconds


def _told(language: str, timers: Sequence[TimerInfo]) -> str:
    """Return what is left of each, the next to ring first."""
    return " ".join(
        _left(language, "timers.named" if timer.name else "timers.of", timer)
        for timer in sorted(timers, key=lambda timer: timer.seconds_left)
    )


def _left(language: str, key: str, timer: TimerInfo) -> str:
    duration = say_duration(language, timer.seconds_left)
    whole = say_duration(language, _set_for(timer), exact=True)
    name = timer.name or ""
    text = say(language, key, duration=duration, name=name, whole=whole)
    text = text[:1].upper() + text[1:]
    return text if timer.is_active else f"{text} {say(language, 'timers.on_hold')}"
