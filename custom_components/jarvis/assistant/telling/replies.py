"""What to say of an intent that no state tells of: lists, timers, scenes, messages."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import intent
from homeassistant.helpers.intent import IntentResponse

from ...engines.language import none_of
from ..home import area_name
from ..sentences import say, say_duration

CORES_OWN = frozenset(
    {
        intent.INTENT_GET_CURRENT_DATE,
        intent.INTENT_GET_CURRENT_TIME,
        intent.INTENT_NEVERMIND,
        intent.INTENT_RESPOND,
        "HassGetWeather",
        "HassShoppingListLastItems",
    }
)
"""Intents that do nothing, and whose words Home Assistant has."""

TELLS_ONE_VALUE = frozenset(
    {
        intent.INTENT_GET_CURRENT_DATE,
        intent.INTENT_GET_CURRENT_TIME,
        "HassGetWeather",
    }
)
"""Of these, what Home Assistant says in half a sentence."""
_STARTED = frozenset({"scene", "script"})
_PRESSED = frozenset({"button", "input_button"})
_UNITS = ("hours", "minutes", "seconds")
_NAUGHT = re.compile(r"(?<=\d)[.,]0(?= ?(?:°|%|deg))")
_HALF = re.compile(r"-?\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")


def tell(response: IntentResponse, language: str) -> str:
    """Return what was done, in a sentence; "" where this intent has none of its own."""
    if response.intent is None:
        return ""
    teller = _TELLERS.get(response.intent.intent_type)
    return teller(response, language) if teller else ""


def whole_sentence(spoken: str, language: str) -> str:
    """Return half a sentence of Home Assistant's as one: "10:12 PM" is "It's 10:12 PM."."""
    spoken = _NAUGHT.sub("", spoken.strip())
    if not spoken:
        return ""
    if language == "en" and _HALF.match(spoken):
        spoken = f"It's {spoken}"
    return spoken if spoken.endswith((".", "!", "?")) else f"{spoken}."


def tell_missing(
    hass: HomeAssistant, error: intent.MatchFailedError, language: str
) -> str:
    """Return what is not there, where an intent found nothing that fits."""
    wanted = error.constraints
    kinds = wanted.device_classes or wanted.domains or ()
    if wanted.name or len(kinds) != 1:
        return say(language, "failed.no_target")
    place = area_name(hass, wanted.area_name or "", language) or wanted.area_name
    phrase = none_of(next(iter(kinds)), place, language)
    return say(language, "failed.none_there", what=phrase)


def _turned_on(response: IntentResponse, language: str) -> str:
    said: list[str] = []
    for target in response.success_results:
        domain = (target.id or "").partition(".")[0]
        if domain in _STARTED:
            said.append(say(language, "claims.ran", what=target.name))
        elif domain in _PRESSED:
            said.append(say(language, "telling.pressed", what=target.name))
    return " ".join(dict.fromkeys(said))


def _item(key: str) -> Callable[[IntentResponse, str], str]:
    def teller(response: IntentResponse, language: str) -> str:
        name = next((target.name for target in response.success_results), "")
        where = say(language, "telling.list", list=name) if name else ""
        where = where or say(language, "telling.the_list")
        item = _slot(response, "item").strip(" .")
        done = say(language, f"telling.{key}", item=item, where=where) if item else ""
        listed = str(response.speech_slots.get("listed") or "")
        known = say(language, "telling.listed", item=listed, where=where)
        return f"{done} {known}".strip() if listed else done

    return teller


def _started(response: IntentResponse, language: str) -> str:
    time = say_duration(
        language, _seconds(_slot(response, u) for u in _UNITS), exact=True
    )
    if name := _slot(response, "name"):
        return say(language, "timers.started_named", duration=time, name=name)
    return say(language, "timers.started", duration=time)


def _changed(key: str) -> Callable[[IntentResponse, str], str]:
    def teller(response: IntentResponse, language: str) -> str:
        seconds = _seconds(_slot(response, unit) for unit in _UNITS)
        time = say_duration(language, seconds, exact=True)
        return say(language, f"telling.{key}", time=time)

    return teller


def _canceled(response: IntentResponse, language: str) -> str:
    count = int(response.speech_slots.get("canceled") or 0)
    key = {0: "none", 1: "cancelled"}.get(count, "all_cancelled")
    return say(language, f"timers.{key}", count=str(count))


def _status(response: IntentResponse, language: str) -> str:
    timers: Sequence[Mapping[str, Any]] = response.speech_slots.get("timers") or ()
    said: list[str] = []
    for timer in timers:
        left = say_duration(language, timer["total_seconds_left"])
        whole = say_duration(
            language,
            _seconds(timer.get(f"start_{unit}") for unit in _UNITS),
            exact=True,
        )
        name = str(timer.get("name") or "")
        key = "named" if name else "of" if len(timers) > 1 else "left"
        said.append(
            say(language, f"timers.{key}", duration=left, whole=whole, name=name)
        )
        if not timer.get("is_active"):
            said.append(say(language, "timers.on_hold"))
    return " ".join(said) or say(language, "timers.none")


def _seconds(parts: Iterable[Any]) -> int:
    """Return hours, minutes and seconds in seconds."""
    return sum(
        int(float(part or 0)) * size
        for part, size in zip(parts, (3600, 60, 1), strict=True)
    )


def _played(response: IntentResponse, language: str) -> str:
    media = response.speech_slots.get("media") or {}
    title = str(media.get("title") or _slot(response, "search_query"))
    return say(language, "claims.ran", what=title)


def _slot(response: IntentResponse, name: str) -> str:
    slots = response.intent.slots if response.intent else {}
    value = slots.get(name, {}).get("value")
    return str(value) if isinstance(value, str | int | float) else ""


def _plain(key: str) -> Callable[[IntentResponse, str], str]:
    return lambda _response, language: say(language, f"telling.{key}")


_TELLERS: Mapping[str, Callable[[IntentResponse, str], str]] = {
    intent.INTENT_TURN_ON: _turned_on,
    intent.INTENT_BROADCAST: _plain("broadcast"),
    intent.INTENT_START_TIMER: _started,
    intent.INTENT_CANCEL_TIMER: _plain("timer_canceled"),
    intent.INTENT_CANCEL_ALL_TIMERS: _canceled,
    intent.INTENT_INCREASE_TIMER: _changed("timer_increased"),
    intent.INTENT_DECREASE_TIMER: _changed("timer_decreased"),
    intent.INTENT_PAUSE_TIMER: _plain("timer_paused"),
    intent.INTENT_UNPAUSE_TIMER: _plain("timer_unpaused"),
    intent.INTENT_TIMER_STATUS: _status,
    "HassListAddItem": _item("added"),
    "HassListCompleteItem": _item("completed"),
    "HassListRemoveItem": _item("removed"),
    "HassShoppingListAddItem": _item("added"),
    "HassShoppingListCompleteItem": _item("completed"),
    "HassMediaSearchAndPlay": _played,
}
