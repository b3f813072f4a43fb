"""What a user can hand over when asking for help: no secrets, nothing that was said."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from homeassistant.components.diagnostics import REDACTED, async_redact_data
from homeassistant.const import (
    CONF_API_KEY,
    CONF_PASSWORD,
    CONF_TOKEN,
    CONF_URL,
    CONF_USERNAME,
)
from homeassistant.core import HomeAssistant

from .const import CONF_KIND, CONF_LOCAL, CONF_PIN, SUBENTRY_MODEL_SERVER
from .core.pool import Pool
from .core.scrubbing import scrub, scrub_url, secrets_of
from .engines.llm import ServerKind
from .runtime import JarvisConfigEntry

_SECRETS: Final = frozenset(
    {CONF_API_KEY, CONF_PASSWORD, CONF_PIN, CONF_TOKEN, CONF_USERNAME}
)
_ID: Final = re.compile(r"[0-9a-f]{32}|[0-9A-HJKMNP-TV-Z]{26}|[a-z_]+\.[a-z0-9_]+")
"""An id that Home Assistant made; entity ids are told as they are."""
_GIVEN: Final = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}|[a-zA-Z]{2,3}(?:-\w{2,8})*")
"""What clients hand over: an id as Home Assistant makes them, the tag of a language."""
_STATE: Final = re.compile(r"[a-z_]{1,20}")
_NAME: Final = re.compile(r"[A-Za-z]\w{0,63}")


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: JarvisConfigEntry
) -> dict[str, Any]:
    """Return settings, the health of all servers, and the last turns without words.

    What a server said of its failures is in the log alone: it may repeat anything.
    """
    runtime = entry.runtime_data
    subentries = entry.subentries.values()
    settings = [entry.data, entry.options, *(s.data for s in subentries)]
    report = {
        "data": dict(entry.data),
        "options": dict(entry.options),
        "subentries": [
            {"type": s.subentry_type, "data": dict(s.data)} for s in subentries
        ],
        "model_servers": [
            {
                "kind": server.data.get(CONF_KIND, ServerKind.OLLAMA),
                "local": server.data.get(CONF_LOCAL, True),
                "server": model.server,
                "model": model.model,
                "context": model.token_budget,
                **_health(runtime.models, model),
            }
            for server, model in zip(
                entry.get_subentries_of_type(SUBENTRY_MODEL_SERVER),
                runtime.models,
                strict=False,  # one may have been added just now
            )
        ],
        "voice_servers": [
            {
                "info": asdict(node.info) if node.info else None,
                **_health(runtime.voices, node),
            }
            for node in runtime.voices
        ],
        "skills": {
            name: asdict(health) for name, health in runtime.skills.health.items()
        },
        "turns": [
            _turn(trace.as_dict(texts=False)) for trace in runtime.assistant.traces
        ],
    }
    secrets = secrets_of(settings, _SECRETS)
    cleaned: dict[str, Any] = _clean(async_redact_data(report, _SECRETS), secrets)
    return cleaned


def _health[M](pool: Pool[M], member: M) -> dict[str, Any]:
    breaker = pool.breaker(member)
    return {
        "failures": breaker.failures,
        "resting": breaker.resting,
        "last_error": breaker.last_error.partition(":")[0],
    }


def _turn(trace: dict[str, Any]) -> dict[str, Any]:
    """Leave out what a model, a client or the user named as they liked."""
    for key in ("conversation_id", "request_id", "language"):
        if not _GIVEN.fullmatch(str(trace[key])):
            trace[key] = REDACTED
    targets = list(trace["asked_first"])
    for used in trace["tools"]:
        targets += [*used["targets"], *used["missed"]]
        if not _NAME.fullmatch(used["name"]):
            used["name"] = REDACTED
    for target in targets:
        target.pop("name", None)
        if not _STATE.fullmatch(target["state"]):
            target["state"] = REDACTED
    return trace


def _clean(value: Any, secrets: set[str], key: str = "") -> Any:
    """Take secrets out, wherever they stand."""
    match value:
        case str() if key == "title":
            # Free text, of the user's or of a server's.
            return REDACTED
        case str() if key == CONF_URL:
            return scrub_url(value)
        case str() if _ID.fullmatch(value) and value not in secrets:
            return value
        case str():
            return scrub(value, secrets)
        case Mapping():
            return {
                scrub(str(name), secrets): _clean(item, secrets, str(name))
                for name, item in value.items()
            }
        case list() | tuple():
            return [_clean(item, secrets, key) for item in value]
    return value
