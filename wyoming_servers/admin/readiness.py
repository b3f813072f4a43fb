"""Whether each program can work now, in a form for machines and people."""

from dataclasses import asdict

from ..gateway import Gateway, Station
from ..protocol import states


def readiness(gateway: Gateway) -> tuple[bool, dict[str, object]]:
    """Return whether all programs can work, and the report on each."""
    programs = {
        station.worker.name: _program(station) for station in gateway.stations.all
    }
    draining = gateway.server.draining
    ready = not draining and all(program["ready"] for program in programs.values())
    return ready, {"ready": ready, "draining": draining, "programs": programs}


def _program(station: Station) -> dict[str, object]:
    worker = station.worker
    status = worker.status
    # A sleeping worker is as good as a ready one: it wakes by itself.
    able = worker.state == states.ASLEEP or (
        worker.state in states.USABLE and worker.proved
    )
    probed = worker.probed
    return {
        "ready": able and not status.missing,
        "state": worker.state,
        "reason": status.reason,
        "model": worker.program.model,
        "loaded": list(status.loaded),
        "missing": list(status.missing),
        "download_percent": status.percent,
        "last_check": asdict(probed) if probed is not None else None,
        "restarts": worker.restarts,
        "pid": worker.pid,
        "working": station.queue.working,
        "waiting": station.queue.waiting,
    }
