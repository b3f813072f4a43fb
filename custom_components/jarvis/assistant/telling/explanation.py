"""Tells in words what a turn did and why: "pourquoi ?", "what did you just do?"."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ...engines.language import enumerate_phrases, named, read_why
from ...skills.base import Answer
from ..home import thing_name
from ..safety import HIDDEN
from ..sentences import say
from ..turn import Turn
from .responses import async_answer_trigger
from .traces import CANCELLED, Target, Trace, Traces, Used

RECENT = timedelta(minutes=10)
"""Who comes into a room later does not hear what others said before."""

LONGEST = 120
"""Characters of the user's words that are repeated."""
NAMED_AT_MOST = 4

_VERBS = {
    "HassTurnOn": "on",
    "HassTurnOff": "off",
    "HassToggle": "toggle",
    "HassOpenCover": "open",
    "HassCloseCover": "close",
    "HassLightSet": "set",
    "HassSetPosition": "set",
    "HassClimateSetTemperature": "set",
    "HassFanSetSpeed": "set",
    "HassSetVolume": "set",
    "HassSetVolumeRelative": "set",
}
_BY_DOMAIN = {
    ("on", "cover"): "open",
    ("off", "cover"): "close",
    ("on", "valve"): "open",
    ("off", "valve"): "close",
    ("on", "lock"): "lock",
    ("off", "lock"): "unlock",
    ("on", "scene"): "start",
    ("on", "script"): "start",
    ("on", "button"): "start",
    ("on", "vacuum"): "start",
}


class Explaining:
    """The route that explains the turn before."""

    def __init__(self, traces: Traces) -> None:
        self._traces = traces

    async def async_answer(self, turn: Turn) -> Answer | None:
        """Explain, when that is what the whole utterance asks for.

        A mere "why?" after a talk with the model is left to the model: it asks about
        the matter of the talk.
        """
        why = read_why(turn.text)
        if why is None:
            return None
        trace = self._before(turn)
        if why.bare and trace is not None and trace.is_talk:
            return None
        # An automation may wait for just these words.
        if (answer := await async_answer_trigger(turn)) is not None:
            return answer
        if why.language != turn.language:
            turn.heard_language = why.language
        if trace is None:
            return Answer(speech=say(turn.language, "explain.nothing"))
        text = explain(turn.hass, trace, turn.language)
        spoken = text
        for asked in trace.servers:
            spoken = spoken.replace(asked.model, asked.model.replace(":", " "))
        # What waits for a confirmation goes on waiting for it.
        asks = trace.outcome == "asked"
        return Answer(speech=spoken, written=text, asks=asks)

    def _before(self, turn: Turn) -> Trace | None:
        """Return the turn before: of this conversation, else of the same speaker."""
        since = dt_util.utcnow() - RECENT

        def own(trace: Trace) -> bool:
            return trace.user_id == turn.user_id and trace.time >= since

        def here(trace: Trace) -> bool:
            return own(trace) and trace.conversation_id == turn.conversation_id

        last = self._traces.last
        return last(here) or last(lambda t: own(t) and _same_speaker(t, turn))


def _same_speaker(trace: Trace, turn: Turn) -> bool:
    """Return whether a turn of the same user, or of nobody known, was one's own.

    Whom nobody knows is told apart by satellite and device.
    """
    if turn.user_id is not None:
        return True
    if turn.satellite_id or trace.satellite_id:
        return trace.satellite_id == turn.satellite_id
    return turn.device_id is not None and trace.device_id == turn.device_id


def explain(hass: HomeAssistant, trace: Trace, language: str) -> str:
    """Return in words to be heard what a turn understood, did and needed."""
    return " ".join(
        part
        for parts in (
            _heard(trace, language),
            _route(hass, trace, language),
            _failovers(trace, language),
            _done(hass, trace, language),
            _tools(trace, language),
            _failure(trace, language),
            _time(trace, language),
        )
        for part in parts
    )


def _heard(trace: Trace, language: str) -> Iterator[str]:
    if trace.text == HIDDEN:
        yield say(language, "explain.heard_code")
    elif trace.text:
        text = trace.text.rstrip(" .?!…")
        if len(text) > LONGEST:
            text = f"{text[:LONGEST].rpartition(' ')[0]}…"
        yield say(language, "explain.heard", text=text)


