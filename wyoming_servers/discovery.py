"""Announces the server in the local network, and takes the word back at the end."""

import asyncio
import logging
import socket
import uuid
from collections.abc import Awaitable
from pathlib import Path
from urllib.parse import urlsplit

from zeroconf import InterfaceChoice, IPVersion
from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

from . import __version__
from .settings import Settings

_LOGGER = logging.getLogger(__name__)
WYOMING = "_wyoming._tcp.local."
"""Home Assistant's own integration listens for this."""
JARVIS = "_jarvis._tcp.local."
"""Jarvis's integration listens for this."""


def server_id(data_dir: Path) -> str:
    """Return this server's id, made once and kept in the data folder."""
    file = data_dir / "server-id"
    if file.is_file() and (known := file.read_text().strip()):
        return known
    fresh = uuid.uuid4().hex
    data_dir.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{fresh}\n")
    return fresh


class Announcement:
    """The server's mDNS services while it runs."""

    def __init__(
        self, settings: Settings, port: int, *, interfaces: list[str] | None = None
    ) -> None:
        host = urlsplit(settings.uri).hostname or "0.0.0.0"  # noqa: S104 - a comparison
        addresses = [_own_address()] if host in {"0.0.0.0", "::"} else [host]  # noqa: S104
        identity = server_id(settings.data_dir)
        self._services = [
            AsyncServiceInfo(
                kind,
                f"{settings.name} {identity[:6]}.{kind}",
                parsed_addresses=addresses,
                port=port,
                properties={
                    "version": __version__,
                    "name": settings.name,
                    "uuid": identity,
                },
                server=f"jarvis-{identity[:12]}.local.",
            )
            for kind in (WYOMING, JARVIS)
        ]
        self._interfaces = interfaces
        self._zeroconf: AsyncZeroconf | None = None
        self._announcing: list[Awaitable[None]] = []

    async def start(self) -> None:
        """Announce; a network that does not allow it is only worth a log line."""
        try:
            self._zeroconf = AsyncZeroconf(
                interfaces=self._interfaces or InterfaceChoice.All,
                ip_version=IPVersion.V4Only,
            )
            for service in self._services:
                # What comes back are the announcements, repeated over a second.
                self._announcing.append(
                    await self._zeroconf.async_register_service(
                        service, allow_name_change=True
                    )
                )
        except OSError as err:
            _LOGGER.warning("The server cannot be announced in the network: %s", err)

    async def stop(self) -> None:
        """Take the announcement back."""
        if self._zeroconf is not None:
            await asyncio.gather(*self._announcing)
            await self._zeroconf.async_unregister_all_services()
            await self._zeroconf.async_close()


def _own_address() -> str:
    """Return the address by which the local network reaches this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: this only asks the system for its route.
            probe.connect(("224.0.0.251", 1))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])
