"""The gateway: one port for all that the workers offer."""

import asyncio
from collections.abc import Sequence

from ..errors import VoiceError
from ..wire import Limits, Server, Session
from .budget import AudioBudget
from .meters import Meters
from .session import GatewaySession, Services
from .station import Station
from .stations import Stations


class Gateway:
    """Listens for clients and hands their requests to the stations."""

    def __init__(
        self,
        uri: str,
        stations: Sequence[Station],
        limits: Limits,
        meters: Meters | None = None,
    ) -> None:
        self.stations = Stations(stations)
        self.limits = limits
        self.meters = meters or Meters()
        self.audio = AudioBudget(limits.audio_bytes)
        self.server = Server(uri, self._session, limits, self.count_error)
        self.meters.clients.set_function(lambda: len(self.server.sessions))
        self._services = Services(
            stations=self.stations,
            meters=self.meters,
            audio=self.audio,
            limits=limits,
            count_error=self.count_error,
        )

    def count_error(self, error: VoiceError) -> None:
        """Count an error that a client is told."""
        self.meters.errors.labels(error.code).inc()

    async def start(self) -> None:
        """Start to listen."""
        await self.server.start()

    async def drain(self) -> None:
        """Take no new work and let the work at hand end."""
        await self.server.drain(self.limits.drain_seconds)

    def _session(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> Session:
        return GatewaySession(reader, writer, self._services)
