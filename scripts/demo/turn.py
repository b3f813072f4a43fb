"""One spoken turn from the sentence to the judged result."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from .changes import Change, watch
from .furnish import call
from .messages import text as say
from .rooms import Language
from .satellite import Hearing, Satellite
from .speech import Speech
from .understanding import COMMANDS, Sentence, make_otherwise, recognise
from .websocket import WebSocket

# Commands that act on something else than a thing's state.
_STATELESS: Final = re.compile(r"Hass(Get.*|.*Timer.*|Broadcast|Nevermind|Respond)")


@dataclass(slots=True, kw_only=True)
class Result:
    """What `scripts/run --json` prints."""

    language: str
    heard: str | None = None
    route: str | None = None
    intent: str | None = None
    entity_id: str | None = None
    state_before: str | None = None
    state_after: str | None = None
    answer: str | None = None
    reply_seconds: float | None = None
    reply_wav: str | None = None
    stages_ms: dict[str, int | None] = field(default_factory=dict)
    ok: bool = False
    error: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the result as JSON's types."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to say to which pipeline."""

    speech: Speech
    language: Language
    pipeline: str
    said: str | None
    """The sentence, where it is known; a recording's is not."""
    reply_wav: Path


async def take_turn(
    satellite: Satellite, socket: WebSocket, request: Request
) -> Result:
    """Speak, listen and judge."""
    if request.said and (
        sentence := await recognise(socket, request.said, request.language)
    ):
        await make_otherwise(socket, sentence)
    hearing, changes = await _speak(satellite, socket, request)
    heard = hearing.transcript
    sentence = (
        await recognise(socket, heard, request.language) if heard is not None else None
    )
    if not request.said and sentence and not changes and _done(hearing):
        # A recording may ask for what is so already: only now is it known what it asks.
        await make_otherwise(socket, sentence)
        hearing, changes = await _speak(satellite, socket, request)
    return _judge(request, hearing, changes, sentence)


async def _speak(
    satellite: Satellite, socket: WebSocket, request: Request
) -> tuple[Hearing, list[Change]]:
    # A reply that was spoken before would come from Home Assistant's cache, at once.
    await call(socket, "tts", "clear_cache")
    async with watch(socket) as changes:
        hearing = await satellite.turn(request.speech, request.pipeline)
    return hearing, changes.found()


def _judge(
    request: Request,
    hearing: Hearing,
    changes: Sequence[Change],
    sentence: Sentence | None,
) -> Result:
    result = Result(
        language=request.language.value,
        heard=hearing.transcript,
        answer=hearing.answer,
        stages_ms=stages(hearing),
    )
    result.route, result.intent = _route(hearing, sentence)
    if change := _main(changes, targets(hearing)):
        result.entity_id = change.entity_id
        result.state_before, result.state_after = change.before, change.after
    elif named := targets(hearing):
        result.entity_id = named[0]
    if hearing.reply:
        hearing.reply.save(request.reply_wav)
        result.reply_wav = str(request.reply_wav)
        result.reply_seconds = round(hearing.reply.seconds, 2)
    result.error = _wrong(request, hearing, changes, result)
    result.ok = result.error is None
    return result


def _wrong(
    request: Request, hearing: Hearing, changes: Sequence[Change], result: Result
) -> str | None:
    """Return the first thing that is not as it should be."""
    language = request.language
    if hearing.error:
        return say("pipeline", language, error=hearing.error)
    if hearing.transcript is None:
        return say("not_heard", language, answer=hearing.answer)
    if request.said and words(request.said) != words(hearing.transcript):
        return say("misheard", language, said=request.said, heard=hearing.transcript)
    if _response(hearing).get("response_type") == "error":
        return say("not_understood", language, answer=hearing.answer)
    if _is_command(hearing, result.intent) and not changes:
        return say("unchanged", language, answer=hearing.answer)
    if hearing.reply is None:
        return say("no_reply", language)
    if hearing.reply.silent:
        return say("silent_reply", language)
    return None


def _route(
    hearing: Hearing, sentence: Sentence | None
) -> tuple[str | None, str | None]:
    """Return who understood the utterance, and as what."""
    if "intent-end" not in hearing.events:
        return None, None
    named = set(targets(hearing))
    failed = _response(hearing).get("response_type") == "error"
    # Home Assistant's sentence matches, and what was acted on is what it is about.
    if sentence and not failed and (not named or named & set(sentence.targets)):
        return "sentence", sentence.intent
    if hearing.events["intent-end"]["data"].get("processed_locally"):
        return "sentence", None
    return "agent", None


def stages(hearing: Hearing) -> dict[str, int | None]:
    """Return how long each stage took, in milliseconds; None for one not reached."""
    at = hearing.times.get

    def between(start: float | None, end: float | None) -> int | None:
        return None if start is None or end is None else round((end - start) * 1000)

    end = hearing.speech_ended
    return {
        "stt": between(end, at("stt-end")),
        "understanding": between(at("intent-start"), at("intent-end")),
        "first_audio": between(end, hearing.first_audio),
        "total": between(end, hearing.last_audio),
    }


def targets(hearing: Hearing) -> list[str]:
    """Return the entities that the answer says it acted on or speaks of."""
    success = _response(hearing).get("data", {}).get("success", [])
    return [item["id"] for item in success if item["type"] == "entity"]


def words(text: str) -> list[str]:
    """Return the words of a text without case, punctuation and ways of writing."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return re.findall(r"[\w%]+", plain)


def _response(hearing: Hearing) -> dict[str, Any]:
    event = hearing.events.get("intent-end", {"data": {}})
    response: dict[str, Any] = (
        event["data"].get("intent_output", {}).get("response", {})
    )
    return response


def _done(hearing: Hearing) -> bool:
    return _response(hearing).get("response_type") == "action_done"


def _is_command(hearing: Hearing, intent: str | None) -> bool:
    """Whether something should have changed, by the intent or by the answer's claim."""
    if intent and _STATELESS.fullmatch(intent):
        return False
    return _done(hearing) or intent in COMMANDS


def _main(changes: Sequence[Change], named: Sequence[str]) -> Change | None:
    """Return the change that the answer speaks of, else the first."""
    return next((c for c in changes if c.entity_id in named), next(iter(changes), None))
