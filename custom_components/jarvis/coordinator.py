"""Asks all servers now and then whether they are there, and voice nodes what they offer."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, override

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util import dt as dt_util

from .const import DOMAIN
from .core.errors import (
    JarvisError,
    ModelNotFoundError,
    ModelServerAuthError,
    ModelServerBusyError,
    ModelServerUnreachableError,
    NodeBusyError,
    NodeUnreachableError,
)
from .core.pool import Pool
from .engines.voice import NodeInfo, NodeVoice, VoiceNode

_LOGGER = logging.getLogger(__name__)

INTERVAL = timedelta(seconds=30)

_DISPROVED = (
    ModelNotFoundError,
    ModelServerAuthError,
    ModelServerBusyError,
    ModelServerUnreachableError,
    NodeBusyError,
    NodeUnreachableError,
)
"""What cannot be true of a server that has just answered; the rest only use disproves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server of a pool; `check` asks it for little and raises `JarvisError`."""

    subentry: ConfigSubentry
    pool: Pool[Any]
    member: Any
    check: Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerHealth:
    """What the last checks of a server came to."""

    reachable: bool | None = None
    """None before the first check."""
    since: datetime | None = None
    """When the first of the failed checks was, None after one that succeeded."""
    error: JarvisError | None = None
    latency: float | None = None
    """Seconds that the last answer took."""


def voice_store(hass: HomeAssistant) -> Store[dict[str, Any]]:
    """Return where the last answers of the voice nodes are kept."""
    return Store(hass, 1, f"{DOMAIN}.voice_nodes")


class ServerCoordinator(DataUpdateCoordinator[dict[str, ServerHealth]]):
    """The health of each server, by the id of its subentry.

    What voice nodes said last is stored: entities know their languages and voices at a
    start during which a node is down, and a pipeline keeps its settings.
    """

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, servers: Sequence[Server]
    ) -> None:
        """Watch servers of both kinds."""
        super().__init__(
            hass,
            _LOGGER,
            name="servers",
            config_entry=entry,
            update_interval=INTERVAL,
        )
        self.servers = servers
        self.data = {s.subentry.subentry_id: ServerHealth() for s in servers}
        self._nodes = [s.member for s in servers if isinstance(s.member, VoiceNode)]
        self._store = voice_store(hass)
        self._begun = False

    async def async_begin(self) -> None:
        """Give the nodes what they said before the last restart, then ask them.

        Set-up waits for nodes, whose languages the entities need, but for no model.
        """
        stored = await self._store.async_load() or {}
        for node in self._nodes:
            if info := stored.get(node.name):
                node.info = _info_from(info)
        await self.async_refresh()
        self._begun = True
        if self.config_entry and len(self._nodes) < len(self.servers):
            self.config_entry.async_create_background_task(
                self.hass, self.async_refresh(), "first check of model servers"
            )

    def reachable(self, wanted: Callable[[Any], bool]) -> bool:
        """Return whether one of the servers may answer whose member is `wanted`."""
        return any(
            self.data[server.subentry.subentry_id].reachable is not False
            for server in self.servers
            if wanted(server.member)
        )

    @override
    async def _async_update_data(self) -> dict[str, ServerHealth]:
        """Check all servers at once; a node that is down keeps its last answer."""
        before = self._infos()
        servers = [
            server
            for server in self.servers
            if self._begun or isinstance(server.member, VoiceNode)
        ]
        found = await asyncio.gather(*map(self._check, servers))
        infos = self._infos()
        if infos != before:
            await self._store.async_save({k: asdict(v) for k, v in infos.items()})
        return self.data | dict(found)

    async def _check(self, server: Server) -> tuple[str, ServerHealth]:
        server_id = server.subentry.subentry_id
        before = self.data[server_id]
        begun = time.monotonic()
        try:
            await server.check()
        except JarvisError as err:
            server.pool.failed(server.member, err)
            # One check that fails after others that did not is no outage yet.
            reachable = bool(before.reachable) and before.since is None
            return server_id, replace(
                before,
                reachable=reachable,
                since=before.since or dt_util.utcnow(),
                error=err,
            )
        known = server.pool.breaker(server.member).error
        if before.since or known is None or isinstance(known, _DISPROVED):
            server.pool.succeeded(server.member)
        latency = time.monotonic() - begun
        return server_id, ServerHealth(reachable=True, latency=latency)

    def _infos(self) -> dict[str, NodeInfo]:
        return {node.name: node.info for node in self._nodes if node.info}


def _info_from(stored: dict[str, Any]) -> NodeInfo:
    """Rebuild what `asdict` took apart."""
    return NodeInfo(
        **stored
        | {
            "hears": tuple(stored["hears"]),
            "voices": tuple(_voice_from(voice) for voice in stored["voices"]),
        }
    )


def _voice_from(stored: dict[str, Any]) -> NodeVoice:
    def tuples(keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
        return {key: tuple(stored[key]) for key in keys}

    return NodeVoice(**stored | tuples(("languages", "speakers")))
