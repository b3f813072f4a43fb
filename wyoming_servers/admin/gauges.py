"""Values that are read when somebody asks: states, queues, memory, processor time."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import override

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from ..gateway import Gateway
from ..protocol import states

type _Family = GaugeMetricFamily | CounterMetricFamily


class WorkerGauges(Collector):
    """Collects the workers' states and the memory and CPU of all our processes."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    @override
    def collect(self) -> Iterator[_Family]:
        """Yield the families, fresh."""
        label = ["worker"]
        state = GaugeMetricFamily(
            "jarvis_worker_state",
            "1 for the worker's state",
            labels=["worker", "state"],
        )
        loaded = GaugeMetricFamily(
            "jarvis_model_loaded", "Models in memory", labels=label
        )
        length = GaugeMetricFamily(
            "jarvis_queue_length", "Requests waiting", labels=label
        )
        at_work = GaugeMetricFamily("jarvis_at_work", "Requests at work", labels=label)
        restarts = CounterMetricFamily(
            "jarvis_worker_restarts", "Starts after a death", labels=label
        )
        memory = GaugeMetricFamily(
            "jarvis_process_memory_bytes", "Resident memory", labels=label
        )
        cpu = CounterMetricFamily(
            "jarvis_process_cpu_seconds", "Processor time", labels=label
        )
        refused = CounterMetricFamily(
            "jarvis_refused_clients", "Connections refused because all were taken"
        )
        refused.add_metric([], self._gateway.server.refused)
        pids = {"gateway": os.getpid()}
        for station in self._gateway.stations.all:
            worker = station.worker
            for word in states.ALL:
                state.add_metric([worker.name, word], float(worker.state == word))
            loaded.add_metric([worker.name], len(worker.status.loaded))
            length.add_metric([worker.name], station.queue.waiting)
            at_work.add_metric([worker.name], station.queue.working)
            restarts.add_metric([worker.name], worker.restarts)
            if worker.pid is not None:
                pids[worker.name] = worker.pid
        for name, pid in pids.items():
            if (usage := process_usage(pid)) is not None:
                memory.add_metric([name], usage[0])
                cpu.add_metric([name], usage[1])
        yield from (state, loaded, length, at_work, restarts, refused, memory, cpu)


def process_usage(pid: int) -> tuple[int, float] | None:
    """Return resident bytes and CPU seconds of a process; None where unknown."""
    folder = Path("/proc") / str(pid)
    try:
        pages = int((folder / "statm").read_text().split()[1])
        # The name in field 2 may hold spaces; the fields are counted behind it.
        after = (folder / "stat").read_text().rpartition(")")[2].split()
    except (OSError, IndexError, ValueError):
        return None
    ticks = int(after[11]) + int(after[12])
    return pages * os.sysconf("SC_PAGE_SIZE"), ticks / os.sysconf("SC_CLK_TCK")
