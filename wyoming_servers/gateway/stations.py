"""Which station serves a request."""

from collections.abc import Sequence

from wyoming.info import Info

from ..errors import UnsupportedVoiceError
from .info import merge
from .station import Station


class Stations:
    """All stations of one server."""

    def __init__(self, stations: Sequence[Station]) -> None:
        self.all = list(stations)

    def info(self) -> Info:
        """Describe all stations as one server."""
        return merge(station.info for station in self.all)

    def of_kind(self, kind: str) -> list[Station]:
        """Return the stations of a kind: stt, tts, wake or embed."""
        return [s for s in self.all if s.worker.program.kind == kind]

    def hearing(self, model: str | None, program: str | None) -> Station:
        """Return the station of the model, else of the program, else the first.

        Raises UnsupportedVoiceError when there is none.
        """
        stations = self.of_kind("stt")
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

    def speaking(self, program: str | None) -> Station:
        """Return the station that speaks; raise UnsupportedVoiceError if none does."""
        return self._by_program(self.of_kind("tts"), program, "tts", "speak")

    def waking(self, program: str | None) -> Station:
        """Return the station that listens for wake words; UnsupportedVoiceError."""
        verb = "listen for wake words"
        return self._by_program(self.of_kind("wake"), program, "wake", verb)

    def embedding(self) -> Station | None:
        """Return the station that embeds sentences; it is asked over HTTP only."""
        return next(iter(self.of_kind("embed")), None)

    def _by_program(
        self, stations: Sequence[Station], program: str | None, domain: str, verb: str
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
