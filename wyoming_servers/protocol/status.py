"""What a worker says about itself to its supervisor."""

from dataclasses import asdict, dataclass

from wyoming.event import Event

from . import states

STATUS = "worker-status"


@dataclass(frozen=True, kw_only=True)
class WorkerStatus:
    """State of one worker with the reason in a line."""

    state: str = states.STARTING
    reason: str = ""
    """One line, empty when all is well."""
    percent: int | None = None
    """Download progress, None when nothing is downloaded."""
    loaded: tuple[str, ...] = ()
    """Models or voices in memory."""
    missing: tuple[str, ...] = ()
    """Models or voices that cannot be had."""

    def event(self) -> Event:
        """Return the event that tells it."""
        return Event(STATUS, asdict(self))

    @classmethod
    def from_event(cls, event: Event) -> "WorkerStatus":
        """Read a `worker-status` event; what is not understood counts as loading."""
        data = event.data
        state, percent = data.get("state"), data.get("percent")
        return cls(
            state=state if state in states.ALL else states.LOADING,
            reason=str(data.get("reason") or ""),
            percent=percent if isinstance(percent, int) else None,
            loaded=_names(data.get("loaded")),
            missing=_names(data.get("missing")),
        )


def _names(given: object) -> tuple[str, ...]:
    return tuple(map(str, given)) if isinstance(given, list | tuple) else ()
