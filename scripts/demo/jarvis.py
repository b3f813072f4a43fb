"""Sets Jarvis up in Home Assistant through its own dialogues, as a user would."""

from dataclasses import dataclass
from typing import Any, Final

from .errors import DemoError
from .ports import LOOPBACK
from .rest import Rest
from .rooms import Language
from .websocket import WebSocket

_FLOW: Final = "/api/config/config_entries/flow"
_SUBENTRY_FLOW: Final = "/api/config/config_entries/subentries/flow"
_DOMAIN: Final = "jarvis"
_NODE: Final = "voice_node"
_NAMES: Final = {
    Language.FRENCH: "Jarvis (français)",
    Language.ENGLISH: "Jarvis (English)",
}


async def connect(
    rest: Rest, socket: WebSocket, gateway_port: int, language: Language
) -> None:
    """Make Jarvis's entry, or lead the one that exists to the gateway's port."""
    node = {"host": LOOPBACK, "port": gateway_port}
    entries = await socket.command("config_entries/get", domain=_DOMAIN)
    if not entries:
        answers: dict[str, dict[str, Any]] = {
            "user": node,
            "model_server": {},
            "assistant": {"language": language.value, "create_pipeline": True},
        }
        await _answer(rest, _FLOW, {"handler": _DOMAIN}, answers)
        return
    entry_id = entries[0]["entry_id"]
    subentries = await socket.command(
        "config_entries/subentries/list", entry_id=entry_id
    )
    for subentry in subentries:
        if subentry["subentry_type"] == _NODE:
            flow = {
                "handler": [entry_id, _NODE],
                "subentry_id": subentry["subentry_id"],
            }
            await _answer(rest, _SUBENTRY_FLOW, flow, {"user": node})
            return
    raise DemoError("Jarvis has no voice node in the demo home; try --fresh.")


async def pipelines(socket: WebSocket) -> dict[Language, str]:
    """Return Jarvis's pipeline for each language; make the one that is missing.

    The set-up dialogue makes one, in the home's language.
    """
    engines = await _engines(socket)
    listed = await socket.command("assist_pipeline/pipeline/list")
    ids: dict[Language, str] = {
        Language(pipeline["conversation_language"]): pipeline["id"]
        for pipeline in listed["pipelines"]
        if pipeline["conversation_engine"] == engines.agent
        and pipeline["conversation_language"] in list(Language)
    }
    for language in Language:
        if language not in ids:
            ids[language] = await create_pipeline(
                socket, _NAMES[language], language, engines
            )
    return ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """The entities that a pipeline is made of."""

    agent: str
    ear: str
    mouth: str
    local_first: bool = False
    """Whether Home Assistant's sentences come before the agent."""


async def create_pipeline(
    socket: WebSocket, name: str, language: Language, engines: Engines
) -> str:
    """Make an Assist pipeline and return its id."""
    ear = await _spoken(socket, "stt", engines.ear, language)
    mouth = await _spoken(socket, "tts", engines.mouth, language)
    voices = await socket.command(
        "tts/engine/voices", engine_id=engines.mouth, language=mouth
    )
    first = (voices["voices"] or [{"voice_id": None}])[0]
    pipeline = await socket.command(
        "assist_pipeline/pipeline/create",
        name=name,
        language=language.value,
        conversation_engine=engines.agent,
        conversation_language=language.value,
        stt_engine=engines.ear,
        stt_language=ear,
        tts_engine=engines.mouth,
        tts_language=mouth,
        tts_voice=first["voice_id"],
        wake_word_entity=None,
        wake_word_id=None,
        prefer_local_intents=engines.local_first,
    )
    return str(pipeline["id"])


async def _spoken(socket: WebSocket, kind: str, engine: str, language: Language) -> str:
    """Return the engine's own tag for a language."""
    listed = await socket.command(f"{kind}/engine/list", language=language.value)
    for provider in listed["providers"]:
        if provider["engine_id"] == engine and provider["supported_languages"]:
            return str(provider["supported_languages"][0])
    raise DemoError(f"{engine} does not know the language {language.value}.")


async def _engines(socket: WebSocket) -> Engines:
    entries = await socket.command("config/entity_registry/list")
    found = {
        entry["entity_id"].partition(".")[0]: entry["entity_id"]
        for entry in entries
        if entry["platform"] == _DOMAIN
    }
    try:
        return Engines(
            agent=found["conversation"], ear=found["stt"], mouth=found["tts"]
        )
    except KeyError as err:
        raise DemoError(
            f"Jarvis has no {err.args[0]} entity; Home Assistant's log tells why."
        ) from err


async def _answer(
    rest: Rest, path: str, start: dict[str, Any], answers: dict[str, dict[str, Any]]
) -> None:
    """Walk through a dialogue, one answer a step."""
    step = await rest.post(path, start)
    while step["type"] == "form":
        name = step["step_id"]
        if name not in answers or step.get("errors"):
            raise DemoError(
                f"Jarvis's set-up stopped at the step {name}: "
                f"{step.get('errors') or 'it is not known to the demo'}"
            )
        step = await rest.post(f"{path}/{step['flow_id']}", answers[name])
    if step["type"] == "abort" and step["reason"] not in (
        "reconfigure_successful",
        "already_configured",
    ):
        raise DemoError(f"Jarvis's set-up ended early: {step['reason']}")
