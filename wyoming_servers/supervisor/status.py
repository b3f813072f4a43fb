"""What a worker said about itself, as the supervisor keeps it."""

from dataclasses import dataclass

from wyoming.event import Event

from . import states


@dataclass(frozen=True, kw_only=True)
class WorkerStatus:
    """State of one worker with the reason in a line."""

    state: str = states.STARTING
    reason: str = ""
    percent: int | None = None
    """Download progress, None when nothing is downloaded."""
    loaded: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

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
    return tuple(map(str, given)) if isinstance(given, list) else ()
