"""What a user can hand over when asking for help: no secrets, nothing that was said."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from homeassistant.components.diagnostics import REDACTED, async_redact_data
from homeassistant.const import CONF_API_KEY
from homeassistant.core import HomeAssistant

from .const import CONF_PIN
from .core.pool import Pool
from .runtime import JarvisConfigEntry

_REDACTED_KEYS = {CONF_API_KEY, CONF_PIN}
_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+(?=@)")


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: JarvisConfigEntry
) -> dict[str, Any]:
    """Return settings, the health of all servers, and the last turns without words."""
    runtime = entry.runtime_data
    report = {
        "data": dict(entry.data),
        "options": dict(entry.options),
        "subentries": [
            {
                "type": subentry.subentry_type,
                "title": subentry.title,
                "data": dict(subentry.data),
            }
            for subentry in entry.subentries.values()
        ],
        "model_servers": [
            {
                "server": model.server,
                "model": model.model,
                "context": model.room,
                **_health(runtime.models, model),
            }
            for model in runtime.models
        ],
        "voice_servers": [
            {
                "name": node.name,
                "info": asdict(node.info) if node.info else None,
                **_health(runtime.voices, node),
            }
            for node in runtime.voices
        ],
        "turns": [trace.as_dict(texts=False) for trace in runtime.assistant.traces],
    }
    redacted: dict[str, Any] = _without_credentials(
        async_redact_data(report, _REDACTED_KEYS)
    )
    return redacted


def _health[M](pool: Pool[M], member: M) -> dict[str, Any]:
    breaker = pool.breaker(member)
    return {
        "failures": breaker.failures,
        "resting": breaker.resting,
        "last_error": breaker.last_error,
    }


def _without_credentials(value: Any) -> Any:
    """Take user and password out of addresses, wherever they stand."""
    match value:
        case str():
            return _CREDENTIALS.sub(REDACTED, value)
        case Mapping():
            return {key: _without_credentials(item) for key, item in value.items()}
        case list() | tuple():
            return [_without_credentials(item) for item in value]
    return value
