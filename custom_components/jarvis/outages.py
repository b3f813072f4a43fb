"""Tells the user under Repairs of servers that do not answer, until they do."""

from collections.abc import Collection
from datetime import timedelta

from homeassistant.const import CONF_HOST, CONF_MODEL, CONF_PORT
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util

from .const import DOMAIN, SUBENTRY_VOICE_NODE
from .coordinator import Server, ServerHealth
from .core.errors import (
    ModelNotFoundError,
    ModelNotServedError,
    ModelServerAuthError,
)
from .flows import model_place
from .runtime import JarvisConfigEntry

TIMEOUT = timedelta(seconds=60)
"""A server that is restarted is back sooner."""
_JITTER = timedelta(seconds=5)
"""Checks come up to this much early."""

_PREFIX = "server_"


@callback
def async_watch_servers(hass: HomeAssistant, entry: JarvisConfigEntry) -> None:
    """Keep one issue a server that has not answered for a minute."""
    coordinator = entry.runtime_data.coordinator

    @callback
    def check() -> None:
        down = {
            f"{_PREFIX}{server.subentry.subentry_id}": (server, health)
            for server in coordinator.servers
            if _is_down(health := coordinator.data[server.subentry.subentry_id])
        }
        _delete(hass, keep=down)
        for issue_id, (server, health) in down.items():
            ir.async_create_issue(
                hass,
                DOMAIN,
                issue_id,
                is_fixable=False,
                severity=ir.IssueSeverity.ERROR,
                translation_key=_kind(server, health),
                translation_placeholders=_placeholders(server, health),
            )

    entry.async_on_unload(coordinator.async_add_listener(check))
    # Who is not loaded watches nothing: what is said would stay true for ever.
    entry.async_on_unload(lambda: _delete(hass, keep=()))
    check()


@callback
def _delete(hass: HomeAssistant, keep: Collection[str]) -> None:
    known = [i for domain, i in ir.async_get(hass).issues if domain == DOMAIN]
    for issue_id in known:
        if issue_id.startswith(_PREFIX) and issue_id not in keep:
            ir.async_delete_issue(hass, DOMAIN, issue_id)


def _is_down(health: ServerHealth) -> bool:
    """Return whether a server fails for long; a refused key has a dialogue of its own.

    A model that is missing does not come back by itself.
    """
    if health.since is None or isinstance(health.error, ModelServerAuthError):
        return False
    if isinstance(health.error, ModelNotFoundError):
        return True
    return dt_util.utcnow() - health.since >= TIMEOUT - _JITTER


def _kind(server: Server, health: ServerHealth) -> str:
    if server.subentry.subentry_type == SUBENTRY_VOICE_NODE:
        return "voice_server_down"
    if isinstance(health.error, ModelNotServedError):
        return "model_not_served"
    if isinstance(health.error, ModelNotFoundError):
        return "model_missing"
    return "model_server_down"


def _placeholders(server: Server, health: ServerHealth) -> dict[str, str]:
    """Return name, name with address, model and since when it fails, in local time."""
    data = server.subentry.data
    since = dt_util.as_local(health.since or dt_util.utcnow())
    name = server.subentry.title
    # Not the address that was typed: that may hold a password.
    if CONF_HOST in data:
        address = f"{data[CONF_HOST]}:{data[CONF_PORT]}"
        place = name if address in name else f"{name} ({address})"
    else:
        place = model_place(data, name)
    today = since.date() == dt_util.now().date()
    return {
        "name": name,
        "server": place,
        "model": data.get(CONF_MODEL, ""),
        "since": since.strftime("%H:%M" if today else "%Y-%m-%d %H:%M"),
    }
