"""The gateway: one port for all that the workers offer."""

import asyncio
from collections.abc import Sequence

from wyoming.info import Info

from ..errors import UnsupportedVoiceError, VoiceError
from ..wire import Limits, Server, Session
from .info import merge
from .meters import Meters
from .session import GatewaySession, too_much_audio
from .station import Station


class Gateway:
    """Listens for clients and knows the stations that serve them."""

    def __init__(
        self,
        uri: str,
        stations: Sequence[Station],
        limits: Limits,
        meters: Meters | None = None,
    ) -> None:
        self.stations = list(stations)
        self.limits = limits
        self.meters = meters or Meters()
        self.server = Server(uri, self._session, limits, self.count_error)
        self.meters.clients.set_function(lambda: len(self.server.sessions))
        self.audio_held = 0
        """Bytes of sound kept for replay, all clients together."""

    def count_error(self, error: VoiceError) -> None:
        """Count an error that a client is told."""
        self.meters.errors.labels(error.code).inc()

    async def start(self) -> None:
        """Start to listen."""
        await self.server.start()

    async def drain(self) -> None:
        """Take no new work and let the work at hand end."""
        await self.server.drain(self.limits.drain_seconds)

    def info(self) -> Info:
        """Describe all stations as one server."""
        return merge(station.info for station in self.stations)

    def hearing_station(self, model: str | None, program: str | None) -> Station:
        """Return the station of the model, else of the program, else the first.

        Raises UnsupportedVoiceError when there is none.
        """
        stations = [s for s in self.stations if s.worker.program.kind == "stt"]
        names = {m.name: s for s in stations for p in s.info.asr for m in p.models}
        if model is not None:
            if model not in names:
                raise UnsupportedVoiceError(
                    f"There is no speech model {model!r}; use one of "
                    f"{', '.join(names) or 'another server'}.",
                    model=model,
                    models=list(names),
                )
            return names[model]
        return self._by_program(stations, program, "asr", "hear")

    def speaking_station(self, program: str | None) -> Station:
        """Return the station that speaks; raise UnsupportedVoiceError if none does."""
        stations = [s for s in self.stations if s.worker.program.kind == "tts"]
        return self._by_program(stations, program, "tts", "speak")

    def waking_station(self, program: str | None) -> Station:
        """Return the station that listens for wake words; UnsupportedVoiceError."""
        stations = [s for s in self.stations if s.worker.program.kind == "wake"]
        return self._by_program(stations, program, "wake", "listen for wake words")

    def embedding_station(self) -> Station | None:
        """Return the station that embeds sentences; it is asked over HTTP only."""
        stations = (s for s in self.stations if s.worker.program.kind == "embed")
        return next(stations, None)

    def _by_program(
        self, stations: list[Station], program: str | None, domain: str, verb: str
    ) -> Station:
        if not stations:
            raise UnsupportedVoiceError(
                f"This server does not {verb}; its configuration switches that off."
            )
        if program is None:
            return stations[0]
        for station in stations:
            if any(p.name == program for p in getattr(station.info, domain)):
                return station
        info = self.info()
        if any(p.name == program for p in (*info.asr, *info.tts, *info.wake)):
            return stations[0]  # the client chose a program of another domain
        raise UnsupportedVoiceError(
            f"There is no program {program!r} on this server.", program=program
        )

    def hold_audio(self, size: int) -> None:
        """Account for sound kept for replay; raise BusyError when it is too much."""
        if size > 0 and self.audio_held + size > self.limits.audio_bytes:
            raise too_much_audio()
        self.audio_held += size

    def _session(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> Session:
        return GatewaySession(reader, writer, self)