def _route(hass: HomeAssistant, trace: Trace, language: str) -> Iterator[str]:
    route = trace.route
    if trace.asked_first:
        yield say(
            language,
            "explain.confirm",
            action=say(language, f"guard.{trace.verb or 'use'}"),
            what=_names(hass, trace.asked_first, language),
        )
        return
    if trace.because:
        yield trace.because
        return
    # Without a word Jarvis answers only who wants silence.
    if route == "skill_dialogue":
        route = "dialogue"
    known = {"guard", "dialogue", "trigger", "question", "intent", "understanding"}
    if route in known and trace.speech:
        yield say(language, f"explain.routes.{route}")
    if route not in {"model", "guidance"}:
        return
    why = {tried.why for tried in trace.tried}
    reason = say(
        language,
        "explain.why.no_target" if "no_target" in why else "explain.why.no_sentence",
    )
    by = trace.answered_by
    if by is not None:
        # Who took over is named in the next sentence.
        failed = any(asked.error for asked in trace.servers)
        yield say(
            language,
            "explain.routes.model" if failed else "explain.routes.model_on",
            why=reason,
            model=by.model,
            server=_place(trace, by.server),
        )
    elif route == "guidance":
        # Why the models that were asked did not answer is told after this.
        key = "not_answered" if trace.servers else "guidance"
        yield say(language, f"explain.routes.{key}", why=reason)


def _failovers(trace: Trace, language: str) -> Iterator[str]:
    failures = dict.fromkeys(
        say(
            language,
            f"explain.servers.{asked.error}",
            server=_place(trace, asked.server),
            model=asked.model,
        )
        for asked in trace.servers
        if asked.error
    )
    if not failures:
        return
    what = enumerate_phrases(list(failures), language)
    if (by := trace.answered_by) is None:
        text = say(language, "explain.nobody_left", failures=what)
    else:
        server = _place(trace, by.server)
        text = say(language, "explain.took_over", failures=what, server=server)
    yield text[:1].upper() + text[1:]


def _done(hass: HomeAssistant, trace: Trace, language: str) -> Iterator[str]:
    done: dict[str, list[Target]] = {}
    missed: dict[str, list[Target]] = {}
    for used in trace.tools:
        if not used.reads:
            for target in used.targets:
                done.setdefault(_verb(used, target), []).append(target)
        for target in used.missed:
            missed.setdefault(_verb(used, target), []).append(target)
    for orders, key in ((done, "explain.done"), (missed, "explain.failed")):
        if orders:
            phrases = [
                say(
                    language,
                    f"explain.orders.{verb}",
                    what=_names(hass, targets, language),
                )
                for verb, targets in orders.items()
            ]
            yield say(language, key, orders=enumerate_phrases(phrases, language))


def _tools(trace: Trace, language: str) -> Iterator[str]:
    """Tell what a model used and no entity tells of."""
    if not trace.servers:
        return
    if trace.corrected:
        yield say(language, "explain.corrected")
    others = [u for u in trace.tools if not (u.targets or u.missed or u.held)]
    if any(used.reads and not used.failed for used in others):
        yield say(language, "explain.looked")
    for failed, key in ((False, "explain.used"), (True, "explain.tool_failed")):
        names = dict.fromkeys(
            used.title or used.name
            for used in others
            if used.failed is failed and (failed or not used.reads)
        )
        if names:
            yield say(language, key, tools=enumerate_phrases(list(names), language))


def _failure(trace: Trace, language: str) -> Iterator[str]:
    if trace.outcome == CANCELLED:
        yield say(language, "explain.cancelled")
    told = any(asked.error for asked in trace.servers) or trace.route == "guidance"
    if trace.outcome == "failed" and not told and trace.speech:
        reason = trace.written or trace.speech
        yield say(language, "explain.reason", reason=reason)


def _time(trace: Trace, language: str) -> Iterator[str]:
    seconds = trace.seconds
    if seconds < 0.1:
        yield say(language, "explain.took_no_time")
        return
    text = f"{seconds:.1f}" if seconds < 10 else f"{seconds:.0f}"
    text = text.removesuffix(".0")
    # One and a half is singular in French and plural in English.
    one = float(text) < 2 if language == "fr" else text == "1"
    if language == "fr":
        text = text.replace(".", ",")
    yield say(language, f"explain.took.{'one' if one else 'many'}", seconds=text)


def _verb(used: Used, target: Target) -> str:
    verb = _VERBS.get(used.name, "use")
    return _BY_DOMAIN.get((verb, target.entity_id.partition(".")[0]), verb)


def _names(hass: HomeAssistant, targets: Sequence[Target], language: str) -> str:
    names = list(dict.fromkeys(_name(hass, target, language) for target in targets))
    if len(names) > NAMED_AT_MOST:
        rest = len(names) - NAMED_AT_MOST + 1
        others = say(language, "explain.others", count=str(rest))
        names = [*names[: NAMED_AT_MOST - 1], others]
    return enumerate_phrases(names, language)


def _name(hass: HomeAssistant, target: Target, language: str) -> str:
    state = hass.states.get(target.entity_id)
    name = thing_name(hass, state, language) if state else target.name
    return named(name, language).text


def _place(trace: Trace, server: str) -> str:
    """Return a server's host, with the port where the host alone does not tell."""
    host, _, port = server.rpartition(":")
    if not (host and port.isdigit()):
        return server
    others = {asked.server for asked in trace.servers} - {server}
    shared = any(other.rpartition(":")[0] == host for other in others)
    return server if shared else host
