"""A worker with the queue in front of it."""

from dataclasses import dataclass

from wyoming.info import Info

from ..supervisor.worker import WorkerProcess
from .queue import Queue


@dataclass(frozen=True, kw_only=True)
class Station:
    """One worker as the gateway uses it."""

    worker: WorkerProcess
    queue: Queue
    promised: Info
    """What to say to clients until the worker has spoken for itself."""
    deadline: float
    """Seconds of work without a result after which the worker counts as stuck."""
    attempts: int = 3
    """Workers that one request may lose before it is given up."""

    @property
    def info(self) -> Info:
        """What this worker offers, as far as is known now."""
        return self.worker.described or self.promised
